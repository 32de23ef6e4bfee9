// Routes of announcements: the preview and the sending of the requesting State, the reading of the requested State.
#include <algorithm>
#include <memory>
#include <set>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/present.hpp"
#include "capabilities/transfers/announcement_view.hpp"
#include "capabilities/transfers/announcing.hpp"
#include "capabilities/transfers/api.hpp"
#include "capabilities/transfers/present.hpp"

namespace rcms::transfers {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

constexpr std::string_view told_copy = "requested_state";

/// What the routes share; loaded once.
struct AnnouncementDesk {
  Context const& context;
  Sentences const& sentences;
  std::vector<ManifestCopy> copies;

  ManifestCopy const& copy() const { return *find_copy(copies, told_copy); }
  CodedView word(Request const& request, std::string const& group, std::string const& code) const {
    return {code, context.labels.text(request.viewer.language, "transfers." + group + "." + code)};
  }
};

AnnouncedLegView leg_view(AnnouncedLeg const& leg) {
  auto const departs = wall_clock(leg.departs_at, leg.from.time_zone);
  auto const arrives = wall_clock(leg.arrives_at, leg.to.time_zone);
  return {leg.from.name,
          leg.to.name,
          leg.departs_at,
          leg.arrives_at,
          departs.day.text(),
          text_of_wall(departs.minute),
          arrives.day.text(),
          text_of_wall(arrives.minute),
          case_files::optional_text(leg.carrier),
          case_files::optional_text(leg.number)};
}

std::vector<AnnouncedLegView> leg_views(AnnouncedTransport const& announced) {
  std::vector<AnnouncedLegView> views;
  for (auto const& leg : announced.legs) views.push_back(leg_view(leg));
  return views;
}

std::vector<EscortView> staff_views(AnnouncementDesk const& desk, Request const& request, AnnouncedTransport const& announced) {
  Transport transport;
  transport.escorts = announced.staff;
  return present_staff(desk.context, request.viewer, transport);
}

std::vector<std::string> cells_of(AnnouncementDesk const& desk, Request const& request, ListedTraveller const& person) {
  std::vector<std::string> cells;
  for (auto const& column : desk.copy().columns)
    cells.push_back(column == "number" && person.number == 0
                        ? std::string()
                        : cell_of(person, column, desk.context.labels, request.viewer.language));
  return cells;
}

std::vector<CodedView> column_views(AnnouncementDesk const& desk, Request const& request) {
  std::vector<CodedView> columns;
  for (auto const& column : desk.copy().columns)
    columns.push_back({column, title_of(column, desk.context.labels, request.viewer.language)});
  return columns;
}

/// Columns of the list of those who organise that the requested State is not told.
std::vector<CodedView> withheld_views(AnnouncementDesk const& desk, Request const& request) {
  std::vector<CodedView> withheld;
  auto const& told = desk.copy().columns;
  for (auto const& column : desk.copies.front().columns) {
    if (std::find(told.begin(), told.end(), column) == told.end())
      withheld.push_back({column, title_of(column, desk.context.labels, request.viewer.language)});
  }
  return withheld;
}

std::vector<AnnouncementSentView> sent_views(AnnouncementDesk const& desk, Request const& request,
                                             std::vector<Announcement> const& sent, TransportId const& id) {
  auto const envelopes = desk.context.exchange.list_transmissions(request.viewer.party, chain_of(id));
  std::vector<AnnouncementSentView> views;
  for (auto const& one : sent) {
    AnnouncementSentView view{one.number, desk.word(request, "announcement", one.variant), one.fingerprint, one.sent_at,
                              case_files::present_user(desk.context, request.viewer, one.sent_by), {}, {}};
    for (auto const& envelope : envelopes) {
      if (envelope.direction != "out" || envelope.number != one.number) continue;
      view.state = desk.word(request, "envelope", envelope.state);
      view.ended_at = envelope.ended_at;
    }
    views.push_back(std::move(view));
  }
  return views;
}

AnnouncementView show_announcement(AnnouncementDesk const& desk, Request const& request, Transport const& transport) {
  auto const& context = desk.context;
  auto const manifest = make_manifest(context, transport);
  auto const announced = announced_of(manifest, desk.copy());
  auto const sent = list_announcements(context.database, request.viewer.party, transport.id);
  AnnouncementView view;
  auto const variant = decide_announcement(manifest, sent, request.viewer, context.clock.now());
  if (variant) {
    view.variant = desk.word(request, "announcement", *variant);
  } else {
    auto const why = context.labels.text(request.viewer.language, "refused." + std::string(rcms::name_of(variant.error().why)));
    auto const detail = desk.sentences.say(request.viewer.language, variant.error().detail);
    view.why_not = detail.empty() ? why : detail;
  }
  view.legs = leg_views(announced);
  view.columns = column_views(desk, request);
  for (auto const& person : announced.persons)
    view.rows.push_back({case_files::optional_text(person.family), cells_of(desk, request, person)});
  view.staff = staff_views(desk, request, announced);
  view.withheld = withheld_views(desk, request);
  view.fingerprint = announced.fingerprint;
  view.sent = sent_views(desk, request, sent, transport.id);
  return view;
}

template <class Act>
Answer<AnnouncementView> on_own(AnnouncementDesk const& desk, Request const& request, Act act) {
  auto const id = request.id<TransportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const transport = find_transport(desk.context.database, request.viewer.party, *id);
  if (!transport) return tl::unexpected(http::Problem(Refused{Why::not_found, "", "", {}}));
  return act(*transport);
}

Answer<AnnouncementView> send(AnnouncementDesk const& desk, Request const& request, Transport const& transport,
                              AnnouncementInput const& input) {
  auto const done = announce_transport(desk.context, request.viewer, transport.id, desk.copy(), input.fingerprint.value);
  if (!done) return tl::unexpected(http::Problem(done.error()));
  return show_announcement(desk, request, *done);
}

AnnouncedTransportRowView row_view(AnnouncementDesk const& desk, Request const& request, AnnouncedTransport const& one) {
  auto const& language = request.viewer.language;
  auto const& labels = desk.context.labels;
  AnnouncedTransportRowView view;
  view.id = one.id.value;
  view.name = one.name;
  auto const kind = "codes.transport_kind." + one.kind;
  view.kind = {one.kind, labels.has(kind) ? labels.text(language, kind) : one.kind};
  view.partner = {one.partner.value, desk.context.directory.get_party(one.partner).names.in(language)};
  view.state = desk.word(request, "announced_state", one.state);
  view.legs = leg_views(one);
  view.reception = case_files::optional_text(one.reception);
  view.persons = static_cast<std::int64_t>(one.persons.size());
  auto const arrives_on = wall_clock(one.arrives_at(), one.legs.back().to.time_zone).day;
  std::set<std::string> families;
  for (auto const& person : one.persons) {
    if (may_be_child(person.birth_date, arrives_on)) ++view.children;
    if (!person.family.empty()) families.insert(person.family);
  }
  view.families = static_cast<std::int64_t>(families.size());
  view.changed_at = one.changed_at;
  return view;
}

Answer<Reply<AnnouncedTransportView>> show_announced(AnnouncementDesk const& desk, Request const& request) {
  auto const id = request.id<TransportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const one = find_announced(desk.context.database, request.viewer.party, *id);
  if (!one) return tl::unexpected(http::Problem(Refused{Why::not_found, "", "", {}}));
  AnnouncedTransportView view;
  view.transport = row_view(desk, request, *one);
  view.fingerprint = one->fingerprint;
  view.columns = column_views(desk, request);
  for (auto const& person : one->persons) {
    auto const file = case_files::find_case_file(desk.context.database, request.viewer.party, case_files::Side::requested,
                                                 person.case_id);
    bool const is_known = file && file->partner == one->partner;
    AnnouncedPersonView row{case_files::optional_text(person.family), cells_of(desk, request, person), {}, is_known};
    if (is_known && request.viewer.may("application.read")) row.application = person.case_id.value;
    view.persons.push_back(std::move(row));
  }
  view.staff = staff_views(desk, request, *one);
  view.revision = one->revision;
  return Reply<AnnouncedTransportView>(std::move(view), 0, one->revision);
}

}  // namespace

void add_announcement_routes(http::Routes& routes, Context const& context, Sentences const& sentences,
                             std::filesystem::path const& data) {
  auto const desk =
      std::make_shared<AnnouncementDesk const>(AnnouncementDesk{context, sentences, load_manifest_copies(data)});
  routes.add(http::get("/api/transports/{id}/announcement")
                 .named("preview_announcement")
                 .saying("What the requested State would be told of a transport, what stays at home, and what it was told")
                 .permission("case.transfer")
                 .reads_personal_data()
                 .output<AnnouncementView>()
                 .handler([desk](Request const& request) {
                   return on_own(*desk, request, [&](Transport const& one) -> Answer<AnnouncementView> {
                     return show_announcement(*desk, request, one);
                   });
                 }));
  routes.add(http::post("/api/transports/{id}/announcement")
                 .named("announce_transport")
                 .saying("Tell the requested State of a transport and who is aboard: the list that the preview showed")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::field_missing, Why::already_exists, Why::stale_revision})
                 .input<AnnouncementInput>()
                 .output<AnnouncementView>()
                 .handler([desk](AnnouncementInput const& input, Request const& request) {
                   return on_own(*desk, request, [&](Transport const& one) { return send(*desk, request, one, input); });
                 }));
  routes.add(http::get("/api/announced-transports")
                 .named("list_announced_transports")
                 .saying("Transports of which another State has told this one, the latest departure first; without names")
                 .permission("arrival.read")
                 .output<http::Items<AnnouncedTransportRowView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<AnnouncedTransportRowView>> {
                   http::Items<AnnouncedTransportRowView> view;
                   for (auto const& one : list_announced(desk->context.database, request.viewer.party))
                     view.items.push_back(row_view(*desk, request, one));
                   return view;
                 }));
  routes.add(http::get("/api/announced-transports/{id}")
                 .named("read_announced_transport")
                 .saying("A transport of which another State has told this one, with the list of those who come")
                 .permission("arrival.read")
                 .reads_personal_data()
                 .output<AnnouncedTransportView>()
                 .handler([desk](Request const& request) { return show_announced(*desk, request); }));
}

}  // namespace rcms::transfers
