#include "capabilities/transfers/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/safeguards/actions.hpp"
#include "capabilities/transfers/announcing.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::transfers {

namespace json = boost::json;
using case_files::CaseFile;
using case_files::Side;

namespace {

constexpr std::size_t cases_limit = 300;
constexpr std::string_view fitness_gate = "G18";

std::string subject_of(TransportId const& id) { return ledger::subject_of("transport", id.value); }

ledger::Entry entry_of(Transport const& transport, UserId const& actor, std::string action, json::object told) {
  told["name"] = transport.name;
  return {subject_of(transport.id), transport.party,         actor.value, std::move(action), {},
          json::serialize(told),    transport.revision + 1, transport.changed_at};
}

Result<Transport> load_transport(Context const& context, access::Viewer const& viewer, TransportId const& id, IfMatch if_match) {
  auto transport = find_transport(context.database, viewer.party, id);
  if (!transport) return refuse(Why::not_found);
  if (if_match && *if_match != transport->revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  return std::move(*transport);
}

std::string partner_code(Context const& context, PartyId const& own, PartyId const& partner) {
  for (auto const& one : context.directory.parties()) {
    if (one.id == partner && one.id != own) return one.code;
  }
  return {};
}

/// Writes what `decide(before)` says of the transport.
template <class Decide>
Result<Transport> act_on(Context const& context, access::Viewer const& viewer, TransportId const& id, IfMatch if_match,
                         std::string const& action, Decide&& decide) {
  auto const written = ledger::carry_out(context.database, {subject_of(id)}, [&]() -> Result<ledger::Decided<>> {
    auto const before = load_transport(context, viewer, id, if_match);
    if (!before) return tl::unexpected(before.error());
    Result<Transport> after = decide(*before);
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<> decided;
    save_transport(decided.command, *after);
    decided.entries.push_back(entry_of(*after, viewer.user, action, {{"departs_at", after->departs_at().text()}}));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_transport(context.database, viewer.party, id);
}

/// What a rule of an allocation says as a refusal of the act.
Refused refused_by(allocation::Refusal const& refusal, std::vector<Traveller> const& people) {
  using allocation::Rule;
  auto const found =
      std::find_if(people.begin(), people.end(), [&](auto const& one) { return one.file.id.value == refusal.person; });
  auto const who = found == people.end() ? std::string() : found->file.reference;
  switch (refusal.rule) {
    case Rule::destination: return {Why::wrong_step, "cases", fmt::format("{}: the transport goes to another State", who), {}};
    case Rule::gate_open: return {Why::gate_open, "cases", fmt::format("{}: a safeguard is open", who), {}};
    case Rule::consultation:
      return {Why::gate_open, "cases", fmt::format("{}: the consultation on the special case is open", who), {}};
    case Rule::unfit:
      return {Why::wrong_step, "cases", fmt::format("{}: the doctor certified that the person cannot travel", who), {}};
    case Rule::fitness_ended:
      return {Why::wrong_step, "cases", fmt::format("{}: the certificate of fitness ends before the arrival", who), {}};
    case Rule::document_ends:
      return {Why::wrong_step, "cases", fmt::format("{}: the travel document ends before the arrival and its margin", who), {}};
    case Rule::window_over:
      return {Why::too_late, "cases", fmt::format("{}: the window of the transfer ends before the departure", who), {}};
    case Rule::family_apart:
      return {Why::wrong_step, "cases", fmt::format("{}: somebody of the family is not on the transport", who), {}};
    case Rule::child_alone:
      return {Why::wrong_step,
              "cases",
              fmt::format("{}: a child travels with an adult of the family or an escort for children", who),
              {}};
    case Rule::seats_full: return {Why::limit_reached, "seats", "there are not enough seats", {}};
    case Rule::medical_seats_full: return {Why::limit_reached, "medical_seats", "there are not enough medical seats", {}};
    case Rule::reception_full:
      return {Why::limit_reached, "reception_places", "the centre has not enough places on that day", {}};
    case Rule::quota_full: return {Why::limit_reached, "cases", "the limit of the agreement is reached", refusal.about};
  }
  return {};
}

/// Whoever gives or takes seats changes the transport, and those that share the places of its centre.
void expect_all_seats(Context const& context, db::Command& command, Transport const& transport) {
  expect_seats(command, transport);
  if (!transport.reception_places) return;
  auto const points = list_crossing_points(context.database, transport.party);
  auto const day = seats_of(transport, points).arrives_on;
  for (auto const& other : list_arriving(context.database, transport.party, transport.reception, day)) {
    if (other.id != transport.id && seats_of(other, points).arrives_on == day) expect_seats(command, other);
  }
}

json::array references_of(Context const& context, PartyId const& party, std::vector<CaseId> const& cases) {
  json::array list;
  for (auto const& id : cases) {
    auto const file = case_files::find_case_file(context.database, party, Side::requesting, id);
    if (file) list.push_back(json::string(file->reference));
  }
  return list;
}

Result<void> check_cases(std::vector<CaseId> const& cases) {
  if (cases.empty()) return refuse(Why::field_missing, "cases");
  if (cases.size() > cases_limit) return refuse(Why::limit_reached, "cases", "at most 300 persons at once");
  auto sorted = cases;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return refuse(Why::field_invalid, "cases", "named twice");
  return {};
}

/// Where the person leaves, as the file says it.
std::string place_of(Context const& context, Transport const& transport) {
  for (auto const& point : list_crossing_points(context.database, transport.party)) {
    if (point.id == transport.legs.front().from) return point.name;
  }
  return {};
}

/// Seats within the write of the plans: what was read before is read again here.
Result<void> take_seats(Context const& context, access::Viewer const& viewer, TransportId const& id,
                        std::vector<CaseId> const& cases, ledger::Decided<CaseFile>& decided) {
  auto const now = context.clock.now();
  auto transport = find_transport(context.database, viewer.party, id);
  if (!transport) return refuse(Why::not_found);
  auto people = load_passengers(context, *transport);
  std::erase_if(people, [&](auto const& one) { return !is_aboard(*transport, one.file); });
  allocation::Seating seating(people.size(), 0);
  for (auto const& one : cases) {
    auto const seat = find_seat(context.database, viewer.party, one);
    auto file = case_files::find_case_file(context.database, viewer.party, Side::requesting, one);
    if (!file) return refuse(Why::not_found, "cases");
    if (seat) {
      auto const other = find_transport(context.database, viewer.party, *seat);
      if (*seat == id || (other && other->state == "planned" && is_aboard(*other, *file)))
        return refuse(Why::already_exists, "cases", file->reference + " has a seat already");
      erase_passenger(decided.command, viewer.party, one);
    }
    insert_passenger(decided.command, viewer.party, id, {one, viewer.user, now});
    people.push_back(load_traveller(context, std::move(*file)));
    seating.push_back(0);
  }
  auto const first = people.size();
  for (std::size_t p = 0; p < first; ++p) {
    if (people[p].family.empty()) continue;
    auto const family = safeguarding::find_family(context.database, viewer.party, people[p].file.id);
    for (auto const& member : family.members) {
      bool const is_known = std::any_of(people.begin(), people.end(), [&](auto const& one) { return one.file.id == member.id; });
      auto file = is_known || member.state == "departed"
                      ? std::nullopt
                      : case_files::find_case_file(context.database, viewer.party, Side::requesting, member.id);
      if (!file) continue;
      people.push_back(load_traveller(context, std::move(*file)));
      seating.push_back(allocation::nowhere);
    }
  }
  auto const broken = allocation::check_allocation(problem_of(context, viewer.party, {*transport}, people), seating);
  if (!broken.empty()) return tl::unexpected(refused_by(broken.front(), people));
  expect_all_seats(context, decided.command, *transport);
  transport->changed_at = now;
  decided.entries.push_back(
      entry_of(*transport, viewer.user, "passengers_added", {{"cases", references_of(context, viewer.party, cases)}}));
  return {};
}

}  // namespace

Result<CrossingPoint> keep_crossing_point(Context const& context, access::Viewer const& viewer, CrossingPoint point) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto checked = check_crossing_point(point, context.norms.codes); !checked) return tl::unexpected(checked.error());
  point.party = viewer.party;
  if (point.revision == 0) point.id = CrossingPointId::make(context.clock.now());
  auto const subject = ledger::subject_of("crossing_point", point.id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    if (point.revision > 0) {
      auto const all = list_crossing_points(context.database, viewer.party);
      auto const known = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.id == point.id; });
      if (known == all.end()) return refuse(Why::not_found);
      if (known->revision != point.revision)
        return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
    }
    ledger::Decided<> decided;
    save_crossing_point(decided.command, point);
    decided.entries.push_back({subject, viewer.party, viewer.user.value, "crossing_point_kept", {},
                               json::serialize(json::object{{"name", point.name}}), point.revision + 1, context.clock.now()});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  ++point.revision;
  return point;
}

Result<Transport> keep_transport(Context const& context, access::Viewer const& viewer, Transport transport) {
  auto const code = partner_code(context, viewer.party, transport.partner);
  if (code.empty()) return refuse(Why::field_invalid, "partner", "choose the requested State");
  auto const points = list_crossing_points(context.database, viewer.party);
  auto const now = context.clock.now();
  if (transport.revision > 0) {
    return act_on(context, viewer, transport.id, transport.revision, "transport_changed", [&](Transport const& before) {
      auto const passengers = list_passengers(context.database, viewer.party, before.id).size();
      return decide_transport(&before, transport, passengers, points, code, context.norms.codes, viewer, now);
    });
  }
  transport.id = TransportId::make(now);
  transport.party = viewer.party;
  transport.made_by = viewer.user;
  auto const made = decide_transport(nullptr, transport, 0, points, code, context.norms.codes, viewer, now);
  if (!made) return tl::unexpected(made.error());
  auto const written = ledger::carry_out(context.database, {subject_of(made->id)}, [&]() -> Result<ledger::Decided<>> {
    ledger::Decided<> decided;
    save_transport(decided.command, *made);
    decided.entries.push_back(
        entry_of(*made, viewer.user, "transport_planned", {{"departs_at", made->departs_at().text()}}));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_transport(context.database, viewer.party, made->id);
}

Result<Transport> cancel_transport(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                   std::string_view reason, IfMatch if_match) {
  auto const before = load_transport(context, viewer, id, if_match);
  if (!before) return tl::unexpected(before.error());
  auto const checked = decide_cancellation(*before, reason, viewer, context.clock.now());
  if (!checked) return tl::unexpected(checked.error());
  std::vector<CaseId> cases;
  for (auto const& one : load_passengers(context, *before)) {
    if (is_aboard(*before, one.file)) cases.push_back(one.file.id);
  }
  auto const done =
      safeguarding::postpone_together(context, viewer, cases, reason, {subject_of(id)}, [&](auto& decided) -> Result<void> {
        auto const current = load_transport(context, viewer, id, before->revision);
        if (!current) return tl::unexpected(current.error());
        auto const after = decide_cancellation(*current, reason, viewer, context.clock.now());
        if (!after) return tl::unexpected(after.error());
        save_transport(decided.command, *after);
        tell_cancelled(context, viewer, decided.command, *after);
        for (auto const& one : list_passengers(context.database, viewer.party, id))
          erase_passenger(decided.command, viewer.party, one.case_id);
        decided.entries.push_back(entry_of(*after, viewer.user, "transport_cancelled", {{"reason", reason}}));
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  if (context.after_write) context.after_write();
  return *find_transport(context.database, viewer.party, id);
}

Result<Transport> record_notice(Context const& context, access::Viewer const& viewer, TransportId const& id, NoticeGiven given,
                                IfMatch if_match) {
  return act_on(context, viewer, id, if_match, "transport_notified", [&](Transport const& before) {
    return decide_notice(before, given, context.norms.codes, viewer, context.clock.now());
  });
}

Result<Transport> add_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                 std::vector<CaseId> const& cases, IfMatch if_match) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto checked = check_cases(cases); !checked) return tl::unexpected(checked.error());
  auto const transport = load_transport(context, viewer, id, if_match);
  if (!transport) return tl::unexpected(transport.error());
  if (state_on(*transport, context.clock.now()) != "planned")
    return refuse(Why::wrong_step, "transport", "it takes nobody any more");
  safeguarding::PlanInput const plan{transport->departs_at(), transport->is_charter(), place_of(context, *transport)};
  auto const done =
      safeguarding::plan_together(context, viewer, cases, plan, {subject_of(id)}, [&](auto& decided) -> Result<void> {
        auto const current = find_transport(context.database, viewer.party, id);
        if (!current || current->state != "planned" || current->departs_at() != plan.departs_at)
          return refuse(Why::wrong_step, "transport", "it takes nobody any more");
        return take_seats(context, viewer, id, cases, decided);
      });
  if (!done) return tl::unexpected(done.error());
  return *find_transport(context.database, viewer.party, id);
}

Result<Transport> remove_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                    std::vector<CaseId> const& cases, std::string_view reason, IfMatch if_match) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto checked = check_cases(cases); !checked) return tl::unexpected(checked.error());
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto const transport = load_transport(context, viewer, id, if_match);
  if (!transport) return tl::unexpected(transport.error());
  std::vector<CaseId> planned;
  for (auto const& one : cases) {
    auto const file = case_files::find_case_file(context.database, viewer.party, Side::requesting, one);
    if (!file || find_seat(context.database, viewer.party, one) != id) return refuse(Why::not_found, "cases");
    if (case_files::find_event(*file, "departure")) return refuse(Why::wrong_step, "cases", file->reference + " has departed");
    if (is_aboard(*transport, *file)) planned.push_back(one);
  }
  auto const done =
      safeguarding::postpone_together(context, viewer, planned, reason, {subject_of(id)}, [&](auto& decided) -> Result<void> {
        auto current = find_transport(context.database, viewer.party, id);
        if (!current) return refuse(Why::not_found);
        for (auto const& one : cases) erase_passenger(decided.command, viewer.party, one);
        expect_seats(decided.command, *current);
        current->changed_at = context.clock.now();
        decided.entries.push_back(entry_of(*current, viewer.user, "passengers_removed",
                                           {{"cases", references_of(context, viewer.party, cases)}, {"reason", reason}}));
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  return *find_transport(context.database, viewer.party, id);
}

Result<Fitness> record_fitness(Context const& context, access::Viewer const& viewer, Fitness fitness) {
  auto const now = context.clock.now();
  if (!safeguarding::find_visible(context, viewer, fitness.case_id)) return refuse(Why::not_found);
  if (auto checked = check_fitness(fitness, context.norms.codes, viewer, now); !checked) return tl::unexpected(checked.error());
  bool const is_fit = fitness.outcome != "unfit";
  auto const& zone = context.directory.get_party(viewer.party).time_zone;
  safeguarding::GateInput input{std::string(fitness_gate), is_fit ? "closed" : "failed", {}, {}};
  input.evidence = {{"certificate", fitness.certificate},
                    {"valid_until", date_in_zone(fitness.ends_at(), zone).text()},
                    {"medical_case", fitness.needs_medical_seat || fitness.outcome == "fit_with_care" ? "yes" : "no"}};
  if (!is_fit) input.reason = fitness.certificate;
  auto const decided = safeguarding::decide_gate(context, viewer, fitness.case_id, input, {});
  if (!decided) return tl::unexpected(decided.error().front());
  fitness.by = viewer.user;
  fitness.recorded_at = now;
  auto const subject = ledger::subject_of("fitness", fitness.case_id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    ledger::Decided<> one;
    insert_fitness(one.command, viewer.party, fitness);
    one.entries.push_back({subject, viewer.party, viewer.user.value, "fitness_certified", {},
                           json::serialize(json::object{{"reference", decided->reference}}), 1, now});
    return one;
  });
  if (!written) return tl::unexpected(written.error());
  return fitness;
}

Result<std::vector<Departed>> depart_passengers(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                                std::vector<CaseId> const& cases) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto checked = check_cases(cases); !checked) return tl::unexpected(checked.error());
  auto const transport = load_transport(context, viewer, id, {});
  if (!transport) return tl::unexpected(transport.error());
  std::vector<Departed> all;
  for (auto const& one : cases) {
    if (find_seat(context.database, viewer.party, one) != id) return refuse(Why::not_found, "cases");
  }
  for (auto const& one : cases) {
    auto file = case_files::find_case_file(context.database, viewer.party, Side::requesting, one);
    Departed departed{one, {}};
    auto const fitness = find_fitness(context.database, viewer.party, one);
    if (file && case_files::find_event(*file, "departure")) {
      // With somebody of the family a moment ago.
    } else if (fitness && (fitness->outcome == "unfit" || fitness->ends_at() < transport->arrives_at())) {
      departed.refused = Refused{Why::wrong_step, "cases", "the certificate of fitness does not reach the arrival", {}};
    } else if (auto const done = safeguarding::depart(context, viewer, one, {}); !done) {
      departed.refused = done.error();
    }
    all.push_back(std::move(departed));
  }
  // Also when nobody could depart: who tried stands in the chain of the transport.
  auto const refused = std::count_if(all.begin(), all.end(), [](auto const& one) { return one.refused.has_value(); });
  auto const written = ledger::carry_out(context.database, {subject_of(id)}, [&]() -> Result<ledger::Decided<>> {
    auto told = *transport;
    told.changed_at = context.clock.now();
    ledger::Decided<> decided;
    decided.entries.push_back(entry_of(told, viewer.user, "departures_recorded",
                                       {{"cases", references_of(context, viewer.party, cases)}, {"refused", refused}}));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return all;
}

}  // namespace rcms::transfers
