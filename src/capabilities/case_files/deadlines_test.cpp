#include "capabilities/case_files/deadlines.hpp"

#include <doctest/doctest.h>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/deciding.hpp"

using namespace rcms;
using namespace rcms::case_files;

namespace {

Norms const& norms() {
  static Norms const loaded = load_norms(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  return loaded;
}

TermLaw law() { return {norms().process, norms().agreements, norms().calendars}; }
CaseParties const parties{"XAR", "UTO"};

Instant noon_of(Date day) { return Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000}; }

CaseFile a_file(Side side, std::string state, std::string agreement = "uto-xar-2019") {
  CaseFile file;
  file.side = side;
  file.state = std::move(state);
  file.agreement = std::move(agreement);
  file.submitted_on = "2031-01-31";
  happened(file, "submission", noon_of(Date(2031, 1, 31)));
  happened(file, "receipt", noon_of(Date(2031, 1, 31)));
  return file;
}

DeadlineRecord stored(std::vector<DeadlineRecord> planned, std::string state) {
  planned.at(0).state = std::move(state);
  return planned.at(0);
}

}  // namespace

TEST_CASE("the term of the state runs, on both sides the same") {
  struct Row {
    char const* name;
    char const* state;
    char const* kind;
    char const* due;
  };
  for (auto const side : {Side::requesting, Side::requested}) {
    for (auto const& row : {Row{"reply", "verification", "reply_standard", "2031-03-02"}, Row{"no clock", "refused", "", ""},
                            Row{"document, not accepted yet", "accepted", "", ""}}) {
      CAPTURE(row.name);
      auto const planned = plan_deadlines(law(), a_file(side, row.state), parties);
      REQUIRE(planned.size() == (*row.kind == '\0' ? 0 : 1));
      if (planned.empty()) continue;
      CHECK(planned[0].kind == row.kind);
      CHECK(planned[0].due_on->text() == row.due);
    }
  }
}

TEST_CASE("whoever waits for a travel document sees from when on a document of its own is lawful, and why") {
  struct Row {
    char const* agreement;
    Side side;
    char const* issue;
    char const* stands_in;
  };
  for (auto const& row :
       {Row{"CH-MD", Side::requesting, "2031-02-06", "2031-02-17"}, Row{"CH-MD", Side::requested, "2031-02-06", ""},
        Row{"uto-xar-2019", Side::requesting, "2031-02-10", ""}}) {
    CAPTURE(std::string(row.agreement));
    auto file = a_file(row.side, "accepted", row.agreement);
    happened(file, "acceptance", noon_of(Date(2031, 2, 3)));
    bool const fictional = std::string_view(row.agreement) == "uto-xar-2019";
    auto const planned = plan_deadlines(law(), file, fictional ? parties : CaseParties{"CHE", "MDA"});
    REQUIRE(planned.size() == (*row.stands_in == '\0' ? 1 : 2));
    CHECK(planned[0].kind == "td_issue");
    CHECK(planned[0].due_on->text() == row.issue);
    if (planned.size() == 1) continue;
    CHECK(planned[1].kind == "td_fallback");
    CHECK(planned[1].due_on->text() == row.stands_in);
    auto const term = agreements::deadline_from_json(planned[1].computation);
    REQUIRE(term.has_value());
    CHECK(term->source == "CH-MD art. 2(4)");
    auto const labels = Labels::load(std::filesystem::path(RCMS_SOURCE_DIR) / "data/languages");
    auto const why = agreements::render_sentence(labels, "es", *term);
    CHECK_MESSAGE(why.find("puede sustituirlo uno del Estado requirente desde el 18 de febrero de 2031") != std::string::npos,
                  why);
    // Where the term is over, the document is lawful and the end is only noted: nothing moves by itself.
    auto const over = decide_term_over(law(), file, "td_fallback", noon_of(Date(2031, 2, 18)));
    REQUIRE(over);
    CHECK(over->after.state == "accepted");
    CHECK(over->missed_deadlines == std::vector<std::string>{"td_fallback"});
  }
}

TEST_CASE("a request stops the clock of 2019 and starts that of 2022 again") {
  auto file = a_file(Side::requested, "documents_requested");
  happened(file, "document_request", noon_of(Date(2031, 2, 5)), "r");
  auto planned = plan_deadlines(law(), file, parties);
  REQUIRE(planned.size() == 1);
  CHECK(planned[0].state == "paused");
  happened(file, "answer", noon_of(Date(2031, 2, 10)), "r");
  file.state = "completeness";
  CHECK(plan_deadlines(law(), file, parties).at(0).due_on == Date(2031, 3, 7));

  auto again = a_file(Side::requested, "documents_requested", "uto-xar-protocol-2022");
  happened(again, "acknowledgement", noon_of(Date(2031, 2, 3)));
  happened(again, "document_request", noon_of(Date(2031, 2, 10)), "r");
  CHECK(plan_deadlines(law(), again, parties).at(0).state == "paused");
  happened(again, "answer", noon_of(Date(2031, 2, 17)), "r");
  CHECK(plan_deadlines(law(), again, parties).at(0).due_on == Date(2031, 3, 11));
}

TEST_CASE("a suspension pauses the term, and after it the days that were left go on") {
  for (auto const side : {Side::requesting, Side::requested}) {
    auto file = a_file(side, "suspended");
    file.state_before = "verification";
    happened(file, "suspension", noon_of(Date(2031, 2, 10)));
    auto const paused = plan_deadlines(law(), file, parties).at(0);
    CHECK(paused.state == "paused");
    CHECK_FALSE(paused.due_on);
    file.state = "verification";
    happened(file, "lifting", noon_of(Date(2031, 2, 15)));
    auto const again = plan_deadlines(law(), file, parties).at(0);
    CHECK(again.state == "open");
    CHECK(again.due_on == Date(2031, 3, 7));
    auto const trail = agreements::deadline_from_json(again.computation);
    CHECK(trail->confidence == "unverified");
    CHECK(agreements::replay(*trail) == again.due_on);
    REQUIRE(trail->stops.size() == 1);
    CHECK(trail->stops[0].from == Date(2031, 2, 10));
    CHECK(trail->stops[0].until == Date(2031, 2, 15));
  }
}

TEST_CASE("a suspended file has no term that runs, also when its last day is past") {
  auto file = a_file(Side::requested, "suspended");
  file.state_before = "verification";
  happened(file, "suspension", noon_of(Date(2031, 3, 2)));
  auto const planned = plan_deadlines(law(), file, parties);
  CHECK(planned.at(0).state == "paused");
}

TEST_CASE("a case that begins anew keeps a suspension that stands and what was found of its evidence") {
  auto file = a_file(Side::requested, "suspended");
  happened(file, "suspension", noon_of(Date(2031, 2, 1)));
  happened(file, "lifting", noon_of(Date(2031, 2, 2)));
  happened(file, "evidence_false", noon_of(Date(2031, 2, 3)), "hash");
  happened(file, "suspension", noon_of(Date(2031, 2, 4)));
  begin_clock_anew(file);
  REQUIRE(file.clock.size() == 2);
  CHECK(file.clock[0].event == "evidence_false");
  CHECK(file.clock[1].at == noon_of(Date(2031, 2, 4)));
  file.state = "refused";
  begin_clock_anew(file);
  CHECK(file.clock.size() == 1);
}

TEST_CASE("the end of a term does what the process says, else it is only noted") {
  struct Row {
    char const* name;
    Side side;
    char const* state;
    char const* agreement;
    char const* kind;
    char const* after;  ///< or the refusal
    char const* action;
  };
  std::vector<Row> const rows = {
      {"silence is consent, requesting", Side::requesting, "verification", "uto-xar-2019", "reply_standard", "consent_to_confirm",
       "reply_term_over"},
      {"silence is consent, requested", Side::requested, "received", "uto-xar-2019", "reply_standard", "lapsed",
       "reply_term_over"},
      {"silence is nothing", Side::requesting, "verification", "uto-xar-protocol-2022", "reply_standard", "verification",
       "reply_term_over"},
      {"an interview that was not held is no silence, requesting", Side::requesting, "interview", "uto-xar-2019",
       "interview_deadline", "interview", "term_over"},
      {"an interview that was not held is no silence, requested", Side::requested, "interview", "uto-xar-2019",
       "interview_deadline", "interview", "term_over"},
      {"the document is late", Side::requested, "accepted", "uto-xar-2019", "td_issue", "accepted", "term_over"},
      {"the transfer is late", Side::requesting, "document_issued", "uto-xar-2019", "transfer_window", "document_issued",
       "term_over"},
      {"documents are awaited", Side::requested, "documents_requested", "uto-xar-2019", "reply_standard", "wrong_step", ""},
      {"suspended", Side::requesting, "suspended", "uto-xar-2019", "td_issue", "wrong_step", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const decision =
        decide_term_over(law(), a_file(row.side, row.state, row.agreement), row.kind, noon_of(Date(2031, 3, 3)));
    if (!decision) {
      CHECK(name_of(decision.error().why) == row.after);
      continue;
    }
    CHECK(decision->after.state == row.after);
    CHECK(decision->action == row.action);
    CHECK(decision->missed_deadlines == std::vector<std::string>{row.kind});
  }
}

TEST_CASE("an extension is in time until the last day of the term at the seat of the requested State") {
  auto const planned = plan_deadlines(law(), a_file(Side::requesting, "verification"), parties);
  std::vector<DeadlineRecord> const missed = {stored(planned, "missed")};
  CHECK(extension_in_time(missed, *Instant::parse("2031-03-02T12:00:00Z")));
  // 23:00 in Guatemala.
  CHECK(extension_in_time(missed, *Instant::parse("2031-03-03T05:00:00Z")));
  CHECK_FALSE(extension_in_time(missed, *Instant::parse("2031-03-03T06:00:00Z")));
  CHECK(extension_in_time({}, *Instant::parse("2031-03-03T06:00:00Z")));
}

TEST_CASE("the term of the reply is the newest that was not replaced") {
  auto const planned = plan_deadlines(law(), a_file(Side::requesting, "verification"), parties);
  CHECK_FALSE(find_reply_term({}));
  CHECK_FALSE(find_reply_term({stored(planned, "replaced")}));
  CHECK(find_reply_term({stored(planned, "missed")})->due == Date(2031, 3, 2));
}

TEST_CASE("a term that is over stands as the deadline of the file until somebody acts on the silence") {
  struct Row {
    char const* name;
    Side side;
    char const* state;
    char const* term;
    bool stands;
  };
  for (auto const& row : {Row{"the requested State was silent", Side::requested, "lapsed", "missed", true},
                          Row{"it is over now", Side::requested, "lapsed", "open", true},
                          Row{"consent waits for confirmation", Side::requesting, "consent_to_confirm", "missed", true},
                          Row{"the term was replaced", Side::requested, "lapsed", "replaced", false},
                          Row{"confirmed", Side::requesting, "accepted", "missed", false},
                          Row{"suspended", Side::requested, "suspended", "missed", false}}) {
    CAPTURE(row.name);
    auto const planned = plan_deadlines(law(), a_file(row.side, "verification"), parties);
    auto const found = find_lapsed_term(norms().process, a_file(row.side, row.state), {stored(planned, row.term)});
    CHECK(found.has_value() == row.stands);
    if (found) CHECK(found->due_on->text() == "2031-03-02");
  }
}
