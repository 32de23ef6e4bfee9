#include "capabilities/messages/actions.hpp"

#include "capabilities/messages/rules.hpp"
#include "capabilities/messages/store.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::messages {

using case_files::CaseFile;
using case_files::Context;
using case_files::Decision;
using case_files::Side;

namespace {

/// Words that must not leave; only the requesting State knows anything of the kind.
std::vector<std::string> forbidden_words(Context const& context, Side side, std::string const& text) {
  std::vector<std::string> words;
  if (side == Side::requested) return words;
  for (auto const& hit : safeguards::scan_free_text(context.norms.word_list, text)) words.push_back(hit.text);
  return words;
}

Result<void> receive_message(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                             db::Command const& inbox) {
  auto const file = case_files::find_case_file(context.database, to.id, envelope.case_id);
  auto const* from = context.exchange.find_correspondent(envelope.from);
  if (!file || from == nullptr || from->id != file->partner) return refuse(Why::not_found, "case");
  auto const text = read_message(envelope);
  if (!text) return tl::unexpected(text.error());
  Message message;
  message.id = make_uuid(context.clock.now());
  message.party = to.id;
  message.case_id = envelope.case_id;
  message.direction = Direction::in;
  message.sent_at = envelope.at;
  message.body = *text;
  auto const answer = case_files::act_as(context, to.id, file->side, envelope.case_id, std::nullopt, {{}, "exchange"},
                                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    more.append(inbox);
    insert_message(more, message);
    return decide_receipt(before, message);
  });
  if (!answer) return tl::unexpected(answer.error());
  return {};
}

}  // namespace

Result<Message> send_message(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id,
                             std::string const& text) {
  Message message;
  message.sent_at = context.clock.now();
  message.id = make_uuid(message.sent_at);
  message.party = viewer.party;
  message.case_id = id;
  message.author = viewer.user;
  message.body = text;
  auto const words = forbidden_words(context, side, text);
  auto const answer = case_files::act(context, viewer, side, id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto decision = decide_message(before, message, words, count_sent_messages(context.database, viewer.party, id), viewer);
    if (decision) insert_message(more, message);
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return message;
}

Result<std::vector<Message>> list_messages(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id) {
  if (!case_files::find_case_file(context.database, viewer.party, side, id)) return refuse(Why::not_found);
  return list_messages_of_case(context.database, viewer.party, id);
}

exchange::Receiver receiver_of_cases(Context const& context) {
  return [&context](auto const& to, auto const& envelope, auto const& inbox) {
    return receive_message(context, to, envelope, inbox);
  };
}

void receive_messages(Context const& context) {
  context.exchange.receive_with(exchange::EnvelopeKind::message, receiver_of_cases(context));
}

void read_notifications(Context const& context, access::Viewer const& viewer, std::vector<std::string> const& ids) {
  db::Command command;
  for (auto const& id : ids) mark_read(command, viewer.user, id, context.clock.now());
  if (!command.empty()) context.database.write(command);
}

void read_all_notifications(Context const& context, access::Viewer const& viewer) {
  db::Command command;
  mark_all_read(command, viewer.user, context.clock.now());
  context.database.write(command);
}

Result<void> change_mail_preference(Context const& context, access::Viewer const& viewer, bool mail) {
  auto const subject = ledger::user_subject(viewer.user);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    ledger::Decided<> decided;
    save_mail_preference(decided.command, viewer.user, mail);
    ledger::Entry entry;
    entry.subject = subject;
    entry.party = viewer.party;
    entry.actor = viewer.user.value;
    entry.action = "user.change_mail_notices";
    entry.content = mail ? R"({"mail":true})" : R"({"mail":false})";
    entry.at = context.clock.now();
    decided.entries.push_back(std::move(entry));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace rcms::messages
