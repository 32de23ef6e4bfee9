// What a portrait shows, decided from a Look before anything is drawn.
#pragma once

#include <cstddef>

#include "app/demo_canvas.hpp"
#include "app/demo_pictures.hpp"
#include "capabilities/registry/invented.hpp"

namespace rcms::app {

struct Skin {
  Colour base;
  Colour shade;
  Colour lips;
};

enum class Hair { cropped, side_part, curly, receding, bald, long_straight, bob, bun, long_wavy, scarf };

/// Everything that is decided before drawing.
struct Face {
  Skin skin;
  Colour hair;
  Colour cloth;
  Hair style = Hair::cropped;
  int collar = 0;  ///< 0 round, 1 open shirt, 2 V, 3 jacket
  double half_width = 82;
  double jaw = 60;
  double top = 118;
  double chin = 352;
  double eyes = 236;  ///< height of the eyes
  double eye_size = 1;
  double brow = 5;
  double mouth_width = 30;
  double smile = 1;
  double nose = 1;
  int lines = 0;  ///< lines of age, 0 to 3
  bool female = false;
  bool child = false;
  bool beard = false;
  bool moustache = false;
  bool glasses = false;
};

Face face_of(Look const& look);

/// The portrait before it becomes a JPEG, for papers that show it.
Surface draw_portrait_picture(Look const& look);

template <class Array>
auto const& pick(Array const& items, registry::Dice& dice) {
  return items[dice.below(items.size())];
}

}  // namespace rcms::app
