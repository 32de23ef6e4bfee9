// Views and inputs of messages and notifications.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/messages/message.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::messages {

struct MessageView {
  std::string id;
  Instant at;
  std::string by;     ///< the officer's name in the own State, the authority of the other
  std::string party;  ///< code of the State that wrote it
  std::string text;
};
RCMS_VIEW(MessageView, id, at, by, party, text)

struct MessageInput {
  http::TextBlock<message_limit> text;
};
RCMS_INPUT(MessageInput, text)

struct NotificationView {
  std::string id;
  Instant at;
  std::string kind;  ///< the ledger's word
  std::string text;  ///< in the language of the request
  std::optional<std::string> href;
  bool read = false;
};
RCMS_VIEW(NotificationView, id, at, kind, text, href, read)

struct NotificationsView {
  std::vector<NotificationView> items;
  std::optional<std::string> next;
  std::int64_t unread = 0;  ///< of all, not of the page
};
RCMS_VIEW(NotificationsView, items, next, unread)

struct NotificationsReadInput {
  std::optional<http::List<std::string, 200>> ids;
  std::optional<bool> all;
};
RCMS_INPUT(NotificationsReadInput, ids, all)

struct UnreadView {
  std::int64_t unread = 0;
};
RCMS_VIEW(UnreadView, unread)

struct NoticePreferences {
  bool mail = true;  ///< e-mails besides the notifications
};
RCMS_VIEW_AND_INPUT(NoticePreferences, mail)

struct DemoMailView {
  std::int64_t number = 0;
  std::vector<std::string> to;
  std::string subject;
  std::string text;
};
RCMS_VIEW(DemoMailView, number, to, subject, text)

}  // namespace rcms::messages
