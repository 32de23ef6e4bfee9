#include "norms/agreements/dates.hpp"

#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "norms/agreements/case_asked.hpp"
#include "norms/agreements/summary.hpp"

using namespace rcms;
using namespace rcms::agreements;
namespace json = boost::json;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

struct World {
  Calendars calendars = load_calendars(data);
  Agreements agreements = load_agreements(data, calendars);
  Labels labels = Labels::load(data / "languages");
  DatesLaw law{agreements, calendars, labels};
};

World const& world() {
  static World const loaded;
  return loaded;
}

json::object line(std::string const& text) { return answer_line(world().law, text, 7, "en"); }

json::value const& first(json::object const& answered) { return answered.at("deadlines").as_array().at(0); }

std::string member(json::value const& object, std::string_view key) {
  auto const* found = object.as_object().if_contains(key);
  return found == nullptr || !found->is_string() ? "" : std::string(found->get_string());
}

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
  CHECK(member(interview, "sentence").find("The holidays of KWT in 2027 are not known") != std::string::npos);
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
  for (auto const& [code, agreement] : world().agreements) {
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
