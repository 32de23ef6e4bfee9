// Why a date is what it is, in words; rendered once for each computation and language, not once for each reader.
#pragma once

#include <string_view>

#include "capabilities/case_files/parts.hpp"
#include "capabilities/case_files/view.hpp"
#include "foundation/base/labels.hpp"

namespace rcms::case_files {

/// `today` is the day at the seat of the State whose file it is. A computation that cannot be read gives a view without reasons.
DeadlineView present_deadline(Labels const& labels, std::string_view language, DeadlineText const& deadline, Date today);

}  // namespace rcms::case_files
