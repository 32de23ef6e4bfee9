// Tables of a report: widths of their columns, what is kept together on a page, tables beside each other.
#include <algorithm>
#include <numeric>

#include "foundation/base/text.hpp"
#include "foundation/pages/flow.hpp"

namespace rcms {
namespace {

constexpr double padding_mm = 1.4;
constexpr double after_title_mm = 1.6;
constexpr double after_table_mm = 4;

using Row = std::vector<std::string>;

/// Where a table is set and how wide its columns are there.
class TableSetter {
 public:
  TableSetter(Report::Flow& flow, Table const& table) : flow_(flow), table_(table) {
    auto const widths = column_widths();
    double left = 0;
    for (auto const width : widths) {
      places_.push_back({left, width});
      left += width;
    }
  }

  /// All of it, with the title and what follows it.
  double height() const {
    double height = title_height() + after_table_mm + height_of(titles(), Weight::bold);
    for (auto const& row : table_.rows) height += height_of(row, Weight::normal);
    return height + total_height();
  }

  /// What has to stand together where it begins.
  double lead() const {
    auto const whole = height();
    if (whole <= kept_whole_mm || table_.rows.size() < rows_before_break + rows_after_break) return whole - after_table_mm;
    double begin = title_height() + height_of(titles(), Weight::bold);
    for (std::size_t i = 0; i < rows_before_break; ++i) begin += height_of(table_.rows[i], Weight::normal);
    return begin;
  }

  void run() {
    flow_.need(std::min(lead(), flow_.page_height()));
    set_title();
    set_titles();
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      bool const is_last_pair = i + rows_after_break == table_.rows.size() && i > 0;
      set(table_.rows[i], Weight::normal, Colour::hex(i % 2 == 1 ? 0xF4F6F8 : 0xFFFFFF), is_last_pair ? rest_height(i + 1) : 0);
    }
    if (!table_.total.empty()) set(table_.total, Weight::bold, Colour::hex(0xE6EBF0), 0);
    flow_.canvas().line({flow_.left(), flow_.y()}, {flow_.left() + flow_.width(), flow_.y()}, {Colour::hex(0x9AA5B1), 0.2});
    flow_.down(after_table_mm);
  }

 private:
  static constexpr std::size_t rows_before_break = 3;
  static constexpr std::size_t rows_after_break = 2;

  Row titles() const {
    Row row;
    for (auto const& column : table_.columns) row.push_back(column.title);
    return row;
  }

  /// The widest cell of a column, or its widest word; of the title always its widest word.
  double widest(std::size_t column, bool of_words) const {
    auto style = flow_.style(table_.size_pt, Weight::bold);
    double widest = 0;
    auto const measure = [&](std::string const& text, bool by_word) {
      if (!by_word) widest = std::max(widest, flow_.canvas().measure(text, style).width_mm);
      for (auto const& word : by_word ? split(text, ' ') : std::vector<std::string>())
        widest = std::max(widest, flow_.canvas().measure(word, style).width_mm);
    };
    measure(table_.columns[column].title, true);
    style.weight = Weight::normal;
    for (auto const& row : table_.rows) {
      if (column < row.size()) measure(row[column], of_words);
    }
    return widest + 2 * padding_mm + 0.3;
  }

  /// Columns that are not broken as wide as they want; the others by their shares, but none narrower than its widest word.
  std::vector<double> column_widths() const {
    std::vector<double> least(table_.columns.size());
    for (std::size_t i = 0; i < least.size(); ++i) least[i] = widest(i, !table_.columns[i].is_whole);
    bool const has_room = std::accumulate(least.begin(), least.end(), 0.0) <= flow_.width();
    std::vector<double> widths(least.size(), 0);
    std::vector<bool> is_set(least.size(), false);
    for (std::size_t i = 0; has_room && i < widths.size(); ++i) is_set[i] = table_.columns[i].is_whole;
    for (bool again = true; again;) {
      double left = flow_.width();
      double shares = 0;
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if (is_set[i]) left -= least[i];
        else shares += table_.columns[i].share;
      }
      again = false;
      for (std::size_t i = 0; i < widths.size(); ++i) {
        widths[i] = is_set[i] ? least[i] : left * table_.columns[i].share / shares;
        if (!has_room || is_set[i] || widths[i] >= least[i]) continue;
        is_set[i] = again = true;
      }
    }
    bool const all_are_whole = has_room && std::all_of(is_set.begin(), is_set.end(), [](bool one) { return one; });
    if (all_are_whole) widths.back() += flow_.width() - std::accumulate(widths.begin(), widths.end(), 0.0);
    return widths;
  }

  TextStyle cell(std::size_t column, Weight weight, Colour const& colour = {}) const {
    auto style = flow_.style(table_.size_pt, weight, colour);
    style.width_mm = places_[column].width - 2 * padding_mm;
    style.align = table_.columns[column].align;
    return style;
  }

  double height_of(Row const& row, Weight weight) const {
    double height = 0;
    for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i)
      height = std::max(height, flow_.canvas().measure(row[i], cell(i, weight)).height_mm);
    return height + 2 * padding_mm;
  }

  double title_height() const {
    if (table_.title.empty()) return 0;
    return flow_.canvas().measure(table_.title, flow_.heading_style(2)).height_mm + after_title_mm;
  }
  double total_height() const { return table_.total.empty() ? 0 : height_of(table_.total, Weight::bold); }
  double rest_height(std::size_t first) const {
    double height = total_height();
    for (auto i = first; i < table_.rows.size(); ++i) height += height_of(table_.rows[i], Weight::normal);
    return height;
  }

  void set_title() {
    if (table_.title.empty()) return;
    flow_.canvas().text(flow_.left(), flow_.y(), table_.title, flow_.heading_style(2));
    flow_.down(title_height());
  }

  void set_titles() {
    auto const row = titles();
    draw(row, Weight::bold, flow_.accent(), Colour::hex(0xFFFFFF), height_of(row, Weight::bold));
  }

  void draw(Row const& row, Weight weight, Colour const& ground, Colour const& ink, double height) {
    flow_.canvas().rectangle(flow_.left(), flow_.y(), flow_.width(), height, ground);
    for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i) {
      double const x = flow_.x(places_[i].left, places_[i].width) + padding_mm;
      flow_.canvas().text(x, flow_.y() + padding_mm, row[i], cell(i, weight, ink));
    }
    flow_.down(height);
  }

  /// `following` is what must stand on the same page after it.
  void set(Row row, Weight weight, Colour const& ground, double following) {
    auto const ink = Colour::hex(0x1B1F24);
    double const height = height_of(row, weight);
    // A high row is broken, so that no white space is left before it.
    if (flow_.need(height > flow_.page_height() / 4 ? std::min(height, 30.0) : height + following)) set_titles();
    while (height_of(row, weight) > flow_.bottom() - flow_.y() + 0.1) {
      double const room = flow_.bottom() - flow_.y() - 2 * padding_mm;
      Row rest;
      for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i) {
        auto [fits, left] = flow_.cut(row[i], cell(i, weight), room);
        row[i] = std::move(fits);
        rest.push_back(std::move(left));
      }
      draw(row, weight, ground, ink, height_of(row, weight));
      row = std::move(rest);
      flow_.next_page();
      set_titles();
    }
    draw(row, weight, ground, ink, height_of(row, weight));
  }

  struct Place {
    double left;
    double width;
  };
  Report::Flow& flow_;
  Table const& table_;
  std::vector<Place> places_;
};

constexpr double gap_mm = 8;

/// Each table in a strip of its own.
class Strips {
 public:
  Strips(Report::Flow& flow, std::vector<Table> const& tables) : flow_(flow), tables_(tables) {
    auto const count = static_cast<double>(tables.size());
    width_ = (flow.width() - gap_mm * (count - 1)) / count;
  }

  double height() {
    double height = 0;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      flow_.take_strip(static_cast<double>(i) * (width_ + gap_mm), width_);
      height = std::max(height, TableSetter(flow_, tables_[i]).height());
    }
    flow_.take_page();
    return height;
  }

  void run() {
    auto const whole = height();
    if (whole > flow_.page_height()) {
      for (auto const& table : tables_) TableSetter(flow_, table).run();
      return;
    }
    flow_.need(whole);
    double const top = flow_.y();
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      flow_.back_to(top);
      flow_.take_strip(static_cast<double>(i) * (width_ + gap_mm), width_);
      TableSetter(flow_, tables_[i]).run();
    }
    flow_.take_page();
    flow_.back_to(top + whole);
  }

 private:
  Report::Flow& flow_;
  std::vector<Table> const& tables_;
  double width_ = 0;
};

}  // namespace

Report& Report::table(Table table) {
  add([table](Flow& flow) { TableSetter(flow, table).run(); }, [table](Flow& flow) { return TableSetter(flow, table).lead(); });
  return *this;
}

Report& Report::beside(std::vector<Table> tables) {
  add([tables](Flow& flow) { Strips(flow, tables).run(); },
      [tables](Flow& flow) { return std::min(Strips(flow, tables).height(), flow.page_height() - 20); });
  return *this;
}

}  // namespace rcms
