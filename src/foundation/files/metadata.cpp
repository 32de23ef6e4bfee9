#include "foundation/files/metadata.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string_view>

#include "foundation/files/picture.hpp"

namespace rcms::files {

namespace {

using Content = std::span<std::uint8_t const>;

void append(Bytes& out, Content bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

std::uint32_t big_endian(Content bytes) {
  std::uint32_t value = 0;
  for (auto byte : bytes) value = value << 8 | byte;
  return value;
}

/// Exif with one tag, the orientation. Source: Exif 2.3, 4.5 and 4.7.
Bytes orientation_segment(int orientation) {
  Bytes segment = {0xFF, 0xE1, 0, 34, 'E', 'x',  'i',  'f', 0, 0, 'M', 'M', 0, 42, 0,
                   0,    0,    8, 0,  1,   0x01, 0x12, 0,   3, 0, 0,   0,   1, 0,  static_cast<std::uint8_t>(orientation),
                   0,    0,    0, 0,  0,   0};
  return segment;
}

/// The position of the next marker behind entropy-coded data that begins at `from`; restart markers and stuffed bytes belong to
/// the data.
std::size_t end_of_scan(Content content, std::size_t from, bool restarts) {
  for (auto i = from; i + 1 < content.size(); ++i) {
    if (content[i] != 0xFF || content[i + 1] == 0x00 || content[i + 1] == 0xFF) continue;
    if (restarts && content[i + 1] >= 0xD0 && content[i + 1] <= 0xD7) continue;
    return i;
  }
  return content.size();
}

bool is_dropped_jpeg_segment(std::uint8_t marker, Content body) {
  if (marker == 0xFE) return true;
  if (marker == 0xEE) return body.size() < 5 || std::memcmp(body.data(), "Adobe", 5) != 0;
  return marker >= 0xE0 && marker <= 0xEF;
}

}  // namespace

/// Source: ITU-T T.81 annex B. A JFIF header is written anew, because it can hold a thumbnail.
Bytes strip_jpeg(Content content) {
  if (content.size() < 4 || content[0] != 0xFF || content[1] != 0xD8) return {};
  Bytes out = {0xFF, 0xD8};
  bool with_jfif = false;
  if (auto const orientation = jpeg_orientation(content); orientation != 1) append(out, orientation_segment(orientation));
  for (std::size_t i = 2; i + 1 < content.size();) {
    if (content[i] != 0xFF) return {};
    auto const marker = content[i + 1];
    if (marker == 0xFF) {  // fill byte
      ++i;
      continue;
    }
    if (marker == 0xD9) {
      append(out, content.subspan(i, 2));
      return out;
    }
    if (i + 4 > content.size()) return {};
    std::size_t const length = big_endian(content.subspan(i + 2, 2));
    if (length < 2 || i + 2 + length > content.size()) return {};
    auto const body = content.subspan(i + 4, length - 2);
    if (marker == 0xE0 && !with_jfif && body.size() >= 12 && std::memcmp(body.data(), "JFIF", 5) == 0) {
      append(out, content.subspan(i, 2));
      append(out, std::array<std::uint8_t, 2>{0, 16});
      append(out, body.first(12));
      append(out, std::array<std::uint8_t, 2>{0, 0});
      with_jfif = true;
    } else if (!is_dropped_jpeg_segment(marker, body)) {
      append(out, content.subspan(i, 2 + length));
    }
    i += 2 + length;
    if (marker == 0xDA) {
      auto const end = end_of_scan(content, i, true);
      append(out, content.subspan(i, end - i));
      i = end;
    }
  }
  return {};
}

/// Source: W3C PNG, chunks of clause 11. Kept are those that change how the picture is drawn, without an ICC profile, which names
/// its maker.
Bytes strip_png(Content content) {
  static constexpr std::array<std::string_view, 11> kept = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sRGB",
                                                            "gAMA", "cHRM", "sBIT", "pHYs", "bKGD"};
  if (content.size() < 8) return {};
  Bytes out(content.begin(), content.begin() + 8);
  for (std::size_t i = 8; i + 12 <= content.size();) {
    std::uint64_t const length = big_endian(content.subspan(i, 4));
    if (length > content.size() - i - 12) return {};
    auto const name = as_text(content.subspan(i + 4, 4));
    auto const chunk = content.subspan(i, 12 + static_cast<std::size_t>(length));
    if (std::find(kept.begin(), kept.end(), name) != kept.end()) append(out, chunk);
    if (name == "IEND") return out;
    i += chunk.size();
  }
  return {};
}

namespace {

/// A TIFF that is cleaned in place: entries are removed from their directories and the bytes they point to are zeroed.
class TiffCleaner {
 public:
  explicit TiffCleaner(Content content) : bytes_(content.begin(), content.end()), little_(content[0] == 'I') {}

  bool clean() {
    std::set<std::uint32_t> seen;
    for (auto at = four(4); at != 0;) {
      if (!seen.insert(at).second || seen.size() > most_directories) return false;
      if (at + 2ull > bytes_.size()) return false;
      auto const count = two(at);
      auto const next_at = at + 2ull + count * 12ull;
      if (next_at + 4 > bytes_.size()) return false;
      at = clean_directory(at, count);
      if (zeroed_ > 4ull * bytes_.size()) return false;  // thousands of entries that all point to the whole file
    }
    return true;
  }

  Bytes take() { return std::move(bytes_); }

 private:
  static constexpr std::size_t most_directories = 1'000;

  std::uint32_t two(std::size_t at) const {
    return little_ ? static_cast<std::uint32_t>(bytes_[at] | bytes_[at + 1] << 8)
                   : static_cast<std::uint32_t>(bytes_[at] << 8 | bytes_[at + 1]);
  }
  std::uint32_t four(std::size_t at) const { return little_ ? two(at) | two(at + 2) << 16 : two(at) << 16 | two(at + 2); }
  void put_two(std::size_t at, std::uint32_t value) {
    bytes_[at + (little_ ? 0 : 1)] = static_cast<std::uint8_t>(value & 0xFF);
    bytes_[at + (little_ ? 1 : 0)] = static_cast<std::uint8_t>(value >> 8);
  }

  /// Tags without which the picture is still drawn the same. Source: TIFF 6.0; Exif 2.3; Adobe and IPTC registrations.
  static bool is_dropped(std::uint32_t tag) {
    static std::set<std::uint32_t> const dropped = {269,   270,   271,   272,   285,   305,   306,   315,
                                                    316,   700,   32932, 33432, 33723, 34377, 34665, 34675,
                                                    34853, 37724, 40965, 42016, 42032, 42033, 50341};
    return dropped.count(tag) != 0 || tag >= 65000;
  }

  static std::uint64_t size_of_type(std::uint32_t type) {
    switch (type) {
      case 3: case 8: return 2;
      case 4: case 9: case 11: case 13: return 4;
      case 5: case 10: case 12: return 8;
      default: return 1;
    }
  }

  void zero(std::uint64_t from, std::uint64_t count) {
    if (from >= bytes_.size() || zeroed_ > 4ull * bytes_.size()) return;
    count = std::min<std::uint64_t>(count, bytes_.size() - from);
    zeroed_ += count;
    std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(from), count, std::uint8_t{0});
  }

  /// Exif and GPS directories are zeroed with all they point to.
  void zero_directory(std::uint32_t at) {
    if (at < 8 || at + 2ull > bytes_.size()) return;
    auto const count = two(at);
    if (at + 2ull + count * 12ull > bytes_.size()) return;
    for (std::uint32_t i = 0; i < count; ++i) {
      auto const entry = at + 2 + i * 12;
      auto const size = size_of_type(two(entry + 2)) * four(entry + 4);
      if (size > 4) zero(std::max<std::uint32_t>(four(entry + 8), 8), size);
    }
    zero(at, 2 + count * 12ull);
  }

  /// Moves the kept entries together; the offset of the next directory.
  std::uint32_t clean_directory(std::uint32_t at, std::uint32_t count) {
    auto const next = four(at + 2 + count * 12);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      auto const entry = at + 2 + i * 12;
      auto const tag = two(entry);
      if (!is_dropped(tag)) {
        std::memmove(&bytes_[at + 2 + kept * 12], &bytes_[entry], 12);
        ++kept;
        continue;
      }
      std::array<std::uint8_t, 12> dropped;
      std::memcpy(dropped.data(), &bytes_[entry], dropped.size());
      auto const size = size_of_type(two(entry + 2)) * four(entry + 4);
      auto const target = four(entry + 8);
      bool const inside = target < at + 2ull + count * 12 + 4 && target + size > at;  // would destroy this directory
      if (tag == 34665 || tag == 34853 || tag == 40965) {
        if (target != at) zero_directory(target);
      } else if (size > 4 && target >= 8 && !inside) {
        zero(target, size);
      }
    }
    std::memmove(&bytes_[at + 2 + kept * 12], &bytes_[at + 2 + count * 12], 4);
    zero(at + 2ull + kept * 12 + 4, (count - kept) * 12ull);
    put_two(at, kept);
    return next;
  }

  Bytes bytes_;
  bool little_;
  std::uint64_t zeroed_ = 0;
};

}  // namespace

Bytes strip_tiff(Content content) {
  if (content.size() < 14) return {};
  TiffCleaner cleaner(content);
  return cleaner.clean() ? cleaner.take() : Bytes{};
}

/// Source: FBI IAFIS-IC-0110, WSQ gray-scale fingerprint image compression, annex on markers.
Bytes strip_wsq(Content content) {
  constexpr std::uint8_t end_of_image = 0xA1;
  constexpr std::uint8_t start_of_block = 0xA3;
  constexpr std::uint8_t comment = 0xA8;
  if (content.size() < 4 || content[0] != 0xFF || content[1] != 0xA0) return {};
  Bytes out = {0xFF, 0xA0};
  for (std::size_t i = 2; i + 1 < content.size();) {
    if (content[i] != 0xFF) return {};
    auto const marker = content[i + 1];
    if (marker == end_of_image) {
      append(out, content.subspan(i, 2));
      return out;
    }
    if (i + 4 > content.size()) return {};
    std::size_t const length = big_endian(content.subspan(i + 2, 2));
    if (length < 2 || i + 2 + length > content.size()) return {};
    if (marker != comment) append(out, content.subspan(i, 2 + length));
    i += 2 + length;
    if (marker == start_of_block) {
      auto const end = end_of_scan(content, i, false);
      append(out, content.subspan(i, end - i));
      i = end;
    }
  }
  return {};
}

namespace {

/// Takes out until nothing more comes out: what hides in a segment that was hidden itself is found in the next round. Empty when
/// a file still changes after a few rounds: it is not an honest one.
Bytes strip_wholly(Bytes (*strip)(Content), Content content) {
  Bytes stripped = strip(content);
  for (int round = 0; round < 4 && !stripped.empty(); ++round) {
    Bytes again = strip(stripped);
    if (again == stripped) return stripped;
    stripped = std::move(again);
  }
  return {};
}

}  // namespace

Result<Bytes> strip_metadata(FileType type, Content content, std::string_view mark) {
  Bytes stripped;
  switch (type) {
    case FileType::pdf: return strip_pdf(content, mark);
    case FileType::jpeg: stripped = strip_wholly(strip_jpeg, content); break;
    case FileType::png: stripped = strip_wholly(strip_png, content); break;
    case FileType::tiff: stripped = strip_tiff(content); break;
    case FileType::wsq: stripped = strip_wholly(strip_wsq, content); break;
    case FileType::iso_fingerprint: stripped.assign(content.begin(), content.end()); break;
    case FileType::plain_text: {
      bool const with_order_mark = content.size() >= 3 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF;
      stripped.assign(content.begin() + (with_order_mark ? 3 : 0), content.end());
      break;
    }
    case FileType::nist:
      return refuse(Why::must_not_leave, "file",
                    "A NIST transaction names the agency that made it; attach the picture or the template instead.");
  }
  if (stripped.empty())
    return refuse(Why::unsupported_type, "file.damaged", "The structure of the file is broken; its metadata cannot be removed.");
  return stripped;
}

}  // namespace rcms::files
