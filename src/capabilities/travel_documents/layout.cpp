#include "capabilities/travel_documents/layout.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {
namespace {

namespace json = boost::json;

constexpr double touch_mm = 0.001;  // boxes may stand edge to edge
constexpr double border_reach_mm = 1.5;

double number_at(json::value const& value, std::string_view key, double fallback) {
  auto const* member = find_member(value, key);
  return member == nullptr ? fallback : member->to_number<double>();
}

std::map<std::string, std::string> words_at(json::value const& value, std::string_view key) {
  std::map<std::string, std::string> words;
  for (auto const& [language, text] : value.at(key).as_object()) words[std::string(language)] = std::string(text.as_string());
  return words;
}

Area area_at(json::value const& value) {
  auto const& at = list_at(value, "at_mm");
  return {at.at(0).to_number<double>(), at.at(1).to_number<double>(), at.at(2).to_number<double>(),
          at.at(3).to_number<double>()};
}

Colour colour_at(json::value const& value, std::string_view key, unsigned fallback, double opacity = 1) {
  auto const text = text_at(value, key);
  return Colour::hex(text.empty() ? fallback : static_cast<unsigned>(std::stoul(text.substr(1), nullptr, 16)), opacity);
}

LayoutGround read_ground(json::value const& value) {
  LayoutGround ground;
  ground.draws = text_at(value, "draws");
  ground.area = area_at(value);
  double const opacity = number_at(value, "opacity", 1);
  ground.colour = colour_at(value, "colour", 0xFFFFFF, opacity);
  ground.second_colour = colour_at(value, "second_colour", 0xFFFFFF, opacity);
  if (find_member(value, "frame") != nullptr) ground.frame = colour_at(value, "frame", 0);
  ground.stroke_mm = number_at(value, "stroke_mm", 0.2);
  ground.radius_mm = number_at(value, "radius_mm", 0);
  return ground;
}

LayoutBox read_box(json::value const& value) {
  LayoutBox box;
  box.prints = text_at(value, "prints");
  box.area = area_at(value);
  box.size_pt = number_at(value, "size_pt", box.size_pt);
  box.other_size_pt = number_at(value, "other_size_pt", box.other_size_pt);
  box.label_size_pt = number_at(value, "label_size_pt", box.label_size_pt);
  box.colour = colour_at(value, "colour", 0x14202E);
  box.other_colour = colour_at(value, "other_colour", 0x4A5866);
  box.serif = flag_at(value, "serif");
  box.bold = flag_at(value, "bold");
  box.capitals = flag_at(value, "capitals");
  box.other_italic = flag_at(value, "other_italic");
  box.in_the_middle = text_at(value, "stands") == "middle";
  box.spacing_pt = number_at(value, "spacing_pt", 0);
  box.gap_mm = number_at(value, "gap_mm", 0);
  return box;
}

Layout read_layout(json::value const& file) {
  Layout layout;
  layout.id = text_at(file, "id");
  layout.title = words_at(file, "title");
  layout.source = words_at(file, "source");
  layout.document_code = text_at(file, "document_code");
  layout.languages = texts_at(file, "languages");
  auto const& page = file.at("page");
  layout.size = {number_at(page, "width_mm", 0), number_at(page, "height_mm", 0)};
  layout.edge_mm = number_at(page, "edge_mm", 0);
  for (auto const& item : list_at(file, "ground")) layout.ground.push_back(read_ground(item));
  for (auto const& item : list_at(file, "box")) layout.boxes.push_back(read_box(item));
  for (auto const& item : list_at(file, "back")) layout.back.push_back(read_box(item));
  return layout;
}

bool overlap(Area const& one, Area const& other) {
  double const wide = std::min(one.x + one.width, other.x + other.width) - std::max(one.x, other.x);
  double const high = std::min(one.y + one.height, other.y + other.height) - std::max(one.y, other.y);
  return wide > touch_mm && high > touch_mm;
}

bool covers(Area const& outer, Area const& inner) {
  return outer.x <= inner.x + touch_mm && outer.y <= inner.y + touch_mm &&
         outer.x + outer.width >= inner.x + inner.width - touch_mm && outer.y + outer.height >= inner.y + inner.height - touch_mm;
}

std::string place_of(Area const& area) {
  return fmt::format("{}, {} ({} × {} mm)", area.x, area.y, area.width, area.height);
}

bool is_white(LayoutGround const& ground) {
  auto const& colour = ground.colour;
  return ground.draws == "panel" && colour.opacity >= 1 && colour.red >= 1 && colour.green >= 1 && colour.blue >= 1;
}

/// What a document without it would not be one. Source: Doc 9303-3 section 3 and 9303-8; the list is ours, unverified.
constexpr std::string_view mandatory[] = {"title",         "single_journey", "state_names",    "photo",     "zone",
                                          "barcode",       "type",           "state_code",     "number",    "surname",
                                          "given_names",   "nationality",    "date_of_birth",  "sex",       "date_of_issue",
                                          "date_of_expiry", "authority",     "destination",    "transit",   "officer_signature"};

void check_mandatory(Layout const& layout, std::vector<std::string>& defects) {
  for (auto const& prints : mandatory) {
    if (layout.find_box(prints) == nullptr)
      defects.push_back(fmt::format("box: nothing prints '{}', which every document has", prints));
  }
}

/// One side of the sheet: `side` is the name of its list in the file.
void check_boxes(Layout const& layout, std::string_view side, std::vector<LayoutBox> const& boxes,
                 std::vector<std::string>& defects) {
  Area const inside{layout.edge_mm, layout.edge_mm, layout.size.width_mm - 2 * layout.edge_mm,
                    layout.size.height_mm - 2 * layout.edge_mm};
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    auto const& box = boxes[i];
    if (box.area.width <= 0 || box.area.height <= 0)
      defects.push_back(fmt::format("{}[{}] '{}': without width or height nothing is printed", side, i, box.prints));
    if (!covers(inside, box.area)) {
      defects.push_back(fmt::format("{}[{}] '{}' at {} runs off the page of {} × {} mm or into its edge of {} mm", side, i,
                                    box.prints, place_of(box.area), layout.size.width_mm, layout.size.height_mm, layout.edge_mm));
    }
    for (std::size_t j = 0; j < i; ++j) {
      auto const& other = boxes[j];
      if (other.prints == box.prints) defects.push_back(fmt::format("{}[{}]: '{}' is printed twice", side, i, box.prints));
      else if (overlap(box.area, other.area)) {
        defects.push_back(fmt::format("{}[{}] '{}' at {} overlaps '{}' at {}", side, i, box.prints, place_of(box.area),
                                      other.prints, place_of(other.area)));
      }
    }
  }
}

/// Nothing but white paper is under the zone, and it has its room.
void check_zone(Layout const& layout, std::vector<std::string>& defects) {
  auto const* zone = layout.find_box("zone");
  if (zone == nullptr) return;
  double const width = zone_width_mm + 2 * zone_inset_mm;
  if (zone->area.width < width - touch_mm || zone->area.height < zone_height_mm - touch_mm) {
    defects.push_back(fmt::format("box 'zone' at {}: the machine-readable zone needs {:.2f} × {:.1f} mm (Doc 9303-3 section 4)",
                                  place_of(zone->area), width, zone_height_mm));
  }
  bool is_clean = true;
  for (auto const& ground : layout.ground) {
    auto reach = ground.area;
    if (ground.draws == "border") {
      Area const within{reach.x + border_reach_mm, reach.y + border_reach_mm, reach.width - 2 * border_reach_mm,
                        reach.height - 2 * border_reach_mm};
      if (covers(within, zone->area)) continue;
    }
    if (ground.draws == "line") reach = {reach.x, reach.y - ground.stroke_mm, reach.width, reach.height + 2 * ground.stroke_mm};
    if (!overlap(reach, zone->area)) continue;
    is_clean = is_white(ground) && covers(ground.area, zone->area);
  }
  if (!is_clean) {
    defects.push_back(fmt::format("ground: something is drawn under the zone at {}; cover it wholly with a white panel",
                                  place_of(zone->area)));
  }
}

void check_barcode(Layout const& layout, std::vector<std::string>& defects) {
  auto const* box = layout.find_box("barcode");
  if (box == nullptr) return;
  if (std::abs(box->area.width - box->area.height) > touch_mm) {
    defects.push_back(fmt::format("box 'barcode' at {}: a square is needed", place_of(box->area)));
    return;
  }
  Bytes const longest(seal_bytes, 0xFF);
  for (auto const symbol : {Symbol::data_matrix, Symbol::qr}) {
    auto const modules = make_barcode(symbol, longest);
    int const side = modules->width + 2 * quiet_modules;
    if (box->area.width / side >= module_mm_at_least) continue;
    defects.push_back(fmt::format("box 'barcode' at {}: {} needs a side of {:.1f} mm to be read from a scan", place_of(box->area),
                                  symbol == Symbol::qr ? "a QR code" : "a Data Matrix", side * module_mm_at_least));
  }
}

}  // namespace

LayoutBox const* Layout::find_box(std::string_view prints) const {
  auto const found = std::find_if(boxes.begin(), boxes.end(), [&](auto const& box) { return box.prints == prints; });
  return found == boxes.end() ? nullptr : &*found;
}

std::vector<std::string> Layout::languages_of(std::string const& issuer) const {
  std::vector<std::string> order;
  for (auto const& named : languages) {
    auto const& language = named == "issuer" ? issuer : named;
    if (std::find(order.begin(), order.end(), language) == order.end()) order.push_back(language);
  }
  return order;
}

std::vector<std::string> check_layout(Layout const& layout) {
  std::vector<std::string> defects;
  check_mandatory(layout, defects);
  check_boxes(layout, "box", layout.boxes, defects);
  check_boxes(layout, "back", layout.back, defects);
  check_zone(layout, defects);
  check_barcode(layout, defects);
  return defects;
}

Layouts Layouts::load(std::filesystem::path const& data_folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(data_folder / "documents")) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Layouts layouts;
  for (auto const& file : files) {
    auto layout = read_layout(read_data_file(file, data_folder / "schema" / "document_layout.schema.json"));
    auto defects = check_layout(layout);
    if (layouts.find(layout.id) != nullptr) defects.push_back(fmt::format("id: '{}' is the id of another layout", layout.id));
    if (!defects.empty()) throw std::runtime_error(fmt::format("{}: {}", file.string(), join(defects, "; ")));
    layouts.layouts_.push_back(std::move(layout));
  }
  if (layouts.find(standard_id) == nullptr) {
    throw std::runtime_error(
        fmt::format("{}: no file has the layout '{}'", (data_folder / "documents").string(), standard_id));
  }
  return layouts;
}

Layout const* Layouts::find(std::string_view id) const {
  auto const found = std::find_if(layouts_.begin(), layouts_.end(), [&](auto const& layout) { return layout.id == id; });
  return found == layouts_.end() ? nullptr : &*found;
}

}  // namespace rcms::travel_documents
