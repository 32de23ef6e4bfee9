// Flowing pages: headings, paragraphs, fields, tables, pictures and charts set one under the other, with header, footer and
// page numbers. The same content, options and instant give the same bytes. Drawing itself is canvas.hpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "foundation/pages/canvas.hpp"

namespace rcms {

enum class Direction { left_to_right, right_to_left };

struct ReportOptions {
  DocumentInformation information;
  PageSize size = a4;
  Direction direction = Direction::left_to_right;
  double margin_mm = 18;
  std::string header;         ///< small, over a line at the top of every page
  std::string footer;         ///< small, at the bottom of every page
  std::string page_label = "{page} / {pages}";
  std::string running_label;  ///< an unmistakable band on every page ("DEMONSTRATION – INVENTED PEOPLE"); empty for none
  Colour accent = Colour::hex(0x1F3A5F);
};

struct KeyValue {
  std::string key;
  std::string value;
};

struct Column {
  std::string title;
  double share = 1;  ///< of the width, relative to the other columns
  Align align = Align::start;
  bool is_whole = false;  ///< dates, hashes: as wide as its widest cell, which is not broken, when there is room
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> total{};  ///< a last row in bold; may be empty
  double size_pt = 9;
  std::string title{};  ///< over it, kept with it; may be empty
};

/// Groups of bars: one value for each series and category.
struct Series {
  std::string name;
  std::vector<double> values;
};
struct Chart {
  std::string title;
  std::vector<std::string> categories;
  std::vector<Series> series;
  std::string unit{};
  double height_mm = 62;
};

/// A number that stands out, over the words that name it.
struct Headline {
  std::string value;
  std::string name;
  std::string note{};      ///< small, under the name; may be empty
  bool is_known = true;    ///< false: the value is words ("insufficient data") and is set smaller
};

/// Lengths beside each other: a dark bar up to `value` within a light one up to `far`, and a mark.
struct Span {
  std::string name;
  std::string note{};       ///< small, under the name
  double value = 0;
  double far = 0;           ///< at least `value`; the same when it is not known
  double mark = 0;          ///< 0: none
  std::string words;        ///< at the end of the bar
  bool is_known = true;     ///< false: only the words
};
struct SpanChart {
  std::string title;
  std::vector<Span> spans;
  std::string mark_name{};  ///< what the mark means, in the legend; empty when no span has one
};

enum class Notice { plain, important };

class Report {
 public:
  explicit Report(ReportOptions options);
  ~Report();
  Report(Report&&) noexcept;
  Report& operator=(Report&&) noexcept;

  /// `level` 1 title of the document, 2 section, 3 subsection. A heading is never alone at the foot of a page.
  Report& heading(std::string text, int level = 2);
  /// The sections (headings of level 2) of the whole document with the page on which each begins.
  Report& contents(std::string title);
  Report& paragraph(std::string text);
  Report& small_print(std::string text);
  Report& notice(std::string text, Notice kind = Notice::plain);
  /// Pairs in `columns` columns, key small over value.
  Report& fields(std::vector<KeyValue> pairs, int columns = 2);
  /// Pairs in `columns` columns with a portrait of 35 × 45 mm at the end of the line; a frame that says `no_picture` when `photo`
  /// is neither PNG nor JPEG.
  Report& portrait(Bytes photo, std::vector<KeyValue> pairs, int columns, std::string no_picture);
  /// Rows are kept whole, the titles repeat on every page. A small table is never broken, of a large one three rows stand before
  /// the break and two after it.
  Report& table(Table table);
  /// Tables beside each other in columns of the same width; one after another when they are higher than a page.
  Report& beside(std::vector<Table> tables);
  /// Large numbers in `columns` columns.
  Report& headlines(std::vector<Headline> headlines, int columns = 3);
  /// A value that is not a number is drawn as a gap.
  Report& bar_chart(Chart chart);
  Report& span_chart(SpanChart chart);
  Report& line_chart(Chart chart);
  /// PNG or JPEG, `height_mm` high. Refuses: as Canvas::image; nothing is added then.
  Result<void> picture(Bytes bytes, double height_mm, std::string caption = {});
  Report& space(double mm);
  Report& next_page();

  /// The finished PDF. Throws std::runtime_error when Cairo or qpdf report an error.
  Bytes finish();

  class Flow;

 private:
  struct Block {
    std::function<void(Flow&)> set;
    /// What it wants on the page where it begins; nothing when that is all the same.
    std::function<double(Flow&)> lead{};
    bool is_heading = false;
  };
  void add(std::function<void(Flow&)> set, std::function<double(Flow&)> lead = {}) {
    blocks_.push_back({std::move(set), std::move(lead)});
  }
  double lead_from(Flow& flow, std::size_t first) const;
  void set_blocks(Flow& flow) const;

  ReportOptions options_;
  std::vector<std::string> sections_;
  std::vector<Block> blocks_;
};

}  // namespace rcms
