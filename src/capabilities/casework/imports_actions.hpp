// The acts of a bulk import: upload, mapping, dry run, load, the file of problems. Every act is of the viewer's own State.
#pragma once

#include <atomic>
#include <functional>

#include "capabilities/casework/actions.hpp"
#include "capabilities/casework/imports.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::casework {

inline constexpr std::size_t import_bytes_limit = 50u << 20;

/// What the officer tells about a table.
struct MappingInput {
  std::string agreement;
  NamedProfile profile;
  std::string profile_name;  ///< kept under this name for the organisation; empty: not kept
};

class Imports {
 public:
  /// Reads the words by which columns are recognised. Throws std::runtime_error when they are not sound. `context` outlives it.
  Imports(Context const& context, std::filesystem::path const& data);

  /// Reads the table once, keeps it encrypted, guesses its mapping. Nothing becomes a case.
  /// Refuses: not_permitted; what stopped the reading, in words of the viewer's language; field_missing (no rows).
  Result<Import> upload(access::Viewer const& viewer, std::string_view name, std::string_view content) const;

  std::optional<Import> find(access::Viewer const& viewer, ImportId const& id) const;
  std::vector<Import> list(access::Viewer const& viewer) const;
  std::vector<SavedProfile> profiles(access::Viewer const& viewer) const;

  /// The first rows below the heading. Refuses: not_found (the file was erased).
  Result<std::vector<sheets::Row>> first_rows(Import const& import, std::size_t count) const;

  /// Refuses: not_found; wrong_step (loading or loaded); field_unknown (heading); all that check_mapping refuses; agreement.
  tl::expected<Import, Findings> map(access::Viewer const& viewer, ImportId const& id, MappingInput const& input) const;

  /// The dry run: every row as loading will read it, and who is there already. Writes nothing. Refuses: not_found; wrong_step (no
  /// mapping).
  Result<ImportReport> check(access::Viewer const& viewer, ImportId const& id) const;

  /// Every good row becomes a draft, once, whatever happens in between. Works for at most `budget_ms`; what is left is loaded by
  /// `continue_unfinished`. Refuses: not_found, wrong_step (no mapping), not_permitted, the agreement.
  Result<Import> load(access::Viewer const& viewer, ImportId const& id, std::int64_t budget_ms) const;

  /// Takes up imports of all States that nobody has moved on since `before`: after a restart, or when a request left the rest.
  void continue_unfinished(Instant before, std::atomic<bool> const& stopping) const;

  /// Rows with a defect as a table to correct and load again. Refuses: as `check`; unavailable.
  Result<void> write_problems(access::Viewer const& viewer, ImportId const& id, sheets::Format format,
                              std::filesystem::path const& path) const;

  ImportWords const& words() const { return words_; }

 private:
  Result<Import> get(access::Viewer const& viewer, ImportId const& id) const;
  /// Calls `each` for every row below the heading; false stops.
  Result<void> read_rows(Import const& import, sheets::EachRow const& each) const;
  Result<Import> move_on(Import import, std::function<bool()> const& has_time) const;
  /// How the columns of this table are read, found out from its first rows too.
  ImportProfile profile_of(Import const& import) const;
  Result<std::string> requested_of(Import const& import) const;
  ImportCheck::Lookup known_cases(PartyId const& party) const;

  Context const& context_;
  ImportWords words_;
};

/// Why a table cannot be read, or which row was left out, in words of the language.
std::string defect_words(Labels const& labels, std::string_view language, sheets::Defect const& defect);

/// Erases the uploaded tables of imports that nobody touched since `before`, by destroying their keys; the import itself, which
/// names nobody, stays. How many. For the background loop of the leader, once a day.
std::size_t erase_old_tables(Context const& context, Instant before);

}  // namespace rcms::casework
