// Questions about small lists.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/text.hpp"

namespace rcms {

template <class Value, class Wanted>
bool contains(std::vector<Value> const& list, Wanted const& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

/// A list that is stored as words with one space between; none for an empty text.
inline std::vector<std::string> split_words(std::string_view text) {
  return text.empty() ? std::vector<std::string>() : split(text, ' ');
}

}  // namespace rcms
