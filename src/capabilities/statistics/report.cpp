#include "capabilities/statistics/report.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include "capabilities/statistics/report_store.hpp"
#include "foundation/access/store.hpp"

namespace rcms::statistics {

namespace {

/// The term of a rule where all agreements that were used in the month have the same one, in calendar days.
std::map<std::string, int, std::less<>> limits_of(Context const& context, MonthInput const& input) {
  std::set<std::string> used;
  for (auto const& fact : input.facts) used.insert(fact.agreement);
  std::set<std::string> rules;
  for (auto const& step : context.definitions.steps) {
    if (step.side == input.side && !step.rule.empty()) rules.insert(step.rule);
  }
  std::map<std::string, int, std::less<>> limits;
  for (auto const& key : rules) {
    std::set<int> days;
    for (auto const& code : used) {
      auto const* agreement = agreements::find_agreement(context.agreements, code);
      auto const* rule = agreement == nullptr ? nullptr : agreements::find_rule(*agreement, key, first_day(input.month));
      bool const in_days = rule != nullptr && rule->unit == agreements::Unit::calendar_day;
      days.insert(in_days ? rule->value.value_or(0) : 0);
    }
    if (days.size() == 1 && *days.begin() > 0) limits[key] = *days.begin();
  }
  return limits;
}

Result<Scope> scope_of(access::Party const& party, StateNames const& states, ReportRequest const& request, Date today) {
  auto const month = parse_month(request.month.empty() ? month_plus(month_of(today), -1) : request.month);
  if (!month) return tl::unexpected(month.error());
  if (*month > month_of(today)) return refuse(Why::too_early, "month", "this month has not begun");
  Scope scope{party.id, *month, request.side, {}};
  if (scope.side.empty()) scope.side = party.sides == access::Sides::requesting ? "requesting" : "requested";
  if (scope.side != "requesting" && scope.side != "requested")
    return refuse(Why::field_invalid, "side", "requesting or requested");
  if (request.partner.empty()) return scope;
  auto const partner =
      std::find_if(states.begin(), states.end(), [&](auto const& one) { return one.second.code == request.partner; });
  if (partner == states.end()) return refuse(Why::field_invalid, "partner", "the code of a State, such as XAR");
  scope.partner = partner->first;
  return scope;
}

}  // namespace

StateNames load_states(Context const& context) {
  StateNames states;
  for (auto& party : access::list_parties(context.database, access::Viewer{})) {
    auto id = party.id.value;
    states.emplace(std::move(id), std::move(party));
  }
  return states;
}

Result<MonthlyReport> load_monthly_report(Context const& context, access::Viewer const& viewer, ReportRequest const& request) {
  if (!viewer.may("report.read")) return refuse(Why::not_permitted, {}, "needs report.read");
  return load_monthly_report(context, viewer.party, request);
}

Result<MonthlyReport> load_monthly_report(Context const& context, PartyId const& party, ReportRequest const& request) {
  auto const states = load_states(context);
  auto const own = states.find(party.value);
  if (own == states.end()) return refuse(Why::not_found);
  auto const now = context.clock.now();
  auto const today = date_in_zone(now, own->second.time_zone);
  auto const scope = scope_of(own->second, states, request, today);
  if (!scope) return tl::unexpected(scope.error());
  auto input = load_month(context.database, *scope, context.definitions.trend_months, now, today);
  input.limits = limits_of(context, input);
  return make_monthly_report(input, context.definitions);
}

Result<void> write_monthly_report(Context const& context, std::string_view party, std::string_view month, std::string_view format,
                                  std::string_view language, std::filesystem::path const& path) {
  auto const& languages = context.labels.languages();
  if (std::find(languages.begin(), languages.end(), language) == languages.end())
    return refuse(Why::field_invalid, "language", "en or es");
  if (!is_format(format)) return refuse(Why::field_invalid, "format", "pdf, xlsx or csv");
  auto const own = access::find_party_by_code(context.database, party);
  if (!own || !own->hosted) return refuse(Why::not_found, "party", "this node keeps no data of such a State");
  auto const report = load_monthly_report(context, own->id, {std::string(month), {}, {}});
  if (!report) return tl::unexpected(report.error());
  auto const file = make_report_file(context, make_document(context, *report, load_states(context), language), format);
  if (!file) return tl::unexpected(file.error());
  std::ofstream out(path, std::ios::binary);
  out.write(file->content.data(), static_cast<std::streamsize>(file->content.size()));
  out.close();
  if (!out) return refuse(Why::unavailable, "out", path.string() + " cannot be written; check the folder and free space");
  return {};
}

}  // namespace rcms::statistics
