// How long something takes, for telling and measuring only.
#pragma once

#include <cstdint>

namespace rcms {

/// Monotonic microseconds; its zero means nothing.
std::int64_t monotonic_us();

/// Microseconds for which the calling thread has had a processor; its zero means nothing.
std::int64_t processor_us();

}  // namespace rcms
