#include "engines/fingerprints/reading.hpp"

#include <algorithm>
#include <string>

namespace rcms::fingerprints {

namespace {

constexpr std::uint32_t shortest_record = 24;
constexpr std::uint32_t hundredths_of_centimetre = 1000;  // of a millimetre
constexpr std::uint32_t least_resolution = 39, most_resolution = 1000;  // points in a centimetre; 100 to 2540 dpi
constexpr std::uint8_t last_position = 10;
constexpr std::uint8_t ansi_angles = 180;  // of two degrees
constexpr std::uint16_t coordinate_bits = 0x3FFF;

enum class Standard : std::uint8_t { iso, ansi };

Refused wrong(std::string what) { return {Why::malformed, "template", std::move(what), {}}; }

/// Bytes in their order; nothing is read beyond the end.
class Cursor {
 public:
  explicit Cursor(std::span<std::uint8_t const> bytes) : bytes_(bytes) {}
  bool has(std::size_t count) const { return bytes_.size() - at_ >= count; }
  std::uint32_t take(std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t byte = 0; byte < count; ++byte) value = value << 8 | bytes_[at_++];
    return value;
  }
  void skip(std::size_t count) { at_ += count; }
  bool is_at_end() const { return at_ == bytes_.size(); }
  /// So much belongs to the record, when what follows is nothing but the zeros of a larger buffer.
  bool end_at(std::size_t length) {
    if (length < at_ || length > bytes_.size()) return false;
    auto const rest = bytes_.subspan(length);
    if (!std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; })) return false;
    bytes_ = bytes_.first(length);
    return true;
  }

 private:
  std::span<std::uint8_t const> bytes_;
  std::size_t at_ = 0;
};

/// What the head says that is needed to read the rest.
struct Head {
  Standard standard = Standard::iso;
  std::uint32_t width = 0, height = 0;          // points
  std::uint32_t x_resolution = 0, y_resolution = 0;  // points in a centimetre
  std::uint32_t views = 0;
};

std::int32_t length_of(std::uint32_t points, std::uint32_t in_centimetre) {
  return static_cast<std::int32_t>((points * hundredths_of_centimetre + in_centimetre / 2) / in_centimetre);
}

MinutiaKind kind_of(std::uint32_t bits) {
  return bits == 1 ? MinutiaKind::ending : bits == 2 ? MinutiaKind::bifurcation : MinutiaKind::other;
}

/// Where the length stands tells the standard: both have the same letters and version before it.
Result<Head> read_head(Cursor& cursor) {
  constexpr std::uint32_t letters = 0x464D5200, version_20 = 0x20323000;
  if (!cursor.has(shortest_record) || cursor.take(4) != letters)
    return tl::unexpected(wrong("this is no template of fingerprints (ISO/IEC 19794-2 or ANSI 378)"));
  if (cursor.take(4) != version_20)
    return tl::unexpected(wrong("the template is of another version; ISO/IEC 19794-2:2005 and ANSI 378-2004 can be read"));
  Head head;
  auto const upper = cursor.take(2), lower = cursor.take(2);
  std::size_t before_width = 2;  // the device
  if (!cursor.end_at(upper << 16 | lower)) {
    head.standard = Standard::ansi;
    if (upper != 0 && cursor.end_at(upper)) before_width = 4;  // the rest of the product, the device
    else if (upper == 0 && cursor.has(2) && cursor.end_at(lower << 16 | cursor.take(2))) before_width = 6;
    else return tl::unexpected(wrong("the length that the template tells is not its length: it was cut or altered"));
  }
  constexpr std::size_t rest = 10;
  if (!cursor.has(before_width + rest)) return tl::unexpected(wrong("the template ends within its head"));
  cursor.skip(before_width);
  head.width = cursor.take(2);
  head.height = cursor.take(2);
  head.x_resolution = cursor.take(2);
  head.y_resolution = cursor.take(2);
  head.views = cursor.take(1);
  cursor.skip(1);
  auto const is_possible = [](std::uint32_t points) { return points >= least_resolution && points <= most_resolution; };
  if (!is_possible(head.x_resolution) || !is_possible(head.y_resolution))
    return tl::unexpected(wrong("the template tells no resolution from 39 to 1000 points in a centimetre"));
  return head;
}

Result<FingerView> read_view(Cursor& cursor, Head const& head) {
  constexpr std::size_t view_head = 4, minutia = 6, extended = 2;
  if (!cursor.has(view_head)) return tl::unexpected(wrong("the template ends before its last finger"));
  FingerView view;
  auto const position = cursor.take(1);
  if (position > last_position) return tl::unexpected(wrong("the template names a finger that is none of a hand"));
  view.position = static_cast<FingerPosition>(position);
  auto const both = cursor.take(1);
  view.view = static_cast<std::uint8_t>(both >> 4);
  view.impression = static_cast<std::uint8_t>(both & 0xF);
  view.quality = static_cast<std::uint8_t>(cursor.take(1));
  auto const count = cursor.take(1);
  if (!cursor.has(count * minutia + extended)) return tl::unexpected(wrong("the template ends within the minutiae of a finger"));
  view.minutiae.reserve(count);
  for (std::uint32_t number = 0; number < count; ++number) {
    auto const kind_and_x = cursor.take(2), y = cursor.take(2) & coordinate_bits, angle = cursor.take(1);
    auto const quality = static_cast<std::uint8_t>(cursor.take(1));
    auto const x = kind_and_x & coordinate_bits;
    bool const is_ansi = head.standard == Standard::ansi;
    if (x >= head.width || y >= head.height || (is_ansi && angle >= ansi_angles)) {
      ++view.left_out;
      continue;
    }
    auto const steps = is_ansi ? (angle * 256 + ansi_angles / 2) / ansi_angles : angle;
    view.minutiae.push_back({length_of(x, head.x_resolution), length_of(head.height - 1 - y, head.y_resolution),
                             static_cast<std::uint8_t>(steps), kind_of(kind_and_x >> 14), quality});
  }
  auto const more = cursor.take(extended);
  if (!cursor.has(more)) return tl::unexpected(wrong("the template ends within the extended data of a finger"));
  cursor.skip(more);
  return view;
}

}  // namespace

Result<Template> read_template(std::span<std::uint8_t const> bytes) {
  if (bytes.size() > longest_template)
    return refuse(Why::too_large, "template", "a template of fingerprints has at most 400,000 bytes");
  Cursor cursor(bytes);
  auto const head = read_head(cursor);
  if (!head) return tl::unexpected(head.error());
  Template read;
  read.width = length_of(head->width, head->x_resolution);
  read.height = length_of(head->height, head->y_resolution);
  for (std::uint32_t number = 0; number < head->views; ++number) {
    auto view = read_view(cursor, *head);
    if (!view) return tl::unexpected(view.error());
    read.views.push_back(std::move(*view));
  }
  if (!cursor.is_at_end()) return tl::unexpected(wrong("bytes are left over after the last finger of the template"));
  return read;
}

Result<Template> read_card(std::span<std::uint8_t const> bytes, CardFormat format) {
  std::size_t const each = format == CardFormat::normal ? 5 : 3;
  if (bytes.size() % each != 0 || bytes.size() / each > most_minutiae)
    return tl::unexpected(wrong("the minutiae of a card are not whole, or more than 255"));
  constexpr std::uint32_t tenth = 10;
  Cursor cursor(bytes);
  Template read;
  FingerView view;
  std::int32_t top = 0;
  while (!cursor.is_at_end()) {
    Minutia one;
    if (format == CardFormat::normal) {
      auto const kind_and_x = cursor.take(2);
      one.x = static_cast<std::int32_t>(kind_and_x & coordinate_bits);
      one.y = static_cast<std::int32_t>(cursor.take(2) & coordinate_bits);
      one.angle = static_cast<std::uint8_t>(cursor.take(1));
      one.kind = kind_of(kind_and_x >> 14);
    } else {
      one.x = static_cast<std::int32_t>(cursor.take(1) * tenth);
      one.y = static_cast<std::int32_t>(cursor.take(1) * tenth);
      auto const kind_and_angle = cursor.take(1);
      one.angle = static_cast<std::uint8_t>((kind_and_angle & 0x3F) * 4);
      one.kind = kind_of(kind_and_angle >> 6);
    }
    read.width = std::max(read.width, one.x + 1);
    top = std::max(top, one.y);
    view.minutiae.push_back(one);
  }
  read.height = top + 1;
  for (auto& one : view.minutiae) one.y = top - one.y;  // a card counts downwards
  read.views.push_back(std::move(view));
  return read;
}

}  // namespace rcms::fingerprints
