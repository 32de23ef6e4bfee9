// Small pure steps that the rules of both States share.
#pragma once

#include <string>
#include <string_view>

#include "capabilities/case_files/decision.hpp"

namespace rcms::case_files {

/// A text member of an envelope's body; empty when it is absent or no text.
std::string text_of(boost::json::object const& body, std::string_view key);

/// Adds an event to the clock of the file.
void happened(CaseFile& file, std::string event, Instant at, std::string note = {});
/// When the event happened last; empty when it never did.
std::optional<Instant> find_event(CaseFile const& file, std::string_view event);

/// The clock's word for a reply of this kind: "acceptance", "interview_reply" or "reply".
std::string reply_event(std::string_view reply_kind);

/// A fact about the file with everything but outcome, punctuality and duration.
statistics::Fact fact_of(CaseFile const& file, std::string kind, Date today);
/// Counted when the file stops waiting for its reply: `outcome` accepted, refused, deemed, withdrawn or closed; the hours run
/// from its sending (requesting State) or its receipt (requested State). A suspended file waits as it did before. Empty: it still
/// waits, or did not wait.
std::optional<statistics::Fact> fact_of_ending(CaseFile const& before, CaseFile const& after, Instant now, Date today);
/// Whole hours between an event of the file and `now`; empty when the event never happened.
std::optional<std::int64_t> hours_since(CaseFile const& file, std::string_view event, Instant now);

}  // namespace rcms::case_files
