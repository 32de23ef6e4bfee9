#include "capabilities/registry/weights_edition.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/registry/actions.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::registry {

namespace {

Result<void> check_proposal(access::Viewer const& viewer, std::string_view reason, std::vector<WeightsEdition> const& known) {
  if (!viewer.may(connect_permission)) return refuse(Why::not_permitted);
  bool const waits = std::any_of(known.begin(), known.end(), [](auto const& one) { return one.state == "proposed"; });
  if (waits) return refuse(Why::already_exists, "weights", "other weights wait for a second person: decide on them first");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  return {};
}

/// The figures are worth something only against the weights that they would replace.
Result<void> check_file(WeightsFile const& file, std::string const& in_force) {
  if (auto may = may_be_in_force(file); !may) return may;
  if (file.weights.version == in_force) return refuse(Why::wrong_step, "weights", "these weights are in force already");
  if (file.source.before != in_force)
    return refuse(Why::wrong_step, "weights",
                  fmt::format("they were compared with the weights {}, not with those in force, {}; train them again beginning "
                              "with those in force",
                              file.source.before, in_force));
  return {};
}

WeightsEdition proposal(access::Viewer const& viewer, std::string_view reason, Instant now) {
  WeightsEdition made;
  made.id = make_uuid(now);
  made.party = viewer.party;
  made.reason = reason;
  made.state = "proposed";
  made.proposed_by = viewer.user;
  made.proposed_by_name = viewer.name;
  made.proposed_at = now;
  return made;
}

}  // namespace

std::string version_in_force(std::vector<WeightsEdition> const& known) {
  auto const found = std::find_if(known.begin(), known.end(), [](auto const& one) { return one.state == "in_force"; });
  return found == known.end() ? matching::default_weights().version : found->version;
}

std::vector<std::string> versions_to_go_back_to(std::vector<WeightsEdition> const& known) {
  auto const in_force = version_in_force(known);
  std::vector<std::string> versions;
  auto const add = [&](std::string const& version) {
    if (version != in_force && std::find(versions.begin(), versions.end(), version) == versions.end())
      versions.push_back(version);
  };
  // The newest first; weights of RCMS itself that an older release came with are not there any more.
  for (auto one = known.rbegin(); one != known.rend(); ++one)
    if (one->state == "replaced" && !one->content.empty()) add(one->version);
  add(matching::default_weights().version);
  return versions;
}

Result<WeightsEdition> decide_weights(access::Viewer const& viewer, std::string_view text, std::string_view reason,
                                      std::vector<WeightsEdition> const& known, Instant now) {
  if (auto may = check_proposal(viewer, reason, known); !may) return tl::unexpected(may.error());
  auto file = parse_weights(text);
  if (!file) return tl::unexpected(file.error());
  if (auto may = check_file(*file, version_in_force(known)); !may) return tl::unexpected(may.error());
  auto made = proposal(viewer, reason, now);
  made.content = render_weights(*file);
  made.version = file->weights.version;
  return made;
}

Result<WeightsEdition> decide_return(access::Viewer const& viewer, std::string_view version, std::string_view reason,
                                     std::vector<WeightsEdition> const& known, Instant now) {
  if (auto may = check_proposal(viewer, reason, known); !may) return tl::unexpected(may.error());
  if (version == version_in_force(known)) return refuse(Why::wrong_step, "version", "these weights are in force already");
  auto const possible = versions_to_go_back_to(known);
  if (std::find(possible.begin(), possible.end(), version) == possible.end())
    return refuse(Why::not_found, "version", "these weights were never in force in your State");
  auto made = proposal(viewer, reason, now);
  made.version = version;
  made.goes_back = true;
  for (auto const& one : known)
    if (one.state == "replaced" && one.version == version) made.content = one.content;
  return made;
}

Result<WeightsEdition> decide_entry(access::Viewer const& viewer, WeightsEdition const& before,
                                    std::vector<WeightsEdition> const& known, Instant now) {
  if (!viewer.may(connect_permission)) return refuse(Why::not_permitted);
  if (before.state != "proposed") return refuse(Why::wrong_step, {}, "nothing waits for a second signature");
  if (before.proposed_by == viewer.user)
    return refuse(Why::same_person, {}, "another administrator of your State must decide the same");
  if (!before.content.empty()) {
    auto const file = parse_weights(before.content);
    if (!file) return tl::unexpected(file.error());
    if (!before.goes_back)
      if (auto may = check_file(*file, version_in_force(known)); !may) return tl::unexpected(may.error());
  }
  auto after = before;
  after.state = "in_force";
  after.put_in_force_by = viewer.user;
  after.put_in_force_by_name = viewer.name;
  after.put_in_force_at = now;
  return after;
}

Result<WeightsEdition> decide_withdrawal(access::Viewer const& viewer, WeightsEdition const& before, std::string_view reason,
                                         Instant now) {
  if (!viewer.may(connect_permission)) return refuse(Why::not_permitted);
  if (before.state != "proposed")
    return refuse(Why::wrong_step, {}, "only a proposal can be withdrawn; to end weights that are in force, put others back");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = "withdrawn";
  after.ended_by = viewer.user;
  after.ended_at = now;
  after.end_reason = reason;
  return after;
}

}  // namespace rcms::registry
