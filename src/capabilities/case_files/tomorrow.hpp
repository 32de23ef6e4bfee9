// What ends or happens on the next working day is told on the working day before, once. Terms of the law are told here; other
// capabilities tell of their own dates with the same means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "capabilities/case_files/acting.hpp"

namespace rcms::case_files {

/// The days of which a State's people are told today: after `today`, up to and with `until`, its next working day.
struct Tomorrow {
  Date today;
  Date until;
};
/// Empty on a weekend or a holiday of the State: what follows was told on the working day before. Pure. Source: our own.
std::optional<Tomorrow> tomorrow_of(agreements::Calendar const* calendar, Date today);
std::optional<Tomorrow> tomorrow_of(Context const& context, PartyId const& party);

/// Whether the State's people were told of it for that day.
bool was_reminded(db::Database& database, PartyId const& party, std::string const& subject, Date day);
void add_reminder(db::Command& command, PartyId const& party, std::string const& subject, Date day, Instant now);
/// Forgets what was told of days before `day`, in one write.
void forget_reminders(db::Database& database, Date day);

/// Something of a file that is due on a day, and what is written into the file when it is told.
struct DueTomorrow {
  Side side = Side::requesting;
  CaseId id;
  std::string subject;  ///< key among the reminders
  std::string action;   ///< the ledger's word
  boost::json::object told;
  Date day;
};
/// Writes the entry and the note that it was told, in one write. Returns whether it was told now.
bool tell_once(Context const& context, PartyId const& party, DueTomorrow const& due);

/// Writes "answer_tomorrow" for each open request for documents whose day is tomorrow, into the file of the State that answers.
/// Returns how many were told.
std::size_t tell_requests_of_tomorrow(Context const& context);

/// Writes one entry "term_tomorrow" (term, due_on) into the file of the State that has to act, for each open term that ends
/// tomorrow; a term for which the other State has to act is passed over. Returns how many it looked at; reads one range of an
/// index for each State when there is nothing.
std::size_t tell_terms_of_tomorrow(Context const& context);

}  // namespace rcms::case_files
