// E-mails that wait are sent, put off or given up. A mail says that there is something new, in which case, and where: nothing
// of a person.
//
// Exactly once as far as SMTP allows: a mail is claimed (its row says so) before it is handed to the mail server, so two
// processes never send the same. When a process ends between the server's answer and the note of it, the mail goes out again
// ten minutes later with the same Message-ID, by which mail programs know it.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/messages/store.hpp"
#include "foundation/mail/transport.hpp"

namespace rcms::messages {

struct MailSettings {
  std::string base_url;  ///< where people open RCMS, without a slash at the end: "https://rcms.example"
  mail::Address from;
  mail::Settings smtp;
};

inline constexpr std::int64_t most_tries = 12;  ///< the last about two days after the first

/// How long to wait after the `tries`th sending that may pass later: a minute, doubled each time, at most six hours.
std::int64_t pause_ms(std::int64_t tries);

/// What was done in one round, in mails of the queue.
struct MailRound {
  int sent = 0;
  int put_off = 0;
  int failed = 0;
  int dropped = 0;  ///< the user has left, has no address, or wants none
};

/// The text for one user; `waiting` are at least one. In the user's language.
mail::Message make_mail(case_files::Context const& context, MailSettings const& settings, access::User const& user,
                        std::vector<QueuedMail> const& waiting);

/// Sends what is due; several for one user are one message. Stops early when the mail server cannot be reached. Throws db::Fault.
MailRound send_due(case_files::Context const& context, MailSettings const& settings, mail::Transport& transport);

}  // namespace rcms::messages
