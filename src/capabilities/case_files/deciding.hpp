// Small pure steps that the rules of both States share.
#pragma once

#include <string>
#include <string_view>

#include "capabilities/case_files/decision.hpp"
#include "norms/agreements/evidence.hpp"

namespace rcms::case_files {

/// A text member of an envelope's body; empty when it is absent or no text.
std::string text_of(boost::json::object const& body, std::string_view key);

/// Adds an event to the clock of the file.
void happened(CaseFile& file, std::string event, Instant at, std::string note = {});
/// A refused case begins anew: its events are gone, but for a suspension that stands and for what was found of its evidence.
void begin_clock_anew(CaseFile& file);
/// When the event happened last; empty when it never did.
std::optional<Instant> find_event(CaseFile const& file, std::string_view event);

/// A document with which the person may travel, as the events of the file tell of it.
struct TravelPaper {
  std::string number;
  std::string kind;    ///< held_document_type of one that the requesting State recorded; empty: issued by the requested State
  std::string issuer;  ///< three letters; empty: the requested State
  std::string issued_on;
  std::string expires_on;
  Instant told_at;
  bool is_void = false;  ///< declared void, or taken back
};
std::vector<TravelPaper> list_travel_papers(CaseFile const& file);
/// Whether the person still has one that is not void when this one is.
bool has_other_paper(CaseFile const& file, std::string_view number, std::string_view kind);

/// "section.field" of every field that differs between two contents of the form, in the order of the alphabet; what the system
/// fills in (header) is not compared.
std::vector<std::string> list_changes(boost::json::object const& before, boost::json::object const& after);

/// A photograph that was asked for and came is the photograph of the form and the portrait of the file, on both sides. `notes`
/// are the attachments of the answer; what is no picture stays an attachment.
void take_photograph(CaseFile& file, std::vector<RequestItem> const& items, std::vector<exchange::AttachmentNote> const& notes);

/// What was found of the documents of the application, as an index of each that was found false and not since found genuine. A
/// finding belongs to the document as it was then: a corrected one has none.
agreements::FoundFalse list_found_false(CaseFile const& file);
/// The note of the events evidence_false and evidence_genuine: purpose and hash of the document; empty when the application has
/// no such document. `purpose` is nationality or third_country, `index` its place in the list.
std::string evidence_note(boost::json::object const& content, std::string_view purpose, std::size_t index);

/// The clock's word for a reply of this kind: "acceptance", "interview_reply" or "reply".
std::string reply_event(std::string_view reply_kind);

/// A fact about the file with everything but outcome, punctuality and duration; the kind of one about a transit begins with
/// "transit_", because nobody is readmitted and no figure of readmissions may count it.
statistics::Fact fact_of(CaseFile const& file, std::string kind, Date today);
/// Counted when the file stops waiting for its reply: `outcome` accepted, refused, deemed, withdrawn or closed; the hours run
/// from its sending (requesting State) or its receipt (requested State). A suspended file waits as it did before. Empty: it still
/// waits, or did not wait.
std::optional<statistics::Fact> fact_of_ending(CaseFile const& before, CaseFile const& after, Instant now, Date today);
/// Whole hours between an event of the file and `now`; empty when the event never happened.
std::optional<std::int64_t> hours_since(CaseFile const& file, std::string_view event, Instant now);

}  // namespace rcms::case_files
