// Words found in what would leave, and the persons who answer for those that may leave all the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/leaving.hpp"
#include "capabilities/casework/rules.hpp"

namespace rcms::casework {

using case_files::Context;

/// Adds the words of one text that would leave.
void scan_text(Context const& context, std::string const& place, std::string_view text, std::vector<WordFound>& words);
/// Adds the words of the form, each with its field.
void scan_form(Context const& context, boost::json::object const& form, std::vector<WordFound>& words);
/// Adds those of a file: of the name that the State gave it ("attachments[2].name"), and of the text that can be read in it
/// ("attachments[2].page[0]"). `place` is "attachments[2]".
void scan_file(Context const& context, std::string const& place, files::FileRecord const& record,
               case_files::LeavingFile const& leaving, std::vector<WordFound>& words);
/// Notes for each word who answers for it, if somebody does.
void find_clearances(Context const& context, CaseFile const& file, std::vector<WordFound>& words);

struct ClearanceInput {
  std::string place;
  std::string word;
  std::string reason;  ///< stays at home
};
/// A person answers for a word where it stands now. Refuses: not_found (no such word there), same_person (who wrote the case),
/// reason_missing, stale_revision.
Result<CaseFile> clear_word(Context const& context, access::Viewer const& viewer, CaseId const& id, ClearanceInput const& input,
                            std::optional<std::int64_t> if_match);

}  // namespace rcms::casework
