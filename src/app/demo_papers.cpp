// Papers of a fictional State: certificate of birth, identity card, passport page; each marked as a specimen. One drawing
// serves the PDF and the photographed picture. Lengths are points of the paper itself.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "app/demo_face.hpp"
#include "engines/mrz/writing.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/fonts.hpp"

namespace rcms::app {

namespace {

using registry::Dice;

constexpr double page_width = 595;
constexpr double page_height = 842;
constexpr Colour ink = colour(0x23303c);
constexpr Colour faint = colour(0x7b8791);
constexpr Colour green = colour(0x2f6b5e);
constexpr Colour red = colour(0xb3453b);

struct Paper {
  PaperKind kind = PaperKind::birth_certificate;
  PaperPerson const& person;
  Date issued;
  Date expires;
};

struct Size {
  double width;
  double height;
};

Size size_of(PaperKind kind) {
  switch (kind) {
    case PaperKind::birth_certificate: return {page_width, page_height};
    case PaperKind::identity_card: return {510, 322};
    case PaperKind::passport_page: return {540, 380};
  }
  return {page_width, page_height};
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

/// Text with its top left, or with its middle at x when `centred`. `font` is a Pango description: "Noto Sans Bold 12".
void text(cairo_t* cairo, double x, double y, std::string const& words, char const* font, Colour const& paint,
          bool centred = false, double spacing = 0) {
  auto const fonts = hold_fonts();
  std::unique_ptr<PangoContext, Unref> const context(pango_font_map_create_context(shared_font_map()));
  pango_cairo_update_context(cairo, context.get());
  PangoLayout* layout = pango_layout_new(context.get());
  PangoFontDescription* description = pango_font_description_from_string(font);
  // Sizes are points of the paper, whatever the resolution of the surface.
  pango_font_description_set_absolute_size(description, pango_font_description_get_size(description));
  pango_layout_set_font_description(layout, description);
  pango_layout_set_text(layout, words.c_str(), -1);
  if (spacing != 0) {
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(static_cast<int>(spacing * PANGO_SCALE)));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
  }
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  set(cairo, paint);
  cairo_move_to(cairo, centred ? x - width / (2.0 * PANGO_SCALE) : x, y);
  pango_cairo_show_layout(cairo, layout);
  pango_font_description_free(description);
  g_object_unref(layout);
}

/// The emblem of Utopia: a sun over three waves in a ring.
void emblem(cairo_t* cairo, double x, double y, double radius, Colour const& paint) {
  ellipse(cairo, x, y, radius, radius);
  stroke(cairo, paint, radius * 0.06);
  cairo_new_path(cairo);
  cairo_arc(cairo, x, y + radius * 0.05, radius * 0.3, 3.14159, 6.28318);
  cairo_close_path(cairo);
  fill(cairo, paint);
  for (int ray = 0; ray < 7; ++ray) {
    double const angle = 3.14159 * (1 + (ray + 0.5) / 7);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x + std::cos(angle) * radius * 0.42, y + radius * 0.05 + std::sin(angle) * radius * 0.42);
    cairo_line_to(cairo, x + std::cos(angle) * radius * 0.66, y + radius * 0.05 + std::sin(angle) * radius * 0.66);
    stroke(cairo, paint, radius * 0.06);
  }
  for (int wave = 0; wave < 3; ++wave) {
    double const at = y + radius * (0.22 + wave * 0.17);
    double const half = radius * (0.7 - wave * 0.13);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x - half, at);
    cairo_curve_to(cairo, x - half / 2, at - radius * 0.14, x - half / 2, at + radius * 0.14, x, at);
    cairo_curve_to(cairo, x + half / 2, at - radius * 0.14, x + half / 2, at + radius * 0.14, x + half, at);
    stroke(cairo, paint, radius * 0.05);
  }
}

/// Fine wavy lines over the whole paper.
void guilloche(cairo_t* cairo, Size size, Colour const& paint, double alpha) {
  for (int line = 0; line < 26; ++line) {
    cairo_new_path(cairo);
    for (double x = 0; x <= size.width; x += 6) {
      double const y = size.height * (line + 0.5) / 26 + std::sin(x / 38 + line * 0.55) * 13 + std::sin(x / 11 + line) * 2;
      if (x == 0) cairo_move_to(cairo, x, y);
      else cairo_line_to(cairo, x, y);
    }
    stroke(cairo, paint, 0.5, alpha);
  }
}

void specimen(cairo_t* cairo, Size size) {
  cairo_save(cairo);
  cairo_translate(cairo, size.width / 2, size.height / 2);
  cairo_rotate(cairo, -std::atan2(size.height, size.width) * 0.75);
  cairo_push_group(cairo);
  auto const font = fmt::format("Noto Sans Bold {}", static_cast<int>(size.width / 7.4));
  text(cairo, 0, -size.width / 9, "SPECIMEN", font.c_str(), red, true, size.width / 60);
  cairo_pop_group_to_source(cairo);
  cairo_paint_with_alpha(cairo, 0.13);
  cairo_restore(cairo);
}

void portrait(cairo_t* cairo, Paper const& paper, double x, double y, double width, bool grey) {
  int const age = std::max(3, paper.issued.year() - paper.person.birth.year());
  auto const jpeg = draw_portrait_picture({paper.person.seed, paper.person.female, age, false});
  double const scale = width / cairo_image_surface_get_width(jpeg.get());
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_scale(cairo, scale, scale);
  cairo_set_source_surface(cairo, jpeg.get(), 0, 0);
  cairo_paint(cairo);
  cairo_restore(cairo);
  if (grey) {
    cairo_rectangle(cairo, x, y, width, width * 45 / 35);
    fill(cairo, colour(0xdfe3e2), 0.25);
  }
  cairo_rectangle(cairo, x, y, width, width * 45 / 35);
  stroke(cairo, faint, 0.6);
}

/// A signature: a few loops that depend on the seed.
void signature(cairo_t* cairo, double x, double y, double width, std::uint64_t seed) {
  Dice dice(seed);
  cairo_new_path(cairo);
  cairo_move_to(cairo, x, y);
  double at = x;
  for (int stroke_number = 0; stroke_number < 6; ++stroke_number) {
    double const step = width / 6;
    cairo_curve_to(cairo, at + step * 0.2, y - dice.between(8, 26), at + step * 1.1, y - dice.between(4, 24), at + step * 0.7,
                   y + dice.between(-2, 6));
    cairo_curve_to(cairo, at + step * 0.4, y + dice.between(2, 12), at + step * 0.8, y - dice.between(0, 8), at + step,
                   y + dice.between(-4, 3));
    at += step;
  }
  stroke(cairo, colour(0x27407a), 1.3, 0.9);
}

void stamp(cairo_t* cairo, double x, double y, double radius, std::string const& words) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_rotate(cairo, -0.22);
  cairo_push_group(cairo);
  ellipse(cairo, 0, 0, radius, radius);
  stroke(cairo, colour(0x3b4f9c), 2);
  ellipse(cairo, 0, 0, radius * 0.8, radius * 0.8);
  stroke(cairo, colour(0x3b4f9c), 0.8);
  emblem(cairo, 0, -radius * 0.18, radius * 0.42, colour(0x3b4f9c));
  text(cairo, 0, radius * 0.3, words, "Noto Sans Bold 8", colour(0x3b4f9c), true);
  cairo_pop_group_to_source(cairo);
  cairo_paint_with_alpha(cairo, 0.75);
  cairo_restore(cairo);
}

std::string long_name(PaperPerson const& person) { return person.given + " " + person.surnames; }

void field(cairo_t* cairo, double x, double y, std::string const& label, std::string const& value, double size = 12) {
  text(cairo, x, y, label, "Noto Sans 6.5", faint);
  auto const font = fmt::format("Noto Sans SemiBold {}", size);
  text(cairo, x, y + 9, value.empty() ? "—" : value, font.c_str(), ink);
}

void draw_certificate(cairo_t* cairo, Paper const& paper) {
  auto const& person = paper.person;
  cairo_rectangle(cairo, 0, 0, page_width, page_height);
  fill(cairo, colour(0xf8f6ee));
  guilloche(cairo, {page_width, page_height}, green, 0.16);
  cairo_rectangle(cairo, 28, 28, page_width - 56, page_height - 56);
  stroke(cairo, green, 2.2);
  cairo_rectangle(cairo, 34, 34, page_width - 68, page_height - 68);
  stroke(cairo, green, 0.7);
  emblem(cairo, page_width / 2, 104, 38, green);
  text(cairo, page_width / 2, 152, "ESTADO DE UTOPÍA", "Noto Sans Bold 17", ink, true, 2);
  text(cairo, page_width / 2, 177, "Registro Civil · Civil Registry", "Noto Sans 11", faint, true);
  text(cairo, page_width / 2, 214, "CERTIFICADO DE NACIMIENTO", "Noto Serif Bold 20", green, true);
  text(cairo, page_width / 2, 242, "Certificate of birth", "Noto Serif Italic 12", faint, true);
  auto const entry = fmt::format("{}-{:05}", person.birth.year(), person.seed % 100000);
  struct Line {
    char const* label;
    std::string value;
  };
  std::vector<Line> const lines{{"Inscripción / Entry", entry},
                                {"Nombres / Given names", person.given},
                                {"Apellidos / Surnames", person.surnames},
                                {"Nombre en escritura original / Name in original script", person.original_name},
                                {"Fecha de nacimiento / Date of birth", person.birth.text()},
                                {"Sexo / Sex", person.female ? "F" : "M"},
                                {"Lugar de nacimiento / Place of birth", person.place},
                                {"Padre / Father", person.father},
                                {"Madre / Mother", person.mother}};
  double y = 286;
  for (auto const& line : lines) {
    if (line.value.empty() && std::string_view(line.label).find("original") != std::string_view::npos) continue;
    field(cairo, 84, y, line.label, line.value, 13);
    cairo_move_to(cairo, 84, y + 30);
    cairo_line_to(cairo, page_width - 84, y + 30);
    stroke(cairo, faint, 0.4, 0.6);
    y += 42;
  }
  text(cairo, 84, 690, fmt::format("Expedido / Issued: {}", paper.issued.text()), "Noto Sans 10", ink);
  signature(cairo, 96, 742, 130, person.seed + 11);
  cairo_move_to(cairo, 84, 752);
  cairo_line_to(cairo, 250, 752);
  stroke(cairo, ink, 0.5);
  text(cairo, 84, 756, "Registrador civil / Civil registrar", "Noto Sans 8", faint);
  stamp(cairo, page_width - 150, 718, 50, "UTOPÍA");
  text(cairo, page_width / 2, page_height - 52, "Utopía es un Estado ficticio · Utopia is a fictional State", "Noto Sans 7.5",
       red, true);
  specimen(cairo, {page_width, page_height});
}

void draw_card(cairo_t* cairo, Paper const& paper) {
  auto const& person = paper.person;
  auto const size = size_of(PaperKind::identity_card);
  round_rectangle(cairo, 0, 0, size.width, size.height, 16);
  cairo_save(cairo);
  cairo_clip(cairo);
  set(cairo, colour(0xe9f0ee));
  cairo_paint(cairo);
  guilloche(cairo, size, green, 0.28);
  cairo_rectangle(cairo, 0, 0, size.width, 52);
  fill(cairo, green);
  emblem(cairo, 32, 26, 17, colour(0xffffff));
  text(cairo, 60, 9, "ESTADO DE UTOPÍA", "Noto Sans Bold 13", colour(0xffffff), false, 1.2);
  text(cairo, 60, 28, "Documento de identidad · Identity card", "Noto Sans 9", colour(0xdcebe7));
  portrait(cairo, paper, 20, 70, 128, false);
  field(cairo, 168, 68, "Apellidos / Surnames", person.surnames, 14);
  field(cairo, 168, 102, "Nombres / Given names", person.given, 14);
  field(cairo, 168, 136, "Fecha de nacimiento / Date of birth", person.birth.text());
  field(cairo, 330, 136, "Sexo / Sex", person.female ? "F" : "M");
  field(cairo, 168, 168, "Lugar / Place", person.place);
  field(cairo, 330, 168, "Número / Number", person.document);
  field(cairo, 168, 200, "Expedido / Issued", paper.issued.text());
  field(cairo, 330, 200, "Vence / Expires", paper.expires.text());
  signature(cairo, 180, 262, 110, person.seed + 3);
  text(cairo, 168, 276, "Firma / Signature", "Noto Sans 6.5", faint);
  if (!person.original_name.empty()) text(cairo, 330, 246, person.original_name, "Noto Sans 13", ink);
  text(cairo, size.width / 2, size.height - 22, "Estado ficticio · fictional State", "Noto Sans 7", red, true);
  specimen(cairo, size);
  cairo_restore(cairo);
  round_rectangle(cairo, 0, 0, size.width, size.height, 16);
  stroke(cairo, faint, 0.8);
}

/// The two lines of the machine-readable zone; a name that does not fit the alphabet leaves the fields readable.
std::vector<std::string> zone_of(Paper const& paper) {
  auto const& person = paper.person;
  mrz::Document document;
  document.format = mrz::Format::td3;
  document.document_code = "P";
  document.issuing_state = "UTO";
  document.nationality = "UTO";
  document.document_number = person.document;
  document.date_of_birth = mrz::mrz_date(person.birth);
  document.date_of_expiry = mrz::mrz_date(paper.expires);
  document.sex = person.female ? 'F' : 'M';
  document.primary_identifier = search_form(person.surnames);
  document.secondary_identifier = search_form(person.given);
  return mrz::build_mrz(document).value_or(std::vector<std::string>{});
}

void draw_passport(cairo_t* cairo, Paper const& paper) {
  auto const& person = paper.person;
  auto const size = size_of(PaperKind::passport_page);
  round_rectangle(cairo, 0, 0, size.width, size.height, 10);
  cairo_save(cairo);
  cairo_clip(cairo);
  set(cairo, colour(0xf3eee4));
  cairo_paint(cairo);
  guilloche(cairo, size, colour(0x8a5a44), 0.24);
  emblem(cairo, size.width - 52, 46, 24, colour(0x8a5a44));
  text(cairo, 22, 16, "PASAPORTE · PASSPORT", "Noto Sans Bold 13", colour(0x8a5a44), false, 1);
  text(cairo, 22, 36, "Estado de Utopía · State of Utopia", "Noto Sans 9", faint);
  portrait(cairo, paper, 22, 66, 136, true);
  field(cairo, 180, 62, "Tipo / Type", "P");
  field(cairo, 240, 62, "Estado / State", "UTO");
  field(cairo, 330, 62, "Número / Number", person.document);
  field(cairo, 180, 96, "Apellidos / Surnames", person.surnames, 13);
  field(cairo, 180, 130, "Nombres / Given names", person.given, 13);
  field(cairo, 180, 164, "Nacionalidad / Nationality", "Utopiana · Utopian", 11);
  field(cairo, 350, 164, "Sexo / Sex", person.female ? "F" : "M");
  field(cairo, 180, 196, "Nacimiento / Birth", person.birth.text());
  field(cairo, 350, 196, "Lugar / Place", person.place);
  field(cairo, 180, 228, "Expedición / Issue", paper.issued.text());
  field(cairo, 350, 228, "Vencimiento / Expiry", paper.expires.text());
  signature(cairo, 200, 284, 110, person.seed + 3);
  cairo_rectangle(cairo, 0, 308, size.width, 72);
  fill(cairo, colour(0xfbf9f4));
  double y = 318;
  for (auto const& line : zone_of(paper)) {
    text(cairo, size.width / 2, y, line, "DejaVu Sans Mono 15.5", ink, true, 1.9);
    y += 26;
  }
  text(cairo, 350, 290, "Estado ficticio · fictional State", "Noto Sans 7", red);
  specimen(cairo, size);
  cairo_restore(cairo);
  round_rectangle(cairo, 0, 0, size.width, size.height, 10);
  stroke(cairo, faint, 0.8);
}

void draw_paper(cairo_t* cairo, Paper const& paper) {
  switch (paper.kind) {
    case PaperKind::birth_certificate: draw_certificate(cairo, paper); break;
    case PaperKind::identity_card: draw_card(cairo, paper); break;
    case PaperKind::passport_page: draw_passport(cairo, paper); break;
  }
}

cairo_status_t append(void* bytes, unsigned char const* data, unsigned int length) {
  auto& out = *static_cast<Bytes*>(bytes);
  out.insert(out.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Bytes draw_paper_pdf(PaperKind kind, PaperPerson const& person, Date issued, Date expires) {
  Paper const paper{kind, person, issued, expires};
  Bytes bytes;
  {
    auto const fonts = hold_fonts();  // a page of a PDF keeps what its text is set in until it is gone
    Surface const surface(cairo_pdf_surface_create_for_stream(append, &bytes, page_width, page_height), cairo_surface_destroy);
    auto const created = issued.text() + "T00:00:00Z";
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    auto const title = "Specimen of a fictional State: " + long_name(person);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    auto const drawing = draw_on(surface);
    if (kind != PaperKind::birth_certificate) {
      auto const size = size_of(kind);
      text(drawing.get(), page_width / 2, 60, "Copia / Copy", "Noto Sans 10", faint, true);
      cairo_translate(drawing.get(), (page_width - size.width) / 2, 100);
    }
    draw_paper(drawing.get(), paper);
    cairo_surface_finish(surface.get());
  }
  return bytes;
}

Bytes draw_paper_picture(PaperKind kind, PaperPerson const& person, Date issued, Date expires) {
  Paper const paper{kind, person, issued, expires};
  Dice dice(person.seed + 29);
  auto const size = size_of(kind);
  double const scale = kind == PaperKind::birth_certificate ? 1.55 : 2.0;
  int const width = static_cast<int>(size.width * scale * 1.14);
  int const height = static_cast<int>(size.height * scale * 1.14);
  auto const picture = make_picture(width, height);
  auto const drawing = draw_on(picture);
  auto* cairo = drawing.get();
  cairo_pattern_t* table = cairo_pattern_create_linear(0, 0, width, height);
  auto const wood = mix(colour(0x8d7a66), colour(0x5d6670), dice.below(100) / 100.0);
  cairo_pattern_add_color_stop_rgb(table, 0, wood.red, wood.green, wood.blue);
  cairo_pattern_add_color_stop_rgb(table, 1, wood.red * 0.7, wood.green * 0.7, wood.blue * 0.7);
  cairo_set_source(cairo, table);
  cairo_paint(cairo);
  cairo_pattern_destroy(table);
  cairo_translate(cairo, width / 2.0, height / 2.0);
  cairo_rotate(cairo, dice.between(-24, 24) / 1000.0);
  cairo_scale(cairo, scale, scale);
  cairo_translate(cairo, -size.width / 2, -size.height / 2);
  for (int ring = 6; ring > 0; --ring) {
    round_rectangle(cairo, 3 - ring, 4 - ring, size.width + 2 * ring, size.height + 2 * ring, 8 + ring);
    fill(cairo, colour(0x000000), 0.05);
  }
  draw_paper(cairo, paper);
  return to_jpeg(picture, 82);
}

}  // namespace rcms::app
