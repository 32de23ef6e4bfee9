// What the stories do with fingerprints over HTTP, and the registry of three in which the applicant is.
#pragma once

#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "stories/story.hpp"
#include "support/node_for_tests.hpp"

namespace rcms::stories {

/// A table in the drop folder of Utopia, in which the person of the stories is, and the prints of her and of her sister.
void connect_registry(tests::NodeForTests& node);

/// Acts on prints; empty for another act. `at` is the path of the case, or of the task at the requested State.
std::optional<tests::HttpAnswer> ask_prints(tests::NodeForTests& node, Line const& line, std::string const& at);

/// The search that the opinion rests on, by names or with prints; null when the search was refused.
std::optional<boost::json::object> search_seen(tests::NodeForTests& node, Line const& line, std::string const& task);

}  // namespace rcms::stories
