// The slip that a verifier takes along: one page in large type with what the card of the task holds and nothing more.
#pragma once

#include "capabilities/applications/actions.hpp"
#include "capabilities/applications/task.hpp"

namespace rcms::applications {

/// In the language of the receiver, marked with whose copy it is and the day. `photo` may be empty. A4, one page whatever the
/// card holds. Throws std::runtime_error when the PDF cannot be drawn.
/// Source: data/forms/field_slip.toml; the card names neither the requesting State nor a reason nor anything of health.
Bytes render_slip(Context const& context, access::Viewer const& receiver, VerificationTask const& task, Bytes const& photo);

}  // namespace rcms::applications
