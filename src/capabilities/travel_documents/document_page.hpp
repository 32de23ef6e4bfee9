// The printed emergency travel document: visual zone, machine readable zone and sealed barcode, arranged by a layout of
// data/documents. Draws what it is given; who may issue what is decided in rules.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "capabilities/travel_documents/layout.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::travel_documents {

/// The words printed on documents, in all languages of data/codes/travel_document_labels.json.
class DocumentLabels {
 public:
  /// Throws std::runtime_error when the file is missing or does not satisfy its schema.
  static DocumentLabels load(std::filesystem::path const& data_folder);

  /// The word in each of `languages` that has it, each once; at least one.
  std::vector<std::string> of(std::string const& key, std::vector<std::string> const& languages) const;
  /// "12 AGO/AUG 1974"; unknown parts as X.
  /// Source: Doc 9303-3 section 3.7, dates in the visual zone.
  std::string date(PartialDate const& date, std::string const& language) const;

 private:
  std::map<std::string, std::map<std::string, std::string>> labels_;
  std::map<std::string, std::vector<std::string>> months_;
};

/// Everything that is printed, as plain text. Latin names are mandatory, names in their own script are added.
struct DocumentPage {
  std::string language = "es";      ///< of the issuer
  std::string state_name;           ///< in the issuer's language: "República de Utopía"
  std::string state_name_english;   ///< "Republic of Utopia"
  std::string state_code;           ///< "UTO"
  std::string document_code = "PU";
  std::string number;
  std::string surname;
  std::string given_names;
  std::string original_name;        ///< may be empty
  std::string original_language;    ///< "bn", "ar": chooses the shapes of letters
  std::string nationality_code;
  std::string nationality_name;
  PartialDate born_on;
  std::string sex;                  ///< "M", "F" or "X" as in the visual zone
  std::string place_of_birth;
  Date issued_on;
  Date expires_on;
  std::string authority;
  std::string place_of_issue;
  std::string destination;
  std::vector<std::string> transit;
  std::string observations;
  Bytes photo;                      ///< PNG or JPEG, 35 × 45
  std::string first_line;           ///< of the machine readable zone, 36 characters each
  std::string second_line;
  Bytes seal;                       ///< the signed bytes for the barcode
  std::string running_label;        ///< "SPECIMEN"; set in demonstrations, empty for real documents
  Instant created_at;               ///< of the file; the same content gives the same bytes
};

/// How a State has its documents printed.
struct DocumentForm {
  Layout const& layout;
  Symbol symbol = Symbol::data_matrix;  ///< of the seal
};

/// The PDF, one page. `use_fonts` must have been called.
/// Refuses: field_missing (photo, names, number), field_invalid (a zone that does not pass its checks or does not belong to
/// the fields; a seal over another zone), field_too_long, unsupported_type and malformed (photo).
/// Source: Doc 9303-8 (single sheet), 9303-6 (TD2 zone), 9303-13 (seal).
Result<Bytes> render_document_page(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form);

}  // namespace rcms::travel_documents
