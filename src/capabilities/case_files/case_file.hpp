// One State's own file of one case, and the small things that hang on it. Plain data; rules are in casework (requesting
// State) and applications (requested State).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::case_files {

/// Which of the two States the file belongs to.
BOOST_DEFINE_ENUM_CLASS(Side, requesting, requested)
std::string name_of(Side side);

/// Something that starts, stops or moves a clock, in the words of norms/agreements: submission, receipt, acknowledgement,
/// complete_file, document_request, answer, extension, reply, acceptance, suspension, lifting, … Clocks are computed from these
/// events only. Also what a check found of a document: evidence_false and evidence_genuine, which move no clock.
struct ClockEvent {
  std::string event;
  Instant at;
  std::string note;  ///< reason of an extension, id of a request, number of a document
  int value = 0;     ///< days of an extension
  std::string issued_on;   ///< day of a document, or empty
  std::string expires_on;  ///< last day of a document, or empty
  std::string document_kind = {};    ///< held_document_type of a document that the requesting State recorded; empty: an ETD
  std::string document_issuer = {};  ///< three letters of the State that issued it; empty: the requested State
};

/// What lists and headers show of the person; always derived from the form content by `summarise`.
struct PersonSummary {
  std::string name;      ///< "Surname, Given names" in Latin
  std::string original;  ///< as recorded in the original script, may be empty
  std::string birth;     ///< partial date text, may be empty
  std::string sex;
  std::string nationality;
};

/// Who did what to the file, for four eyes: only what the process asks about.
struct PastAct {
  std::string action;
  std::string actor;  ///< user id
};

/// A file that was laid aside: it is on no desk until the day. Terms of the law run on.
struct Hold {
  std::string until;  ///< day on which it comes back
  std::string reason;
  UserId by;
  Instant at;
};

struct CaseFile {
  PartyId party;
  CaseId id;
  Side side = Side::requesting;
  PartyId partner;
  std::string agreement;
  std::string reference;
  std::string partner_reference;  ///< empty until the other State has told it
  std::string state;
  std::string state_before;  ///< state to return to when a suspension is lifted
  std::string stage;
  bool is_open = true;
  std::int64_t revision = 1;
  UserId author;  ///< empty when it came in an envelope
  UserId owner;   ///< officer in charge; empty when nobody
  PersonSummary person;
  std::string portrait;  ///< FileId of the photograph, or empty
  Instant created_at;
  Instant changed_at;
  std::string submitted_on;   ///< day on which the application was released, or empty
  std::string next_due_on;    ///< earliest open deadline, or empty
  std::string next_due_kind;
  std::optional<Instant> step_since;  ///< when it came into its state
  std::string tell_on;                ///< day on which somebody is told that it waits too long, or empty
  int told = 0;                       ///< of that: 0 nobody, 1 the officer, 2 the supervisor
  std::optional<Hold> hold;
  std::vector<ClockEvent> clock;
  std::vector<PastAct> acts;
  boost::json::object reply;    ///< the answer, empty when there is none
  boost::json::object error_claim;  ///< readmission in error: ground, statement, …; empty when nobody claimed one
  boost::json::object content;  ///< the form: section → field → value
};

/// A deadline as it was computed once.
struct DeadlineRecord {
  std::string id;
  std::string kind;
  std::optional<Date> due_on;  ///< empty while the clock stands still
  std::string state;           ///< open, met, missed, replaced, paused
  Instant computed_at;
  boost::json::object computation;  ///< the trail, as norms/agreements renders it
};

/// A document that would do, in a form in which it would.
struct WantedDocument {
  std::string type;  ///< code of the list evidence_type
  std::string form;  ///< code of the list document_form, or empty
};

/// A line of an itemised request for more documents.
struct RequestItem {
  std::string item;      ///< id of a checklist item, or "other"
  std::string language;  ///< language in which the document is wanted, or empty
  std::string note;
  std::string answer;              ///< what the requesting State says to it
  std::vector<std::string> files;  ///< FileIds that answer it, in the space of this party
  bool answered = false;
  std::vector<WantedDocument> any_of = {};  ///< of an item of evidence: what would be enough, as the agreement lists it
  int count = 0;                            ///< so many of them; 0: not said
};

/// A request as one of the two States holds it.
struct DocumentRequest {
  std::string id;
  std::string state;  ///< open, answered, closed
  Instant asked_at;
  std::string due_on;  ///< may be empty
  std::optional<Instant> answered_at;
  std::vector<RequestItem> items;
};

boost::json::array items_json(std::vector<RequestItem> const& items);
/// The purpose for which an item of a request asks evidence: nationality, third_country; empty for another item.
std::string_view purpose_of(std::string_view item);
boost::json::array wanted_json(std::vector<WantedDocument> const& wanted);
/// Unknown members are passed over, also a document without type.
std::vector<WantedDocument> read_wanted(boost::json::object const& item);
/// Unknown members are passed over; throws boost::system::system_error when the shape is wrong.
std::vector<RequestItem> read_items(boost::json::value const& value);

/// The ledger subject of a file: "case:<id>" or "application:<id>".
std::string subject_of(CaseFile const& file);
std::string subject_of(Side side, CaseId const& id);

/// Name, birth, sex and nationality as the form has them. Never fails: what is missing is empty.
PersonSummary summarise(boost::json::object const& content);

/// Everything under which the file can be found: words of all names in search form, references, document numbers.
std::vector<std::string> search_words_of(CaseFile const& file);

}  // namespace rcms::case_files
