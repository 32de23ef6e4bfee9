// The light line pattern behind a document, drawn as vectors from the document's own number, so that no two are alike.
// It is decoration that a copier blurs, not a security feature by itself: the seal is the proof.
#pragma once

#include <string_view>

#include "foundation/pages/canvas.hpp"

namespace rcms::travel_documents {

struct Area {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// Bundles of waves over the whole area.
void draw_waves(Canvas& canvas, Area const& area, std::string_view seed, Colour const& first, Colour const& second);
/// A rosette of closed curves.
void draw_rosette(Canvas& canvas, Point centre, double radius_mm, std::string_view seed, Colour const& colour);
/// A border of interlaced waves around the area.
void draw_border(Canvas& canvas, Area const& area, std::string_view seed, Colour const& colour);

}  // namespace rcms::travel_documents
