// Why the file of an agreement was refused, for people who may not know where files of the server lie.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/sentences.hpp"

namespace rcms::agreements {

struct Reason {
  int line = 0;        ///< 0: not known
  std::string place;   ///< path in the file, "rule[2].variant[0]"; empty: the words say it, or it is the whole file
  std::string words;   ///< English; a sentence of details.en.json
};

/// The reasons in a message about `file` (its name alone): without folders, one for each place, with what the readers of TOML and
/// of the schema say in words of ours.
std::vector<Reason> tell_reasons(std::string_view file, std::string_view message);

/// "rule 3, variant 1: there is no key days", in the language: places are counted from one.
std::string render_reason(Labels const& labels, Sentences const& sentences, std::string_view language, Reason const& reason);
/// "rule[2].variant[0]" → "rule 3, variant 1": the keys that hold lists by their name, all others as they are written in the
/// file.
std::string render_place(Labels const& labels, std::string_view language, std::string_view path);

}  // namespace rcms::agreements
