#include "norms/workflow/process.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::workflow {

namespace {

bool has(std::vector<std::string> const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

Side parse_side(std::string const& text) { return text == "requesting" ? Side::requesting : Side::requested; }

By parse_by(std::string const& text) {
  return text == "person" ? By::person : text == "envelope" ? By::envelope : text == "clock" ? By::clock : By::system;
}

State read_state(boost::json::value const& item) {
  State state;
  state.side = parse_side(text_at(item, "side"));
  state.code = text_at(item, "code");
  state.stage = text_at(item, "stage");
  state.ball = text_at(item, "ball");
  state.holder = text_at(item, "holder");
  state.clock = text_at(item, "clock");
  state.asks = text_at(item, "asks");
  state.terminal = flag_at(item, "terminal");
  return state;
}

Action read_action(boost::json::value const& item) {
  Action action;
  action.side = parse_side(text_at(item, "side"));
  action.code = text_at(item, "code");
  action.by = parse_by(text_at(item, "by"));
  action.route = text_at(item, "route");
  action.permission = text_at(item, "permission");
  action.on_envelope = text_at(item, "on_envelope");
  action.variant = text_at(item, "variant");
  action.from = texts_at(item, "from");
  action.to = text_at(item, "to");
  action.gates = text_at(item, "gates");
  action.scan = flag_at(item, "scan");
  action.reason = flag_at(item, "reason");
  action.reason_leaves = flag_at(item, "reason_leaves");
  action.not_by = texts_at(item, "not_by");
  action.condition = text_at(item, "condition");
  action.sends = text_at(item, "sends");
  action.sends_variant = text_at(item, "sends_variant");
  action.ledger = text_at(item, "ledger");
  return action;
}

Variant read_variant(boost::json::value const& item) {
  Variant variant;
  variant.code = text_at(item, "code");
  variant.when = text_at(item, "when");
  variant.form = text_at(item, "form");
  variant.evidence = text_at(item, "evidence");
  variant.own_clocks = flag_at(item, "own_clocks");
  variant.silence = text_at(item, "silence");
  variant.without = texts_at(item, "without");
  for (auto const& [name, pairs] : {std::pair("clock", &variant.clock), std::pair("event", &variant.event)}) {
    auto const* given = find_member(item, name);
    if (given == nullptr) continue;
    for (auto const& [word, instead] : given->as_object()) pairs->emplace_back(word, instead.as_string());
  }
  return variant;
}

[[noreturn]] void throw_defect(Action const& action, std::string const& what) {
  throw std::runtime_error(fmt::format("workflow: action {} of the {} side {}", action.code, name_of(action.side), what));
}

void check_envelope(Process const& process, Action const& action, std::string const& kind, std::string const& variant,
                    Side from) {
  auto const* envelope = find_envelope(process, kind);
  if (envelope == nullptr) throw_defect(action, "names the unknown envelope " + kind);
  if (envelope->from != from) throw_defect(action, "has an envelope that goes the other way: " + kind);
  if (!variant.empty() && !has(envelope->variants, variant)) throw_defect(action, "names the unknown variant " + variant);
}

void check_action(Process const& process, Action const& action) {
  for (auto const& from : action.from) {
    if (from != start_state && find_state(process, action.side, from) == nullptr)
      throw_defect(action, "starts from the unknown state " + from);
    if (from == start_state && action.to == "same") throw_defect(action, "stays where no file is");
  }
  bool const known = action.to == "same" || action.to == "previous" || find_state(process, action.side, action.to) != nullptr;
  if (!known) throw_defect(action, "leads to the unknown state " + action.to);
  if ((action.by == By::person) == action.permission.empty())
    throw_defect(action, "needs a permission exactly when a person does it");
  if ((action.by == By::envelope) == action.on_envelope.empty())
    throw_defect(action, "needs on_envelope exactly when an envelope does it");
  Side const other = action.side == Side::requesting ? Side::requested : Side::requesting;
  if (!action.on_envelope.empty() && action.on_envelope != "any")
    check_envelope(process, action, action.on_envelope, action.variant, other);
  if (!action.sends.empty()) {
    check_envelope(process, action, action.sends, action.sends_variant, action.side);
    bool const has_variants = !find_envelope(process, action.sends)->variants.empty();
    if (has_variants && action.sends_variant.empty()) throw_defect(action, "does not say which variant it sends");
  }
  for (auto const& earlier : action.not_by) {
    if (find_action(process, action.side, earlier) == nullptr)
      throw_defect(action, "excludes the doer of the unknown action " + earlier);
  }
  auto const same_code = std::count_if(process.actions.begin(), process.actions.end(),
                                       [&](auto const& each) { return each.side == action.side && each.code == action.code; });
  if (same_code != 1) throw_defect(action, "stands there twice");
}

std::string resolve(Action const& action, std::string_view state, std::string_view previous) {
  if (action.to == "same") return std::string(state);
  if (action.to == "previous") return std::string(previous);
  return action.to;
}

template <class Fits>
Result<Step> decide_first(Process const& process, Side side, std::string_view state, std::string_view what, Fits fits) {
  for (auto const& action : process.actions) {
    if (action.side != side || !has(action.from, state) || !fits(action)) continue;
    return Step{&action, std::string(state), resolve(action, state, {})};
  }
  return refuse(Why::wrong_step, "state", fmt::format("{} does nothing in the state {}", what, state));
}

bool holds(Action const& action, std::set<std::string, std::less<>> const& holding) {
  return action.condition.empty() || holding.count(action.condition) != 0;
}

bool is_known_action(Process const& process, std::string_view code) {
  return std::any_of(process.actions.begin(), process.actions.end(), [&](auto const& each) { return each.code == code; });
}

boost::json::value read_table(std::filesystem::path const& data, std::string_view code) {
  return read_data_file(data / "workflow" / fmt::format("{}.toml", code), data / "schema/workflow.schema.json");
}

void add_table(Process& process, boost::json::value const& file) {
  for (auto const& item : list_at(file, "envelope")) {
    process.envelopes.push_back({text_at(item, "kind"), parse_side(text_at(item, "from")), texts_at(item, "variants")});
  }
  for (auto const& item : list_at(file, "variant")) process.variants.push_back(read_variant(item));
  for (auto const& item : list_at(file, "state")) process.states.push_back(read_state(item));
  for (auto const& item : list_at(file, "action")) process.actions.push_back(read_action(item));
}

}  // namespace

std::string_view name_of(Side side) { return side == Side::requesting ? "requesting" : "requested"; }

Process load_process(std::filesystem::path const& data, std::string_view code) {
  auto const file = read_table(data, code);
  Process process;
  process.code = text_at(file, "process");
  // First: a receipt that they name is meant before the general one of the table that they continue.
  for (auto const& more : texts_at(file, "continued_by")) {
    auto const table = read_table(data, more);
    if (text_at(table, "continues") != code)
      throw std::runtime_error(fmt::format("workflow: {} does not continue {}", more, code));
    add_table(process, table);
  }
  add_table(process, file);
  for (auto const& action : process.actions) check_action(process, action);
  for (auto const& variant : process.variants) {
    for (auto const& each : variant.without) {
      if (!is_known_action(process, each))
        throw std::runtime_error(fmt::format("workflow: variant {} is without the unknown action {}", variant.code, each));
    }
  }
  return process;
}

Result<Step> decide_step(Process const& process, Side side, std::string_view state, std::string_view action,
                         std::string_view previous) {
  auto const* found = find_action(process, side, action);
  if (found == nullptr)
    return refuse(Why::malformed, "action", fmt::format("there is no action {} on the {} side", action, name_of(side)));
  if (!has(found->from, state))
    return refuse(Why::wrong_step, "state",
                  "this is not possible in the present state of the file: see what the file offers now");
  if (found->to == "previous" && find_state(process, side, previous) == nullptr) {
    return refuse(Why::wrong_step, "state", "the state before the suspension is not known");
  }
  return Step{found, std::string(state), resolve(*found, state, previous)};
}

Result<Step> decide_receipt(Process const& process, Side side, std::string_view state, std::string_view envelope,
                            std::string_view variant, std::set<std::string, std::less<>> const& holding) {
  return decide_first(process, side, state, fmt::format("the envelope {} {}", envelope, variant), [&](Action const& action) {
    bool const kind_fits = action.on_envelope == envelope || action.on_envelope == "any";
    return action.by == By::envelope && kind_fits && (action.variant.empty() || action.variant == variant) &&
           holds(action, holding);
  });
}

Result<Step> decide_system(Process const& process, Side side, std::string_view state, std::string_view action) {
  return decide_first(process, side, state, action,
                      [&](Action const& each) { return each.by == By::system && each.code.starts_with(action); });
}

Result<Step> decide_term_over(Process const& process, Side side, std::string_view state,
                              std::set<std::string, std::less<>> const& holding) {
  return decide_first(process, side, state, "the end of a term",
                      [&](Action const& action) { return action.by == By::clock && holds(action, holding); });
}

std::vector<Action const*> list_actions(Process const& process, Side side, std::string_view state,
                                        std::set<std::string, std::less<>> const& permissions) {
  std::vector<Action const*> actions;
  for (auto const& action : process.actions) {
    bool const possible = action.side == side && action.by == By::person && has(action.from, state);
    if (possible && permissions.count(action.permission) != 0) actions.push_back(&action);
  }
  return actions;
}

Result<void> check_four_eyes(Action const& action, std::vector<Act> const& acts, std::string_view actor) {
  for (auto const& act : acts) {
    if (act.actor == actor && has(action.not_by, act.action)) {
      return refuse(Why::same_person, "actor", fmt::format("{} must be done by another person than {}", action.code, act.action));
    }
  }
  return {};
}

State const* find_state(Process const& process, Side side, std::string_view code) {
  for (auto const& state : process.states) {
    if (state.side == side && state.code == code) return &state;
  }
  return nullptr;
}

State const& get_state(Process const& process, Side side, std::string_view code) {
  auto const* state = find_state(process, side, code);
  if (state == nullptr) throw std::out_of_range(fmt::format("no state {} on the {} side", code, name_of(side)));
  return *state;
}

Action const* find_action(Process const& process, Side side, std::string_view code) {
  for (auto const& action : process.actions) {
    if (action.side == side && action.code == code) return &action;
  }
  return nullptr;
}

EnvelopeKind const* find_envelope(Process const& process, std::string_view kind) {
  for (auto const& envelope : process.envelopes) {
    if (envelope.kind == kind) return &envelope;
  }
  return nullptr;
}

}  // namespace rcms::workflow
