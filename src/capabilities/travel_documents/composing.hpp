// From an application to the content of its travel document: fields, zone, seal, page. Reads the photograph; writes nothing.
#pragma once

#include <optional>
#include <string>

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

/// With what a document is sealed.
struct SealingKey {
  std::string name;       ///< four characters: country and name of the certificate
  std::string reference;  ///< its serial number, hexadecimal
  seal::SigningKey key;
};

struct DraftDocument {
  TravelDocument document;  ///< without the id of its PDF
  DocumentPage page;
};

/// The language of the issuer among those that documents have words in.
std::string document_language(access::Party const& party);

/// The JPEG or PNG of the person among the attachments of the application; empty when there is none.
std::optional<files::FileRecord> find_photo(Desk const& desk, case_files::CaseFile const& application);

/// Refuses: field_missing (photo), as crop_photo, read_holder, decide_expiry and make_zone.
/// Source: Doc 9303-8 (content of the sheet), 9303-13 (seal).
Result<DraftDocument> compose_document(Desk const& desk, access::Viewer const& viewer, case_files::CaseFile const& application,
                                       IssueInput const& input, std::string const& number, SealingKey const& sealing);

}  // namespace rcms::travel_documents
