// What is counted and what it means, as data (data/statistics/facts.toml): the only source of names and definitions of figures.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/access/people.hpp"

namespace rcms::statistics {

using access::Names;

/// Which facts are meant: all of a kind, or those with one outcome.
struct Counted {
  std::string kind;
  std::string outcome;  ///< empty: any
};

enum class InTime { any, yes, known };
enum class Formula { count, open_at_end, share };

struct KindDefinition {
  std::string id;
  std::string side;  ///< requesting, requested, both
  Names name;
  Names definition;
};

struct FigureDefinition {
  std::string id;
  std::string side;
  std::string unit;  ///< "percent" or empty: a count
  bool is_headline = false;
  bool is_trend = false;
  bool is_breakdown = false;
  bool is_reply = false;  ///< a kind of reply, for the table of outcomes
  std::vector<Counted> counts;
  InTime in_time = InTime::any;
  Formula formula = Formula::count;
  std::string part;   ///< share: figures of the same side
  std::string whole;
  Names name;
  Names short_name;  ///< for the head of a column; the name when it has none
  Names definition;
};

/// A duration: the hours of the facts meant.
struct StepDefinition {
  std::string id;
  std::string side;
  std::string rule;  ///< rule of the agreement that limits it, or empty
  std::vector<Counted> counts;
  Names name;
  Names definition;
};

/// A word of the report that needs explaining: median, P90, month, …
struct MeasureDefinition {
  std::string id;
  Names name;
  Names definition;
};

struct Definitions {
  int median_at_least = 1;
  int p90_at_least = 10;
  int trend_months = 12;
  std::vector<KindDefinition> kinds;
  std::vector<FigureDefinition> figures;
  std::vector<StepDefinition> steps;
  std::vector<MeasureDefinition> measures;

  /// Throws std::out_of_range when there is none.
  FigureDefinition const& figure(std::string_view side, std::string_view id) const;
  MeasureDefinition const& measure(std::string_view id) const;
};

/// Throws std::runtime_error that names the file and what is wrong: shape, an id twice, a figure or kind that does not exist.
Definitions load_definitions(std::filesystem::path const& data);

}  // namespace rcms::statistics
