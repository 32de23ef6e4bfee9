// Draws a checked document by its layout. Only for document_page.cpp.
#pragma once

#include "capabilities/travel_documents/document_page.hpp"

namespace rcms::travel_documents {

/// Refuses: as Canvas::image (photo) and make_barcode.
Result<Bytes> draw_document(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form);

}  // namespace rcms::travel_documents
