// Small things of an import that need no database. Source: none; no norm says how tables look.
#include "capabilities/casework/imports.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace {

constexpr std::size_t longest_heading = 80;
constexpr std::size_t rows_looked_at_for_headings = 10;
constexpr std::size_t most_cells_of_title = 2;
constexpr std::size_t fewest_headings_below_title = 4;

std::size_t filled_cells(sheets::Row const& row) {
  return static_cast<std::size_t>(std::count_if(row.cells.begin(), row.cells.end(),
                                                [](sheets::Cell const& cell) { return !tidy_text(cell.text).empty(); }));
}
bool holds_texts_only(sheets::Row const& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](sheets::Cell const& cell) {
    return cell.kind == sheets::CellKind::text || tidy_text(cell.text).empty();
  });
}

bool is_date(forms::Form const& form, std::string const& path) {
  auto const* field = path.empty() || path == full_name_target ? nullptr : forms::find_field(form, path);
  return field != nullptr && (field->type == forms::Type::date || field->type == forms::Type::partial_date);
}

}  // namespace

std::string_view name_of(ImportState state) {
  switch (state) {
    case ImportState::uploaded: return "uploaded";
    case ImportState::mapped: return "mapped";
    case ImportState::loading: return "loading";
    case ImportState::loaded: return "loaded";
  }
  return "uploaded";
}

std::string subject_of(ImportId const& id) { return "import:" + id.value; }

std::size_t heading_row_of(std::vector<sheets::Row> const& first) {
  if (first.empty() || filled_cells(first.front()) > most_cells_of_title) return 0;
  for (std::size_t i = 1; i < first.size(); ++i) {
    if (filled_cells(first[i]) >= fewest_headings_below_title) return holds_texts_only(first[i]) ? i : 0;
  }
  return 0;
}

sheets::Report read_below_headings(std::string_view content, std::function<void(sheets::Row const&)> const& headings,
                                   sheets::EachRow const& each_row) {
  std::vector<sheets::Row> first;
  bool is_open = false;
  auto const open = [&] {
    is_open = true;
    auto const at = heading_row_of(first);
    if (at < first.size()) headings(first[at]);
    for (auto i = at + 1; i < first.size(); ++i) {
      if (!each_row(first[i])) return false;
    }
    return true;
  };
  auto report = sheets::read_sheet(content, {}, [&](sheets::Row const& row) {
    if (is_open) return each_row(row);
    first.push_back(row);
    return first.size() < rows_looked_at_for_headings || open();
  });
  if (!is_open && !report.stopped) open();
  return report;
}

bool writes_m_for_women(std::vector<sheets::Row> const& rows, Mapping const& mapping) {
  std::set<std::string> words;
  for (std::size_t i = 0; i < mapping.size(); ++i) {
    if (mapping[i] != "A_person.sex") continue;
    for (auto const& row : rows) {
      if (i < row.cells.size()) words.insert(import_key(row.cells[i].text));
    }
  }
  return words.count(import_key("h")) != 0 && words.count(import_key("f")) == 0;
}

std::vector<std::string> unique_headings(sheets::Row const& row) {
  std::vector<std::string> headings;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    auto title = cut(tidy_text(row.cells[i].text), longest_heading);
    if (title.empty() || has_control_characters(title)) title = fmt::format("Column {}", i + 1);
    auto heading = title;
    for (int number = 2; !taken.insert(heading).second; ++number) heading = fmt::format("{} ({})", title, number);
    headings.push_back(std::move(heading));
  }
  return headings;
}

ImportProfile profile_for(NamedProfile const& named, std::vector<std::string> const& headings) {
  ImportProfile profile;
  profile.day_order = named.day_order;
  profile.constants = named.constants;
  for (auto const& heading : headings) {
    auto const found = named.mapping.find(heading);
    profile.mapping.push_back(found == named.mapping.end() ? std::string() : found->second);
  }
  return profile;
}

NamedProfile named_profile(ImportProfile const& profile, std::vector<std::string> const& headings) {
  NamedProfile named;
  named.day_order = profile.day_order;
  named.constants = profile.constants;
  for (std::size_t i = 0; i < headings.size() && i < profile.mapping.size(); ++i) {
    if (!profile.mapping[i].empty()) named.mapping[headings[i]] = profile.mapping[i];
  }
  return named;
}

SavedProfile const* fitting_profile(std::vector<SavedProfile> const& profiles, std::vector<std::string> const& headings) {
  SavedProfile const* best = nullptr;
  std::size_t most = 0;
  std::set<std::string> const present(headings.begin(), headings.end());
  for (auto const& saved : profiles) {
    std::size_t used = 0;
    bool fits = true;
    for (auto const& [heading, path] : saved.profile.mapping) {
      if (path.empty()) continue;
      ++used;
      fits = fits && present.count(heading) != 0;
    }
    if (fits && used > most) {
      best = &saved;
      most = used;
    }
  }
  return best;
}

DayOrder guess_day_order(std::vector<sheets::Row> const& rows, Mapping const& mapping, forms::Form const& form,
                         ImportWords const& words) {
  std::size_t only_month_first = 0;
  std::size_t only_day_first = 0;
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < mapping.size() && i < row.cells.size(); ++i) {
      if (row.cells[i].kind != sheets::CellKind::text || !is_date(form, mapping[i])) continue;
      bool const day_first = parse_date_cell(row.cells[i], DayOrder::day_first, words).has_value();
      bool const month_first = parse_date_cell(row.cells[i], DayOrder::month_first, words).has_value();
      if (month_first && !day_first) ++only_month_first;
      if (day_first && !month_first) ++only_day_first;
    }
  }
  return only_month_first > only_day_first ? DayOrder::month_first : DayOrder::day_first;
}

}  // namespace rcms::casework
