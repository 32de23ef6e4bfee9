#include "foundation/pages/report.hpp"

#include <algorithm>

#include "foundation/base/text.hpp"
#include "foundation/pages/chart.hpp"
#include "foundation/pages/flow.hpp"

namespace rcms {
namespace {

std::string replaced(std::string text, std::string_view what, std::string const& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

/// Pairs in columns, key small over value, line after line. A value that would stand high and narrow has a line of its own.
class FieldSetter {
 public:
  /// `whole` is the width that all columns have together.
  FieldSetter(Report::Flow& flow, std::vector<KeyValue> const& pairs, int columns, double whole)
      : flow_(flow),
        key_style_(flow.style(7.5, Weight::normal, Colour::hex(0x56606B))),
        value_style_(flow.style(10.5)),
        whole_(whole),
        column_((whole - gap_mm * (columns - 1)) / columns) {
    bool is_open = false;
    for (auto const& pair : pairs) {
      take(column_);
      bool const is_wide = columns > 1 && measure(shown(pair), value_style_) > narrow_at_most_mm;
      if (!is_open || is_wide || lines_.back().pairs.size() == static_cast<std::size_t>(columns))
        lines_.push_back({is_wide ? whole_ : column_, {}});
      lines_.back().pairs.push_back(&pair);
      is_open = !is_wide;
    }
  }

  /// The height of the first line.
  double lead() {
    if (lines_.empty()) return 0;
    take(lines_.front().width);
    return keys_height(lines_.front()) + std::min(values_height(values_of(lines_.front())), least_mm) + after_mm;
  }

  void run() {
    for (auto const& line : lines_) set(line);
  }

 private:
  static constexpr double gap_mm = 5;
  static constexpr double after_mm = 2.6;
  static constexpr double narrow_at_most_mm = 25;
  static constexpr double least_mm = 30;

  struct Line {
    double width;
    std::vector<KeyValue const*> pairs;
  };

  static std::string shown(KeyValue const& pair) { return pair.value.empty() ? "–" : pair.value; }
  void take(double width) { key_style_.width_mm = value_style_.width_mm = width; }
  double measure(std::string const& text, TextStyle const& style) const { return flow_.canvas().measure(text, style).height_mm; }

  std::vector<std::string> values_of(Line const& line) const {
    std::vector<std::string> values;
    for (auto const* pair : line.pairs) values.push_back(shown(*pair));
    return values;
  }
  double keys_height(Line const& line) const {
    double height = 0;
    for (auto const* pair : line.pairs) height = std::max(height, measure(pair->key, key_style_));
    return height;
  }
  double values_height(std::vector<std::string> const& values) const {
    double height = 0;
    for (auto const& value : values) height = std::max(height, measure(value, value_style_));
    return height;
  }

  void set(Line const& line) {
    take(line.width);
    auto values = values_of(line);
    double const height = keys_height(line) + values_height(values) + after_mm;
    // A high value is broken, so that no white space is left before it.
    flow_.need(height > flow_.page_height() / 4 ? least_mm : height);
    for (std::size_t i = 0; i < line.pairs.size(); ++i)
      flow_.canvas().text(x(line, i), flow_.y(), line.pairs[i]->key, key_style_);
    flow_.down(keys_height(line));
    while (values_height(values) > flow_.bottom() - flow_.y() + 0.1) {
      std::vector<std::string> rest;
      for (auto& value : values) {
        auto [fits, left] = flow_.cut(value, value_style_, flow_.bottom() - flow_.y());
        value = std::move(fits);
        rest.push_back(std::move(left));
      }
      set_values(line, values);
      values = std::move(rest);
      flow_.next_page();
    }
    set_values(line, values);
    flow_.down(values_height(values) + after_mm);
  }

  double x(Line const& line, std::size_t place) const {
    return flow_.x(static_cast<double>(place) * (line.width + gap_mm), line.width);
  }
  void set_values(Line const& line, std::vector<std::string> const& values) {
    for (std::size_t i = 0; i < values.size(); ++i) flow_.canvas().text(x(line, i), flow_.y(), values[i], value_style_);
  }

  Report::Flow& flow_;
  TextStyle key_style_;
  TextStyle value_style_;
  double whole_;
  double column_;
  std::vector<Line> lines_;
};

}  // namespace

Report::Report(ReportOptions options) : options_(std::move(options)) {}
Report::~Report() = default;
Report::Report(Report&&) noexcept = default;
Report& Report::operator=(Report&&) noexcept = default;

Report& Report::heading(std::string text, int level) {
  double const after = level == 1 ? 3 : 1.6;
  auto height = [text, level](Flow& flow) { return flow.canvas().measure(text, flow.heading_style(level)).height_mm; };
  if (level == 2) sections_.push_back(text);
  auto set = [text = std::move(text), level, height, after](Flow& flow) {
    if (!flow.is_at_top()) flow.down(level == 1 ? 0 : 3);
    double const own = height(flow) + after;
    flow.need(own + std::max(14.0, flow.expected()));
    if (level == 2) flow.note_section();
    flow.canvas().text(flow.left(), flow.y(), text, flow.heading_style(level));
    flow.down(own);
  };
  blocks_.push_back({std::move(set), [height, after](Flow& flow) { return height(flow) + after + 3; }, true});
  return *this;
}

Report& Report::paragraph(std::string text) {
  add([text = std::move(text)](Flow& flow) { flow.set_text(text, flow.style(10), 2.6); });
  return *this;
}

Report& Report::small_print(std::string text) {
  add([text = std::move(text)](Flow& flow) { flow.set_text(text, flow.style(8, Weight::normal, Colour::hex(0x56606B)), 2); });
  return *this;
}

Report& Report::notice(std::string text, Notice kind) {
  add([text = std::move(text), kind](Flow& flow) {
    bool important = kind == Notice::important;
    auto style = flow.style(9.5, important ? Weight::bold : Weight::normal);
    style.width_mm = flow.width() - 10;
    double height = flow.canvas().measure(text, style).height_mm + 5;
    flow.need(height + 3);
    flow.canvas().rectangle(flow.left(), flow.y(), flow.width(), height, Colour::hex(important ? 0xFFF1E0 : 0xEEF2F6), 1);
    double bar = flow.x(0, 1.4);
    flow.canvas().rectangle(bar, flow.y(), 1.4, height, important ? Colour::hex(0xB4500B) : flow.accent());
    flow.canvas().text(flow.left() + 5, flow.y() + 2.5, text, style);
    flow.down(height + 3);
  });
  return *this;
}

Report& Report::fields(std::vector<KeyValue> pairs, int columns) {
  columns = std::max(1, columns);
  add([pairs, columns](Flow& flow) { FieldSetter(flow, pairs, columns, flow.width()).run(); },
      [pairs, columns](Flow& flow) { return FieldSetter(flow, pairs, columns, flow.width()).lead(); });
  return *this;
}

Report& Report::portrait(Bytes photo, std::vector<KeyValue> pairs, int columns, std::string no_picture) {
  constexpr double width = 35;
  constexpr double height = 45;
  auto set = [photo = std::move(photo), pairs = std::move(pairs), columns = std::max(1, columns),
              no_picture = std::move(no_picture)](Flow& flow) {
    flow.need(height + 4);
    double const top = flow.y();
    int const page = flow.page();
    double const x = flow.x(flow.width() - width, width);
    flow.canvas().rectangle(x, top, width, height, Colour::hex(0xF4F6F8));
    if (auto drawn = flow.canvas().image(x, top, width, height, photo); !drawn) {
      auto style = flow.style(8, Weight::normal, Colour::hex(0x56606B));
      style.width_mm = width - 4;
      style.align = Align::centre;
      flow.canvas().text(x + 2, top + height / 2 - 2, no_picture, style);
    }
    flow.canvas().frame(x, top, width, height, {Colour::hex(0x9AA5B1), 0.2});
    FieldSetter(flow, pairs, columns, flow.width() - width - 6).run();
    if (flow.page() == page && flow.y() < top + height + 3) flow.down(top + height + 3 - flow.y());
  };
  add(std::move(set), [](Flow&) { return height + 4; });
  return *this;
}

Report& Report::bar_chart(Chart chart) {
  add([chart](Flow& flow) { draw_chart(flow, chart, ChartKind::bars); },
      [chart](Flow& flow) { return chart_height(flow, chart); });
  return *this;
}

Report& Report::line_chart(Chart chart) {
  add([chart](Flow& flow) { draw_chart(flow, chart, ChartKind::lines); },
      [chart](Flow& flow) { return chart_height(flow, chart); });
  return *this;
}

Result<void> Report::picture(Bytes bytes, double height_mm, std::string caption) {
  if (auto decoded = decode_picture(bytes); !decoded) return tl::unexpected(decoded.error());
  add([bytes = std::move(bytes), height_mm, caption = std::move(caption)](Flow& flow) {
    flow.need(height_mm + (caption.empty() ? 3 : 8));
    if (auto drawn = flow.canvas().image(flow.left(), flow.y(), flow.width(), height_mm, bytes); !drawn) return;
    flow.down(height_mm + 1);
    if (!caption.empty()) flow.set_text(caption, flow.style(8, Weight::normal, Colour::hex(0x56606B)), 3);
  });
  return {};
}

Report& Report::space(double mm) {
  add([mm](Flow& flow) { flow.down(mm); });
  return *this;
}

Report& Report::next_page() {
  add([](Flow& flow) {
    if (!flow.is_at_top()) flow.next_page();
  });
  return *this;
}

Report& Report::contents(std::string title) {
  add([this, title = std::move(title)](Flow& flow) {
    auto const words = flow.style(9.5);
    auto const key = flow.style(7.5, Weight::normal, Colour::hex(0x56606B));
    constexpr double line_mm = 5.2;
    flow.need(12);
    flow.canvas().text(flow.x(0, flow.width()), flow.y(), title, key);
    flow.down(4.5);
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      flow.need(line_mm);
      auto name = words;
      name.width_mm = flow.width() - 20;
      auto number = words;
      number.width_mm = 18;
      number.align = Align::end;
      flow.canvas().text(flow.x(0, name.width_mm), flow.y(), sections_[i], name);
      flow.canvas().text(flow.x(flow.width() - 18, 18), flow.y(), flow.page_of_section(i), number);
      flow.down(line_mm);
    }
    flow.down(2);
  });
  return *this;
}

Bytes Report::finish() {
  // Set twice: the first time only counts the pages, which every page then tells, and where the sections begin.
  Flow counting(options_, 0);
  set_blocks(counting);
  Flow flow(options_, counting.page());
  flow.take_sections(counting.sections());
  set_blocks(flow);
  return flow.finish();
}

/// What the blocks from `first` on want on one page: a heading with all that it stands over.
double Report::lead_from(Flow& flow, std::size_t first) const {
  double height = 0;
  for (auto i = first; i < blocks_.size(); ++i) {
    if (blocks_[i].lead) height += blocks_[i].lead(flow);
    if (!blocks_[i].is_heading) break;
  }
  return height;
}

void Report::set_blocks(Flow& flow) const {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (blocks_[i].is_heading) flow.expect(lead_from(flow, i + 1));
    blocks_[i].set(flow);
  }
}

// ---- Flow: the place on the page where the next block is set

Report::Flow::Flow(ReportOptions const& options, int pages)
    : options_(options), pages_(pages), canvas_(options.size, options.information) {
  start_page();
}

double Report::Flow::x(double offset, double width) const {
  if (options_.direction == Direction::left_to_right) return left() + offset;
  return left() + this->width() - offset - width;
}

void Report::Flow::take_strip(double offset, double width) {
  take_page();
  strip_left_ = x(offset, width) - left();
  strip_width_ = width;
}

TextStyle Report::Flow::heading_style(int level) const {
  auto heading = style(level == 1 ? 20 : level == 2 ? 13 : 11, Weight::bold, accent());
  heading.width_mm = width();
  return heading;
}

TextStyle Report::Flow::style(double size_pt, Weight weight, Colour const& colour) const {
  TextStyle style;
  style.size_pt = size_pt;
  style.weight = weight;
  style.colour = colour;
  style.language = options_.information.language;
  style.right_to_left = options_.direction == Direction::right_to_left;
  return style;
}

bool Report::Flow::need(double height) {
  if (y_ + height <= bottom() || is_at_top()) return false;
  next_page();
  return true;
}

void Report::Flow::next_page() {
  canvas_.next_page();
  start_page();
}

std::pair<std::string, std::string> Report::Flow::cut(std::string const& text, TextStyle const& style, double height) const {
  auto const fits = [&](std::size_t end) { return canvas_.measure(text.substr(0, end), style).height_mm <= height; };
  if (fits(text.size())) return {text, {}};
  std::vector<std::size_t> ends;
  for (auto at = text.find_first_of(" \n"); at != std::string::npos; at = text.find_first_of(" \n", at + 1)) ends.push_back(at);
  if (auto const too_long = std::partition_point(ends.begin(), ends.end(), fits); too_long != ends.begin())
    return {text.substr(0, *std::prev(too_long)), text.substr(*std::prev(too_long) + 1)};
  // One word that is longer than the room: between any two characters, one at least.
  ends.clear();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ends.push_back(i);
  }
  if (ends.empty()) return {text, {}};
  auto const too_long = std::partition_point(ends.begin(), ends.end(), fits);
  auto const end = too_long == ends.begin() ? ends.front() : *std::prev(too_long);
  return {text.substr(0, end), text.substr(end)};
}

void Report::Flow::set_text(std::string const& text, TextStyle style, double after) {
  style.width_mm = width();
  style.line_height = 1.15;
  // A long text breaks between its lines: paragraphs that do not fit are set piece by piece.
  for (auto const& part : split(text, '\n')) {
    double height = canvas_.measure(part, style).height_mm;
    need(height);
    canvas_.text(left(), y_, part, style);
    down(height + 0.6);
  }
  down(after);
}

void Report::Flow::start_page() {
  ++page_;
  auto size = options_.size;
  double margin = options_.margin_mm;
  y_ = margin;
  if (!options_.running_label.empty()) {
    auto band = style(8.5, Weight::bold, Colour::hex(0xFFFFFF));
    band.align = Align::centre;
    canvas_.rectangle(0, 0, size.width_mm, 6.5, Colour::hex(0xB4500B));
    canvas_.text(size.width_mm / 2, 1.5, options_.running_label, band);
    y_ = std::max(y_, 12.0);
  }
  auto small = style(8, Weight::normal, Colour::hex(0x56606B));
  small.width_mm = width();
  if (!options_.header.empty()) {
    double height = canvas_.text(left(), y_ - 4, options_.header, small).height_mm;
    canvas_.line({left(), y_ - 3 + height}, {left() + width(), y_ - 3 + height}, {Colour::hex(0xC3CBD4), 0.2});
    y_ += height + 2;
  }
  double foot = size.height_mm - margin + 6;
  canvas_.line({left(), foot - 1.5}, {left() + width(), foot - 1.5}, {Colour::hex(0xC3CBD4), 0.2});
  small.width_mm = width() - 30;
  canvas_.text(x(0, small.width_mm), foot, options_.footer, small);
  small.width_mm = 28;
  small.align = Align::end;
  auto label = replaced(replaced(options_.page_label, "{pages}", std::to_string(pages_)), "{page}", std::to_string(page_));
  canvas_.text(x(width() - 28, 28), foot, label, small);
  top_ = y_;
}

}  // namespace rcms
