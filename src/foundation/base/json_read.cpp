#include "foundation/base/json_read.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

namespace rcms {

boost::json::value const* find_member(boost::json::value const& value, std::string_view key) {
  auto const* object = value.if_object();
  if (object == nullptr) return nullptr;
  auto const* member = object->if_contains(key);
  return member == nullptr || member->is_null() ? nullptr : member;
}

std::string text_at(boost::json::value const& value, std::string_view key, std::string_view fallback) {
  auto const* member = find_member(value, key);
  return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string(fallback);
}

std::optional<std::int64_t> find_whole(boost::json::value const& value, std::string_view key) {
  auto const* member = find_member(value, key);
  if (member == nullptr) return std::nullopt;
  if (member->is_int64()) return member->get_int64();
  if (member->is_uint64() && member->get_uint64() <= INT64_MAX) return static_cast<std::int64_t>(member->get_uint64());
  return std::nullopt;
}

std::int64_t whole_at(boost::json::value const& value, std::string_view key, std::int64_t fallback) {
  return find_whole(value, key).value_or(fallback);
}

bool flag_at(boost::json::value const& value, std::string_view key, bool fallback) {
  auto const* member = find_member(value, key);
  return member != nullptr && member->is_bool() ? member->get_bool() : fallback;
}

std::vector<std::string> texts_at(boost::json::value const& value, std::string_view key) {
  std::vector<std::string> texts;
  for (auto const& item : list_at(value, key)) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

boost::json::array const& list_at(boost::json::value const& value, std::string_view key) {
  static boost::json::array const none;
  auto const* member = find_member(value, key);
  return member != nullptr && member->is_array() ? member->get_array() : none;
}

}  // namespace rcms
