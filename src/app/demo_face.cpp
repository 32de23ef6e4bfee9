#include "app/demo_face.hpp"

#include <algorithm>
#include <array>

namespace rcms::app {

namespace {

using registry::Dice;

constexpr std::array<Skin, 8> skins{{{colour(0xf1cdb0), colour(0xdba987), colour(0xc37d6d)},
                                     {colour(0xe8bc97), colour(0xcd9a72), colour(0xb76c5c)},
                                     {colour(0xd9a679), colour(0xba8357), colour(0xa85d4c)},
                                     {colour(0xc68e62), colour(0xa56f47), colour(0x96503f)},
                                     {colour(0xb07a50), colour(0x8e5c38), colour(0x844539)},
                                     {colour(0x98643f), colour(0x774a2b), colour(0x733a32)},
                                     {colour(0x84553a), colour(0x623c26), colour(0x6b3a31)},
                                     {colour(0x6b4633), colour(0x4b2d1e), colour(0x582f28)}}};
constexpr std::array<std::uint32_t, 6> hair_colours{0x1d1714, 0x161213, 0x2b1f18, 0x3b2a1e, 0x4f3624, 0x6b4a2c};
constexpr std::array<std::uint32_t, 10> cloth_colours{0x3f5d75, 0x7a4b4b, 0x4f6b52, 0x8c7a55, 0x5a5470,
                                                      0xa86f52, 0x44707a, 0x6f7479, 0x93606f, 0xd9d4c7};
constexpr std::array<std::uint32_t, 4> jackets{0x2f3a4a, 0x3d3f44, 0x4a3f3a, 0x34453f};
constexpr std::array<std::uint32_t, 5> scarves{0x5b7384, 0x7d6a7f, 0x8a7a66, 0x4d6a62, 0x3e4a5e};

Hair style_of(Look const& look, Dice& dice) {
  bool const child = look.age < 14;
  if (look.female) {
    if (child) return dice.chance(50) ? Hair::long_straight : (dice.chance(50) ? Hair::bob : Hair::bun);
    constexpr std::array<Hair, 9> styles{Hair::long_straight, Hair::long_wavy, Hair::bob, Hair::bun, Hair::long_straight,
                                         Hair::bob,           Hair::bun,       Hair::long_wavy, Hair::scarf};
    return pick(styles, dice);
  }
  if (child) return dice.chance(60) ? Hair::cropped : Hair::side_part;
  if (look.age > 50) {
    constexpr std::array<Hair, 4> styles{Hair::receding, Hair::bald, Hair::side_part, Hair::cropped};
    return pick(styles, dice);
  }
  constexpr std::array<Hair, 6> styles{Hair::cropped, Hair::side_part, Hair::curly,
                                       Hair::cropped, Hair::side_part, Hair::receding};
  return pick(styles, dice);
}

}  // namespace

Face face_of(Look const& look) {
  Dice dice(look.seed * 2 + (look.female ? 1 : 0));
  Face face;
  face.female = look.female;
  face.child = look.age < 14;
  face.skin = pick(skins, dice);
  // The two lightest colours do not go with the darkest skins.
  auto const tone = dice.below(hair_colours.size());
  face.hair = colour(hair_colours[face.skin.base.red < 0.6 ? tone % 3 : tone]);
  face.style = style_of(look, dice);
  face.collar = look.official ? 3 : static_cast<int>(dice.below(3));
  face.cloth = colour(look.official ? pick(jackets, dice) : pick(cloth_colours, dice));
  if (face.style == Hair::scarf) face.hair = colour(pick(scarves, dice));
  face.half_width = dice.between(look.female ? 75 : 79, look.female ? 83 : 89);
  face.jaw = face.half_width * (look.female ? 0.66 : 0.76) + dice.between(-3, 4);
  face.chin = dice.between(344, 358) - (look.female ? 4 : 0);
  face.brow = dice.between(look.female ? 4 : 6, look.female ? 5 : 8);
  face.mouth_width = dice.between(27, 34);
  face.smile = dice.between(0, 4);
  face.nose = dice.between(88, 118) / 100.0;
  face.eye_size = dice.between(94, 108) / 100.0;
  face.glasses = look.age > 20 && dice.chance(look.age > 50 ? 35 : 14);
  bool const may_have_beard = !look.female && look.age > 22;
  face.beard = may_have_beard && dice.chance(24);
  face.moustache = may_have_beard && (face.beard || dice.chance(22));
  if (look.age > 36) face.lines = look.age > 66 ? 3 : (look.age > 52 ? 2 : 1);
  if (look.age > 44 && face.style != Hair::scarf) {
    double const grey = std::clamp((look.age - 44 + dice.between(-6, 8)) / 28.0, 0.0, 0.92);
    face.hair = mix(face.hair, colour(0xc9c8c6), grey);
  }
  if (face.child) {
    double const youth = std::clamp((14 - look.age) / 11.0, 0.0, 1.0);
    face.top = 132;
    face.chin = 346 - 12 * youth;
    face.half_width = 80;
    face.jaw = 62;
    face.eyes = 246 + 4 * youth;
    face.eye_size = 1.12 + 0.1 * youth;
    face.nose = 0.78;
    face.brow = 3.5;
    face.mouth_width = 23;
  }
  // Heads stand on their shoulders.
  face.top += face.child ? 34 : 26;
  face.eyes += face.child ? 34 : 26;
  face.chin += face.child ? 34 : 26;
  return face;
}

}  // namespace rcms::app
