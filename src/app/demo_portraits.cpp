// Portraits drawn from flat shapes: background, clothes, neck, head, hair, features, in that order. Coordinates are those
// of a canvas of 420 × 540; the middle of the face is x = 210.
#include <array>
#include <cmath>

#include "app/demo_face.hpp"

namespace rcms::app {

namespace {

using registry::Dice;

constexpr int canvas_width = 420;
constexpr int canvas_height = 540;
constexpr double middle = 210;

/// The outline of the head as a new path: both halves mirrored.
void head_path(cairo_t* cairo, Face const& face, double grow = 0) {
  double const w = face.half_width + grow;
  double const temple = face.top + (face.chin - face.top) * 0.45;
  double const jaw_y = face.chin - (face.chin - face.top) * 0.17;
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle, face.top - grow);
  for (double const side : {1.0, -1.0}) {
    auto const x = [side](double offset) { return middle + side * offset; };
    if (side > 0) {
      cairo_curve_to(cairo, x(w * 0.72), face.top - grow, x(w), face.top + 44, x(w), temple);
      cairo_curve_to(cairo, x(w), temple + 44, x(face.jaw + 12 + grow), jaw_y - 16, x(face.jaw + grow), jaw_y);
      cairo_curve_to(cairo, x(face.jaw - 14 + grow), face.chin - 6, x(26), face.chin + grow, middle, face.chin + grow);
    } else {
      cairo_curve_to(cairo, x(26), face.chin + grow, x(face.jaw - 14 + grow), face.chin - 6, x(face.jaw + grow), jaw_y);
      cairo_curve_to(cairo, x(face.jaw + 12 + grow), jaw_y - 16, x(w), temple + 44, x(w), temple);
      cairo_curve_to(cairo, x(w), face.top + 44, x(w * 0.72), face.top - grow, middle, face.top - grow);
    }
  }
  cairo_close_path(cairo);
}

void draw_background(cairo_t* cairo, Dice& dice) {
  constexpr std::array<std::uint32_t, 4> walls{0xe3e8ec, 0xe9e7e1, 0xdfe6e4, 0xe6e6ea};
  auto const wall = colour(pick(walls, dice));
  set(cairo, wall);
  cairo_paint(cairo);
  cairo_pattern_t* light = cairo_pattern_create_radial(middle - 60, 180, 60, middle, 260, 420);
  cairo_pattern_add_color_stop_rgba(light, 0, 1, 1, 1, 0.55);
  cairo_pattern_add_color_stop_rgba(light, 1, 1, 1, 1, 0);
  cairo_set_source(cairo, light);
  cairo_paint(cairo);
  cairo_pattern_destroy(light);
}

/// Half the width of the neck where it meets the clothes, and the height there.
double neck_half(Face const& face) { return face.child ? 33 : (face.female ? 41 : 49); }
double neck_base(Face const& face) { return face.child ? 414 : 406; }

void draw_neck(cairo_t* cairo, Face const& face) {
  double const half = neck_half(face);
  double const base = neck_base(face);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - half + 6, face.chin - 60);
  cairo_line_to(cairo, middle + half - 6, face.chin - 60);
  cairo_curve_to(cairo, middle + half - 6, base - 14, middle + half - 2, base - 4, middle + half, base + 4);
  cairo_line_to(cairo, middle + half, 540);
  cairo_line_to(cairo, middle - half, 540);
  cairo_line_to(cairo, middle - half, base + 4);
  cairo_curve_to(cairo, middle - half + 2, base - 4, middle - half + 6, base - 14, middle - half + 6, face.chin - 60);
  cairo_close_path(cairo);
  set(cairo, face.skin.base);
  cairo_fill_preserve(cairo);
  // The shadow of the chin.
  cairo_save(cairo);
  cairo_clip(cairo);
  cairo_translate(cairo, 5, 18);
  head_path(cairo, face, 2);
  fill(cairo, face.skin.shade, 0.85);
  cairo_restore(cairo);
}

/// The garment as a new path: neckline of the given depth (round or pointed), shoulders, and down to the edge.
void garment_path(cairo_t* cairo, Face const& face, double depth, bool pointed) {
  double const reach = face.child ? 118 : (face.female ? 150 : 174);
  double const half = neck_half(face) + 4;
  double const base = neck_base(face);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - half, base);
  if (pointed) {
    cairo_line_to(cairo, middle, base + depth);
    cairo_line_to(cairo, middle + half, base);
  } else {
    cairo_curve_to(cairo, middle - half + 12, base + depth * 1.3, middle + half - 12, base + depth * 1.3, middle + half, base);
  }
  cairo_curve_to(cairo, middle + half + 26, base + 24, middle + reach - 6, base + 18, middle + reach, base + 88);
  cairo_line_to(cairo, middle + reach + 8, 545);
  cairo_line_to(cairo, middle - reach - 8, 545);
  cairo_line_to(cairo, middle - reach, base + 88);
  cairo_curve_to(cairo, middle - reach + 6, base + 18, middle - half - 26, base + 24, middle - half, base);
  cairo_close_path(cairo);
}

/// The two wings of a shirt collar around a pointed neckline.
void draw_wings(cairo_t* cairo, Face const& face, Colour const& cloth, double depth) {
  double const half = neck_half(face) + 4;
  double const base = neck_base(face);
  for (double const side : {-1.0, 1.0}) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle + side * (half - 2), base - 12);
    cairo_line_to(cairo, middle + side * (half + 17), base + 16);
    cairo_line_to(cairo, middle + side * 26, base + depth + 14);
    cairo_line_to(cairo, middle, base + depth - 3);
    cairo_close_path(cairo);
    fill(cairo, mix(cloth, colour(side > 0 ? 0xb9bec4 : 0xffffff), side > 0 ? 0.22 : 0.16));
  }
}

/// The two fronts of a jacket with their lapels, over a shirt.
void draw_jacket(cairo_t* cairo, Face const& face) {
  double const half = neck_half(face) + 4;
  double const base = neck_base(face);
  for (double const side : {-1.0, 1.0}) {
    auto const x = [side](double offset) { return middle + side * offset; };
    cairo_save(cairo);
    garment_path(cairo, face, 30, true);
    cairo_clip(cairo);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x(half + 8), base - 6);
    cairo_line_to(cairo, x(0), base + 128);
    cairo_line_to(cairo, x(0), 560);
    cairo_line_to(cairo, x(220), 560);
    cairo_line_to(cairo, x(220), base - 6);
    cairo_close_path(cairo);
    fill(cairo, mix(face.cloth, colour(0x000000), side > 0 ? 0.1 : 0));
    cairo_restore(cairo);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x(half + 6), base + 2);
    cairo_line_to(cairo, x(half + 44), base + 42);
    cairo_line_to(cairo, x(half + 24), base + 54);
    cairo_line_to(cairo, x(half + 34), base + 68);
    cairo_line_to(cairo, x(0), base + 136);
    cairo_line_to(cairo, x(0), base + 126);
    cairo_close_path(cairo);
    fill(cairo, mix(face.cloth, colour(0xffffff), side > 0 ? 0.07 : 0.14));
  }
}

void draw_clothes(cairo_t* cairo, Face const& face) {
  bool const pointed = face.collar != 0;
  double const depth = face.collar == 0 ? 22 : (face.collar == 2 ? 54 : 34);
  auto const cloth = face.collar == 3 ? colour(0xf0efea) : face.cloth;
  garment_path(cairo, face, depth, pointed);
  set(cairo, cloth);
  cairo_fill_preserve(cairo);
  cairo_save(cairo);
  cairo_clip(cairo);
  cairo_pattern_t* shade = cairo_pattern_create_linear(middle, 0, middle + 170, 0);
  cairo_pattern_add_color_stop_rgba(shade, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba(shade, 1, 0, 0, 0, 0.16);
  cairo_set_source(cairo, shade);
  cairo_paint(cairo);
  cairo_pattern_destroy(shade);
  if (face.collar == 0 || face.collar == 2) {
    garment_path(cairo, face, depth, pointed);
    stroke(cairo, mix(face.cloth, colour(0x000000), 0.16), 11);
  }
  cairo_restore(cairo);
  if (face.collar == 1) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle, neck_base(face) + depth);
    cairo_line_to(cairo, middle, 545);
    stroke(cairo, mix(face.cloth, colour(0x000000), 0.2), 2.5);
  }
  if (face.collar == 3) draw_jacket(cairo, face);
  if (face.collar == 1 || face.collar == 3) draw_wings(cairo, face, cloth, depth);
}

void draw_head(cairo_t* cairo, Face const& face) {
  double const ear_y = face.eyes + 16;
  if (face.style != Hair::scarf) {
    for (double const side : {-1.0, 1.0}) {
      ellipse(cairo, middle + side * (face.half_width + 3), ear_y, 12, 23);
      fill(cairo, mix(face.skin.base, face.skin.shade, side > 0 ? 0.7 : 0.35));
    }
  }
  head_path(cairo, face);
  set(cairo, face.skin.base);
  cairo_fill_preserve(cairo);
  cairo_save(cairo);
  cairo_clip(cairo);
  // Light from the left: a soft shade along the right side.
  cairo_pattern_t* shade = cairo_pattern_create_linear(middle - 10, 0, middle + face.half_width, 0);
  auto const tone = face.skin.shade;
  cairo_pattern_add_color_stop_rgba(shade, 0.25, tone.red, tone.green, tone.blue, 0);
  cairo_pattern_add_color_stop_rgba(shade, 1, tone.red, tone.green, tone.blue, 0.75);
  cairo_set_source(cairo, shade);
  cairo_paint(cairo);
  cairo_pattern_destroy(shade);
  if (face.child || face.female) {
    for (double const side : {-1.0, 1.0}) {
      ellipse(cairo, middle + side * face.half_width * 0.58, face.eyes + 46, 20, 13);
      fill(cairo, face.skin.lips, 0.13);
    }
  }
  cairo_restore(cairo);
}

void draw_eye(cairo_t* cairo, Face const& face, double x, double side) {
  double const w = 17 * face.eye_size;
  double const h = 8.6 * face.eye_size;
  double const y = face.eyes;
  cairo_new_path(cairo);
  cairo_move_to(cairo, x - w, y + 1);
  cairo_curve_to(cairo, x - w * 0.5, y - h * 1.15, x + w * 0.5, y - h * 1.15, x + w, y - 0.5);
  cairo_curve_to(cairo, x + w * 0.5, y + h * 0.95, x - w * 0.5, y + h * 0.95, x - w, y + 1);
  cairo_close_path(cairo);
  set(cairo, colour(0xf7f3ee));
  cairo_fill_preserve(cairo);
  cairo_save(cairo);
  cairo_clip(cairo);
  double const iris = 7.6 * face.eye_size;
  ellipse(cairo, x, y - 1, iris, iris);
  fill(cairo, face.skin.base.red > 0.88 ? colour(0x5d4a34) : colour(0x38251a));
  ellipse(cairo, x, y - 1, iris * 0.48, iris * 0.48);
  fill(cairo, colour(0x120c0a));
  ellipse(cairo, x - iris * 0.32, y - 4, 1.9, 1.9);
  fill(cairo, colour(0xffffff), 0.9);
  cairo_restore(cairo);
  cairo_new_path(cairo);
  cairo_move_to(cairo, x - w, y + 1);
  cairo_curve_to(cairo, x - w * 0.5, y - h * 1.15, x + w * 0.5, y - h * 1.15, x + w, y - 0.5);
  stroke(cairo, mix(face.skin.shade, colour(0x1a100c), 0.72), face.female ? 3.1 : 2.4);
  // The fold of the lid.
  cairo_new_path(cairo);
  cairo_move_to(cairo, x - w * 0.8, y - h * 0.95);
  cairo_curve_to(cairo, x - w * 0.3, y - h * 1.6, x + w * 0.4, y - h * 1.6, x + w * 0.9, y - h * 0.95);
  stroke(cairo, face.skin.shade, 1.6, 0.9);
  if (face.lines >= 2) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, x - w * 0.7, y + h * 1.5);
    cairo_curve_to(cairo, x - w * 0.2, y + h * 2.1, x + w * 0.5, y + h * 2.0, x + w * 0.9, y + h * 1.3);
    stroke(cairo, face.skin.shade, 1.8, 0.8);
  }
  // The brow, thinner to the outside.
  double const brow_y = y - 23 * (face.child ? 1.05 : 1);
  cairo_new_path(cairo);
  cairo_move_to(cairo, x - side * 20, brow_y + 3 + face.brow / 2);
  cairo_curve_to(cairo, x - side * 6, brow_y - 4, x + side * 8, brow_y - 5, x + side * 23, brow_y + 4);
  cairo_curve_to(cairo, x + side * 8, brow_y - 5 + face.brow, x - side * 6, brow_y - 4 + face.brow, x - side * 20,
                 brow_y + 3 + face.brow / 2);
  cairo_close_path(cairo);
  auto const hair = face.style == Hair::scarf ? colour(0x2b1f18) : mix(face.hair, colour(0x1a1310), 0.25);
  set(cairo, hair, 0.92);
  cairo_fill_preserve(cairo);
  stroke(cairo, hair, 1.6, 0.9);
}

void draw_nose(cairo_t* cairo, Face const& face) {
  double const tip = face.eyes + 52 * face.nose;
  double const w = 15 * face.nose;
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle + 9, face.eyes - 4);
  cairo_curve_to(cairo, middle + 6, face.eyes + 20, middle + 9, tip - 16, middle + w, tip - 5);
  cairo_curve_to(cairo, middle + w + 1, tip + 3, middle + 8, tip + 4, middle, tip + 6);
  cairo_curve_to(cairo, middle + 5, tip - 14, middle + 3, face.eyes + 12, middle + 9, face.eyes - 4);
  fill(cairo, face.skin.shade, 0.6);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - w, tip - 3);
  cairo_curve_to(cairo, middle - w + 1, tip + 5, middle - 6, tip + 3, middle, tip + 6);
  cairo_curve_to(cairo, middle + 6, tip + 3, middle + w - 1, tip + 5, middle + w, tip - 3);
  stroke(cairo, mix(face.skin.shade, colour(0x2a1710), 0.28), 2.6, 0.9);
}

void draw_mouth(cairo_t* cairo, Face const& face) {
  double const y = face.eyes + (face.child ? 74 : 86) * (face.child ? 0.92 : 1);
  double const w = face.mouth_width;
  double const s = face.smile;
  double const full = face.female ? 1.25 : 0.95;
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - w, y - s * 0.6);
  cairo_curve_to(cairo, middle - w * 0.5, y - 7 * full, middle - 7, y - 9 * full, middle, y - 5 * full);
  cairo_curve_to(cairo, middle + 7, y - 9 * full, middle + w * 0.5, y - 7 * full, middle + w, y - s * 0.6);
  cairo_curve_to(cairo, middle + w * 0.55, y + 11 * full, middle - w * 0.55, y + 11 * full, middle - w, y - s * 0.6);
  cairo_close_path(cairo);
  fill(cairo, face.skin.lips, face.female ? 0.92 : 0.66);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - w - 1, y - s * 0.6);
  cairo_curve_to(cairo, middle - w * 0.4, y + 1 + s * 0.5, middle + w * 0.4, y + 1 + s * 0.5, middle + w + 1, y - s * 0.6);
  stroke(cairo, mix(face.skin.lips, colour(0x2a0f0c), 0.5), 2.2);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - 11, y + 17);
  cairo_curve_to(cairo, middle - 5, y + 20, middle + 5, y + 20, middle + 11, y + 17);
  stroke(cairo, face.skin.shade, 2.4, 0.7);
}

void draw_age(cairo_t* cairo, Face const& face) {
  if (face.lines == 0) return;
  for (double const side : {-1.0, 1.0}) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle + side * 23, face.eyes + 54);
    cairo_curve_to(cairo, middle + side * 34, face.eyes + 64, middle + side * 40, face.eyes + 74, middle + side * 40,
                   face.eyes + 88);
    stroke(cairo, face.skin.shade, 1.4 + face.lines * 0.5, 0.75);
  }
  for (int line = 1; line < face.lines; ++line) {
    double const y = face.eyes - 34 - line * 11;
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle - 38 + line * 4, y);
    cairo_curve_to(cairo, middle - 12, y - 5, middle + 12, y - 5, middle + 38 - line * 4, y);
    stroke(cairo, face.skin.shade, 1.8, 0.7);
  }
}

void draw_beard(cairo_t* cairo, Face const& face) {
  double const mouth = face.eyes + 86;
  if (face.beard) {
    cairo_save(cairo);
    head_path(cairo, face, 1.5);
    cairo_clip(cairo);
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle - face.half_width - 8, face.eyes + 26);
    cairo_curve_to(cairo, middle - face.half_width + 16, face.eyes + 66, middle - 50, mouth - 24, middle - 30, mouth - 20);
    cairo_curve_to(cairo, middle - 12, mouth - 24, middle + 12, mouth - 24, middle + 30, mouth - 20);
    cairo_curve_to(cairo, middle + 50, mouth - 24, middle + face.half_width - 16, face.eyes + 66, middle + face.half_width + 8,
                   face.eyes + 26);
    cairo_line_to(cairo, middle + face.half_width + 8, face.chin + 20);
    cairo_line_to(cairo, middle - face.half_width - 8, face.chin + 20);
    cairo_close_path(cairo);
    fill(cairo, face.hair, 0.9);
    ellipse(cairo, middle, mouth + 1, face.mouth_width + 5, 11);
    fill(cairo, face.skin.base);
    cairo_restore(cairo);
  }
  if (face.moustache) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle, mouth - 19);
    cairo_curve_to(cairo, middle + 14, mouth - 21, middle + 30, mouth - 12, middle + 36, mouth - 1);
    cairo_curve_to(cairo, middle + 18, mouth - 7, middle + 8, mouth - 8, middle, mouth - 8);
    cairo_curve_to(cairo, middle - 8, mouth - 8, middle - 18, mouth - 7, middle - 36, mouth - 1);
    cairo_curve_to(cairo, middle - 30, mouth - 12, middle - 14, mouth - 21, middle, mouth - 19);
    fill(cairo, face.hair);
  }
}

void draw_glasses(cairo_t* cairo, Face const& face) {
  if (!face.glasses) return;
  auto const frame = colour(0x2c2a2a);
  for (double const side : {-1.0, 1.0}) {
    round_rectangle(cairo, middle + side * 37 - 26, face.eyes - 18, 52, 38, 15);
    set(cairo, colour(0xffffff), 0.12);
    cairo_fill_preserve(cairo);
    stroke(cairo, frame, 3);
    cairo_move_to(cairo, middle + side * 63, face.eyes - 4);
    cairo_line_to(cairo, middle + side * (face.half_width + 1), face.eyes - 8);
    stroke(cairo, frame, 3);
  }
  cairo_move_to(cairo, middle - 11, face.eyes - 3);
  cairo_curve_to(cairo, middle - 5, face.eyes - 8, middle + 5, face.eyes - 8, middle + 11, face.eyes - 3);
  stroke(cairo, frame, 3);
}

/// Hair behind the neck and the ears.
void draw_hair_behind(cairo_t* cairo, Face const& face) {
  double const w = face.half_width;
  auto const dark = mix(face.hair, colour(0x000000), 0.22);
  if (face.style == Hair::long_straight || face.style == Hair::long_wavy || face.style == Hair::bob) {
    double const low = face.style == Hair::bob ? face.chin + 22 : 470;
    double const wide = face.style == Hair::long_wavy ? 44 : 26;
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle, face.top - 28);
    cairo_curve_to(cairo, middle + w + 20, face.top - 28, middle + w + wide, face.top + 70, middle + w + wide - 6, 290);
    cairo_curve_to(cairo, middle + w + wide, 350, middle + w + wide + 4, low - 40, middle + w + wide - 14, low);
    cairo_line_to(cairo, middle - w - wide + 14, low);
    cairo_curve_to(cairo, middle - w - wide - 4, low - 40, middle - w - wide, 350, middle - w - wide + 6, 290);
    cairo_curve_to(cairo, middle - w - wide, face.top + 70, middle - w - 20, face.top - 28, middle, face.top - 28);
    fill(cairo, dark);
  } else if (face.style == Hair::bun) {
    ellipse(cairo, middle + 4, face.top - 24, 38, 32);
    fill(cairo, dark);
  } else if (face.style == Hair::scarf) {
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle, face.top - 34);
    cairo_curve_to(cairo, middle + w + 40, face.top - 34, middle + w + 38, 270, middle + w + 10, 360);
    cairo_curve_to(cairo, middle + w + 30, 400, middle + 130, 430, middle + 136, 545);
    cairo_line_to(cairo, middle - 136, 545);
    cairo_curve_to(cairo, middle - 130, 430, middle - w - 30, 400, middle - w - 10, 360);
    cairo_curve_to(cairo, middle - w - 38, 270, middle - w - 40, face.top - 34, middle, face.top - 34);
    fill(cairo, face.hair);
  }
}

/// The cap of hair above a hairline; `part` moves the parting from the middle, `height` the hairline over the eyes.
void cap(cairo_t* cairo, Face const& face, double volume, double part, double height, double sides) {
  double const w = face.half_width + 3;
  double const line = face.eyes - height;
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - w - 2, sides);
  cairo_curve_to(cairo, middle - w - volume - 3, face.top + 60, middle - w * 0.9 - volume, face.top - volume, middle,
                 face.top - volume);
  cairo_curve_to(cairo, middle + w * 0.9 + volume, face.top - volume, middle + w + volume + 3, face.top + 60, middle + w + 2,
                 sides);
  cairo_curve_to(cairo, middle + w - 9, sides - 26, middle + w - 6, line + 22, middle + w * 0.7, line + 2);
  cairo_curve_to(cairo, middle + w * 0.45, line - 10, middle + part + 18, line - 6, middle + part, line - 14);
  cairo_curve_to(cairo, middle + part - 18, line - 4, middle - w * 0.5, line - 8, middle - w * 0.72, line + 4);
  cairo_curve_to(cairo, middle - w + 6, line + 22, middle - w + 9, sides - 26, middle - w - 2, sides);
  cairo_close_path(cairo);
  fill(cairo, face.hair);
}

/// Two curtains of hair from the parting down beside the face.
void curtains(cairo_t* cairo, Face const& face, double part, double low) {
  double const w = face.half_width;
  for (double const side : {-1.0, 1.0}) {
    auto const x = [side](double offset) { return middle + side * offset; };
    cairo_new_path(cairo);
    cairo_move_to(cairo, middle + part, face.top - 20);
    cairo_curve_to(cairo, x(w * 0.9), face.top - 24, x(w + 24), face.top + 40, x(w + 19), 270);
    cairo_line_to(cairo, x(w + 22), low);
    cairo_curve_to(cairo, x(w + 6), low + 8, x(w - 2), low - 8, x(w - 1), low - 30);
    cairo_curve_to(cairo, x(w - 1), 290, x(w + 2), face.eyes - 10, x(w * 0.72), face.top + 58);
    cairo_curve_to(cairo, x(w * 0.5), face.top + 34, middle + part + side * 16, face.top + 26, middle + part, face.top + 16);
    cairo_close_path(cairo);
    fill(cairo, side > 0 ? mix(face.hair, colour(0x000000), 0.1) : face.hair);
  }
}

void curls(cairo_t* cairo, Face const& face) {
  double const w = face.half_width;
  for (int curl = 0; curl <= 22; ++curl) {
    double const angle = 3.14159 * (1.0 + curl / 22.0);
    double const x = middle + std::cos(angle) * (w + 4);
    double const y = face.top + 62 + std::sin(angle) * 82;
    ellipse(cairo, x, y, 21, 19);
    fill(cairo, curl % 2 == 0 ? face.hair : mix(face.hair, colour(0xffffff), 0.05));
  }
  cap(cairo, face, 12, 0, 56, face.eyes + 4);
}

void draw_hair_before(cairo_t* cairo, Face const& face, Dice& dice) {
  double const part = dice.chance(50) ? -26 : 24;
  switch (face.style) {
    case Hair::cropped: cap(cairo, face, 12, 0, 52, face.eyes + 2); break;
    case Hair::side_part: cap(cairo, face, 22, part * 1.4, 50, face.eyes + 8); break;
    case Hair::curly: curls(cairo, face); break;
    case Hair::receding: cap(cairo, face, 8, 0, 78, face.eyes + 4); break;
    case Hair::bald: break;
    case Hair::bob: curtains(cairo, face, part, face.chin + 6); break;
    case Hair::long_straight: curtains(cairo, face, dice.chance(50) ? 0 : part, 462); break;
    case Hair::long_wavy: curtains(cairo, face, part, 440); break;
    case Hair::bun: cap(cairo, face, 18, part, 58, face.eyes + 8); break;
    case Hair::scarf: break;
  }
}

/// The edge of the scarf around the face and its fold below the chin.
void draw_scarf(cairo_t* cairo, Face const& face) {
  if (face.style != Hair::scarf) return;
  double const w = face.half_width;
  cairo_new_path(cairo);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_move_to(cairo, middle, face.top - 34);
  cairo_curve_to(cairo, middle + w + 40, face.top - 34, middle + w + 38, 270, middle + w + 8, 372);
  cairo_curve_to(cairo, middle + 60, 470, middle - 60, 470, middle - w - 8, 372);
  cairo_curve_to(cairo, middle - w - 38, 270, middle - w - 40, face.top - 34, middle, face.top - 34);
  cairo_close_path(cairo);
  cairo_new_sub_path(cairo);
  cairo_save(cairo);
  cairo_translate(cairo, middle, (face.top + 30 + face.chin) / 2);
  cairo_scale(cairo, w - 3, (face.chin - face.top - 26) / 2);
  cairo_arc(cairo, 0, 0, 1, 0, 6.2832);
  cairo_restore(cairo);
  fill(cairo, face.hair);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
  auto const fold = mix(face.hair, colour(0x000000), 0.2);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle - w - 4, 360);
  cairo_curve_to(cairo, middle - 40, 440, middle + 50, 430, middle + 110, 520);
  stroke(cairo, fold, 3, 0.7);
  cairo_new_path(cairo);
  cairo_move_to(cairo, middle + w + 6, 350);
  cairo_curve_to(cairo, middle + 50, 420, middle - 10, 440, middle - 50, 500);
  stroke(cairo, fold, 3, 0.5);
}

}  // namespace

Surface draw_portrait_picture(Look const& look) {
  Dice dice(look.seed ^ 0x5eed);
  auto const face = face_of(look);
  auto picture = make_picture(canvas_width, canvas_height);
  auto const drawing = draw_on(picture);
  auto* cairo = drawing.get();
  draw_background(cairo, dice);
  draw_hair_behind(cairo, face);
  draw_neck(cairo, face);
  draw_clothes(cairo, face);
  draw_head(cairo, face);
  draw_nose(cairo, face);
  for (double const side : {-1.0, 1.0}) draw_eye(cairo, face, middle + side * 37, side);
  draw_age(cairo, face);
  draw_beard(cairo, face);
  draw_mouth(cairo, face);
  draw_hair_before(cairo, face, dice);
  draw_scarf(cairo, face);
  draw_glasses(cairo, face);
  return picture;
}

Bytes draw_portrait(Look const& look) { return to_jpeg(draw_portrait_picture(look), 88); }

}  // namespace rcms::app
