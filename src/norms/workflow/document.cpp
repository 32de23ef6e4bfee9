// The process as text for people: state diagrams in Mermaid and tables, made from the data so that they cannot differ.
#include <algorithm>

#include <fmt/format.h>

#include "norms/workflow/process.hpp"

namespace rcms::workflow {

namespace {

std::string trigger_of(Action const& action) {
  switch (action.by) {
    case By::person: return action.permission;
    case By::envelope: return "on " + action.on_envelope + (action.variant.empty() ? "" : " (" + action.variant + ")");
    case By::clock: return "when the term is over";
    case By::system: return "by another register";
  }
  return "";
}

std::string demands_of(Action const& action) {
  std::vector<std::string> demands;
  if (!action.condition.empty()) demands.push_back(action.condition);
  if (!action.gates.empty()) demands.push_back("gates " + action.gates);
  if (action.scan) demands.emplace_back("word scan");
  if (action.reason) demands.emplace_back(action.reason_leaves ? "reason (leaves)" : "reason");
  if (!action.not_by.empty()) demands.push_back(fmt::format("not by who did: {}", fmt::join(action.not_by, ", ")));
  return fmt::format("{}", fmt::join(demands, "; "));
}

std::string render_actions(Process const& process, Side side) {
  std::string out = "| Action | Who or what | From | To | Demands | Sends | Ledger |\n|---|---|---|---|---|---|---|\n";
  for (auto const& action : process.actions) {
    if (action.side != side) continue;
    std::string const sends = action.sends + (action.sends_variant.empty() ? "" : " (" + action.sends_variant + ")");
    out += fmt::format("| `{}` | {} | {} | {} | {} | {} | `{}` |\n", action.code, trigger_of(action),
                       fmt::join(action.from, ", "), action.to, demands_of(action), sends, action.ledger);
  }
  return out;
}

std::string render_states(Process const& process, Side side) {
  std::string out = "| State | Stage | Who acts next | Clock |\n|---|---|---|---|\n";
  for (auto const& state : process.states) {
    if (state.side != side) continue;
    std::string const next = state.ball == "none" ? "nobody" : state.ball + ": " + state.holder;
    out += fmt::format("| `{}` | {} | {} | {} |\n", state.code, state.stage, next, state.clock);
  }
  return out;
}

}  // namespace

std::string render_diagram(Process const& process, Side side) {
  std::string out = "stateDiagram-v2\n";
  for (auto const& action : process.actions) {
    if (action.side != side || action.to == "same" || action.to == "previous" || action.to == "suspended") continue;
    for (auto const& from : action.from) {
      out += fmt::format("  {} --> {}: {}\n", from == start_state ? "[*]" : from, action.to, action.code);
    }
  }
  for (auto const& state : process.states) {
    if (state.side == side && state.terminal) out += fmt::format("  {} --> [*]\n", state.code);
  }
  return out;
}

std::string render_document(Process const& process) {
  std::string out = fmt::format(
      "# The process \"{}\"\n\nMade from `data/workflow/{}.toml`; a test compares it. `suspended` can be entered from\n"
      "every state before the end and returns to the state before; it is left out of the diagrams.\n",
      process.code, process.code);
  bool const carried_out = std::any_of(process.actions.begin(), process.actions.end(),
                                       [](auto const& action) { return !action.route.empty(); });
  if (!carried_out) out += "\nThe table is data only: no capability carries this process out yet.\n";
  if (!process.variants.empty()) {
    out += "\n## Cases that it serves\n\n| Case | When | Section besides | Evidence | Clocks |\n|---|---|---|---|---|\n";
    for (auto const& variant : process.variants) {
      std::string clocks;
      if (variant.own_clocks) clocks += "only ";
      for (auto const& [rule, instead] : variant.clock) clocks += fmt::format("`{}` instead of `{}` ", instead, rule);
      out += fmt::format("| {} | `{}` | {} | {} | {}|\n", variant.code, variant.when, variant.form, variant.evidence, clocks);
    }
    for (auto const& variant : process.variants) {
      if (!variant.without.empty())
        out += fmt::format("\nA {} has none of these actions: `{}`.\n", variant.code, fmt::join(variant.without, "`, `"));
    }
  }
  for (Side const side : {Side::requesting, Side::requested}) {
    out += fmt::format("\n## File of the {} State\n\n```mermaid\n{}```\n\n{}\n{}", name_of(side), render_diagram(process, side),
                       render_states(process, side), render_actions(process, side));
  }
  out += "\n## Envelopes\n\n| Kind | From | Variants |\n|---|---|---|\n";
  for (auto const& envelope : process.envelopes) {
    out += fmt::format("| `{}` | {} | {} |\n", envelope.kind, name_of(envelope.from), fmt::join(envelope.variants, ", "));
  }
  return out;
}

}  // namespace rcms::workflow
