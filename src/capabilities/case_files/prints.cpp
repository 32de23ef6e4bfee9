#include "capabilities/case_files/prints.hpp"

#include <algorithm>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "engines/fingerprints/reading.hpp"
#include "foundation/files/erasing.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

constexpr std::string_view print_field = "D_evidence.biometrics";

#define PRINT_COLUMNS                                                                                                     \
  "party, case_id, file, side, basis, basis_reference, given_on, fingers, storage, sha256, size, added_by, added_at,"     \
  " delete_on, ended_at, ended_why"

constexpr db::Sql select_kept{"prints.kept",
                              "SELECT " PRINT_COLUMNS " FROM prints WHERE party = $1 AND case_id = $2 AND ended_at IS NULL"};
constexpr db::Sql select_last{
    "prints.last",
    "SELECT " PRINT_COLUMNS " FROM prints WHERE party = $1 AND case_id = $2 ORDER BY added_at DESC, file DESC LIMIT 1"};
constexpr db::Sql insert_prints{
    "prints.insert",
    "INSERT INTO prints (party, case_id, file, side, basis, basis_reference, given_on, purpose, fingers, storage, sha256, size,"
    " added_by, added_at, delete_on) VALUES ($1, $2, $3, $4, $5, $6, $7, 'nationality', $8, $9, $10, $11, $12, $13, $14)"};
constexpr db::Sql end_prints{"prints.end",
                             "UPDATE prints SET ended_at = $4, ended_why = $5 WHERE party = $1 AND case_id = $2 AND file = $3"
                             " AND ended_at IS NULL"};
/// A matter is answered when the other State has decided or the file is at its end; at the requested State also when every search
/// that could use the prints has its result.
constexpr db::Sql select_due{
    "prints.due",
    "SELECT p.party, p.case_id, p.side, CASE WHEN p.delete_on <= $1 THEN 'retention' ELSE 'answered' END"
    " FROM prints p JOIN case_files f ON f.party = p.party AND f.case_id = p.case_id AND f.side = p.side"
    " WHERE p.ended_at IS NULL AND (p.delete_on <= $1"
    " OR f.state NOT IN ('draft', 'screening', 'blocked', 'submitted', 'acknowledged', 'documents_requested', 'verification',"
    " 'interview', 'received', 'completeness', 'suspended')"
    " OR (p.side = 'requested'"
    " AND EXISTS (SELECT 1 FROM verification_tasks t WHERE t.party = p.party AND t.case_id = p.case_id AND t.state = 'done'"
    " AND t.kind IN ('registry_search', 'biometrics') AND t.done_at >= p.added_at)"
    " AND NOT EXISTS (SELECT 1 FROM verification_tasks t WHERE t.party = p.party AND t.case_id = p.case_id AND t.state = 'open'"
    " AND t.kind IN ('registry_search', 'biometrics'))))"
    " ORDER BY p.party, p.case_id LIMIT 100"};
constexpr db::Sql select_to_erase{
    "prints.to_erase",
    "SELECT party, case_id, file, side, storage FROM prints WHERE ended_at IS NOT NULL AND erased_at IS NULL LIMIT 100"};
constexpr db::Sql forget_names{"prints.erased",
                               "UPDATE prints SET erased_at = $4, storage = '', sha256 = '', size = 0"
                               " WHERE party = $1 AND case_id = $2 AND file = $3"};
constexpr db::Sql blank_record{"prints.blank_record", "UPDATE files SET storage = '', sha256 = '', size = 0 WHERE subject = $1"};

#undef PRINT_COLUMNS

Prints prints_of_row(db::Row const& row) {
  Prints one;
  one.party = PartyId{row.text(0)};
  one.case_id = CaseId{row.text(1)};
  one.file = FileId{row.text(2)};
  one.side = row.text(3) == "requesting" ? Side::requesting : Side::requested;
  one.basis = {row.text(4), row.text(5), row.text(6)};
  one.fingers = row.integer(7);
  one.storage = row.text(8);
  one.sha256 = row.text(9);
  one.size = row.integer(10);
  one.added_by = row.text(11);
  one.added_at = Instant{row.integer(12)};
  one.delete_on = row.text(13);
  if (auto const at = row.find_integer(14)) one.ended_at = Instant{*at};
  one.ended_why = row.find_text(15).value_or("");
  return one;
}

std::string subject_of_prints(Side side, CaseId const& id, FileId const& file) {
  return fmt::format("prints:{}:{}:{}", name_of(side), id.value, file.value);
}

void add_row(db::Command& command, Prints const& one) {
  command.add_expecting(insert_prints, {one.party.value, one.case_id.value, one.file.value, name_of(one.side), one.basis.basis,
                                        one.basis.reference, one.basis.given_on, one.fingers, one.storage, one.sha256, one.size,
                                        one.added_by, one.added_at.ms, one.delete_on});
}

void end_row(db::Command& command, Prints const& one, std::string_view why, Instant now) {
  command.add_expecting(end_prints, {one.party.value, one.case_id.value, one.file.value, now.ms, std::string(why)});
  files::destroy_case_key(command, subject_of_prints(one.side, one.case_id, one.file), now);
}

/// Encrypts and keeps them under a key of their own.
Result<files::FileRecord> keep(Context const& context, Prints const& one, std::span<std::uint8_t const> content) {
  auto record = context.attachments.keep_table(subject_of_prints(one.side, one.case_id, one.file), "fingerprints.fmr", content,
                                               one.added_by);
  if (!record) return record;
  record->id = one.file;
  record->kind = print_kind;
  record->type = files::FileType::iso_fingerprint;
  return record;
}

agreements::Agreement const* agreement_of(Context const& context, CaseFile const& file, PartyId const& party) {
  return context.norms.find_agreement(file.agreement, file.submitted_on, context.directory.get_party(party).code);
}

std::string last_day(Date from) { return from.plus_days(print_days_kept).text(); }

Result<Bytes> read_bytes(Context const& context, Prints const& prints) {
  if (prints.ended_at) return refuse(Why::not_found, "prints", "the prints were deleted");
  files::FileRecord record;
  record.subject = subject_of_prints(prints.side, prints.case_id, prints.file);
  record.storage = prints.storage;
  return context.attachments.read(record);
}

/// The ledger's word for a deletion by nobody's hand.
std::string deletion_of(std::string const& why) { return why == "retention" ? "prints_expired" : "prints_deleted"; }

}  // namespace

Result<void> check_print_clause(agreements::Agreement const* agreement) {
  if (agreement == nullptr)
    return refuse(Why::must_not_leave, "agreement", "no agreement is known for this case: choose one that names fingerprints");
  if (agreements::agreed_fields_of(*agreement).count(print_field) == 0)
    return refuse(Why::must_not_leave, "agreement",
                  "the agreement has no clause for fingerprints: do not take them; use documents or an interview",
                  agreement->code);
  if (agreements::withheld_fields_of(*agreement).count(print_field) != 0)
    return refuse(Why::must_not_leave, "agreement",
                  "your State withholds fingerprints under this agreement: use documents or an interview", agreement->code);
  return {};
}

Result<void> check_print_basis(PrintBasis const& basis, Date today) {
  if (basis.basis != "consent" && basis.basis != "law")
    return refuse(Why::field_invalid, "basis", "say consent of the person, or law");
  if (basis.reference.empty()) {
    return refuse(Why::field_missing, "reference",
                  basis.basis == "law" ? "name the clause of the law that allows the prints to be used"
                                       : "name the paper on which the person consented");
  }
  if (basis.basis == "law") return {};
  if (basis.given_on.empty()) return refuse(Why::field_missing, "given_on", "say on which day the person consented");
  auto const day = Date::parse(basis.given_on);
  if (!day || *day > today) return refuse(Why::field_invalid, "given_on", "the day of the consent is a day up to today");
  return {};
}

bool looks_like_prints(std::span<std::uint8_t const> content) {
  constexpr std::string_view head{"FMR\0", 4};
  return content.size() >= head.size() && std::equal(head.begin(), head.end(), content.begin());
}

Result<fingerprints::Template> read_prints(std::span<std::uint8_t const> content) {
  if (content.size() > most_print_bytes)
    return refuse(Why::too_large, "file", "a template of the fingers of one person has at most 65,536 bytes");
  auto read = fingerprints::read_template(content);
  if (!read) {
    auto refused = read.error();
    refused.field = "file";
    return tl::unexpected(std::move(refused));
  }
  if (read->views.size() > most_fingers)
    return refuse(Why::field_invalid, "file", "a template has at most 10 prints: give the best one of each finger");
  auto const can_be_compared = [](auto const& view) { return view.minutiae.size() >= 3; };
  if (std::none_of(read->views.begin(), read->views.end(), can_be_compared))
    return refuse(Why::field_invalid, "file", "no print of the template has three minutiae: take the prints again");
  return read;
}

Result<Decision> decide_adding_prints(workflow::Process const& process, CaseFile const& before,
                                      agreements::Agreement const* agreement, std::optional<Prints> const& kept,
                                      PrintBasis const& basis, std::span<std::uint8_t const> content,
                                      access::Viewer const& viewer, Instant now, Date today) {
  auto decision = take_step(process, before, "add_prints", viewer, {}, now);
  if (!decision) return decision;
  if (auto const clause = check_print_clause(agreement); !clause) return tl::unexpected(clause.error());
  if (auto const checked = check_print_basis(basis, today); !checked) return tl::unexpected(checked.error());
  auto const read = read_prints(content);
  if (!read) return tl::unexpected(read.error());
  if (kept) return refuse(Why::already_exists, "file", "the case has prints already: remove them first");
  decision->told["basis"] = basis.basis;
  decision->told["reference"] = basis.reference;
  decision->told["fingers"] = read->views.size();
  decision->told["purpose"] = "nationality";
  return decision;
}

std::optional<Prints> find_prints(db::Database& database, PartyId const& party, CaseId const& id) {
  auto const row = database.find(select_kept, {party.value, id.value});
  return row ? std::optional(prints_of_row(*row)) : std::nullopt;
}

std::optional<Prints> find_last_prints(db::Database& database, PartyId const& party, CaseId const& id) {
  auto const row = database.find(select_last, {party.value, id.value});
  return row ? std::optional(prints_of_row(*row)) : std::nullopt;
}

Result<Prints> add_prints(Context const& context, access::Viewer const& viewer, CaseId const& id, PrintBasis const& basis,
                          std::span<std::uint8_t const> content) {
  Prints one;
  std::optional<files::FileRecord> record;
  auto const answer = act(context, viewer, Side::requesting, id, std::nullopt,
                          [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = context.clock.now();
    auto const today = today_of(context, viewer.party);
    auto decision = decide_adding_prints(context.norms.process, before, agreement_of(context, before, viewer.party),
                                         find_prints(context.database, viewer.party, id), basis, content, viewer, now, today);
    if (!decision) return decision;
    if (!record) {
      one = {viewer.party, id, FileId{make_shared_uuid(now)}, Side::requesting, basis,
             static_cast<std::int64_t>(read_prints(content)->views.size()), {}, {}, {}, viewer.user.value, now, last_day(today)};
      auto kept = keep(context, one, content);
      if (!kept) return tl::unexpected(kept.error());
      record = std::move(*kept);
      one.storage = record->storage;
      one.sha256 = record->sha256;
      one.size = record->size;
    }
    files::add_file(more, *record);
    add_row(more, one);
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return one;
}

Result<Prints> remove_prints(Context const& context, access::Viewer const& viewer, CaseId const& id) {
  auto const answer = act(context, viewer, Side::requesting, id, std::nullopt,
                          [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = context.clock.now();
    auto decision = take_step(context.norms.process, before, "remove_prints", viewer, {}, now);
    if (!decision) return decision;
    auto const kept = find_prints(context.database, viewer.party, id);
    if (!kept) return refuse(Why::not_found, "prints", "the case has no prints");
    end_row(more, *kept, "removed", now);
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return *find_last_prints(context.database, viewer.party, id);
}

Result<fingerprints::Template> open_prints(Context const& context, Prints const& prints) {
  auto const content = read_bytes(context, prints);
  if (!content) return tl::unexpected(content.error());
  return read_prints(*content);
}

std::optional<LeavingPrints> leaving_prints(Context const& context, CaseFile const& file) {
  auto const kept = find_prints(context.database, file.party, file.id);
  if (!kept || !check_print_clause(agreement_of(context, file, file.party))) return std::nullopt;
  LeavingPrints leaving;
  leaving.note = {kept->file, "fingerprints.fmr", std::string(print_kind),
                  std::string(files::media_type_of(files::FileType::iso_fingerprint)), kept->size, kept->sha256};
  leaving.basis = {{"file", kept->file.value},
                   {"basis", kept->basis.basis},
                   {"reference", kept->basis.reference},
                   {"given_on", kept->basis.given_on},
                   {"purpose", "nationality"}};
  return leaving;
}

Result<db::Command> take_over_prints(Context const& context, CaseFile const& file, exchange::Envelope const& envelope,
                                     exchange::AttachmentNote const& note) {
  db::Command command;
  if (auto const known = find_last_prints(context.database, file.partner, file.id); known && known->file == note.file)
    return command;
  auto const* said = envelope.body.if_contains("print");
  auto const text = [&](char const* key) { return said != nullptr && said->is_object() ? text_of(said->get_object(), key) : ""; };
  Prints one{file.partner, file.id, note.file, Side::requested, {text("basis"), text("reference"), text("given_on")}};
  auto const today = today_of(context, file.partner);
  // What the receiver's own law does not allow, or nobody says why, is not kept; the application stands without it.
  if (!check_print_clause(agreement_of(context, file, file.partner)) || !check_print_basis(one.basis, today)) return command;
  auto const original = find_prints(context.database, file.party, file.id);
  // Deleted by the sender before they crossed: a withdrawal, a consent taken back.
  if (!original || original->file != note.file) return command;
  auto const content = read_bytes(context, *original);
  if (!content) return tl::unexpected(content.error());
  if (to_hex(sha256(*content)) != note.sha256) return refuse(Why::does_not_verify, "attachments", "the hash is another");
  auto const read = read_prints(*content);
  if (!read) return tl::unexpected(read.error());
  one.fingers = static_cast<std::int64_t>(read->views.size());
  one.added_by = "exchange";
  one.added_at = context.clock.now();
  one.delete_on = last_day(today);
  auto const record = keep(context, one, *content);
  if (!record) return tl::unexpected(record.error());
  one.storage = record->storage;
  one.sha256 = record->sha256;
  one.size = record->size;
  files::add_file(command, *record);
  add_row(command, one);
  return command;
}

std::size_t forget_prints_due(Context const& context) {
  std::size_t forgotten = 0;
  auto const today = date_in_zone(context.clock.now(), "UTC").text();
  for (auto const& row : context.database.read(select_due, {today})) {
    PartyId const party{row.text(0)};
    CaseId const id{row.text(1)};
    auto const side = row.text(2) == "requesting" ? Side::requesting : Side::requested;
    auto const why = row.text(3);
    auto const done = act_as(context, party, side, id, std::nullopt, {{}, "clock"},
                             [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
      auto const kept = find_prints(context.database, party, id);
      if (!kept) return refuse(Why::not_found);
      end_row(more, *kept, why, context.clock.now());
      Decision decision;
      decision.after = before;
      decision.action = deletion_of(why);
      decision.told["fingers"] = kept->fingers;
      decision.keeps_place = true;
      return decision;
    });
    forgotten += done ? 1 : 0;
  }
  return forgotten;
}

std::size_t erase_prints(db::Database& database, std::filesystem::path const& folder, Instant now) {
  std::size_t erased = 0;
  for (auto const& row : database.read(select_to_erase, {})) {
    files::erase_from_folder(folder, row.text(4));
    auto const side = row.text(3) == "requesting" ? Side::requesting : Side::requested;
    db::Command command;
    command.add(forget_names, {row.text(0), row.text(1), row.text(2), now.ms});
    command.add(blank_record, {subject_of_prints(side, CaseId{row.text(1)}, FileId{row.text(2)})});
    database.write(command);
    ++erased;
  }
  return erased;
}

}  // namespace rcms::case_files
