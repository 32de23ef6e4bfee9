#include "capabilities/messages/mailing.hpp"

#include <algorithm>
#include <map>

#include "foundation/access/store.hpp"

namespace rcms::messages {

namespace {

constexpr std::size_t most_in_one = 50;
constexpr std::int64_t claim_ms = 10 * 60'000;
/// So many in a row that may pass later, and the round ends: the server is away.
constexpr int most_put_off = 3;

/// Due mails of one user after the other, the longest waiting first.
std::vector<std::vector<QueuedMail>> group_by_user(std::vector<QueuedMail> due) {
  std::vector<std::vector<QueuedMail>> groups;
  std::map<std::string, std::size_t> places;
  for (auto& mail : due) {
    auto const known = places.find(mail.user.value);
    if (known != places.end() && groups[known->second].size() < most_in_one) {
      groups[known->second].push_back(std::move(mail));
      continue;
    }
    places[mail.user.value] = groups.size();
    groups.push_back({std::move(mail)});
  }
  return groups;
}

class Round {
 public:
  Round(case_files::Context const& context, MailSettings const& settings, mail::Transport& transport)
      : context_(context), settings_(settings), transport_(transport) {}

  void send(std::vector<QueuedMail>& group) {
    if (!claim(group)) return;
    auto const user = find_receiver(group.front());
    if (!user) return end(group, "dropped", {}, outcome.dropped);
    auto const taken = transport_.send(make_mail(context_, settings_, *user, group));
    if (taken) {
      put_off_in_a_row_ = 0;
      return end(group, "sent", {}, outcome.sent);
    }
    auto const& refused = taken.error();
    if (refused.why == Why::unavailable && group.front().tries < most_tries) return put_off(group, refused.detail);
    end(group, "failed", refused.detail, outcome.failed);
  }

  bool is_server_away() const { return put_off_in_a_row_ >= most_put_off; }

  MailRound outcome;

 private:
  bool claim(std::vector<QueuedMail>& group) {
    db::Command command;
    auto const again_at = context_.clock.now().plus_ms(claim_ms);
    for (auto& mail : group) {
      claim_mail(command, mail, again_at);
      ++mail.tries;
    }
    return context_.database.write(command).outcome == db::Outcome::written;
  }

  std::optional<access::User> find_receiver(QueuedMail const& mail) const {
    access::Viewer viewer;
    viewer.party = mail.party;
    auto user = access::find_user(context_.database, viewer, mail.user);
    if (!user || !user->active || !mail::is_address(user->email) || !wants_mail(context_.database, mail.user))
      return std::nullopt;
    return user;
  }

  void end(std::vector<QueuedMail> const& group, std::string_view state, std::string const& problem, int& count) {
    db::Command command;
    for (auto const& mail : group) end_mail(command, mail, state, context_.clock.now(), problem);
    context_.database.write(command);
    count += static_cast<int>(group.size());
  }

  void put_off(std::vector<QueuedMail> const& group, std::string const& problem) {
    db::Command command;
    for (auto const& mail : group) put_mail_off(command, mail, context_.clock.now().plus_ms(pause_ms(mail.tries)), problem);
    context_.database.write(command);
    outcome.put_off += static_cast<int>(group.size());
    ++put_off_in_a_row_;
  }

  case_files::Context const& context_;
  MailSettings const& settings_;
  mail::Transport& transport_;
  int put_off_in_a_row_ = 0;
};

}  // namespace

std::int64_t pause_ms(std::int64_t tries) {
  constexpr std::int64_t longest_ms = 6 * 3'600'000;
  auto const doublings = std::clamp<std::int64_t>(tries - 1, 0, 20);
  return std::min(longest_ms, std::int64_t{60'000} << doublings);
}

mail::Message make_mail(case_files::Context const& context, MailSettings const& settings, access::User const& user,
                        std::vector<QueuedMail> const& waiting) {
  auto const& labels = context.labels;
  mail::Message message;
  message.from = settings.from;
  message.to = {{user.name, user.email}};
  message.id = waiting.front().id;
  message.written_at = context.clock.now();
  std::map<std::string, std::string> links;  // of each case once
  for (auto const& mail : waiting) links.emplace(mail.reference, mail.link);
  message.subject = links.size() == 1
                        ? labels.text(user.language, "messages.mail.subject", {{"reference", waiting.front().reference}})
                        : labels.text(user.language, "messages.mail.subject_many", {{"count", std::to_string(links.size())}});
  message.text = labels.text(user.language, "messages.mail.opening") + "\n\n";
  for (auto const& [reference, link] : links) {
    message.text +=
        labels.text(user.language, "messages.mail.line", {{"reference", reference}, {"link", settings.base_url + link}}) + "\n";
  }
  message.text += "\n" + labels.text(user.language, "messages.mail.closing") + "\n";
  return message;
}

MailRound send_due(case_files::Context const& context, MailSettings const& settings, mail::Transport& transport) {
  Round round(context, settings, transport);
  for (auto& group : group_by_user(list_due_mail(context.database, context.clock.now()))) {
    round.send(group);
    if (round.is_server_away()) break;
  }
  return round.outcome;
}

}  // namespace rcms::messages
