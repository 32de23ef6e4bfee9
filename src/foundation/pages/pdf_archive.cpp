#include "foundation/pages/pdf_archive.hpp"

#include <cmath>
#include <exception>

#include <fmt/format.h>

#include "foundation/pages/pdf_file.hpp"
#include "foundation/pages/pdf_objects.hpp"

namespace rcms {
namespace {

/// Big-endian numbers of an ICC profile.
struct Profile {
  Bytes bytes;

  void number(std::uint32_t value, int count) {
    for (int i = count - 1; i >= 0; --i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void text(std::string_view value) { bytes.insert(bytes.end(), value.begin(), value.end()); }
  /// s15Fixed16Number.
  void fixed(double value) { number(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(value * 65536))), 4); }
  void zeros(std::size_t count) { bytes.insert(bytes.end(), count, 0); }
  void align() { zeros((4 - bytes.size() % 4) % 4); }
};

struct Colour3 {
  double x;
  double y;
  double z;
};
constexpr Colour3 white_point{0.9642, 1, 0.8249};
constexpr Colour3 red_primary{0.43607, 0.22249, 0.01392};
constexpr Colour3 green_primary{0.38515, 0.71687, 0.09708};
constexpr Colour3 blue_primary{0.14307, 0.06061, 0.71410};
constexpr std::string_view profile_name = "sRGB IEC61966-2.1";

Bytes colour_tag(Colour3 const& colour) {
  Profile tag;
  tag.text("XYZ ");
  tag.zeros(4);
  for (double const part : {colour.x, colour.y, colour.z}) tag.fixed(part);
  return tag.bytes;
}

Bytes curve_tag() {
  constexpr int points = 1024;
  Profile tag;
  tag.text("curv");
  tag.zeros(4);
  tag.number(points, 4);
  for (int i = 0; i < points; ++i) {
    double const value = i / (points - 1.0);
    double const linear = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    tag.number(static_cast<std::uint32_t>(std::lround(linear * 65535)), 2);
  }
  return tag.bytes;
}

Bytes description_tag() {
  Profile tag;
  tag.text("desc");
  tag.zeros(4);
  tag.number(static_cast<std::uint32_t>(profile_name.size() + 1), 4);
  tag.text(profile_name);
  tag.zeros(1 + 4 + 4 + 2 + 1 + 67);  // no Unicode, no Macintosh words
  return tag.bytes;
}

Bytes words_tag() {
  Profile tag;
  tag.text("text");
  tag.zeros(4);
  tag.text("No copyright, use freely");
  tag.zeros(1);
  return tag.bytes;
}

/// "D:20310101120000Z" as PDF writes an instant.
std::string pdf_date(Instant at) {
  std::string date = "D:";
  for (char const c : at.text().substr(0, 19)) {
    if (c >= '0' && c <= '9') date += c;
  }
  return date + "Z";
}

constexpr std::string_view range_placeholder = "/ByteRange [ 0 9999999999 9999999999 9999999999 ]";

/// Where the hexadecimal digits of the signature stand, with their brackets.
struct Hole {
  std::size_t from = 0;
  std::size_t until = 0;
};

std::optional<Hole> find_hole(std::string const& pdf) {
  auto const from = pdf.find("<" + std::string(64, '0'));
  if (from == std::string::npos) return std::nullopt;
  auto const until = pdf.find('>', from);
  if (until == std::string::npos || until - from != 1 + 2 * pdf_signature_bytes_at_most) return std::nullopt;
  return Hole{from, until + 1};
}

Result<Bytes> signed_whole(std::string pdf, DetachedSigner const& sign) {
  auto const hole = find_hole(pdf);
  auto const at = pdf.find(range_placeholder);
  if (!hole || at == std::string::npos) return refuse(Why::malformed, "pdf", "there is no room for a signature");
  auto range = fmt::format("/ByteRange [0 {} {} {}", hole->from, hole->until, pdf.size() - hole->until);
  range.resize(range_placeholder.size() - 1, ' ');
  pdf.replace(at, range_placeholder.size(), range + "]");
  auto const covered = pdf.substr(0, hole->from) + pdf.substr(hole->until);
  auto const signature = sign(as_bytes(covered));
  if (!signature) return signature;
  if (signature->size() > pdf_signature_bytes_at_most)
    return refuse(Why::too_large, "signature", "the signature with its certificates has no room in the file");
  pdf.replace(hole->from + 1, 2 * signature->size(), to_hex(*signature));
  return Bytes(pdf.begin(), pdf.end());
}

}  // namespace

Bytes srgb_profile() {
  auto const curve = curve_tag();
  struct Tag {
    std::string_view name;
    Bytes content;
  };
  std::vector<Tag> const tags{{"desc", description_tag()},
                              {"cprt", words_tag()},
                              {"wtpt", colour_tag(white_point)},
                              {"rXYZ", colour_tag(red_primary)},
                              {"gXYZ", colour_tag(green_primary)},
                              {"bXYZ", colour_tag(blue_primary)},
                              {"rTRC", curve},
                              {"gTRC", {}},
                              {"bTRC", {}}};
  Profile body;
  Profile table;
  auto const head = static_cast<std::uint32_t>(128 + 4 + 12 * tags.size());
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  for (auto const& tag : tags) {
    if (!tag.content.empty()) {  // the curves of green and blue are that of red
      offset = head + static_cast<std::uint32_t>(body.bytes.size());
      size = static_cast<std::uint32_t>(tag.content.size());
      body.bytes.insert(body.bytes.end(), tag.content.begin(), tag.content.end());
      body.align();
    }
    table.text(tag.name);
    table.number(offset, 4);
    table.number(size, 4);
  }
  Profile whole;
  whole.number(head + static_cast<std::uint32_t>(body.bytes.size()), 4);
  whole.zeros(4);
  whole.number(0x02100000, 4);
  whole.text("mntrRGB XYZ ");
  for (std::uint32_t const part : {2000U, 1U, 1U, 0U, 0U, 0U}) whole.number(part, 2);
  whole.text("acsp");
  whole.zeros(4 + 4 + 4 + 4 + 8 + 4);
  for (double const part : {white_point.x, white_point.y, white_point.z}) whole.fixed(part);
  whole.zeros(4 + 44);
  whole.number(static_cast<std::uint32_t>(tags.size()), 4);
  whole.bytes.insert(whole.bytes.end(), table.bytes.begin(), table.bytes.end());
  whole.bytes.insert(whole.bytes.end(), body.bytes.begin(), body.bytes.end());
  return whole.bytes;
}

Result<Bytes> sign_archive_copy(Bytes const& pdf, SignatureWords const& words, DetachedSigner const& sign) {
  auto const profile = srgb_profile();
  pdf_objects::SignatureField const field{words.signer, words.reason, words.location, pdf_date(words.at),
                                          pdf_signature_bytes_at_most};
  std::string drawn;
  try {
    drawn = pdf_objects::archived(std::string(as_text(pdf)), std::string(as_text(profile)), std::string(profile_name), field);
  } catch (std::exception const& failure) {  // the library tells a damaged file by exception
    return refuse(Why::malformed, "pdf", failure.what());
  }
  return signed_whole(std::move(drawn), sign);
}

std::vector<std::string> check_archive(std::span<std::uint8_t const> pdf) {
  return pdf_objects::archive_defects(std::string(as_text(pdf)));
}

}  // namespace rcms
