// Pages drawn by hand: text, lines, shapes, pictures and barcodes at exact places, in millimetres from the top left.
// Flowing pages (headings, tables, charts) are made by report.hpp on top of this. Pango and Cairo are behind canvas.cpp.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/pages/barcode.hpp"

namespace rcms {

struct PageSize {
  double width_mm = 210;
  double height_mm = 297;
};
constexpr PageSize a4{210, 297};
constexpr PageSize a4_landscape{297, 210};

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
  double opacity = 1;

  /// `0x1F3A5F`.
  static constexpr Colour hex(unsigned value, double opacity = 1) {
    return {((value >> 16) & 255) / 255.0, ((value >> 8) & 255) / 255.0, (value & 255) / 255.0, opacity};
  }
};

enum class Align { start, centre, end };  // start is the right edge in a right-to-left text
enum class Weight { normal, bold };
enum class Slant { upright, italic };

/// Families that are embedded: Noto Sans (Arabic and Bengali through Noto's fonts of those scripts).
constexpr auto text_family = "Noto Sans, Noto Sans Arabic, Noto Sans Bengali";
constexpr auto serif_family = "Noto Serif, Noto Naskh Arabic, Noto Serif Bengali";
/// OCR-B from `use_fonts`; at 9.9585 pt its pitch is exactly 2.54 mm.
/// Source: Doc 9303-3 section 4.
constexpr auto mrz_family = "RCMS OCR-B";
constexpr double mrz_size_pt = 7.2 / 0.723;

struct TextStyle {
  std::string family = text_family;
  double size_pt = 10;
  Weight weight = Weight::normal;
  Slant slant = Slant::upright;
  Colour colour;
  Align align = Align::start;
  double width_mm = 0;     ///< lines are broken at this width; 0 means one line that is never broken
  int lines_at_most = 0;   ///< further lines end in an ellipsis; 0 means all
  double spacing_pt = 0;   ///< between letters
  double line_height = 1;  ///< factor
  bool right_to_left = false;  ///< the page runs from right to left: start is the right edge for every text
  std::string language;    ///< "ar", "bn": chooses shapes
};

struct TextSize {
  double width_mm = 0;
  double height_mm = 0;
  double baseline_mm = 0;  ///< of the first line, from the top
};

struct Point {
  double x = 0;
  double y = 0;
};

struct Stroke {
  Colour colour;
  double width_mm = 0.2;
  std::vector<double> dashes_mm{};
};

struct DocumentInformation {
  std::string title;
  std::string author;
  std::string subject;
  std::string language = "en";
  Instant created_at;  ///< the file is the same for the same content and instant
};

/// Makes the fonts of `folder` (OCRB.ttf) known to this process; once, at start, before any page is drawn.
/// Throws std::runtime_error when a font cannot be loaded.
void use_fonts(std::filesystem::path const& folder);
/// True when `family` is really there and would not be replaced by another.
bool has_font(std::string const& family);

/// One PDF file while it is being drawn. Not for several threads at once; several canvases may be drawn in parallel.
class Canvas {
 public:
  Canvas(PageSize size, DocumentInformation information);
  ~Canvas();
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;

  PageSize size() const;
  void next_page();

  TextSize measure(std::string_view text, TextStyle const& style) const;
  /// `x`, `y` is the top left of the text, or of its box when the style has a width. Gives what `measure` gives.
  TextSize text(double x, double y, std::string_view text, TextStyle const& style);
  /// Each character in the middle of its own cell of `pitch_mm`, its foot on `baseline_y`: the machine readable zone.
  void fixed_pitch_text(double x, double baseline_y, std::string_view text, TextStyle const& style, double pitch_mm);

  void line(Point from, Point to, Stroke const& stroke);
  void polyline(std::vector<Point> const& points, Stroke const& stroke);
  /// A smooth curve through the points; through the first again when `closed`.
  void curve(std::vector<Point> const& points, Stroke const& stroke, bool closed = false);
  void polygon(std::vector<Point> const& points, Colour const& fill);
  void rectangle(double x, double y, double width, double height, Colour const& fill, double radius_mm = 0);
  void frame(double x, double y, double width, double height, Stroke const& stroke, double radius_mm = 0);
  void circle(Point centre, double radius_mm, Colour const& fill);
  void ring(Point centre, double radius_mm, Stroke const& stroke);

  /// A PNG or JPEG, scaled to lie wholly inside the box, centred.
  /// Refuses: unsupported_type, malformed, too_large.
  Result<void> image(double x, double y, double width, double height, std::span<std::uint8_t const> bytes);
  /// A barcode with `module_mm` wide modules, as vectors; the white quiet zone around it is the caller's.
  void modules(double x, double y, Modules const& modules, double module_mm);

  /// What is drawn until `unclip` is seen only inside the rectangle.
  void clip(double x, double y, double width, double height);
  void unclip();
  /// What is drawn until `turn_back` is turned clockwise around `centre`.
  void turn(Point centre, double degrees);
  void turn_back();

  /// The finished file with metadata; the canvas is empty afterwards.
  /// Throws std::runtime_error when Cairo reports an error.
  Bytes finish();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace rcms
