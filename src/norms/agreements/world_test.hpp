// The law of data/ as it is shipped, read once for all tests of this folder, and small steps on answers in JSON.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "norms/agreements/dates.hpp"

namespace rcms::agreements::tests {

inline std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

struct World {
  Calendars calendars = load_calendars(data);
  Agreements agreements = load_agreements(data, calendars);
  Labels labels = Labels::load(data / "languages");
  DatesLaw law{agreements, calendars, labels};
};

inline World const& world() {
  static World const loaded;
  return loaded;
}

/// The text member `key`; empty when there is none.
inline std::string member(boost::json::value const& object, std::string_view key) {
  auto const* found = object.as_object().if_contains(key);
  return found == nullptr || !found->is_string() ? "" : std::string(found->get_string());
}
inline std::string member(boost::json::object const& object, std::string_view key) {
  auto const* found = object.if_contains(key);
  return found == nullptr || !found->is_string() ? "" : std::string(found->get_string());
}

/// The answer to one case.
inline boost::json::object answer(std::string const& asked) {
  return answer_case(world().law, boost::json::parse(asked), "en");
}

/// The deadline of a kind; fails when the answer has none.
inline boost::json::object const& deadline_of(boost::json::object const& answered, std::string_view kind) {
  static boost::json::object const none;
  for (auto const& each : answered.at("deadlines").as_array()) {
    if (each.at("kind").as_string() == kind) return each.as_object();
  }
  FAIL_CHECK("no deadline " << std::string(kind) << " in " << boost::json::serialize(answered));
  return none;
}

}  // namespace rcms::agreements::tests
