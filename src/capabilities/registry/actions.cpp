#include "capabilities/registry/actions.hpp"

#include <stdexcept>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "capabilities/registry/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::registry {

namespace {

bool is_same(Source const& left, Source const& right) {
  return left.kind == right.kind && left.address == right.address && left.view == right.view &&
         left.refresh_hours == right.refresh_hours && left.old_after_days == right.old_after_days &&
         left.accept_smaller == right.accept_smaller;
}

ledger::Entry entry_of(std::string const& actor, Source const& source) {
  boost::json::object const content{{"kind", name_of(source.kind)},
                                    {"address", source.address},
                                    {"view", source.view},
                                    {"refresh_hours", source.refresh_hours},
                                    {"old_after_days", source.old_after_days},
                                    {"accept_smaller", source.accept_smaller}};
  return {.subject = ledger::subject_of("registry", source.party.value),
          .party = source.party,
          .actor = actor,
          .action = "registry.connect",
          .source = {},
          .content = boost::json::serialize(content),
          .revision = source.revision + 1,
          .at = source.changed_at};
}

}  // namespace

Result<Found> search_citizens(Registries& registries, access::Viewer const& viewer, Question const& question) {
  if (!viewer.may(search_permission)) return refuse(Why::not_permitted);
  return registries.search(viewer.party, question);
}

tl::expected<State, Findings> set_source(Registries& registries, access::Viewer const& viewer, NewSource const& input,
                                         std::optional<std::int64_t> if_match) {
  if (!viewer.may(connect_permission))
    return tl::unexpected(Findings{{Why::not_permitted, {}, fmt::format("needs {}", connect_permission), {}}});
  auto const kind = parse_source_kind(input.kind);
  if (!kind) return tl::unexpected(Findings{{Why::field_invalid, "kind", "choose a kind of the list", {}}});
  Source wanted{.party = viewer.party,
                .kind = *kind,
                .address = input.address,
                .view = input.view,
                .refresh_hours = input.refresh_hours,
                .old_after_days = input.old_after_days,
                .accept_smaller = input.accept_smaller,
                .changed_by = viewer.user,
                .changed_at = registries.clock().now(),
                .revision = 0};
  while (wanted.address.ends_with('/')) wanted.address.pop_back();
  if (auto findings = check_source(wanted, registries.allowed_hosts()); !findings.empty())
    return tl::unexpected(std::move(findings));
  auto& database = registries.database();
  auto const answer = ledger::carry_out(database, {ledger::subject_of("registry", viewer.party.value)},
                                        [&]() -> Result<ledger::Decided<>> {
    auto const before = get_source(database, viewer.party);
    if (if_match && *if_match != before.revision)
      return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
    auto after = wanted;
    after.revision = before.revision;
    ledger::Decided<> decided;
    if (before.revision > 0 && is_same(before, after)) return decided;
    save_source(decided.command, after);
    decided.entries.push_back(entry_of(viewer.user.value, after));
    return decided;
  });
  if (!answer) return tl::unexpected(Findings{answer.error()});
  (void)registries.folder_of(viewer.party);
  registries.wake();
  return registries.state(viewer.party);
}

void connect_folder(Registries& registries, PartyId const& party, int old_after_days) {
  auto const answer = ledger::carry_out(registries.database(), {ledger::subject_of("registry", party.value)},
                                        [&]() -> Result<ledger::Decided<>> {
    Source source{.party = party, .kind = SourceKind::file};
    source.old_after_days = old_after_days;
    source.changed_at = registries.clock().now();
    ledger::Decided<> decided;
    save_source(decided.command, source);
    decided.entries.push_back(entry_of("installation", source));
    return decided;
  });
  if (!answer) throw std::runtime_error("The State has a source of its registry already");
  (void)registries.folder_of(party);
}

}  // namespace rcms::registry
