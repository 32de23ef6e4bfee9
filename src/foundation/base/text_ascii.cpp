// Letters of ASCII, apart from Unicode: the verifier of the browser needs them without ICU.
#include "foundation/base/text.hpp"

namespace rcms {

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

}  // namespace rcms
