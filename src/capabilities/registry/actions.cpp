#include "capabilities/registry/actions.hpp"

#include "capabilities/registry/rules.hpp"
#include "capabilities/registry/store.hpp"

namespace rcms::registry {

Result<Found> search_citizens(db::Database& database, access::Viewer const& viewer, CitizenQuery const& query) {
  if (!viewer.may("registry.search")) return refuse(Why::not_permitted);
  if (auto const findings = check_query(query); !findings.empty()) return tl::unexpected<Refused>(findings.front());
  auto collected = collect(database, viewer.party, keys_of(query));
  return Found{rank(query, collected.citizens), collected.truncated, std::move(collected.tried)};
}

}  // namespace rcms::registry
