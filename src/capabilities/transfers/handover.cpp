#include "capabilities/transfers/handover.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <stdexcept>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

constexpr std::string_view clash_value = "clash";
constexpr std::string_view not_listed_value = "not_listed";

bool is_value_of(Side side, std::string_view value) {
  auto const& values = values_of(side);
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_listed(HandoverList const& list, CaseId const& person) {
  return std::any_of(list.persons.begin(), list.persons.end(), [&](auto const& one) { return one.case_id == person; });
}

bool is_note(std::string const& text) { return is_utf8(text) && !has_control_characters(text); }

bool is_same(Tick const& one, Tick const& other) {
  return one.case_id == other.case_id && one.value == other.value && one.note == other.note && one.taking == other.taking &&
         one.counter == other.counter && one.device_at == other.device_at;
}

std::string standing_word(std::map<CaseId, Standing> const& standings, CaseId const& person) {
  auto const found = standings.find(person);
  if (found == standings.end()) return {};
  return found->second.is_clash ? std::string(clash_value) : found->second.value;
}

/// Boarded and arrived, or neither.
bool do_agree(std::string_view ours, std::string_view theirs) {
  auto const is_there = [](std::string_view value) { return value == "boarded" || value == "arrived"; };
  bool const is_told = !ours.empty() && !theirs.empty() && ours != clash_value && ours != not_listed_value;
  return is_told && is_there(ours) == is_there(theirs);
}

std::string kind_of(Side side, std::string_view ours, std::string_view theirs) {
  if (ours == clash_value) return "clash";
  if (ours == not_listed_value) return "not_listed";
  if (ours.empty() || theirs.empty()) return "not_ticked";
  return (side == Side::requesting ? ours : theirs) == "boarded" ? "boarded_not_arrived" : "arrived_not_boarded";
}

std::optional<Explanation> find_explanation(std::vector<Explanation> const& all, CaseId const& person, std::string_view ours,
                                            std::string_view theirs) {
  std::optional<Explanation> newest;
  for (auto const& one : all) {
    if (one.case_id == person && one.ours == ours && one.theirs == theirs) newest = one;
  }
  return newest;
}

Result<Mark> take_mark(Side from, json::value const& one) {
  auto const id = CaseId::parse(text_at(one, "case"));
  auto const at = Instant::parse(text_at(one, "at"));
  Mark mark{id.value_or(CaseId{}), text_at(one, "value"), at.value_or(Instant{})};
  if (!id || !at || !is_value_of(from, mark.value)) return refuse(Why::field_invalid, "body.marks");
  return mark;
}

Result<Explanation> take_explanation(json::value const& one) {
  auto const id = CaseId::parse(text_at(one, "case"));
  Explanation told;
  told.case_id = id.value_or(CaseId{});
  told.ours = text_at(one, "ours");
  told.theirs = text_at(one, "theirs");
  told.reason = text_at(one, "reason");
  bool const is_short = length_of(told.reason) <= note_limit && length_of(told.ours) <= 20 && length_of(told.theirs) <= 20;
  if (!id || told.reason.empty() || !is_note(told.reason) || !is_short)
    return refuse(Why::field_invalid, "body.explanations");
  return told;
}

}  // namespace

std::vector<std::string_view> const& values_of(Side side) {
  static std::vector<std::string_view> const at_the_gate{"boarded", "refused", "no_show", "unfit"};
  static std::vector<std::string_view> const at_the_border{"arrived", "not_arrived"};
  return side == Side::requesting ? at_the_gate : at_the_border;
}

bool is_clock_wrong(std::int64_t ahead_ms) { return ahead_ms > clock_limit_ms || ahead_ms < -clock_limit_ms; }

Result<bool> decide_tick(Side side, Tick const& wanted, std::vector<Tick> const& known, Taking const& taking,
                         HandoverList const& list) {
  if (!is_value_of(side, wanted.value)) return refuse(Why::field_invalid, "value");
  if (wanted.list != taking.list) return refuse(Why::field_invalid, "list", "the device took a list with another number");
  if (!is_listed(list, wanted.case_id))
    return refuse(Why::field_invalid, "case_id", "the person is not on the list that the device took");
  if (wanted.counter < 1) return refuse(Why::field_invalid, "counter");
  if (wanted.device_at.ms < 0) return refuse(Why::field_invalid, "device_at");
  if (!is_note(wanted.note)) return refuse(Why::field_invalid, "note");
  if (length_of(wanted.note) > note_limit) return refuse(Why::field_too_long, "note");
  for (auto const& one : known) {
    if (one.id == wanted.id && is_same(one, wanted)) return false;
    bool const is_counted = one.taking == wanted.taking && one.counter == wanted.counter;
    if (one.id == wanted.id || is_counted)
      return refuse(Why::already_exists, "counter", "the device used this number for another tick already");
  }
  return true;
}

std::map<CaseId, Standing> stand(std::vector<Tick> const& ticks) {
  std::set<TickId> replaced;
  std::map<std::pair<CaseId, TakingId>, std::int64_t> last;  // a device knows its own ticks
  for (auto const& one : ticks) {
    replaced.insert(one.replaces.begin(), one.replaces.end());
    auto& counter = last[{one.case_id, one.taking}];
    counter = std::max(counter, one.counter);
  }
  std::map<CaseId, Standing> standings;
  for (auto const& one : ticks) {
    if (replaced.contains(one.id) || one.counter < last[{one.case_id, one.taking}]) continue;
    standings[one.case_id].heads.push_back(one);
  }
  for (auto& [person, standing] : standings) {
    auto& heads = standing.heads;
    std::sort(heads.begin(), heads.end(), [](auto const& a, auto const& b) {
      return std::tie(a.received_at, a.id) < std::tie(b.received_at, b.id);
    });
    standing.is_clash =
        std::any_of(heads.begin(), heads.end(), [&](auto const& one) { return one.value != heads.front().value; });
    if (!standing.is_clash) standing.value = heads.front().value;
  }
  return standings;
}

std::int64_t count_missing(Taking const& taking, std::vector<Tick> const& ticks) {
  std::int64_t highest = 0;
  std::int64_t received = 0;
  for (auto const& one : ticks) {
    if (one.taking != taking.id) continue;
    highest = std::max(highest, one.counter);
    ++received;
  }
  return highest - received;
}

Result<Tick> decide_settlement(Side side, CaseId const& person, std::string_view value, std::string_view reason,
                               std::vector<TickId> const& seen, std::vector<Tick> const& known, HandoverList const& list,
                               UserId const& by, Instant now) {
  auto const standings = stand(known);
  auto const found = standings.find(person);
  if (found == standings.end() && !is_listed(list, person)) return refuse(Why::not_found, "case_id");
  if (!is_value_of(side, value)) return refuse(Why::field_invalid, "value");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  if (length_of(reason) > note_limit) return refuse(Why::field_too_long, "reason");
  std::set<TickId> heads;
  if (found != standings.end()) {
    for (auto const& one : found->second.heads) heads.insert(one.id);
  }
  if (heads != std::set<TickId>(seen.begin(), seen.end()))
    return refuse(Why::stale_revision, "heads", "another tick came meanwhile: look at it before you settle");
  Tick tick;
  tick.id = TickId::make(now);
  tick.case_id = person;
  tick.value = value;
  tick.note = reason;
  tick.list = list.number;
  tick.device_at = tick.received_at = now;
  tick.by = by;
  tick.replaces.assign(heads.begin(), heads.end());
  return tick;
}

json::object body_of(TransportId const& id, HandoverReport const& report) {
  json::array marks;
  for (auto const& one : report.marks)
    marks.push_back(json::object{{"case", one.case_id.value}, {"value", one.value}, {"at", one.at.text()}});
  json::array explanations;
  for (auto const& one : report.explanations) {
    explanations.push_back(json::object{
        {"case", one.case_id.value}, {"ours", one.ours}, {"theirs", one.theirs}, {"reason", one.reason}});
  }
  return {{"variant", report_variant},
          {"transport", id.value},
          {"list", report.list},
          {"marks", std::move(marks)},
          {"explanations", std::move(explanations)}};
}

Result<HandoverReport> take_report(Side from, json::value const& body) {
  HandoverReport report;
  report.direction = "received";
  report.list = text_at(body, "list");
  if (report.list.empty() || length_of(report.list) > 16 || !is_note(report.list))
    return refuse(Why::field_invalid, "body.list");
  auto const& marks = list_at(body, "marks");
  auto const& explanations = list_at(body, "explanations");
  if (marks.empty()) return refuse(Why::field_missing, "body.marks");
  if (marks.size() > announced_persons_limit) return refuse(Why::limit_reached, "body.marks");
  if (explanations.size() > announced_persons_limit) return refuse(Why::limit_reached, "body.explanations");
  std::set<CaseId> persons;
  for (auto const& one : marks) {
    auto mark = take_mark(from, one);
    if (!mark) return tl::unexpected(mark.error());
    if (!persons.insert(mark->case_id).second) return refuse(Why::field_invalid, "body.marks");
    report.marks.push_back(std::move(*mark));
  }
  for (auto const& one : explanations) {
    auto told = take_explanation(one);
    if (!told) return tl::unexpected(told.error());
    report.explanations.push_back(std::move(*told));
  }
  return report;
}

std::vector<Difference> compare_lists(Side side, HandoverList const& list, std::map<CaseId, Standing> const& standings,
                                      HandoverReport const* theirs, std::vector<Explanation> const& explanations) {
  std::vector<Difference> differences;
  if (theirs == nullptr) return differences;
  auto const add = [&](CaseId const& person, std::string ours, std::string const& their_value) {
    if (do_agree(ours, their_value)) return;
    Difference one{person, std::move(ours), their_value, {}, {}, {}};
    one.kind = kind_of(side, one.ours, one.theirs);
    one.explanation = find_explanation(explanations, person, one.ours, one.theirs);
    one.their_explanation = find_explanation(theirs->explanations, person, one.theirs, one.ours);
    differences.push_back(std::move(one));
  };
  std::map<CaseId, std::string> told;
  for (auto const& one : theirs->marks) told[one.case_id] = one.value;
  for (auto const& one : list.persons) {
    auto const found = told.find(one.case_id);
    add(one.case_id, standing_word(standings, one.case_id), found == told.end() ? std::string() : found->second);
    if (found != told.end()) told.erase(found);
  }
  for (auto const& [person, value] : told) {
    bool const is_ticked = standings.contains(person);  // on an earlier list of ours
    add(person, is_ticked ? standing_word(standings, person) : std::string(not_listed_value), value);
  }
  return differences;
}

json::array render_list(HandoverList const& list) {
  json::array persons;
  for (auto const& one : list.persons) {
    auto told = render_listed(one);
    if (one.is_child) told["is_child"] = true;
    persons.push_back(std::move(told));
  }
  return persons;
}

std::vector<ListedTraveller> read_list(json::value const& content) {
  std::vector<ListedTraveller> persons;
  for (auto const& one : content.as_array()) {
    auto person = take_listed(one);
    if (!person) throw std::runtime_error("handover_lists.content cannot be read");
    person->is_child = flag_at(one, "is_child");
    persons.push_back(std::move(*person));
  }
  return persons;
}

}  // namespace rcms::transfers
