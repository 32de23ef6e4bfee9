// Routes of the weights of a State.
#include <boost/json.hpp>

#include "capabilities/registry/api.hpp"
#include "capabilities/registry/view_weights.hpp"
#include "capabilities/registry/weights_acts.hpp"
#include "capabilities/registry/weights_store.hpp"

namespace rcms::registry {

namespace {

using http::Reply;
using http::Request;

double part_of_million(double ppm) { return ppm / 1'000'000.0; }

MeasuredView measured_view(matching::Measured const& one) {
  auto const count = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  MeasuredView view{count(one.asked), count(one.there), count(one.first), count(one.among_ten), count(one.proposed),
                    count(one.proposed_wrongly), part_of_million(one.recall_at_99), part_of_million(one.recall_at_999),
                    static_cast<double>(one.surprise) / 1'000.0, {}};
  for (std::size_t at = 0; at < matching::reliability_bins; ++at) {
    auto const& bin = one.reliability[at];
    if (bin.answers == 0) continue;
    auto const answers = static_cast<double>(bin.answers);
    view.reliability.push_back({part_of_million(matching::reliability_from[at]), count(bin.answers),
                                part_of_million(static_cast<double>(bin.posterior_ppm)) / answers,
                                static_cast<double>(bin.right) / answers});
  }
  return view;
}

WeightsComparisonView comparison_view(WeightsFile const& file) {
  auto const& source = file.source;
  return {source.before, source.questions, source.decisions, static_cast<std::int64_t>(source.persons),
          static_cast<std::int64_t>(source.lessons), static_cast<std::int64_t>(source.decided),
          static_cast<std::int64_t>(source.held_out), measured_view(file.held_out.before), measured_view(file.held_out.after)};
}

WeightsEditionView present_edition(access::Viewer const& viewer, WeightsEdition const& one) {
  WeightsEditionView view;
  view.id = one.id;
  view.version = one.version;
  view.state = one.state;
  view.goes_back = one.goes_back;
  view.reason = one.reason;
  view.proposed_by = one.proposed_by_name;
  view.own = one.proposed_by == viewer.user;
  view.proposed_at = one.proposed_at;
  if (one.put_in_force_at) view.put_in_force_by = one.put_in_force_by_name;
  view.put_in_force_at = one.put_in_force_at;
  view.ended_at = one.ended_at;
  if (!one.end_reason.empty()) view.end_reason = one.end_reason;
  if (one.content.empty()) return view;
  auto const file = parse_weights(one.content);
  view.usable = file.has_value();
  if (file) view.comparison = comparison_view(*file);
  return view;
}

WeightsView present_weights(Registries& registries, access::Viewer const& viewer) {
  auto const known = list_weights(registries.database(), viewer.party);
  WeightsView view;
  view.in_force = version_in_force(known);
  view.may_go_back_to = versions_to_go_back_to(known);
  for (auto one = known.rbegin(); one != known.rend(); ++one) {
    view.editions.push_back(present_edition(viewer, *one));
    if (one->state == "in_force" && !one->content.empty()) view.file = boost::json::parse(one->content);
  }
  return view;
}

Result<WeightsEdition> propose_as_asked(Registries& registries, Request const& request, WeightsInput const& input) {
  if (input.weights.has_value() == input.version.has_value())
    return refuse(Why::field_missing, "weights", "give either a file of weights or a version that was in force before");
  if (input.version) return propose_return(registries, request.viewer, input.version->value, input.reason.value);
  return propose_weights(registries, request.viewer, boost::json::serialize(*input.weights), input.reason.value);
}

}  // namespace

void add_weights_routes(http::Routes& routes, Registries& registries) {
  routes.add(http::get("/api/registry/weights")
                 .named("read_registry_weights")
                 .saying("Which weights compare persons in your State, how they did on decisions, and which were before")
                 .permission(std::string(connect_permission))
                 .output<WeightsView>()
                 .handler([&registries](Request const& request) -> Result<WeightsView> {
                   return present_weights(registries, request.viewer);
                 }));
  routes.add(
      http::post("/api/registry/weights")
          .named("propose_registry_weights")
          .saying("Propose learnt weights, or weights that were in force before. A second administrator must put in force.")
          .permission(std::string(connect_permission))
          .refuses({Why::not_found, Why::field_missing, Why::malformed, Why::does_not_verify, Why::wrong_step,
                    Why::reason_missing, Why::already_exists})
          .status(201)
          .input<WeightsInput>()
          .output<WeightsEditionView>()
          .handler([&registries](WeightsInput const& input, Request const& request) -> Result<Reply<WeightsEditionView>> {
            auto const made = propose_as_asked(registries, request, input);
            if (!made) return tl::unexpected(made.error());
            return Reply<WeightsEditionView>(present_edition(request.viewer, *made), 201, made->revision);
          }));
  routes.add(http::post("/api/registry-weights/{id}/entry-into-force")
                 .named("put_registry_weights_in_force")
                 .saying("You decide the same: from now on your State searches with them. Not by who proposed them.")
                 .permission(std::string(connect_permission))
                 .refuses({Why::not_found, Why::malformed, Why::does_not_verify, Why::wrong_step, Why::same_person})
                 .output<WeightsEditionView>()
                 .handler([&registries](Request const& request) -> Result<Reply<WeightsEditionView>> {
                   auto const after = put_in_force(registries, request.viewer, request.path_value("id"));
                   if (!after) return tl::unexpected(after.error());
                   return Reply<WeightsEditionView>(present_edition(request.viewer, *after), 0, after->revision);
                 }));
  routes.add(http::post("/api/registry-weights/{id}/withdrawal")
                 .named("withdraw_registry_weights")
                 .saying("Withdraw a proposal of weights, with the reason")
                 .permission(std::string(connect_permission))
                 .refuses({Why::not_found, Why::wrong_step, Why::reason_missing})
                 .input<WeightsWithdrawalInput>()
                 .output<WeightsEditionView>()
                 .handler([&registries](WeightsWithdrawalInput const& input,
                                        Request const& request) -> Result<Reply<WeightsEditionView>> {
                   auto const after = withdraw_weights(registries, request.viewer, request.path_value("id"), input.reason.value);
                   if (!after) return tl::unexpected(after.error());
                   return Reply<WeightsEditionView>(present_edition(request.viewer, *after), 0, after->revision);
                 }));
}

}  // namespace rcms::registry
