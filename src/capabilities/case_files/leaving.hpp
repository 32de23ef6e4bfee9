// An attachment as the other State receives it: without what is not seen in it, under a neutral name, and marked with whose copy
// it is. The preview, the envelope and the delivery all ask here, so that they have the same bytes.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/case_files/context.hpp"

namespace rcms::case_files {

struct LeavingFile {
  exchange::AttachmentNote note;
  Bytes content;
};

/// The language in which a State reads: the first of its own in which there are words.
std::string language_of(access::Party const& party);

/// An attachment of the file as its partner receives it; always the same for the same attachment. The name says what it shows
/// and no more, a kind that is no code is "other". Refuses: not_found, unsupported_type, must_not_leave.
Result<LeavingFile> make_leaving(Context const& context, CaseFile const& file, files::FileRecord const& record);

/// The receiving end on the same node: checks what leaves against the note of the envelope, keeps it in the receiver's space
/// under the receiver's key. `file` is the sender's. Refuses: does_not_verify, unavailable, unsupported_type, limit_reached.
Result<db::Command> take_over(Context const& context, CaseFile const& file, exchange::AttachmentNote const& note);

/// The texts that can be read in it: of a PDF one for each page, of a plain text itself; none of a picture.
std::vector<std::string> list_texts(LeavingFile const& leaving);

}  // namespace rcms::case_files
