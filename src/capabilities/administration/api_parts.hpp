// What the two files of routes share.
#pragma once

#include "capabilities/administration/api.hpp"

namespace rcms::administration::detail {

void add_own_access_routes(http::Routes& routes, Context const& context);

/// The answer of an act that has nothing to tell.
inline Result<http::NoContent> done(Result<void> const& result) {
  if (!result) return tl::unexpected(result.error());
  return http::NoContent{};
}

}  // namespace rcms::administration::detail
