// Templates of the fingerprints of an applicant in the file of either State: taken in where agreement and basis allow it, sent
// with the application, deleted when there is an answer. Nobody reads them back; only a comparison does.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "capabilities/case_files/context.hpp"
#include "engines/fingerprints/template.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::case_files {

inline constexpr std::string_view add_prints_permission = "print.add";
inline constexpr std::string_view compare_prints_permission = "print.compare";
/// Kind of the attachment in an envelope; no attachment of a file has it.
inline constexpr std::string_view print_kind = "fingerprint_template";
/// Without an answer they are deleted so many days after they were added. No agreement that we know gives a term (unverified).
inline constexpr int print_days_kept = 180;
inline constexpr std::size_t most_print_bytes = 64u << 10;
inline constexpr std::size_t most_fingers = 10;

/// Why the prints of this person may be used.
struct PrintBasis {
  std::string basis;      ///< consent (of the person), law
  std::string reference;  ///< where the consent is recorded, or the clause of the law
  std::string given_on;   ///< day of the consent; empty for law
};

/// The prints of a case that one State keeps.
struct Prints {
  PartyId party;
  CaseId case_id;
  FileId file;  ///< the same at both States
  Side side = Side::requesting;
  PrintBasis basis;
  std::int64_t fingers = 0;
  std::string storage;
  std::string sha256;  ///< of the template
  std::int64_t size = 0;
  std::string added_by;  ///< user id or "exchange"
  Instant added_at;
  std::string delete_on;  ///< day on which they go without an answer
  std::optional<Instant> ended_at = {};
  std::string ended_why = {};  ///< answered, retention, removed
};

/// Whether prints may leave under this agreement: its file names the field D_evidence.biometrics with its clause, and the State
/// has not withheld it. Refuses: must_not_leave (agreement).
Result<void> check_print_clause(agreements::Agreement const* agreement);
/// Refuses: field_invalid (basis; given_on in the future), field_missing (reference; given_on of a consent).
Result<void> check_print_basis(PrintBasis const& basis, Date today);
/// A template of ISO 19794-2 or ANSI 378 with 1 to 10 prints of at least one finger that can be compared. Refuses: too_large,
/// malformed, field_invalid (all with field "file").
Result<fingerprints::Template> read_prints(std::span<std::uint8_t const> content);
/// Whether these bytes are such a template, whole or not.
bool looks_like_prints(std::span<std::uint8_t const> content);
/// Everything at once: the step of the process, the agreement, the basis, the template. Pure. Refuses as these, and
/// already_exists.
Result<Decision> decide_adding_prints(workflow::Process const& process, CaseFile const& before,
                                      agreements::Agreement const* agreement, std::optional<Prints> const& kept,
                                      PrintBasis const& basis, std::span<std::uint8_t const> content,
                                      access::Viewer const& viewer, Instant now, Date today);

/// Those that are kept now; a read must be of somebody who may see the file.
std::optional<Prints> find_prints(db::Database& database, PartyId const& party, CaseId const& id);
/// The newest, also those that are gone: what is told of them.
std::optional<Prints> find_last_prints(db::Database& database, PartyId const& party, CaseId const& id);

/// Adds them to a draft. Refuses: not_found, as decide_adding_prints.
Result<Prints> add_prints(Context const& context, access::Viewer const& viewer, CaseId const& id, PrintBasis const& basis,
                          std::span<std::uint8_t const> content);
/// Takes them out before they were sent. Refuses: not_found, wrong_step.
Result<Prints> remove_prints(Context const& context, access::Viewer const& viewer, CaseId const& id);

/// The template itself, for a comparison. Refuses: not_found (deleted), malformed.
Result<fingerprints::Template> open_prints(Context const& context, Prints const& prints);

/// What leaves with the application: the note of the attachment, and under which basis. None where the State keeps none or the
/// agreement does not let them leave.
struct LeavingPrints {
  exchange::AttachmentNote note;
  boost::json::object basis;  ///< the member `print` of the body
};
std::optional<LeavingPrints> leaving_prints(Context const& context, CaseFile const& file);
/// The receiving end on the same node. Where the receiver's own agreement has no clause nothing is kept. `file` is the sender's.
/// Refuses: does_not_verify, malformed.
Result<db::Command> take_over_prints(Context const& context, CaseFile const& file, exchange::Envelope const& envelope,
                                     exchange::AttachmentNote const& note);

/// Deletes all prints of this node whose matter is answered or whose time is over: key and row in one command with its entry of
/// the ledger. How many.
std::size_t forget_prints_due(Context const& context);
/// Takes the bytes of deleted prints out of the store in `folder`, and what named them out of the database. How many.
std::size_t erase_prints(db::Database& database, std::filesystem::path const& folder, Instant now);

}  // namespace rcms::case_files
