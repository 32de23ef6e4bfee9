#include "capabilities/travel_documents/stock_ledger.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {

namespace json = boost::json;

namespace {

Result<void> check_turn(std::optional<std::int64_t> if_match, std::int64_t revision, bool is_open, UserId const& first,
                        access::Viewer const& viewer) {
  if (if_match && *if_match != revision) return refuse(Why::stale_revision, "revision", "load it again and compare");
  if (!is_open) return refuse(Why::wrong_step, {}, "a second person has decided this already");
  if (first == viewer.user) return refuse(Why::same_person, {}, "another person than the first has to stand by it");
  return {};
}

std::string shown(std::string const& box) { return box.empty() ? "—" : box; }

}  // namespace

void BoxLine::add(BlankState state, bool is_destroyed, std::int64_t count) {
  switch (state) {
    case BlankState::in_stock: in_stock += count; break;
    case BlankState::assigned: assigned += count; break;
    case BlankState::issued: issued += count; break;
    case BlankState::spoilt: spoilt += count; break;
    case BlankState::void_: voided += count; break;
    case BlankState::lost: lost += count; break;
    case BlankState::returned: returned += count; break;
  }
  if (is_destroyed) destroyed += count;
}

Result<Closing> decide_closing(Closing closing, std::vector<BoxLine> const& expected, std::vector<BoxCount> const& counted,
                               std::string_view reason) {
  std::map<std::string, BoxCount const*> counts;
  for (auto const& count : counted) {
    if (count.unused < 0 || count.dead < 0) return refuse(Why::field_invalid, "boxes", "a count is none or more");
    bool const is_known = std::any_of(expected.begin(), expected.end(), [&](auto const& line) { return line.box == count.box; });
    if (!is_known)
      return refuse(Why::field_invalid, "boxes", fmt::format("your office has no sheet in box {}", shown(count.box)));
    if (!counts.emplace(count.box, &count).second)
      return refuse(Why::field_invalid, "boxes", fmt::format("box {} was counted twice", shown(count.box)));
  }
  bool balances = true;
  for (auto const& line : expected) {
    auto const count = counts.find(line.box);
    if (count == counts.end() && line.unused() == 0 && line.dead() == 0) continue;
    if (count == counts.end()) return refuse(Why::field_missing, "boxes", fmt::format("count box {} too", shown(line.box)));
    closing.lines.push_back({line.box, line.unused(), count->second->unused, line.dead(), count->second->dead});
    balances = balances && closing.lines.back().balances();
  }
  if (!balances && reason.empty()) {
    return refuse(Why::reason_missing, "reason",
                  "the count is not what the ledger says: declare lost what is missing, or give the reason of the difference");
  }
  closing.state = balances ? "balanced" : "open";
  closing.reason = balances ? std::string() : std::string(reason);
  closing.digest = digest_of(closing);
  return closing;
}

Result<Closing> decide_confirmation(Closing const& before, access::Viewer const& viewer, std::optional<std::int64_t> if_match,
                                    Instant now) {
  auto const turn = check_turn(if_match, before.revision, before.state == "open", before.closed_by, viewer);
  if (!turn) return tl::unexpected(turn.error());
  auto after = before;
  after.state = "confirmed";
  after.confirmed_by = viewer.user;
  after.confirmed_at = now;
  ++after.revision;
  return after;
}

std::string digest_of(Closing const& closing) {
  return to_hex(sha256(join({closing.digest_before, closing.id, closing.party.value, closing.organisation.value,
                             closing.day.text(), lines_text(closing.lines), closing.reason, closing.closed_by.value,
                             closing.closed_at.text()},
                            "\n")));
}

std::string lines_text(std::vector<ClosingLine> const& lines) {
  json::array array;
  for (auto const& line : lines) {
    array.push_back(
        json::array{line.box, line.expected_unused, line.counted_unused, line.expected_dead, line.counted_dead});
  }
  return json::serialize(array);
}

std::vector<ClosingLine> read_lines(std::string_view text) {
  std::vector<ClosingLine> lines;
  auto const all = json::parse(json::string_view(text.data(), text.size()));
  for (auto const& value : all.as_array()) {
    auto const& one = value.as_array();
    lines.push_back({std::string(one.at(0).as_string()), one.at(1).as_int64(), one.at(2).as_int64(), one.at(3).as_int64(),
                     one.at(4).as_int64()});
  }
  return lines;
}

std::vector<StockAlarm> find_gaps(std::vector<StockLine> const& stock) {
  std::vector<StockAlarm> alarms;
  BlankRange const* before = nullptr;
  for (auto const& line : stock) {
    auto const& range = line.range;
    bool const goes_on = before != nullptr && before->series == range.series && before->digits == range.digits;
    if (goes_on && range.first > before->last + 1) {
      alarms.push_back(
          {"gap", range.number(before->last + 1), range.number(range.first - 1), range.first - before->last - 1, {}, {}});
    }
    if (!line.balances())
      alarms.push_back(
          {"no_balance", range.number(range.first), range.number(range.last), range.received(), range.organisation, {}});
    if (!goes_on || range.last > before->last) before = &range;
  }
  return alarms;
}

Result<Destruction> decide_destruction(Destruction const& before, access::Viewer const& viewer, bool confirms,
                                       std::string_view reason, std::optional<std::int64_t> if_match, Instant now) {
  auto const turn = check_turn(if_match, before.revision, before.state == "proposed", before.proposed_by, viewer);
  if (!turn) return tl::unexpected(turn.error());
  if (!confirms && reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = confirms ? "confirmed" : "refused";
  after.decided_by = viewer.user;
  after.decided_at = now;
  after.reason = reason;
  ++after.revision;
  return after;
}

}  // namespace rcms::travel_documents
