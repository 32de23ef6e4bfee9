// Draws a checked document by its layout, and its back. Only for document_page.cpp and printing.cpp.
#pragma once

#include "capabilities/travel_documents/document_page.hpp"

namespace rcms::travel_documents {

/// Refuses: as Canvas::image (photo) and make_barcode.
Result<Bytes> draw_document(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form);
/// One page: the other side of the sheet. Of `page` only the State, the number, the language and the instant are used.
Bytes draw_back(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form);

}  // namespace rcms::travel_documents
