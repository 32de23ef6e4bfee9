// What goes to a printer: the stored page of a document moved by what the printer prints beside its place, with its back, and the
// page by which that shift is measured.
#pragma once

#include <string>

#include "capabilities/travel_documents/document.hpp"
#include "capabilities/travel_documents/printer.hpp"
#include "foundation/pages/pdf_file.hpp"

namespace rcms::travel_documents {

/// The file of `document` for this printer. The stored file stays as it is.
/// Refuses: not_found; wrong_step (both sides are wanted and the layout has no back, or it is no longer installed).
Result<Bytes> render_print_copy(Desk& desk, TravelDocument const& document, Printer const& printer);

/// A page without any person: crosses at known places, the outlines of what `layout` prints, a line of 100 mm; moved as the
/// printer says, so that a second print shows whether it is right. With a back when the printer prints one. Refuses: malformed,
/// never.
Result<Bytes> render_alignment_page(Desk const& desk, Layout const& layout, Printer const& printer, std::string const& language);

/// Where the crosses of the alignment page stand from both edges, in millimetres.
constexpr double alignment_cross_mm = 20;

/// How the pages of a file, front and back in turn, are placed for a printer; `pages` of them.
std::vector<PagePlacing> placings_of(Printer const& printer, std::size_t pages);

}  // namespace rcms::travel_documents
