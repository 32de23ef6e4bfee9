#include "capabilities/messages/api.hpp"

#include <algorithm>
#include <charconv>

#include "capabilities/case_files/api.hpp"
#include "capabilities/messages/actions.hpp"
#include "capabilities/messages/store.hpp"
#include "capabilities/messages/view.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::messages {

using case_files::Context;
using case_files::Side;
using http::Request;

namespace {

MessageView present(Context const& context, access::Viewer const& viewer, PartyId const& partner, Message const& message) {
  MessageView view{message.id, message.sent_at, {}, {}, message.body};
  if (message.direction == Direction::out) {
    view.party = context.directory.get_party(message.party).code;
    view.by = context.directory.user_name(message.party, message.author);
  } else {
    auto const& other = context.directory.get_party(partner);
    view.party = other.code;
    view.by = context.labels.text(viewer.language, "messages.authority", {{"partner", other.names.in(viewer.language)}});
  }
  return view;
}

Result<http::Items<MessageView>> list(Context const& context, Side side, Request const& request) {
  auto const file = case_files::load_requested(context, request, side);
  if (!file) return tl::unexpected(file.error());
  auto const messages = list_messages(context, request.viewer, side, file->id);
  if (!messages) return tl::unexpected(messages.error());
  http::Items<MessageView> view;
  for (auto const& message : *messages) view.items.push_back(present(context, request.viewer, file->partner, message));
  return view;
}

Result<MessageView> send(Context const& context, Side side, MessageInput const& input, Request const& request) {
  auto const id = request.id<CaseId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const message = send_message(context, request.viewer, side, *id, input.text.value);
  if (!message) return tl::unexpected(message.error());
  return present(context, request.viewer, {}, *message);
}

void add_message_routes(http::Routes& routes, Context const& context, Side side) {
  auto const noun = case_files::noun_of(side);
  auto const path = "/api/" + noun + "/{id}/messages";
  routes.add(http::get(path)
                 .named("list_" + noun + "_messages")
                 .saying("Messages between the authorities of the two States about the case, oldest first")
                 .permission("message.read")
                 .reads_personal_data()
                 .output<http::Items<MessageView>>()
                 .handler([&context, side](Request const& request) { return list(context, side, request); }));
  routes.add(http::post(path)
                 .named("send_" + noun + "_message")
                 .saying("Send a message to the authority of the other State; the name of the officer does not leave")
                 .permission("message.write")
                 .refuses({Why::wrong_step, Why::must_not_leave, Why::limit_reached})
                 .status(201)
                 .input<MessageInput>()
                 .output<MessageView>()
                 .handler([&context, side](MessageInput const& input, Request const& request) {
                   return send(context, side, input, request);
                 }));
}

NotificationView present(Context const& context, std::string_view language, Notification const& notification) {
  auto const partner = text_at(notification.arguments, "partner");
  auto const* party = context.directory.find_party(partner);
  LabelArguments arguments{{"reference", text_at(notification.arguments, "reference")},
                           {"partner", party == nullptr ? partner : party->names.in(language)}};
  if (auto const day = Date::parse(text_at(notification.arguments, "day")))
    arguments["day"] = context.labels.date(language, *day);
  if (auto const term = text_at(notification.arguments, "term"); !term.empty())
    arguments["term"] = context.labels.text(language, "agreements.rule." + term);
  return {notification.id, notification.at, notification.kind,
          context.labels.text(language, "messages.notice." + notification.kind, arguments), link_of(notification),
          notification.read_at.has_value()};
}

Result<NotificationsView> list_own(Context const& context, Request const& request) {
  std::int64_t before = 0;
  if (auto const cursor = request.text("cursor")) {
    auto const [end, error] = std::from_chars(cursor->data(), cursor->data() + cursor->size(), before);
    if (error != std::errc() || end != cursor->data() + cursor->size() || before < 1) {
      return refuse(Why::field_invalid, "cursor", "use the value of `next` of the page before");
    }
  }
  auto const limit = std::clamp<std::int64_t>(request.integer("limit").value_or(25), 1, 100);
  auto const page = list_notifications(context.database, request.viewer.user, before, static_cast<std::size_t>(limit));
  NotificationsView view;
  for (auto const& row : page.rows) view.items.push_back(present(context, request.language, row));
  if (page.next > 0) view.next = std::to_string(page.next);
  view.unread = count_unread(context.database, request.viewer.user);
  return view;
}

void add_notification_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/notifications")
                 .named("list_notifications")
                 .saying("What the viewer is told, newest first, with the number of those unread")
                 .signed_in()
                 .paged()
                 .refuses({Why::field_invalid})
                 .output<NotificationsView>()
                 .handler([&context](Request const& request) { return list_own(context, request); }));
  routes.add(http::post("/api/notifications/read")
                 .named("read_notifications")
                 .saying("Mark notifications as read: those of `ids`, or all")
                 .signed_in()
                 .input<NotificationsReadInput>()
                 .output<UnreadView>()
                 .handler([&context](NotificationsReadInput const& input, Request const& request) -> Result<UnreadView> {
                   if (input.all.value_or(false)) {
                     read_all_notifications(context, request.viewer);
                   } else if (input.ids) {
                     read_notifications(context, request.viewer, *input.ids);
                   }
                   return UnreadView{count_unread(context.database, request.viewer.user)};
                 }));
  routes.add(http::get("/api/notifications/preferences")
                 .named("get_notice_preferences")
                 .saying("How the viewer is told")
                 .signed_in()
                 .output<NoticePreferences>()
                 .handler([&context](Request const& request) -> Result<NoticePreferences> {
                   return NoticePreferences{wants_mail(context.database, request.viewer.user)};
                 }));
  routes.add(http::put("/api/notifications/preferences")
                 .named("save_notice_preferences")
                 .saying("Switch e-mails on or off")
                 .signed_in()
                 .input<NoticePreferences>()
                 .output<NoticePreferences>()
                 .handler([&context](NoticePreferences const& input, Request const& request) -> Result<NoticePreferences> {
                   auto const changed = change_mail_preference(context, request.viewer, input.mail);
                   if (!changed) return tl::unexpected(changed.error());
                   return input;
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  add_message_routes(routes, context, Side::requesting);
  add_message_routes(routes, context, Side::requested);
  add_notification_routes(routes, context);
}

void add_demo_mail_routes(http::Routes& routes, mail::MailCatcher const& catcher) {
  routes.add(http::get("/api/demo/mails")
                 .named("list_demo_mails")
                 .saying("E-mails that the demo would have sent, newest first")
                 .public_()
                 .output<http::Items<DemoMailView>>()
                 .handler([&catcher](Request const&) -> Result<http::Items<DemoMailView>> {
                   http::Items<DemoMailView> view;
                   for (auto const& caught : catcher.list_messages()) {
                     view.items.push_back(
                         {static_cast<std::int64_t>(caught.number), caught.to, mail::subject_of(caught), mail::text_of(caught)});
                   }
                   std::reverse(view.items.begin(), view.items.end());
                   return view;
                 }));
}

}  // namespace rcms::messages
