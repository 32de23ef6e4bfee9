#include "capabilities/casework/words.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/casework/release.hpp"
#include "capabilities/casework/words_store.hpp"
#include "foundation/base/text.hpp"
#include "norms/forms/content.hpp"

namespace rcms::casework {

namespace json = boost::json;

namespace {

/// What stands around a word, so that a person can judge it without opening the file.
std::string excerpt_of(std::string_view text, safeguards::Hit const& hit) {
  constexpr std::size_t around = 60;
  auto const is_start = [&](std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  std::size_t from = hit.at < around ? 0 : hit.at - around;
  std::size_t to = std::min(text.size(), hit.at + hit.size + around);
  while (!is_start(from)) --from;
  while (!is_start(to)) ++to;
  return fmt::format("{}{}{}", from == 0 ? "" : "…", tidy_text(text.substr(from, to - from)), to == text.size() ? "" : "…");
}

WordFound found(std::string place, std::string_view text, safeguards::Hit const& hit) {
  WordFound word;
  word.place = std::move(place);
  word.word = hit.text;
  word.category = hit.category;
  word.excerpt = excerpt_of(text, hit);
  word.text_hash = to_hex(sha256(text));
  return word;
}

}  // namespace

void scan_text(Context const& context, std::string const& place, std::string_view text, std::vector<WordFound>& words) {
  for (auto const& hit : safeguards::scan_free_text(context.norms.word_list, text)) words.push_back(found(place, text, hit));
}

void scan_form(Context const& context, json::object const& form, std::vector<WordFound>& words) {
  auto const free_text = forms::free_text_fields(context.norms.application_form);
  for (auto const& placed : safeguards::scan_content(context.norms.word_list, json::value(form), free_text))
    words.push_back(found(placed.path, placed.text, placed.hit));
}

void scan_file(Context const& context, std::string const& place, files::FileRecord const& record,
               case_files::LeavingFile const& leaving, std::vector<WordFound>& words) {
  scan_text(context, place + ".name", record.name, words);
  int page = 0;
  for (auto const& text : case_files::list_texts(leaving))
    scan_text(context, fmt::format("{}.page[{}]", place, page++), text, words);
}

void find_clearances(Context const& context, CaseFile const& file, std::vector<WordFound>& words) {
  if (words.empty()) return;
  auto const clearances = list_clearances(context.database, file.party, file.id);
  for (auto& word : words) {
    for (auto const& clearance : clearances) {
      if (clearance.text_hash == word.text_hash && clearance.word == search_form(word.word)) word.cleared = clearance.cleared;
    }
  }
}

Result<CaseFile> clear_word(Context const& context, access::Viewer const& viewer, CaseId const& id, ClearanceInput const& input,
                            std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, case_files::Side::requesting, id, if_match,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto words = find_words(context, before);
    if (!words) return tl::unexpected(words.error());
    auto const word = std::find_if(words->begin(), words->end(), [&](auto const& each) {
      return each.place == input.place && each.word == input.word && !each.cleared;
    });
    if (word == words->end()) return refuse(Why::not_found, "word");
    auto decision = decide_clearance(before, *word, viewer, input.reason);
    if (!decision) return decision;
    save_clearance(more, before, {word->text_hash, search_form(word->word), word->place,
                                  {viewer.user, context.clock.now(), tidy_text(input.reason)}});
    return decision;
  });
}

}  // namespace rcms::casework
