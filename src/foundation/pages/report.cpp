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

/// `whole` is the width that all columns have together.
void set_fields(Report::Flow& flow, std::vector<KeyValue> const& pairs, int columns, double whole) {
  double gap = 5;
  double width = (whole - gap * (columns - 1)) / columns;
  auto key_style = flow.style(7.5, Weight::normal, Colour::hex(0x56606B));
  auto value_style = flow.style(10.5);
  key_style.width_mm = value_style.width_mm = width;
  for (std::size_t first = 0; first < pairs.size(); first += static_cast<std::size_t>(columns)) {
    auto last = std::min(pairs.size(), first + static_cast<std::size_t>(columns));
    double height = 0;
    for (auto i = first; i < last; ++i) {
      auto value = pairs[i].value.empty() ? "–" : pairs[i].value;
      height = std::max(
          height, flow.canvas().measure(pairs[i].key, key_style).height_mm + flow.canvas().measure(value, value_style).height_mm);
    }
    flow.need(height + 2.6);
    for (auto i = first; i < last; ++i) {
      double x = flow.x(static_cast<double>(i - first) * (width + gap), width);
      double key_height = flow.canvas().text(x, flow.y(), pairs[i].key, key_style).height_mm;
      flow.canvas().text(x, flow.y() + key_height, pairs[i].value.empty() ? "–" : pairs[i].value, value_style);
    }
    flow.down(height + 2.6);
  }
}

class TableSetter {
 public:
  TableSetter(Report::Flow& flow, Table const& table) : flow_(flow), table_(table) {
    double shares = 0;
    for (auto const& column : table.columns) shares += column.share;
    double left = 0;
    for (auto const& column : table.columns) {
      double width = flow.width() * column.share / shares;
      places_.push_back({left, width});
      left += width;
    }
  }

  void run() {
    titles();
    int number = 0;
    for (auto const& row : table_.rows) {
      set(row, Weight::normal, number++ % 2 == 1 ? Colour::hex(0xF4F6F8) : Colour::hex(0xFFFFFF), Colour::hex(0x1B1F24));
    }
    if (!table_.total.empty()) set(table_.total, Weight::bold, Colour::hex(0xE6EBF0), Colour::hex(0x1B1F24));
    flow_.canvas().line({flow_.left(), flow_.y()}, {flow_.left() + flow_.width(), flow_.y()}, {Colour::hex(0x9AA5B1), 0.2});
    flow_.down(4);
  }

 private:
  static constexpr double padding_mm = 1.4;

  void titles() {
    std::vector<std::string> row;
    for (auto const& column : table_.columns) row.push_back(column.title);
    draw(row, Weight::bold, flow_.accent(), Colour::hex(0xFFFFFF), height_of(row, Weight::bold));
  }

  TextStyle cell(std::size_t column, Weight weight, Colour const& colour) const {
    auto style = flow_.style(table_.size_pt, weight, colour);
    style.width_mm = places_[column].width - 2 * padding_mm;
    style.align = table_.columns[column].align;
    return style;
  }

  double height_of(std::vector<std::string> const& row, Weight weight) const {
    double height = 0;
    for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i) {
      height = std::max(height, flow_.canvas().measure(row[i], cell(i, weight, {})).height_mm);
    }
    return height + 2 * padding_mm;
  }

  void draw(std::vector<std::string> const& row, Weight weight, Colour const& ground, Colour const& ink, double height) {
    flow_.canvas().rectangle(flow_.left(), flow_.y(), flow_.width(), height, ground);
    for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i) {
      double x = flow_.x(places_[i].left, places_[i].width) + padding_mm;
      flow_.canvas().text(x, flow_.y() + padding_mm, row[i], cell(i, weight, ink));
    }
    flow_.down(height);
  }

  void set(std::vector<std::string> const& row, Weight weight, Colour const& ground, Colour const& ink) {
    double height = height_of(row, weight);
    if (flow_.need(height)) titles();
    draw(row, weight, ground, ink, height);
  }

  struct Place {
    double left;
    double width;
  };
  Report::Flow& flow_;
  Table const& table_;
  std::vector<Place> places_;
};

}  // namespace

Report::Report(ReportOptions options) : options_(std::move(options)) {}
Report::~Report() = default;
Report::Report(Report&&) noexcept = default;
Report& Report::operator=(Report&&) noexcept = default;

Report& Report::heading(std::string text, int level) {
  blocks_.push_back([text = std::move(text), level](Flow& flow) {
    auto style = flow.style(level == 1 ? 20 : level == 2 ? 13 : 11, Weight::bold, flow.accent());
    style.width_mm = flow.width();
    double height = flow.canvas().measure(text, style).height_mm;
    if (!flow.is_at_top()) flow.down(level == 1 ? 0 : 3);
    flow.need(height + 30);
    flow.canvas().text(flow.left(), flow.y(), text, style);
    flow.down(height + (level == 1 ? 3 : 1.6));
  });
  return *this;
}

Report& Report::paragraph(std::string text) {
  blocks_.push_back([text = std::move(text)](Flow& flow) { flow.set_text(text, flow.style(10), 2.6); });
  return *this;
}

Report& Report::small_print(std::string text) {
  blocks_.push_back(
      [text = std::move(text)](Flow& flow) { flow.set_text(text, flow.style(8, Weight::normal, Colour::hex(0x56606B)), 2); });
  return *this;
}

Report& Report::notice(std::string text, Notice kind) {
  blocks_.push_back([text = std::move(text), kind](Flow& flow) {
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
  blocks_.push_back([pairs = std::move(pairs), columns = std::max(1, columns)](Flow& flow) {
    set_fields(flow, pairs, columns, flow.width());
  });
  return *this;
}

Report& Report::portrait(Bytes photo, std::vector<KeyValue> pairs, int columns, std::string no_picture) {
  blocks_.push_back([photo = std::move(photo), pairs = std::move(pairs), columns = std::max(1, columns),
                     no_picture = std::move(no_picture)](Flow& flow) {
    constexpr double width = 35;
    constexpr double height = 45;
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
    set_fields(flow, pairs, columns, flow.width() - width - 6);
    if (flow.page() == page && flow.y() < top + height + 3) flow.down(top + height + 3 - flow.y());
  });
  return *this;
}

Report& Report::table(Table table) {
  blocks_.push_back([table = std::move(table)](Flow& flow) {
    flow.need(24);
    TableSetter(flow, table).run();
  });
  return *this;
}

Report& Report::bar_chart(Chart chart) {
  blocks_.push_back([chart = std::move(chart)](Flow& flow) { draw_chart(flow, chart, ChartKind::bars); });
  return *this;
}

Report& Report::line_chart(Chart chart) {
  blocks_.push_back([chart = std::move(chart)](Flow& flow) { draw_chart(flow, chart, ChartKind::lines); });
  return *this;
}

Result<void> Report::picture(Bytes bytes, double height_mm, std::string caption) {
  if (auto decoded = decode_picture(bytes); !decoded) return tl::unexpected(decoded.error());
  blocks_.push_back([bytes = std::move(bytes), height_mm, caption = std::move(caption)](Flow& flow) {
    flow.need(height_mm + (caption.empty() ? 3 : 8));
    if (auto drawn = flow.canvas().image(flow.left(), flow.y(), flow.width(), height_mm, bytes); !drawn) return;
    flow.down(height_mm + 1);
    if (!caption.empty()) flow.set_text(caption, flow.style(8, Weight::normal, Colour::hex(0x56606B)), 3);
  });
  return {};
}

Report& Report::space(double mm) {
  blocks_.push_back([mm](Flow& flow) { flow.down(mm); });
  return *this;
}

Report& Report::next_page() {
  blocks_.push_back([](Flow& flow) {
    if (!flow.is_at_top()) flow.next_page();
  });
  return *this;
}

Bytes Report::finish() {
  // Set twice: the first time only counts the pages, which every page then tells.
  Flow counting(options_, 0);
  for (auto const& block : blocks_) block(counting);
  Flow flow(options_, counting.page());
  for (auto const& block : blocks_) block(flow);
  return flow.finish();
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
