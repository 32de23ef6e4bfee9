// Every word for an event of a case, and the help that lists them.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "norms/agreements/dates.hpp"

namespace rcms::agreements {

namespace {

/// The words for each kind of event; the first is the one of the help.
struct EventWords {
  std::string_view kind;
  std::vector<std::string_view> words;
  std::string_view meaning;
};

std::vector<EventWords> const& event_words() {
  static std::vector<EventWords> const list = {
      {"submission", {"submitted", "submission", "sent", "application_sent"}, "the application was sent"},
      {"receipt", {"received", "receipt", "receive", "application_received"}, "the requested State received it"},
      {"acknowledgement",
       {"acknowledged", "acknowledgement", "acknowledgment", "ack", "acknowledgement_of_receipt", "confirmed_receipt"},
       "it acknowledged receipt"},
      {"complete_file", {"complete", "complete_file", "completed", "file_complete"}, "the file is complete"},
      {"document_request",
       {"document_request", "document_requested", "documents_requested", "more_information"},
       "documents were asked for"},
      {"answer",
       {"document_answer", "answer", "answered", "documents_answered", "documents_received", "documents_supplied"},
       "and were given"},
      {"extension",
       {"extension", "extended", "extension_request", "extension_notice", "extend"},
       "the reply is extended: days (added), total_days, or until"},
      {"submit_extension", {"submit_extension", "submission_extended"}, "the time to apply is extended"},
      {"interview_request", {"interview_request", "interview_requested"}, "an interview was asked for"},
      {"interview_reply", {"interview_reply", "reply_interview", "interview_needed"}, "the reply is: an interview is needed"},
      {"interview_held", {"interview_held", "interviewed", "interview"}, "the interview took place"},
      {"acceptance", {"acceptance", "accepted", "accept", "positive_reply", "reply_accepted", "agreed"}, "the reply is positive"},
      {"refusal", {"refusal", "refused", "rejected", "negative_reply", "reply_refused"}, "the reply is negative"},
      {"term_over",
       {"term_over", "expiry", "expired", "deemed_consent"},
       "the term ended without reply, and a person confirmed it"},
      {"document_order",
       {"td_requested", "document_order", "td_request", "etd_requested", "document_ordered"},
       "the travel document was asked for"},
      {"document_acknowledgement",
       {"td_acknowledged", "td_request_acknowledged", "document_acknowledged", "etd_acknowledged"},
       "that request was acknowledged"},
      {"issue", {"td_issued", "issue", "issued", "etd_issued", "document_issued"}, "the travel document was issued"},
      {"planned_transfer", {"planned_transfer", "transfer_planned"}, "the day fixed for the transfer"},
      {"notice", {"transfer_notice", "notice", "notified"}, "the transfer was notified"},
      {"transfer", {"transfer", "transferred", "departure", "departed"}, "the transfer took place"},
      {"arrival", {"arrival", "arrived"}, "the person arrived"},
      {"error_claim", {"error_claim", "error_claimed"}, "a readmission in error was claimed"},
      {"detection", {"detection", "detected", "knowledge"}, "the irregular entry or stay became known"},
      {"apprehension", {"apprehension", "apprehended"}, "the person was apprehended at the border"},
      {"entry", {"entry", "entered"}, "the person entered"},
      {"exit", {"exit", "left"}, "the person left the requested State"},
      {"irregular_stay", {"irregular_stay"}, "a continuous irregular stay began"},
      {"known_stay", {"known_stay"}, "a continuous known stay began"},
      {"transit_request", {"transit_request", "transit_requested", "transit_received"}, "a transit request was received"},
      {"transit_consent", {"transit_consent", "transit_accepted"}, "the transit was accepted"},
      {"planned_transit", {"planned_transit", "transit_planned"}, "the day fixed for the transit"},
      {"invoice", {"invoice", "costs_claimed"}, "the statement of costs was received"},
      {"suspension", {"suspension", "suspended", "suspend"}, "the case was suspended"},
      {"lifting", {"lifting", "lifted", "suspension_lifted", "resumed"}, "the suspension was lifted"}};
  return list;
}

}  // namespace

std::string_view event_named(std::string_view written) {
  std::string word(written);
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char letter) {
    return letter == '-' || letter == ' ' ? '_' : static_cast<char>(std::tolower(letter));
  });
  for (auto const& each : event_words()) {
    if (each.kind == word || std::find(each.words.begin(), each.words.end(), word) != each.words.end()) return each.kind;
  }
  return {};
}

std::string render_dates_help() {
  std::string out =
      "One JSON object a line:\n"
      "  agreement    code, as CH-AZ (required)\n"
      "  events       list of {\"type\", \"at\"} (required); an extension has days (added), total_days or until\n"
      "  requesting, requested   codes of the States; without them the requested one is that of the agreement's examples\n"
      "  person       own_national, third_country_national or stateless\n"
      "  procedure    standard or accelerated\n"
      "  conditions   list: accelerated, exceptional_obstacles\n"
      "  submitted    day whose version of the rules counts (without it: the day of the first submitted or received)\n"
      "  entered      day of entry, for agreements with a cut-off\n"
      "  today        day for which a term without reply is called over\n"
      "  persons, travelling     how many travel with this case (1), and how many travel already in that month or flight\n"
      "  authorities  zone, calendar and region of a party, as {\"EUE\":{\"zone\":\"Europe/Berlin\"}}\n"
      "  language     en or es;  id, note: yours, id is given back\n"
      "A reply may also be written {\"type\":\"reply\",\"decision\":\"accepted\"}: accepted, refused, interview, "
      "more_information\n"
      "at: 2027-03-01T10:00 or 2027-03-01 as at the authority that has to act, or with offset 2027-03-01T10:00+01:00\n"
      "Types of events, with the words that mean the same:\n";
  for (auto const& each : event_words()) {
    std::vector<std::string> same;
    for (std::size_t i = 1; i < each.words.size(); ++i) same.emplace_back(each.words[i]);
    out += fmt::format("  {:<20} {}{}\n", each.words.front(), each.meaning,
                       same.empty() ? "" : fmt::format(" ({})", fmt::join(same, ", ")));
  }
  return out;
}

}  // namespace rcms::agreements
