// The layout of a printed travel document as data: which page, which languages, what is printed where, in millimetres from
// the top left. Files of data/documents; a layout in which boxes overlap, leave the page or touch the zone is refused at start.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/guilloche.hpp"
#include "foundation/pages/canvas.hpp"

namespace rcms::travel_documents {

/// The zone as it is printed: both lines stand `zone_inset_mm` from the left edge of their box, in the middle of its height.
/// Source: Doc 9303-3 section 4 (effective reading zone, pitch), 9303-6 (two lines of 36 characters).
constexpr double zone_pitch_mm = 2.54;
constexpr double zone_line_mm = 6.35;
constexpr double zone_letter_mm = 2.4;
constexpr double zone_inset_mm = 4;
constexpr double zone_width_mm = 36 * zone_pitch_mm;
constexpr double zone_height_mm = 17;

/// White modules around a barcode, on each side.
constexpr int quiet_modules = 4;
/// The least module of a layout: 2.6 pixels of a scan at 150 dpi. Our own choice, not swept for its limit (unverified).
constexpr double module_mm_at_least = 0.45;
/// Bytes of the seal of a travel document with P-256, for which the box of the barcode must have room.
constexpr std::size_t seal_bytes = 134;

struct LayoutGround {
  std::string draws;  ///< panel, waves, rosette, border, line, microtext
  Area area;
  Colour colour;
  Colour second_colour;
  std::optional<Colour> frame;
  double stroke_mm = 0.2;
  double radius_mm = 0;
};

struct LayoutBox {
  std::string prints;  ///< a field, words, the photo, the zone …: see the schema; each at most once
  Area area;
  double size_pt = 10.5;
  double other_size_pt = 8;  ///< of the words in the further languages
  double label_size_pt = 6.2;
  Colour colour;
  Colour other_colour;
  bool serif = false;
  bool bold = false;
  bool capitals = false;
  bool other_italic = false;
  bool in_the_middle = false;
  double spacing_pt = 0;
  double gap_mm = 0;  ///< between the first language and the others
};

struct Layout {
  std::string id;
  std::map<std::string, std::string> title;  ///< by language of the page
  std::string document_code;
  std::map<std::string, std::string> source;  ///< in words, by language of the page
  std::vector<std::string> languages;  ///< "issuer" for that of the State
  PageSize size;
  double edge_mm = 0;  ///< the strip that is left to the printer
  std::vector<LayoutGround> ground;
  std::vector<LayoutBox> boxes;
  std::vector<LayoutBox> back;  ///< of the other side of the sheet; empty: it stays as it is

  LayoutBox const* find_box(std::string_view prints) const;
  /// The languages of the words on a document, each once.
  std::vector<std::string> languages_of(std::string const& issuer) const;
};

/// What is wrong in the arrangement, one sentence each with the boxes and places; empty when nothing.
std::vector<std::string> check_layout(Layout const& layout);

class Layouts {
 public:
  /// Throws std::runtime_error with file, place and reason when a file does not satisfy its schema or `check_layout`, when an id
  /// stands twice, or when the layout `standard` is missing.
  static Layouts load(std::filesystem::path const& data_folder);

  std::vector<Layout> const& all() const { return layouts_; }
  Layout const* find(std::string_view id) const;
  /// What is printed where a State has chosen nothing.
  Layout const& standard() const { return *find(standard_id); }

  static constexpr std::string_view standard_id = "sheet_a4";

 private:
  std::vector<Layout> layouts_;
};

}  // namespace rcms::travel_documents
