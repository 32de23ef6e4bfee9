// Blocks of a report that show numbers at a glance: headlines and spans.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "foundation/pages/chart.hpp"
#include "foundation/pages/flow.hpp"

namespace rcms {
namespace {

constexpr unsigned grey = 0x56606B;

struct HeadlineStyles {
  TextStyle value;
  TextStyle words;
  TextStyle name;
  TextStyle note;
};

HeadlineStyles styles_of(Report::Flow& flow, double width) {
  HeadlineStyles styles{flow.style(22, Weight::bold, flow.accent()), flow.style(12, Weight::bold, Colour::hex(grey)),
                        flow.style(9, Weight::bold), flow.style(7.5, Weight::normal, Colour::hex(grey))};
  for (auto* style : {&styles.value, &styles.words, &styles.name, &styles.note}) style->width_mm = width;
  return styles;
}

void set_headlines(Report::Flow& flow, std::vector<Headline> const& all, int columns) {
  constexpr double gap = 6;
  constexpr double value_height = 10.5;
  double const width = (flow.width() - gap * (columns - 1)) / columns;
  auto const styles = styles_of(flow, width);
  for (std::size_t first = 0; first < all.size(); first += static_cast<std::size_t>(columns)) {
    auto const last = std::min(all.size(), first + static_cast<std::size_t>(columns));
    double height = 0;
    for (auto i = first; i < last; ++i) {
      double words = flow.canvas().measure(all[i].name, styles.name).height_mm;
      if (!all[i].note.empty()) words += flow.canvas().measure(all[i].note, styles.note).height_mm + 0.6;
      height = std::max(height, words);
    }
    height += value_height + 3;
    flow.need(height + 4);
    for (auto i = first; i < last; ++i) {
      double const x = flow.x(static_cast<double>(i - first) * (width + gap), width);
      flow.canvas().rectangle(x, flow.y(), width, 0.7, flow.accent());
      auto const& one = all[i];
      flow.canvas().text(x, flow.y() + (one.is_known ? 1.6 : 5), one.value, one.is_known ? styles.value : styles.words);
      double y = flow.y() + value_height + 1.6;
      y += flow.canvas().text(x, y, one.name, styles.name).height_mm + 0.6;
      if (!one.note.empty()) flow.canvas().text(x, y, one.note, styles.note);
    }
    flow.down(height + 4);
  }
}

class SpanDrawing {
 public:
  SpanDrawing(Report::Flow& flow, SpanChart const& chart) : flow_(flow), chart_(chart) {
    names_ = flow.width() * 0.34;
    words_ = flow.width() * 0.13;
    plot_ = flow.width() - names_ - words_ - 6;
    double largest = 0;
    for (auto const& span : chart.spans) largest = std::max({largest, span.value, span.far, span.mark});
    step_ = round_step(largest, 5);
    maximum_ = std::max(step_, std::ceil(largest / step_ - 0.0001) * step_);
  }

  void run() {
    auto title = flow_.style(10, Weight::bold);
    title.width_mm = flow_.width();
    for (auto const& span : chart_.spans) rows_height_ += height_of(span);
    flow_.need(16 + rows_height_);
    flow_.down(flow_.canvas().text(flow_.left(), flow_.y(), chart_.title, title).height_mm + 2);
    scale();
    for (auto const& span : chart_.spans) draw(span);
    flow_.down(1);
    numbers();
  }

 private:
  static constexpr double row_height_at_least = 9.5;

  TextStyle name_style() const { return beside(flow_.style(8.5)); }
  TextStyle note_style() const { return beside(flow_.style(7, Weight::normal, Colour::hex(grey))); }
  TextStyle beside(TextStyle style) const {
    style.width_mm = names_;
    style.align = Align::end;
    return style;
  }
  double words_height(Span const& span) const {
    auto const note = span.note.empty() ? 0 : flow_.canvas().measure(span.note, note_style()).height_mm;
    return flow_.canvas().measure(span.name, name_style()).height_mm + note;
  }
  double height_of(Span const& span) const { return std::max(row_height_at_least, words_height(span) + 2); }

  double x_of(double value, double length = 0) const { return flow_.x(names_ + 3 + value / maximum_ * plot_, length); }

  void scale() {
    double const bottom = flow_.y() + rows_height_;
    for (double value = 0; value <= maximum_ * 1.0001; value += step_) {
      double const x = x_of(value);
      flow_.canvas().line({x, flow_.y()}, {x, bottom}, {Colour::hex(value == 0 ? grey : 0xDCE1E7), value == 0 ? 0.25 : 0.15});
    }
  }

  void draw(Span const& span) {
    double const row_height = height_of(span);
    double const top = flow_.y() + (row_height - words_height(span)) / 2;
    double const name_height = flow_.canvas().text(flow_.x(0, names_), top, span.name, name_style()).height_mm;
    if (!span.note.empty()) flow_.canvas().text(flow_.x(0, names_), top + name_height, span.note, note_style());
    double const middle = flow_.y() + row_height / 2;
    double end = 0;
    if (span.is_known) {
      bar(span.far, middle - 2, 4, Colour::hex(0xB9CBE0));
      bar(span.value, middle - 2, 4, flow_.accent());
      end = std::max(span.far, span.value);
    }
    if (span.mark > 0) {
      double const x = x_of(span.mark);
      flow_.canvas().line({x, middle - 3.4}, {x, middle + 3.4}, {Colour::hex(0xB4500B), 0.6});
      end = std::max(end, span.mark);
    }
    auto words =
        flow_.style(8, span.is_known ? Weight::bold : Weight::normal, span.is_known ? Colour::hex(0x1B1F24) : Colour::hex(grey));
    words.width_mm = words_ + plot_ - std::min(plot_, end / maximum_ * plot_);
    flow_.canvas().text(x_of(end, words.width_mm) + 2, middle - 1.9, span.words, words);
    flow_.down(row_height);
  }

  void bar(double value, double y, double height, Colour const& colour) {
    double const length = value / maximum_ * plot_;
    if (length > 0) flow_.canvas().rectangle(flow_.x(names_ + 3, length), y, length, height, colour);
  }

  void numbers() {
    auto style = flow_.style(7.5, Weight::normal, Colour::hex(grey));
    style.align = Align::centre;
    for (double value = 0; value <= maximum_ * 1.0001; value += step_) {
      flow_.canvas().text(x_of(value), flow_.y(), fmt::format("{:g}", value), style);
    }
    if (!chart_.mark_name.empty()) {
      auto name = flow_.style(7.5, Weight::normal, Colour::hex(0xB4500B));
      flow_.canvas().line({flow_.x(0, 0), flow_.y() + 0.4}, {flow_.x(0, 0), flow_.y() + 3.6}, {Colour::hex(0xB4500B), 0.6});
      double const width = flow_.canvas().measure(chart_.mark_name, name).width_mm;
      flow_.canvas().text(flow_.x(2, width), flow_.y(), chart_.mark_name, name);
    }
    flow_.down(8);
  }

  Report::Flow& flow_;
  SpanChart const& chart_;
  double rows_height_ = 0;
  double names_ = 0;
  double words_ = 0;
  double plot_ = 0;
  double step_ = 1;
  double maximum_ = 1;
};

}  // namespace

Report& Report::headlines(std::vector<Headline> all, int columns) {
  add([all = std::move(all), columns = std::max(1, columns)](Flow& flow) { set_headlines(flow, all, columns); },
      [](Flow&) { return 26.0; });
  return *this;
}

Report& Report::span_chart(SpanChart chart) {
  add([chart = std::move(chart)](Flow& flow) { SpanDrawing(flow, chart).run(); });
  return *this;
}

}  // namespace rcms
