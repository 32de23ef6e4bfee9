#include "capabilities/travel_documents/document_page.hpp"

#include <algorithm>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "capabilities/travel_documents/document_drawing.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/seal/seal.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {
namespace {

constexpr auto page_source = "Doc 9303-8";
Result<void> check_content(DocumentPage const& page) {
  struct Field {
    char const* name;
    std::string const& value;
    std::size_t at_most;
    bool needed;
  };
  for (auto const& field :
       {Field{"number", page.number, 14, true}, Field{"surname", page.surname, 120, true},
        Field{"given_names", page.given_names, 120, false}, Field{"original_name", page.original_name, 160, false},
        Field{"state_name", page.state_name, 80, true}, Field{"authority", page.authority, 120, true},
        Field{"destination", page.destination, 120, true}, Field{"place_of_birth", page.place_of_birth, 80, false},
        Field{"observations", page.observations, 400, false}}) {
    if (field.needed && field.value.empty())
      return refuse(Why::field_missing, field.name, fmt::format("{} is printed on every document", field.name), page_source);
    if (length_of(field.value) > field.at_most) {
      return refuse(Why::field_too_long, field.name, fmt::format("at most {} characters have room", field.at_most), page_source);
    }
  }
  if (page.transit.size() > 6)
    return refuse(Why::field_too_long, "transit", "at most six points of transit have room", page_source);
  if (!is_latin(page.surname) || !is_latin(page.given_names)) {
    return refuse(Why::field_invalid, "surname", "the name in Latin letters is mandatory; the original script stands beside it",
                  "Doc 9303-3 section 3.4");
  }
  if (page.photo.empty()) return refuse(Why::field_missing, "photo", "a document without a photo is not printed", page_source);
  return {};
}

/// What is printed in words, in the zone and in the seal must be one and the same.
Result<void> check_agreement(DocumentPage const& page) {
  auto zone = page.first_line + "\n" + page.second_line;
  auto reading = mrz::parse_mrz(zone);
  if (!reading.is_valid() || reading.document->format != mrz::Format::td2) {
    return refuse(Why::field_invalid, "first_line", "the machine readable zone is no TD2 that passes its checks", "Doc 9303-6");
  }
  auto const& document = *reading.document;
  if (document.document_number != page.number)
    return refuse(Why::field_invalid, "number", "the zone holds another number", page_source);
  if (document.document_code != page.document_code)
    return refuse(Why::field_invalid, "document_code", "the zone holds another code", page_source);
  if (mrz::expiry_of(document) != page.expires_on)
    return refuse(Why::field_invalid, "expires_on", "the zone holds another expiry", page_source);
  if (document.nationality != page.nationality_code)
    return refuse(Why::field_invalid, "nationality_code", "the zone holds another nationality", page_source);
  auto seal = seal::parse_seal(page.seal);
  if (!seal || seal->signature.empty())
    return refuse(Why::field_invalid, "seal", "the seal cannot be read or is not signed", "Doc 9303-13");
  if (seal::sealed_mrz(*seal) != zone)
    return refuse(Why::field_invalid, "seal", "the seal was made over another zone", "Doc 9303-13");
  return {};
}

}  // namespace

DocumentLabels DocumentLabels::load(std::filesystem::path const& data_folder) {
  auto file = read_data_file(data_folder / "codes" / "travel_document_labels.json",
                             data_folder / "schema" / "travel_document_labels.schema.json");
  DocumentLabels labels;
  for (auto const& [key, words] : file.at("labels").as_object()) {
    for (auto const& [language, word] : words.as_object())
      labels.labels_[std::string(key)][std::string(language)] = std::string(word.as_string());
  }
  for (auto const& [language, names] : file.at("months").as_object()) {
    for (auto const& name : names.as_array()) labels.months_[std::string(language)].emplace_back(name.as_string());
  }
  return labels;
}

std::vector<std::string> DocumentLabels::of(std::string const& key, std::vector<std::string> const& languages) const {
  std::vector<std::string> words;
  auto const& translations = labels_.at(key);
  for (auto const& wanted : languages) {
    auto found = translations.find(wanted);
    if (found != translations.end() && std::find(words.begin(), words.end(), found->second) == words.end())
      words.push_back(found->second);
  }
  // A language that has no words yet leaves no document without its labels.
  if (words.empty()) words.push_back(translations.at("en"));
  return words;
}

std::string DocumentLabels::date(PartialDate const& date, std::string const& language) const {
  std::string month = "XXX";
  if (date.month > 0) {
    auto const& english = months_.at("en")[static_cast<std::size_t>(date.month - 1)];
    auto own = months_.find(language);
    month = own == months_.end() ? english : own->second[static_cast<std::size_t>(date.month - 1)];
    if (month != english) month += "/" + english;
  }
  auto day = date.day > 0 ? fmt::format("{:02}", date.day) : std::string("XX");
  auto year = date.year > 0 ? fmt::format("{:04}", date.year) : std::string("XXXX");
  return fmt::format("{} {} {}", day, month, year);
}

Result<Bytes> render_document_page(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form) {
  if (auto checked = check_content(page); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_agreement(page); !checked) return tl::unexpected(checked.error());
  return draw_document(page, labels, form);
}

}  // namespace rcms::travel_documents
