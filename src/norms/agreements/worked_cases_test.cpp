// The worked cases that every agreement must hold, from the data files. Cases 10 (a permit granted withdraws), 11 (words and file
// names that betray an asylum claim) and 12 (a family is not split) are of casework: tests/stories and norms/safeguards.
#include "norms/agreements/evidence.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;

TEST_CASE(
    "case 1, CH-AZ: 25 calendar days from the acknowledgement, a notice on day 24 adds 25, day 51 is over without consent") {
  auto const answered = answer(R"({"agreement":"CH-AZ","today":"2027-04-24","events":[
    {"type":"received","at":"2027-03-01T10:00"},{"type":"acknowledged","at":"2027-03-04T10:00"},
    {"type":"extension","at":"2027-03-28T10:00","days":25}]})");
  auto const& reply = deadline_of(answered, "reply_standard");
  CHECK(member(reply, "due") == "2027-04-23");
  CHECK(days_between(Date(2027, 3, 4), Date(2027, 4, 23)) == 50);
  CHECK(member(reply, "clause") == "CH-AZ art. 8(2)");
  CHECK(member(reply, "confidence") == "P");
  CHECK(member(reply, "state") == "over");
  CHECK(member(reply, "silence_effect") == "none");
  CHECK(silence_condition(world().agreements.at("CH-AZ"), Date(2027, 4, 24)) == "silence_is_nothing");
  auto const plain = answer(R"({"agreement":"ch-az","events":[{"type":"acknowledged","at":"2027-03-04"}]})");
  CHECK(member(deadline_of(plain, "reply_standard"), "due") == "2027-03-29");
}

TEST_CASE("case 2, CH-LK: a reasoned extension to 60 in total; on day 61 consent is deemed, to be confirmed") {
  auto const answered = answer(R"({"agreement":"CH-LK","today":"2027-05-04","events":[
    {"type":"acknowledged","at":"2027-03-04T10:00"},{"type":"extension","at":"2027-03-20T10:00","total_days":60}]})");
  auto const& reply = deadline_of(answered, "reply_standard");
  CHECK(member(reply, "due") == "2027-05-03");
  CHECK(member(reply, "state") == "over");
  CHECK(member(reply, "silence_effect") == "deemed_agreed");
  CHECK(member(reply, "silence").find("supervisor confirms") != std::string::npos);
  auto const added = answer(R"({"agreement":"CH-LK","events":[
    {"type":"acknowledged","at":"2027-03-04T10:00"},{"type":"extension","days":30}]})");
  CHECK(member(deadline_of(added, "reply_standard"), "due") == "2027-05-03");
}

TEST_CASE("case 3, CH-MD: fifteen calendar days end on a Saturday, one working day is added; nationality runs apart") {
  auto const answered = answer(R"({"agreement":"CH-MD","events":[{"type":"received","at":"2024-05-31T12:00"}]})");
  CHECK(member(deadline_of(answered, "reply_standard"), "due") == "2024-06-17");
  CHECK(member(deadline_of(answered, "nationality_deemed"), "due") == "2024-06-21");
  CHECK(member(deadline_of(answered, "nationality_deemed"), "confidence") == "unverified");  // the article names no start
  // The documents of one side are valid for longer than those of the other.
  char const* const issued = R"([{"type":"td_issued","at":"2027-03-01"}])";
  auto const moldovan = answer((std::string(R"({"agreement":"CH-MD","requested":"MDA","events":)") + issued + "}").c_str());
  auto const swiss = answer((std::string(R"({"agreement":"CH-MD","requested":"CHE","events":)") + issued + "}").c_str());
  CHECK(member(deadline_of(moldovan, "td_validity"), "due") == "2027-06-01");
  CHECK(member(deadline_of(swiss, "td_validity"), "due") == "2027-09-01");
}

TEST_CASE("case 4, CH-GM: interview by working day 60, document in ten working days, the sixth person on a charter is refused") {
  auto const answered = answer(R"({"agreement":"CH-GM","events":[{"type":"received","at":"2027-08-16T09:00"},
    {"type":"interview_reply","at":"2027-09-27T09:00"},{"type":"td_requested","at":"2027-11-08T09:00"}]})");
  CHECK(member(deadline_of(answered, "reply_standard"), "due") == "2027-09-27");      // 30 working days
  CHECK(member(deadline_of(answered, "reply_standard"), "state") == "met");
  CHECK(member(deadline_of(answered, "interview_deadline"), "due") == "2027-11-08");  // 30 more
  CHECK(member(deadline_of(answered, "td_issue"), "due") == "2027-11-22");
  auto const& agreement = world().agreements.at("CH-GM");
  CHECK(check_quota(agreement, "max_returnees_per_charter_month", 4, 1, Date(2027, 1, 1)).has_value());
  auto const sixth = check_quota(agreement, "max_returnees_per_charter_month", 5, 1, Date(2027, 1, 1));
  REQUIRE_FALSE(sixth.has_value());
  CHECK(sixth.error().why == Why::limit_reached);
  CHECK(sixth.error().source == "CH-GM art. 11(1)");
}

TEST_CASE(
    "case 5, CH-XK: after acceptance the document is produced by the requesting State; the other way by the requested one") {
  auto const& agreement = world().agreements.at("CH-XK");
  CHECK(document_issuer(agreement, "RKS", Date(2027, 1, 1)) == "requesting");
  CHECK(document_issuer(agreement, "CHE", Date(2027, 1, 1)) == "requested");
  CHECK(document_issuer(world().agreements.at("CH-AZ"), "AZE", Date(2027, 1, 1)) == "requested");
  std::vector<Event> const accepted = {{"acceptance", *Instant::parse("2027-03-01T10:00:00Z")}};
  auto const of_kosovo =
      compute_deadline(agreement, world().calendars, "td_issue", "RKS", accepted, Date(2027, 3, 1), {"RKS", {}});
  CHECK_FALSE(of_kosovo.has_value());
  auto const swiss = compute_deadline(agreement, world().calendars, "td_issue", "CHE", accepted, Date(2027, 3, 1), {"CHE", {}});
  REQUIRE(swiss.has_value());
  CHECK(swiss->due == Date(2027, 3, 4));
}

TEST_CASE("case 6, EU-LK: not acknowledged in 30 days, the fallback is allowed; practice is shown beside the treaty") {
  auto const silent = answer(R"({"agreement":"EU-LK","events":[{"type":"td_requested","at":"2027-03-01"}]})");
  auto const& fallback = deadline_of(silent, "td_fallback");
  CHECK(member(fallback, "due") == "2027-03-31");
  CHECK(member(fallback, "allowed_from") == "2027-04-01");
  CHECK(fallback.at("allowed").as_bool());
  auto const told = answer(R"({"agreement":"EU-LK","events":[{"type":"td_requested","at":"2027-03-01"},
    {"type":"td_acknowledged","at":"2027-03-20"},{"type":"td_issued","at":"2027-04-01"}]})");
  CHECK_FALSE(deadline_of(told, "td_fallback").at("allowed").as_bool());
  auto const& validity = deadline_of(told, "td_validity");
  CHECK(member(validity, "due") == "2027-10-01");
  CHECK(member(validity.at("practice").as_object(), "due") == "2027-05-01");
  CHECK(member(validity.at("practice").as_object(), "confidence") == "S");
}

TEST_CASE("case 7, EU-PK: entered before the cut-off, the agreement does not apply") {
  auto const answered =
      answer(R"({"agreement":"EU-PK","entered":"2009-05-01","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK_FALSE(answered.at("applies").as_bool());
  CHECK(answered.at("deadlines").as_array().empty());
  auto const& agreement = world().agreements.at("EU-PK");
  CHECK_FALSE(check_applies(agreement, "EUE", "PAK", Date(2027, 1, 1), Date(2010, 12, 1)).has_value());
  CHECK(check_applies(agreement, "EUE", "PAK", Date(2027, 1, 1), Date(2010, 12, 2)).has_value());
  CHECK_FALSE(check_applies(agreement, "EUE", "PAK", Date(2010, 11, 30)).has_value());
}

TEST_CASE("case 8, EU-BD: no reply limit is configured, and the answer says so") {
  auto const answered = answer(R"({"agreement":"EU-BD","events":[{"type":"received","at":"2027-03-01"}]})");
  CHECK(answered.at("deadlines").as_array().empty());
  REQUIRE(answered.at("unknown").as_array().size() == 1);
  CHECK(member(answered.at("unknown").as_array()[0].as_object(), "kind") == "reply_standard");
  CHECK(member(answered.at("unknown").as_array()[0].as_object(), "why").find("only the age") != std::string::npos);
}

TEST_CASE("case 9, CH-AZ: a passport expired five months ago is proof, seven months prima facie, a forged one nothing") {
  auto const& agreement = world().agreements.at("CH-AZ");
  Date const today(2027, 6, 1);
  struct Row { char const* name; char const* expires; bool forged; Effect effect; };
  Row const rows[] = {{"five months", "2027-01-01", false, Effect::proof},
                      {"six months to the day", "2026-12-01", false, Effect::proof},
                      {"seven months", "2026-11-01", false, Effect::prima_facie},
                      {"forged", "2030-01-01", true, Effect::none}};
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const result =
        assess_evidence(agreement, "nationality", {{"passport", "original", {}, Date::parse(row.expires), row.forged}}, today);
    CHECK(name_of(result.result) == name_of(row.effect));
  }
}

TEST_CASE("third-country nationals are covered only from the day that the agreement names") {
  auto const& agreement = world().agreements.at("CH-AZ");
  CHECK(third_country_from(agreement, Date(2027, 1, 1)) == Date(2020, 4, 1));
  Conditions const foreign = {"third_country_national"};
  CHECK_FALSE(check_applies(agreement, "CHE", "AZE", Date(2019, 1, 1), {}, foreign).has_value());
  CHECK(check_applies(agreement, "CHE", "AZE", Date(2019, 1, 1), {}, {"own_national"}).has_value());
  CHECK(third_country_from(world().agreements.at("EU-TR"), Date(2027, 1, 1)) == Date(2017, 10, 1));
  CHECK_FALSE(check_applies(world().agreements.at("NO-PK"), "NOR", "PAK", Date(2027, 1, 1)).has_value());
  CHECK_FALSE(check_applies(world().agreements.at("CH-VN"), "VNM", "CHE", Date(2027, 1, 1)).has_value());
  CHECK(check_applies(world().agreements.at("CH-VN"), "CHE", "VNM", Date(2027, 1, 1)).has_value());
}

TEST_CASE("lists of evidence: dates of issue, copies, expired documents, the State that issued") {
  struct Row { char const* name; char const* agreement; char const* requested; Document document; char const* effect; };
  Date const today(2027, 6, 1);
  auto const day = [](char const* text) { return Date::parse(text); };
  Row const rows[] = {
      {"card after 2000", "CH-RS", "SRB", {"identity_card", "original", day("2005-01-01"), {}, false}, "proof"},
      {"card of 1995", "CH-RS", "SRB", {"identity_card", "original", day("1995-01-01"), {}, false}, "prima_facie"},
      {"passport of 1993, Serbia", "CH-RS", "SRB", {"passport", "copy", day("1993-01-01"), {}, false}, "prima_facie"},
      {"expired passport", "EU-MK", "MKD", {"passport", "original", {}, day("2020-01-01"), false}, "prima_facie"},
      {"valid passport", "EU-MK", "MKD", {"passport", "original", {}, day("2030-01-01"), false}, "proof"},
      {"copy of a passport", "EU-MD", "MDA", {"passport", "copy", {}, {}, false}, "prima_facie"},
      {"authenticated copy", "EU-PK", "PAK", {"passport", "authenticated_copy", {}, {}, false}, "initiates"},
      {"plain copy", "EU-PK", "PAK", {"passport", "copy", {}, {}, false}, "none"},
      {"fingerprints", "EU-PK", "PAK", {"fingerprints", "original", {}, {}, false}, "initiates"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const result = assess_evidence(world().agreements.at(row.agreement), "nationality", {row.document}, today,
                                        {row.requested, {}});
    CHECK(name_of(result.result) == row.effect);
  }
  auto const stamp = assess_evidence(world().agreements.at("EU-PK"), "third_country",
                                     {{"entry_stamp", "original", {}, {}, false}}, today, {"PAK", {}});
  CHECK(stamp.result == Effect::evidence);
  CHECK_FALSE(stamp.enough);
}
