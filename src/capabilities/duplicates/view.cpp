#include "capabilities/duplicates/view.hpp"

#include <map>

#include <boost/json.hpp>

#include "capabilities/case_files/present.hpp"

namespace rcms::duplicates {

namespace {

constexpr double parts_of_a_million = 1e6;
constexpr double millibits_of_a_bit = 1000;
constexpr int rows_of_a_list = 100;

using RowsByCase = std::map<std::string, case_files::CaseRowView>;

RowsByCase files_of(Context const& context, access::Viewer const& viewer, Shelf const& shelf, std::vector<Pair> const& pairs) {
  RowsByCase rows;
  case_files::ListFilter filter;
  for (auto const& pair : pairs) {
    filter.ids.push_back(pair.left.value);
    filter.ids.push_back(pair.right.value);
  }
  if (filter.ids.empty()) return rows;
  auto const page = case_files::list_case_files(context.database, shelf.party, shelf.side, filter, case_files::Sort::newest, {},
                                                rows_of_a_list);
  if (!page) return rows;
  for (auto const& row : page->rows) rows.emplace(row.id, case_files::present_row(context, viewer, shelf.side, row));
  return rows;
}

/// The older file stands left.
std::pair<CaseId, CaseId> in_order(Pair const& pair, RowsByCase const& rows) {
  return rows.at(pair.left.value).created_at.ms <= rows.at(pair.right.value).created_at.ms
             ? std::pair(pair.left, pair.right)
             : std::pair(pair.right, pair.left);
}

registry::Question compared_question(Context const& context, Shelf const& shelf, CaseId const& id) {
  auto const text = find_compared(context.database, shelf, id);
  if (text.empty()) return {};
  auto const value = boost::json::parse(text);
  return registry::read_question(value.as_object());
}

}  // namespace

std::vector<PairRowView> rows_of(Context const& context, access::Viewer const& viewer, Shelf const& shelf,
                                 std::vector<Pair> const& pairs) {
  std::vector<PairRowView> views;
  auto const files = files_of(context, viewer, shelf, pairs);
  for (auto const& one : pairs) {
    if (!files.contains(one.left.value) || !files.contains(one.right.value)) continue;
    auto const [left, right] = in_order(one, files);
    views.push_back({one.id, one.state, one.posterior_ppm / parts_of_a_million, one.may_be_relative, files.at(left.value),
                     files.at(right.value), one.found_at, one.decided_at});
  }
  return views;
}

Result<PairView> view_of(Context const& context, access::Viewer const& viewer, Pair const& pair) {
  Shelf const shelf{pair.party, pair.side};
  auto const files = files_of(context, viewer, shelf, {pair});
  if (!files.contains(pair.left.value) || !files.contains(pair.right.value)) return refuse(Why::not_found);
  auto const [left, right] = in_order(pair, files);
  PairView view;
  view.id = pair.id;
  view.state = pair.state;
  view.probability = pair.posterior_ppm / parts_of_a_million;
  view.bits = pair.score / millibits_of_a_bit;
  view.may_be_relative = pair.may_be_relative;
  view.model = pair.model;
  view.left = files.at(left.value);
  view.right = files.at(right.value);
  auto const asked = compared_question(context, shelf, left);
  auto const held = compared_question(context, shelf, right);
  for (auto const& one : pair.reasons) {
    view.reasons.push_back({std::string(matching::name_of(one.part)), std::string(matching::name_of(one.rule)),
                            registry::asked_of(asked, one.part), registry::asked_of(held, one.part),
                            one.bits / millibits_of_a_bit, one.against_relative / millibits_of_a_bit, one.one_in});
  }
  view.found_at = pair.found_at;
  if (auto const name = context.directory.user_name(viewer.party, pair.decided_by); !name.empty()) view.decided_by = name;
  view.decided_at = pair.decided_at;
  view.reason = pair.reason;
  view.revision = pair.revision;
  return view;
}

}  // namespace rcms::duplicates
