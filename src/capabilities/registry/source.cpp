#include "capabilities/registry/source.hpp"

#include <array>
#include <regex>

#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t retry_ms = 10 * 60'000;
constexpr std::size_t longest_detail = 300;

constexpr std::array<std::string_view, 5> kinds{"none", "file", "postgresql", "http_table", "http_answers"};

}  // namespace

std::string_view name_of(SourceKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<SourceKind> parse_source_kind(std::string_view name) {
  for (std::size_t at = 0; at < kinds.size(); ++at)
    if (kinds[at] == name) return static_cast<SourceKind>(at);
  return std::nullopt;
}

std::string_view name_of(Condition condition) {
  constexpr std::array<std::string_view, 5> names{"none", "waiting", "working", "old", "down"};
  return names[static_cast<std::size_t>(condition)];
}

Condition condition_of(Source const& source, Health const& health, Instant now) {
  if (source.kind == SourceKind::none) return Condition::none;
  if (!health.looked_at) return Condition::waiting;
  if (!health.works) return Condition::down;
  if (!health.data_as_of) return Condition::waiting;
  auto const age_ms = now.ms - health.data_as_of->ms;
  return age_ms > source.old_after_days * 24 * hour_ms ? Condition::old : Condition::working;
}

std::string host_of(std::string_view address) {
  static std::regex const form("[a-z]+://(?:[^@/]*@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+\\])(?::[0-9]{1,5})?(?:/.*)?");
  std::match_results<std::string_view::const_iterator> parts;
  if (!std::regex_match(address.begin(), address.end(), parts, form)) return {};
  return lower_ascii(parts[1].str());
}

Findings check_source(Source const& source, std::set<std::string, std::less<>> const& hosts) {
  Findings findings;
  auto const invalid = [&](char const* field, char const* detail) {
    findings.push_back({Why::field_invalid, field, detail, {}});
  };
  if (source.refresh_hours < 1 || source.refresh_hours > 720) invalid("refresh_hours", "From 1 to 720 hours.");
  if (source.old_after_days < 1 || source.old_after_days > 365) invalid("old_after_days", "From 1 to 365 days.");
  bool const is_postgresql = source.kind == SourceKind::postgresql;
  bool const is_http = source.kind == SourceKind::http_table || source.kind == SourceKind::http_answers;
  if (!is_postgresql && !is_http) return findings;
  static std::regex const database("postgresql://[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9_-]+");
  static std::regex const web("https?://[^@/ ]+(/[^ ]*)?");
  static std::regex const view("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");
  if (source.address.empty()) {
    findings.push_back({Why::field_missing, "address", "Say where the registry is.", {}});
    return findings;
  }
  if (is_postgresql && !std::regex_match(source.address, database))
    invalid("address", "Write postgresql://user@host:port/database; the password lies in a file of the node.");
  if (is_postgresql && !std::regex_match(source.view, view))
    invalid("view", "The name of a view: letters, digits and _, with its schema before a point where it needs one.");
  if (is_http && !std::regex_match(source.address, web))
    invalid("address", "Write https://host/path, without a name or a password.");
  if (!findings.empty()) return findings;
  auto const host = host_of(source.address);
  bool const is_here = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  if (is_http && !source.address.starts_with("https://") && !is_here)
    invalid("address", "Another machine is asked by https only.");
  if (!hosts.contains(host))
    invalid("address", "The operator of the node has not allowed this host: it belongs into registries/hosts.txt of the node.");
  return findings;
}

Health after_failure(Health before, std::string problem, std::string detail, Instant now) {
  auto after = std::move(before);
  if (after.works || !after.since) after.since = now;
  after.works = false;
  after.looked_at = now;
  after.problem = std::move(problem);
  after.problem_detail = cut(tidy_text(is_utf8(detail) ? detail : std::string()), longest_detail);
  return after;
}

Health after_success(Health before, Instant now) {
  auto after = std::move(before);
  if (!after.works || !after.since) after.since = now;
  after.works = true;
  after.looked_at = now;
  after.problem.clear();
  after.problem_detail.clear();
  return after;
}

bool may_replace(std::uint64_t before, std::uint64_t after, bool accept_smaller) {
  return after > 0 && (accept_smaller || after * 2 >= before);
}

bool is_due(Source const& source, Health const& health, Instant now) {
  if (source.kind == SourceKind::none) return false;
  if (source.kind == SourceKind::file || !health.looked_at || source.changed_at > *health.looked_at) return true;
  auto const after_ms = health.works && source.kind != SourceKind::http_answers ? source.refresh_hours * hour_ms : retry_ms;
  return now.ms - health.looked_at->ms >= after_ms;
}

}  // namespace rcms::registry
