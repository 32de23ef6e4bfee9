// Ranges of blanks, expiry, the register's list, keys and the trust bundle.
#include <doctest/doctest.h>

#include "capabilities/travel_documents/rules.hpp"
#include "capabilities/travel_documents/seal_keys.hpp"
#include "capabilities/travel_documents/stock.hpp"
#include "capabilities/travel_documents/trust_bundle.hpp"
#include "capabilities/travel_documents/trusted_states.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "engines/seal/verdict.hpp"
#include "foundation/base/text.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::travel_documents {
namespace {

TEST_CASE("a range is what stands on its first and last sheet") {
  auto const range = make_range("UE", "0000100", "0000199");
  REQUIRE(range.has_value());
  CHECK(range->received() == 100);
  CHECK(range->number(100) == "UE0000100");
  struct Row {
    char const* name;
    char const* series;
    char const* first;
    char const* last;
    char const* field;
  };
  for (auto const& row :
       {Row{"small letters", "ue", "0001", "0002", "series"}, Row{"no series", "", "000001", "000002", "series"},
        Row{"no digits", "UE", "00x1", "0002", "from"}, Row{"other width", "UE", "0001", "00002", "to"},
        Row{"backwards", "UE", "0002", "0001", "to"}, Row{"ten characters", "UEA", "0000001", "0000002", "from"},
        Row{"too many", "UE", "0000000", "0200000", "to"}, Row{"too short", "U", "0001", "0002", "from"}}) {
    CAPTURE(row.name);
    auto const refused = make_range(row.series, row.first, row.last);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().field == row.field);
  }
}

TEST_CASE("a sheet never comes back into the stock") {
  for (auto const from : all_blank_states) {
    CHECK_FALSE(may_become(from, BlankState::in_stock));
    CHECK(find_blank_state(name_of(from)) == from);
  }
  CHECK(may_become(BlankState::lost, BlankState::void_));
  CHECK_FALSE(may_become(BlankState::lost, BlankState::issued));
  CHECK_FALSE(may_become(BlankState::in_stock, BlankState::void_));
}

TEST_CASE("the last day comes from the agreement, or from the officer where it says nothing") {
  Date const today(2031, 8, 31);
  agreements::Agreement agreement;
  agreement.cited = "UTO-XAR 2031";
  agreements::Rule rule;
  rule.key = "td_validity";
  rule.article = "art. 5";
  rule.unit = agreements::Unit::month;
  CHECK(decide_expiry(&agreement, &rule, std::nullopt, today).error().why == Why::field_missing);
  CHECK(decide_expiry(&agreement, nullptr, 30, today) == Date(2031, 9, 30));
  CHECK(decide_expiry(nullptr, nullptr, 400, today).error().why == Why::limit_reached);
  rule.value = 6;
  CHECK(decide_expiry(&agreement, &rule, std::nullopt, today) == Date(2032, 2, 29));
  CHECK(decide_expiry(&agreement, &rule, 30, today) == Date(2031, 9, 30));
  CHECK(decide_expiry(&agreement, &rule, 183, today).error().source == "UTO-XAR 2031 art. 5");
  rule.unit = agreements::Unit::calendar_day;
  rule.value = 10;
  CHECK(decide_expiry(&agreement, &rule, std::nullopt, today) == Date(2031, 9, 10));
}

TEST_CASE("certificates name a country in two letters") {
  CHECK(certificate_country("GTM") == "GT");
  CHECK(certificate_country("MEX") == "MX");
  CHECK(certificate_country("UTO") == "UT");
  CHECK(certificate_country("XAR") == "XA");
}

TEST_CASE("keys are made once, kept in files that only their owner reads, and renewed after a year") {
  tests::TemporaryFolder folder;
  Date const day(2031, 2, 12);
  SealKeys keys(folder.path());
  auto const first = keys.signer("UTO", day);
  CHECK(first.name() == "UTS1");
  CHECK(keys.signer("UTO", day.plus_days(300)).certificate.der == first.certificate.der);
  SealKeys again(folder.path());
  CHECK(again.signer("UTO", day).certificate.der == first.certificate.der);
  auto const next = again.signer("UTO", day.plus_months(12));
  CHECK(next.certificate.serial != first.certificate.serial);
  CHECK(keys.signer("UTO", day.plus_months(12)).certificate.der == next.certificate.der);
  CHECK(keys.all({"UTO", "XAR"}).size() == 1);
  for (auto const& entry : std::filesystem::directory_iterator(folder.path() / "uto")) {
    auto const others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    CHECK((entry.status().permissions() & others) == std::filesystem::perms::none);
  }
}

TEST_CASE("a bundle is believed only as its authorities signed it, and grows old") {
  tests::TemporaryFolder folder;
  Date const day(2031, 2, 12);
  SealKeys keys(folder.path());
  auto const signer = keys.signer("UTO", day);
  auto const seals = keys.all({"UTO"});
  auto const text = render_trust_bundle(seals, {{"UTO", "UE0000007"}, {"XAR", "X1"}}, day);
  auto const trust = read_trust_bundle(text);
  REQUIRE_MESSAGE(trust.has_value(), trust.error().detail);
  CHECK(trust->signers.size() == 1);
  CHECK(trust->revoked_documents == std::set<std::string, std::less<>>{"UTO UE0000007"});
  CHECK(trust->next_update == day.plus_days(bundle_days));
  CHECK(read_trust_bundle(text, trust->authorities).has_value());

  auto changed = text;
  changed.replace(changed.find("UE0000007"), 9, "UE0000008");
  CHECK(read_trust_bundle(changed).error().why == Why::does_not_verify);
  tests::TemporaryFolder other;
  SealKeys forged(other.path());
  (void)forged.signer("UTO", day);
  auto const strange = render_trust_bundle(forged.all({"UTO"}), {}, day);
  CHECK(read_trust_bundle(strange, trust->authorities).error().why == Why::does_not_verify);
  for (auto const* broken : {"", "[]", "{}", R"({"format":"rcms-trust-1"})", R"({"format":"rcms-trust-1","parts":[1]})",
                             R"({"format":"rcms-trust-1","parts":[{"authority":"x","content":"{}","signature":""}]})"}) {
    CAPTURE(broken);
    CHECK_FALSE(read_trust_bundle(broken).has_value());
  }
}

TEST_CASE("another State is trusted once its fingerprint was named, and never by an older or a strange bundle") {
  tests::TemporaryFolder abroad;
  tests::TemporaryFolder here;
  Date const day(2031, 2, 12);
  SealKeys keys(abroad.path());
  auto const signer = keys.signer("UTO", day);
  auto const bundle = [&](Date on, std::vector<RevokedDocument> const& revoked) {
    return render_trust_bundle(keys.all({"UTO"}), revoked, on);
  };
  TrustedStates trusted(here.path() / "trusted");
  CHECK(trusted.list().empty());
  auto const unnamed = trusted.import(bundle(day, {}), {});
  REQUIRE(!unnamed.has_value());
  CHECK(unnamed.error().field == "authority");
  auto const fingerprint = fingerprint_of(keys.all({"UTO"})[0].authority);
  CHECK(unnamed.error().detail.find(fingerprint) != std::string::npos);
  CHECK(!trusted.import(bundle(day, {}), {std::string(64, '0')}).has_value());
  auto const first = trusted.import(bundle(day, {}), {upper_ascii(fingerprint)});
  REQUIRE_MESSAGE(first.has_value(), first.error().detail);
  CHECK(first->at(0).is_new);
  auto const later = trusted.import(bundle(day.plus_days(3), {{"UTO", "UE0000007"}}), {});
  REQUIRE(later.has_value());
  CHECK(!later->at(0).is_new);
  CHECK(later->at(0).revoked == 1);
  CHECK(trusted.import(bundle(day, {}), {}).error().detail.find("older") != std::string::npos);

  tests::TemporaryFolder other;
  SealKeys forged(other.path());
  (void)forged.signer("UTO", day);
  auto const strange = render_trust_bundle(forged.all({"UTO"}), {}, day.plus_days(9));
  CHECK(trusted.import(strange, {}).error().detail.find("another authority") != std::string::npos);
  CHECK(trusted.list().size() == 1);

  seal::TrustStore store;
  store.issued_on = day.plus_days(90);
  store.next_update = day.plus_days(120);
  trusted.add_to(store);
  CHECK(store.countries.at("UTO") == "UT");
  CHECK(store.revoked_documents.contains("UTO UE0000007"));
  CHECK(store.age_of("UTO").next_update == day.plus_days(3 + bundle_days));
  CHECK(store.age_of("XAR").next_update == day.plus_days(120));
  CHECK(store.issuers.at(0) == std::vector<std::size_t>{0});
  auto const given_on = render_trust_bundle({}, {}, day, trusted.parts());
  CHECK(read_trust_bundle(given_on)->signers.at(0).der == signer.certificate.der);
}

TEST_CASE("the authority of one State cannot speak for another") {
  tests::TemporaryFolder folder;
  SealKeys keys(folder.path());
  Date const day(2031, 2, 12);
  (void)keys.signer("UTO", day);
  auto seals = keys.all({"UTO"});
  seals[0].state = "XAR";
  auto const trust = read_trust_bundle(render_trust_bundle(seals, {}, day));
  REQUIRE(!trust.has_value());
  CHECK(trust.error().why == Why::does_not_verify);
  CHECK(certificate_country("D") == "DE");
}

TEST_CASE("a signer seals for a year and not a day longer") {
  tests::TemporaryFolder folder;
  SealKeys keys(folder.path());
  Date const day(2031, 2, 12);
  auto const signer = keys.signer("UTO", day).certificate;
  CHECK(is_sealing(signer, day));
  CHECK(!is_sealing(signer, day.plus_days(-1)));
  CHECK(seals_until(signer) == Date(2032, 2, 11));
  CHECK(is_sealing(signer, Date(2032, 2, 11)));
  CHECK(!is_sealing(signer, Date(2032, 2, 12)));
}

TEST_CASE("the lines of a zone are found in a text") {
  std::string const first = "PUUTONUNEZ<<PERLA<<<<<<<<<<<<<<<<<<<";
  std::string const second = "UE00000010UTO9005<<8F3108122<<<<<<<0";
  REQUIRE(first.size() == 36);
  CHECK(find_zone("Documento\n" + first + "\n\n " + second + " \nend") == first + "\n" + second);
  CHECK(find_zone(first + "\nbetween\n" + second).empty());
  CHECK(find_zone("").empty());
}

}  // namespace
}  // namespace rcms::travel_documents
