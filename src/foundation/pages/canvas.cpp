#include "foundation/pages/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "foundation/pages/fonts.hpp"
#include "foundation/pages/pdf_file.hpp"

namespace rcms {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
using SurfacePointer = std::unique_ptr<cairo_surface_t, Release<cairo_surface_t, cairo_surface_destroy>>;
using DrawingPointer = std::unique_ptr<cairo_t, Release<cairo_t, cairo_destroy>>;
using FontPointer = std::unique_ptr<PangoFontDescription, Release<PangoFontDescription, pango_font_description_free>>;

void unref(void* object) { g_object_unref(object); }
struct Unref {
  void operator()(void* object) const { unref(object); }
};
using LayoutPointer = std::unique_ptr<PangoLayout, Unref>;
using ContextPointer = std::unique_ptr<PangoContext, Unref>;

cairo_status_t append(void* to, unsigned char const* data, unsigned int size) {
  static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), data, data + size);
  return CAIRO_STATUS_SUCCESS;
}

double mm_of(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE / points_per_mm; }
int units_of(double mm) { return static_cast<int>(std::lround(mm * points_per_mm * PANGO_SCALE)); }

FontPointer font_of(TextStyle const& style) {
  FontPointer font(pango_font_description_new());
  pango_font_description_set_family(font.get(), style.family.c_str());
  pango_font_description_set_absolute_size(font.get(), style.size_pt * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font.get(), style.slant == Slant::italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  return font;
}

/// Pango itself swaps the sides of a right-to-left text only while it finds out the direction.
PangoAlignment alignment_of(TextStyle const& style) {
  if (style.align == Align::centre) return PANGO_ALIGN_CENTER;
  return (style.align == Align::end) != style.right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/// A source for pictures, read from memory by Cairo.
struct PngSource {
  std::span<std::uint8_t const> bytes;
};
cairo_status_t read_png(void* from, unsigned char* data, unsigned int size) {
  auto& source = *static_cast<PngSource*>(from);
  if (size > source.bytes.size()) return CAIRO_STATUS_READ_ERROR;
  std::copy_n(source.bytes.begin(), size, data);
  source.bytes = source.bytes.subspan(size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Canvas::Content {
  PageSize size;
  DocumentInformation information;
  Bytes bytes;
  SurfacePointer surface;
  DrawingPointer drawing;
  ContextPointer context;

  LayoutPointer layout(std::string_view text, TextStyle const& style) const {
    LayoutPointer made(pango_layout_new(context.get()));
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_font_description(made.get(), font_of(style).get());
    pango_context_set_base_dir(context.get(), style.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_auto_dir(made.get(), style.right_to_left ? FALSE : TRUE);
    pango_layout_context_changed(made.get());
    pango_layout_set_alignment(made.get(), alignment_of(style));
    if (style.width_mm > 0) {
      pango_layout_set_width(made.get(), units_of(style.width_mm));
      pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
      if (style.lines_at_most > 0) {
        pango_layout_set_height(made.get(), -style.lines_at_most);
        pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END);
      }
    }
    if (style.line_height != 1) pango_layout_set_line_spacing(made.get(), static_cast<float>(style.line_height));
    auto* attributes = pango_attr_list_new();
    if (style.spacing_pt != 0) {
      pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(static_cast<int>(style.spacing_pt * PANGO_SCALE)));
    }
    if (!style.language.empty()) {
      pango_attr_list_insert(attributes, pango_attr_language_new(pango_language_from_string(style.language.c_str())));
    }
    pango_layout_set_attributes(made.get(), attributes);
    pango_attr_list_unref(attributes);
    return made;
  }

  void colour(Colour const& c) const { cairo_set_source_rgba(drawing.get(), c.red, c.green, c.blue, c.opacity); }

  void stroke(Stroke const& style) const {
    colour(style.colour);
    cairo_set_line_width(drawing.get(), style.width_mm);
    cairo_set_dash(drawing.get(), style.dashes_mm.data(), static_cast<int>(style.dashes_mm.size()), 0);
    cairo_stroke(drawing.get());
  }

  void outline(double x, double y, double width, double height, double radius) const {
    auto* to = drawing.get();
    if (radius <= 0) {
      cairo_rectangle(to, x, y, width, height);
      return;
    }
    double r = std::min({radius, width / 2, height / 2});
    cairo_new_sub_path(to);
    cairo_arc(to, x + width - r, y + r, r, -M_PI / 2, 0);
    cairo_arc(to, x + width - r, y + height - r, r, 0, M_PI / 2);
    cairo_arc(to, x + r, y + height - r, r, M_PI / 2, M_PI);
    cairo_arc(to, x + r, y + r, r, M_PI, 3 * M_PI / 2);
    cairo_close_path(to);
  }

  void path(std::vector<Point> const& points) const {
    for (auto const& point : points) cairo_line_to(drawing.get(), point.x, point.y);
  }
};

namespace {

/// Made when it is first asked for, so after `use_fonts`; never given up, because other threads may end later than main.
PangoFontMap* font_map_now = nullptr;

}  // namespace

std::unique_lock<std::recursive_mutex> hold_fonts() {
  static std::recursive_mutex mutex;
  return std::unique_lock(mutex);
}

_PangoFontMap* shared_font_map() {
  if (font_map_now == nullptr) font_map_now = pango_cairo_font_map_new();
  return font_map_now;
}

void use_fonts(std::filesystem::path const& folder) {
  auto const fonts = hold_fonts();
  auto file = folder / "OCRB.ttf";
  if (!FcInit() || !FcConfigAppFontAddFile(FcConfigGetCurrent(), reinterpret_cast<FcChar8 const*>(file.c_str()))) {
    throw std::runtime_error("font cannot be loaded: " + file.string());
  }
  if (font_map_now != nullptr) pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(font_map_now));
}

bool has_font(std::string const& family) {
  auto const fonts = hold_fonts();
  auto* pattern = FcPatternCreate();
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<FcChar8 const*>(family.c_str()));
  FcConfigSubstitute(FcConfigGetCurrent(), pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultNoMatch;
  auto* match = FcFontMatch(FcConfigGetCurrent(), pattern, &result);
  FcChar8* found = nullptr;
  bool has =
      match && FcPatternGetString(match, FC_FAMILY, 0, &found) == FcResultMatch && family == reinterpret_cast<char const*>(found);
  if (match) FcPatternDestroy(match);
  FcPatternDestroy(pattern);
  return has;
}

Canvas::Canvas(PageSize size, DocumentInformation information) : content_(std::make_unique<Content>()) {
  auto const fonts = hold_fonts();
  auto& content = *content_;
  content.size = size;
  content.information = std::move(information);
  content.surface.reset(
      cairo_pdf_surface_create_for_stream(append, &content.bytes, size.width_mm * points_per_mm, size.height_mm * points_per_mm));
  cairo_pdf_surface_restrict_to_version(content.surface.get(), CAIRO_PDF_VERSION_1_5);
  auto created = content.information.created_at.text().substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_TITLE, content.information.title.c_str());
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_AUTHOR, content.information.author.c_str());
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_SUBJECT, content.information.subject.c_str());
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_CREATOR, "RCMS");
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(content.surface.get(), CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
  content.drawing.reset(cairo_create(content.surface.get()));
  // From here on a unit is a millimetre; text is drawn in points again because its sizes are.
  cairo_scale(content.drawing.get(), points_per_mm, points_per_mm);
  cairo_set_line_cap(content.drawing.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(content.drawing.get(), CAIRO_LINE_JOIN_ROUND);
  content.context.reset(pango_font_map_create_context(shared_font_map()));
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(content.context.get(), options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(content.context.get(), 72);
  pango_context_set_round_glyph_positions(content.context.get(), FALSE);
}

Canvas::~Canvas() {
  auto const fonts = hold_fonts();
  content_.reset();
}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&& other) noexcept {
  auto const fonts = hold_fonts();
  content_ = std::move(other.content_);
  return *this;
}

PageSize Canvas::size() const { return content_->size; }
void Canvas::next_page() {
  auto const fonts = hold_fonts();
  cairo_show_page(content_->drawing.get());
}

TextSize Canvas::measure(std::string_view text, TextStyle const& style) const {
  auto const fonts = hold_fonts();
  auto layout = content_->layout(text, style);
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return {mm_of(logical.width), mm_of(logical.height), mm_of(pango_layout_get_baseline(layout.get()))};
}

TextSize Canvas::text(double x, double y, std::string_view text, TextStyle const& style) {
  auto const fonts = hold_fonts();
  auto layout = content_->layout(text, style);
  auto* drawing = content_->drawing.get();
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  content_->colour(style.colour);
  cairo_save(drawing);
  cairo_translate(drawing, x, y);
  cairo_scale(drawing, 1 / points_per_mm, 1 / points_per_mm);
  // Without a width of its own the text hangs on x at its start, middle or end.
  if (style.width_mm <= 0 && style.align != Align::start) {
    cairo_translate(drawing, -static_cast<double>(logical.width) / PANGO_SCALE / (style.align == Align::centre ? 2 : 1), 0);
  }
  cairo_move_to(drawing, 0, 0);
  pango_cairo_show_layout(drawing, layout.get());
  cairo_restore(drawing);
  cairo_new_path(drawing);
  return {mm_of(logical.width), mm_of(logical.height), mm_of(pango_layout_get_baseline(layout.get()))};
}

void Canvas::fixed_pitch_text(double x, double baseline_y, std::string_view text, TextStyle const& style, double pitch_mm) {
  if (text.empty()) return;
  // One run of text, so that the text layer holds the line as one word: the spacing makes the font's own advance the pitch.
  auto plain = style;
  plain.spacing_pt = 0;
  auto ten = measure("<<<<<<<<<<", plain).width_mm / 10;
  plain.spacing_pt = (pitch_mm - ten) * points_per_mm;
  if (std::abs(plain.spacing_pt) < 0.002) plain.spacing_pt = 0;
  auto size = measure(text, plain);
  this->text(x + (pitch_mm - ten) / 2, baseline_y - size.baseline_mm, text, plain);
}

void Canvas::line(Point from, Point to, Stroke const& stroke) {
  cairo_move_to(content_->drawing.get(), from.x, from.y);
  cairo_line_to(content_->drawing.get(), to.x, to.y);
  content_->stroke(stroke);
}

void Canvas::polyline(std::vector<Point> const& points, Stroke const& stroke) {
  content_->path(points);
  content_->stroke(stroke);
}

void Canvas::curve(std::vector<Point> const& points, Stroke const& stroke, bool closed) {
  if (points.size() < 2) return;
  auto count = static_cast<long>(points.size());
  auto at = [&](long i) {
    return points[static_cast<std::size_t>(closed ? (i % count + count) % count : std::clamp(i, 0L, count - 1))];
  };
  auto* drawing = content_->drawing.get();
  cairo_move_to(drawing, points[0].x, points[0].y);
  // Catmull-Rom through the points, written as Bézier curves.
  for (long i = 0; i + 1 < count + (closed ? 1 : 0); ++i) {
    auto before = at(i - 1);
    auto from = at(i);
    auto to = at(i + 1);
    auto after = at(i + 2);
    cairo_curve_to(drawing, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6, to.x - (after.x - from.x) / 6,
                   to.y - (after.y - from.y) / 6, to.x, to.y);
  }
  if (closed) cairo_close_path(drawing);
  content_->stroke(stroke);
}

void Canvas::polygon(std::vector<Point> const& points, Colour const& fill) {
  content_->path(points);
  cairo_close_path(content_->drawing.get());
  content_->colour(fill);
  cairo_fill(content_->drawing.get());
}

void Canvas::rectangle(double x, double y, double width, double height, Colour const& fill, double radius_mm) {
  content_->outline(x, y, width, height, radius_mm);
  content_->colour(fill);
  cairo_fill(content_->drawing.get());
}

void Canvas::frame(double x, double y, double width, double height, Stroke const& stroke, double radius_mm) {
  content_->outline(x, y, width, height, radius_mm);
  content_->stroke(stroke);
}

void Canvas::circle(Point centre, double radius_mm, Colour const& fill) {
  cairo_arc(content_->drawing.get(), centre.x, centre.y, radius_mm, 0, 2 * M_PI);
  content_->colour(fill);
  cairo_fill(content_->drawing.get());
}

void Canvas::ring(Point centre, double radius_mm, Stroke const& stroke) {
  cairo_new_sub_path(content_->drawing.get());
  cairo_arc(content_->drawing.get(), centre.x, centre.y, radius_mm, 0, 2 * M_PI);
  content_->stroke(stroke);
}

Result<void> Canvas::image(double x, double y, double width, double height, std::span<std::uint8_t const> bytes) {
  auto grey = decode_picture(bytes);
  if (!grey) return tl::unexpected(grey.error());
  bool png = bytes[0] == 0x89;
  SurfacePointer picture;
  if (png) {
    PngSource source{bytes};
    picture.reset(cairo_image_surface_create_from_png_stream(read_png, &source));
  } else {
    // The PDF takes the JPEG as it is; the pixels of this surface are never drawn.
    picture.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, grey->width, grey->height));
    auto* copy = new Bytes(bytes.begin(), bytes.end());
    auto status = cairo_surface_set_mime_data(picture.get(), CAIRO_MIME_TYPE_JPEG, copy->data(), copy->size(),
                                              [](void* owned) { delete static_cast<Bytes*>(owned); }, copy);
    if (status != CAIRO_STATUS_SUCCESS) delete copy;
  }
  if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS)
    return refuse(Why::malformed, "picture", "the picture cannot be drawn");
  double scale = std::min(width / grey->width, height / grey->height);
  auto* drawing = content_->drawing.get();
  cairo_save(drawing);
  cairo_translate(drawing, x + (width - scale * grey->width) / 2, y + (height - scale * grey->height) / 2);
  cairo_scale(drawing, scale, scale);
  cairo_set_source_surface(drawing, picture.get(), 0, 0);
  cairo_paint(drawing);
  cairo_restore(drawing);
  return {};
}

void Canvas::modules(double x, double y, Modules const& modules, double module_mm) {
  for (int row = 0; row < modules.height; ++row) {
    for (int column = 0; column < modules.width; ++column) {
      int run = 0;
      while (column + run < modules.width && modules.is_dark(column + run, row)) ++run;
      if (run == 0) continue;
      // A hair of overlap keeps viewers from showing seams between rows.
      cairo_rectangle(content_->drawing.get(), x + column * module_mm, y + row * module_mm, run * module_mm, module_mm * 1.02);
      column += run;
    }
  }
  content_->colour(Colour{});
  cairo_fill(content_->drawing.get());
}

void Canvas::clip(double x, double y, double width, double height) {
  cairo_save(content_->drawing.get());
  cairo_rectangle(content_->drawing.get(), x, y, width, height);
  cairo_clip(content_->drawing.get());
}

void Canvas::unclip() { cairo_restore(content_->drawing.get()); }

void Canvas::turn(Point centre, double degrees) {
  auto* drawing = content_->drawing.get();
  cairo_save(drawing);
  cairo_translate(drawing, centre.x, centre.y);
  cairo_rotate(drawing, degrees * M_PI / 180);
  cairo_translate(drawing, -centre.x, -centre.y);
}

void Canvas::turn_back() { cairo_restore(content_->drawing.get()); }

Bytes Canvas::finish() {
  auto const fonts = hold_fonts();
  auto& content = *content_;
  cairo_show_page(content.drawing.get());
  auto drawn = cairo_status(content.drawing.get());
  content.drawing.reset();
  cairo_surface_finish(content.surface.get());
  auto written = cairo_surface_status(content.surface.get());
  for (auto status : {drawn, written}) {
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(fmt::format("Cairo: {}", cairo_status_to_string(status)));
  }
  return finish_pdf(content.bytes, content.information);
}

}  // namespace rcms
