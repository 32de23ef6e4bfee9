// SQL of messages, notifications and waiting e-mails. Messages and notifications are read in the space of a State or of a user.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capabilities/messages/message.hpp"
#include "capabilities/messages/notice.hpp"
#include "foundation/db/database.hpp"

namespace rcms::messages {

void insert_message(db::Command& command, Message const& message);
/// Oldest first.
std::vector<Message> list_messages_of_case(db::Database& database, PartyId const& party, CaseId const& case_id);
std::int64_t count_sent_messages(db::Database& database, PartyId const& party, CaseId const& case_id);

/// How far the consumer `name` has come; 0 for one that never was.
std::int64_t consumed_number(db::Database& database, std::string_view name);
/// Adds its row when there is none, so that `advance` can name what it replaces.
void add_consumer(db::Database& database, std::string_view name);
/// The command is superseded when another process has advanced it meanwhile.
void advance_consumer(db::Command& command, std::string_view name, std::int64_t from, std::int64_t to);

void insert_notification(db::Command& command, Notification const& notification);

struct NotificationPage {
  std::vector<Notification> rows;  ///< newest first
  std::int64_t next = 0;           ///< `before` of the following page; 0: there is none
};
/// Those with a number below `before`; 0: from the newest.
NotificationPage list_notifications(db::Database& database, UserId const& user, std::int64_t before, std::size_t limit);
std::int64_t count_unread(db::Database& database, UserId const& user);
void mark_read(db::Command& command, UserId const& user, std::string const& id, Instant at);
void mark_all_read(db::Command& command, UserId const& user, Instant at);

/// Who got something unread that was written after `number` of the consumer, each once.
struct Told {
  UserId user;
  PartyId party;
};
std::vector<Told> list_told_after(db::Database& database, std::int64_t number, std::int64_t up_to);

/// Users who want no e-mails.
std::set<std::string> list_without_mail(db::Database& database);
bool wants_mail(db::Database& database, UserId const& user);
void save_mail_preference(db::Command& command, UserId const& user, bool mail);

/// An e-mail that waits or has ended.
struct QueuedMail {
  std::string id;
  UserId user;
  PartyId party;
  std::int64_t number = 0;
  std::string reference;
  std::string link;  ///< path in the web application
  Instant created_at;
  std::int64_t tries = 0;
  std::optional<Instant> ended_at;
  std::string problem;
};
void insert_mail(db::Command& command, QueuedMail const& mail);
/// The longest waiting first, at most 200.
std::vector<QueuedMail> list_due_mail(db::Database& database, Instant now);
/// Takes it for one sending: nobody else takes it before `again_at`. Superseded when somebody else was faster.
void claim_mail(db::Command& command, QueuedMail const& mail, Instant again_at);
void put_mail_off(db::Command& command, QueuedMail const& mail, Instant again_at, std::string const& problem);
/// `state`: sent, failed, dropped.
void end_mail(db::Command& command, QueuedMail const& mail, std::string_view state, Instant at, std::string const& problem);

/// E-mails of the State that failed for good, newest first, at most 200: for the page of operations.
std::vector<QueuedMail> list_failed_mail(db::Database& database, PartyId const& party);
std::int64_t count_waiting_mail(db::Database& database, PartyId const& party);

/// Removes what was told before `day` and e-mails that ended before it.
db::Command forget_before(Instant day);

}  // namespace rcms::messages
