// Cairo with owners, and pictures as JPEG: what demo_portraits.cpp and demo_papers.cpp draw with.
#pragma once

#include <cstdint>
#include <memory>

#include <cairo.h>

#include "foundation/base/hash.hpp"

namespace rcms::app {

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

constexpr Colour colour(std::uint32_t rgb) {
  return {((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0};
}
/// `share` of `to` in `from`, 0 to 1.
constexpr Colour mix(Colour from, Colour to, double share) {
  return {from.red + (to.red - from.red) * share, from.green + (to.green - from.green) * share,
          from.blue + (to.blue - from.blue) * share};
}

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Drawing = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

inline Surface make_picture(int width, int height) {
  return {cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy};
}
inline Drawing draw_on(Surface const& surface) { return {cairo_create(surface.get()), cairo_destroy}; }

inline void set(cairo_t* cairo, Colour const& one, double alpha = 1) {
  cairo_set_source_rgba(cairo, one.red, one.green, one.blue, alpha);
}
inline void fill(cairo_t* cairo, Colour const& one, double alpha = 1) {
  set(cairo, one, alpha);
  cairo_fill(cairo);
}
inline void stroke(cairo_t* cairo, Colour const& one, double width, double alpha = 1) {
  set(cairo, one, alpha);
  cairo_set_line_width(cairo, width);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(cairo);
}
/// An ellipse around (x, y) as a new path.
void ellipse(cairo_t* cairo, double x, double y, double half_width, double half_height);
/// A rectangle with round corners as a new path.
void round_rectangle(cairo_t* cairo, double x, double y, double width, double height, double radius);

/// The picture (RGB24) as JPEG; `quality` 1 to 100.
Bytes to_jpeg(Surface const& picture, int quality);

}  // namespace rcms::app
