#include "capabilities/transfers/api.hpp"

#include <algorithm>

#include "capabilities/transfers/present.hpp"

namespace rcms::transfers {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

http::Problem wrong(Why why, char const* field, char const* remedy = "") {
  return http::Problem(Refused{why, field, remedy, {}});
}

int small(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, -1, 1'000'000)); }
template <std::size_t Max>
std::string text_of(std::optional<http::Text<Max>> const& text) {
  return text ? text->value : std::string();
}

Answer<CrossingPoint> read_point(CrossingPointInput const& input) {
  CrossingPoint point;
  point.name = input.name.value;
  point.kind = input.kind;
  point.state = input.state;
  point.code = text_of(input.code);
  point.time_zone = input.time_zone.value;
  try {
    (void)date_in_zone(Instant{}, point.time_zone);
  } catch (std::runtime_error const&) {
    return tl::unexpected(wrong(Why::field_invalid, "time_zone", "a zone as America/Guatemala"));
  }
  for (auto const& one : input.hours) {
    auto const from = parse_wall(one.from);
    auto const to = parse_wall(one.to);
    if (!from || !to) return tl::unexpected(wrong(Why::field_invalid, "hours", "a time as 08:30"));
    point.hours.push_back({small(one.weekday), *from, *to});
  }
  point.source = text_of(input.source);
  point.active = input.active.value_or(true);
  return point;
}

void read_people(TransportInput const& input, Transport& transport) {
  for (auto const& one : input.escorts) {
    Escort escort{one.name.value, one.function, one.document_number.value, one.document_until, {}, {}};
    if (one.qualifications) escort.qualifications.assign(one.qualifications->begin(), one.qualifications->end());
    if (one.languages) escort.languages.assign(one.languages->begin(), one.languages->end());
    transport.escorts.push_back(std::move(escort));
  }
  for (auto const& one : input.costs) transport.costs.push_back({one.item, one.payer, one.currency.value, one.amount_cents});
}

Answer<Transport> read_transport(TransportInput const& input) {
  Transport transport;
  transport.name = input.name.value;
  transport.kind = input.kind;
  transport.partner = PartyId{input.partner};
  for (auto const& one : input.legs) {
    transport.legs.push_back({CrossingPointId{one.from}, CrossingPointId{one.to}, one.departs_at, one.arrives_at,
                              text_of(one.carrier), text_of(one.number)});
  }
  transport.seats = small(input.seats);
  transport.medical_seats = small(input.medical_seats);
  transport.document_margin_days = small(input.document_margin_days);
  transport.reception = text_of(input.reception);
  if (input.reception_places) transport.reception_places = small(*input.reception_places);
  read_people(input, transport);
  return transport;
}

Answer<std::vector<CaseId>> read_cases(std::vector<std::string> const& texts) {
  std::vector<CaseId> cases;
  for (auto const& text : texts) {
    auto const id = CaseId::parse(text);
    if (!id) return tl::unexpected(wrong(Why::field_invalid, "cases"));
    cases.push_back(*id);
  }
  return cases;
}

Answer<Reply<TransportView>> answer_with(Context const& context, Request const& request, Result<Transport> const& transport) {
  if (!transport) return tl::unexpected(http::Problem(transport.error()));
  auto const points = list_crossing_points(context.database, request.viewer.party);
  return Reply<TransportView>(present_transport(context, request.viewer, *transport, points), 0, transport->revision);
}

template <class View, class Act>
Answer<View> on_transport(Context const& context, Request const& request, Act act) {
  auto const id = request.id<TransportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const transport = find_transport(context.database, request.viewer.party, *id);
  if (!transport) return tl::unexpected(wrong(Why::not_found, ""));
  return act(*transport);
}

Answer<Reply<TransportView>> keep(Context const& context, Request const& request, TransportInput const& input,
                                  Transport const* before) {
  auto transport = read_transport(input);
  if (!transport) return tl::unexpected(transport.error());
  if (before != nullptr) {
    transport->id = before->id;
    transport->revision = request.if_match.value_or(before->revision);
  }
  return answer_with(context, request, keep_transport(context, request.viewer, std::move(*transport)));
}

Answer<Reply<CrossingPointView>> keep_point(Context const& context, Request const& request, CrossingPointInput const& input,
                                            CrossingPoint const* before) {
  auto point = read_point(input);
  if (!point) return tl::unexpected(point.error());
  if (before != nullptr) {
    point->id = before->id;
    point->revision = request.if_match.value_or(before->revision);
  }
  auto const kept = keep_crossing_point(context, request.viewer, std::move(*point));
  if (!kept) return tl::unexpected(http::Problem(kept.error()));
  return Reply<CrossingPointView>(present_point(context, request.viewer, *kept), 0, kept->revision);
}

void add_point_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/crossing-points")
                 .named("list_crossing_points")
                 .saying("Where borders are crossed, with opening hours and the source that names them")
                 .permission("transport.read")
                 .output<http::Items<CrossingPointView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<CrossingPointView>> {
                   http::Items<CrossingPointView> view;
                   for (auto const& point : list_crossing_points(context.database, request.viewer.party))
                     view.items.push_back(present_point(context, request.viewer, point));
                   return view;
                 }));
  routes.add(http::post("/api/crossing-points")
                 .named("create_crossing_point")
                 .saying("Add a crossing point")
                 .permission("case.transfer")
                 .refuses({Why::field_invalid, Why::field_missing})
                 .status(201)
                 .input<CrossingPointInput>()
                 .output<CrossingPointView>()
                 .handler([&context](CrossingPointInput const& input, Request const& request) {
                   return keep_point(context, request, input, nullptr);
                 }));
  routes.add(
      http::put("/api/crossing-points/{id}")
          .named("change_crossing_point")
          .saying("Change a crossing point: its hours, its source, whether it is in use")
          .permission("case.transfer")
          .refuses({Why::field_invalid, Why::field_missing, Why::stale_revision})
          .input<CrossingPointInput>()
          .output<CrossingPointView>()
          .handler([&context](CrossingPointInput const& input, Request const& request) -> Answer<Reply<CrossingPointView>> {
            auto const id = request.id<CrossingPointId>("id");
            if (!id) return tl::unexpected(http::Problem(id.error()));
            auto const all = list_crossing_points(context.database, request.viewer.party);
            auto const known = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.id == *id; });
            if (known == all.end()) return tl::unexpected(wrong(Why::not_found, ""));
            return keep_point(context, request, input, &*known);
          }));
}

Answer<ProposalView> propose_all(Context const& context, Request const& request) {
  std::vector<TransportId> ids;
  for (auto const& text : request.list("transports")) {
    auto const id = TransportId::parse(text);
    if (!id) return tl::unexpected(wrong(Why::field_invalid, "transports"));
    ids.push_back(*id);
  }
  auto const proposed = propose(context, request.viewer, ids);
  if (!proposed) return tl::unexpected(http::Problem(proposed.error()));
  return present_proposal(context, request.viewer, *proposed);
}

/// States with which an agreement is in force, by its authorities.
http::Items<NamedView> list_partners(Context const& context, access::Viewer const& viewer) {
  auto const& own = context.directory.get_party(viewer.party).code;
  auto const agreements = context.norms.list_agreements();
  auto const is_with = [&](std::string const& code) {
    return std::any_of(agreements.begin(), agreements.end(), [&](auto const* one) {
      auto const has = [&](std::string const& party) {
        return std::any_of(one->authorities.begin(), one->authorities.end(),
                           [&](auto const& each) { return each.party == party; });
      };
      return has(own) && has(code);
    });
  };
  http::Items<NamedView> view;
  for (auto const& party : context.directory.parties()) {
    if (party.id != viewer.party && is_with(party.code)) view.items.push_back({party.id.value, party.names.in(viewer.language)});
  }
  return view;
}

void add_reading_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/transports/partners")
                 .named("list_transport_partners")
                 .saying("States to which a transport can go: those with which an agreement is in force")
                 .permission("transport.read")
                 .output<http::Items<NamedView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<NamedView>> {
                   return list_partners(context, request.viewer);
                 }));
  routes.add(http::get("/api/transports")
                 .named("list_transports")
                 .saying("Transports of the State, the latest departure first")
                 .permission("transport.read")
                 .output<http::Items<TransportView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<TransportView>> {
                   auto const points = list_crossing_points(context.database, request.viewer.party);
                   http::Items<TransportView> view;
                   for (auto const& one : list_transports(context.database, request.viewer.party))
                     view.items.push_back(present_transport(context, request.viewer, one, points));
                   return view;
                 }));
  routes.add(
      http::get("/api/transports/proposal")
          .named("propose_allocation")
          .saying(
              "Who of those who wait would get a seat on which transport, and which rule keeps the others; nothing is written")
          .permission("case.transfer")
          .query(http::required(http::list_parameter("transports", "Ids of transports to one State, at most 20.")))
          .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached})
          .reads_personal_data()
          .takes_long()
          .output<ProposalView>()
          .handler([&context](Request const& request) { return propose_all(context, request); }));
  routes.add(http::get("/api/transports/{id}")
                 .named("read_transport")
                 .saying("One transport: legs, seats, staff, costs, notice")
                 .permission("transport.read")
                 .output<TransportView>()
                 .handler([&context](Request const& request) {
                   return on_transport<Reply<TransportView>>(
                       context, request, [&](Transport const& one) { return answer_with(context, request, one); });
                 }));
  routes.add(http::get("/api/transports/{id}/passengers")
                 .named("list_passengers")
                 .saying("Who has a seat, and what the rules say of them now")
                 .permission("transport.read")
                 .reads_personal_data()
                 .output<PassengersView>()
                 .handler([&context](Request const& request) {
                   return on_transport<PassengersView>(context, request, [&](Transport const& one) -> Answer<PassengersView> {
                     return present_passengers(context, request.viewer, one);
                   });
                 }));
}

void add_planning_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/transports")
                 .named("create_transport")
                 .saying("Plan a transport: legs over crossing points that are open, seats, staff, costs")
                 .permission("case.transfer")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached})
                 .status(201)
                 .input<TransportInput>()
                 .output<TransportView>()
                 .handler([&context](TransportInput const& input, Request const& request) {
                   return keep(context, request, input, nullptr);
                 }));
  routes.add(http::put("/api/transports/{id}")
                 .named("change_transport")
                 .saying("Change a transport; its hours only while nobody has a seat")
                 .permission("case.transfer")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached, Why::wrong_step, Why::stale_revision})
                 .input<TransportInput>()
                 .output<TransportView>()
                 .handler([&context](TransportInput const& input, Request const& request) {
                   return on_transport<Reply<TransportView>>(
                       context, request, [&](Transport const& one) { return keep(context, request, input, &one); });
                 }));
  routes.add(http::post("/api/transports/{id}/notice")
                 .named("record_transport_notice")
                 .saying("Write down how and when the requested State was given notice")
                 .permission("case.transfer")
                 .refuses({Why::field_invalid, Why::wrong_step, Why::stale_revision})
                 .input<NoticeInput>()
                 .output<TransportView>()
                 .handler([&context](NoticeInput const& input, Request const& request) {
                   return on_transport<Reply<TransportView>>(context, request, [&](Transport const& one) {
                     return answer_with(
                         context, request,
                         record_notice(context, request.viewer, one.id,
                                       {input.given_at, input.channel, text_of(input.reference), {}}, request.if_match));
                   });
                 }));
  routes.add(http::post("/api/transports/{id}/cancellation")
                 .named("cancel_transport")
                 .saying("Call a transport off: everybody is taken off and their files wait for another")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .input<TransportReasonInput>()
                 .output<TransportView>()
                 .handler([&context](TransportReasonInput const& input, Request const& request) {
                   return on_transport<Reply<TransportView>>(context, request, [&](Transport const& one) {
                     return answer_with(context, request,
                                        cancel_transport(context, request.viewer, one.id, input.reason.value, request.if_match));
                   });
                 }));
}

Answer<http::Items<DepartureRowView>> depart_all(Context const& context, Sentences const& sentences, Request const& request,
                                                 Transport const& transport, PassengersInput const& input) {
  auto const cases = read_cases(input.cases);
  if (!cases) return tl::unexpected(cases.error());
  auto const departed = depart_passengers(context, request.viewer, transport.id, *cases);
  if (!departed) return tl::unexpected(http::Problem(departed.error()));
  http::Items<DepartureRowView> view;
  view.items = present_departures(context, request.viewer, sentences, *departed);
  return view;
}

Answer<FitnessView> certify(Context const& context, Request const& request, FitnessInput const& input) {
  auto const id = request.id<CaseId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  Fitness fitness;
  fitness.case_id = *id;
  fitness.certificate = input.certificate.value;
  fitness.examined_at = input.examined_at;
  fitness.valid_hours = small(input.valid_hours);
  fitness.outcome = input.outcome;
  fitness.needs_medical_seat = input.needs_medical_seat;
  auto const recorded = record_fitness(context, request.viewer, std::move(fitness));
  if (!recorded) return tl::unexpected(http::Problem(recorded.error()));
  auto const label = context.labels.text(request.viewer.language, "codes.fitness_outcome." + recorded->outcome);
  return FitnessView{recorded->certificate, {recorded->outcome, label}, recorded->needs_medical_seat,
                     recorded->examined_at, recorded->ends_at(),        true};
}

void add_passenger_routes(http::Routes& routes, Context const& context, Sentences const& sentences) {
  routes.add(http::post("/api/transports/{id}/passengers")
                 .named("add_passengers")
                 .saying("Give people a seat: their transfers are planned in the same write, all or none")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::gate_open, Why::limit_reached, Why::already_exists, Why::too_late,
                           Why::field_invalid, Why::field_missing, Why::stale_revision})
                 .takes_long()
                 .input<PassengersInput>()
                 .output<TransportView>()
                 .handler([&context](PassengersInput const& input, Request const& request) {
                   return on_transport<Reply<TransportView>>(
                       context, request, [&](Transport const& one) -> Answer<Reply<TransportView>> {
                         auto const cases = read_cases(input.cases);
                         if (!cases) return tl::unexpected(cases.error());
                         return answer_with(context, request,
                                            add_passengers(context, request.viewer, one.id, *cases, request.if_match));
                       });
                 }));
  routes.add(http::post("/api/transports/{id}/passengers-removal")
                 .named("remove_passengers")
                 .saying("Take people off: their transfers are postponed in the same write")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::field_invalid, Why::field_missing, Why::stale_revision})
                 .takes_long()
                 .input<PassengersOffInput>()
                 .output<TransportView>()
                 .handler([&context](PassengersOffInput const& input, Request const& request) {
                   return on_transport<Reply<TransportView>>(
                       context, request, [&](Transport const& one) -> Answer<Reply<TransportView>> {
                         auto const cases = read_cases(input.cases);
                         if (!cases) return tl::unexpected(cases.error());
                         return answer_with(
                             context, request,
                             remove_passengers(context, request.viewer, one.id, *cases, input.reason.value, request.if_match));
                       });
                 }));
  routes.add(http::post("/api/transports/{id}/departures")
                 .named("record_departures")
                 .saying("Record the departure of people with a seat, family by family; of each is told what came of it")
                 .permission("case.transfer")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached})
                 .takes_long()
                 .input<PassengersInput>()
                 .output<http::Items<DepartureRowView>>()
                 .handler([&context, &sentences](PassengersInput const& input, Request const& request) {
                   return on_transport<http::Items<DepartureRowView>>(context, request, [&](Transport const& one) {
                     return depart_all(context, sentences, request, one, input);
                   });
                 }));
  routes.add(
      http::post("/api/safeguards/{id}/fitness")
          .named("certify_fitness")
          .saying("A doctor certifies that a person can travel, for so many hours; the safeguard is decided with it")
          .permission("safeguard.medical")
          .refuses({Why::field_invalid, Why::field_missing, Why::wrong_step})
          .status(201)
          .input<FitnessInput>()
          .output<FitnessView>()
          .handler([&context](FitnessInput const& input, Request const& request) { return certify(context, request, input); }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context, Sentences const& sentences, std::filesystem::path const& data) {
  add_point_routes(routes, context);
  add_reading_routes(routes, context);
  add_planning_routes(routes, context);
  add_passenger_routes(routes, context, sentences);
  add_manifest_routes(routes, context, data);
  add_announcement_routes(routes, context, sentences, data);
  add_handover_routes(routes, context, sentences);
}

}  // namespace rcms::transfers
