#include "engines/seal/idb.hpp"

#include <algorithm>
#include <array>
#include <bitset>

#include <fmt/format.h>
#include <zlib.h>

#include "engines/seal/reader.hpp"

namespace rcms::seal {
namespace {

constexpr auto idb_source = "ICAO Datastructure for Barcode";
constexpr std::string_view begin = "RDB1";
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint8_t messages_tag = 0x61;
constexpr std::uint8_t certificate_tag = 0x7E;
constexpr std::uint8_t idb_signature_tag = 0x7F;
constexpr std::size_t reference_bytes = 5;

tl::unexpected<Refused> broken_idb(std::string detail) {
  return refuse(Why::malformed, "barcode", std::move(detail), idb_source);
}

/// RFC 4648 without padding; what is left over must be zero, so that one content has one text.
std::optional<Bytes> from_base32(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t held = 0;
  int bits = 0;
  for (char const c : text) {
    auto const value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = held << 5 | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(held >> bits));
    held &= (1U << bits) - 1;
  }
  if (bits >= 5 || held != 0) return std::nullopt;
  return bytes;
}

std::string to_base32(ByteSpan bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (auto const byte : bytes) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 5;) {
      bits -= 5;
      text += alphabet[held >> bits & 31];
    }
    held &= (1U << bits) - 1;
  }
  if (bits > 0) text += alphabet[held << (5 - bits) & 31];
  return text;
}

/// Empty when it is no zlib stream, has more after it, or opens to more than `at_most` bytes.
std::optional<Bytes> unzipped(ByteSpan bytes, std::size_t at_most) {
  Bytes content(at_most + 1);
  auto size = static_cast<uLongf>(content.size());
  auto used = static_cast<uLong>(bytes.size());
  if (::uncompress2(content.data(), &size, bytes.data(), &used) != Z_OK) return std::nullopt;
  if (used != bytes.size() || size > at_most) return std::nullopt;
  content.resize(size);
  return content;
}

Bytes zipped(ByteSpan bytes) {
  Bytes content(::compressBound(static_cast<uLong>(bytes.size())));
  auto size = static_cast<uLongf>(content.size());
  ::compress2(content.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  content.resize(size);
  return content;
}

/// Tags with DER lengths up to the end, each tag once. Empty when that is not so.
std::optional<std::vector<Feature>> read_messages(ByteSpan bytes) {
  std::vector<Feature> messages;
  std::bitset<256> seen;
  for (Reader reader(bytes); reader.left() > 0;) {
    auto const tag = (*reader.take(1))[0];
    auto const value = reader.take_sized();
    if (!value || seen[tag]) return std::nullopt;
    seen[tag] = true;
    messages.push_back({tag, Bytes(value->begin(), value->end())});
  }
  return messages;
}

bool read_header(Reader& reader, Idb& idb) {
  auto const state = reader.take(2);
  auto text = state ? c40_decode(*state) : std::nullopt;
  if (!text || text->size() != 3) return false;
  text->erase(text->find_last_not_of(' ') + 1);
  idb.issuing_state = std::move(*text);
  if (!idb.is_signed()) return true;
  auto const rest = reader.take(1 + reference_bytes + 4);
  if (!rest) return false;
  idb.signature_algorithm = (*rest)[0];
  idb.certificate_reference = to_hex(rest->subspan(1, reference_bytes));
  idb.signed_on.assign(rest->begin() + 1 + reference_bytes, rest->end());
  return true;
}

/// Certificate and signature, in this order, and nothing after them.
Result<void> read_end(Reader& reader, Idb& idb) {
  while (reader.left() > 0) {
    auto const tag = (*reader.take(1))[0];
    auto const value = reader.take_sized();
    if (!value) return broken_idb(fmt::format("the length of tag {:02X} is wrong", tag));
    if (tag == certificate_tag && idb.certificate.empty() && !value->empty() && idb.is_signed()) {
      idb.certificate.assign(value->begin(), value->end());
      continue;
    }
    if (tag != idb_signature_tag || !idb.is_signed()) return broken_idb(fmt::format("tag {:02X} is not expected", tag));
    if (value->empty() || value->size() % 2 != 0 || value->size() > signature_at_most)
      return broken_idb("the signature has an impossible length");
    idb.signature.assign(value->begin(), value->end());
    if (reader.left() > 0) return broken_idb("bytes follow the signature");
  }
  if (idb.is_signed() && idb.signature.empty()) return broken_idb("the signature is missing");
  return {};
}

void append(Bytes& to, std::uint8_t tag, ByteSpan value) {
  to.push_back(tag);
  auto const length = encode_length(value.size());
  to.insert(to.end(), length.begin(), length.end());
  to.insert(to.end(), value.begin(), value.end());
}

/// `lines` lines of `columns` characters out of C40; empty when the bytes are nothing else.
std::optional<std::string> zone_in(ByteSpan bytes, std::size_t lines, std::size_t columns) {
  if (bytes.size() != c40_size(lines * columns)) return std::nullopt;
  auto text = c40_decode(bytes);
  if (!text || text->size() != lines * columns) return std::nullopt;
  std::replace(text->begin(), text->end(), ' ', '<');
  for (auto line = lines - 1; line > 0; --line) text->insert(line * columns, "\n");
  return text;
}

}  // namespace

Feature const* Idb::find(std::uint8_t tag) const {
  auto const found = std::find_if(messages.begin(), messages.end(), [tag](auto const& message) { return message.tag == tag; });
  return found == messages.end() ? nullptr : &*found;
}

Result<Idb> parse_idb(std::string_view text, IdbLimits const& limits) {
  if (text.size() > limits.characters) {
    return refuse(Why::too_large, "barcode", fmt::format("{} characters, at most {}", text.size(), limits.characters),
                  idb_source);
  }
  if (text.substr(0, begin.size()) != begin || text.size() <= begin.size())
    return broken_idb("the text does not begin with RDB1");
  auto const flag = text[begin.size()];
  if (flag < 'A' || flag > 'D') return broken_idb(fmt::format("the flag {} is not known", flag));
  Idb idb;
  idb.form = static_cast<IdbForm>(flag - 'A');
  auto bytes = from_base32(text.substr(begin.size() + 1));
  if (!bytes) return broken_idb("the text is no base32");
  if (idb.form == IdbForm::zipped_only || idb.form == IdbForm::signed_and_zipped) bytes = unzipped(*bytes, limits.bytes);
  if (!bytes) return broken_idb("the content cannot be decompressed, or is too large");
  Reader reader(*bytes);
  if (!read_header(reader, idb)) return broken_idb("the header cannot be read");
  auto const group = reader.take(1);
  auto const content = group && (*group)[0] == messages_tag ? reader.take_sized() : std::nullopt;
  auto messages = content ? read_messages(*content) : std::nullopt;
  if (!messages) return broken_idb("the messages cannot be read");
  idb.messages = std::move(*messages);
  idb.signed_bytes.assign(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(reader.at()));
  if (auto const ended = read_end(reader, idb); !ended) return tl::unexpected(ended.error());
  return idb;
}

Result<std::string> make_idb(Idb const& content, Signer const& signer) {
  auto state = content.issuing_state;
  state.resize(3, '<');
  auto encoded = c40_encode(state);
  if (!encoded) return tl::unexpected(encoded.error());
  auto bytes = std::move(*encoded);
  if (content.is_signed()) {
    auto const reference = from_hex(content.certificate_reference);
    if (!reference || reference->size() != reference_bytes || content.signed_on.size() != 4)
      return refuse(Why::field_invalid, "certificate_reference", "ten hexadecimal digits and a masked date are needed",
                    idb_source);
    bytes.push_back(content.signature_algorithm);
    bytes.insert(bytes.end(), reference->begin(), reference->end());
    bytes.insert(bytes.end(), content.signed_on.begin(), content.signed_on.end());
  }
  Bytes messages;
  for (auto const& message : content.messages) append(messages, message.tag, message.value);
  append(bytes, messages_tag, messages);
  if (content.is_signed()) {
    auto const signature = signer(bytes);
    if (!signature) return tl::unexpected(signature.error());
    if (!content.certificate.empty()) append(bytes, certificate_tag, content.certificate);
    append(bytes, idb_signature_tag, *signature);
  }
  bool const zip = content.form == IdbForm::zipped_only || content.form == IdbForm::signed_and_zipped;
  auto const flag = static_cast<char>('A' + static_cast<int>(content.form));
  return std::string(begin) + flag + to_base32(zip ? zipped(bytes) : bytes);
}

std::optional<std::string> zone_of(Idb const& idb) {
  struct Place {
    std::uint8_t tag;
    std::size_t lines;
    std::size_t columns;
  };
  // A visa and a travel document hold their zone as a feature of their own.
  for (auto const& [outer, inner] : {std::array<Place, 2>{Place{idb_travel_document, 0, 0}, Place{mrz_tag, 2, 36}},
                                     {Place{idb_visa, 0, 0}, Place{0x01, 2, 44}},
                                     {Place{idb_visa, 0, 0}, Place{0x02, 2, 36}}}) {
    auto const* message = idb.find(outer.tag);
    auto const features = message ? read_messages(message->value) : std::nullopt;
    if (!features) continue;
    for (auto const& feature : *features) {
      if (feature.tag != inner.tag) continue;
      if (auto zone = zone_in(feature.value, inner.lines, inner.columns)) return zone;
    }
  }
  for (auto const& place : {Place{idb_mrz_td2, 2, 36}, Place{idb_mrz_td1, 3, 30}, Place{idb_mrz_td3, 2, 44}}) {
    auto const* message = idb.find(place.tag);
    if (!message) continue;
    if (auto zone = zone_in(message->value, place.lines, place.columns)) return zone;
  }
  return std::nullopt;
}

}  // namespace rcms::seal
