// The printers of an office: by how much each prints beside its place, and how it turns a sheet for its other side.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/desk.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

using PrinterId = Id<struct PrinterTag>;

/// Tenths of a millimetre by which the content is moved, to the right and down as the reader of the side sees it.
struct PrintOffset {
  std::int64_t right = 0;
  std::int64_t down = 0;
  friend bool operator==(PrintOffset const&, PrintOffset const&) = default;
};
/// Five millimetres, so that nothing is pushed off the paper. Our own limit: no source.
constexpr std::int64_t offset_tenths_at_most = 50;

/// A printer that prints no back, or at which edge it turns the sheet. Turned at the short edge the back is printed upside down,
/// so that the sheet is read like the page of a book in either case.
enum class Duplex { single, long_edge, short_edge };
std::string_view name_of(Duplex duplex);
std::optional<Duplex> find_duplex(std::string_view name);

struct Printer {
  PrinterId id;
  PartyId party;
  OrganisationId organisation;
  std::string name;  ///< once in each office
  PrintOffset front;
  PrintOffset back;
  Duplex duplex = Duplex::single;
  UserId changed_by;
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

/// Those of the viewer's office, by name.
std::vector<Printer> list_printers(Desk const& desk, access::Viewer const& viewer);
/// Of the viewer's office. Refuses: not_found.
Result<Printer> get_printer(Desk const& desk, access::Viewer const& viewer, PrinterId const& id);

/// Adds the printer to the viewer's office when it has no id, or replaces the one of its id.
/// Refuses: not_permitted; field_invalid (a shift beyond the limit, too many printers); not_found; stale_revision; already_exists
/// (the name).
Result<Printer> save_printer(Desk& desk, access::Viewer const& viewer, Printer printer, std::optional<std::int64_t> if_match);
/// Refuses: not_permitted, not_found, stale_revision.
Result<void> erase_printer(Desk& desk, access::Viewer const& viewer, PrinterId const& id, std::optional<std::int64_t> if_match);

}  // namespace rcms::travel_documents
