#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "norms/agreements/deadline.hpp"

using namespace rcms;
using namespace rcms::agreements;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

Calendars const& calendars() {
  static Calendars const loaded = load_calendars(data);
  return loaded;
}

Agreements const& agreements_of_demo() {
  static Agreements const loaded = load_agreements(data, calendars());
  return loaded;
}

Instant at(std::string const& day, std::string const& time = "12:00") { return *Instant::parse(day + "T" + time + ":00Z"); }

/// An agreement with one rule, for one case.
Agreement with(Rule rule, std::vector<Rule> more = {}) {
  Agreement agreement;
  agreement.code = "test";
  agreement.cited = "TEST 2000";
  agreement.parties = {"UTO", "XAR"};
  agreement.authorities = {{"UTO", "America/Guatemala", "UTO"}, {"XAR", "Europe/Zurich", "XAR"}};
  if (rule.confidence.empty()) rule.confidence = "P";
  agreement.rules.push_back(std::move(rule));
  for (auto& each : more) agreement.rules.push_back(std::move(each));
  return agreement;
}

Rule rule_of(std::string key, int value, Unit unit, std::string start = "receipt") {
  Rule rule;
  rule.key = std::move(key);
  rule.value = value;
  rule.unit = unit;
  rule.start = std::move(start);
  rule.confidence = "P";
  return rule;
}

std::string due_of(Agreement const& agreement, std::string const& key, std::string const& acting,
                   std::vector<Event> const& events) {
  auto const deadline = compute_deadline(agreement, calendars(), key, acting, events, Date(2024, 1, 1));
  return deadline && deadline->due ? deadline->due->text() : "none";
}

}  // namespace

TEST_CASE("worked case 1: from acknowledgement, a notice on day 24 adds 25 days, day 51 is over without consent") {
  auto agreement = with(rule_of("reply_standard", 25, Unit::calendar_day, "acknowledgement"),
                        {rule_of("reply_ext_additional_max", 25, Unit::calendar_day, "")});
  std::vector<Event> events = {{"receipt", at("2024-06-03")}, {"acknowledgement", at("2024-06-06")}};  // Monday, Thursday
  CHECK(due_of(agreement, "reply_standard", "UTO", events) == "2024-07-01");
  events.push_back({"extension", at("2024-06-30"), 25});  // day 24
  CHECK(due_of(agreement, "reply_standard", "UTO", events) == "2024-07-26");  // day 50
  CHECK(days_between(Date(2024, 6, 6), Date(2024, 7, 26)) == 50);
  CHECK(silence_condition(agreement, Date(2024, 7, 27)) == "silence_is_nothing");
}

TEST_CASE("a suspension stops every clock in whole days, and its date is unverified") {
  struct Row {
    char const* name;
    Rule rule;
    std::vector<Event> more;
    char const* due;
    char const* confidence;
  };
  auto thirty = rule_of("reply_standard", 30, Unit::calendar_day);
  std::vector<Row> const rows = {
      {"none", thirty, {}, "2024-07-03", "P"},
      {"it stands", thirty, {{"suspension", at("2024-06-10")}}, "none", "unverified"},
      {"ten days", thirty, {{"suspension", at("2024-06-10")}, {"lifting", at("2024-06-20")}}, "2024-07-13", "unverified"},
      {"lifted the same day", thirty, {{"suspension", at("2024-06-10")}, {"lifting", at("2024-06-10", "18:00")}}, "2024-07-03",
       "unverified"},
      {"twice", thirty,
       {{"suspension", at("2024-06-10")}, {"lifting", at("2024-06-20")}, {"suspension", at("2024-07-10")},
        {"lifting", at("2024-07-12")}},
       "2024-07-15", "unverified"},
      {"after the end", thirty, {{"suspension", at("2024-07-20")}}, "2024-07-03", "P"},
      {"hours", rule_of("accel_reply", 48, Unit::hour), {{"suspension", at("2024-06-04")}, {"lifting", at("2024-06-07")}},
       "2024-06-08", "unverified"},
      {"hours, it stands", rule_of("accel_reply", 48, Unit::hour), {{"suspension", at("2024-06-04")}}, "none", "unverified"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    std::vector<Event> events = {{"receipt", at("2024-06-03")}};
    events.insert(events.end(), row.more.begin(), row.more.end());
    auto const deadline = compute_deadline(with(row.rule), calendars(), row.rule.key, "UTO", events, Date(2024, 1, 1));
    REQUIRE(deadline);
    CHECK((deadline->due ? deadline->due->text() : "none") == row.due);
    CHECK(deadline->confidence == row.confidence);
    CHECK(replay(*deadline) == deadline->due);
    CHECK(deadline_to_json(*deadline_from_json(deadline_to_json(*deadline))) == deadline_to_json(*deadline));
  }
  // A clock that starts behind a suspension counts from the lifting.
  std::vector<Event> const behind = {
      {"suspension", at("2024-06-01")}, {"receipt", at("2024-06-03")}, {"lifting", at("2024-06-08")}};
  CHECK(due_of(with(thirty), "reply_standard", "UTO", behind) == "2024-07-08");
}

TEST_CASE("worked case 2: a reasoned extension to 60 in total; on day 61 consent is to be confirmed") {
  Rule silence;
  silence.key = "silence_effect";
  silence.text = "deemed_agreed";
  auto const agreement = with(rule_of("reply_standard", 30, Unit::calendar_day, "acknowledgement"),
                              {rule_of("reply_ext_total_max", 60, Unit::calendar_day, ""), silence});
  auto const deadline =
      compute_deadline(agreement, calendars(), "reply_standard", "UTO",
                       {{"acknowledgement", at("2024-06-06")}, {"extension", at("2024-07-01"), 60}}, Date(2024, 6, 1));
  REQUIRE(deadline->due.has_value());
  CHECK(days_between(deadline->started_on, *deadline->due) == 60);
  CHECK(deadline->ends_at == start_of_day(Date(2024, 6, 6).plus_days(61), "America/Guatemala"));
  CHECK(silence_condition(agreement, Date(2024, 8, 6)) == "silence_is_consent");
}

TEST_CASE("worked case 3: fifteen calendar days end on a Saturday, one working day is added; nationality runs apart") {
  auto reply = rule_of("reply_standard", 15, Unit::calendar_day);
  reply.then_working_days = 1;
  auto const agreement = with(reply, {rule_of("nationality_deemed", 15, Unit::working_day)});
  std::vector<Event> const events = {{"receipt", at("2024-05-31")}};  // Friday; day 15 is Saturday, 15 June
  CHECK(due_of(agreement, "reply_standard", "UTO", events) == "2024-06-17");
  CHECK(due_of(agreement, "nationality_deemed", "UTO", events) == "2024-06-21");
}

TEST_CASE("units, leap years and zones") {
  struct Row { char const* name; Unit unit; int value; char const* acting; char const* at; char const* due; };
  Row const rows[] = {
      {"a year from a leap day", Unit::year, 1, "UTO", "2024-02-29T12:00:00Z", "2025-02-28"},
      {"a month from the 31st", Unit::month, 1, "UTO", "2024-01-31T12:00:00Z", "2024-02-29"},
      {"two months", Unit::month, 2, "UTO", "2024-12-31T12:00:00Z", "2025-02-28"},
      {"over a leap day", Unit::calendar_day, 2, "UTO", "2024-02-28T12:00:00Z", "2024-03-01"},
      {"evening in Arcadia is the next day", Unit::calendar_day, 1, "XAR", "2024-06-03T22:30:00Z", "2024-06-05"},
      {"the same instant in Utopia is not", Unit::calendar_day, 1, "UTO", "2024-06-03T22:30:00Z", "2024-06-04"},
      {"winter time in Arcadia", Unit::calendar_day, 1, "XAR", "2024-01-03T22:30:00Z", "2024-01-04"},
      {"24 hours over the change to summer time", Unit::hour, 24, "XAR", "2024-03-30T22:30:00Z", "2024-04-01"},
      {"48 hours", Unit::hour, 48, "UTO", "2024-06-03T22:30:00Z", "2024-06-05"},
      {"one working day from a Friday", Unit::working_day, 1, "UTO", "2024-06-07T12:00:00Z", "2024-06-10"},
      {"zero days", Unit::calendar_day, 0, "UTO", "2024-06-07T12:00:00Z", "2024-06-07"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const agreement = with(rule_of("term", row.value, row.unit));
    CHECK(due_of(agreement, "term", row.acting, {{"receipt", *Instant::parse(row.at)}}) == row.due);
  }
}

TEST_CASE("what is not known gives no date, never a default") {
  Rule empty;
  empty.key = "reply_standard";
  empty.unit = Unit::calendar_day;
  empty.start = "receipt";
  CHECK_FALSE(
      compute_deadline(with(empty), calendars(), "reply_standard", "UTO", {{"receipt", at("2024-06-03")}}, Date(2024, 6, 3))
          .has_value());
  auto const agreement = with(rule_of("reply_standard", 10, Unit::calendar_day));
  CHECK_FALSE(
      compute_deadline(agreement, calendars(), "td_issue", "UTO", {{"receipt", at("2024-06-03")}}, Date(2024, 6, 3)).has_value());
  CHECK_FALSE(compute_deadline(agreement, calendars(), "reply_standard", "UTO", {}, Date(2024, 6, 3)).has_value());
}

TEST_CASE("a case keeps the version of the rules valid on its submission") {
  auto old_rule = rule_of("reply_standard", 45, Unit::calendar_day);
  old_rule.until = Date(2023, 12, 31);
  auto new_rule = rule_of("reply_standard", 30, Unit::calendar_day);
  new_rule.from = Date(2024, 1, 1);
  auto const agreement = with(old_rule, {new_rule});
  std::vector<Event> const events = {{"receipt", at("2024-01-02")}};
  CHECK(compute_deadline(agreement, calendars(), "reply_standard", "UTO", events, Date(2023, 12, 30))->due == Date(2024, 2, 16));
  CHECK(compute_deadline(agreement, calendars(), "reply_standard", "UTO", events, Date(2024, 1, 2))->due == Date(2024, 2, 1));
}

TEST_CASE("an extension is checked against the agreement") {
  auto const& agreement = agreements_of_demo().at("uto-xar-2019");
  auto const current =
      *compute_deadline(agreement, calendars(), "reply_standard", "UTO", {{"receipt", at("2024-03-04")}}, Date(2024, 3, 4));
  auto const why = [&](int days, Date today) {
    auto const result = check_extension(agreement, current, days, today, Date(2024, 3, 4));
    return result ? std::string() : std::string(name_of(result.error().why));
  };
  CHECK(why(60, Date(2024, 4, 3)).empty());
  CHECK(why(60, Date(2024, 4, 4)) == "too_late");
  CHECK(why(61, Date(2024, 4, 1)) == "limit_reached");
  CHECK(why(30, Date(2024, 4, 1)) == "field_invalid");
  auto const extended = *compute_deadline(agreement, calendars(), "reply_standard", "UTO",
                                          {{"receipt", at("2024-03-04")}, {"extension", at("2024-03-20"), 45}}, Date(2024, 3, 4));
  CHECK(extended.due == Date(2024, 4, 18));
  CHECK(check_extension(agreement, extended, 60, Date(2024, 4, 1), Date(2024, 3, 4)).error().why == Why::wrong_step);
}

TEST_CASE("every deadline explains itself in a sentence") {
  auto const labels = Labels::load(data / "languages");
  auto const& protocol = agreements_of_demo().at("uto-xar-protocol-2022");
  auto const easter = *compute_deadline(protocol, calendars(), "reply_standard", "UTO", {{"acknowledgement", at("2024-03-21")}},
                                        Date(2024, 3, 21));
  CHECK(render_sentence(labels, "en", easter) ==
        "Due on 17 April 2024. 15 working days from the acknowledgement of receipt on 21 March 2024. Then 1 working day more, to "
        "17 April 2024. "
        "Not counted: 8 days of weekend; Maundy Thursday (28 March 2024, Utopia); Good Friday (29 March 2024, Utopia); Good "
        "Friday (29 March 2024, Arcadia); "
        "Easter Monday (1 April 2024, Arcadia). Source: UTO-XAR Protocol 2022 art. 4(2); days are counted in the zone "
        "America/Guatemala.");
  auto const& agreement = agreements_of_demo().at("uto-xar-2019");
  std::vector<Event> events = {{"receipt", at("2024-02-01")}, {"document_request", at("2024-02-10")}};
  auto const standing = *compute_deadline(agreement, calendars(), "reply_standard", "UTO", events, Date(2024, 2, 1));
  CHECK(render_sentence(labels, "es", standing) ==
        "30 días naturales desde la recepción de la solicitud el 1 de febrero de 2024. El plazo está detenido desde el 10 de "
        "febrero de 2024: se esperan "
        "documentos. No hay fecha hasta que lleguen. Fuente: UTO-XAR 2019 art. 9(2); los días se cuentan en la zona "
        "America/Guatemala.");
  events.push_back({"answer", at("2024-02-20")});
  events.push_back({"extension", at("2024-02-25"), 60});
  auto const extended = *compute_deadline(agreement, calendars(), "reply_standard", "UTO", events, Date(2024, 2, 1));
  auto const words = render_sentence(labels, "es", extended);
  CHECK(words.find("Vence el 11 de abril de 2024.") == 0);
  CHECK(words.find("Prorrogado a 60 días naturales en total desde la recepción de la solicitud el 1 de febrero de 2024.") !=
        std::string::npos);
  CHECK(words.find("El plazo estuvo detenido 10 días") != std::string::npos);
  CHECK(words.find("UTO-XAR 2019 art. 9(2); UTO-XAR 2019 art. 9(3)") != std::string::npos);
}

namespace {

struct RandomCase {
  Agreement agreement;
  std::vector<Event> events;
};

RandomCase random_case() {
  auto const unit = *rc::gen::element(Unit::calendar_day, Unit::working_day, Unit::month, Unit::year, Unit::hour);
  auto rule = rule_of("reply_standard", *rc::gen::inRange(0, 60), unit);
  rule.end = *rc::gen::element(EndAdjustment::none, EndAdjustment::next_working_day);
  rule.then_working_days = *rc::gen::inRange(0, 3);
  rule.on_document_request = *rc::gen::element(OnDocumentRequest::runs, OnDocumentRequest::pauses, OnDocumentRequest::restarts);
  rule.calendars = *rc::gen::element(std::vector<std::string>{}, std::vector<std::string>{"acting"},
                                     std::vector<std::string>{"acting", "other"});
  auto extension = rule_of(*rc::gen::element(std::string("reply_ext_total_max"), std::string("reply_ext_additional_max")),
                           *rc::gen::inRange(1, 90), *rc::gen::element(Unit::calendar_day, Unit::working_day), "");
  RandomCase made{with(rule, {extension}), {}};
  Instant now = start_of_day(Date(2020, 1, 1).plus_days(*rc::gen::inRange(0, 8000)), "UTC")
                    .plus_ms(*rc::gen::inRange(0, 86400) * std::int64_t{1000});
  made.events.push_back({"receipt", now});
  for (char const* kind : {"document_request", "answer", "extension", "document_request", "answer"}) {
    if (!*rc::gen::arbitrary<bool>()) continue;
    now = now.plus_ms(*rc::gen::inRange(0, 20 * 86400) * std::int64_t{1000});
    made.events.push_back({kind, now, *rc::gen::inRange(0, 40)});
  }
  return made;
}

}  // namespace

TEST_CASE("the stored trail gives the same day again, and survives being stored") {
  CHECK(rc::check("replay", [] {
    auto const made = random_case();
    auto const deadline = compute_deadline(made.agreement, calendars(), "reply_standard", "UTO", made.events, Date(2024, 1, 1));
    RC_ASSERT(deadline.has_value());
    RC_ASSERT(replay(*deadline) == deadline->due);
    auto const stored = deadline_to_json(*deadline);
    auto const read = deadline_from_json(stored);
    RC_ASSERT(read.has_value());
    RC_ASSERT(deadline_to_json(*read) == stored);
    RC_ASSERT(replay(*read) == deadline->due);
    if (deadline->due && !deadline->steps.empty()) RC_ASSERT(deadline->steps.back().to == *deadline->due);
  }));
}

TEST_CASE("an adjusted end is never a free day, and a later start never ends earlier") {
  CHECK(rc::check("adjusted and monotonic", [] {
    auto made = random_case();
    made.agreement.rules[0].end = EndAdjustment::next_working_day;
    made.agreement.rules[0].then_working_days = 0;
    bool const hours = made.agreement.rules[0].unit == Unit::hour;
    made.events.resize(1);
    auto const first = compute_deadline(made.agreement, calendars(), "reply_standard", "UTO", made.events, Date(2024, 1, 1));
    auto const& uto = calendars().at("UTO");
    if (!hours) RC_ASSERT(!is_weekend(uto, *first->due) && find_holiday(uto, *first->due) == nullptr);
    made.events[0].at = made.events[0].at.plus_ms(*rc::gen::inRange(0, 40 * 86400) * std::int64_t{1000});
    auto const later = compute_deadline(made.agreement, calendars(), "reply_standard", "UTO", made.events, Date(2024, 1, 1));
    RC_ASSERT(*later->due >= *first->due);
    RC_ASSERT(*later->ends_at >= *first->ends_at);
  }));
}

TEST_CASE("what is not a stored deadline is not read as one") {
  for (char const* text : {"{}", "[]", "null", R"({"started_at":"2024-01-01T00:00:00Z","started_on":"2024-02-30"})"}) {
    CAPTURE(text);
    CHECK_FALSE(deadline_from_json(boost::json::parse(text)).has_value());
  }
}

TEST_CASE("a day that is not certain stays so in the stored trail") {
  auto agreement = agreements_of_demo().at("uto-xar-2019");
  auto uncertain = calendars();
  auto& uto = uncertain.at("UTO");
  Holiday lunar;
  lunar.names = {{"en", "End of the fast"}, {"es", "Fin del ayuno"}};
  lunar.dates = {Date(2024, 4, 10)};
  lunar.verified = false;
  uto.holidays.push_back(lunar);
  index_days(uto);
  std::vector<Event> const accepted = {{"acceptance", at("2024-04-08")}};
  auto const deadline = compute_deadline(agreement, uncertain, "td_issue", "UTO", accepted, Date(2024, 4, 8));
  REQUIRE(deadline.has_value());
  CHECK(deadline->confidence == "unverified");
  auto const stored = deadline_to_json(*deadline);
  auto const& skipped = stored.at("steps").at(0).at("skipped").as_array();
  REQUIRE(skipped.size() == 1);
  REQUIRE(skipped[0].as_object().contains("verified"));
  CHECK(skipped[0].at("verified").as_bool() == false);
  auto const read = deadline_from_json(stored);
  REQUIRE(read.has_value());
  CHECK_FALSE(read->steps.at(0).skipped.at(0).verified);
  auto const labels = Labels::load(data / "languages");
  CHECK(render_sentence(labels, "en", *read).find("The day of End of the fast, 10 April 2024, is not certain") !=
        std::string::npos);
  // A certain day says nothing of it, so that a trail that is read back without the mark is certain.
  auto const certain =
      compute_deadline(agreement, calendars(), "td_issue", "UTO", {{"acceptance", at("2024-09-11")}}, Date(2024, 9, 11));
  auto const other = deadline_to_json(*certain);
  for (auto const& step : other.at("steps").as_array()) {
    for (auto const& each : step.at("skipped").as_array()) CHECK_FALSE(each.as_object().contains("verified"));
  }
}

TEST_CASE("what the State has confirmed is no longer unverified: the trail says who, when and where it was read") {
  auto agreement = agreements_of_demo().at("uto-xar-2019");
  for (auto& rule : agreement.rules) {
    if (rule.key == "reply_standard" || rule.key == "reply_ext_total_max") rule.confidence = "unverified";
  }
  std::vector<Event> const events = {{"receipt", at("2024-03-04")}, {"extension", at("2024-03-20"), 45}};
  auto const compute = [&](Agreement const& held) {
    return *compute_deadline(held, calendars(), "reply_standard", "UTO", events, Date(2024, 3, 4));
  };
  CHECK(compute(agreement).confidence == "unverified");
  auto const fingerprint = [&](char const* key) { return fingerprint_of(*find_rule(agreement, key, Date(2024, 3, 4))); };
  std::vector<Confirmation> said = {{"reply_standard", fingerprint("reply_standard"), "Official Gazette 12", "page 3", "Ana Ruiz",
                                     "Luis Mora", Date(2024, 2, 1)}};
  auto const half = compute(with_confirmations(agreement, said));
  CHECK(half.confidence == "unverified");  // the extension is not confirmed
  CHECK(half.confirmed.size() == 1);
  said.push_back({"reply_ext_total_max", fingerprint("reply_ext_total_max"), "Official Gazette 12", "", "Ana Ruiz", "Luis Mora",
                  Date(2024, 2, 1)});
  auto const whole = compute(with_confirmations(agreement, said));
  CHECK(whole.confidence == "confirmed");
  CHECK(whole.value_confidence == "confirmed");
  CHECK(whole.due == compute(agreement).due);
  auto const labels = Labels::load(data / "languages");
  CHECK(render_doubts(labels, "en", whole).empty());
  auto const read = deadline_from_json(deadline_to_json(whole));
  REQUIRE(read.has_value());
  CHECK(deadline_to_json(*read) == deadline_to_json(whole));
  CHECK(render_sentence(labels, "en", *read)
            .find("The State has confirmed the rule “Reply”: on 1 February 2024 by Ana Ruiz and Luis "
                  "Mora, with the source Official Gazette 12, page 3.") != std::string::npos);
  CHECK(render_sentence(labels, "es", *read).find("Ana Ruiz y Luis Mora, con la fuente Official Gazette 12, page 3.") !=
        std::string::npos);
  // A rule that says something else is not confirmed by it.
  for (auto& rule : agreement.rules) {
    if (rule.key == "reply_standard") rule.value = 31;
  }
  CHECK(compute(with_confirmations(agreement, said)).confidence == "unverified");
}

TEST_CASE("the fingerprint of a rule changes with everything that a date is counted by, and with nothing else") {
  auto const rule = rule_of("reply_standard", 10, Unit::calendar_day);
  auto const same = fingerprint_of(rule);
  struct Row { char const* name; std::function<void(Rule&)> change; bool changes; };
  Row const rows[] = {
      {"value", [](Rule& one) { one.value = 11; }, true},
      {"unit", [](Rule& one) { one.unit = Unit::working_day; }, true},
      {"text", [](Rule& one) { one.text = "x"; }, true},
      {"start", [](Rule& one) { one.start = "acceptance"; }, true},
      {"another start", [](Rule& one) { one.start_also = {"term_over"}; }, true},
      {"back", [](Rule& one) { one.back = true; }, true},
      {"end", [](Rule& one) { one.end = EndAdjustment::next_working_day; }, true},
      {"then", [](Rule& one) { one.then_working_days = 1; }, true},
      {"request", [](Rule& one) { one.on_document_request = OnDocumentRequest::pauses; }, true},
      {"calendars", [](Rule& one) { one.calendars = {"other"}; }, true},
      {"from", [](Rule& one) { one.from = Date(2020, 1, 1); }, true},
      {"until", [](Rule& one) { one.until = Date(2020, 1, 1); }, true},
      {"date", [](Rule& one) { one.date = Date(2020, 1, 1); }, true},
      {"bound", [](Rule& one) { one.after_date = true; }, true},
      {"direction", [](Rule& one) { one.requested = "UTO"; }, true},
      {"person", [](Rule& one) { one.only_for = {"stateless"}; }, true},
      {"variant", [](Rule& one) { one.variants.push_back({"stateless", "", 3, Unit::month, ""}); }, true},
      {"of", [](Rule& one) { one.of = {"accel_reply"}; }, true},
      {"ended by", [](Rule& one) { one.ended_by = {"issue"}; }, true},
      {"note", [](Rule& one) { one.note = "x"; }, false},
      {"confidence", [](Rule& one) { one.confidence = "S"; }, false},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto other = rule;
    row.change(other);
    CHECK((fingerprint_of(other) != same) == row.changes);
  }
}
