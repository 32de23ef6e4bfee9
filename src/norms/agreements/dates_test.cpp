#include "norms/agreements/dates.hpp"

#include <set>

#include <fmt/format.h>

#include "norms/agreements/case_asked.hpp"
#include "norms/agreements/summary.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;
namespace json = boost::json;

namespace {

json::object line(std::string const& text) { return answer_line(world().law, text, 7, "en"); }

json::value const& first(json::object const& answered) { return answered.at("deadlines").as_array().at(0); }

}  // namespace

TEST_CASE("a line that cannot be answered says which field, what is wrong and what to write") {
  struct Row { char const* name; char const* text; char const* field; };
  Row const rows[] = {
      {"not JSON", "{", "line"},
      {"no object", "[]", "case"},
      {"no agreement", R"({"events":[{"type":"received","at":"2027-03-01"}]})", "agreement"},
      {"unknown agreement", R"({"agreement":"CH-XX","events":[{"type":"received","at":"2027-03-01"}]})", "agreement"},
      {"no events", R"({"agreement":"CH-AZ"})", "events"},
      {"no event", R"({"agreement":"CH-AZ","events":[]})", "events"},
      {"unknown type", R"({"agreement":"CH-AZ","events":[{"type":"recieved","at":"2027-03-01"}]})", "events[0].type"},
      {"no time", R"({"agreement":"CH-AZ","events":[{"type":"received"}]})", "events[0].at"},
      {"no such day", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-02-30"}]})", "events[0].at"},
      {"no such hour", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01T24:00"}]})", "events[0].at"},
      {"no such offset", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01T10:00+99:00"}]})", "events[0].at"},
      {"unknown field", R"({"agreement":"CH-AZ","event":[],"events":[]})", "event"},
      {"a field without a name", R"({"agreement":"CH-AZ","":[],"events":[{"type":"received","at":"2027-03-01"}]})", "\"\""},
      {"unknown field of an event", R"({"agreement":"CH-AZ","events":[{"type":"received","on":"2027-03-01"}]})", "events[0].on"},
      {"days of no extension", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01","days":3}]})",
       "events[0].days"},
      {"two measures",
       R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01"},{"type":"extension","days":3,"total_days":9}]})",
       "events[1].days"},
      {"no number", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01"},{"type":"extension","days":"x"}]})",
       "events[1].days"},
      {"no party", R"({"agreement":"CH-AZ","requested":"MDA","events":[{"type":"received","at":"2027-03-01"}]})", "requested"},
      {"a reply without decision", R"({"agreement":"CH-AZ","events":[{"type":"reply","at":"2027-03-01"}]})",
       "events[0].decision"},
      {"no kind of person", R"({"agreement":"CH-AZ","person":"x","events":[{"type":"received","at":"2027-03-01"}]})", "person"},
      {"no zone",
       R"({"agreement":"CH-AZ","authorities":{"AZE":{"zone":"Mars/Base"}},"events":[{"type":"received","at":"2027-03-01"}]})",
       "authorities.AZE.zone"},
      {"an authority that is no object",
       R"({"agreement":"CH-AZ","authorities":{"AZE":7},"events":[{"type":"received","at":"2027-03-01"}]})", "authorities.AZE"},
      {"a zone that is no text",
       R"({"agreement":"CH-AZ","authorities":{"AZE":{"zone":5}},"events":[{"type":"received","at":"2027-03-01"}]})",
       "authorities.AZE.zone"},
      {"an id that is a list", R"({"id":[1],"agreement":"CH-AZ","events":[{"type":"received","at":"2027-03-01"}]})", "id"},
      {"a year that no calendar reaches", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"9999-12-31"}]})",
       "events[0].at"},
      {"a year before them all", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"0001-01-01"}]})", "events[0].at"},
      {"no such condition", R"({"agreement":"CH-AZ","conditions":["fast"],"events":[{"type":"received","at":"2027-03-01"}]})",
       "conditions[0]"},
      {"a condition that is no text",
       R"({"agreement":"CH-AZ","conditions":[1],"events":[{"type":"received","at":"2027-03-01"}]})", "conditions[0]"},
      {"no language", R"({"agreement":"CH-AZ","language":"xx","events":[{"type":"received","at":"2027-03-01"}]})", "language"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(row.text);
    REQUIRE(answered.contains("error"));
    CHECK(member(answered.at("error"), "field") == row.field);
    CHECK_FALSE(member(answered.at("error"), "message").empty());
    CHECK_FALSE(member(answered.at("error"), "remedy").empty());
    CHECK(answered.at("line").as_int64() == 7);
  }
}

TEST_CASE("an answer and a refusal repeat the id of the case, a text or a number of a table") {
  auto const answered = line(R"({"id":4711,"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"}]})");
  CHECK(answered.at("id").as_int64() == 4711);
  CHECK_FALSE(answered.contains("error"));
  auto const refused = line(R"({"id":"b-2","agreement":"CH-AZ","events":[]})");
  CHECK(refused.at("id").as_string() == "b-2");
  CHECK(refused.contains("error"));
}

TEST_CASE("a time without offset is one of the authority that has to act; with offset it is an instant") {
  struct Row { char const* name; char const* at; char const* due; };
  Row const rows[] = {{"plain day", "2027-03-04", "2027-03-29"},
                      {"local evening", "2027-03-04T23:30", "2027-03-29"},
                      {"the same evening in Bern is the next day in Baku", "2027-03-04T23:30+01:00", "2027-03-30"},
                      {"in UTC", "2027-03-04T19:59:00Z", "2027-03-29"},
                      {"after midnight in Baku", "2027-03-04T20:00:00Z", "2027-03-30"}};
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered =
        line(std::string(R"({"agreement":"CH-AZ","events":[{"type":"ack","at":")") + row.at + R"("}]})");
    REQUIRE_FALSE(answered.contains("error"));
    CHECK(member(first(answered), "due") == row.due);
    CHECK(member(first(answered), "zone") == "Asia/Baku");
  }
  // The day on which clocks go forward in Zurich has no 02:30; the day stays the same.
  auto const spring = to_instant(read_time("2027-03-28T23:59", "at"), "Europe/Zurich");
  CHECK(date_in_zone(spring, "Europe/Zurich") == Date(2027, 3, 28));
}

TEST_CASE("an answer speaks the language that is asked for and names what waits") {
  auto const answered =
      line(R"({"id":"a1","agreement":"CH-AZ","language":"es","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(answered.at("id").as_string() == "a1");
  CHECK(answered.at("deadlines").as_array().empty());
  bool waits = false;
  for (auto const& each : answered.at("waiting").as_array()) {
    if (member(each, "kind") == "reply_standard") waits = member(each, "starts_with") == "acknowledgement";
  }
  CHECK(waits);
  auto const spoken = line(R"({"agreement":"CH-AZ","language":"es","events":[{"type":"acknowledged","at":"2027-03-04"}]})");
  CHECK(member(first(spoken), "sentence").find("25 días naturales") != std::string::npos);
}

TEST_CASE("a working-day term says when holidays or a start event are not known, and is not called sure") {
  auto const answered = line(R"({"agreement":"CH-KW","events":[{"type":"interview_request","at":"2027-03-01"}]})");
  auto const& interview = first(answered);
  CHECK(member(interview, "due") == "2027-03-10");  // Friday and Saturday are left out, holidays are not known
  CHECK(member(interview, "value_confidence") == "P");
  CHECK(member(interview, "confidence") == "unverified");
  CHECK(member(interview, "sentence").find("The holidays of Kuwait in 2027 are not known") != std::string::npos);
  auto const georgia = line(R"({"agreement":"CH-GE","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(member(first(georgia), "start_confidence") == "unverified");
  CHECK(member(first(georgia), "sentence").find("does not say what starts the term") != std::string::npos);
}

TEST_CASE("extensions: added, in total, until a day, too late, too long") {
  struct Row { char const* name; char const* extension; char const* due; bool warned; };
  Row const rows[] = {
      {"ten days", R"("at":"2027-03-20","days":10)", "2027-04-08", false},
      {"more than allowed", R"("at":"2027-03-20","days":90)", "2027-04-23", false},
      {"in total", R"("at":"2027-03-20","total_days":40)", "2027-04-13", false},
      {"until", R"("at":"2027-03-20","until":"2027-04-02")", "2027-04-02", false},
      {"until too late a day", R"("at":"2027-03-20","until":"2027-09-02")", "2027-04-23", false},
      {"not longer", R"("at":"2027-03-20","until":"2027-03-10")", "2027-03-29", true},
      {"sent too late", R"("at":"2027-03-30","days":10)", "2027-03-29", true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(std::string(R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"},)") +
                               R"({"type":"extension",)" + row.extension + "}]}");
    REQUIRE_FALSE(answered.contains("error"));
    CHECK(member(first(answered), "due") == row.due);
    CHECK(first(answered).at("warnings").as_array().empty() != row.warned);
  }
}

TEST_CASE("the procedure chooses the term, a notice is counted back from the transfer, hours end at an instant") {
  auto const fast =
      line(R"({"agreement":"CH-AZ","procedure":"accelerated","events":[{"type":"acknowledged","at":"2027-03-01"}]})");
  CHECK(member(first(fast), "kind") == "accel_reply");
  CHECK(member(first(fast), "due") == "2027-03-03");
  auto const demo = line(R"({"agreement":"UTO-XAR-2019","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(demo.at("requested").as_string() == "UTO");
  auto const notice = line(R"({"agreement":"CH-AZ","events":[{"type":"planned_transfer","at":"2027-06-14T08:00"}]})");
  CHECK(member(first(notice), "kind") == "transfer_notice");
  CHECK(member(first(notice), "due") == "2027-06-09");
  auto const hours = line(R"({"agreement":"CH-SK","events":[{"type":"planned_transfer","at":"2027-06-14T08:00+02:00"}]})");
  CHECK(member(first(hours), "due_at") == "2027-06-13T06:00:00.000Z");
}

TEST_CASE("a suspended case has no date until it is lifted") {
  auto const standing = line(R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"},
    {"type":"suspended","at":"2027-03-10"}]})");
  CHECK(first(standing).at("due").is_null());
  CHECK(member(first(standing), "state") == "stopped");
  auto const lifted = line(R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"},
    {"type":"suspended","at":"2027-03-10"},{"type":"lifted","at":"2027-03-15"}]})");
  CHECK(member(first(lifted), "due") == "2027-04-03");
}

TEST_CASE("every word of the help means its event") {
  auto const help = render_dates_help();
  for (char const* word : {"received", "acknowledged", "complete", "extension", "document_request", "document_answer",
                           "interview_reply", "interview_held", "acceptance", "refusal", "td_requested", "td_issued", "transfer",
                           "arrival", "detection", "suspension", "lifting"}) {
    CAPTURE(word);
    CHECK_FALSE(event_named(word).empty());
    CHECK(help.find(word) != std::string::npos);
  }
  CHECK(event_named("sneezed").empty());
  CHECK(event_named("Document-Request") == "document_request");
  auto const replied = line(R"({"agreement":"CH-BJ","events":[{"type":"received","at":"2027-03-01"},
    {"type":"reply","decision":"interview","at":"2027-03-05"}]})");
  CHECK(replied.at("deadlines").as_array().size() == 2);
}

TEST_CASE("whatever happened, a case has at most one deadline of a kind, and each has a clause, a confidence and a sentence") {
  std::string events;
  for (char const* word :
       {"submitted",       "received",        "acknowledged",    "complete",  "interview_request", "interview_reply",
        "interview_held",  "acceptance",      "td_requested",    "td_issued", "planned_transfer",  "transfer",
        "arrival",         "detection",       "apprehension",    "exit",      "irregular_stay",    "known_stay",
        "transit_request", "transit_consent", "planned_transit", "invoice"}) {
    events += fmt::format(R"({}{{"type":"{}","at":"2027-03-01T10:00"}})", events.empty() ? "" : ",", word);
  }
  std::size_t told = 0;
  for (auto const& held : world().agreements) {
    auto const& code = held.first;
    CAPTURE(code);
    auto const answered = line(fmt::format(R"({{"agreement":"{}","events":[{}]}})", code, events));
    REQUIRE_FALSE(answered.contains("error"));
    std::set<std::string> kinds;
    for (auto const& each : answered.at("deadlines").as_array()) {
      CHECK(kinds.insert(member(each, "kind")).second);
      CHECK_FALSE(member(each, "due").empty());
      CHECK_FALSE(member(each, "clause").empty());
      CHECK_FALSE(member(each, "confidence").empty());
      CHECK(member(each, "sentence").find("[clock") == std::string::npos);
      ++told;
    }
  }
  CHECK(told >= 200);
}

TEST_CASE("a line may begin with a byte order mark, and is refused when it is longer than a million bytes") {
  std::string const asked = R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"}]})";
  CHECK(member(first(line("\xEF\xBB\xBF" + asked)), "due") == "2027-03-29");
  auto const refused = line(asked + std::string(1'000'000, ' '));
  CHECK(member(refused.at("error"), "field") == "line");
  CHECK(refused.at("line").as_int64() == 7);
}

TEST_CASE("what an extension in days does to a term in months, and to one in working days") {
  struct Row { char const* name; char const* agreement; char const* extension; char const* due; };
  Row const rows[] = {
      // 2 months from Monday 1 March = 1 May; the agreement allows one month more.
      {"ten days more", "CH-VN", R"("days":10)", "2027-05-11"},
      {"more than a month is one month", "CH-VN", R"("days":40)", "2027-06-01"},
      {"all that is allowed", "CH-VN", R"("at":"2027-03-05")", "2027-06-01"},
      {"until a day", "CH-VN", R"("until":"2027-05-20")", "2027-05-20"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(fmt::format(
        R"({{"agreement":"{}","events":[{{"type":"complete","at":"2027-03-01"}},{{"type":"extension",{}}}]}})", row.agreement,
        row.extension));
    REQUIRE_FALSE(answered.contains("error"));
    CHECK(member(first(answered), "due") == row.due);
  }
  // 2 working days from Monday 1 March = Wednesday 3; two more = Friday 5.
  auto const working = line(R"({"agreement":"CH-SK","person":"own_national","events":[{"type":"received","at":"2027-03-01"},
    {"type":"extension","at":"2027-03-02","days":2}]})");
  CHECK(member(first(working), "due") == "2027-03-05");
}

TEST_CASE("terms of own nationals and of third-country nationals are told apart once the person is known") {
  auto const kinds = [](char const* person) {
    std::set<std::string> found;
    auto const answered = line(fmt::format(R"({{"agreement":"CH-AZ",{}"events":[{{"type":"detected","at":"2027-03-01"}},
      {{"type":"transferred","at":"2027-06-01"}}]}})", person));
    for (auto const& each : answered.at("deadlines").as_array()) found.insert(member(each, "kind"));
    return found;
  };
  CHECK(kinds("") == std::set<std::string>{"submit_deadline_tcn", "error_window_own", "error_window_tcn"});
  CHECK(kinds(R"("person":"own_national",)") == std::set<std::string>{"error_window_own"});
  CHECK(kinds(R"("person":"third_country_national",)") == std::set<std::string>{"submit_deadline_tcn", "error_window_tcn"});
  CHECK(kinds(R"("person":"stateless",)") == std::set<std::string>{"submit_deadline_tcn", "error_window_tcn"});
}

TEST_CASE("what would change whether the agreement applies is asked for when the case does not say it") {
  auto const unknown = line(R"({"agreement":"EU-PK","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(unknown.at("applies").as_bool());
  REQUIRE(unknown.at("warnings").as_array().size() == 1);
  CHECK(unknown.at("warnings").as_array()[0].as_string().find("when the person entered") != std::string::npos);
  auto const known = line(R"({"agreement":"EU-PK","entered":"2026-01-01","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(known.at("warnings").as_array().empty());
  auto const foreign = line(R"({"agreement":"EU-ET","person":"stateless","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK_FALSE(foreign.at("applies").as_bool());
  auto const early = line(R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2019-03-01"}]})");
  REQUIRE(early.at("warnings").as_array().size() == 1);
}

TEST_CASE("a request for documents does not stop a clock of which the agreement says nothing, and the answer says so") {
  auto const answered = line(R"({"agreement":"CH-AZ","language":"es","events":[{"type":"acknowledged","at":"2027-03-04"},
    {"type":"document_request","at":"2027-03-10"},{"type":"document_answer","at":"2027-03-20"}]})");
  CHECK(member(first(answered), "due") == "2027-03-29");
  REQUIRE(first(answered).at("warnings").as_array().size() == 1);
  CHECK(first(answered).at("warnings").as_array()[0].as_string().find("10 de marzo de 2027") != std::string::npos);
  // Fifteen days from the receipt; ten of them stood still.
  auto const paused = line(R"({"agreement":"UTO-XAR-2019","events":[{"type":"received","at":"2027-03-04"},
    {"type":"document_request","at":"2027-03-10"},{"type":"document_answer","at":"2027-03-20"}]})");
  CHECK(member(first(paused), "due") == "2027-04-13");
  CHECK(first(paused).at("warnings").as_array().empty());
}

TEST_CASE("a fallback document is allowed by what its own clause says") {
  struct Row { char const* name; char const* agreement; char const* events; bool allowed; };
  Row const rows[] = {
      {"EU-LK: not acknowledged", "EU-LK", "", true},
      {"EU-LK: acknowledged", "EU-LK", R"(,{"type":"td_acknowledged","at":"2027-03-05"})", false},
      {"EU-LK: acknowledged on day 31", "EU-LK", R"(,{"type":"td_acknowledged","at":"2027-04-01"})", true},
      {"CH-MD: acknowledged, not issued", "CH-MD", R"(,{"type":"td_acknowledged","at":"2027-03-05"})", true},
      {"CH-MD: issued", "CH-MD", R"(,{"type":"td_issued","at":"2027-03-05"})", false},
      {"CH-GW: not issued", "CH-GW", "", true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(fmt::format(R"({{"agreement":"{}","events":[{{"type":"td_requested","at":"2027-03-01"}}{}]}})",
                                           row.agreement, row.events));
    CHECK(deadline_of(answered, "td_fallback").at("allowed").as_bool() == row.allowed);
  }
}

TEST_CASE("a term in hours says the time of day, also on the day on which clocks change") {
  struct Row { char const* name; char const* at; char const* says; };
  Row const rows[] = {{"an ordinary day", "2027-03-01T20:00", "Due on 3 March 2027 at 20:00."},
                      {"an hour is lost on the way", "2027-03-27T20:00", "Due on 29 March 2027 at 21:00."},
                      {"it ends on the day that is shorter", "2027-03-26T10:30", "Due on 28 March 2027 at 11:30."},
                      {"and on the day that is longer", "2027-10-29T10:30", "Due on 31 October 2027 at 09:30."}};
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(fmt::format(R"({{"agreement":"EU-UA","events":[{{"type":"apprehension","at":"{}"}}]}})", row.at));
    auto const sentence = member(deadline_of(answered, "accel_submit"), "sentence");
    CHECK_MESSAGE(sentence.rfind(row.says, 0) == 0, sentence);
  }
}

TEST_CASE("every variant of a clock that a treaty has, counted by hand") {
  // 1 March 2027 is a Monday; 28 February 2027 a Sunday.
  struct Row { char const* name; char const* agreement; char const* events; char const* kind; char const* due; };
  Row const rows[] = {
      {"starts with the receipt: 1 March and 20 days", "CH-BA", R"({"type":"received","at":"2027-03-01"})", "reply_standard",
       "2027-03-21"},
      {"starts with the acknowledgement: 4 March and 15 days", "CH-KZ",
       R"({"type":"received","at":"2027-03-01"},{"type":"acknowledged","at":"2027-03-04"})", "reply_standard", "2027-03-19"},
      {"starts with the complete file: two months, clamped to the end of February", "CH-VN",
       R"({"type":"received","at":"2026-12-01"},{"type":"complete","at":"2026-12-31"})", "reply_standard", "2027-02-28"},
      {"the same in a leap year", "CH-VN", R"({"type":"complete","at":"2027-12-31"})", "reply_standard", "2028-02-29"},
      {"extended to a total of 30 from the start", "CH-UA",
       R"({"type":"received","at":"2027-03-01"},{"type":"extension","at":"2027-03-10"})", "reply_standard", "2027-03-31"},
      {"extended by 6 more: 16 March and 6 days", "CH-RS",
       R"({"type":"received","at":"2027-03-01"},{"type":"extension","at":"2027-03-10"})", "reply_standard", "2027-03-22"},
      {"asked for on the last day, it still counts", "CH-RS",
       R"({"type":"received","at":"2027-03-01"},{"type":"extension","at":"2027-03-16"})", "reply_standard", "2027-03-22"},
      {"a day later it does not", "CH-RS", R"({"type":"received","at":"2027-03-01"},{"type":"extension","at":"2027-03-17"})",
       "reply_standard", "2027-03-16"},
      {"the interview has its own clock, from the reply", "CH-UA", R"({"type":"received","at":"2027-03-01"})",
       "interview_deadline", "2027-03-11"},
      {"days of which the source does not say which are calendar days", "CH-MK",
       R"({"type":"interview_requested","at":"2027-03-05"})", "interview_deadline", "2027-03-08"},
      {"weeks", "EU-AF", R"({"type":"accepted","at":"2027-03-01"})", "td_issue", "2027-03-29"},
      {"the transfer counts from the expiry where nobody answered", "CH-BA", R"({"type":"term_over","at":"2027-03-22"})",
       "transfer_window", "2027-09-22"},
      {"but not where the agreement does not say so", "CH-RS", R"({"type":"accepted","at":"2027-03-22"})", "transfer_window",
       "2027-09-22"},
      {"a window in days", "CH-GE", R"({"type":"accepted","at":"2027-03-01"})", "transfer_window", "2027-04-15"},
      {"a notice of two calendar days, back from a Monday", "CH-TM", R"({"type":"transfer_planned","at":"2027-06-14"})",
       "transfer_notice", "2027-06-12"},
      {"a notice of fifteen days, back over the end of a month", "CH-VN", R"({"type":"transfer_planned","at":"2027-06-14"})",
       "transfer_notice", "2027-05-30"},
      {"an error from the arrival: a month after 31 January", "CH-TM", R"({"type":"arrived","at":"2027-01-31"})",
       "error_window_own", "2027-02-28"},
      {"an error from the transfer, in days", "CH-MN", R"({"type":"transferred","at":"2027-03-01"})", "error_window_own",
       "2027-03-31"},
      {"the document is valid from its issue, in days", "CH-MK", R"({"type":"td_issued","at":"2027-03-01"})", "td_validity",
       "2027-03-31"},
      {"two months", "CH-ME", R"({"type":"td_issued","at":"2027-03-01"})", "td_validity", "2027-05-01"},
      {"the acceptance itself expires", "CH-SK", R"({"type":"accepted","at":"2027-03-01"})", "consent_validity", "2027-03-31"},
      {"no application after two years", "CH-GE", R"({"type":"irregular_stay","at":"2025-03-01"})", "no_application_after",
       "2027-03-01"},
      {"the application for a third-country national, 180 days", "CH-RU", R"({"type":"detected","at":"2027-03-01"})",
       "submit_deadline_tcn", "2027-08-28"},
      {"for any person, 12 months", "CH-TM", R"({"type":"detected","at":"2027-03-01"})", "submit_deadline_any", "2028-03-01"},
      {"the time to apply is extended by 30 days", "CH-UA",
       R"({"type":"detected","at":"2026-03-01"},{"type":"submit_extension","at":"2027-02-20"})", "submit_deadline_tcn",
       "2027-03-31"},
      {"a transit is answered in ten days", "CH-UA", R"({"type":"transit_requested","at":"2027-03-01"})", "transit_reply",
       "2027-03-11"},
      {"and used in thirty", "CH-MD", R"({"type":"transit_accepted","at":"2027-03-01"})", "transit_window", "2027-03-31"},
      {"costs are paid in thirty days", "CH-MD", R"({"type":"invoice","at":"2027-03-01"})", "cost_reimburse", "2027-03-31"},
      {"direct entry is within five days of leaving", "CH-UA", R"({"type":"left","at":"2027-03-01"})", "direct_entry",
       "2027-03-06"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = line(fmt::format(R"({{"agreement":"{}","events":[{}]}})", row.agreement, row.events));
    REQUIRE_FALSE(answered.contains("error"));
    CHECK(member(deadline_of(answered, row.kind), "due") == row.due);
  }
  // Exceptional obstacles give twelve months instead of six.
  auto const obstacles = line(R"({"agreement":"CH-AM","conditions":["exceptional_obstacles"],
    "events":[{"type":"known_stay","at":"2027-03-01"}]})");
  CHECK(member(deadline_of(obstacles, "submit_deadline_tcn"), "due") == "2028-03-01");
  // An expiry starts nothing where the agreement does not say so.
  auto const silent = line(R"({"agreement":"CH-RS","events":[{"type":"term_over","at":"2027-03-22"}]})");
  CHECK(silent.at("deadlines").as_array().empty());
}

TEST_CASE("CH-GM art. 11(1): the sixth person of a month by charter has no room") {
  auto const limit_of = [](std::string const& words, char const* language) {
    auto const answered = answer_case(
        world().law,
        json::parse(R"({"agreement":"CH-GM","events":[{"type":"planned_transfer","at":"2027-03-01"}])" + words + "}"), language);
    auto const& limits = answered.at("limits").as_array();
    REQUIRE(limits.size() == 1);
    CHECK(member(limits.at(0), "kind") == "max_returnees_per_charter_month");
    CHECK(member(limits.at(0), "clause") == "CH-GM art. 11(1)");
    CHECK(limits.at(0).at("limit").as_int64() == 5);
    return limits.at(0).as_object();
  };
  CHECK_FALSE(limit_of("", "en").contains("allowed"));
  auto const sixth = limit_of(R"(,"travelling":5)", "es");
  CHECK_FALSE(sixth.at("allowed").as_bool());
  CHECK(sixth.at("left").as_int64() == 0);
  CHECK(member(sixth, "text").find("no hay lugar") != std::string::npos);
  auto const fifth = limit_of(R"(,"travelling":4,"persons":1)", "en");
  CHECK(fifth.at("allowed").as_bool());
  CHECK(fifth.at("left").as_int64() == 1);
  CHECK_FALSE(limit_of(R"(,"travelling":4,"persons":2)", "en").at("allowed").as_bool());
}

TEST_CASE("how many persons is a whole number") {
  for (auto const* words :
       {R"("persons":0)", R"("persons":-1)", R"("persons":"6")", R"("travelling":-1)", R"("travelling":1.5)"}) {
    CAPTURE(words);
    auto const told =
        answer(std::string(R"({"agreement":"CH-GM",)") + words + R"(,"events":[{"type":"received","at":"2027-03-01"}]})");
    CHECK(told.contains("error"));
  }
}

TEST_CASE("an agreement that does not cover the case answers in the same shape") {
  auto const told = answer(R"({"agreement":"EU-PK","entered":"2009-05-01","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK_FALSE(told.at("applies").as_bool());
  for (auto const* list : {"deadlines", "waiting", "unknown", "limits", "warnings"}) CHECK(told.at(list).is_array());
}

TEST_CASE("a time of the day on which clocks go forward is that of the clock on the wall") {
  for (auto const* time : {"2027-03-28T10:00", "2027-03-28T10:00+02:00", "2027-03-28T08:00Z"}) {
    CAPTURE(time);
    auto const at = to_instant(read_time(time, "at"), "Europe/Zurich");
    CHECK(at.text() == "2027-03-28T08:00:00.000Z");
  }
  CHECK(to_instant(read_time("2027-10-31T10:00", "at"), "Europe/Zurich").text() == "2027-10-31T09:00:00.000Z");
  CHECK(to_instant(read_time("2027-03-28T01:30", "at"), "Europe/Zurich").text() == "2027-03-28T00:30:00.000Z");
}
