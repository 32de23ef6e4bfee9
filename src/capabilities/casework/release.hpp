// The package that leaves: built from the whitelist, previewed, released by a second person.
#pragma once

#include <string>
#include <vector>

#include "capabilities/casework/actions.hpp"
#include "capabilities/casework/words.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::casework {

/// What leaves and what stays, before release.
struct Preview {
  Package package;
  std::vector<forms::SharingLine> lines;   ///< every field that is filled in
  std::vector<agreements::Withheld> withheld;  ///< what the State keeps at home under this agreement
  std::vector<std::string> kept_files;     ///< FileIds of attachments that stay
  Obstacles obstacles;                     ///< what is missing in the form, gates that block the release
  std::string hash;                        ///< of exactly this package; release names it
  struct OwnFile {
    std::string name;       ///< as the State calls it; stays at home
    bool has_text = false;  ///< could be searched for words; a picture must be looked at
  };
  std::vector<OwnFile> files;  ///< one for each attachment of the package
};

/// Builds the preview of a file. Refuses: unsupported_type, must_not_leave (an attachment that cannot be cleaned).
Result<Preview> build_preview(Context const& context, CaseFile const& file);
/// Everything for which the release would be refused and that no safeguard, no second person and no word answered for can mend:
/// what the form lacks, whom the agreement does not cover, an attachment that cannot be made fit to leave, a refused case without
/// new evidence. Each with its field; told before the draft is given out of hand.
Findings list_defects(Context const& context, CaseFile const& file);
/// The words in what would leave, with who answers for them. Refuses as build_preview.
Result<std::vector<WordFound>> find_words(Context const& context, CaseFile const& file);
/// An attachment of the case byte for byte as the other State would receive it. Refuses: not_found; as build_preview.
Result<case_files::LeavingFile> preview_file(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                             FileId const& attachment);
Result<Preview> preview_release(Context const& context, access::Viewer const& viewer, CaseId const& id);

/// Releases what was previewed. Refuses: as decide_release, with all that is missing; stale_revision (`preview_hash` is not of
/// what would leave now).
tl::expected<CaseFile, Findings> release(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         std::string_view preview_hash, std::optional<std::int64_t> if_match);

/// The attachments and free texts of an answer to a request. Refuses: not_found (a file that is not of the case).
Result<Package> build_answer_package(Context const& context, CaseFile const& file, std::vector<ItemAnswer> const& items);

}  // namespace rcms::casework
