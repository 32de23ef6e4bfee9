// Questions to the content of a file as it is kept, an object: as in content.hpp, but nothing is copied into a JSON value first.
#pragma once

#include <boost/json/object.hpp>

#include "norms/forms/content.hpp"

namespace rcms::forms {

Conditions derive_conditions(boost::json::object const& content, std::string_view requested_state, Date today);
std::string text_in(boost::json::object const& content, std::string_view path);

}  // namespace rcms::forms
