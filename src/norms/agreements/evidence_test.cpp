#include "norms/agreements/evidence.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "foundation/base/labels.hpp"

using namespace rcms;
using namespace rcms::agreements;
namespace json = boost::json;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

Agreements const& all() {
  static Agreements const loaded = load_agreements(data, load_calendars(data));
  return loaded;
}

Date const today(2026, 6, 1);

Document original(std::string type, char const* expires = "") {
  return {std::move(type), "original", {}, Date::parse(expires), false};
}

ChecklistItem const& item_of(Checklist const& checklist, std::string const& code) {
  for (auto const& item : checklist.items) {
    if (item.code == code) return item;
  }
  throw std::out_of_range(code);
}

}  // namespace

TEST_CASE("the strength of a document follows from agreement, type, dates and form (worked case 9)") {
  auto const& agreement = all().at("uto-xar-2019");
  struct Row { char const* name; Document document; Effect effect; char const* reason; };
  Row const rows[] = {
      {"valid passport", original("passport", "2030-01-01"), Effect::proof, "valid"},
      {"expired five months ago", original("passport", "2026-01-01"), Effect::proof, "expired_within_grace"},
      {"expired six months ago to the day", original("passport", "2025-12-01"), Effect::proof, "expired_within_grace"},
      {"expired seven months ago", original("passport", "2025-11-01"), Effect::prima_facie, "expired"},
      {"expires today", original("passport", "2026-06-01"), Effect::proof, "valid"},
      {"forged", {"passport", "original", {}, Date::parse("2030-01-01"), true}, Effect::none, "found_false"},
      {"copy of a passport", {"passport", "copy", {}, {}, false}, Effect::prima_facie, "copy"},
      {"form not said counts as copy", {"passport", "", {}, {}, false}, Effect::prima_facie, "copy"},
      {"copy of a driving licence", {"driving_licence", "copy", {}, {}, false}, Effect::initiates, "copy"},
      {"library card", original("library_card"), Effect::none, "not_listed"},
      {"a visa shows no nationality", original("visa"), Effect::none, "not_listed"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const result = assess_evidence(agreement, "nationality", {row.document}, today);
    CHECK(name_of(result.documents[0].effect) == name_of(row.effect));
    CHECK(result.documents[0].reason == row.reason);
  }
}

TEST_CASE("a rule may look at the day of issue") {
  auto const& protocol = all().at("uto-xar-protocol-2022");
  auto const effect = [&](std::optional<Date> issued) {
    return assess_evidence(protocol, "nationality", {{"identity_card", "original", issued, Date(2030, 1, 1), false}}, today)
        .result;
  };
  CHECK(effect(Date(2015, 1, 1)) == Effect::proof);
  CHECK(effect(Date(2009, 12, 31)) == Effect::prima_facie);
  CHECK(effect({}) == Effect::none);
}

TEST_CASE("the running result says what would be enough") {
  auto const& protocol = all().at("uto-xar-protocol-2022");
  auto const one = assess_evidence(protocol, "nationality", {original("birth_certificate")}, today);
  CHECK(one.result == Effect::prima_facie);
  CHECK_FALSE(one.enough);
  CHECK(one.prima_facie_missing == 1);
  CHECK(one.proof_types == std::vector<std::string>{"passport", "identity_card"});
  auto const two = assess_evidence(protocol, "nationality", {original("birth_certificate"), original("driving_licence")}, today);
  CHECK(two.enough);
  CHECK(two.prima_facie_missing == 0);
  auto const none = assess_evidence(protocol, "nationality", {}, today);
  CHECK(none.result == Effect::none);
  CHECK_FALSE(none.enough);
}

TEST_CASE("the checklist names what is there, weak and missing") {
  auto const& agreement = all().at("uto-xar-2019");
  auto content = json::parse(R"({"A_person":{"surname":"Luna","given_names":"Ana","sex":"F","nationality":"UTO","dob":"1987"},
    "D_evidence":{"nationality_evidence":[{"type":"statement_person","form":"original"}]}})");
  CaseFacts const own{"UTO", {"own_national"}};
  auto checklist = check_completeness(agreement, content, own, today);
  CHECK(item_of(checklist, "identity").state == ItemState::present);
  CHECK(item_of(checklist, "birth").state == ItemState::weak);
  CHECK(item_of(checklist, "birth").enough == "exact_date");
  CHECK(item_of(checklist, "photograph").state == ItemState::missing);
  CHECK(item_of(checklist, "photograph").paths == std::vector<std::string>{"A_person.photo"});
  CHECK(item_of(checklist, "nationality_evidence").state == ItemState::weak);
  CHECK(item_of(checklist, "nationality_evidence").enough == "one_proof");
  CHECK_FALSE(checklist.is_complete);
  CHECK(checklist.items.size() == 7);

  content.at("A_person").as_object()["photo"] = "0190163d-8694-739b-aea5-966c26f8ad91";
  content.at("D_evidence").as_object()["nationality_evidence"] =
      json::parse(R"([{"type":"passport","form":"original","expires_on":"2030-01-01"}])");
  checklist = check_completeness(agreement, content, own, today);
  CHECK(checklist.is_complete);
  CHECK(item_of(checklist, "nationality_evidence").state == ItemState::present);
  CHECK(check_completeness(agreement, content, own, today, {{0}, {}}).is_complete ==
        false);  // the passport is false
  CHECK(check_completeness(agreement, content, {"UTO", {"third_country_national"}}, today).items.size() == 8);
  for (auto const& item : check_completeness(agreement, content, {"UTO", {"third_country_national", "transit"}}, today).items) {
    for (auto const& path : item.paths) CHECK_FALSE(path.starts_with("E_tcn"));
    CHECK(item.code != "third_country_evidence");
  }
}

TEST_CASE("states, reasons and remedies of evidence have labels") {
  auto const labels = Labels::load(data / "languages");
  for (char const* key :
       {"reason.valid", "reason.expired_within_grace", "reason.expired", "reason.copy", "reason.authenticated_copy",
        "reason.found_false", "reason.not_listed", "reason.original", "reason.expired_not_said", "reason.copy_not_said",
        "reason.authenticated_copy_not_said", "reason.expiry_missing", "reason.issue_missing", "reason.issued_outside",
        "reason.other_ground", "reason.other_nationality", "lacking.form", "lacking.issued_on", "lacking.expires_on",
        "ground.entry", "ground.transit", "ground.residence", "ground.visa", "enough.fill_in", "enough.exact_date",
        "enough.one_proof",
        "enough.more_prima_facie", "enough.prima_facie_listed", "enough.not_known", "state.present", "state.weak",
        "state.missing", "result.none", "result.proof", "result.nationality.proof",
        "result.third_country.proof"}) {
    CHECK_MESSAGE(labels.has(std::string("evidence.") + key), key);
  }
}

TEST_CASE("what the agreement does not say is not known, and the reason says so") {
  struct Row {
    char const* name;
    char const* agreement;
    char const* requested;
    char const* purpose;
    Document document;
    Effect effect;
    Effect at_least;
    char const* reason;
    char const* lacking;
    char const* source;
  };
  auto const day = [](char const* text) { return Date::parse(text); };
  Row const rows[] = {
      {"expired, and the list is silent on it", "EU-PK", "PAK", "nationality", original("passport", "2020-01-01"), Effect::none,
       Effect::none, "expired_not_said", "", "EU-PK Annex 1"},
      {"a plain copy, and the list is silent on it", "EU-PK", "PAK", "nationality", {"passport", "copy", {}, {}, false},
       Effect::none, Effect::none, "copy_not_said", "", "EU-PK Annex 1"},
      {"an authenticated copy, and the list is silent on it", "EU-MD", "MDA", "third_country",
       {"visa", "authenticated_copy", {}, {}, false}, Effect::none, Effect::none, "authenticated_copy_not_said", "",
       "EU-MD Annex 3"},
      {"no last day given, and the list is silent on expired ones", "EU-PK", "PAK", "nationality", original("passport"),
       Effect::proof, Effect::none, "expiry_missing", "expires_on", "EU-PK Annex 1"},
      {"no last day given, and expired ones are presumptions", "CH-RS", "SRB", "nationality", original("passport"), Effect::proof,
       Effect::prima_facie, "expiry_missing", "expires_on", "CH-RS protocol art. 1"},
      {"no last day given, and it makes no difference", "uto-xar-2019", "UTO", "nationality", original("driving_licence"),
       Effect::prima_facie, Effect::prima_facie, "original", "", "UTO-XAR 2019 Annex 2"},
      {"a paper without last day", "uto-xar-2019", "UTO", "nationality", original("citizenship_certificate"), Effect::proof,
       Effect::proof, "original", "", "UTO-XAR 2019 Annex 1"},
      {"form not given", "uto-xar-2019", "UTO", "nationality", {"passport", "", {}, day("2030-01-01"), false},
       Effect::prima_facie, Effect::prima_facie, "copy", "form", "UTO-XAR 2019 Annex 1"},
      {"day of issue not given", "uto-xar-protocol-2022", "UTO", "nationality", original("identity_card", "2030-01-01"),
       Effect::none, Effect::none, "issue_missing", "issued_on", "UTO-XAR Protocol 2022 art. 3(1)"},
      {"a document of the other State is not on the list of this one", "CH-RS", "CHE", "nationality",
       {"passport", "original", day("1993-01-01"), day("2003-01-01"), false}, Effect::prima_facie, Effect::prima_facie, "expired",
       "", "CH-RS protocol art. 2"},
      {"no list is known", "CH-KW", "KWT", "nationality", original("passport", "2030-01-01"), Effect::none, Effect::none,
       "not_listed", "", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const result = assess_evidence(all().at(row.agreement), row.purpose, {row.document}, today, {row.requested, {}});
    auto const& found = result.documents.at(0);
    CHECK(name_of(found.effect) == name_of(row.effect));
    CHECK(name_of(found.at_least) == name_of(row.at_least));
    CHECK(found.reason == row.reason);
    CHECK((found.lacking.empty() ? "" : found.lacking[0]) == row.lacking);
    CHECK(found.source == row.source);
  }
  CHECK_FALSE(assess_evidence(all().at("CH-KW"), "nationality", {}, today).is_listed);
}

TEST_CASE("how long a document counts so") {
  auto const until = [&](char const* agreement, Document const& document) {
    return assess_evidence(all().at(agreement), "nationality", {document}, today).documents[0].until;
  };
  CHECK(until("uto-xar-2019", original("passport", "2026-01-01")) == Date(2026, 7, 1));
  CHECK(until("uto-xar-protocol-2022", original("passport", "2030-01-01")) == Date(2030, 1, 1));
  CHECK_FALSE(until("uto-xar-2019", original("driving_licence", "2030-01-01")));  // the same when it is over
  CHECK_FALSE(until("uto-xar-2019", {"passport", "copy", {}, Date(2030, 1, 1), false}));
  CHECK(day_that_counts("2026-02-03", today) == Date(2026, 2, 3));
  CHECK(day_that_counts("", today) == today);
}

TEST_CASE("presumptions are enough only where the agreement says so") {
  auto const licence = original("driving_licence");
  auto const said = assess_evidence(all().at("uto-xar-2019"), "nationality", {licence}, today);
  CHECK(said.enough);
  CHECK(said.surely_enough);
  CHECK(sufficiency_of(said) == "presumed");
  CHECK(said.source == "UTO-XAR 2019 art. 7(1)-(2)");
  auto const silent = assess_evidence(all().at("CH-RS"), "nationality", {licence}, today, {"SRB", {}});
  CHECK(silent.result == Effect::prima_facie);
  CHECK_FALSE(silent.enough);
  CHECK_FALSE(silent.is_number_known);
  CHECK(silent.prima_facie_missing == 0);
  CHECK(sufficiency_of(silent) == "not_said");
  CHECK(silent.source.empty());
  auto const doubtful = assess_evidence(all().at("EU-PK"), "nationality", {original("passport")}, today);
  CHECK(doubtful.enough);
  CHECK_FALSE(doubtful.surely_enough);
  CHECK(sufficiency_of(doubtful) == "if");
  CHECK(running_result(doubtful) == Effect::proof);
  auto const undated = assess_evidence(all().at("uto-xar-2019"), "nationality", {original("passport")}, today);
  CHECK(undated.result == Effect::proof);
  CHECK(running_result(undated) == Effect::prima_facie);  // expired or not, so much is certain
  CHECK(sufficiency_of(undated) == "presumed");
  CHECK(sufficiency_of(assess_evidence(all().at("EU-PK"), "nationality", {original("passport", "2030-01-01")}, today)) == "yes");
  CHECK(sufficiency_of(assess_evidence(all().at("EU-PK"), "nationality", {}, today)) == "no");
}

TEST_CASE("what would be enough is taken from the list: type, forms, how many, clause") {
  auto const way_of = [](EvidenceResult const& result, char const* type, Effect effect) {
    for (auto const& way : result.ways) {
      if (way.type == type && way.effect == effect) return way;
    }
    return EnoughWay{};
  };
  auto const& agreement = all().at("uto-xar-2019");
  auto const copy = assess_evidence(agreement, "nationality", {{"passport", "copy", {}, {}, false}}, today);
  CHECK(copy.ways.size() == 5);  // only proof leads further than a presumption that is enough
  auto const passport = way_of(copy, "passport", Effect::proof);
  CHECK(passport.forms == std::vector<std::string>{"original"});
  CHECK(passport.count == 1);
  CHECK(passport.presented);
  CHECK(passport.source == "UTO-XAR 2019 Annex 1");
  CHECK_FALSE(way_of(copy, "identity_card", Effect::proof).presented);

  auto const& protocol = all().at("uto-xar-protocol-2022");
  auto const one = assess_evidence(protocol, "nationality", {original("birth_certificate")}, today);
  CHECK(way_of(one, "birth_certificate", Effect::prima_facie).type.empty());  // it is there
  CHECK(way_of(one, "citizenship_certificate", Effect::prima_facie).count == 1);
  CHECK(way_of(one, "citizenship_certificate", Effect::prima_facie).forms ==
        std::vector<std::string>{"original", "authenticated_copy"});
  CHECK(way_of(one, "identity_card", Effect::proof).issued_from == Date(2010, 1, 1));
  auto const nothing = assess_evidence(protocol, "nationality", {}, today);
  CHECK(way_of(nothing, "citizenship_certificate", Effect::prima_facie).count == 2);
  CHECK(assess_evidence(protocol, "nationality", {original("passport", "2030-01-01")}, today).ways.empty());

  auto const serbia = assess_evidence(all().at("CH-RS"), "nationality", {}, today, {"SRB", {}});
  CHECK(way_of(serbia, "driving_licence", Effect::prima_facie).count == 0);  // it does not say how many
  CHECK(find_way(agreement, "nationality", "passport", "copy")->effect == Effect::prima_facie);
  CHECK(find_way(agreement, "nationality", "passport", "original")->effect == Effect::proof);
  CHECK_FALSE(find_way(agreement, "nationality", "visa", "original"));
}

TEST_CASE("the ground of a third-country national or stateless person is shown apart from nationality") {
  auto const& agreement = all().at("uto-xar-2019");
  CaseFacts const facts{"UTO", {"third_country_national", "stateless"}};
  auto const ground = [](EvidenceResult const& result, std::string const& name) {
    for (auto const& one : result.grounds) {
      if (one.ground == name) return one;
    }
    throw std::out_of_range(name);
  };
  std::vector<Document> const stamp_and_bill = {original("entry_stamp"), original("bill")};
  auto const entry = assess_evidence(agreement, "third_country", stamp_and_bill, today, facts, "entry");
  CHECK(entry.result == Effect::proof);
  CHECK(ground(entry, "entry").asked);
  CHECK(ground(entry, "entry").result == Effect::proof);
  CHECK(ground(entry, "residence").result == Effect::none);
  CHECK(entry.documents[1].reason == "other_ground");  // a bill shows a stay, not the entry
  CHECK(ground(entry, "transit").result == Effect::proof);
  auto const residence = assess_evidence(agreement, "third_country", stamp_and_bill, today, facts, "residence");
  CHECK(residence.result == Effect::none);
  CHECK_FALSE(residence.enough);
  CHECK(residence.ways.at(0).type == "residence_permit");
  CHECK(assess_evidence(agreement, "third_country", stamp_and_bill, today, facts).result == Effect::proof);

  auto const passport = assess_evidence(agreement, "nationality", {original("passport", "2030-01-01")}, today, facts);
  CHECK(passport.result == Effect::none);
  CHECK(passport.documents[0].reason == "other_nationality");
  CHECK(passport.ways.empty());
  CHECK(list_purposes(facts.conditions) == std::vector<std::string_view>{"third_country"});
  CHECK(list_purposes({"own_national"}) == std::vector<std::string_view>{"nationality"});
  CHECK(ground_of(json::parse(R"({"E_tcn":{"tcn_basis":"unlawful_entry"}})")) == "entry");
  CHECK(ground_of(json::parse(R"({"E_tcn":{"tcn_basis":"residence_permit"}})")) == "residence");
  CHECK(ground_of(json::parse("{}")).empty());
}

TEST_CASE("a visa is no residence permit, also where one line of the list names both") {
  for (auto const* agreement : {"EU-MD", "EU-PK"}) {
    CAPTURE(agreement);
    auto const visa = original("visa", "2030-01-01");
    CHECK(assess_evidence(all().at(agreement), "third_country", {visa}, today, {}, "visa").result >= Effect::evidence);
    CHECK(assess_evidence(all().at(agreement), "third_country", {visa}, today, {}, "residence").result == Effect::none);
  }
}
