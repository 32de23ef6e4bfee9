#include "capabilities/messages/rules.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "capabilities/case_files/step.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::messages {

using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

Result<void> check_text(std::string const& text, std::string const& field) {
  if (text.empty()) return refuse(Why::field_missing, field);
  if (!is_utf8(text) || has_control_characters(text)) return refuse(Why::field_invalid, field, "write plain text");
  if (length_of(text) > message_limit)
    return refuse(Why::field_too_long, field, fmt::format("at most {} characters", message_limit));
  return {};
}

std::string_view permission_of(Page page, Side side) {
  switch (page) {
    case Page::task: return "task.read";
    case Page::documents: return "document.read";
    case Page::safeguards: return "safeguard.read";
    case Page::ledger: return "ledger.read";
    case Page::file: break;
  }
  return side == Side::requesting ? "case.read" : "application.read";
}

bool has_role(access::User const& user, std::string_view role) {
  return std::find(user.roles.begin(), user.roles.end(), role) != user.roles.end();
}

/// The state after what happened; of an erased entry, the state now.
std::string state_after(Happening const& happening) {
  auto const told = text_at(happening.told, "state");
  return told.empty() ? happening.file.state : told;
}

/// The role that acts next, when it is of the State whose file it is.
std::string holder_of(workflow::Process const& process, Happening const& happening) {
  auto const side = case_files::side_of(happening.file);
  auto const* state = workflow::find_state(process, side, state_after(happening));
  return state != nullptr && state->ball == workflow::name_of(side) ? state->holder : std::string();
}

class Choice {
 public:
  Choice(workflow::Process const& process, permissions::Roles const& roles, Happening const& happening,
         std::vector<access::User> const& users)
      : process_(process), roles_(roles), happening_(happening), users_(users) {}

  void apply(Notice const& notice) {
    for (auto const& word : notice.first) {
      auto const named = list_named(word, notice.page);
      for (auto const* user : named) add(*user, notice);
      // Who covers is told what the absent colleague is told.
      if (word == "owner" && !named.empty()) {
        for (auto const* user : list_named("cover", notice.page)) add(*user, notice);
      }
      if (!named.empty()) break;
    }
    for (auto const& role : notice.also) {
      for (auto const* user : list_named(role, notice.page)) add(*user, notice);
    }
  }

  std::vector<Receiver> receivers;

 private:
  bool may_get(access::User const& user, Page page) const {
    return user.active && user.party == happening_.file.party &&
           permissions::permissions_of(roles_, user.roles).contains(permission_of(page, happening_.file.side));
  }

  /// Whether the entry names the user among several.
  bool holds_user(std::string const& id) const {
    auto const people = texts_at(happening_.told, "people");
    return std::find(people.begin(), people.end(), id) != people.end();
  }

  bool is_named(access::User const& user, std::string const& word, std::string const& holder) const {
    if (word == "owner") return user.id == happening_.file.owner;
    if (word == "named") return user.id.value == text_at(happening_.told, "named");
    if (word == "cover") return !happening_.cover.empty() && user.id == happening_.cover;
    if (word == "people") return holds_user(user.id.value);
    if (word == "author") return user.id == happening_.file.author;
    if (word == "holder") return !holder.empty() && has_role(user, holder);
    if (word == "assignee") return user.id.value == text_at(happening_.told, "assignee");
    if (word == "task_organisation") {
      return user.organisation.value == text_at(happening_.told, "organisation") &&
             permissions::permissions_of(roles_, user.roles).contains("task.complete");
    }
    return has_role(user, word);
  }

  std::vector<access::User const*> list_named(std::string const& word, Page page) const {
    auto const holder = holder_of(process_, happening_);
    std::vector<access::User const*> named;
    for (auto const& user : users_) {
      if (is_named(user, word, holder) && may_get(user, page)) named.push_back(&user);
    }
    return named;
  }

  void add(access::User const& user, Notice const& notice) {
    if (user.id.value == happening_.actor || !seen_.insert(user.id.value).second) return;
    receivers.push_back({user, &notice});
  }

  workflow::Process const& process_;
  permissions::Roles const& roles_;
  Happening const& happening_;
  std::vector<access::User> const& users_;
  std::set<std::string> seen_;
};

}  // namespace

Result<Decision> decide_message(CaseFile const& before, Message const& message, std::vector<std::string> const& words,
                                std::int64_t sent_before, access::Viewer const& viewer) {
  if (!viewer.may("message.write")) return refuse(Why::not_permitted, "message.write");
  if (auto text = check_text(message.body, "text"); !text) return tl::unexpected(text.error());
  if (before.submitted_on.empty()) return refuse(Why::wrong_step, "state", "the other State has no file of this case yet");
  if (!before.is_open) return refuse(Why::wrong_step, "state", "the case is closed");
  if (!words.empty()) {
    return refuse(Why::must_not_leave, "text", fmt::format("\"{}\" must not leave the State", words.front()),
                  "data/safeguards/word_list.toml");
  }
  if (sent_before >= messages_of_case) {
    return refuse(Why::limit_reached, "text", fmt::format("at most {} messages are sent about one case", messages_of_case));
  }
  Decision decision;
  decision.after = before;
  decision.action = "message_sent";
  decision.told["message"] = message.id;
  decision.sending = case_files::Sending{exchange::EnvelopeKind::message, {{"text", message.body}}, {}};
  return decision;
}

Result<std::string> read_message(exchange::Envelope const& envelope) {
  auto const text = text_at(envelope.body, "text");
  if (auto checked = check_text(text, "body.text"); !checked) return tl::unexpected(checked.error());
  return text;
}

Decision decide_receipt(CaseFile const& before, Message const& message) {
  Decision decision;
  decision.after = before;
  decision.action = "message_received";
  decision.told["message"] = message.id;
  return decision;
}

std::vector<Receiver> choose_receivers(std::vector<Notice> const& notices, workflow::Process const& process,
                                       permissions::Roles const& roles, Happening const& happening,
                                       std::vector<access::User> const& users) {
  Choice choice(process, roles, happening, users);
  for (auto const& notice : notices) {
    if (notice.action != happening.action || notice.side != happening.file.side) continue;
    if (!notice.state.empty() && notice.state != state_after(happening)) continue;
    choice.apply(notice);
  }
  return std::move(choice.receivers);
}

boost::json::object arguments_of(Happening const& happening, std::string const& partner_code, Page page) {
  boost::json::object arguments{{"reference", happening.file.reference}};
  // A verifier never learns which State asks.
  if (page != Page::task) arguments["partner"] = partner_code;
  if (page == Page::task) arguments["task"] = text_at(happening.told, "task_id");
  auto const day = text_at(happening.told, happening.action == "term_tomorrow" ? "due_on" : "day");
  if (happening.action.ends_with("_tomorrow") && !day.empty()) arguments["day"] = day;
  if (happening.action == "term_tomorrow") arguments["term"] = text_at(happening.told, "term");
  return arguments;
}

}  // namespace rcms::messages
