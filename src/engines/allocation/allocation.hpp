// Who travels on which transport: the rules, the check of an allocation that people made, and a proposal. Pure.
// Source: docs/decisions/0032-an-allocation-is-proposed-and-each-refusal-names-its-rule.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms::allocation {

/// Why somebody cannot be on a transport, in the order in which it is told. The name is the word of labels and JSON.
enum class Rule {
  destination,    ///< the transport goes to another State
  gate_open,      ///< a safeguard of the file is open
  consultation,   ///< the agreement asks for a consultation on special cases, and it is open
  unfit,          ///< the doctor says that the person cannot travel
  fitness_ended,  ///< the certificate is over before the arrival
  document_ends,  ///< the travel document ends before the arrival and the margin
  window_over,    ///< the transport leaves after the last day of the window
  family_apart,   ///< somebody of the family is not on it
  child_alone,    ///< a child with no adult of the family and no escort for children
  seats_full,
  medical_seats_full,
  reception_full,  ///< the centre has no more places on that day
  quota_full,
};
std::string_view name_of(Rule rule);

struct Person {
  std::string id;
  std::string family;       ///< empty: travels alone
  bool is_excepted = false; ///< a reviewed exception lets them travel without the family
  bool is_child = false;    ///< on the day of the departure
  std::string destination;  ///< the requested State
  std::string agreement;
  bool has_open_gate = false;
  bool waits_for_consultation = false;
  bool is_unfit = false;
  bool needs_medical_seat = false;
  std::optional<Instant> fit_until;          ///< empty: no certificate is asked
  std::optional<Date> document_valid_until;  ///< last day; empty: not limited
  std::optional<Date> window_until;          ///< last day on which they may depart; empty: no such rule
};

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

struct Transport {
  std::string id;
  std::string destination;
  Instant departs_at;
  Instant arrives_at;
  Date departs_on;  ///< where it departs
  Date arrives_on;  ///< where it arrives
  int seats = 0;          ///< for those who sit; staff has its own
  int medical_seats = 0;  ///< for those who need one; nobody else takes it
  int child_escorts = 0;  ///< escorts who are qualified for children: one for each child without an adult of the family
  int document_margin_days = 0;  ///< a document must be valid so many days after the arrival
  std::size_t reception = nowhere;  ///< index of its places of reception; nowhere: not limited
  std::vector<std::size_t> limits;  ///< indexes of the limits in which its passengers count
};

/// Places of one centre on one day, for all transports that arrive.
struct Reception {
  std::string centre;
  int places = 0;
};

/// So many more persons of an agreement (empty: of any) may travel: of a month, of charter flights in a month, of one flight.
struct Limit {
  std::string rule;  ///< key of the rule of the agreement
  std::string agreement;
  int room = 0;
};

struct Problem {
  std::vector<Person> persons;
  std::vector<Transport> transports;
  std::vector<Reception> receptions;
  std::vector<Limit> limits;
};

struct Refusal {
  std::string person;     ///< who is kept back; empty: the transport is too full as a whole
  std::string transport;
  Rule rule = Rule::destination;
  std::string about;  ///< whose family member, which limit or which centre; may be empty
  friend bool operator==(Refusal const&, Refusal const&) = default;
};

/// For each person of the problem the index of their transport, or nowhere.
using Seating = std::vector<std::size_t>;

/// Every rule that the seating breaks; empty when it holds. Throws std::invalid_argument when it is not of this problem.
std::vector<Refusal> check_allocation(Problem const& problem, Seating const& seating);

struct Proposal {
  Seating seating;
  std::size_t placed = 0;
  bool is_best = false;  ///< no allocation that holds has more people; false: the search ended at its limit before it knew
  std::vector<Refusal> refusals;  ///< of everybody who stays: for each transport the first rule
};

struct ProposeOptions {
  std::size_t steps = 400'000;  ///< groups tried on transports before the search ends
  Seating kept = {};            ///< who has a seat already and keeps it, whatever the rules say of them; empty: nobody
};

/// Places families as one, those first whose window ends first, on the transport that departs first. The same problem always
/// gives the same proposal, and it breaks no rule.
Proposal propose_allocation(Problem const& problem, ProposeOptions const& options = {});

/// The rule that keeps one person off one transport whoever else is on it; empty when none does.
std::optional<Rule> check_person(Person const& person, Transport const& transport);

}  // namespace rcms::allocation
