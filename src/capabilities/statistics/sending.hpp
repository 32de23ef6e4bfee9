// Reports that are due are made and sent: the work of the background, once an hour, by the process that is leader.
#pragma once

#include "capabilities/statistics/context.hpp"
#include "foundation/mail/transport.hpp"

namespace rcms::statistics {

struct SendingCounts {
  int sent = 0;
  int failed = 0;  ///< for good, or to be tried again
};

/// Closes the months that are over and sends every report that is due, once for each schedule, month and receiver. Each attempt
/// is recorded before it is made and after: what was being sent when the node stopped is tried again an hour later, under the
/// same Message-ID. May run in two processes at once. Throws db::Fault, and std::runtime_error of the page library.
SendingCounts send_due_reports(Context const& context, mail::Transport& transport, mail::Address const& from);

}  // namespace rcms::statistics
