#include "foundation/files/picture.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <jpeglib.h>
#include <png.h>

namespace rcms::files {

namespace {

tl::unexpected<Refused> damaged(std::string const& why) {
  return refuse(Why::unsupported_type, "file.damaged", fmt::format("The picture cannot be opened: {}.", why));
}

tl::unexpected<Refused> too_many_pixels(std::uint64_t width, std::uint64_t height, std::uint64_t most) {
  return refuse(Why::too_large, "file",
                fmt::format("The picture has {} × {} pixels; at most {} are accepted.", width, height, most));
}

/// libjpeg reports errors by a call that must not return: we jump back. Warnings (damaged data) are counted.
struct JpegErrors {
  jpeg_error_mgr base;
  std::jmp_buf back;
  char message[JMSG_LENGTH_MAX];

  static void on_error(j_common_ptr info) {
    auto* self = reinterpret_cast<JpegErrors*>(info->err);
    info->err->format_message(info, self->message);
    std::longjmp(self->back, 1);
  }
  static void on_message(j_common_ptr) {}
};

void prepare(JpegErrors& errors) {
  jpeg_std_error(&errors.base);
  errors.base.error_exit = &JpegErrors::on_error;
  errors.base.output_message = &JpegErrors::on_message;
  errors.message[0] = '\0';
}

constexpr int most_scans = 100;  // a progressive JPEG with thousands of scans costs minutes

/// Nothing with a destructor may be made between setjmp and the jump: the pixels are allocated by the caller's resize calls
/// in two steps (header first, then data), each step its own setjmp.
class JpegDecoder {
 public:
  explicit JpegDecoder(std::span<std::uint8_t const> content) : content_(content) {
    prepare(errors_);
    info_.err = &errors_.base;
    progress_.progress_monitor = &JpegDecoder::on_progress;
  }
  ~JpegDecoder() {
    if (created_) jpeg_destroy_decompress(&info_);
  }
  JpegDecoder(JpegDecoder const&) = delete;
  JpegDecoder& operator=(JpegDecoder const&) = delete;

  bool read_header() {
    if (setjmp(errors_.back) != 0) return false;
    jpeg_create_decompress(&info_);
    created_ = true;
    info_.progress = &progress_;
    jpeg_mem_src(&info_, content_.data(), static_cast<unsigned long>(content_.size()));
    return jpeg_read_header(&info_, TRUE) == JPEG_HEADER_OK;
  }

  bool start(std::uint32_t at_least) {
    if (setjmp(errors_.back) != 0) return false;
    bool const four = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
    info_.out_color_space = four ? JCS_CMYK : JCS_RGB;
    auto const longer = std::max(info_.image_width, info_.image_height);
    info_.scale_num = 1;
    info_.scale_denom = 1;
    while (at_least != 0 && info_.scale_denom < 8 && longer / (info_.scale_denom * 2) >= at_least) info_.scale_denom *= 2;
    return jpeg_start_decompress(&info_) == TRUE;
  }

  bool read_row(std::uint8_t* row) {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_read_scanlines(&info_, &row, 1) == 1;
  }

  bool finish() {
    if (setjmp(errors_.back) != 0) return false;
    return jpeg_finish_decompress(&info_) == TRUE;
  }

  jpeg_decompress_struct const& info() const { return info_; }
  std::string problem() const { return errors_.message[0] != '\0' ? errors_.message : "it is incomplete"; }
  bool has_bad_data() const { return errors_.base.num_warnings > 0; }

 private:
  static void on_progress(j_common_ptr info) {
    auto* decompress = reinterpret_cast<j_decompress_ptr>(info);
    if (decompress->input_scan_number <= most_scans) return;
    auto* errors = reinterpret_cast<JpegErrors*>(info->err);
    std::snprintf(errors->message, sizeof(errors->message), "it has too many scans");
    std::longjmp(errors->back, 1);
  }

  std::span<std::uint8_t const> content_;
  JpegErrors errors_ = {};
  jpeg_progress_mgr progress_ = {};
  jpeg_decompress_struct info_ = {};
  bool created_ = false;
};

/// Adobe writes CMYK upside down, and nobody writes it otherwise.
void cmyk_to_rgb(std::uint8_t const* from, std::uint8_t* to, std::uint32_t width) {
  for (std::uint32_t x = 0; x < width; ++x, from += 4, to += 3) {
    for (int i = 0; i < 3; ++i) to[i] = static_cast<std::uint8_t>(from[i] * from[3] / 255);
  }
}

Result<Picture> decode_jpeg(std::span<std::uint8_t const> content, std::uint64_t most_pixels, std::uint32_t at_least) {
  JpegDecoder decoder(content);
  if (!decoder.read_header()) return damaged(decoder.problem());
  auto const& info = decoder.info();
  if (static_cast<std::uint64_t>(info.image_width) * info.image_height > most_pixels) {
    return too_many_pixels(info.image_width, info.image_height, most_pixels);
  }
  if (!decoder.start(at_least)) return damaged(decoder.problem());
  Picture picture{info.output_width, info.output_height, {}};
  picture.pixels.resize(static_cast<std::size_t>(picture.width) * picture.height * 3);
  Bytes four(info.output_components == 4 ? static_cast<std::size_t>(picture.width) * 4 : 0);
  for (std::uint32_t y = 0; y < picture.height; ++y) {
    auto* row = picture.pixels.data() + static_cast<std::size_t>(y) * picture.width * 3;
    if (!decoder.read_row(four.empty() ? row : four.data())) return damaged(decoder.problem());
    if (!four.empty()) cmyk_to_rgb(four.data(), row, picture.width);
  }
  if (!decoder.finish()) return damaged(decoder.problem());
  if (decoder.has_bad_data()) return damaged("its data is damaged or cut off");
  return picture;
}

Result<Picture> decode_png(std::span<std::uint8_t const> content, std::uint64_t most_pixels) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, content.data(), content.size()) == 0) return damaged(image.message);
  if (static_cast<std::uint64_t>(image.width) * image.height > most_pixels) {
    auto const refused = too_many_pixels(image.width, image.height, most_pixels);
    png_image_free(&image);
    return refused;
  }
  image.format = PNG_FORMAT_RGB;
  Picture picture{image.width, image.height, Bytes(PNG_IMAGE_SIZE(image))};
  png_color const white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, picture.pixels.data(), 0, nullptr) == 0) {
    std::string const why = image.message;
    png_image_free(&image);
    return damaged(why);
  }
  return picture;
}

/// Turned as the Exif orientation says.
Picture upright(Picture picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  bool const swapped = orientation >= 5;
  Picture turned{swapped ? picture.height : picture.width, swapped ? picture.width : picture.height,
                 Bytes(picture.pixels.size())};
  for (std::uint32_t y = 0; y < turned.height; ++y) {
    for (std::uint32_t x = 0; x < turned.width; ++x) {
      std::uint32_t const right = picture.width - 1;
      std::uint32_t const bottom = picture.height - 1;
      std::uint32_t from_x = 0;
      std::uint32_t from_y = 0;
      switch (orientation) {
        case 2: from_x = right - x; from_y = y; break;
        case 3: from_x = right - x; from_y = bottom - y; break;
        case 4: from_x = x; from_y = bottom - y; break;
        case 5: from_x = y; from_y = x; break;
        case 6: from_x = y; from_y = bottom - x; break;
        case 7: from_x = right - y; from_y = bottom - x; break;
        default: from_x = right - y; from_y = x; break;
      }
      std::memcpy(&turned.pixels[(static_cast<std::size_t>(y) * turned.width + x) * 3],
                  &picture.pixels[(static_cast<std::size_t>(from_y) * picture.width + from_x) * 3], 3);
    }
  }
  return turned;
}

}  // namespace

Result<Picture> decode_picture(FileType type, std::span<std::uint8_t const> content, std::uint64_t most_pixels,
                               std::uint32_t at_least) {
  if (type == FileType::png) return decode_png(content, most_pixels);
  if (type != FileType::jpeg) return refuse(Why::unsupported_type, "file.unknown", "only JPEG and PNG can be shown as pictures");
  auto picture = decode_jpeg(content, most_pixels, at_least);
  if (picture) return upright(std::move(*picture), jpeg_orientation(content));
  return picture;
}

Result<PictureSize> check_picture(FileType type, std::span<std::uint8_t const> content, std::uint64_t most_pixels) {
  return decode_picture(type, content, most_pixels).map([](Picture const& picture) {
    return PictureSize{picture.width, picture.height};
  });
}

Picture shrink(Picture const& picture, std::uint32_t edge) {
  auto const longer = std::max(picture.width, picture.height);
  if (longer <= edge || longer == 0) return picture;
  auto scaled = [&](std::uint32_t length) {
    return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(static_cast<std::uint64_t>(length) * edge / longer));
  };
  Picture small{scaled(picture.width), scaled(picture.height), {}};
  small.pixels.resize(static_cast<std::size_t>(small.width) * small.height * 3);
  for (std::uint32_t y = 0; y < small.height; ++y) {
    auto const top = static_cast<std::uint32_t>(static_cast<std::uint64_t>(y) * picture.height / small.height);
    auto const bottom =
        std::max(top + 1, static_cast<std::uint32_t>(static_cast<std::uint64_t>(y + 1) * picture.height / small.height));
    for (std::uint32_t x = 0; x < small.width; ++x) {
      auto const left = static_cast<std::uint32_t>(static_cast<std::uint64_t>(x) * picture.width / small.width);
      auto const right =
          std::max(left + 1, static_cast<std::uint32_t>(static_cast<std::uint64_t>(x + 1) * picture.width / small.width));
      std::uint64_t sum[3] = {};
      for (auto from_y = top; from_y < bottom; ++from_y) {
        auto const* pixel = &picture.pixels[(static_cast<std::size_t>(from_y) * picture.width + left) * 3];
        for (auto from_x = left; from_x < right; ++from_x, pixel += 3) {
          for (int i = 0; i < 3; ++i) sum[i] += pixel[i];
        }
      }
      auto const count = static_cast<std::uint64_t>(bottom - top) * (right - left);
      for (int i = 0; i < 3; ++i) {
        small.pixels[(static_cast<std::size_t>(y) * small.width + x) * 3 + static_cast<std::size_t>(i)] =
            static_cast<std::uint8_t>(sum[i] / count);
      }
    }
  }
  return small;
}

Bytes render_jpeg(Picture const& picture, int quality) {
  JpegErrors errors = {};
  prepare(errors);
  jpeg_compress_struct info = {};
  info.err = &errors.base;
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  if (setjmp(errors.back) != 0) {
    jpeg_destroy_compress(&info);
    std::free(buffer);
    return {};
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = picture.width;
  info.image_height = picture.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row =
        const_cast<std::uint8_t*>(picture.pixels.data()) + static_cast<std::size_t>(info.next_scanline) * picture.width * 3;
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  Bytes jpeg(buffer, buffer + size);
  std::free(buffer);
  return jpeg;
}

Result<Bytes> make_preview(FileType type, std::span<std::uint8_t const> content, std::uint32_t edge, FileLimits const& limits) {
  auto const picture = decode_picture(type, content, limits.pixels, edge);
  if (!picture) return tl::unexpected(picture.error());
  return render_jpeg(shrink(*picture, edge));
}

int jpeg_orientation(std::span<std::uint8_t const> content) {
  // APP1 "Exif\0\0", then a TIFF header and its first directory.
  for (std::size_t i = 2; i + 4 <= content.size() && content[i] == 0xFF;) {
    auto const marker = content[i + 1];
    if (marker == 0xDA || marker == 0xD9) return 1;
    std::size_t const length = static_cast<std::size_t>(content[i + 2] << 8 | content[i + 3]);
    if (length < 2 || i + 2 + length > content.size()) return 1;
    auto const body = content.subspan(i + 4, length - 2);
    i += 2 + length;
    if (marker != 0xE1 || body.size() < 14 || std::memcmp(body.data(), "Exif\0\0", 6) != 0) continue;
    auto const tiff = body.subspan(6);
    bool const little = tiff[0] == 'I';
    auto two = [&](std::size_t at) {
      return at + 2 > tiff.size() ? 0u : little ? tiff[at] | tiff[at + 1] << 8u : tiff[at] << 8u | tiff[at + 1];
    };
    std::size_t const directory = little ? two(4) | two(6) << 16u : two(4) << 16u | two(6);
    if (directory >= tiff.size()) return 1;
    for (std::size_t entry = 0; entry < two(directory); ++entry) {
      auto const at = directory + 2 + entry * 12;
      if (at + 12 > tiff.size()) return 1;
      if (two(at) == 0x0112) {
        auto const orientation = static_cast<int>(two(at + 8));
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
      }
    }
  }
  return 1;
}

}  // namespace rcms::files
