#include "app/demo_canvas.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include <jpeglib.h>

namespace rcms::app {

namespace {
constexpr double turn = 6.283185307179586;
}

void ellipse(cairo_t* cairo, double x, double y, double half_width, double half_height) {
  cairo_new_path(cairo);
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, half_width, half_height);
  cairo_arc(cairo, 0, 0, 1, 0, turn);
  cairo_restore(cairo);
}

void round_rectangle(cairo_t* cairo, double x, double y, double width, double height, double radius) {
  cairo_new_path(cairo);
  cairo_arc(cairo, x + width - radius, y + radius, radius, -turn / 4, 0);
  cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, turn / 4);
  cairo_arc(cairo, x + radius, y + height - radius, radius, turn / 4, turn / 2);
  cairo_arc(cairo, x + radius, y + radius, radius, turn / 2, turn * 3 / 4);
  cairo_close_path(cairo);
}

Bytes to_jpeg(Surface const& picture, int quality) {
  cairo_surface_flush(picture.get());
  int const width = cairo_image_surface_get_width(picture.get());
  int const height = cairo_image_surface_get_height(picture.get());
  int const stride = cairo_image_surface_get_stride(picture.get());
  auto const* pixels = cairo_image_surface_get_data(picture.get());
  if (pixels == nullptr) throw std::runtime_error("the picture has no pixels");

  jpeg_compress_struct writer{};
  jpeg_error_mgr errors{};
  writer.err = jpeg_std_error(&errors);
  jpeg_create_compress(&writer);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&writer, &out, &size);
  writer.image_width = static_cast<JDIMENSION>(width);
  writer.image_height = static_cast<JDIMENSION>(height);
  writer.input_components = 3;
  writer.in_color_space = JCS_RGB;
  jpeg_set_defaults(&writer);
  jpeg_set_quality(&writer, quality, TRUE);
  jpeg_start_compress(&writer, TRUE);
  std::vector<JSAMPLE> line(static_cast<std::size_t>(width) * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      // RGB24 of Cairo is blue, green, red, unused in memory on little-endian machines, which Debian's all are here.
      auto const* pixel = pixels + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4;
      for (int part = 0; part < 3; ++part)
        line[static_cast<std::size_t>(x) * 3 + static_cast<std::size_t>(part)] = pixel[2 - part];
    }
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&writer, &row, 1);
  }
  jpeg_finish_compress(&writer);
  jpeg_destroy_compress(&writer);
  Bytes bytes(out, out + size);
  std::free(out);
  return bytes;
}

}  // namespace rcms::app
