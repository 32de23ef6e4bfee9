#include "capabilities/reception/api.hpp"

#include <algorithm>
#include <memory>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/reception/present.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/transfers/rules.hpp"

namespace rcms::reception {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

constexpr int board_days = 7;

struct ReceptionDesk {
  Context const& context;
  ArrivalRules rules;
};

http::Problem wrong(Why why, char const* field = "", char const* remedy = "") {
  return http::Problem(Refused{why, field, remedy, {}});
}

Answer<Reply<CentreView>> show_centre(Context const& context, Request const& request, Result<Centre> const& centre) {
  if (!centre) return tl::unexpected(http::Problem(centre.error()));
  auto const all = list_centres(context.database, request.viewer.party);
  return Reply<CentreView>(present_centre(context, request.viewer, *centre, all), 0, centre->revision);
}

Answer<Centre> read_centre_input(Context const& context, Request const& request, CentreInput const& input) {
  Centre centre;
  centre.name = input.name.value;
  auto const organisation = OrganisationId::parse(input.organisation);
  if (!organisation || context.directory.organisation_name(request.viewer.party, *organisation, "en").empty())
    return tl::unexpected(wrong(Why::field_invalid, "organisation", "choose a body of the State"));
  centre.organisation = *organisation;
  if (input.address) centre.address = input.address->value;
  centre.time_zone = input.time_zone.value;
  for (auto const& one : input.hours) {
    auto const from = transfers::parse_wall(one.from);
    auto const to = transfers::parse_wall(one.to);
    if (!from || !to) return tl::unexpected(wrong(Why::field_invalid, "hours", "a time as 08:30"));
    centre.hours.push_back({static_cast<int>(std::clamp<std::int64_t>(one.weekday, 0, 8)), *from, *to});
  }
  centre.beds = static_cast<int>(std::clamp<std::int64_t>(input.beds, -1, 100'000));
  return centre;
}

Answer<Reply<CentreView>> keep(Context const& context, Request const& request, CentreInput const& input, CentreId const& id) {
  auto const before = id.empty() ? std::nullopt : find_centre(context.database, request.viewer.party, id);
  if (!id.empty() && !before) return tl::unexpected(wrong(Why::not_found));
  auto centre = read_centre_input(context, request, input);
  if (!centre) return tl::unexpected(centre.error());
  if (before) {
    centre->id = id;
    centre->revision = request.if_match.value_or(before->revision);
  }
  return show_centre(context, request, keep_centre(context, request.viewer, std::move(*centre)));
}

Answer<Reply<CentreView>> change_state(Context const& context, Request const& request, CentreStateInput const& input) {
  auto const id = request.id<CentreId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const to = CentreId::parse(input.diverted_to.value_or("")).value_or(CentreId{});
  return show_centre(context, request, set_state(context, request.viewer, *id, input.state, to,
                                                 input.reason ? input.reason->value : std::string(), request.if_match));
}

/// Those whose arrival is near; before and after, the list is closed to the centre.
Answer<ExpectedListView> show_expected(ReceptionDesk const& desk, Request const& request) {
  auto const id = request.id<transfers::TransportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const& context = desk.context;
  auto const transport = transfers::find_announced(context.database, request.viewer.party, *id);
  if (!transport || transport->legs.empty()) return tl::unexpected(wrong(Why::not_found));
  if (hours_of(*transport, desk.rules, context.clock.now()) == ListHours::over)
    return tl::unexpected(wrong(Why::too_late, "", "the list is closed: who comes now is checked in as not announced"));
  return present_expected(context, request.viewer, desk.rules, *transport);
}

Person person_of(ArrivingPersonInput const& input) {
  return {input.surname.value,
          input.given_names ? input.given_names->value : std::string(),
          input.sex,
          input.birth_date.value_or(""),
          input.nationality.value_or(""),
          input.language.value_or(""),
          input.document_number ? input.document_number->value : std::string()};
}

Answer<CheckInView> receive(ReceptionDesk const& desk, Request const& request, CheckInInput const& input) {
  auto const& context = desk.context;
  auto const id = request.id<CentreId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  Arriving arriving;
  if (input.transport) {
    auto const transport = transfers::TransportId::parse(*input.transport);
    if (!transport) return tl::unexpected(wrong(Why::not_found, "transport"));
    arriving.transport = *transport;
  }
  for (auto const& text : input.cases) {
    auto const one = CaseId::parse(text);
    if (!one || arriving.transport.empty()) return tl::unexpected(wrong(Why::field_invalid, "cases"));
    arriving.cases.push_back(*one);
  }
  for (auto const& one : input.persons) {
    bool const is_known_state = !one.nationality || forms::has_code(context.norms.codes, "country", *one.nationality);
    bool const is_known_language = !one.language || forms::has_code(context.norms.codes, "language", *one.language);
    if (!is_known_state) return tl::unexpected(wrong(Why::field_invalid, "persons.nationality"));
    if (!is_known_language) return tl::unexpected(wrong(Why::field_invalid, "persons.language"));
    arriving.persons.push_back(person_of(one));
  }
  auto const done = check_in(context, request.viewer, desk.rules, *id, arriving,
                             {input.desk.value, input.scan ? input.scan->value : std::string(), input.beds});
  if (!done) return tl::unexpected(http::Problem(done.error()));
  auto const centre = *find_centre(context.database, request.viewer.party, *id);
  CheckInView view;
  for (auto const& one : *done) view.records.push_back(present_row(context, request.viewer, one, centre));
  view.beds_free = centre.beds - count_present(context.database, request.viewer.party)[id->value].beds;
  return view;
}

Answer<http::Items<ReceptionRowView>> list_day(Context const& context, Request const& request) {
  auto const id = CentreId::parse(request.text("centre").value_or(""));
  auto const centre = id ? get_centre(context, request.viewer, *id) : Result<Centre>(refuse(Why::not_found));
  if (!centre) return tl::unexpected(http::Problem(centre.error()));
  auto const day = request.date("day").value_or(date_in_zone(context.clock.now(), centre->time_zone));
  http::Items<ReceptionRowView> view;
  for (auto const& one : list_records(context.database, request.viewer.party, centre->id, start_of_day(day, centre->time_zone),
                                      start_of_day(day.plus_days(1), centre->time_zone)))
    view.items.push_back(present_row(context, request.viewer, one, *centre));
  return view;
}

template <class Act>
Answer<Reply<ReceptionRecordView>> on_record(Context const& context, Request const& request, Act act) {
  auto const id = request.id<RecordId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const record = find_record(context.database, request.viewer.party, *id);
  if (!record || !get_centre(context, request.viewer, record->centre)) return tl::unexpected(wrong(Why::not_found));
  Answer<Record> const after = act(*record);
  if (!after) return tl::unexpected(after.error());
  return Reply<ReceptionRecordView>(present_record(context, request.viewer, *after), 0, after->revision);
}

void add_centre_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/reception-centres")
                 .named("list_reception_centres")
                 .saying("Reception centres with their hours, their beds and whether they are open")
                 .permission("reception.board")
                 .output<http::Items<CentreView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<CentreView>> {
                   http::Items<CentreView> view;
                   view.items = present_centres(context, request.viewer);
                   return view;
                 }));
  routes.add(http::post("/api/reception-centres")
                 .named("create_reception_centre")
                 .saying("Add a reception centre; it is open")
                 .permission("reception.centres")
                 .refuses({Why::field_invalid, Why::field_missing, Why::already_exists})
                 .status(201)
                 .input<CentreInput>()
                 .output<CentreView>()
                 .handler([&context](CentreInput const& input, Request const& request) {
                   return keep(context, request, input, {});
                 }));
  routes.add(http::put("/api/reception-centres/{id}")
                 .named("change_reception_centre")
                 .saying("Name, address, hours and beds of a reception centre")
                 .permission("reception.centres")
                 .refuses({Why::field_invalid, Why::field_missing, Why::already_exists, Why::stale_revision})
                 .input<CentreInput>()
                 .output<CentreView>()
                 .handler([&context](CentreInput const& input, Request const& request) -> Answer<Reply<CentreView>> {
                   auto const id = request.id<CentreId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return keep(context, request, input, *id);
                 }));
  routes.add(http::put("/api/reception-centres/{id}/state")
                 .named("change_reception_centre_state")
                 .saying("Open a centre, close it, or send people on to another one; its own members may, and a supervisor")
                 .permission("reception.open")
                 .refuses({Why::field_invalid, Why::reason_missing, Why::stale_revision})
                 .input<CentreStateInput>()
                 .output<CentreView>()
                 .handler([&context](CentreStateInput const& input, Request const& request) {
                   return change_state(context, request, input);
                 }));
}

void add_arrival_routes(http::Routes& routes, std::shared_ptr<ReceptionDesk const> const& desk) {
  routes.add(http::get("/api/reception-board")
                 .named("read_arrivals_board")
                 .saying("What the arrivals of the coming days need, hour by hour, without names")
                 .permission("reception.board")
                 .query(http::date_parameter("from", "First day; today when not given."))
                 .query(http::integer_parameter("days", "How many days; 7 when not given.", 1, 31))
                 .output<ArrivalsBoardView>()
                 .handler([desk](Request const& request) -> Result<ArrivalsBoardView> {
                   auto const from = request.date("from").value_or(case_files::today_of(desk->context, request.viewer.party));
                   return present_board(desk->context, request.viewer, desk->rules, from,
                                        static_cast<int>(request.integer("days").value_or(board_days)));
                 }));
  routes.add(http::get("/api/reception-lists/{id}")
                 .named("read_reception_list")
                 .saying("Who is expected from an announced transport, and who was received; closed some days after the arrival")
                 .permission("reception.read")
                 .reads_personal_data()
                 .refuses({Why::too_late})
                 .output<ExpectedListView>()
                 .handler([desk](Request const& request) { return show_expected(*desk, request); }));
  routes.add(http::post("/api/reception-centres/{id}/check-ins")
                 .named("check_in")
                 .saying("Receive people who came together, of a list or not announced: all of them or nobody")
                 .permission("reception.check_in")
                 .refuses({Why::wrong_step, Why::already_exists, Why::does_not_verify, Why::limit_reached, Why::too_early,
                           Why::too_late, Why::field_invalid, Why::field_missing})
                 .status(201)
                 .input<CheckInInput>()
                 .output<CheckInView>()
                 .handler([desk](CheckInInput const& input, Request const& request) { return receive(*desk, request, input); }));
}

void add_record_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/reception-records")
                 .named("list_reception_records")
                 .saying("Who was received at a centre on a day, the latest first")
                 .permission("reception.read")
                 .query(http::required(http::text_parameter("centre", "The centre.", 40)))
                 .query(http::date_parameter("day", "The day; today when not given."))
                 .reads_personal_data()
                 .output<http::Items<ReceptionRowView>>()
                 .handler([&context](Request const& request) { return list_day(context, request); }));
  routes.add(http::get("/api/reception-records/{id}")
                 .named("read_reception_record")
                 .saying("What a centre wrote of a person it received")
                 .permission("reception.read")
                 .reads_personal_data()
                 .output<ReceptionRecordView>()
                 .handler([&context](Request const& request) {
                   return on_record(context, request, [](Record const& record) -> Answer<Record> { return record; });
                 }));
  routes.add(http::put("/api/reception-records/{id}")
                 .named("write_reception_record")
                 .saying("Complete the record of a person who was received")
                 .permission("reception.edit")
                 .refuses({Why::field_unknown, Why::field_invalid, Why::field_too_long, Why::stale_revision})
                 .input<ReceptionDetailsInput>()
                 .output<ReceptionRecordView>()
                 .handler([&context](ReceptionDetailsInput const& input, Request const& request) {
                   return on_record(context, request, [&](Record const& record) -> Answer<Record> {
                     if (!input.details.is_object()) return tl::unexpected(wrong(Why::field_invalid, "details"));
                     auto written =
                         write_details(context, request.viewer, record.id, input.details.as_object(), request.if_match);
                     if (!written) return http::refuse_all(written.error());
                     return std::move(*written);
                   });
                 }));
  routes.add(http::post("/api/reception-records/{id}/departure")
                 .named("leave_reception")
                 .saying("The person goes on from the centre; the bed is free")
                 .permission("reception.check_in")
                 .refuses({Why::wrong_step, Why::stale_revision})
                 .input<ReceptionDepartureInput>()
                 .output<ReceptionRecordView>()
                 .handler([&context](ReceptionDepartureInput const& input, Request const& request) {
                   return on_record(context, request, [&](Record const& record) -> Answer<Record> {
                     auto gone = leave(context, request.viewer, record.id, input.to ? input.to->value : std::string(),
                                       request.if_match);
                     if (!gone) return tl::unexpected(http::Problem(gone.error()));
                     return std::move(*gone);
                   });
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context, std::filesystem::path const& data) {
  auto const desk = std::make_shared<ReceptionDesk const>(ReceptionDesk{context, load_arrival_rules(data)});
  add_centre_routes(routes, context);
  add_arrival_routes(routes, desk);
  add_record_routes(routes, context);
}

}  // namespace rcms::reception
