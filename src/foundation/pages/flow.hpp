// The place on the page where the next block of a report is set. Only for the files of this folder.
#pragma once

#include <utility>

#include "foundation/pages/report.hpp"

namespace rcms {

/// How high a table is that is never broken; half of a page is never left white for one.
constexpr double kept_whole_mm = 78;

class Report::Flow {
 public:
  /// `pages` is what the page numbers tell as the count of pages.
  Flow(ReportOptions const& options, int pages);

  Canvas& canvas() { return canvas_; }
  Colour const& accent() const { return options_.accent; }
  double left() const { return options_.margin_mm + strip_left_; }
  double width() const { return strip_width_ > 0 ? strip_width_ : page_width(); }
  double bottom() const { return options_.size.height_mm - options_.margin_mm; }
  /// What a page has from its first line to its last.
  double page_height() const { return bottom() - top_; }
  double y() const { return y_; }
  int page() const { return page_; }
  bool is_at_top() const { return y_ <= top_; }

  /// The left edge of a box that begins `offset` from the side on which reading starts.
  double x(double offset, double width) const;
  TextStyle style(double size_pt, Weight weight = Weight::normal, Colour const& colour = Colour::hex(0x1B1F24)) const;

  /// The style of a heading: 1 title of the document, 2 section, 3 subsection.
  TextStyle heading_style(int level) const;

  void down(double mm) { y_ += mm; }
  /// Back to where `y()` was, for blocks that stand beside each other.
  void back_to(double y) { y_ = y; }
  /// What follows is as wide as `width`, `offset` from the side on which reading starts; until `take_page`.
  void take_strip(double offset, double width);
  void take_page() { strip_left_ = strip_width_ = 0; }
  /// How much the next block wants on the page where it begins; a heading asks for it.
  void expect(double mm) { expected_ = mm; }
  double expected() const { return expected_; }
  /// Starts a new page unless `height` fits; true when it did.
  bool need(double height);
  void next_page();
  /// A section begins here.
  void note_section() { sections_.push_back(page_); }
  std::vector<int> const& sections() const { return sections_; }
  /// The pages that were counted before; until then no page is told.
  void take_sections(std::vector<int> counted) { counted_ = std::move(counted); }
  std::string page_of_section(std::size_t index) const {
    return index < counted_.size() ? std::to_string(counted_[index]) : std::string();
  }
  /// Text over the whole width.
  void set_text(std::string const& text, TextStyle style, double after);
  /// Cuts `text` between words: what stands within `height`, and the rest; at least one character.
  std::pair<std::string, std::string> cut(std::string const& text, TextStyle const& style, double height) const;
  Bytes finish() { return canvas_.finish(); }

 private:
  void start_page();
  double page_width() const { return options_.size.width_mm - 2 * options_.margin_mm; }

  ReportOptions const& options_;
  int pages_ = 0;
  int page_ = 0;
  Canvas canvas_;
  double y_ = 0;
  double top_ = 0;
  double strip_left_ = 0;
  double strip_width_ = 0;
  double expected_ = 0;
  std::vector<int> sections_;
  std::vector<int> counted_;
};

}  // namespace rcms
