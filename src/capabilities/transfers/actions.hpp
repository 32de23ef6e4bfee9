// The acts of those who organise transports: load, decide, write. People get a seat in one write with the plan of their file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/transfers/rules.hpp"
#include "capabilities/transfers/store.hpp"

namespace rcms::transfers {

using case_files::Context;
using IfMatch = std::optional<std::int64_t>;

/// Refuses: not_permitted; stale_revision; as check_crossing_point.
Result<CrossingPoint> keep_crossing_point(Context const& context, access::Viewer const& viewer, CrossingPoint point);

/// Plans a transport (revision 0) or changes one. Refuses: not_found; stale_revision; field_invalid (partner); as
/// decide_transport.
Result<Transport> keep_transport(Context const& context, access::Viewer const& viewer, Transport transport);
/// Everybody is taken off in the same write; their files wait for another transport.
Result<Transport> cancel_transport(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                   std::string_view reason, IfMatch if_match);
/// The notice that was given to the requested State is written down.
Result<Transport> record_notice(Context const& context, access::Viewer const& viewer, TransportId const& id, NoticeGiven given,
                                IfMatch if_match);

/// A person as the rules of an allocation see them.
Traveller load_traveller(Context const& context, case_files::CaseFile file);
/// Those who have a seat, in the order in which they got it.
std::vector<Traveller> load_passengers(Context const& context, Transport const& transport);
/// Those who could get a seat to this State: at most 2,000.
std::vector<Traveller> load_waiting(Context const& context, PartyId const& party, PartyId const& partner);
/// Whether somebody still travels with it: their file is planned for its hour, or has departed.
bool is_aboard(Transport const& transport, case_files::CaseFile const& file);

/// What several transports and people ask of each other, with places of reception and limits of agreements that they share.
allocation::Problem problem_of(Context const& context, PartyId const& party, std::vector<Transport> const& transports,
                               std::vector<Traveller> const& people);
/// What the rules say of those who have a seat now.
std::vector<allocation::Refusal> check_passengers(Context const& context, Transport const& transport,
                                                  std::vector<Traveller> const& passengers);

struct ProposedAllocation {
  std::vector<Transport> transports;
  std::vector<Traveller> people;
  allocation::Proposal proposal;  ///< of `people` and `transports`, those who have a seat included
  std::vector<bool> is_seated;    ///< of each of `people`: had a seat before
};
/// Who of those who wait would get which seat; nothing is written. Refuses: not_permitted; not_found; limit_reached (more than 20
/// transports); field_invalid (transports to two States, or one that cannot take people any more).
Result<ProposedAllocation> propose(Context const& context, access::Viewer const& viewer, std::vector<TransportId> const& ids);

/// Gives seats to cases, all or none. Refuses: not_found; stale_revision; wrong_step; rule_broken with the first rule of the
/// allocation that would be broken; as plan_together.
Result<Transport> add_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                 std::vector<CaseId> const& cases, IfMatch if_match);
/// Refuses: not_found; stale_revision; reason_missing; wrong_step; as check_passengers of those who stay.
Result<Transport> remove_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                    std::vector<CaseId> const& cases, std::string_view reason, IfMatch if_match);

/// A doctor's certificate with its hours; the safeguard of fitness is decided with it. Refuses: not_found; as check_fitness; what
/// the safeguard refuses.
Result<Fitness> record_fitness(Context const& context, access::Viewer const& viewer, Fitness fitness);

/// What became of one who was to depart.
struct Departed {
  CaseId case_id;
  std::optional<Refused> refused;
};
/// The departure of people with a seat is recorded by the act of their file, family by family; a certificate that ends before
/// the arrival keeps back. Refuses: not_permitted; not_found; field_missing.
Result<std::vector<Departed>> depart_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                                std::vector<CaseId> const& cases);

}  // namespace rcms::transfers
