#include "capabilities/messages/store.hpp"

#include "foundation/db/optional_value.hpp"

#include <limits>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json.hpp>

namespace rcms::messages {

namespace json = boost::json;

namespace {

using db::text_or_null;

db::Sql const insert_message_row{
    "messages.insert",
    "INSERT INTO messages (party, id, case_id, direction, author, sent_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
db::Sql const select_messages{"messages.of_case",
                              "SELECT id, direction, author, sent_at, body FROM messages WHERE party = $1 AND case_id = $2"
                              " ORDER BY sent_at, id"};
db::Sql const count_sent{"messages.count_sent",
                         "SELECT count(*) FROM messages WHERE party = $1 AND case_id = $2 AND direction = 'out'"};

db::Sql const select_consumer{"messages.consumer", "SELECT number FROM consumers WHERE name = $1"};
db::Sql const insert_consumer{"messages.insert_consumer",
                              "INSERT INTO consumers (name, number) VALUES ($1, 0) ON CONFLICT DO NOTHING"};
db::Sql const save_consumer{"messages.save_consumer", "UPDATE consumers SET number = $3 WHERE name = $1 AND number = $2"};

db::Sql const insert_notification_row{
    "messages.insert_notification",
    "INSERT INTO notifications (id, user_id, party, number, at, kind, page, side, case_id, arguments, read_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
db::Sql const select_notifications{
    "messages.notifications",
    "SELECT id, user_id, party, number, at, kind, page, side, case_id, arguments, read_at FROM notifications"
    " WHERE user_id = $1 AND number < $2 ORDER BY number DESC LIMIT 101"};
db::Sql const count_unread_rows{"messages.count_unread",
                                "SELECT count(*) FROM notifications WHERE user_id = $1 AND read_at IS NULL"};
db::Sql const mark_one{"messages.mark_read",
                       "UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND id = $2 AND read_at IS NULL"};
db::Sql const mark_all{"messages.mark_all_read", "UPDATE notifications SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL"};
db::Sql const select_told{"messages.told",
                          "SELECT DISTINCT user_id, party FROM notifications WHERE number > $1 AND number <= $2"};

db::Sql const select_without_mail{"messages.without_mail", "SELECT user_id FROM notice_preferences WHERE mail = 0"};
db::Sql const select_preference{"messages.preference", "SELECT mail FROM notice_preferences WHERE user_id = $1"};
db::Sql const save_preference{"messages.save_preference",
                              "INSERT INTO notice_preferences (user_id, mail) VALUES ($1, $2)"
                              " ON CONFLICT (user_id) DO UPDATE SET mail = $2"};

db::Sql const insert_mail_row{"messages.insert_mail",
                              "INSERT INTO mail_queue (id, user_id, party, number, reference, link, created_at, state, tries,"
                              " next_try_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $7)"};
db::Sql const select_due_mail{
    "messages.due_mail",
    "SELECT id, user_id, party, number, reference, link, created_at, tries, ended_at, problem FROM mail_queue"
    " WHERE state = 'queued' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT 200"};
db::Sql const claim_mail_row{
    "messages.claim_mail",
    "UPDATE mail_queue SET tries = $2 + 1, next_try_at = $3 WHERE id = $1 AND state = 'queued' AND tries = $2"};
db::Sql const put_off_mail{"messages.put_off_mail",
                           "UPDATE mail_queue SET next_try_at = $2, problem = $3 WHERE id = $1 AND state = 'queued'"};
db::Sql const end_mail_row{"messages.end_mail",
                           "UPDATE mail_queue SET state = $2, ended_at = $3, problem = $4 WHERE id = $1 AND state = 'queued'"};
db::Sql const select_failed_mail{
    "messages.failed_mail",
    "SELECT id, user_id, party, number, reference, link, created_at, tries, ended_at, problem FROM mail_queue"
    " WHERE party = $1 AND state = 'failed' ORDER BY ended_at DESC, id DESC LIMIT 200"};
db::Sql const count_waiting{"messages.count_waiting_mail",
                            "SELECT count(*) FROM mail_queue WHERE state = 'queued' AND party = $1"};

db::Sql const forget_notifications{"messages.forget_notifications", "DELETE FROM notifications WHERE at < $1"};
db::Sql const forget_mail{"messages.forget_mail", "DELETE FROM mail_queue WHERE ended_at < $1"};


Notification read_notification(db::Row const& row) {
  Notification notification;
  notification.id = row.text(0);
  notification.user = UserId{row.text(1)};
  notification.party = PartyId{row.text(2)};
  notification.number = row.integer(3);
  notification.at = Instant{row.integer(4)};
  notification.kind = row.text(5);
  boost::describe::enum_from_string(row.text(6).c_str(), notification.page);
  notification.side = row.text(7) == "requesting" ? case_files::Side::requesting : case_files::Side::requested;
  notification.case_id = CaseId{row.text(8)};
  notification.arguments = json::parse(row.text(9)).as_object();
  if (auto at = row.find_integer(10)) notification.read_at = Instant{*at};
  return notification;
}

QueuedMail read_mail(db::Row const& row) {
  QueuedMail mail{row.text(0), UserId{row.text(1)}, PartyId{row.text(2)}, row.integer(3), row.text(4), row.text(5),
                  Instant{row.integer(6)}, row.integer(7), std::nullopt, row.find_text(9).value_or("")};
  if (auto at = row.find_integer(8)) mail.ended_at = Instant{*at};
  return mail;
}

std::vector<QueuedMail> read_mails(db::Rows const& rows) {
  std::vector<QueuedMail> mails;
  for (auto const& row : rows) mails.push_back(read_mail(row));
  return mails;
}

}  // namespace

void insert_message(db::Command& command, Message const& message) {
  command.add(insert_message_row, {message.party.value, message.id, message.case_id.value,
                                   std::string(message.direction == Direction::out ? "out" : "in"),
                                   text_or_null(message.author.value), message.sent_at.ms, message.body});
}

std::vector<Message> list_messages_of_case(db::Database& database, PartyId const& party, CaseId const& case_id) {
  std::vector<Message> messages;
  for (auto const& row : database.read(select_messages, {party.value, case_id.value})) {
    messages.push_back({row.text(0), party, case_id, row.text(1) == "out" ? Direction::out : Direction::in,
                        UserId{row.find_text(2).value_or("")}, Instant{row.integer(3)}, row.text(4)});
  }
  return messages;
}

std::int64_t count_sent_messages(db::Database& database, PartyId const& party, CaseId const& case_id) {
  return database.find(count_sent, {party.value, case_id.value})->integer(0);
}

std::int64_t consumed_number(db::Database& database, std::string_view name) {
  auto const row = database.find(select_consumer, {std::string(name)});
  return row ? row->integer(0) : 0;
}

void add_consumer(db::Database& database, std::string_view name) {
  if (database.find(select_consumer, {std::string(name)})) return;
  db::Command command;
  command.add(insert_consumer, {std::string(name)});
  database.write(command);
}

void advance_consumer(db::Command& command, std::string_view name, std::int64_t from, std::int64_t to) {
  command.add_expecting(save_consumer, {std::string(name), from, to});
}

void insert_notification(db::Command& command, Notification const& notification) {
  command.add(insert_notification_row,
              {notification.id, notification.user.value, notification.party.value, notification.number, notification.at.ms,
               notification.kind, std::string(boost::describe::enum_to_string(notification.page, "file")),
               case_files::name_of(notification.side), notification.case_id.value, json::serialize(notification.arguments),
               notification.read_at ? db::Value(notification.read_at->ms) : db::Value()});
}

NotificationPage list_notifications(db::Database& database, UserId const& user, std::int64_t before, std::size_t limit) {
  NotificationPage page;
  auto const below = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  for (auto const& row : database.read(select_notifications, {user.value, below})) {
    if (page.rows.size() == limit) {
      page.next = page.rows.back().number;
      break;
    }
    page.rows.push_back(read_notification(row));
  }
  return page;
}

std::int64_t count_unread(db::Database& database, UserId const& user) {
  return database.find(count_unread_rows, {user.value})->integer(0);
}

void mark_read(db::Command& command, UserId const& user, std::string const& id, Instant at) {
  command.add(mark_one, {user.value, id, at.ms});
}

void mark_all_read(db::Command& command, UserId const& user, Instant at) { command.add(mark_all, {user.value, at.ms}); }

std::vector<Told> list_told_after(db::Database& database, std::int64_t number, std::int64_t up_to) {
  std::vector<Told> told;
  for (auto const& row : database.read(select_told, {number, up_to})) told.push_back({UserId{row.text(0)}, PartyId{row.text(1)}});
  return told;
}

std::set<std::string> list_without_mail(db::Database& database) {
  std::set<std::string> users;
  for (auto const& row : database.read(select_without_mail)) users.insert(row.text(0));
  return users;
}

bool wants_mail(db::Database& database, UserId const& user) {
  auto const row = database.find(select_preference, {user.value});
  return !row || row->integer(0) != 0;
}

void save_mail_preference(db::Command& command, UserId const& user, bool mail) {
  command.add(save_preference, {user.value, std::int64_t{mail ? 1 : 0}});
}

void insert_mail(db::Command& command, QueuedMail const& mail) {
  command.add(insert_mail_row,
              {mail.id, mail.user.value, mail.party.value, mail.number, mail.reference, mail.link, mail.created_at.ms});
}

std::vector<QueuedMail> list_due_mail(db::Database& database, Instant now) {
  return read_mails(database.read(select_due_mail, {now.ms}));
}

void claim_mail(db::Command& command, QueuedMail const& mail, Instant again_at) {
  command.add_expecting(claim_mail_row, {mail.id, mail.tries, again_at.ms});
}

void put_mail_off(db::Command& command, QueuedMail const& mail, Instant again_at, std::string const& problem) {
  command.add(put_off_mail, {mail.id, again_at.ms, problem});
}

void end_mail(db::Command& command, QueuedMail const& mail, std::string_view state, Instant at, std::string const& problem) {
  command.add(end_mail_row, {mail.id, std::string(state), at.ms, text_or_null(problem)});
}

std::vector<QueuedMail> list_failed_mail(db::Database& database, PartyId const& party) {
  return read_mails(database.read(select_failed_mail, {party.value}));
}

std::int64_t count_waiting_mail(db::Database& database, PartyId const& party) {
  return database.find(count_waiting, {party.value})->integer(0);
}

db::Command forget_before(Instant day) {
  db::Command command;
  command.add(forget_notifications, {day.ms});
  command.add(forget_mail, {day.ms});
  return command;
}

}  // namespace rcms::messages
