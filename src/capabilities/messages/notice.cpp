#include "capabilities/messages/notice.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <boost/describe/enum_from_string.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::messages {

namespace {

constexpr std::array<std::string_view, 8> receivers_of_file{"owner",    "author",            "holder", "named",
                                                            "assignee", "task_organisation", "cover",  "people"};
/// What is done to a file outside the table of actions.
constexpr std::array<std::string_view, 21> other_actions{
    "message_received",     "message_sent",      "gate_overridden",      "waiting_too_long", "waiting_escalated",
    "interview_booked",     "interview_moved",   "interview_cancelled",  "presence_told",    "minutes_written",
    "appointment_received", "appointment_moved", "appointment_cancelled", "term_tomorrow", "interview_tomorrow",
    "appointment_tomorrow", "answer_tomorrow", "task_tomorrow", "renewal_requested", "renewal_approved", "renewal_refused"};

template <class List>
bool holds(List const& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void check_notice(Notice const& notice, workflow::Process const& process, permissions::Roles const& roles) {
  auto const side = notice.side == case_files::Side::requesting ? workflow::Side::requesting : workflow::Side::requested;
  auto const is_known = std::any_of(process.actions.begin(), process.actions.end(),
                                    [&](auto const& action) { return action.side == side && action.ledger == notice.action; });
  auto const place =
      fmt::format("workflow/notices.toml, action \"{}\" of the {} State", notice.action, case_files::name_of(notice.side));
  if (!is_known && !holds(other_actions, notice.action))
    throw std::runtime_error(place + ": the process has no such ledger word");
  if (!notice.state.empty() && workflow::find_state(process, side, notice.state) == nullptr) {
    throw std::runtime_error(fmt::format("{}: no state \"{}\"", place, notice.state));
  }
  for (auto const& word : notice.first) {
    if (holds(receivers_of_file, word) || permissions::find_role(roles, word) != nullptr) continue;
    throw std::runtime_error(fmt::format("{}: \"{}\" is neither a role nor a person of the file", place, word));
  }
  for (auto const& word : notice.also) {
    if (word != "cover" && permissions::find_role(roles, word) == nullptr)
      throw std::runtime_error(fmt::format("{}: no role \"{}\"", place, word));
  }
}

}  // namespace

std::vector<Notice> load_notices(std::filesystem::path const& data, workflow::Process const& process,
                                 permissions::Roles const& roles) {
  auto const file = read_data_file(data / "workflow/notices.toml", data / "schema/notices.schema.json");
  std::vector<Notice> notices;
  for (auto const& value : list_at(file, "notice")) {
    Notice notice;
    notice.action = text_at(value, "action");
    notice.side = text_at(value, "side") == "requesting" ? case_files::Side::requesting : case_files::Side::requested;
    notice.state = text_at(value, "state");
    notice.first = texts_at(value, "first");
    notice.also = texts_at(value, "also");
    boost::describe::enum_from_string(text_at(value, "page").c_str(), notice.page);
    notice.mail = flag_at(value, "mail");
    check_notice(notice, process, roles);
    notices.push_back(std::move(notice));
  }
  return notices;
}

std::string link_of(Notification const& notification) {
  switch (notification.page) {
    case Page::documents: return notification.kind.starts_with("renewal_") ? "/documents?tab=renewals" : "/documents";
    case Page::safeguards: return "/safeguards/" + notification.case_id.value;
    case Page::ledger: return "/ledger?case=" + text_at(notification.arguments, "reference");
    case Page::task: {
      auto const task = text_at(notification.arguments, "task");
      return task.empty() ? "/tasks" : "/tasks/" + task;
    }
    case Page::file: break;
  }
  return (notification.side == case_files::Side::requesting ? "/cases/" : "/applications/") + notification.case_id.value;
}

}  // namespace rcms::messages
