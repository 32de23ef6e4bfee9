// From the sealed ledger to notifications and waiting e-mails, each entry exactly once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/messages/notice.hpp"

namespace rcms::messages {

/// The cursor in the table `consumers`.
inline constexpr std::string_view notices_consumer = "notices";
/// The channel on which every process hears that there are new notifications.
inline constexpr std::string_view notifications_channel = "notifications";

/// What is older than this when it is dealt with (a restored node, a history that was made) is no longer mailed …
inline constexpr std::int64_t mailed_within_ms = 24LL * 3'600'000;
/// … and what is older than this is written as read.
inline constexpr std::int64_t news_within_ms = 7 * mailed_within_ms;

struct NoticeContext {
  case_files::Context const& files;
  std::vector<Notice> notices;
  bool mail = false;  ///< whether e-mails are queued
};

/// Deals with the next entries of the sealed ledger, at most 100, in one command with the cursor: nothing is lost and nothing
/// told twice whenever the process ends and however many try at once. Returns how many entries it saw; 0: nothing to do. Throws
/// db::Fault.
std::size_t notify_next(NoticeContext const& context);

}  // namespace rcms::messages
