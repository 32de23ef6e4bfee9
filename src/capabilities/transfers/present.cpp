#include "capabilities/transfers/present.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/present.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::transfers {

using case_files::optional_text;

namespace {

CodedView coded(Context const& context, access::Viewer const& viewer, std::string const& list, std::string const& code) {
  return {code, context.labels.text(viewer.language, "codes." + list + "." + code)};
}

std::vector<CodedView> coded_all(Context const& context, access::Viewer const& viewer, std::string const& list,
                                 std::vector<std::string> const& codes) {
  std::vector<CodedView> all;
  for (auto const& code : codes) all.push_back(coded(context, viewer, list, code));
  return all;
}

CrossingPoint point_or_unknown(std::vector<CrossingPoint> const& points, CrossingPointId const& id) {
  auto const found = std::find_if(points.begin(), points.end(), [&](auto const& one) { return one.id == id; });
  if (found != points.end()) return *found;
  CrossingPoint unknown;
  unknown.id = id;
  unknown.time_zone = "UTC";
  return unknown;
}

LegView present_leg(std::vector<CrossingPoint> const& points, Leg const& leg) {
  auto const from = point_or_unknown(points, leg.from);
  auto const to = point_or_unknown(points, leg.to);
  auto const departs = wall_clock(leg.departs_at, from.time_zone);
  auto const arrives = wall_clock(leg.arrives_at, to.time_zone);
  return {{from.id.value, from.name},
          {to.id.value, to.name},
          leg.departs_at,
          leg.arrives_at,
          departs.day.text(),
          text_of_wall(departs.minute),
          arrives.day.text(),
          text_of_wall(arrives.minute),
          optional_text(leg.carrier),
          optional_text(leg.number)};
}

void present_money(Context const& context, access::Viewer const& viewer, Transport const& transport, TransportView& view) {
  std::map<std::pair<std::string, std::string>, std::int64_t> totals;
  for (auto const& one : transport.costs) {
    view.costs.push_back({coded(context, viewer, "cost_item", one.item), coded(context, viewer, "cost_payer", one.payer),
                          one.currency, one.amount_cents});
    totals[{one.payer, one.currency}] += one.amount_cents;
  }
  for (auto const& [key, amount] : totals)
    view.totals.push_back({coded(context, viewer, "cost_payer", key.first), key.second, amount});
}

/// The notice that each agreement of those aboard asks for, counted back from the departure.
std::vector<NoticeTermView> present_terms(Context const& context, access::Viewer const& viewer, Transport const& transport,
                                          std::vector<Traveller> const& passengers) {
  auto const& own = context.directory.get_party(viewer.party);
  auto const& partner = context.directory.get_party(transport.partner);
  auto const today = case_files::today_of(context, viewer.party);
  std::set<std::string> seen;
  std::vector<NoticeTermView> terms;
  for (auto const& one : passengers) {
    if (!seen.insert(one.file.agreement).second) continue;
    auto const* agreement = context.norms.find_agreement(one.file.agreement, one.file.submitted_on, own.code);
    auto const on = Date::parse(one.file.submitted_on);
    if (agreement == nullptr || !on) continue;
    NoticeTermView term;
    term.agreement = agreement->cited;
    auto const due = agreements::compute_deadline(*agreement, context.norms.calendars, "transfer_notice", own.code,
                                                  {{"planned_transfer", transport.departs_at(), 0, {}}}, *on, {partner.code, {}});
    if (due && due->due) {
      term.due_on = due->due->text();
      term.sentence = agreements::render_sentence(context.labels, viewer.language, *due);
      auto const given_on = transport.notice ? date_in_zone(transport.notice->at, own.time_zone) : today;
      term.is_late = given_on > *due->due;
    }
    terms.push_back(std::move(term));
  }
  return terms;
}

std::optional<FitnessView> present_fitness(Context const& context, access::Viewer const& viewer,
                                           std::optional<Fitness> const& fitness, Transport const* transport) {
  if (!fitness) return std::nullopt;
  return FitnessView{fitness->certificate,  coded(context, viewer, "fitness_outcome", fitness->outcome),
                     fitness->needs_medical_seat, fitness->examined_at,
                     fitness->ends_at(),    transport == nullptr || fitness->ends_at() >= transport->arrives_at()};
}

/// Refusals in words, with the person when it is one of `people`.
std::vector<BrokenRuleView> present_broken(Context const& context, access::Viewer const& viewer,
                                           std::vector<allocation::Refusal> const& refusals,
                                           std::vector<Traveller> const& people, std::vector<Transport> const& transports) {
  std::map<std::string, Traveller const*> by_id;
  for (auto const& one : people) by_id[one.file.id.value] = &one;
  std::vector<BrokenRuleView> all;
  for (auto const& one : refusals) {
    BrokenRuleView view;
    if (auto const found = by_id.find(one.person); found != by_id.end()) {
      view.case_id = one.person;
      view.reference = found->second->file.reference;
      view.person = found->second->file.person.name;
    }
    for (auto const& transport : transports) {
      if (transport.id.value == one.transport) view.transport = {transport.id.value, transport.name};
    }
    auto const rule = std::string(allocation::name_of(one.rule));
    view.rule = {rule, context.labels.text(viewer.language, "transfers.rule." + rule)};
    if (auto const about = by_id.find(one.about); about != by_id.end()) {
      view.about = about->second->file.person.name;
    } else if (one.rule == allocation::Rule::quota_full) {
      view.about = context.labels.text(viewer.language, "agreements.rule." + one.about);
    } else if (one.rule != allocation::Rule::family_apart) {
      view.about = optional_text(one.about);
    }
    all.push_back(std::move(view));
  }
  return all;
}

}  // namespace

CrossingPointView present_point(Context const& context, access::Viewer const& viewer, CrossingPoint const& point) {
  CrossingPointView view;
  view.id = point.id.value;
  view.name = point.name;
  view.kind = coded(context, viewer, "crossing_kind", point.kind);
  view.state = coded(context, viewer, "country", point.state);
  view.code = optional_text(point.code);
  view.time_zone = point.time_zone;
  for (auto const& one : point.hours)
    view.hours.push_back({one.weekday, text_of_wall(one.from_minute), text_of_wall(one.to_minute)});
  view.source = optional_text(point.source);
  view.active = point.active;
  view.revision = point.revision;
  return view;
}

std::vector<EscortView> present_staff(Context const& context, access::Viewer const& viewer, Transport const& transport) {
  std::vector<EscortView> staff;
  for (auto const& one : transport.escorts) {
    staff.push_back({one.name, coded(context, viewer, "escort_function", one.function), one.document_number, one.document_until,
                     coded_all(context, viewer, "escort_qualification", one.qualifications),
                     coded_all(context, viewer, "language", one.languages)});
  }
  return staff;
}

TransportView present_transport(Context const& context, access::Viewer const& viewer, Transport const& transport,
                                std::vector<CrossingPoint> const& points) {
  auto const now = context.clock.now();
  TransportView view;
  view.id = transport.id.value;
  view.name = transport.name;
  view.kind = coded(context, viewer, "transport_kind", transport.kind);
  view.partner = {transport.partner.value, context.directory.get_party(transport.partner).names.in(viewer.language)};
  view.state = state_on(transport, now);
  view.reason = optional_text(transport.reason);
  for (auto const& leg : transport.legs) view.legs.push_back(present_leg(points, leg));
  view.seats = transport.seats;
  view.medical_seats = transport.medical_seats;
  auto const passengers = load_passengers(context, transport);
  for (auto const& one : passengers) {
    if (!is_aboard(transport, one.file)) continue;
    ++(one.fitness && one.fitness->needs_medical_seat ? view.medical_taken : view.taken);
  }
  view.document_margin_days = transport.document_margin_days;
  view.reception = optional_text(transport.reception);
  view.reception_places = transport.reception_places;
  view.escorts = present_staff(context, viewer, transport);
  for (auto const& one : transport.escorts) {
    view.has_interpreter = view.has_interpreter || one.function == "interpreter";
    view.has_monitor = view.has_monitor || one.function == "monitor";
  }
  present_money(context, viewer, transport, view);
  if (auto const& notice = transport.notice) {
    view.notice = NoticeGivenView{notice->at, coded(context, viewer, "notice_channel", notice->channel),
                                  optional_text(notice->reference), case_files::present_user(context, viewer, notice->by)};
  }
  view.notice_terms = present_terms(context, viewer, transport, passengers);
  view.may_change = viewer.may("case.transfer") && view.state == "planned";
  view.revision = transport.revision;
  return view;
}

TravellerView present_traveller(Context const& context, access::Viewer const& viewer, Traveller const& traveller,
                                Transport const* transport) {
  auto const& file = traveller.file;
  auto const day = transport == nullptr ? case_files::today_of(context, viewer.party)
                                        : date_in_zone(transport->departs_at(), "UTC");
  TravellerView view;
  view.case_id = file.id.value;
  view.reference = file.reference;
  view.person = file.person.name;
  view.birth = optional_text(file.person.birth);
  view.sex = optional_text(file.person.sex);
  view.is_child = may_be_child(file.person.birth, day);
  view.family = optional_text(traveller.is_excepted ? std::string() : traveller.family);
  view.state = {file.state, context.labels.text(viewer.language, "workflow.state." + file.state)};
  view.is_aboard = transport != nullptr && is_aboard(*transport, file);
  auto const person = person_of(traveller, day);
  if (person.document_valid_until && *person.document_valid_until != Date())
    view.document_until = person.document_valid_until->text();
  if (traveller.window_until) view.window_until = traveller.window_until->text();
  view.fitness = present_fitness(context, viewer, traveller.fitness, transport);
  view.open_gates = traveller.open_gates;
  return view;
}

PassengersView present_passengers(Context const& context, access::Viewer const& viewer, Transport const& transport) {
  auto const passengers = load_passengers(context, transport);
  PassengersView view;
  for (auto const& one : passengers) view.passengers.push_back(present_traveller(context, viewer, one, &transport));
  view.broken = present_broken(context, viewer, check_passengers(context, transport, passengers), passengers, {transport});
  view.may_depart = viewer.may("case.transfer") && transport.state == "planned";
  view.may_certify = viewer.may("safeguard.medical");
  return view;
}

ProposalView present_proposal(Context const& context, access::Viewer const& viewer, ProposedAllocation const& proposed) {
  ProposalView view;
  for (auto const& one : proposed.transports) view.transports.push_back({one.id.value, one.name});
  for (std::size_t p = 0; p < proposed.people.size(); ++p) {
    auto const at = proposed.proposal.seating[p];
    if (proposed.is_seated[p]) continue;
    auto const* transport = at == allocation::nowhere ? nullptr : &proposed.transports[at];
    auto traveller = present_traveller(context, viewer, proposed.people[p], transport);
    if (transport == nullptr) {
      view.left.push_back(std::move(traveller));
    } else {
      view.placed.push_back({transport->id.value, std::move(traveller)});
    }
  }
  view.refusals = present_broken(context, viewer, proposed.proposal.refusals, proposed.people, proposed.transports);
  view.is_best = proposed.proposal.is_best;
  return view;
}

std::vector<DepartureRowView> present_departures(Context const& context, access::Viewer const& viewer,
                                                 Sentences const& sentences, std::vector<Departed> const& departed) {
  std::vector<DepartureRowView> rows;
  for (auto const& one : departed) {
    auto const file =
        case_files::find_case_file(context.database, viewer.party, case_files::Side::requesting, one.case_id);
    DepartureRowView row{one.case_id.value, file ? file->reference : "", file ? file->person.name : "", !one.refused, {}};
    if (one.refused) {
      auto const why = context.labels.text(viewer.language, "refused." + std::string(rcms::name_of(one.refused->why)));
      auto const detail = sentences.say(viewer.language, one.refused->detail);
      row.why_not = detail.empty() ? why : why + " " + detail;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace rcms::transfers
