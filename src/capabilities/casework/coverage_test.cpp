#include "capabilities/casework/coverage.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::casework;

namespace {

case_files::Norms const& norms() {
  static case_files::Norms const loaded = case_files::load_norms(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  return loaded;
}

boost::json::value content_of(char const* nationality, char const* entered) {
  boost::json::object content{{"A_person", boost::json::object{{"nationality", nationality}}}};
  if (*entered != '\0') content["internal"] = boost::json::object{{"entered_on", entered}};
  return content;
}

}  // namespace

TEST_CASE(
    "case 7: whoever entered before the cut-off, or is of a kind that is not covered, is told at the field, with a remedy") {
  using forms::Demand;
  struct Row {
    char const* name;
    char const* agreement;
    char const* requested;
    char const* nationality;
    char const* entered;
    Demand demand;
    char const* field;  // nullptr: nothing is wrong
    Why why;
  };
  Row const rows[] = {
      {"entered in 2009", "EU-PK", "PAK", "PAK", "2009-05-01", Demand::draft, "internal.entered_on",
       Why::agreement_does_not_apply},
      {"on the day itself", "EU-PK", "PAK", "PAK", "2010-12-01", Demand::complete, "internal.entered_on",
       Why::agreement_does_not_apply},
      {"the day after", "EU-PK", "PAK", "PAK", "2010-12-02", Demand::complete, nullptr, {}},
      {"a draft may leave the entry open", "EU-PK", "PAK", "PAK", "", Demand::draft, nullptr, {}},
      {"what leaves may not", "EU-PK", "PAK", "PAK", "", Demand::complete, "internal.entered_on", Why::field_missing},
      {"no cut-off, no question", "EU-LK", "LKA", "LKA", "", Demand::complete, nullptr, {}},
      {"own national", "EU-ET", "ETH", "ETH", "", Demand::complete, nullptr, {}},
      {"third-country national", "EU-ET", "ETH", "SOM", "", Demand::draft, "A_person.nationality", Why::agreement_does_not_apply},
      {"stateless", "EU-ET", "ETH", "XXA", "", Demand::draft, "A_person.nationality", Why::agreement_does_not_apply},
      {"nationality open", "EU-ET", "ETH", "", "", Demand::complete, "A_person.nationality", Why::field_missing},
      {"not in force", "NO-PK", "PAK", "PAK", "", Demand::draft, "agreement", Why::agreement_does_not_apply},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    std::string const requesting = std::string(row.agreement) == "NO-PK" ? "NOR" : "EUE";
    auto const found = check_coverage(norms(), row.agreement, {}, requesting, row.requested,
                                      content_of(row.nationality, row.entered), row.demand, Date(2027, 1, 1));
    if (row.field == nullptr) {
      CHECK(found.empty());
      continue;
    }
    REQUIRE(found.size() == 1);
    CHECK(found[0].why == row.why);
    CHECK(found[0].field == row.field);
    CHECK_FALSE(found[0].detail.empty());
    CHECK_FALSE(found[0].source.empty());
    if (row.why == Why::agreement_does_not_apply) CHECK(found[0].detail.find("choose another agreement") != std::string::npos);
  }
}

TEST_CASE("a transit is of no national of the State that is crossed, stands alone, and ends in a third State") {
  struct Row {
    char const* name;
    char const* nationality;
    boost::json::array flags;
    char const* destination;
    char const* field;  // nullptr: nothing is wrong
  };
  Row const rows[] = {
      {"of a third State to a third State", "BOL", {"transit"}, "BOL", nullptr},
      {"of a stateless person", "XXA", {"transit"}, "BOL", nullptr},
      {"of a national", "UTO", {"transit"}, "BOL", "header.procedure_flags"},
      {"accelerated", "BOL", {"transit", "accelerated"}, "BOL", "header.procedure_flags"},
      {"asked with an interview", "BOL", {"interview", "transit"}, "BOL", "header.procedure_flags"},
      {"that ends where it begins", "BOL", {"transit"}, "XAR", "transit.transit_request.destination"},
      {"that ends where it passes", "BOL", {"transit"}, "UTO", "transit.transit_request.destination"},
      {"a readmission names no destination", "UTO", {}, "UTO", nullptr},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    boost::json::object const asked{{"destination", row.destination}};
    boost::json::value const content = {{"A_person", boost::json::object{{"nationality", row.nationality}}},
                                        {"header", boost::json::object{{"procedure_flags", row.flags}}},
                                        {"transit", boost::json::object{{"transit_request", asked}}}};
    auto const findings =
        check_coverage(norms(), "uto-xar-2019", "", "XAR", "UTO", content, forms::Demand::draft, Date(2031, 1, 30));
    CHECK((row.field == nullptr) == findings.empty());
    if (row.field != nullptr && !findings.empty()) {
      CHECK(findings.front().field == row.field);
      CHECK(findings.front().why == Why::field_invalid);
    }
  }
}
