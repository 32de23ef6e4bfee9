#include "norms/agreements/held_document.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace rcms::agreements {

namespace {

constexpr std::array<std::string_view, 4> kinds = {"passport", "identity_card", "residence_title", "laissez_passer"};

Result<void> check_days(HeldDocument const& document, Date today) {
  if (document.issued_on > today) return refuse(Why::field_invalid, "issued_on", "a day that is not in the future");
  if (document.expires_on < document.issued_on)
    return refuse(Why::field_invalid, "expires_on", "a day after that of the issue");
  if (document.expires_on <= today)
    return refuse(Why::field_invalid, "expires_on", "the document is not valid any more: another one is needed");
  return {};
}

/// A document of the requesting State for a national of the requested State.
Result<void> check_standing_in(Agreement const& agreement, HeldFacts const& facts, Date today, Date version_on) {
  if (document_issuer(agreement, facts.requested, version_on) == "requesting") return {};
  auto const* rule = find_rule(agreement, "td_fallback", version_on);
  if (rule == nullptr) {
    auto const* issuer = find_rule(agreement, "td_issuer", version_on);
    return refuse(Why::agreement_does_not_apply, "kind",
                  "the requested State issues the document of its own nationals under this agreement",
                  cite(agreement, issuer == nullptr ? std::string() : issuer->article));
  }
  if (!facts.fallback_from)
    return refuse(Why::too_early, "kind", "the requested State has time to issue the document", cite(agreement, rule->article));
  if (today < *facts.fallback_from) {
    return refuse(Why::too_early, "kind",
                  fmt::format("the requested State has time to issue the document; yours may stand in from {} on",
                              facts.fallback_from->text()),
                  cite(agreement, rule->article));
  }
  return {};
}

}  // namespace

std::optional<Deadline> find_fallback_term(Agreement const& agreement, Calendars const& calendars, std::string_view requested,
                                           std::vector<Event> events, Date version_on) {
  auto const* rule = find_rule(agreement, "td_fallback", version_on);
  if (rule == nullptr) return std::nullopt;
  bool const has_term = rule->value.has_value();
  auto const has = [&](std::string_view kind) {
    return std::any_of(events.begin(), events.end(), [&](auto const& event) { return event.kind == kind; });
  };
  if (has_term && !rule->start.empty() && !has(rule->start)) {
    auto const accepted = std::find_if(events.rbegin(), events.rend(), [](auto const& one) { return one.kind == "acceptance"; });
    if (accepted == events.rend()) return std::nullopt;
    Event order{rule->start, accepted->at, 0};
    events.push_back(std::move(order));
    std::stable_sort(events.begin(), events.end(), [](auto const& one, auto const& other) { return one.at < other.at; });
  }
  auto term = compute_deadline(agreement, calendars, has_term ? "td_fallback" : "td_issue", requested, events, version_on);
  if (!term || has_term) return term;
  term->key = "td_fallback";
  auto const clause = cite(agreement, rule->article);
  if (!rule->article.empty() && clause != term->source) term->source += "; " + clause;
  return term;
}

std::optional<Date> fallback_from(Agreement const& agreement, Calendars const& calendars, std::string_view requested,
                                  std::vector<Event> events, Date version_on) {
  auto const term = find_fallback_term(agreement, calendars, requested, std::move(events), version_on);
  if (!term || !term->due) return std::nullopt;
  return term->due->plus_days(1);
}

Result<void> check_held_document(Agreement const& agreement, HeldDocument const& document, HeldFacts const& facts, Date today,
                                 Date version_on) {
  if (std::find(kinds.begin(), kinds.end(), document.kind) == kinds.end())
    return refuse(Why::field_invalid, "kind", "choose a kind of the list");
  if (auto days = check_days(document, today); !days) return days;
  if (document.kind == "residence_title") {
    if (facts.own_national)
      return refuse(Why::field_invalid, "kind", "a national of the requested State needs no residence title there");
    if (!facts.destination.empty() && document.issuer != facts.destination)
      return refuse(Why::field_invalid, "issuer",
                    "a residence title opens only the State that issued it: that of the destination");
    if (facts.destination.empty() && document.issuer != facts.requested)
      return refuse(Why::field_invalid, "issuer", "a residence title opens only the State that issued it: the requested State");
    return {};
  }
  if (document.kind != "laissez_passer") return {};
  if (document.issuer != facts.requesting)
    return refuse(Why::field_invalid, "issuer", "this document is one of the requesting State itself");
  if (!facts.own_national) return {};
  return check_standing_in(agreement, facts, today, version_on);
}

}  // namespace rcms::agreements
