#include "capabilities/statistics/monthly_report.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

namespace rcms::statistics {

namespace {

constexpr std::array<std::string_view, 8> age_groups = {"0-5", "6-11", "12-17", "18-29", "30-44", "45-59", "60+", "unknown"};

bool is_meant(std::vector<Counted> const& counts, std::string_view kind, std::string_view outcome) {
  return std::any_of(counts.begin(), counts.end(),
                     [&](Counted const& one) { return one.kind == kind && (one.outcome.empty() || one.outcome == outcome); });
}

bool is_meant(FigureDefinition const& figure, Tally const& tally) {
  if (!is_meant(figure.counts, tally.kind, tally.outcome)) return false;
  switch (figure.in_time) {
    case InTime::any: return true;
    case InTime::known: return tally.in_time.has_value();
    case InTime::yes: return tally.in_time.value_or(false);
  }
  return false;
}

using Tallies = std::vector<Tally const*>;

/// The value of a figure over some facts. A share of nothing is no zero.
Amount value_of(FigureDefinition const& figure, Definitions const& definitions, Tallies const& facts) {
  if (figure.formula == Formula::share) {
    auto const whole = value_of(definitions.figure(figure.side, figure.whole), definitions, facts);
    auto const part = value_of(definitions.figure(figure.side, figure.part), definitions, facts);
    if (!whole || !part || *whole <= 0) return std::nullopt;
    return *part * 100 / *whole;
  }
  std::int64_t count = 0;
  for (auto const* fact : facts) {
    if (is_meant(figure, *fact)) count += fact->count;
  }
  return static_cast<double>(count);
}

class Making {
 public:
  Making(MonthInput const& input, Definitions const& definitions) : input_(input), definitions_(definitions) {
    for (auto const& fact : input.facts) facts_.push_back(&fact);
    has_data_ = !input.first_month.empty() && input.first_month <= input.month;
  }

  MonthlyReport run() {
    report_.party = input_.party;
    report_.month = input_.month;
    report_.side = input_.side;
    report_.partner = input_.partner;
    report_.is_provisional = month_of(input_.today) <= input_.month;
    report_.extracted_at = input_.extracted_at;
    report_.revision = input_.revision;
    figures();
    durations();
    trend();
    for (auto const* by : {"partner", "agreement", "sex", "age_group"}) breakdown(by);
    ages();
    refusals();
    return std::move(report_);
  }

 private:
  void figures() {
    for (auto const& figure : definitions_.figures) {
      if (figure.side != input_.side) continue;
      if (figure.is_trend) report_.trend_figures.push_back(figure.id);
      if (figure.is_breakdown) report_.breakdown_figures.push_back(figure.id);
      Amount value;
      if (has_data_ && figure.formula == Formula::open_at_end) value = static_cast<double>(input_.open_at_end);
      else if (has_data_) value = value_of(figure, definitions_, facts_);
      report_.figures.push_back({figure.id, value});
    }
  }

  void durations() {
    for (auto const& step : definitions_.steps) {
      if (step.side != input_.side) continue;
      std::map<std::int64_t, std::int64_t> by_hours;
      for (auto const& time : input_.times) {
        if (is_meant(step.counts, time.kind, time.outcome)) by_hours[time.hours] += time.count;
      }
      Duration duration{step.id, spread_of(by_hours, definitions_.median_at_least, definitions_.p90_at_least), {}};
      if (auto const limit = input_.limits.find(step.rule); limit != input_.limits.end()) duration.limit_days = limit->second;
      report_.durations.push_back(std::move(duration));
    }
  }

  void trend() {
    for (int back = definitions_.trend_months - 1; back >= 0; --back) {
      auto const month = month_plus(input_.month, -back);
      Tallies facts;
      for (auto const& fact : input_.trend) {
        if (fact.month == month) facts.push_back(&fact);
      }
      bool const has_data = !input_.first_month.empty() && input_.first_month <= month;
      BreakdownRow row{month, {}};
      for (auto const& id : report_.trend_figures) {
        row.values.push_back(has_data ? value_of(definitions_.figure(input_.side, id), definitions_, facts) : std::nullopt);
      }
      report_.trend.push_back(std::move(row));
    }
  }

  static std::string const& key_of(Tally const& fact, std::string_view by) {
    return by == "partner" ? fact.partner : by == "agreement" ? fact.agreement : by == "sex" ? fact.sex : fact.age_group;
  }

  void breakdown(std::string_view by) {
    std::map<std::string, Tallies> groups;
    for (auto const& fact : input_.facts) groups[key_of(fact, by)].push_back(&fact);
    Breakdown table{std::string(by), {}};
    for (auto const& [key, facts] : groups) {
      BreakdownRow row{key, {}};
      bool is_counted = false;
      for (auto const& id : report_.breakdown_figures) {
        row.values.push_back(value_of(definitions_.figure(input_.side, id), definitions_, facts));
        is_counted = is_counted || row.values.back().value_or(0) != 0;
      }
      if (is_counted) table.rows.push_back(std::move(row));
    }
    if (by == "age_group") {
      auto const place = [](BreakdownRow const& row) { return std::find(age_groups.begin(), age_groups.end(), row.key); };
      std::sort(table.rows.begin(), table.rows.end(),
                [&](auto const& left, auto const& right) { return place(left) < place(right); });
    }
    report_.breakdowns.push_back(std::move(table));
  }

  void ages() {
    for (auto const group : age_groups) {
      AgeAndSex row{std::string(group)};
      bool is_counted = false;
      for (auto const& fact : input_.facts) {
        bool const opens = std::find(std::begin(opening_kinds), std::end(opening_kinds), fact.kind) != std::end(opening_kinds);
        if (!opens || fact.age_group != group) continue;
        (fact.sex == "F" ? row.female : fact.sex == "M" ? row.male : row.other) += fact.count;
        is_counted = true;
      }
      if (is_counted || (has_data_ && group != "unknown")) report_.ages.push_back(std::move(row));
    }
  }

  void refusals() {
    std::map<std::string, std::int64_t> reasons;
    for (auto const& fact : input_.facts) {
      if (fact.kind == "refusal_reason") reasons[fact.outcome] += fact.count;
    }
    for (auto const& [code, count] : reasons) {
      if (count != 0) report_.refusals.push_back({code, count});
    }
    std::stable_sort(report_.refusals.begin(), report_.refusals.end(),
                     [](auto const& left, auto const& right) { return left.count > right.count; });
  }

  MonthInput const& input_;
  Definitions const& definitions_;
  Tallies facts_;
  bool has_data_ = false;
  MonthlyReport report_;
};

}  // namespace

Amount MonthlyReport::value(std::string_view figure) const {
  for (auto const& one : figures) {
    if (one.id == figure) return one.value;
  }
  throw std::out_of_range(fmt::format("the report has no figure \"{}\"", figure));
}

MonthlyReport make_monthly_report(MonthInput const& input, Definitions const& definitions) {
  return Making(input, definitions).run();
}

Spread spread_of(std::map<std::int64_t, std::int64_t> const& count_by_hours, int median_at_least, int p90_at_least) {
  Spread spread;
  // A correction without its fact would give a negative count: it is left out.
  for (auto const& [hours, count] : count_by_hours) spread.count += std::max<std::int64_t>(0, count);
  auto const ranked = [&](std::int64_t rank) {
    std::int64_t passed = 0;
    for (auto const& [hours, count] : count_by_hours) {
      passed += std::max<std::int64_t>(0, count);
      if (passed >= rank) return static_cast<double>(hours);
    }
    return 0.0;
  };
  if (spread.count >= std::max(1, median_at_least))
    spread.median_hours = (ranked((spread.count + 1) / 2) + ranked(spread.count / 2 + 1)) / 2;
  if (spread.count >= std::max(1, p90_at_least)) spread.p90_hours = ranked((spread.count * 9 + 9) / 10);
  return spread;
}

Result<std::string> parse_month(std::string_view text) {
  auto const day = Date::parse(std::string(text) + "-01");
  if (!day || day->year() < 2000 || day->year() > 2999)
    return refuse(Why::field_invalid, "month", "A month is written yyyy-mm, such as 2026-10.");
  return std::string(text);
}

std::string month_of(Date day) { return day.text().substr(0, 7); }
Date first_day(std::string_view month) { return Date::parse(std::string(month) + "-01").value(); }
std::string month_plus(std::string_view month, int months) { return month_of(first_day(month).plus_months(months)); }

}  // namespace rcms::statistics
