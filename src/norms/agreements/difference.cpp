#include "norms/agreements/difference.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "norms/agreements/summary.hpp"

namespace rcms::agreements {

namespace {

/// What a rule says, whenever it holds: two agreements are in force from different days.
std::string law_of(Rule rule) {
  rule.from.reset();
  rule.until.reset();
  return fingerprint_of(rule);
}

std::string render_side(Labels const& labels, std::string_view language, std::optional<Rule> const& rule) {
  if (!rule) return labels.text(language, "agreements.difference.absent");
  auto const confidence = labels.text(language, "agreements.confidence." + confidence_of_value(*rule));
  auto const clause = rule->article.empty() ? labels.text(language, "agreements.summary.no_clause") : rule->article;
  return fmt::format("{} [{}] ({})", render_rule(labels, language, *rule), clause, confidence);
}

}  // namespace

std::vector<RuleDifference> compare_agreements(Agreement const& left, Agreement const& right, Date on) {
  std::vector<RuleDifference> list;
  auto const add = [&](std::string const& key) {
    bool const told = std::any_of(list.begin(), list.end(), [&](auto const& each) { return each.key == key; });
    if (told) return;
    RuleDifference each;
    each.key = key;
    if (auto const* rule = find_rule(left, key, on)) each.left = *rule;
    if (auto const* rule = find_rule(right, key, on)) each.right = *rule;
    if (!each.left && !each.right) return;
    each.same_law = each.left && each.right && law_of(*each.left) == law_of(*each.right);
    each.same = each.same_law && each.left->article == each.right->article && each.left->confidence == each.right->confidence;
    list.push_back(std::move(each));
  };
  for (auto const& rule : left.rules) add(rule.key);
  for (auto const& rule : right.rules) add(rule.key);
  return list;
}

std::string render_differences(Labels const& labels, std::string_view language, Agreement const& left, Agreement const& right,
                               Date on) {
  auto out = fmt::format("{} | {}\n", left.code, right.code);
  for (auto const& each : compare_agreements(left, right, on)) {
    out += fmt::format("\n{} {}\n",
                       each.same       ? "="
                       : each.same_law ? "~"
                                       : "≠",
                       labels.text(language, "agreements.rule." + each.key));
    out += fmt::format("    {}: {}\n", left.code, render_side(labels, language, each.left));
    out += fmt::format("    {}: {}\n", right.code, render_side(labels, language, each.right));
  }
  return out;
}

}  // namespace rcms::agreements
