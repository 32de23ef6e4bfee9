// The place on the page where the next block of a report is set. Only for the files of this folder.
#pragma once

#include "foundation/pages/report.hpp"

namespace rcms {

class Report::Flow {
 public:
  /// `pages` is what the page numbers tell as the count of pages.
  Flow(ReportOptions const& options, int pages);

  Canvas& canvas() { return canvas_; }
  Colour const& accent() const { return options_.accent; }
  double left() const { return options_.margin_mm; }
  double width() const { return options_.size.width_mm - 2 * options_.margin_mm; }
  double bottom() const { return options_.size.height_mm - options_.margin_mm; }
  double y() const { return y_; }
  int page() const { return page_; }
  bool is_at_top() const { return y_ <= top_; }

  /// The left edge of a box that begins `offset` from the side on which reading starts.
  double x(double offset, double width) const;
  TextStyle style(double size_pt, Weight weight = Weight::normal, Colour const& colour = Colour::hex(0x1B1F24)) const;

  void down(double mm) { y_ += mm; }
  /// Starts a new page unless `height` fits; true when it did.
  bool need(double height);
  void next_page();
  /// Text over the whole width.
  void set_text(std::string const& text, TextStyle style, double after);
  Bytes finish() { return canvas_.finish(); }

 private:
  void start_page();

  ReportOptions const& options_;
  int pages_ = 0;
  int page_ = 0;
  Canvas canvas_;
  double y_ = 0;
  double top_ = 0;
};

}  // namespace rcms
