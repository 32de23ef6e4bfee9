// Routes of the population registry.
#pragma once

#include "capabilities/registry/actions.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::registry {

/// The parameters of a search; one reading for every route that searches.
Question question_of(http::Request const& request);
std::vector<http::QueryParameter> question_parameters();

/// A part of `add_routes`.
void add_weights_routes(http::Routes& routes, Registries& registries);
void add_routes(http::Routes& routes, Registries& registries, Sentences const& sentences);

}  // namespace rcms::registry
