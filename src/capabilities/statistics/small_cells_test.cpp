#include "capabilities/statistics/small_cells.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::statistics;

namespace {

DocumentCell count(double value) { return {value, Measure::count}; }

/// What the table says, cell by cell, without the names of the rows.
std::string words_of(ReportDocument const& document, Labels const& labels, std::string_view table) {
  std::string words;
  for (auto const& row : document.table(table).rows) {
    for (std::size_t i = 1; i < row.size(); ++i) words += show(labels, "en", row[i]) + "|";
  }
  return words;
}

}  // namespace

TEST_CASE("few people are not told outside, nor by difference, nor by their rate") {
  auto const labels = Labels::load(std::filesystem::path(RCMS_SOURCE_DIR) / "data/languages");
  struct Row {
    char const* name;
    char const* table;
    std::vector<double> counts;
    char const* words;
  };
  for (auto const& row : {Row{"all large", "sex", {12, 30}, "12|30|"},
                          Row{"zero says nobody", "sex", {0, 30}, "0|30|"},
                          Row{"one small: the next smallest too", "sex", {3, 9, 30}, "fewer than 5|withheld|30|"},
                          Row{"two small: no difference tells", "sex", {3, 1, 30}, "fewer than 5|fewer than 5|30|"},
                          Row{"alone", "sex", {2}, "fewer than 5|"},
                          Row{"totals stay", "figures", {3, 9}, "3|9|"}}) {
    CAPTURE(row.name);
    ReportDocument document;
    document.language = "en";
    DocumentTable table{row.table, {}, {{"key", {}, {}}, {"value", {}, {}}}, {}, {}};
    for (auto const one : row.counts) table.rows.push_back({{std::string("a"), Measure::text}, count(one)});
    document.tables.push_back(table);
    suppress_small_cells(document, labels);
    CHECK(words_of(document, labels, row.table) == row.words);
  }
  ReportDocument document;
  document.language = "en";
  document.tables.push_back({"sex", {}, {{"key", {}, {}}, {"received", {}, {}}, {"rate", {}, {}}}, {}, {}});
  document.tables[0].rows = {{{std::string("F"), Measure::text}, count(2), {50.0, Measure::percent}},
                             {{std::string("M"), Measure::text}, count(1), {100.0, Measure::percent}},
                             {{std::string("X"), Measure::text}, count(40), {10.0, Measure::percent}}};
  suppress_small_cells(document, labels);
  CHECK(words_of(document, labels, "sex") == "fewer than 5|withheld|fewer than 5|withheld|40|10 %|");
}
