// The copy for the person: what leaves about them, in their language as far as there are words, without the data of others.
#pragma once

#include <string>
#include <string_view>

#include "capabilities/case_files/context.hpp"
#include "capabilities/casework/rules.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::casework {

/// The language of the person when there are words in it, otherwise English.
std::string language_of_person(CaseFile const& file);

/// A4. Fields that hold the data of other people (forms::is_of_others) are named, not shown; no officer and no office is named.
/// Throws std::runtime_error when the PDF cannot be drawn.
Bytes render_person_copy(case_files::Context const& context, std::string_view language, CaseFile const& file,
                         Package const& package);

}  // namespace rcms::casework
