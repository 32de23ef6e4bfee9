// Segments of UN/EDIFACT: elements parted by +, components by :, segments ended by ', the release character ?. Pure.
// Source: ISO 9735, syntax version 4, level UNOA with the service string UNA:+.? '.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/result.hpp"

namespace rcms::paxlst {

/// One segment: its tag, then elements, each a list of components.
struct Segment {
  std::string tag;
  std::vector<std::vector<std::string>> elements;

  /// Empty when there is none.
  std::string_view at(std::size_t element, std::size_t component = 0) const;
  friend bool operator==(Segment const&, Segment const&) = default;
};

inline constexpr std::size_t interchange_limit = 4 << 20;

/// With the service string, a line feed after each segment; empty elements at the end are left out.
std::string render_segments(std::vector<Segment> const& segments);
/// With or without the service string UNA, which may name other characters. Refuses: malformed (no tag, no end, a release
/// character at the end), too_large.
Result<std::vector<Segment>> parse_segments(std::string_view text);

}  // namespace rcms::paxlst
