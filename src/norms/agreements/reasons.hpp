// Why the file of an agreement was refused, for people who may not know where files of the server lie.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rcms::agreements {

struct Reason {
  int line = 0;        ///< 0: not known
  std::string words;   ///< English; a sentence of details.en.json
};

/// The reasons in a message about `file` (its name alone): without folders, one for each place, with the words of the schema as a
/// person says them.
std::vector<Reason> tell_reasons(std::string_view file, std::string_view message);

}  // namespace rcms::agreements
