// Reading of members of a JSON object that a schema has already checked: loaders stay short, absent members get a default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace rcms {

/// The member, or nullptr when `value` is no object or has no such member or it is null.
boost::json::value const* find_member(boost::json::value const& value, std::string_view key);
/// The member as text; `fallback` when absent or not text.
std::string text_at(boost::json::value const& value, std::string_view key, std::string_view fallback = "");
std::optional<std::int64_t> find_whole(boost::json::value const& value, std::string_view key);
std::int64_t whole_at(boost::json::value const& value, std::string_view key, std::int64_t fallback = 0);
bool flag_at(boost::json::value const& value, std::string_view key, bool fallback = false);
/// The texts of a list; empty when absent.
std::vector<std::string> texts_at(boost::json::value const& value, std::string_view key);
/// The list; an empty one when absent.
boost::json::array const& list_at(boost::json::value const& value, std::string_view key);

}  // namespace rcms
