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
  auto checklist = check_completeness(agreement, content, {"own_national"}, today);
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
  checklist = check_completeness(agreement, content, {"own_national"}, today);
  CHECK(checklist.is_complete);
  CHECK(item_of(checklist, "nationality_evidence").state == ItemState::present);
  CHECK(check_completeness(agreement, content, {"own_national"}, today, {{0}, {}}).is_complete ==
        false);  // the passport is false
  CHECK(check_completeness(agreement, content, {"third_country_national"}, today).items.size() == 9);
}

TEST_CASE("states, reasons and remedies of evidence have labels") {
  auto const labels = Labels::load(data / "languages");
  for (char const* key :
       {"reason.valid", "reason.expired_within_grace", "reason.expired", "reason.copy", "reason.authenticated_copy",
        "reason.found_false", "reason.not_listed", "enough.fill_in", "enough.exact_date", "enough.one_proof",
        "enough.more_prima_facie", "state.present", "state.weak", "state.missing", "result.none", "result.proof"}) {
    CHECK_MESSAGE(labels.has(std::string("evidence.") + key), key);
  }
}
