// The trail of a date step by step: from where to where, on which clause, how sure; and mistakes in the language of the reader.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "norms/agreements/law.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;
namespace json = boost::json;

namespace {

Sentences const& sentences() {
  static Sentences const loaded(world().labels, data / "languages/details.en.json");
  return loaded;
}

json::object in_spanish(std::string const& text) {
  auto const& law = world().law;
  return answer_line({law.agreements, law.calendars, law.labels, &sentences()}, text, 3, "es");
}

}  // namespace

TEST_CASE("each step of a date has kind, days, clause and confidence, and leads to the next") {
  auto const answered = answer(
      R"({"agreement":"CH-AZ","events":[{"type":"acknowledged","at":"2027-03-04"},{"type":"extension","at":"2027-03-28"}]})");
  auto const& reply = deadline_of(answered, "reply_standard");
  auto const& steps = reply.at("steps").as_array();
  REQUIRE(steps.size() == 2);
  CHECK(member(steps[0], "kind") == "count");
  CHECK(member(steps[0], "from") == "2027-03-04");
  CHECK(member(steps[0], "to") == "2027-03-29");
  CHECK(steps[0].at("days").as_int64() == 25);
  CHECK(member(steps[0], "unit") == "calendar_day");
  CHECK(member(steps[0], "clause") == "CH-AZ art. 8(2)");
  CHECK(member(steps[0], "confidence") == "P");
  CHECK(member(steps[1], "kind") == "extension");
  CHECK(member(steps[1], "from") == "2027-03-29");
  CHECK(member(steps[1], "to") == member(reply, "due"));
  CHECK(member(steps[1], "clause") == "CH-AZ art. 8(2)");
  CHECK(member(steps[1], "text") == reply.at("trail").as_array()[1].as_string());
}

TEST_CASE("a step names the holidays that it left out, with their State") {
  auto const answered = answer(R"({"agreement":"uto-xar-protocol-2022","events":[{"type":"acknowledged","at":"2026-12-20"}]})");
  auto const& steps = deadline_of(answered, "reply_standard").at("steps").as_array();
  auto const& skipped = steps.at(0).at("skipped").as_array();
  REQUIRE_FALSE(skipped.empty());
  CHECK(member(skipped[0], "day") == "2026-12-25");
  CHECK((member(skipped[0], "state") == "Utopia" || member(skipped[0], "state") == "Arcadia"));
  CHECK(skipped[0].at("certain").as_bool());
}

TEST_CASE("a date in working days of a State whose holidays have no source says so, in its step and in words") {
  struct Row { char const* agreement; char const* kind; char const* event; char const* state; };
  for (auto const& row : {Row{"CH-KW", "interview_deadline", "interview_requested", "Kuwait"},
                          Row{"CH-MN", "td_issue", "accepted", "Mongolia"},
                          Row{"CH-TM", "td_issue", "accepted", "Turkmenistan"}}) {
    CAPTURE(row.agreement);
    auto const answered =
        answer(fmt::format(R"({{"agreement":"{}","events":[{{"type":"{}","at":"2027-03-01"}}]}})", row.agreement, row.event));
    auto const& told = deadline_of(answered, row.kind);
    CHECK(member(told, "calendar_confidence") == "unverified");
    CHECK(member(told, "confidence") == "unverified");
    CHECK(member(told.at("steps").as_array().at(0), "confidence") == "unverified");
    CHECK(member(told, "sentence").find(fmt::format("The holidays of {} in 2027 are not known", row.state)) != std::string::npos);
  }
}

TEST_CASE("a last day that is looked at in a calendar without source is not certain, also where it stays") {
  auto agreement = world().agreements.at("CH-KW");
  for (auto& rule : agreement.rules) {
    if (rule.key == "reply_standard") rule.end = EndAdjustment::next_working_day;
  }
  std::vector<Event> const events = {{"acknowledgement", *Instant::parse("2027-03-01T09:00:00Z")}};
  auto const deadline = compute_deadline(agreement, world().calendars, "reply_standard", "KWT", events, Date(2027, 3, 1));
  REQUIRE(deadline.has_value());
  CHECK(deadline->confidence == "unverified");
  REQUIRE(deadline->unknown_years.size() == 1);
  CHECK(deadline->unknown_years[0].calendar == "KWT");
}

TEST_CASE("what is wrong with a case is said in the language of the reader, with field and remedy") {
  struct Row { char const* name; char const* text; char const* field; char const* message; char const* remedy; };
  Row const rows[] = {
      {"not JSON", R"({"agreement")", "line", "no es JSON en el carácter", "un caso por línea"},
      {"two cases in a line", R"({} {})", "line", "no es JSON en el carácter", "un caso por línea"},
      {"unknown agreement", R"({"agreement":"CH-XX","events":[{"type":"received","at":"2027-03-01"}]})", "agreement",
       "no existe el acuerdo «CH-XX»", "CH-AZ"},
      {"no time", R"({"agreement":"CH-AZ","events":[{"type":"received"}]})", "events[0].at", "falta el momento", "escriba"},
      {"unknown event", R"({"agreement":"CH-AZ","events":[{"type":"recieved","at":"2027-03-01"}]})", "events[0].type",
       "no existe el hecho «recieved»", "enumera"},
      {"no such day", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"2027-02-30"}]})", "events[0].at",
       "no es un día", "escriba 2027-03-01"},
      {"too far", R"({"agreement":"CH-AZ","events":[{"type":"received","at":"9999-01-01"}]})", "events[0].at", "demasiado lejos",
       "de los años 1950 a 2150"},
      {"no party", R"({"agreement":"CH-AZ","requested":"MDA","events":[{"type":"received","at":"2027-03-01"}]})", "requested",
       "MDA no es parte", "CHE, AZE"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const answered = in_spanish(row.text);
    REQUIRE(answered.contains("error"));
    auto const& error = answered.at("error");
    CHECK(member(error, "field") == row.field);
    CHECK_MESSAGE(member(error, "message").find(row.message) != std::string::npos, member(error, "message"));
    CHECK_MESSAGE(member(error, "remedy").find(row.remedy) != std::string::npos, member(error, "remedy"));
  }
  // The language of the case goes before that of the call.
  auto const english = in_spanish(R"({"agreement":"CH-AZ","language":"en","events":[]})");
  CHECK(member(english.at("error"), "message") == "none, or too many");
}

TEST_CASE("why an agreement does not apply is said with names of States, kinds of persons and days, not with codes") {
  auto const text = R"({"agreement":"EU-PK","requested":"PAK","requesting":"EUE","person":"own_national","entered":"2009-05-01",
    "events":[{"type":"received","at":"2027-03-01"}]})";
  auto const answered = in_spanish(text);
  CHECK_FALSE(answered.at("applies").as_bool());
  CHECK(member(answered, "why") == "Cubre entradas desde el 2 de diciembre de 2010, no el 1 de mayo de 2009.");
  CHECK(member(answered, "requested_name") == "Pakistán");
  CHECK(member(answered, "requesting_name") == "Unión Europea");
}

TEST_CASE("a variant may be less sure than its rule; where it says nothing it is as sure") {
  auto agreement = world().agreements.at("CH-AM");
  for (auto& rule : agreement.rules) {
    if (!rule.variants.empty()) rule.variants[0].confidence = "unverified";
  }
  CaseFacts const plain;
  CaseFacts const obstacles{{}, {"exceptional_obstacles"}};
  Date const on(2027, 1, 1);
  CHECK(find_rule_for(agreement, "submit_deadline_tcn", on, plain)->confidence == "P");
  CHECK(find_rule_for(agreement, "submit_deadline_tcn", on, obstacles)->confidence == "unverified");
  auto const& shipped = world().agreements.at("CH-AM");
  CHECK(find_rule_for(shipped, "submit_deadline_tcn", on, obstacles)->confidence == "P");
  CHECK(hash_of_law(agreement) != hash_of_law(shipped));
}

TEST_CASE("ten thousand lines, every tenth of them broken, are answered one by one") {
  std::size_t wrong = 0;
  for (int i = 1; i <= 10'000; ++i) {
    auto const good = R"({{"agreement":"CH-AZ","id":"{}","events":[{{"type":"acknowledged","at":"{}"}}]}})";
    auto const text = i % 10 == 0 ? std::string(R"({"agreement":"CH-AZ","events":[{"type":"acknowledged"}]})")
                                  : fmt::format(fmt::runtime(good), i, Date(2027, 1, 1).plus_days(i % 365).text());
    auto const answered = answer_line(world().law, text, i, "en");
    REQUIRE(answered.at("line").as_int64() == i);
    if (answered.contains("error")) ++wrong;
    else REQUIRE(member(answered, "id") == std::to_string(i));
  }
  CHECK(wrong == 1'000);
}
