#include "norms/agreements/law.hpp"

#include <fstream>
#include <functional>

#include "norms/agreements/difference.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;

namespace {

Agreement with_days(int days) {
  auto agreement = world().agreements.at("uto-xar-2019");
  for (auto& rule : agreement.rules) {
    if (rule.key == "reply_standard") rule.value = days;
  }
  return agreement;
}

int days_of(Agreement const* agreement) { return *find_rule(*agreement, "reply_standard", Date(2031, 1, 1))->value; }

}  // namespace

TEST_CASE("a case has the version of its submission, a new case the newest, one from before all versions the first") {
  Law law;
  CHECK(law.find("uto-xar-2019") == nullptr);
  CHECK(law.list().empty());
  law.put_in_force({{"uto-xar-2019",
                     {{1, Date(2030, 1, 1), "a", with_days(30)}, {2, Date(2031, 1, 1), "b", with_days(40)},
                      {3, Date(2031, 1, 1), "c", with_days(41)}, {4, Date(2032, 1, 1), "d", with_days(50)}}}},
                   {});
  struct Row { char const* name; std::optional<Date> on; int days; };
  Row const rows[] = {{"before all", Date(2029, 1, 1), 30},        {"first", Date(2030, 6, 1), 30},
                      {"the day before", Date(2030, 12, 31), 30},  {"two of one day: the later one", Date(2031, 1, 1), 41},
                      {"last", Date(2040, 1, 1), 50},              {"no day: the newest", {}, 50}};
  for (auto const& row : rows) {
    CAPTURE(row.name);
    CHECK(days_of(law.find("uto-xar-2019", row.on)) == row.days);
    CHECK(days_of(&law.find_version("uto-xar-2019", row.on)->content) == row.days);
  }
  CHECK(law.list().size() == 1);
  // What a thread holds stays good when another law comes in force.
  auto const* held = law.find("uto-xar-2019");
  law.put_in_force({}, {});
  CHECK(days_of(held) == 50);
  CHECK(law.find("uto-xar-2019") == nullptr);
}

TEST_CASE("what one State has confirmed holds for that State and for every version that says the same") {
  auto uncertain = with_days(30);
  for (auto& rule : uncertain.rules) {
    if (rule.key == "reply_standard") rule.confidence = "unverified";
  }
  auto other = uncertain;
  for (auto& rule : other.rules) {
    if (rule.key == "reply_standard") rule.value = 31;
  }
  auto const* rule = find_rule(uncertain, "reply_standard", Date(2031, 1, 1));
  Confirmation const said{"reply_standard", fingerprint_of(*rule), "Gazette", "", "A", "B", Date(2030, 1, 1)};
  Law law;
  law.put_in_force({{"uto-xar-2019", {{1, {}, "a", uncertain}, {2, Date(2031, 6, 1), "b", other}}}},
                   {{"XAR", {{"uto-xar-2019", {said}}, {"gone", {said}}}}});
  auto const confidence = [&](std::optional<Date> on, char const* party) {
    return confidence_of_value(*find_rule(*law.find("uto-xar-2019", on, party), "reply_standard", Date(2031, 1, 1)));
  };
  CHECK(confidence(Date(2031, 1, 1), "XAR") == "confirmed");
  CHECK(confidence(Date(2031, 1, 1), "UTO") == "unverified");
  CHECK(confidence(Date(2031, 1, 1), "") == "unverified");
  CHECK(confidence(Date(2031, 6, 1), "XAR") == "unverified");
  CHECK(law.list("XAR").size() == 1);
}

TEST_CASE("the hash of the law changes with the law, not with its words") {
  auto const agreement = world().agreements.at("CH-AZ");
  auto const same = hash_of_law(agreement);
  struct Row { char const* name; std::function<void(Agreement&)> change; bool changes; };
  Row const rows[] = {
      {"title", [](Agreement& one) { one.titles["en"] = "x"; }, false},
      {"note", [](Agreement& one) { one.rules[0].note = "x"; }, false},
      {"translation", [](Agreement& one) { one.rules[0].note_in["es"] = "x"; }, false},
      {"source", [](Agreement& one) { one.source = "x"; }, false},
      {"examples", [](Agreement& one) { one.examples.clear(); }, false},
      {"value", [](Agreement& one) { one.rules[0].value = 3; }, true},
      {"clause", [](Agreement& one) { one.rules[0].article = "art. 99"; }, true},
      {"confidence", [](Agreement& one) { one.rules[0].confidence = "S"; }, true},
      {"start confidence", [](Agreement& one) { one.rules[0].start_confidence = "unverified"; }, true},
      {"a rule less", [](Agreement& one) { one.rules.pop_back(); }, true},
      {"zone", [](Agreement& one) { one.authorities[0].zone = "Europe/Rome"; }, true},
      {"calendar region", [](Agreement& one) { one.authorities[0].region = "VS"; }, true},
      {"entry into force", [](Agreement& one) { one.in_force_from = Date(2017, 4, 2); }, true},
      {"end", [](Agreement& one) { one.in_force_until = Date(2040, 1, 1); }, true},
      {"covers", [](Agreement& one) { one.covers = {"own_national"}; }, true},
      {"evidence", [](Agreement& one) { one.evidence[0].expired_grace_months = 7; }, true},
      {"enough", [](Agreement& one) { one.enough.prima_facie = 3; }, true},
      {"what may leave",
       [](Agreement& one) {
         one.agreed_fields.push_back({"A_person.photo", "art. 1"});
       },
       true},
      {"practice",
       [](Agreement& one) {
         one.practices.push_back({"td_validity", "1", "month", "x", "S", "", {}, {}});
       },
       true},
      {"checklist",
       [](Agreement& one) {
         one.checklist.push_back({"identity", "field", {}, "", false, {}, true, "art. 1"});
       },
       true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto other = agreement;
    row.change(other);
    CHECK((hash_of_law(other) != same) == row.changes);
  }
  auto calendars = world().calendars;
  auto const days = hash_of_calendars(calendars);
  CHECK(hash_of_calendars(calendars) == days);
  Holiday mourning;
  mourning.dates = {Date(2031, 3, 3)};
  calendars.at("UTO").holidays.push_back(mourning);
  index_days(calendars.at("UTO"));
  CHECK(hash_of_calendars(calendars) != days);
}

TEST_CASE("two agreements are compared rule by rule: the same, the same with another clause, another, absent") {
  auto const& left = world().agreements.at("CH-AZ");
  auto const& right = world().agreements.at("CH-KZ");
  auto const find = [](std::vector<RuleDifference> const& all, char const* key) {
    for (auto const& each : all) {
      if (each.key == key) return each;
    }
    FAIL("no such rule");
    return RuleDifference{};
  };
  auto const all = compare_agreements(left, right, Date(2027, 1, 1));
  CHECK_FALSE(find(all, "reply_standard").same_law);
  CHECK(find(all, "silence_effect").same_law);
  CHECK_FALSE(find(all, "silence_effect").same);
  CHECK_FALSE(find(all, "error_window_own").right.has_value());
  for (auto const& each : compare_agreements(left, left, Date(2027, 1, 1))) CHECK(each.same);
  auto const words = render_differences(world().labels, "es", left, right, Date(2027, 1, 1));
  CHECK(words.find(
            "≠ Respuesta\n    CH-AZ: 25 días naturales desde el acuse de recibo [art. 8(2)] (texto leído)\n    CH-KZ: 15 días") !=
        std::string::npos);
  CHECK(words.find("no hay tal regla") != std::string::npos);
  CHECK(words.find("[agreements") == std::string::npos);
}

TEST_CASE("a file that does not hold keeps no other from being read, and every reason has its place") {
  auto const folder = std::filesystem::temp_directory_path() / "rcms-law-for-test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "agreements");
  std::filesystem::create_directory_symlink(data / "schema", folder / "schema");
  for (char const* name : {"ch-az.toml", "ch-kz.toml"})
    std::filesystem::copy_file(data / "agreements" / name, folder / "agreements" / name);
  CHECK(read_agreement_files(folder, world().calendars).good.size() == 2);
  std::ofstream(folder / "agreements/ch-kz.toml", std::ios::app) << "\n[[rule]]\nkey = \"reply\"\nconfidence = \"P\"\n";
  std::filesystem::copy_file(data / "agreements/ch-lk.toml", folder / "agreements/ch-xx.toml");
  auto const read = read_agreement_files(folder, world().calendars);
  REQUIRE(read.good.size() == 1);
  CHECK(read.good[0].agreement.code == "CH-AZ");
  CHECK_FALSE(read.good[0].text.empty());
  REQUIRE(read.refused.size() == 2);
  CHECK(read.refused[0].reasons.at(0).find("ch-kz.toml") != std::string::npos);
  CHECK(read.refused[0].reasons.at(0).find("line ") != std::string::npos);
  CHECK(read.refused[1].reasons.at(0).find("another code than its file") != std::string::npos);
  std::filesystem::remove_all(folder);
}
