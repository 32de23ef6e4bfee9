// When a message may be sent, what one that arrives does, and who is told of what happened. Pure.
// Source: data/safeguards/word_list.toml (what must not leave); data/workflow/notices.toml (who is told); the rest is our own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/decision.hpp"
#include "capabilities/messages/message.hpp"
#include "capabilities/messages/notice.hpp"
#include "foundation/access/people.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::messages {

/// The other State gets the text and nothing else. `words` were found in it and must not leave; `sent_before` counts what this
/// State has sent in the case. Refuses: not_permitted; field_missing, field_too_long, field_invalid; wrong_step (the other State
/// has no file yet, or the case is closed); must_not_leave; limit_reached.
/// Source: data/safeguards/word_list.toml.
Result<case_files::Decision> decide_message(case_files::CaseFile const& before, Message const& message,
                                            std::vector<std::string> const& words, std::int64_t sent_before,
                                            access::Viewer const& viewer);

/// The text of a message that arrived. Refuses: field_missing, field_too_long, field_invalid on `body.text`.
Result<std::string> read_message(exchange::Envelope const& envelope);

/// A message that arrived changes nothing but is told, in every state. Source: as decide_message.
case_files::Decision decide_receipt(case_files::CaseFile const& before, Message const& message);

/// A user who is told, and by which notice.
struct Receiver {
  access::User user;
  Notice const* notice = nullptr;
};

/// Who of `users` (all of the file's State) is told: active, may open the page, did not do it themselves; each at most once.
std::vector<Receiver> choose_receivers(std::vector<Notice> const& notices, workflow::Process const& process,
                                       permissions::Roles const& roles, Happening const& happening,
                                       std::vector<access::User> const& users);

/// Reference, partner and task of what happened, the day and the term of what is due tomorrow: all that a notification keeps of
/// it. The partner is left out for verifiers.
boost::json::object arguments_of(Happening const& happening, std::string const& partner_code, Page page);

}  // namespace rcms::messages
