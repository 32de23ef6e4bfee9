#include "foundation/pages/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace rcms {
namespace {

/// Told apart also in grey and with the common forms of colour blindness.
constexpr std::array<unsigned, 6> palette{0x1F3A5F, 0xC8791E, 0x5B8DB8, 0x7A3B69, 0x6B8E4E, 0x9AA5B1};

Colour colour_of(std::size_t series) { return Colour::hex(palette[series % palette.size()]); }

std::string number_text(double value) {
  if (value >= 1e6) return fmt::format("{:g} M", value / 1e6);
  if (value >= 1e4) return fmt::format("{:g} k", value / 1e3);
  return fmt::format("{:g}", value);
}

double largest_of(Chart const& chart) {
  double largest = 0;
  for (auto const& series : chart.series) {
    for (double value : series.values) largest = std::max(largest, value);
  }
  return largest;
}

/// The area inside the axes and the scale upon it.
struct Plot {
  double left;
  double top;
  double width;
  double height;
  double maximum;
  std::size_t categories;
  bool reversed;

  double y(double value) const { return top + height - (maximum > 0 ? value / maximum * height : 0); }
  double cell() const { return width / static_cast<double>(std::max<std::size_t>(1, categories)); }
  double cell_left(std::size_t category) const {
    auto place = reversed ? categories - 1 - category : category;
    return left + cell() * static_cast<double>(place);
  }
};

void draw_scale(Report::Flow& flow, Plot const& plot, double step) {
  auto style = flow.style(7.5, Weight::normal, Colour::hex(0x56606B));
  style.right_to_left = false;
  style.align = Align::end;
  for (double value = 0; value <= plot.maximum * 1.0001; value += step) {
    double y = plot.y(value);
    flow.canvas().line({plot.left, y}, {plot.left + plot.width, y},
                       {Colour::hex(value == 0 ? 0x56606B : 0xDCE1E7), value == 0 ? 0.25 : 0.15});
    flow.canvas().text(plot.left - 1.5, y - 1.6, number_text(value), style);
  }
}

void draw_categories(Report::Flow& flow, Chart const& chart, Plot const& plot) {
  auto style = flow.style(7.5, Weight::normal, Colour::hex(0x56606B));
  style.align = Align::centre;
  double widest = 1;
  for (auto const& category : chart.categories) widest = std::max(widest, flow.canvas().measure(category, style).width_mm);
  // Names that would touch each other are told every so often only.
  auto every = static_cast<std::size_t>(std::max(1.0, std::ceil((widest + 2) / plot.cell())));
  for (std::size_t i = 0; i < chart.categories.size(); i += every) {
    flow.canvas().text(plot.cell_left(i) + plot.cell() / 2, plot.top + plot.height + 1.2, chart.categories[i], style);
  }
}

void draw_bars(Report::Flow& flow, Chart const& chart, Plot const& plot) {
  auto count = static_cast<double>(std::max<std::size_t>(1, chart.series.size()));
  double bar = std::min(plot.cell() * 0.72 / count, 14.0);
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    auto const& values = chart.series[s].values;
    for (std::size_t i = 0; i < values.size() && i < plot.categories; ++i) {
      auto place = plot.reversed ? count - 1 - static_cast<double>(s) : static_cast<double>(s);
      if (std::isnan(values[i])) {
        auto gap = flow.style(7.5, Weight::normal, Colour::hex(0x56606B));
        gap.align = Align::centre;
        flow.canvas().text(plot.cell_left(i) + plot.cell() / 2, plot.top + plot.height - 4, "–", gap);
        continue;
      }
      double x = plot.cell_left(i) + (plot.cell() - bar * count) / 2 + bar * place;
      double y = plot.y(std::max(0.0, values[i]));
      flow.canvas().rectangle(x + bar * 0.04, y, bar * 0.92, plot.top + plot.height - y, colour_of(s));
      bool room = chart.series.size() == 1 && plot.cell() > 8;
      if (!room) continue;
      auto style = flow.style(7.5, Weight::bold);
      style.right_to_left = false;
      style.align = Align::centre;
      flow.canvas().text(x + bar / 2, y - 3.6, number_text(values[i]), style);
    }
  }
}

void draw_lines(Report::Flow& flow, Chart const& chart, Plot const& plot) {
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    std::vector<Point> points;
    auto const& values = chart.series[s].values;
    for (std::size_t i = 0; i < values.size() && i < plot.categories; ++i) {
      points.push_back({plot.cell_left(i) + plot.cell() / 2, plot.y(std::max(0.0, values[i]))});
    }
    if (points.size() > 1) flow.canvas().polyline(points, {colour_of(s), 0.6});
    for (auto const& point : points) flow.canvas().circle(point, 0.8, colour_of(s));
  }
}

/// The names of the series with their colours; gives the height used.
double draw_legend(Report::Flow& flow, Chart const& chart, double y) {
  if (chart.series.size() < 2) return 0;
  auto style = flow.style(8);
  double offset = 0;
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    double width = flow.canvas().measure(chart.series[s].name, style).width_mm;
    if (offset > 0 && offset + width + 6 > flow.width()) {
      offset = 0;
      y += 5;
    }
    flow.canvas().rectangle(flow.x(offset, 3), y + 0.6, 3, 3, colour_of(s));
    flow.canvas().text(flow.x(offset + 4, width), y, chart.series[s].name, style);
    offset += width + 10;
  }
  return 6;
}

struct Title {
  std::string text;
  TextStyle style;
  double height_mm = 0;
};

Title title_of(Report::Flow& flow, Chart const& chart) {
  Title title{chart.unit.empty() ? chart.title : chart.title + " (" + chart.unit + ")", flow.style(10, Weight::bold)};
  title.style.width_mm = flow.width();
  title.height_mm = flow.canvas().measure(title.text, title.style).height_mm;
  return title;
}

}  // namespace

double round_step(double largest, int steps) {
  if (largest <= 0) return 1;
  double raw = largest / steps;
  double power = std::pow(10, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (raw <= factor * power * 1.0001) return factor * power;
  }
  return 10 * power;
}

double chart_height(Report::Flow& flow, Chart const& chart) {
  double const legend = chart.series.size() > 1 ? 6 : 0;
  return title_of(flow, chart).height_mm + 1.5 + legend + chart.height_mm + 10;
}

void draw_chart(Report::Flow& flow, Chart const& chart, ChartKind kind) {
  flow.need(chart_height(flow, chart));
  auto const title = title_of(flow, chart);
  flow.canvas().text(flow.left(), flow.y(), title.text, title.style);
  flow.down(title.height_mm + 1.5);
  flow.down(draw_legend(flow, chart, flow.y()));
  double step = round_step(largest_of(chart), 5);
  double maximum = std::max(step, std::ceil(largest_of(chart) / step - 0.0001) * step);
  bool reversed = flow.style(8).right_to_left;
  Plot plot{flow.left() + 14, flow.y() + 4, flow.width() - 14, chart.height_mm - 4, maximum, chart.categories.size(), reversed};
  draw_scale(flow, plot, step);
  if (kind == ChartKind::bars) draw_bars(flow, chart, plot);
  else draw_lines(flow, chart, plot);
  draw_categories(flow, chart, plot);
  flow.down(chart.height_mm + 9);
}

}  // namespace rcms
