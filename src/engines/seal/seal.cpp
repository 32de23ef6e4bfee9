#include "engines/seal/seal.hpp"

#include <algorithm>
#include <bitset>

#include <fmt/format.h>

#include "engines/seal/reader.hpp"

namespace rcms::seal {
namespace {

constexpr auto seal_source = "Doc 9303-13 section 2";
constexpr std::uint8_t magic = 0xDC;
constexpr std::uint8_t seal_signature_tag = 0xFF;

tl::unexpected<Refused> broken_seal(std::string detail) { return refuse(Why::malformed, "seal", std::move(detail), seal_source); }

std::string without_spaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

bool is_upper_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

/// A length and so many bytes.
/// Source: Doc 9303-13 section 2.3: one plain byte in version 3, DER in version 4.
std::optional<ByteSpan> take_sized(Reader& reader, Version version) {
  if (version == Version::four) return reader.take_sized();
  auto const length = reader.take(1);
  return length ? reader.take((*length)[0]) : std::nullopt;
}

/// Signer and certificate reference as one C40 text of `characters`, of which `skipped` are the length in version 4.
bool read_signer(Reader& reader, Header& header, std::size_t characters, std::size_t skipped) {
  auto bytes = reader.take(c40_size(characters));
  auto text = bytes ? c40_decode(*bytes) : std::nullopt;
  if (!text || text->size() != characters) return false;
  header.signer = text->substr(0, 4);
  header.certificate_reference = text->substr(4 + skipped);
  return is_upper_hex(header.certificate_reference);
}

bool read_dates(Reader& reader, Header& header) {
  auto rest = reader.take(8);
  if (!rest) return false;
  auto issued = decode_date(rest->first(3));
  auto signed_on = decode_date(rest->subspan(3, 3));
  if (!issued || !signed_on) return false;
  header.issued_on = *issued;
  header.signed_on = *signed_on;
  header.definition = (*rest)[6];
  header.category = (*rest)[7];
  return true;
}

/// How many characters signer and reference may have. In version 4 two digits tell the length of the reference; the norm
/// does not say whether they are hexadecimal or decimal, and both are in use: the reading that gives real dates counts.
/// OPEN: docs/source_issues.md, Doc 9303-13 section 2.2.1 b.
std::vector<std::size_t> possible_lengths(Version version, ByteSpan rest) {
  if (version == Version::three) return {9};
  if (rest.size() < 4) return {};
  auto start = c40_decode(rest.first(4));
  if (!start || start->size() != 6 || !is_upper_hex(start->substr(4))) return {};
  auto digits = start->substr(4);
  std::vector<std::size_t> lengths{6 + std::stoul(digits, nullptr, 16)};
  if (digits.find_first_of("ABCDEF") == std::string::npos) lengths.push_back(6 + std::stoul(digits));
  return lengths;
}

Result<Header> read_header(Reader& reader) {
  auto start = reader.take(4);
  if (!start || (*start)[0] != magic) return broken_seal("a seal begins with DC");
  Header header;
  if ((*start)[1] != 0x02 && (*start)[1] != 0x03)
    return broken_seal(fmt::format("version byte {:02X} is not known", (*start)[1]));
  header.version = static_cast<Version>((*start)[1]);
  auto state = c40_decode(start->subspan(2));
  if (!state || state->size() != 3) return broken_seal("the issuing State cannot be read");
  header.issuing_state = without_spaces(*state);
  std::size_t skipped = header.version == Version::four ? 2 : 0;
  for (auto characters : possible_lengths(header.version, reader.rest())) {
    Reader attempt = reader;
    if (characters > 6 && read_signer(attempt, header, characters, skipped) && read_dates(attempt, header)) {
      reader = attempt;
      return header;
    }
  }
  return broken_seal("signer, certificate reference or dates of the header cannot be read");
}

Result<void> check_header(Header const& header) {
  auto invalid = [](char const* field, char const* detail) { return refuse(Why::field_invalid, field, detail, seal_source); };
  if (header.issuing_state.empty() || header.issuing_state.size() > 3)
    return invalid("issuing_state", "one to three letters are needed");
  if (header.signer.size() != 4) return invalid("signer", "four characters are needed: country and name of the certificate");
  auto digits = header.certificate_reference.size();
  if (!is_upper_hex(header.certificate_reference))
    return invalid("certificate_reference", "upper-case hexadecimal digits are needed");
  if (header.version == Version::three && digits != 5) return invalid("certificate_reference", "version 3 needs five digits");
  if (digits == 0 || digits > 255) return invalid("certificate_reference", "one to 255 digits are needed");
  return {};
}

}  // namespace

Feature const* Seal::find(std::uint8_t tag) const {
  auto found = std::find_if(features.begin(), features.end(), [tag](auto const& feature) { return feature.tag == tag; });
  return found == features.end() ? nullptr : &*found;
}

Result<Seal> parse_seal(ByteSpan bytes, ParseLimits const& limits) {
  if (bytes.size() > limits.bytes) {
    return refuse(Why::too_large, "seal", fmt::format("{} bytes, at most {}", bytes.size(), limits.bytes), seal_source);
  }
  Reader reader(bytes);
  auto header = read_header(reader);
  if (!header) return tl::unexpected(header.error());
  Seal seal;
  seal.header = std::move(*header);
  seal.header_size = reader.at();
  std::bitset<256> seen;
  while (reader.left() > 0) {
    auto before = reader.at();
    auto tag = (*reader.take(1))[0];
    auto value = take_sized(reader, seal.header.version);
    if (!value) return broken_seal(fmt::format("the length of tag {:02X} at byte {} is wrong", tag, before));
    if (tag == seal_signature_tag) {
      if (value->empty() || value->size() % 2 != 0 || value->size() > signature_at_most)
        return broken_seal("the signature has an impossible length");
      seal.signed_bytes.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(before));
      seal.signature.assign(value->begin(), value->end());
      seal.trailing_bytes = reader.left();
      if (seal.trailing_bytes > limits.trailing)
        return broken_seal(fmt::format("{} bytes follow the signature", seal.trailing_bytes));
      return seal;
    }
    if (seen[tag]) return broken_seal(fmt::format("tag {:02X} occurs twice", tag));
    seen[tag] = true;
    seal.features.push_back({tag, Bytes(value->begin(), value->end())});
  }
  seal.signed_bytes.assign(bytes.begin(), bytes.end());
  return seal;
}

Result<Bytes> render_unsigned(Header const& header, std::vector<Feature> const& features) {
  if (auto checked = check_header(header); !checked) return tl::unexpected(checked.error());
  std::string state = header.issuing_state;
  state.resize(3, '<');
  std::string signer = header.signer;
  if (header.version == Version::four) signer += fmt::format("{:02X}", header.certificate_reference.size());
  Bytes bytes{magic, static_cast<std::uint8_t>(header.version)};
  for (auto const& text : {state, signer + header.certificate_reference}) {
    auto encoded = c40_encode(text);
    if (!encoded) return tl::unexpected(encoded.error());
    bytes.insert(bytes.end(), encoded->begin(), encoded->end());
  }
  for (auto day : {header.issued_on, header.signed_on}) {
    auto encoded = encode_date(day);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
  }
  bytes.push_back(header.definition);
  bytes.push_back(header.category);
  for (auto const& feature : features) {
    if (feature.tag == seal_signature_tag)
      return refuse(Why::field_invalid, "features", "tag FF begins the signature", seal_source);
    bool plain = header.version == Version::three;
    if (plain && feature.value.size() > 255)
      return refuse(Why::field_too_long, "features", "version 3 holds 255 bytes a feature", seal_source);
    bytes.push_back(feature.tag);
    auto length = plain ? Bytes{static_cast<std::uint8_t>(feature.value.size())} : encode_length(feature.value.size());
    bytes.insert(bytes.end(), length.begin(), length.end());
    bytes.insert(bytes.end(), feature.value.begin(), feature.value.end());
  }
  return bytes;
}

Result<Bytes> make_travel_document_seal(TravelDocumentSeal const& content, Signer const& signer) {
  for (auto const* line : {&content.first_line, &content.second_line}) {
    if (line->size() != 36) {
      return refuse(Why::field_invalid, line == &content.first_line ? "first_line" : "second_line",
                    "a line of TD2 has 36 characters", "Doc 9303-8 section 6.1.3");
    }
  }
  auto mrz = c40_encode(content.first_line + content.second_line);
  if (!mrz) return tl::unexpected(mrz.error());
  Header header{
      Version::four,     content.issuing_state,      content.signer,          content.certificate_reference, content.issued_on,
      content.signed_on, travel_document_definition, travel_document_category};
  auto bytes = render_unsigned(header, {{mrz_tag, std::move(*mrz)}});
  if (!bytes) return bytes;
  auto signature = signer(*bytes);
  if (!signature) return signature;
  bytes->push_back(seal_signature_tag);
  auto length = encode_length(signature->size());
  bytes->insert(bytes->end(), length.begin(), length.end());
  bytes->insert(bytes->end(), signature->begin(), signature->end());
  return bytes;
}

std::optional<std::string> sealed_mrz(Seal const& seal) {
  auto const* feature = seal.find(mrz_tag);
  if (!feature || feature->value.size() != 48) return std::nullopt;
  auto text = c40_decode(feature->value);
  if (!text || text->size() != 72) return std::nullopt;
  std::replace(text->begin(), text->end(), ' ', '<');
  return text->insert(36, "\n");
}

}  // namespace rcms::seal
