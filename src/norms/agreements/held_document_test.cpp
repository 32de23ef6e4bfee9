#include "norms/agreements/held_document.hpp"

#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;

namespace {

Instant noon(Date day) { return Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000}; }

}  // namespace

TEST_CASE("who may travel with what, and why not") {
  auto const today = Date(2027, 6, 1);
  struct Row {
    char const* name;
    char const* agreement;
    char const* kind;
    char const* issuer;
    bool own;
    std::optional<Date> fallback;
    char const* refused;  ///< empty: it will do
    char const* field;
  };
  Row const rows[] = {
      {"a passport of a third State", "uto-xar-2019", "passport", "RUR", false, {}, "", ""},
      {"a passport that a national holds", "uto-xar-2019", "passport", "UTO", true, {}, "", ""},
      {"an identity card", "uto-xar-2019", "identity_card", "UTO", true, {}, "", ""},
      {"a title of the requested State", "uto-xar-2019", "residence_title", "UTO", false, {}, "", ""},
      {"a title of another State", "uto-xar-2019", "residence_title", "RUR", false, {}, "field_invalid", "issuer"},
      {"a title of a national", "uto-xar-2019", "residence_title", "UTO", true, {}, "field_invalid", "kind"},
      {"a document of the requesting State", "uto-xar-2019", "laissez_passer", "XAR", false, {}, "", ""},
      {"one of another State", "uto-xar-2019", "laissez_passer", "UTO", false, {}, "field_invalid", "issuer"},
      {"one for a national, who has to get theirs", "uto-xar-2019", "laissez_passer", "XAR", true, {}, "agreement_does_not_apply",
       "kind"},
      {"CH-XK: the requesting State issues", "CH-XK", "laissez_passer", "CHE", true, {}, "", ""},
      {"EU-LK: too early", "EU-LK", "laissez_passer", "DEU", true, Date(2027, 6, 2), "too_early", "kind"},
      {"EU-LK: nothing was ordered", "EU-LK", "laissez_passer", "DEU", true, {}, "too_early", "kind"},
      {"EU-LK: the fallback document", "EU-LK", "laissez_passer", "DEU", true, Date(2027, 6, 1), "", ""},
      {"no such kind", "uto-xar-2019", "library_card", "UTO", false, {}, "field_invalid", "kind"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const* agreement = find_agreement(world().agreements, row.agreement);
    REQUIRE(agreement != nullptr);
    auto const requested = std::string(row.agreement) == "CH-XK"   ? "RKS"
                           : std::string(row.agreement) == "EU-LK" ? "LKA"
                                                                   : "UTO";
    auto const requesting = std::string(row.agreement) == "CH-XK"   ? "CHE"
                            : std::string(row.agreement) == "EU-LK" ? "DEU"
                                                                    : "XAR";
    HeldDocument const document{row.kind, row.issuer, Date(2027, 5, 1), Date(2028, 5, 1)};
    auto const checked =
        check_held_document(*agreement, document, {requesting, requested, row.own, row.fallback}, today, Date(2027, 3, 1));
    CHECK((checked ? std::string() : std::string(name_of(checked.error().why))) == row.refused);
    if (!checked) CHECK(checked.error().field == row.field);
  }
}

TEST_CASE("a document that is over, from tomorrow or upside down is none to travel with") {
  auto const& agreement = *find_agreement(world().agreements, "uto-xar-2019");
  auto const today = Date(2027, 6, 1);
  struct Row {
    Date issued;
    Date expires;
    char const* field;  ///< empty: it will do
  };
  Row const rows[] = {{Date(2020, 1, 1), Date(2027, 6, 1), "expires_on"},
                      {Date(2027, 6, 2), Date(2028, 6, 1), "issued_on"},
                      {Date(2027, 5, 2), Date(2027, 5, 1), "expires_on"},
                      {Date(2027, 6, 1), Date(2027, 6, 2), ""}};
  for (auto const& row : rows) {
    CAPTURE(row.issued.text());
    auto const checked = check_held_document(agreement, {"passport", "RUR", row.issued, row.expires}, {"XAR", "UTO"}, today,
                                             Date(2027, 3, 1));
    CHECK((checked ? std::string() : checked.error().field) == row.field);
  }
}

TEST_CASE("EU-LK: 30 days after the order, or after the acceptance where no order is told, the fallback document may stand in") {
  auto const& agreement = *find_agreement(world().agreements, "EU-LK");
  auto const from = [&](std::vector<Event> events) {
    return fallback_from(agreement, world().calendars, "LKA", std::move(events), Date(2026, 1, 1));
  };
  CHECK(from({{"document_order", noon(Date(2026, 3, 2)), 0}}) == Date(2026, 4, 2));
  CHECK(from({{"acceptance", noon(Date(2026, 3, 2)), 0}}) == Date(2026, 4, 2));
  CHECK(from({{"acceptance", noon(Date(2026, 3, 2)), 0}, {"document_order", noon(Date(2026, 3, 10)), 0}}) == Date(2026, 4, 10));
  CHECK_FALSE(from({{"receipt", noon(Date(2026, 3, 2)), 0}}));
  auto const& none = *find_agreement(world().agreements, "uto-xar-2019");
  CHECK_FALSE(fallback_from(none, world().calendars, "UTO", {{"acceptance", noon(Date(2026, 3, 2)), 0}}, Date(2026, 1, 1)));
}
