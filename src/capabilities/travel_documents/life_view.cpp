#include "capabilities/travel_documents/life_view.hpp"

#include "capabilities/case_files/view.hpp"
#include "capabilities/travel_documents/store.hpp"

namespace rcms::travel_documents {

using case_files::optional_text;

namespace {

std::optional<std::string> day_of(std::optional<Date> const& day) {
  return day ? std::optional(day->text()) : std::nullopt;
}

/// Who is no user (the clock, the exchange) has no name.
std::string name_of_user(Desk const& desk, access::Viewer const& viewer, UserId const& user) {
  return user.empty() ? std::string() : desk.context.directory.user_name(viewer.party, user);
}

std::string office_of(Desk const& desk, access::Viewer const& viewer, OrganisationId const& organisation) {
  return desk.context.directory.organisation_name(viewer.party, organisation, viewer.language);
}

}  // namespace

Result<NumberHistoryView> present_history(Desk const& desk, access::Viewer const& viewer, std::string const& number) {
  auto& database = desk.context.database;
  auto const blank = find_blank(database, viewer.party, number);
  if (!blank) return refuse(Why::not_found);
  NumberHistoryView view;
  view.number = number;
  view.sheet = name_of(blank->state);
  view.office = office_of(desk, viewer, blank->organisation);
  view.is_own = blank->organisation == viewer.organisation;
  view.box = optional_text(blank->box);
  view.has_document = find_document(database, viewer.party, number).has_value();
  for (auto const& event : list_number_events(database, viewer.party, number)) {
    view.events.push_back({event.event, event.at, optional_text(name_of_user(desk, viewer, event.by)),
                           office_of(desk, viewer, event.organisation), optional_text(event.note)});
    if (event.event == "destroyed") view.is_destroyed = true;
  }
  return view;
}

RenewalView present_renewal(Desk const& desk, access::Viewer const& viewer, Renewal const& renewal) {
  RenewalView view;
  view.id = renewal.id;
  view.number = renewal.number;
  if (auto const document = find_document(desk.context.database, viewer.party, renewal.number)) view.name = document->name();
  view.state = renewal.state;
  view.reason = renewal.reason;
  view.requested_by = name_of_user(desk, viewer, renewal.requested_by);
  view.requested_at = renewal.requested_at;
  view.is_mine = renewal.requested_by == viewer.user;
  view.due_on = day_of(renewal.due_on);
  view.source = renewal.source;
  view.decided_by = optional_text(name_of_user(desk, viewer, renewal.decided_by));
  view.decided_at = renewal.decided_at;
  view.decision_reason = optional_text(renewal.decision_reason);
  view.renewed_as = optional_text(renewal.renewed_as);
  view.revision = renewal.revision;
  return view;
}

BoxView present_box(Desk const& desk, access::Viewer const& viewer, BoxLine const& line) {
  return {office_of(desk, viewer, line.organisation),
          line.organisation.value,
          line.organisation == viewer.organisation,
          line.box,
          line.in_stock,
          line.assigned,
          line.issued,
          line.spoilt,
          line.voided,
          line.lost,
          line.returned,
          line.destroyed,
          line.unused(),
          line.dead()};
}

StockAlarmView present_alarm(Desk const& desk, access::Viewer const& viewer, StockAlarm const& alarm) {
  StockAlarmView view;
  view.kind = alarm.kind;
  view.from = optional_text(alarm.from);
  view.to = optional_text(alarm.to);
  view.sheets = alarm.sheets;
  if (!alarm.organisation.empty()) view.office = office_of(desk, viewer, alarm.organisation);
  view.day = day_of(alarm.day);
  return view;
}

ClosingView present_closing(Desk const& desk, access::Viewer const& viewer, Closing const& closing) {
  ClosingView view;
  view.id = closing.id;
  view.day = closing.day.text();
  view.office = office_of(desk, viewer, closing.organisation);
  view.state = closing.state;
  for (auto const& line : closing.lines) {
    view.lines.push_back(
        {line.box, line.expected_unused, line.counted_unused, line.expected_dead, line.counted_dead});
  }
  view.reason = optional_text(closing.reason);
  view.closed_by = name_of_user(desk, viewer, closing.closed_by);
  view.closed_at = closing.closed_at;
  view.is_mine = closing.closed_by == viewer.user;
  view.confirmed_by = optional_text(name_of_user(desk, viewer, closing.confirmed_by));
  view.confirmed_at = closing.confirmed_at;
  view.digest = closing.digest;
  view.revision = closing.revision;
  return view;
}

DestructionView present_destruction(Desk const& desk, access::Viewer const& viewer, Destruction const& destruction) {
  DestructionView view;
  view.id = destruction.id;
  view.state = destruction.state;
  view.office = office_of(desk, viewer, destruction.organisation);
  view.sheets = destruction.sheets;
  view.numbers = destruction.numbers;
  view.method = destruction.method;
  view.proposed_by = name_of_user(desk, viewer, destruction.proposed_by);
  view.proposed_at = destruction.proposed_at;
  view.is_mine = destruction.proposed_by == viewer.user;
  view.decided_by = optional_text(name_of_user(desk, viewer, destruction.decided_by));
  view.decided_at = destruction.decided_at;
  view.reason = optional_text(destruction.reason);
  view.revision = destruction.revision;
  return view;
}

}  // namespace rcms::travel_documents
