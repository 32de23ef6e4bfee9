#include "engines/seal/opened.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engines/seal/idb.hpp"
#include "engines/seal/vds_nc.hpp"

namespace rcms::seal {
namespace {

/// Readers of Data Matrix may hand over pad code words; more than the largest gap between symbol sizes is no padding.
constexpr std::size_t padding_at_most = 256;
constexpr std::size_t sealed_of_second_line = 28;  // up to the check digit of the expiry

tl::unexpected<Refused> broken_barcode(std::string detail) { return refuse(Why::malformed, "barcode", std::move(detail)); }

/// First line and the first 28 characters of the second, as a visa seals them.
/// Source: Doc 9303-7 section 6.1.2.
std::optional<std::string> visa_zone(Seal const& seal) {
  struct Profile {
    std::uint8_t tag;
    std::size_t columns;
  };
  for (auto const& profile : {Profile{0x01, 44}, Profile{0x02, 36}}) {
    auto const* feature = seal.find(profile.tag);
    auto const characters = profile.columns + sealed_of_second_line;
    if (!feature || feature->value.size() != c40_size(characters)) continue;
    auto text = c40_decode(feature->value);
    if (!text || text->size() != characters) return std::nullopt;
    text->resize(2 * profile.columns, '<');
    std::replace(text->begin(), text->end(), ' ', '<');
    return text->insert(profile.columns, "\n");
  }
  return std::nullopt;
}

bool has_other_tags(Seal const& seal, std::uint8_t from, std::uint8_t to) {
  return std::any_of(seal.features.begin(), seal.features.end(), [=](auto const& f) { return f.tag < from || f.tag > to; });
}

Result<Opened> open_travel_document(Seal const& seal) {
  if (seal.header.version != Version::four) return broken_barcode("an emergency travel document needs version 4");
  auto const* feature = seal.find(mrz_tag);
  if (!feature || feature->value.size() != c40_size(72))
    return broken_barcode("the sealed machine readable zone is missing or not 48 bytes");
  auto zone = sealed_mrz(seal);
  Opened opened;
  opened.is_zone_broken = !zone.has_value();
  opened.zone = zone.value_or("");
  opened.sealed_characters = 72;
  opened.is_travel_document = true;
  opened.has_unknown_feature = has_other_tags(seal, mrz_tag, mrz_tag);
  return opened;
}

Result<Opened> open_visa(Seal const& seal) {
  auto zone = visa_zone(seal);
  if (!zone) return broken_barcode("the sealed machine readable zone of the visa is missing or of another length");
  Opened opened;
  opened.kind = Kind::visa_seal;
  opened.sealed_characters = zone->find('\n') + sealed_of_second_line;
  opened.zone = std::move(*zone);
  opened.has_unknown_feature = has_other_tags(seal, 0x01, 0x07);
  return opened;
}

Result<Opened> open_seal(ByteSpan bytes, Accept accept) {
  ParseLimits limits;
  limits.trailing = padding_at_most;
  auto seal = parse_seal(bytes, limits);
  if (!seal) return tl::unexpected(seal.error());
  auto const& header = seal->header;
  bool const document = header.definition == travel_document_definition && header.category == travel_document_category;
  bool const visa = header.definition == visa_definition && header.category == visa_category && accept == Accept::all;
  if (!document && !visa) {
    return broken_barcode(
        fmt::format("profile {:02X}/{:02X} is not the emergency travel document", header.definition, header.category));
  }
  if (seal->signature.empty()) return broken_barcode("the seal is not signed");
  auto opened = document ? open_travel_document(*seal) : open_visa(*seal);
  if (!opened) return opened;
  opened->issuing_state = header.issuing_state;
  opened->signer = header.signer + " " + header.certificate_reference;
  opened->signed_bytes = seal->signed_bytes;
  opened->signature = seal->signature;
  opened->seal = std::move(*seal);
  return opened;
}

Result<Opened> open_datastructure(ByteSpan bytes, Accept accept) {
  auto idb = parse_idb(as_text(bytes));
  if (!idb) return tl::unexpected(idb.error());
  if (!idb->is_signed()) return broken_barcode("the barcode is not signed");
  Opened opened;
  opened.kind = Kind::datastructure;
  opened.is_travel_document = idb->find(idb_travel_document) != nullptr;
  if (accept == Accept::travel_documents && !opened.is_travel_document)
    return broken_barcode("the barcode holds no emergency travel document");
  opened.issuing_state = idb->issuing_state;
  opened.signer = idb->issuing_state + " " + idb->certificate_reference;
  opened.barcode_reference = idb->certificate_reference;
  opened.zone = zone_of(*idb).value_or("");
  opened.sealed_characters =
      opened.zone.size() - static_cast<std::size_t>(std::count(opened.zone.begin(), opened.zone.end(), '\n'));
  if (opened.zone.empty() && accept == Accept::travel_documents)
    return broken_barcode("the barcode holds no machine readable zone");
  if (auto const* face = idb->find(idb_face)) opened.face = face->value;
  opened.has_unknown_feature = std::any_of(idb->messages.begin(), idb->messages.end(), [](auto const& message) {
    return message.tag == 0 || (message.tag > 0x0A && message.tag < 0x80);
  });
  opened.signed_bytes = std::move(idb->signed_bytes);
  opened.signature = std::move(idb->signature);
  if (idb->certificate.empty()) return opened;
  auto certificate = Certificate::read(idb->certificate);
  if (!certificate || certificate->barcode_reference != opened.barcode_reference)
    return broken_barcode("the certificate in the barcode is not the one it names");
  opened.certificate = std::move(*certificate);
  return opened;
}

Result<Opened> open_vds_nc(ByteSpan bytes, Accept accept) {
  if (accept == Accept::travel_documents) return broken_barcode("the barcode is no travel document");
  auto seal = parse_vds_nc(as_text(bytes));
  if (!seal) return tl::unexpected(seal.error());
  auto certificate = Certificate::read(seal->certificate);
  if (!certificate) return broken_barcode("the certificate in the barcode cannot be read");
  // The width of r‖s that belongs to the algorithm; the key decides the digest.
  auto const width = seal->algorithm == "ES256" ? 64U : seal->algorithm == "ES384" ? 96U : 132U;
  if (seal->signature.size() != width) return broken_barcode("the signature has another length than its algorithm");
  Opened opened;
  opened.kind = Kind::vds_nc;
  opened.issuing_state = seal->issuing_state;
  opened.signer = certificate->country + " " + certificate->serial;
  opened.signed_bytes.assign(seal->signed_text.begin(), seal->signed_text.end());
  opened.signature = std::move(seal->signature);
  opened.certificate = std::move(*certificate);
  return opened;
}

}  // namespace

Result<Opened> open_barcode(ByteSpan bytes, Accept accept) {
  if (!bytes.empty() && bytes[0] == '{') return open_vds_nc(bytes, accept);
  if (as_text(bytes).substr(0, 4) == "RDB1") return open_datastructure(bytes, accept);
  return open_seal(bytes, accept);
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::travel_document_seal: return "travel_document_seal";
    case Kind::visa_seal: return "visa_seal";
    case Kind::datastructure: return "datastructure";
    case Kind::vds_nc: return "vds_nc";
  }
  return "travel_document_seal";
}

}  // namespace rcms::seal
