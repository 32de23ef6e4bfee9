// Routes of the hand-over: the same of a transport of this State and of one that another State announced.
#include <algorithm>

#include "capabilities/case_files/present.hpp"
#include "capabilities/transfers/api.hpp"
#include "capabilities/transfers/handing_over.hpp"
#include "capabilities/transfers/handover_view.hpp"

namespace rcms::transfers {

using http::Answer;
using http::Request;

namespace {

/// What the presenting functions share.
struct HandoverDesk {
  Context const& context;
  Sentences const& sentences;
  Side side;

  CodedView word(access::Viewer const& viewer, std::string const& group, std::string const& code) const {
    return {code, context.labels.text(viewer.language, "transfers." + group + "." + code)};
  }
  CodedView value(access::Viewer const& viewer, std::string const& code) const {
    return word(viewer, "handover_value", code.empty() ? "not_ticked" : code);
  }
  std::string words_of(access::Viewer const& viewer, Refused const& refused) const {
    auto const detail = sentences.say(viewer.language, refused.detail);
    return detail.empty() ? context.labels.text(viewer.language, "refused." + std::string(rcms::name_of(refused.why))) : detail;
  }
  std::optional<NamedView> user(access::Viewer const& viewer, UserId const& id) const {
    return id.empty() ? std::nullopt : case_files::present_user(context, viewer, id);
  }
};

TickView tick_view(HandoverDesk const& desk, access::Viewer const& viewer, Handover const& one, Tick const& tick) {
  TickView view{tick.id.value, desk.value(viewer, tick.value), case_files::optional_text(tick.note), desk.user(viewer, tick.by),
                {}, tick.device_at, tick.at(), is_clock_wrong(tick.clock_ahead_ms), tick.received_at, tick.list};
  for (auto const& taking : one.takings) {
    if (taking.id == tick.taking) view.device = taking.device;
  }
  return view;
}

HandoverPersonView person_view(HandoverDesk const& desk, access::Viewer const& viewer, Handover const& one,
                               ListedTraveller const& person, std::map<CaseId, Standing> const& standings) {
  HandoverPersonView view;
  view.case_id = person.case_id.value;
  view.number = person.number;
  view.family = case_files::optional_text(person.family);
  view.surname = person.surname;
  view.given_names = case_files::optional_text(person.given_names);
  view.sex = case_files::optional_text(person.sex);
  view.birth = case_files::optional_text(person.birth_date);
  view.document = case_files::optional_text(person.document_number);
  view.is_child = person.is_child;
  auto const found = standings.find(person.case_id);
  if (found == standings.end()) return view;
  view.is_clash = found->second.is_clash;
  if (!view.is_clash) view.value = desk.value(viewer, found->second.value);
  for (auto const& head : found->second.heads) view.heads.push_back(tick_view(desk, viewer, one, head));
  for (auto tick = one.ticks.rbegin(); tick != one.ticks.rend(); ++tick) {
    bool const is_head =
        std::any_of(view.heads.begin(), view.heads.end(), [&](auto const& head) { return head.id == tick->id.value; });
    if (tick->case_id == person.case_id && !is_head) view.replaced.push_back(tick_view(desk, viewer, one, *tick));
  }
  return view;
}

TakingView taking_view(HandoverDesk const& desk, access::Viewer const& viewer, Handover const& one, Taking const& taking) {
  auto const received =
      std::count_if(one.ticks.begin(), one.ticks.end(), [&](auto const& tick) { return tick.taking == taking.id; });
  return {taking.id.value,
          taking.list,
          taking.list != one.list.number,
          taking.device,
          desk.user(viewer, taking.by),
          taking.by == viewer.user,
          taking.at,
          taking.clock_ahead_ms / 1000,
          is_clock_wrong(taking.clock_ahead_ms),
          received,
          count_missing(taking, one.ticks)};
}

std::vector<HandoverCountView> count_views(HandoverDesk const& desk, access::Viewer const& viewer, HandoverView const& view) {
  std::vector<HandoverCountView> counts;
  auto const add = [&](std::string const& value, auto has) {
    counts.push_back({desk.value(viewer, value), std::count_if(view.persons.begin(), view.persons.end(), has)});
  };
  for (auto const value : values_of(desk.side))
    add(std::string(value), [&](auto const& one) { return one.value && one.value->code == value; });
  add("clash", [](auto const& one) { return one.is_clash; });
  add("not_ticked", [](auto const& one) { return one.heads.empty(); });
  return counts;
}

std::vector<ListDifferenceView> difference_views(HandoverDesk const& desk, access::Viewer const& viewer, Handover const& one,
                                             HandoverView const& view) {
  std::vector<ListDifferenceView> differences;
  for (auto const& difference : one.differences()) {
    ListDifferenceView row;
    row.case_id = difference.case_id.value;
    for (auto const& person : view.persons) {
      if (person.case_id == row.case_id)
        row.person = person.surname + (person.given_names ? ", " + *person.given_names : std::string());
    }
    row.kind = desk.word(viewer, "difference", difference.kind);
    row.ours = desk.value(viewer, difference.ours);
    row.theirs = desk.value(viewer, difference.theirs);
    row.ours.code = difference.ours;
    row.theirs.code = difference.theirs;
    row.is_open = !difference.explanation;
    if (auto const& ours = difference.explanation) row.explanation = {ours->reason, desk.user(viewer, ours->by), ours->at};
    if (auto const& theirs = difference.their_explanation) row.their_explanation = {theirs->reason, {}, {}};
    differences.push_back(std::move(row));
  }
  return differences;
}

HandoverView handover_view(HandoverDesk const& desk, access::Viewer const& viewer, Handover const& one) {
  HandoverView view;
  view.transport = one.id.value;
  view.name = one.name;
  view.side = desk.word(viewer, "handover_side", desk.side == Side::requesting ? "requesting" : "requested");
  view.partner = {one.partner.value, desk.context.directory.get_party(one.partner).names.in(viewer.language)};
  view.is_cancelled = one.is_cancelled;
  view.departs_at = one.departs_at;
  view.arrives_at = one.arrives_at;
  view.list = one.list.number;
  for (auto const value : values_of(desk.side)) view.values.push_back(desk.value(viewer, std::string(value)));
  auto standings = stand(one.ticks);
  for (auto const& person : one.list.persons) {
    view.persons.push_back(person_view(desk, viewer, one, person, standings));
    standings.erase(person.case_id);
  }
  // Ticked on a list that was taken before, and no more on the one in force.
  for (auto list = one.taken.rbegin(); list != one.taken.rend(); ++list) {
    for (auto const& person : list->persons) {
      if (!standings.contains(person.case_id)) continue;
      view.persons.push_back(person_view(desk, viewer, one, person, standings));
      view.persons.back().is_on_list = false;
      standings.erase(person.case_id);
    }
  }
  view.counts = count_views(desk, viewer, view);
  for (auto const& taking : one.takings) view.takings.push_back(taking_view(desk, viewer, one, taking));
  for (auto const& report : one.reports) {
    view.reports.push_back({report.direction, report.number, report.list, static_cast<std::int64_t>(report.marks.size()),
                            report.at, desk.user(viewer, report.by)});
  }
  view.differences = difference_views(desk, viewer, one, view);
  view.may_tick = viewer.may("handover.tick") && !one.is_cancelled;
  view.may_settle = viewer.may("handover.settle");
  return view;
}

/// Refuses: field_invalid (an id that is none).
Result<Tick> tick_of(TickInput const& input) {
  auto const id = TickId::parse(input.id);
  auto const person = CaseId::parse(input.case_id);
  if (!id) return refuse(Why::field_invalid, "ticks.id");
  if (!person) return refuse(Why::field_invalid, "ticks.case_id");
  Tick tick;
  tick.id = *id;
  tick.case_id = *person;
  tick.value = input.value;
  if (input.note) tick.note = input.note->value;
  tick.list = input.list;
  tick.counter = input.counter;
  tick.device_at = input.device_at;
  for (auto const& one : input.replaces) {
    auto const replaced = TickId::parse(one);
    if (!replaced) return refuse(Why::field_invalid, "ticks.replaces");
    tick.replaces.push_back(*replaced);
  }
  return tick;
}

template <class Value>
tl::unexpected<http::Problem> problem_of(Result<Value> const& refused) {
  return tl::unexpected(http::Problem(refused.error()));
}

Answer<HandoverView> shown(HandoverDesk const& desk, Request const& request, Result<Handover> const& one) {
  if (!one) return problem_of(one);
  return handover_view(desk, request.viewer, *one);
}

Answer<TakenListView> take(HandoverDesk const& desk, Request const& request, TransportId const& id, TakingInput const& input) {
  auto const& viewer = request.viewer;
  auto const taking = take_list(desk.context, viewer, desk.side, id, input.device.value, input.device_now);
  if (!taking) return problem_of(taking);
  auto const one = load_handover(desk.context, viewer, desk.side, id);
  if (!one) return problem_of(one);
  return TakenListView{taking_view(desk, viewer, *one, *taking), handover_view(desk, viewer, *one)};
}

Answer<TicksView> sync(HandoverDesk const& desk, Request const& request, TransportId const& id, TicksInput const& input) {
  auto const& viewer = request.viewer;
  auto const taking = TakingId::parse(input.taking);
  if (!taking) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "taking", "", {}}));
  std::vector<Tick> ticks;
  for (auto const& one : input.ticks) {
    auto tick = tick_of(one);
    if (!tick) return problem_of(tick);
    ticks.push_back(std::move(*tick));
  }
  auto const synced = receive_ticks(desk.context, viewer, desk.side, id, *taking, input.device_now, std::move(ticks));
  if (!synced) return problem_of(synced);
  auto const one = load_handover(desk.context, viewer, desk.side, id);
  if (!one) return problem_of(one);
  TicksView view;
  for (auto const& outcome : synced->outcomes) {
    view.outcomes.push_back({outcome.id.value, !outcome.refused, {}});
    if (outcome.refused) view.outcomes.back().why_not = desk.words_of(viewer, *outcome.refused);
  }
  view.clock_ahead_seconds = synced->clock_ahead_ms / 1000;
  view.is_clock_wrong = is_clock_wrong(synced->clock_ahead_ms);
  view.handover = handover_view(desk, viewer, *one);
  return view;
}

Answer<HandoverView> settle(HandoverDesk const& desk, Request const& request, TransportId const& id,
                            SettlementInput const& input) {
  auto const person = CaseId::parse(input.case_id);
  if (!person) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "case_id", "", {}}));
  std::vector<TickId> seen;
  for (auto const& one : input.heads) seen.push_back(TickId{one});
  return shown(desk, request,
               settle_person(desk.context, request.viewer, desk.side, id, *person, input.value, input.reason.value, seen));
}

Answer<HandoverView> explain(HandoverDesk const& desk, Request const& request, TransportId const& id,
                             ListExplanationInput const& input) {
  auto const person = CaseId::parse(input.case_id);
  if (!person) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "case_id", "", {}}));
  Explanation one;
  one.case_id = *person;
  one.ours = input.ours;
  one.theirs = input.theirs;
  one.reason = input.reason.value;
  return shown(desk, request, explain_difference(desk.context, request.viewer, desk.side, id, one));
}

template <class Act>
auto of_transport(Request const& request, Act act) -> decltype(act(TransportId{})) {
  auto const id = request.id<TransportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  return act(*id);
}

/// The same of a transport that is there for the viewer: what they send is looked at only then.
template <class Act>
auto of_list(HandoverDesk const& desk, Request const& request, Act act) -> decltype(act(TransportId{})) {
  return of_transport(request, [&](TransportId const& id) -> decltype(act(TransportId{})) {
    if (auto const there = load_handover(desk.context, request.viewer, desk.side, id); !there) return problem_of(there);
    return act(id);
  });
}

/// The words of the routes of one side.
struct SideRoutes {
  HandoverDesk desk;
  std::string path;
  std::string suffix;  ///< of the operations
  char const* read_permission;
  char const* whose;
};

void add_reading(http::Routes& routes, SideRoutes const& side) {
  routes.add(http::get(side.path)
                 .named("read_" + side.suffix)
                 .saying(std::string("Who was ticked at the hand-over of ") + side.whose +
                         ", what stands against each other, and how the lists of both States differ")
                 .permission(side.read_permission)
                 .reads_personal_data()
                 .output<HandoverView>()
                 .handler([desk = side.desk](Request const& request) {
                   return of_transport(request, [&](TransportId const& id) {
                     return shown(desk, request, load_handover(desk.context, request.viewer, desk.side, id));
                   });
                 }));
  routes.add(http::post(side.path + "/takings")
                 .named("take_" + side.suffix)
                 .saying(std::string("Put the list of ") + side.whose + " on a device, to tick it also without a network")
                 .permission("handover.tick")
                 .refuses({Why::wrong_step, Why::field_missing})
                 .reads_personal_data()
                 .input<TakingInput>()
                 .output<TakenListView>()
                 .handler([desk = side.desk](TakingInput const& input, Request const& request) {
                   return of_transport(request, [&](TransportId const& id) { return take(desk, request, id, input); });
                 }));
  routes.add(http::post(side.path + "/ticks")
                 .named("send_ticks_of_" + side.suffix)
                 .saying(std::string("Ticks of ") + side.whose +
                         " from a device: each is kept once, one that cannot stand keeps no other back; tells a wrong clock")
                 .permission("handover.tick")
                 .refuses({Why::limit_reached, Why::field_invalid})
                 .reads_personal_data()
                 .input<TicksInput>()
                 .output<TicksView>()
                 .handler([desk = side.desk](TicksInput const& input, Request const& request) {
                   return of_list(desk, request, [&](TransportId const& id) { return sync(desk, request, id, input); });
                 }));
}

void add_settling(http::Routes& routes, SideRoutes const& side) {
  routes.add(http::post(side.path + "/settlements")
                 .named("settle_" + side.suffix)
                 .saying(std::string("Say with a reason what is right of a person of ") + side.whose +
                         " when devices said different things")
                 .permission("handover.settle")
                 .refuses({Why::field_invalid, Why::stale_revision, Why::reason_missing})
                 .reads_personal_data()
                 .input<SettlementInput>()
                 .output<HandoverView>()
                 .handler([desk = side.desk](SettlementInput const& input, Request const& request) {
                   return of_list(desk, request, [&](TransportId const& id) { return settle(desk, request, id, input); });
                 }));
  routes.add(http::post(side.path + "/reports")
                 .named("tell_" + side.suffix)
                 .saying(std::string("Tell the other State who was ticked at the hand-over of ") + side.whose)
                 .permission("handover.settle")
                 .refuses({Why::wrong_step, Why::field_missing, Why::already_exists})
                 .reads_personal_data()
                 .output<HandoverView>()
                 .handler([desk = side.desk](Request const& request) {
                   return of_transport(request, [&](TransportId const& id) {
                     return shown(desk, request, tell_handover(desk.context, request.viewer, desk.side, id));
                   });
                 }));
  routes.add(http::post(side.path + "/explanations")
                 .named("explain_" + side.suffix)
                 .saying(std::string("Explain why the lists of both States differ in a person of ") + side.whose)
                 .permission("handover.settle")
                 .refuses({Why::stale_revision, Why::reason_missing})
                 .reads_personal_data()
                 .input<ListExplanationInput>()
                 .output<HandoverView>()
                 .handler([desk = side.desk](ListExplanationInput const& input, Request const& request) {
                   return of_list(desk, request, [&](TransportId const& id) { return explain(desk, request, id, input); });
                 }));
}

}  // namespace

void add_handover_routes(http::Routes& routes, Context const& context, Sentences const& sentences) {
  SideRoutes const both[] = {{{context, sentences, Side::requesting},
                              "/api/transports/{id}/handover",
                              "departure_list",
                              "transport.read",
                              "a transport"},
                             {{context, sentences, Side::requested},
                              "/api/announced-transports/{id}/handover",
                              "arrival_list",
                              "arrival.read",
                              "an announced transport"}};
  for (auto const& side : both) {
    add_reading(routes, side);
    add_settling(routes, side);
  }
}

}  // namespace rcms::transfers
