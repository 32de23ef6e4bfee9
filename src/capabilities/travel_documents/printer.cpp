#include "capabilities/travel_documents/printer.hpp"

#include <algorithm>
#include <cstdlib>

#include <boost/json.hpp>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::travel_documents {

namespace {

constexpr std::size_t printers_at_most = 30;  // of an office; the list is no page

db::Sql const select_printers{
    "travel_documents.printers",
    "SELECT id, name, front_right, front_down, back_right, back_down, duplex, changed_by, changed_at, revision"
    " FROM document_printers WHERE party = $1 AND organisation = $2 ORDER BY name"};
db::Sql const insert_printer{
    "travel_documents.insert_printer",
    "INSERT INTO document_printers (id, party, organisation, name, front_right, front_down, back_right, back_down, duplex,"
    " changed_by, changed_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)"};
db::Sql const update_printer{
    "travel_documents.update_printer",
    "UPDATE document_printers SET name = $4, front_right = $5, front_down = $6, back_right = $7, back_down = $8, duplex = $9,"
    " changed_by = $10, changed_at = $11, revision = revision + 1 WHERE id = $1 AND party = $2 AND organisation = $3 AND"
    " revision = $12"};
db::Sql const delete_printer{"travel_documents.delete_printer",
                             "DELETE FROM document_printers WHERE id = $1 AND party = $2 AND organisation = $3"};

Result<void> check_offsets(Printer const& printer) {
  struct Row {
    char const* field;
    std::int64_t tenths;
  };
  for (auto const& row : {Row{"front_right", printer.front.right}, Row{"front_down", printer.front.down},
                          Row{"back_right", printer.back.right}, Row{"back_down", printer.back.down}}) {
    if (row.tenths < -offset_tenths_at_most || row.tenths > offset_tenths_at_most)
      return refuse(Why::field_invalid, row.field, "a printer is corrected by at most 5.0 mm; beyond that its paper lies wrong");
  }
  return {};
}

std::string office_subject(access::Viewer const& viewer) {
  return ledger::subject_of("document_printers", viewer.organisation.value);
}

ledger::Entry printer_entry(Desk const& desk, access::Viewer const& viewer, char const* action, Printer const& printer) {
  boost::json::object content{{"name", printer.name},
                              {"front", {printer.front.right, printer.front.down}},
                              {"back", {printer.back.right, printer.back.down}},
                              {"duplex", name_of(printer.duplex)}};
  return {.subject = office_subject(viewer),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = action,
          .source = {},
          .content = boost::json::serialize(content),
          .revision = printer.revision,
          .at = desk.context.clock.now()};
}

Result<void> check_may_print(access::Viewer const& viewer) {
  if (viewer.may("document.issue")) return {};
  return refuse(Why::not_permitted, {}, "needs document.issue");
}

}  // namespace

std::string_view name_of(Duplex duplex) {
  switch (duplex) {
    case Duplex::long_edge: return "long_edge";
    case Duplex::short_edge: return "short_edge";
    case Duplex::single: break;
  }
  return "single";
}

std::optional<Duplex> find_duplex(std::string_view name) {
  for (auto const duplex : {Duplex::single, Duplex::long_edge, Duplex::short_edge}) {
    if (name == name_of(duplex)) return duplex;
  }
  return std::nullopt;
}

std::vector<Printer> list_printers(Desk const& desk, access::Viewer const& viewer) {
  std::vector<Printer> printers;
  for (auto const& row : desk.context.database.read(select_printers, {viewer.party.value, viewer.organisation.value})) {
    Printer printer;
    printer.id = PrinterId{row.text(0)};
    printer.party = viewer.party;
    printer.organisation = viewer.organisation;
    printer.name = row.text(1);
    printer.front = {row.integer(2), row.integer(3)};
    printer.back = {row.integer(4), row.integer(5)};
    printer.duplex = find_duplex(row.text(6)).value_or(Duplex::single);
    printer.changed_by = UserId{row.text(7)};
    printer.changed_at = Instant{row.integer(8)};
    printer.revision = row.integer(9);
    printers.push_back(std::move(printer));
  }
  return printers;
}

Result<Printer> get_printer(Desk const& desk, access::Viewer const& viewer, PrinterId const& id) {
  for (auto& printer : list_printers(desk, viewer)) {
    if (printer.id == id) return std::move(printer);
  }
  return refuse(Why::not_found);
}

Result<Printer> save_printer(Desk& desk, access::Viewer const& viewer, Printer printer, std::optional<std::int64_t> if_match) {
  if (auto may = check_may_print(viewer); !may) return tl::unexpected(may.error());
  if (auto fine = check_offsets(printer); !fine) return tl::unexpected(fine.error());
  auto saved = ledger::carry_out(
      desk.context.database, {office_subject(viewer)}, [&]() -> Result<ledger::Decided<Printer>> {
        auto after = printer;
        after.party = viewer.party;
        after.organisation = viewer.organisation;
        after.changed_by = viewer.user;
        after.changed_at = desk.context.clock.now();
        ledger::Decided<Printer> decided;
        if (printer.id.empty()) {
          if (list_printers(desk, viewer).size() >= printers_at_most)
            return refuse(Why::field_invalid, "name", "an office has at most 30 printers; remove one that is no longer there");
          after.id = PrinterId::make(after.changed_at);
        } else {
          auto const before = get_printer(desk, viewer, printer.id);
          if (!before) return tl::unexpected(before.error());
          if (if_match && *if_match != before->revision) return refuse(Why::stale_revision);
          after.revision = before->revision;
        }
        db::Values values{after.id.value,    after.party.value, after.organisation.value,          after.name,
                          after.front.right, after.front.down,  after.back.right,                  after.back.down,
                          std::string(name_of(after.duplex)),   after.changed_by.value,            after.changed_at.ms};
        if (printer.id.empty()) {
          decided.command.add(insert_printer, std::move(values));
        } else {
          values.push_back(after.revision);
          decided.command.add_expecting(update_printer, std::move(values));
        }
        ++after.revision;
        decided.entries.push_back(printer_entry(desk, viewer, "document_printer.saved", after));
        decided.answer = std::move(after);
        return decided;
      });
  if (!saved && saved.error().why == Why::already_exists)
    return refuse(Why::already_exists, "name", "your office has a printer of this name already");
  return saved;
}

Result<void> erase_printer(Desk& desk, access::Viewer const& viewer, PrinterId const& id, std::optional<std::int64_t> if_match) {
  if (auto may = check_may_print(viewer); !may) return may;
  auto const erased =
      ledger::carry_out(desk.context.database, {office_subject(viewer)}, [&]() -> Result<ledger::Decided<>> {
        auto const before = get_printer(desk, viewer, id);
        if (!before) return tl::unexpected(before.error());
        if (if_match && *if_match != before->revision) return refuse(Why::stale_revision);
        ledger::Decided<> decided;
        decided.command.add(delete_printer, {id.value, viewer.party.value, viewer.organisation.value});
        decided.entries.push_back(printer_entry(desk, viewer, "document_printer.removed", *before));
        return decided;
      });
  if (!erased) return tl::unexpected(erased.error());
  return {};
}

}  // namespace rcms::travel_documents
