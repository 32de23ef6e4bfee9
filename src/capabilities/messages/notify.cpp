#include "capabilities/messages/notify.hpp"

#include <map>
#include <set>

#include <boost/json/parse.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/covering.hpp"
#include "capabilities/messages/rules.hpp"
#include "capabilities/messages/store.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/entry.hpp"
#include "foundation/ledger/seal.hpp"

namespace rcms::messages {

namespace {

constexpr int batch_size = 100;

bool is_of_file(ledger::Sealed const& sealed) {
  return sealed.subject.starts_with("case:") || sealed.subject.starts_with("application:");
}

/// One batch of entries; people are read once for it.
class Batch {
 public:
  explicit Batch(NoticeContext const& context) : context_(context), now_(context.files.clock.now()) {}

  void tell(db::Command& command, ledger::Sealed const& sealed) {
    if (!is_of_file(sealed) || !is_told(sealed.action)) return;
    auto happening = load(sealed);
    if (!happening) return;
    auto const& norms = context_.files.norms;
    for (auto const& receiver :
         choose_receivers(context_.notices, norms.process, norms.roles, *happening, users_of(happening->file.party))) {
      write(command, *happening, receiver);
    }
  }

  std::size_t written() const { return written_; }

 private:
  bool is_told(std::string const& action) const {
    for (auto const& notice : context_.notices) {
      if (notice.action == action) return true;
    }
    return false;
  }

  std::optional<Happening> load(ledger::Sealed const& sealed) const {
    auto& database = context_.files.database;
    auto const id = CaseId{sealed.subject.substr(sealed.subject.find(':') + 1)};
    auto file = case_files::find_case_file(database, PartyId{sealed.party}, id);
    if (!file || case_files::subject_of(*file) != sealed.subject) return std::nullopt;
    Happening happening{sealed.number, sealed.action, sealed.actor, sealed.at, {}, std::move(*file), {}};
    auto const today = case_files::today_of(context_.files, happening.file.party);
    if (auto const absence = case_files::find_absence(database, happening.file.owner, today)) happening.cover = absence->cover;
    if (auto const content = ledger::find_content(database, sealed.subject, sealed.position)) {
      boost::system::error_code error;
      auto const told = boost::json::parse(*content, error);
      if (!error && told.is_object()) happening.told = told.get_object();
    }
    return happening;
  }

  std::vector<access::User> const& users_of(PartyId const& party) {
    auto const [found, is_new] = users_.try_emplace(party.value);
    if (is_new) {
      access::Viewer viewer;
      viewer.party = party;
      found->second = access::list_users(context_.files.database, viewer);
    }
    return found->second;
  }

  bool wants_mail(UserId const& user) {
    if (!without_mail_) without_mail_ = list_without_mail(context_.files.database);
    return !without_mail_->contains(user.value);
  }

  void write(db::Command& command, Happening const& happening, Receiver const& receiver) {
    auto const age_ms = now_.ms - happening.at.ms;
    Notification notification;
    notification.id = make_uuid(now_);
    notification.user = receiver.user.id;
    notification.party = happening.file.party;
    notification.number = happening.number;
    notification.at = happening.at;
    notification.kind = happening.action;
    notification.page = receiver.notice->page;
    notification.side = happening.file.side;
    notification.case_id = happening.file.id;
    auto const& partner = context_.files.directory.get_party(happening.file.partner).code;
    notification.arguments = arguments_of(happening, partner, notification.page);
    if (age_ms > news_within_ms) notification.read_at = now_;
    insert_notification(command, notification);
    ++written_;
    bool const is_mailed = context_.mail && receiver.notice->mail && age_ms <= mailed_within_ms && !receiver.user.email.empty();
    if (!is_mailed || !wants_mail(receiver.user.id)) return;
    QueuedMail mail;
    mail.id = make_uuid(now_);
    mail.user = notification.user;
    mail.party = notification.party;
    mail.number = notification.number;
    mail.reference = happening.file.reference;
    mail.link = link_of(notification);
    mail.created_at = now_;
    insert_mail(command, mail);
  }

  NoticeContext const& context_;
  Instant const now_;
  std::map<std::string, std::vector<access::User>> users_;
  std::optional<std::set<std::string>> without_mail_;
  std::size_t written_ = 0;
};

}  // namespace

std::size_t notify_next(NoticeContext const& context) {
  auto& database = context.files.database;
  auto const from = consumed_number(database, notices_consumer);
  if (from == 0) add_consumer(database, notices_consumer);
  auto const sealed = ledger::read_sealed_after(database, from, batch_size);
  if (sealed.empty()) return 0;
  db::Command command;
  advance_consumer(command, notices_consumer, from, sealed.back().number);
  Batch batch(context);
  for (auto const& entry : sealed) batch.tell(command, entry);
  switch (database.write(command).outcome) {
    case db::Outcome::written: break;
    case db::Outcome::superseded: return sealed.size();  // another process has dealt with them
    case db::Outcome::already_exists:
    case db::Outcome::not_allowed: throw db::Fault("notifications could not be written beside their cursor");
  }
  if (batch.written() > 0) database.notify(notifications_channel);
  return sealed.size();
}

}  // namespace rcms::messages
