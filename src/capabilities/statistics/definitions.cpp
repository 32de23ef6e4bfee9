#include "capabilities/statistics/definitions.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"

namespace rcms::statistics {

namespace {

namespace json = boost::json;

std::string text_in(json::object const& object, std::string_view key) {
  auto const* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

bool flag_in(json::object const& object, std::string_view key) {
  auto const* value = object.if_contains(key);
  return value != nullptr && value->as_bool();
}

Names names_in(json::object const& object, std::string_view key) {
  auto const& names = object.at(key).as_object();
  return {text_in(names, "en"), text_in(names, "es")};
}

std::vector<Counted> counts_in(json::object const& object) {
  std::vector<Counted> counts;
  auto const* list = object.if_contains("counts");
  if (list == nullptr) return counts;
  for (auto const& one : list->as_array())
    counts.push_back({text_in(one.as_object(), "kind"), text_in(one.as_object(), "outcome")});
  return counts;
}

FigureDefinition figure_of(json::object const& object) {
  FigureDefinition figure;
  figure.id = text_in(object, "id");
  figure.side = text_in(object, "side");
  figure.unit = text_in(object, "unit");
  figure.is_headline = flag_in(object, "headline");
  figure.is_trend = flag_in(object, "trend");
  figure.is_breakdown = flag_in(object, "breakdown");
  figure.is_reply = flag_in(object, "reply");
  figure.counts = counts_in(object);
  auto const in_time = text_in(object, "in_time");
  figure.in_time = in_time == "yes" ? InTime::yes : in_time == "known" ? InTime::known : InTime::any;
  auto const formula = text_in(object, "formula");
  figure.formula = formula == "open_at_end" ? Formula::open_at_end : formula == "share" ? Formula::share : Formula::count;
  figure.part = text_in(object, "part");
  figure.whole = text_in(object, "whole");
  figure.name = names_in(object, "name");
  figure.short_name = object.contains("short") ? names_in(object, "short") : figure.name;
  figure.definition = names_in(object, "definition");
  return figure;
}

[[noreturn]] void wrong(std::string const& what) { throw std::runtime_error("data/statistics/facts.toml: " + what); }

void check_counts(Definitions const& all, std::string const& where, std::string const& side, std::vector<Counted> const& counts) {
  for (auto const& one : counts) {
    bool const known = std::any_of(all.kinds.begin(), all.kinds.end(), [&](auto const& kind) {
      return kind.id == one.kind && (kind.side == side || kind.side == "both");
    });
    if (!known) wrong(fmt::format("{} counts the kind \"{}\", which the {} State does not have", where, one.kind, side));
  }
}

void check(Definitions const& all) {
  std::set<std::string> seen;
  for (auto const& kind : all.kinds) {
    if (!seen.insert("kind " + kind.id).second) wrong(fmt::format("the kind \"{}\" stands there twice", kind.id));
  }
  for (auto const& figure : all.figures) {
    auto const where = fmt::format("the figure \"{}\" of the {} State", figure.id, figure.side);
    if (!seen.insert(where).second) wrong(where + " stands there twice");
    check_counts(all, where, figure.side, figure.counts);
    if ((figure.formula == Formula::count) == figure.counts.empty()) wrong(where + " needs either `counts` or a formula");
    if (figure.formula != Formula::share) continue;
    for (auto const& other : {figure.part, figure.whole}) {
      bool const known = std::any_of(all.figures.begin(), all.figures.end(), [&](auto const& one) {
        return one.id == other && one.side == figure.side && one.formula == Formula::count;
      });
      if (!known) wrong(fmt::format("{} divides \"{}\", which is not a count of this State", where, other));
    }
  }
  for (auto const& step : all.steps) {
    auto const where = fmt::format("the step \"{}\" of the {} State", step.id, step.side);
    if (!seen.insert(where).second) wrong(where + " stands there twice");
    check_counts(all, where, step.side, step.counts);
  }
  for (auto const* needed : {"median", "p90", "month", "age_group", "revision"}) (void)all.measure(needed);
}

}  // namespace

FigureDefinition const& Definitions::figure(std::string_view side, std::string_view id) const {
  for (auto const& one : figures) {
    if (one.id == id && one.side == side) return one;
  }
  throw std::out_of_range(fmt::format("no figure \"{}\" of the {} State", id, side));
}

MeasureDefinition const& Definitions::measure(std::string_view id) const {
  for (auto const& one : measures) {
    if (one.id == id) return one;
  }
  throw std::out_of_range(fmt::format("data/statistics/facts.toml: the measure \"{}\" is missing", id));
}

Definitions load_definitions(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "statistics/facts.toml", data / "schema/facts.schema.json");
  Definitions all;
  auto const& method = file.at("method").as_object();
  all.median_at_least = method.at("median_at_least").to_number<int>();
  all.p90_at_least = method.at("p90_at_least").to_number<int>();
  all.trend_months = method.at("trend_months").to_number<int>();
  for (auto const& one : file.at("kind").as_array()) {
    auto const& kind = one.as_object();
    all.kinds.push_back({text_in(kind, "id"), text_in(kind, "side"), names_in(kind, "name"), names_in(kind, "definition")});
  }
  for (auto const& one : file.at("figure").as_array()) all.figures.push_back(figure_of(one.as_object()));
  for (auto const& one : file.at("step").as_array()) {
    auto const& step = one.as_object();
    all.steps.push_back({text_in(step, "id"), text_in(step, "side"), text_in(step, "rule"), counts_in(step),
                         names_in(step, "name"), names_in(step, "definition")});
  }
  for (auto const& one : file.at("measure").as_array()) {
    auto const& measure = one.as_object();
    all.measures.push_back({text_in(measure, "id"), names_in(measure, "name"), names_in(measure, "definition")});
  }
  check(all);
  return all;
}

}  // namespace rcms::statistics
