#include "capabilities/statistics/small_cells.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace rcms::statistics {

namespace {

constexpr std::string_view tables_of_people[] = {"partner", "agreement", "sex", "age_group", "ages", "refusals"};

double const* count_in(DocumentCell const& cell) {
  return cell.measure == Measure::count ? std::get_if<double>(&cell.value) : nullptr;
}

class Suppressing {
 public:
  Suppressing(DocumentTable& table, std::string fewer, std::string withheld)
      : table_(table), fewer_(std::move(fewer)), withheld_(std::move(withheld)) {}

  void run() {
    hide_small();
    for (std::size_t column = 1; column < table_.columns.size(); ++column) hide_difference(column);
    hide_what_follows();
  }

 private:
  void hide(std::size_t row, std::size_t column, std::string const& words) {
    table_.rows[row][column].value = words;
    hidden_.insert({row, column});
  }

  void hide_small() {
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
      for (std::size_t column = 1; column < table_.rows[row].size(); ++column) {
        auto const* count = count_in(table_.rows[row][column]);
        if (count != nullptr && *count > 0 && *count <= small_cell) hide(row, column, fewer_);
      }
    }
  }

  /// One hidden count of a column is its total less the others: a second one is withheld.
  void hide_difference(std::size_t column) {
    std::size_t hidden = 0;
    std::size_t smallest = table_.rows.size();
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
      hidden += hidden_.contains({row, column}) ? 1 : 0;
      auto const* count = count_in(table_.rows[row][column]);
      if (count == nullptr || *count == 0) continue;
      if (smallest == table_.rows.size() || *count < *count_in(table_.rows[smallest][column])) smallest = row;
    }
    if (hidden == 1 && smallest < table_.rows.size()) hide(smallest, column, withheld_);
  }

  /// Rates and times of few people say what their count would.
  void hide_what_follows() {
    std::set<std::size_t> rows;
    for (auto const& cell : hidden_) rows.insert(cell.first);
    for (auto const row : rows) {
      for (std::size_t column = 1; column < table_.rows[row].size(); ++column) {
        auto& cell = table_.rows[row][column];
        if (cell.measure != Measure::count && std::holds_alternative<double>(cell.value)) cell.value = withheld_;
      }
    }
  }

  DocumentTable& table_;
  std::string fewer_;
  std::string withheld_;
  std::set<std::pair<std::size_t, std::size_t>> hidden_;
};

}  // namespace

void suppress_small_cells(ReportDocument& document, Labels const& labels) {
  auto const fewer = labels.text(document.language, "reports.fewer_than", {{"n", std::to_string(small_cell + 1)}});
  auto const withheld = labels.text(document.language, "reports.withheld");
  for (auto& table : document.tables) {
    auto const end = std::end(tables_of_people);
    if (std::find(std::begin(tables_of_people), end, table.id) != end) Suppressing(table, fewer, withheld).run();
  }
}

}  // namespace rcms::statistics
