// What the requesting State may do with its own file, and what an envelope of the requested State does to it. Pure: what is
// read from form, gates and attachments is given.
// Source: data/workflow/individual.toml, data/safeguards/gates.toml and the agreement of the case.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capabilities/case_files/step.hpp"
#include "norms/safeguards/gates.hpp"

namespace rcms::casework {

using case_files::CaseFile;
using case_files::Decision;
using case_files::DocumentRequest;

/// Who answers for a word that may leave where it stands, and why.
struct Cleared {
  UserId by;
  Instant at;
  std::string reason;
};

/// A word in free text, in the name of a file or in its text that must not leave, and where it stands.
struct WordFound {
  std::string place;  ///< path of the field, "attachments[2].name", or "attachments[2].page[0]"
  std::string word;
  std::string category;   ///< label "gates.word.<category>"
  std::string excerpt;    ///< what stands around it
  std::string text_hash;  ///< of all of the text in which it stands
  std::optional<Cleared> cleared{};
};

/// What would leave: the shared form, the attachments, and the words found in them.
struct Package {
  boost::json::object form;
  std::vector<exchange::AttachmentNote> attachments;
  std::vector<WordFound> words;
  boost::json::object print;  ///< under which basis fingerprints leave; empty: none do
};

/// A draft gets other content. `content` was normalised and has no defects of form. Refuses as take_step.
Result<Decision> decide_edit(workflow::Process const& process, CaseFile const& before, boost::json::object content,
                             access::Viewer const& viewer, Instant now);

/// The draft goes to the safeguards officer. `defects` of the content, all of them, keep it back.
/// Refuses: as take_step; the first defect.
Result<Decision> decide_screening(workflow::Process const& process, CaseFile const& before, Findings const& defects,
                                  access::Viewer const& viewer, Instant now);

/// What keeps a package from leaving.
struct Obstacles {
  Findings missing;                     ///< what the form demands at release, internal fields too
  std::vector<std::string> open_gates;  ///< gates that block
};

/// A person answers for a word that was found. Refuses: same_person (the author of the case), reason_missing, wrong_step (the
/// case is over). Source: our own, for the second pair of eyes that data/safeguards/gates.toml (G06) asks for.
Result<Decision> decide_clearance(CaseFile const& before, WordFound const& word, access::Viewer const& viewer,
                                  std::string_view reason);

/// A refused case comes again with what it came with before: nothing to decide anew. `form` is what would leave.
/// Refuses: field_missing (D_evidence.nationality_evidence).
Result<void> check_new_evidence(CaseFile const& before, boost::json::object const& form);

/// The second person releases the package; the application leaves. A case that was refused begins its clock anew. Refuses: as
/// take_step; the first of `missing`; gate_open (field: the gate); must_not_leave (field: the place of a word that nobody
/// answers for); same_person (who answers for a word); field_missing (a refused case with the same evidence as before). Source:
/// data/workflow/individual.toml, data/forms/application.toml.
Result<Decision> decide_release(workflow::Process const& process, CaseFile const& before, Package package,
                                Obstacles const& obstacles, access::Viewer const& viewer, Instant now, Date today);

/// An answer to one item of a request.
struct ItemAnswer {
  std::string item;
  std::string text;
  std::vector<std::string> files;
};

/// The open request is answered, item by item. Every item needs a text or a file; files must be attachments of the case
/// (`attachments` holds those of the answers). Refuses: as take_step; not_found (no such open request or item); field_missing;
/// must_not_leave.
Result<Decision> decide_answer(workflow::Process const& process, CaseFile const& before, DocumentRequest const& request,
                               std::vector<ItemAnswer> const& answers, Package package, access::Viewer const& viewer,
                               Instant now);

/// The application is corrected after its release: `content` replaces the form, `package` leaves, `shared_before` is what left
/// before. The timeline of both States names the fields. Refuses: as take_step; the first of `missing`; must_not_leave;
/// field_missing (nothing that leaves has changed). Source: data/workflow/individual.toml.
Result<Decision> decide_correction(workflow::Process const& process, CaseFile const& before, boost::json::object content,
                                   Package package, boost::json::object const& shared_before, Findings const& missing,
                                   access::Viewer const& viewer, std::string_view reason, Instant now);

/// The case is withdrawn; the other State sees only that. Refuses as take_step.
Result<Decision> decide_withdrawal(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                   std::string_view reason, Instant now, Date today);

/// The supervisor confirms that silence is consent, with the clause and the day in front of them. Refuses as take_step.
Result<Decision> decide_confirmation(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     std::string_view reason, std::string_view clause, std::string_view due_on, Instant now);

/// An envelope of the requested State arrived. `holding` are the conditions that hold. Refuses: wrong_step, field_missing,
/// field_invalid (a body that is not of its kind).
Result<Decision> decide_receipt(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                std::set<std::string, std::less<>> const& holding, Instant now, Date today);

}  // namespace rcms::casework
