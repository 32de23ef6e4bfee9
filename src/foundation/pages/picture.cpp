#include "foundation/pages/picture.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>
#include <jpeglib.h>
#include <png.h>

namespace rcms {
namespace {

Refused too_large(long width, long height) {
  return {Why::too_large, "picture", fmt::format("{} × {} pixels; at most {} in all", width, height, picture_pixels_at_most), {}};
}

Result<Picture> decode_png(std::span<std::uint8_t const> bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size())) {
    return refuse(Why::malformed, "picture", fmt::format("PNG: {}", image.message));
  }
  long width = image.width;
  long height = image.height;
  if (width * height > picture_pixels_at_most) {
    png_image_free(&image);
    return tl::unexpected(too_large(width, height));
  }
  image.format = PNG_FORMAT_GRAY;
  Picture picture{static_cast<int>(width), static_cast<int>(height), std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
  png_color white{255, 255, 255};
  if (!png_image_finish_read(&image, &white, picture.grey.data(), 0, nullptr)) {
    return refuse(Why::malformed, "picture", fmt::format("PNG: {}", image.message));
  }
  return picture;
}

struct JpegErrors {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};

void leave(j_common_ptr info) { std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->back, 1); }
void say_nothing(j_common_ptr, int) {}

/// All that lives across the long jump of libjpeg is owned by the caller.
bool read_jpeg(std::span<std::uint8_t const> bytes, Picture& picture, bool& is_too_large) {
  jpeg_decompress_struct info{};
  JpegErrors errors{};
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = leave;
  errors.manager.emit_message = say_nothing;
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_read_header(&info, TRUE);
  picture.width = static_cast<int>(info.image_width);
  picture.height = static_cast<int>(info.image_height);
  is_too_large = static_cast<long>(picture.width) * picture.height > picture_pixels_at_most;
  if (is_too_large) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  info.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&info);
  picture.grey.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = picture.grey.data() + static_cast<std::size_t>(info.output_scanline) * static_cast<std::size_t>(picture.width);
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return true;
}

}  // namespace

Result<Picture> decode_picture(std::span<std::uint8_t const> bytes) {
  constexpr std::uint8_t png_start[] = {0x89, 'P', 'N', 'G'};
  constexpr std::uint8_t jpeg_start[] = {0xFF, 0xD8, 0xFF};
  auto begins = [&](auto const& start) {
    return bytes.size() >= std::size(start) && std::equal(std::begin(start), std::end(start), bytes.begin());
  };
  if (begins(png_start)) return decode_png(bytes);
  if (!begins(jpeg_start)) return refuse(Why::unsupported_type, "picture", "the file is neither PNG nor JPEG");
  Picture picture;
  bool is_too_large = false;
  if (read_jpeg(bytes, picture, is_too_large)) return picture;
  if (is_too_large) return tl::unexpected(too_large(picture.width, picture.height));
  return refuse(Why::malformed, "picture", "the JPEG is damaged");
}

Bytes encode_png(Picture const& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  Bytes bytes;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.grey.data(), 0, nullptr)) {
    bytes.resize(size);
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.grey.data(), 0, nullptr)) {
      bytes.resize(size);
      return bytes;
    }
  }
  throw std::runtime_error(fmt::format("PNG: {}", image.message));
}

}  // namespace rcms
