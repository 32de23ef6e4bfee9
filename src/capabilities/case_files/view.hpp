// What a viewer is shown of a file: the parts that both States see in the same shape. Days are `yyyy-mm-dd`; what is unknown
// is null.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::case_files {

/// The text, or nothing when it is empty.
inline std::optional<std::string> optional_text(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// A user, organisation or State with the name the viewer may read.
struct NamedView {
  std::string id;
  std::string name;
};
RCMS_VIEW(NamedView, id, name)

struct PersonView {
  std::string name;  ///< "Surname, Given names" in Latin
  std::optional<std::string> name_original;
  std::optional<std::string> birth;
  std::optional<std::string> sex;
  std::optional<std::string> nationality;
  std::optional<std::string> portrait_file;
};
RCMS_VIEW(PersonView, name, name_original, birth, sex, nationality, portrait_file)

/// A holiday that was not counted.
struct HolidayLeftOutView {
  std::string day;
  std::string name;  ///< in the viewer's language
};
RCMS_VIEW(HolidayLeftOutView, day, name)

/// One step of "why this date".
struct TrailStepView {
  std::string step;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::int64_t days = 0;
  std::vector<HolidayLeftOutView> holidays;
  std::vector<std::int64_t> weekend;  ///< the days of the week that were left out, 1 Monday to 7 Sunday
  std::string text;                   ///< the step in the viewer's language
  std::string clause;                 ///< on which this step rests
  std::string confidence;             ///< of this step alone: P, S, confirmed, unverified
};
RCMS_VIEW(TrailStepView, step, from, to, days, holidays, weekend, text, clause, confidence)

/// A time in which the clock of a term stood still: the day after `from` is the first that does not count.
struct TermStopView {
  std::string from;
  std::optional<std::string> until;  ///< none: it still stands
  std::string why;                   ///< document_request or suspension
};
RCMS_VIEW(TermStopView, from, until, why)

struct DeadlineView {
  std::string id;
  std::string kind;
  std::string due_on;
  std::int64_t days_left = 0;  ///< negative when it is over
  std::string state;           ///< open, met, missed, replaced, paused
  std::string sentence;        ///< why this date, in the viewer's language
  std::optional<std::string> clause;
  std::string confidence;  ///< primary, secondary, unverified, fictional
  std::vector<TrailStepView> trail;
  std::vector<TermStopView> stops;
};
RCMS_VIEW(DeadlineView, id, kind, due_on, days_left, state, sentence, clause, confidence, trail, stops)

struct AttachmentView {
  std::string id;
  std::string name;
  std::string kind;  ///< document type of data/codes, "photo", "minutes", …
  std::string type;  ///< media type found in the content
  std::int64_t size = 0;
  std::string sha256;
  Instant added_at;
  std::optional<NamedView> by;  ///< null when it came in an envelope
};
RCMS_VIEW(AttachmentView, id, name, kind, type, size, sha256, added_at, by)

/// A line of the completeness checklist of the agreement.
struct ChecklistItemView {
  std::string item;
  std::string label;
  std::string state;  ///< present, missing, weak, not_needed
  std::optional<std::string> strength;  ///< proof, prima_facie, initiates
  std::optional<std::string> enough;    ///< what would be enough, in the viewer's language
  std::optional<std::string> clause;
};
RCMS_VIEW(ChecklistItemView, item, label, state, strength, enough, clause)

struct OptionView {
  std::string code;
  std::string label;
};
RCMS_VIEW(OptionView, code, label)

/// A field of the paper on which a gate rests.
struct PaperFieldView {
  std::string code;
  std::string label;
  std::string type;  ///< text, date, instant, whole, flag (yes, no), choice (of options), user (id of a guardian)
  bool required = false;  ///< to close it at the stage that comes next
  std::vector<OptionView> options;
  std::optional<std::string> value;  ///< only for those who may decide the gate or read the file
};
RCMS_VIEW(PaperFieldView, code, label, type, required, options, value)

struct GateView {
  std::string gate;
  std::string label;
  std::optional<std::string> help;
  std::string state;  ///< open, closed, failed, not_applicable
  std::optional<std::string> why_open;
  std::string kind;  ///< block, warn, block_field
  std::optional<NamedView> by;
  std::optional<Instant> at;
  std::vector<PaperFieldView> evidence;
  std::optional<std::string> reason;
  std::vector<std::string> decided_by;  ///< roles and bodies, in words
  std::vector<std::string> basis;
  bool may_decide = false;
  bool may_be_not_applicable = false;
};
RCMS_VIEW(GateView, gate, label, help, state, why_open, kind, by, at, evidence, reason, decided_by, basis, may_decide,
          may_be_not_applicable)

/// One of the documents that would do, and what it would count for under the agreement of the case.
struct WantedDocumentView {
  std::string type;
  std::string label;
  std::optional<std::string> form;
  std::optional<std::string> form_label;
  std::optional<std::string> effect;  ///< proof, prima_facie, evidence; null: not on the list of the agreement
  std::optional<std::string> effect_label;
  std::optional<std::string> clause;
};
RCMS_VIEW(WantedDocumentView, type, label, form, form_label, effect, effect_label, clause)

struct RequestItemView {
  std::string item;
  std::string label;
  std::optional<std::string> language;
  std::optional<std::string> note;
  std::string state;  ///< open, answered
  std::optional<std::string> answer;
  std::vector<std::string> files;
  std::vector<WantedDocumentView> any_of;  ///< what would be enough; empty: not said
  std::int64_t count = 0;                  ///< so many of them; 0: not said
};
RCMS_VIEW(RequestItemView, item, label, language, note, state, answer, files, any_of, count)

struct DocumentRequestView {
  std::string id;
  std::string state;
  Instant asked_at;
  std::optional<std::string> due_on;
  std::optional<Instant> answered_at;
  std::vector<RequestItemView> items;
};
RCMS_VIEW(DocumentRequestView, id, state, asked_at, due_on, answered_at, items)

struct ReplyReasonView {
  std::string code;
  std::string label;
  std::optional<std::string> text;
};
RCMS_VIEW(ReplyReasonView, code, label, text)

struct ReplyView {
  std::string kind;  ///< accepted, refused, interview, more_information, deemed
  std::vector<ReplyReasonView> reasons;
  std::optional<std::string> note;
  Instant at;
  std::optional<NamedView> by;
  std::optional<bool> in_time;
};
RCMS_VIEW(ReplyView, kind, reasons, note, at, by, in_time)

/// The claim that a person was handed over in error, and its answer.
struct ErrorClaimView {
  std::string ground;  ///< of the list error_ground
  std::string statement;
  Instant at;
  std::optional<NamedView> by;
  std::optional<std::string> due_on;  ///< last day of the window; null: none is known
  std::optional<std::string> clause;
  std::optional<std::string> answer;  ///< taken_back, rejected; null: not answered
  std::optional<std::string> note;    ///< why it was rejected
  std::optional<Instant> answered_at;
  std::optional<NamedView> answered_by;
  std::optional<std::string> returned_on;  ///< day on which the person was back
};
RCMS_VIEW(ErrorClaimView, ground, statement, at, by, due_on, clause, answer, note, answered_at, answered_by, returned_on)

/// A button of "what happens next": possible, or why not.
struct ActionView {
  std::string action;
  std::string label;
  bool allowed = false;
  bool primary = false;
  std::optional<std::string> refused_why;   ///< label of the refusal in the viewer's language
  std::optional<std::string> receiver;      ///< who will see the effect
  bool needs_reason = false;
};
RCMS_VIEW(ActionView, action, label, allowed, primary, refused_why, receiver, needs_reason)

struct TransmissionView {
  std::string id;
  std::string direction;  ///< out, in
  std::string kind;
  std::string label;
  std::int64_t number = 0;
  std::string hash;
  std::string state;  ///< queued, delivered, refused, applied
  Instant created_at;
  std::optional<Instant> ended_at;
  std::optional<std::string> problem;
};
RCMS_VIEW(TransmissionView, id, direction, kind, label, number, hash, state, created_at, ended_at, problem)

/// A travel document as the file shows it; the register has more.
struct IssuedDocumentView {
  std::string number;
  std::string state;
  std::string issued_on;
  std::string expires_on;
  std::optional<std::string> kind;    ///< held_document_type of one that the requesting State recorded; null: an ETD
  std::optional<std::string> issuer;  ///< three letters of the State that issued it; null: the requested State
};
RCMS_VIEW(IssuedDocumentView, number, state, issued_on, expires_on, kind, issuer)

/// A point of the timeline.
struct TimelineEntryView {
  std::string id;
  std::string when;  ///< instant, or a day for what is to come
  std::string tense;  ///< done, today, to_come
  std::string action;
  std::string text;  ///< in the viewer's language
  std::optional<std::string> who;
  std::optional<std::string> role;
  std::optional<std::string> office;
  std::optional<std::string> party;
  std::optional<std::string> source;
  std::optional<std::string> hash;
  std::optional<std::string> acting_for;  ///< the absent colleague for whom it was done
};
RCMS_VIEW(TimelineEntryView, id, when, tense, action, text, who, role, office, party, source, hash, acting_for)

/// A span in which a clock stood still.
struct ClockStopView {
  std::string from;
  std::optional<std::string> to;
  std::string reason;
};
RCMS_VIEW(ClockStopView, from, to, reason)

struct TimelineView {
  std::vector<TimelineEntryView> entries;
  std::vector<ClockStopView> stops;
};
RCMS_VIEW(TimelineView, entries, stops)

/// A row of a list.
struct CaseRowView {
  std::string id;
  std::string reference;
  std::optional<std::string> partner_reference;
  std::string side;
  NamedView partner;
  std::string agreement;
  std::string state;
  std::string stage;
  std::string ball;  ///< who holds it: requesting, requested, nobody
  std::optional<NamedView> owner;
  PersonView person;
  Instant created_at;
  Instant changed_at;
  std::int64_t days_waiting = 0;  ///< since the last change
  std::optional<std::string> submitted_on;
  std::optional<std::string> next_due_on;
  std::optional<std::string> next_due_kind;
  std::optional<std::int64_t> days_left;
  std::optional<std::string> held_until;  ///< on hold: the day on which it comes back
  std::string waits_too_long;             ///< no, officer, supervisor: who was told
  std::int64_t revision = 0;
};
RCMS_VIEW(CaseRowView, id, reference, partner_reference, side, partner, agreement, state, stage, ball, owner, person, created_at,
          changed_at, days_waiting, submitted_on, next_due_on, next_due_kind, days_left, held_until, waits_too_long, revision)

/// A file that was laid aside.
struct HoldView {
  std::string until;
  std::string reason;
  std::optional<NamedView> by;
  Instant at;
};
RCMS_VIEW(HoldView, until, reason, by, at)

/// How long a file waits in its step. Legal terms are in the deadlines.
struct StepWaitView {
  std::optional<std::string> since;    ///< day on which it came into its step
  std::string told;                    ///< nobody, officer, supervisor: who was told that it waits too long
  std::optional<std::string> tell_on;  ///< day on which the next of them is told
};
RCMS_VIEW(StepWaitView, since, told, tell_on)

/// The officer in charge is away, and who covers.
struct CoverView {
  NamedView cover;
  std::string from_on;
  std::string to_on;
};
RCMS_VIEW(CoverView, cover, from_on, to_on)

struct HoldFileInput {
  Date until;
  http::TextBlock<2000> reason;
};
RCMS_INPUT(HoldFileInput, until, reason)

struct AssignFileInput {
  UserId user;
};
RCMS_INPUT(AssignFileInput, user)

/// A verification task as the file of the requested State lists it.
struct TaskSummaryView {
  std::string id;
  std::string kind;
  std::string state;
  NamedView organisation;
  std::optional<NamedView> assignee;
  std::string due_on;
  std::optional<std::string> outcome;
  std::optional<std::string> result_note;
  std::optional<Instant> done_at;
};
RCMS_VIEW(TaskSummaryView, id, kind, state, organisation, assignee, due_on, outcome, result_note, done_at)

struct NoteView {
  std::string id;
  NamedView author;
  Instant written_at;
  std::string body;
};
RCMS_VIEW(NoteView, id, author, written_at, body)

/// The file: header, content and everything that hangs on it. Parts that one side does not have are empty there.
struct CaseFileView {
  std::string id;
  std::string side;
  std::string reference;
  std::optional<std::string> partner_reference;
  NamedView party;
  NamedView partner;
  std::string agreement;
  std::string agreement_title;
  std::string state;
  std::string stage;
  std::string ball;
  std::int64_t revision = 0;
  std::optional<NamedView> author;
  std::optional<NamedView> owner;
  Instant created_at;
  Instant changed_at;
  std::optional<std::string> submitted_on;
  PersonView person;
  http::Json content;
  std::vector<AttachmentView> attachments;
  std::vector<ChecklistItemView> checklist;
  std::optional<std::string> evidence_result;  ///< proof, prima_facie, initiates, nothing
  std::vector<GateView> gates;
  std::vector<DocumentRequestView> requests;
  std::vector<DeadlineView> deadlines;
  std::vector<TaskSummaryView> tasks;
  std::optional<ReplyView> reply;
  std::optional<ErrorClaimView> error_claim;
  std::vector<IssuedDocumentView> documents;
  std::vector<TransmissionView> transmissions;
  std::vector<NoteView> notes;
  std::vector<ActionView> actions;
  std::optional<HoldView> hold;
  StepWaitView waiting;
  std::optional<CoverView> covered;
  std::optional<std::string> fingerprint;
};
RCMS_VIEW(CaseFileView, id, side, reference, partner_reference, party, partner, agreement, agreement_title, state, stage, ball,
          revision, author, owner, created_at, changed_at, submitted_on, person, content, attachments, checklist, evidence_result,
          gates, requests, deadlines, tasks, reply, error_claim, documents, transmissions, notes, actions, hold, waiting, covered,
          fingerprint)
}  // namespace rcms::case_files
