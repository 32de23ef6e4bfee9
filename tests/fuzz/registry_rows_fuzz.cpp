// Any bytes as lines of a registry and of questions: no crash, and what is taken has as many columns as it needs.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engines/matching/build.hpp"
#include "engines/matching/rows.hpp"
#include "engines/matching/text_form.hpp"

using namespace rcms::matching;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<char const*>(data), size);
  Builder builder({});
  std::uint32_t taken = 0;
  while (!rest.empty()) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (auto const question = parse_question_line(line); question && question->id.size() > line.size()) std::abort();
    auto const row = parse_person_line(line);
    if (!row) continue;
    for (auto const text : {row->given, row->surname1, row->place}) {
      for (auto const& token : tokens_of(text, FieldKind::surname)) {
        if (token.empty() || token.size() > longest_token || sound_of(token).empty()) std::abort();
        if (skeleton_of(token).size() > token.size()) std::abort();
      }
    }
    if (builder.add(*row)) ++taken;
    if (builder.persons() != taken) std::abort();
  }
  return 0;
}
