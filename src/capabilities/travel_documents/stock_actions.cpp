#include "capabilities/travel_documents/stock_actions.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::travel_documents {

namespace json = boost::json;

namespace {

constexpr int days_looked_at = 14;
constexpr std::size_t sheets_at_once = 500;

std::string subject_of(OrganisationId const& organisation) { return ledger::subject_of("blanks", organisation.value); }

ledger::Entry entry_of(Desk const& desk, access::Viewer const& viewer, OrganisationId const& organisation, std::string action,
                       json::object content) {
  return {.subject = subject_of(organisation),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(content),
          .revision = 0,
          .at = desk.context.clock.now()};
}

Result<void> check_stock(access::Viewer const& viewer) {
  if (viewer.may("document.stock")) return {};
  return refuse(Why::not_permitted, {}, "needs document.stock");
}

/// A sheet of the viewer's office changes its state, with its reason.
Result<void> move_one(Desk& desk, access::Viewer const& viewer, std::string const& number, BlankState to, std::string_view reason,
                      std::string const& action) {
  if (auto may = check_stock(viewer); !may) return may;
  auto const moved =
      ledger::carry_out(desk.context.database, {subject_of(viewer.organisation)}, [&]() -> Result<ledger::Decided<>> {
        auto const blank = find_blank(desk.context.database, viewer.party, number);
        if (!blank || blank->organisation != viewer.organisation) return refuse(Why::not_found);
        bool const is_issued = blank->state == BlankState::issued;
        if (is_issued || !may_become(blank->state, to))
          return refuse(Why::wrong_step, {}, "a sheet in this state cannot be recorded so");
        if (reason.empty()) return refuse(Why::reason_missing, "reason");
        ledger::Decided<> decided;
        move_blank(decided.command, viewer.party, number, blank->state, to, std::string(reason), viewer.user,
                   desk.context.clock.now());
        decided.entries.push_back(entry_of(desk, viewer, viewer.organisation, action,
                                           {{"number", number}, {"reason", std::string(reason)}}));
        return decided;
      });
  if (!moved) return tl::unexpected(moved.error());
  return {};
}

Result<void> check_for_destruction(Desk& desk, access::Viewer const& viewer, std::vector<std::string> const& numbers) {
  for (auto const& number : numbers) {
    auto const blank = find_blank(desk.context.database, viewer.party, number);
    bool const is_here = blank && blank->organisation == viewer.organisation;
    bool const is_over = is_here && (blank->state == BlankState::spoilt || blank->state == BlankState::void_ ||
                                     blank->state == BlankState::returned);
    if (!is_over) {
      return refuse(Why::field_invalid, "numbers", fmt::format("{} is no spoilt, void or returned sheet of your office", number));
    }
    if (!blank->destruction.empty())
      return refuse(Why::field_invalid, "numbers", fmt::format("{} stands in another proposal already", number));
  }
  return {};
}

}  // namespace

Result<std::int64_t> move_sheets(Desk& desk, access::Viewer const& viewer, MoveInput const& input) {
  if (auto may = check_stock(viewer); !may) return tl::unexpected(may.error());
  if (input.first.size() != input.last.size() || input.last < input.first)
    return refuse(Why::field_invalid, "last", "the last number lies before the first");
  BoxMove move{viewer.organisation, input.office.empty() ? viewer.organisation : input.office, input.box, input.first,
               input.last};
  if (desk.context.directory.organisation_name(viewer.party, move.to_office, "en").empty())
    return refuse(Why::field_invalid, "office", "your State has no such office");
  auto const moved = ledger::carry_out(
      desk.context.database, {subject_of(viewer.organisation)}, [&]() -> Result<ledger::Decided<std::int64_t>> {
        move.count = count_in_stock(desk.context.database, viewer.party, move);
        if (move.count == 0) return refuse(Why::not_found, "first", "none of these sheets is in the stock of your office");
        if (move.count > range_limit) return refuse(Why::limit_reached, "last", "at most 100,000 sheets at once");
        ledger::Decided<std::int64_t> decided;
        decided.answer = move.count;
        move_to_box(decided.command, viewer.party, move, viewer.user, desk.context.clock.now());
        decided.entries.push_back(entry_of(desk, viewer, viewer.organisation, "blanks.move",
                                           {{"first", move.first}, {"last", move.last}, {"box", move.box}}));
        return decided;
      });
  return moved;
}

Result<void> assign_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, CaseId const& id) {
  if (!viewer.may("document.issue")) return refuse(Why::not_permitted, {}, "needs document.issue");
  auto const file = case_files::find_case_file(desk.context.database, viewer.party, case_files::Side::requested, id);
  if (!file) return refuse(Why::not_found);
  if (file->state != "accepted") return refuse(Why::wrong_step, {}, "a sheet is set aside for an accepted application only");
  auto const assigned =
      ledger::carry_out(desk.context.database, {subject_of(viewer.organisation)}, [&]() -> Result<ledger::Decided<>> {
        auto const blank = find_blank(desk.context.database, viewer.party, number);
        if (!blank || blank->organisation != viewer.organisation) return refuse(Why::not_found);
        if (blank->state != BlankState::in_stock) return refuse(Why::wrong_step, {}, "the sheet is used already");
        ledger::Decided<> decided;
        move_blank(decided.command, viewer.party, number, blank->state, BlankState::assigned, file->reference, viewer.user,
                   desk.context.clock.now());
        assign_blank_row(decided.command, viewer.party, number, id);
        decided.entries.push_back(entry_of(desk, viewer, viewer.organisation, "blanks.assign",
                                           {{"number", number}, {"reference", file->reference}}));
        return decided;
      });
  if (!assigned) return tl::unexpected(assigned.error());
  return {};
}

Result<void> lose_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason) {
  return move_one(desk, viewer, number, BlankState::lost, reason, "blanks.lose");
}

Result<void> find_blank_again(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason) {
  return move_one(desk, viewer, number, BlankState::void_, reason, "blanks.find");
}

Result<Destruction> propose_destruction(Desk& desk, access::Viewer const& viewer, std::vector<std::string> const& numbers,
                                        std::string_view method) {
  if (auto may = check_stock(viewer); !may) return tl::unexpected(may.error());
  if (numbers.empty()) return refuse(Why::field_missing, "numbers", "say which sheets");
  if (numbers.size() > sheets_at_once) return refuse(Why::limit_reached, "numbers", "at most 500 sheets at once");
  if (method.empty()) return refuse(Why::field_missing, "method", "say how the sheets are destroyed");
  Destruction made;
  made.party = viewer.party;
  made.organisation = viewer.organisation;
  made.state = "proposed";
  made.method = method;
  made.proposed_by = viewer.user;
  made.proposed_at = desk.context.clock.now();
  made.id = make_uuid(made.proposed_at);
  made.numbers = numbers;
  std::sort(made.numbers.begin(), made.numbers.end());
  made.numbers.erase(std::unique(made.numbers.begin(), made.numbers.end()), made.numbers.end());
  made.sheets = static_cast<std::int64_t>(made.numbers.size());
  return ledger::carry_out(desk.context.database, {subject_of(viewer.organisation)},
                           [&]() -> Result<ledger::Decided<Destruction>> {
                             if (auto checked = check_for_destruction(desk, viewer, made.numbers); !checked)
                               return tl::unexpected(checked.error());
                             ledger::Decided<Destruction> decided;
                             decided.answer = made;
                             insert_destruction(decided.command, made);
                             decided.entries.push_back(entry_of(desk, viewer, viewer.organisation, "blanks.propose_destruction",
                                                                {{"sheets", made.sheets}, {"method", made.method}}));
                             return decided;
                           });
}

Result<Destruction> answer_destruction(Desk& desk, access::Viewer const& viewer, std::string const& id, bool confirms,
                                       std::string_view reason, std::optional<std::int64_t> if_match) {
  if (auto may = check_stock(viewer); !may) return tl::unexpected(may.error());
  auto const known = find_destruction(desk.context.database, viewer.party, id);
  if (!known) return refuse(Why::not_found);
  return ledger::carry_out(
      desk.context.database, {subject_of(known->organisation)}, [&]() -> Result<ledger::Decided<Destruction>> {
        auto const before = find_destruction(desk.context.database, viewer.party, id);
        auto after = decide_destruction(*before, viewer, confirms, reason, if_match, desk.context.clock.now());
        if (!after) return tl::unexpected(after.error());
        ledger::Decided<Destruction> decided;
        save_destruction(decided.command, *before, *after);
        decided.entries.push_back(entry_of(desk, viewer, before->organisation,
                                           confirms ? "blanks.confirm_destruction" : "blanks.refuse_destruction",
                                           {{"sheets", after->sheets}, {"reason", after->reason}}));
        decided.answer = std::move(*after);
        return decided;
      });
}

Result<Closing> close_day(Desk& desk, access::Viewer const& viewer, std::vector<BoxCount> const& counted,
                          std::string_view reason) {
  if (auto may = check_stock(viewer); !may) return tl::unexpected(may.error());
  auto& database = desk.context.database;
  auto const closed = ledger::carry_out(database, {subject_of(viewer.organisation)}, [&]() -> Result<ledger::Decided<Closing>> {
    auto const earlier = list_closings(database, viewer.party, viewer.organisation, 1);
    Closing closing;
    closing.closed_at = desk.context.clock.now();
    closing.id = make_uuid(closing.closed_at);
    closing.party = viewer.party;
    closing.organisation = viewer.organisation;
    closing.day = case_files::today_of(desk.context, viewer.party);
    closing.closed_by = viewer.user;
    if (!earlier.empty()) closing.digest_before = earlier.front().digest;
    if (!earlier.empty() && earlier.front().day >= closing.day)
      return refuse(Why::already_exists, {}, "this day was closed already at your office");
    auto decided_closing =
        decide_closing(std::move(closing), list_boxes(database, viewer.party, viewer.organisation), counted, reason);
    if (!decided_closing) return tl::unexpected(decided_closing.error());
    ledger::Decided<Closing> decided;
    insert_closing(decided.command, *decided_closing);
    decided.entries.push_back(entry_of(desk, viewer, viewer.organisation, "blanks.close_day",
                                       {{"day", decided_closing->day.text()},
                                        {"state", decided_closing->state},
                                        {"digest", decided_closing->digest}}));
    decided.answer = std::move(*decided_closing);
    return decided;
  });
  return closed;
}

Result<Closing> confirm_closing(Desk& desk, access::Viewer const& viewer, std::string const& id,
                                std::optional<std::int64_t> if_match) {
  if (auto may = check_stock(viewer); !may) return tl::unexpected(may.error());
  auto const known = find_closing(desk.context.database, viewer.party, id);
  if (!known) return refuse(Why::not_found);
  return ledger::carry_out(desk.context.database, {subject_of(known->organisation)}, [&]() -> Result<ledger::Decided<Closing>> {
    auto const before = find_closing(desk.context.database, viewer.party, id);
    auto after = decide_confirmation(*before, viewer, if_match, desk.context.clock.now());
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<Closing> decided;
    save_closing(decided.command, *before, *after);
    decided.entries.push_back(entry_of(desk, viewer, before->organisation, "blanks.confirm_closing",
                                       {{"day", after->day.text()}, {"digest", after->digest}}));
    decided.answer = std::move(*after);
    return decided;
  });
}

std::vector<StockAlarm> list_alarms(Desk const& desk, access::Viewer const& viewer) {
  auto& database = desk.context.database;
  auto const today = case_files::today_of(desk.context, viewer.party);
  auto alarms = find_gaps(list_stock(database, viewer.party));
  auto const add = [&alarms](std::vector<StockAlarm> more) { alarms.insert(alarms.end(), more.begin(), more.end()); };
  add(list_left_behind(database, viewer.party));
  for (auto const& closing : list_closings(database, viewer.party, {}, 100)) {
    if (closing.state == "open") alarms.push_back({"open_difference", {}, {}, 0, closing.organisation, closing.day});
  }
  auto const& zone = desk.context.directory.get_party(viewer.party).time_zone;
  add(list_not_closed(database, viewer.party, zone, today.plus_days(-days_looked_at), today));
  return alarms;
}

bool are_closings_whole(std::vector<Closing> const& newest_first) {
  for (std::size_t at = 0; at < newest_first.size(); ++at) {
    auto const& closing = newest_first[at];
    if (closing.digest != digest_of(closing)) return false;
    bool const has_next = at + 1 < newest_first.size();
    if (has_next && closing.digest_before != newest_first[at + 1].digest) return false;
  }
  return true;
}

}  // namespace rcms::travel_documents
