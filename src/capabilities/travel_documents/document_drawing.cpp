#include "capabilities/travel_documents/document_drawing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::travel_documents {
namespace {

constexpr Colour label_ink = Colour::hex(0x4A5866);
constexpr Colour navy = Colour::hex(0x1B3A5C);
constexpr Colour line_ink = Colour::hex(0x14202E);
constexpr Colour warning = Colour::hex(0xB4500B);

constexpr double note_gap_mm = 5;
/// The notes on the back, in their order.
constexpr std::string_view note_keys[] = {"note_use", "note_check", "note_data", "note_found"};

/// What stands under the label of a field; `absent` is the word for nothing, because a place left open could be written in.
struct FieldValue {
  std::string text;
  std::string absent{};
  std::string language{};  ///< of a script of its own
};

TextStyle style_of(double size_pt, Weight weight, Colour const& colour) {
  TextStyle made;
  made.size_pt = size_pt;
  made.weight = weight;
  made.colour = colour;
  return made;
}

/// One document while it is drawn: the ground from back to front, then the boxes.
class Drawing {
 public:
  Drawing(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form)
      : page_(page),
        labels_(labels),
        layout_(form.layout),
        symbol_(form.symbol),
        languages_(form.layout.languages_of(page.language)),
        canvas_(layout_.size, {labels.of("title", {"en"})[0] + " " + page.number, page.authority, page.state_name_english,
                               page.language, page.created_at}) {}

  Result<Bytes> draw() {
    draw_ground();
    for (auto const& box : layout_.boxes) {
      if (auto drawn = draw_box(box); !drawn) return tl::unexpected(drawn.error());
    }
    draw_running_label();
    return canvas_.finish();
  }

  /// The other side: fixed words and the number, so that a back never stands alone.
  Bytes draw_back() {
    for (auto const& box : layout_.back) {
      if (box.prints == "number") draw_field(box, value_of(box.prints));
      else if (box.prints == "state_names") draw_words(box, state_names());
      else if (box.prints == "notes") draw_notes(box);
      else draw_words(box, labels_.of(box.prints, languages_));
    }
    return canvas_.finish();
  }

 private:
  std::string line(std::string const& key) const { return join(labels_.of(key, languages_), " / "); }
  std::string day(Date date) const { return labels_.date({date.year(), date.month(), date.day()}, page_.language); }

  void draw_ground() {
    std::string seed = page_.number + page_.surname;
    for (auto const& ground : layout_.ground) {
      auto const& area = ground.area;
      if (ground.draws == "panel") {
        canvas_.rectangle(area.x, area.y, area.width, area.height, ground.colour, ground.radius_mm);
        if (ground.frame)
          canvas_.frame(area.x, area.y, area.width, area.height, {*ground.frame, ground.stroke_mm}, ground.radius_mm);
      } else if (ground.draws == "waves") {
        draw_waves(canvas_, area, page_.number, ground.colour, ground.second_colour);
      } else if (ground.draws == "rosette") {
        double const radius = std::min(area.width, area.height) / 2;
        draw_rosette(canvas_, {area.x + area.width / 2, area.y + area.height / 2}, radius, seed, ground.colour);
        seed = page_.number;
      } else if (ground.draws == "border") {
        draw_border(canvas_, area, page_.number, ground.colour);
      } else if (ground.draws == "line") {
        canvas_.line({area.x, area.y}, {area.x + area.width, area.y + area.height}, {ground.colour, ground.stroke_mm});
      } else {
        draw_microtext(area, ground.colour);
      }
    }
  }

  void draw_microtext(Area const& area, Colour const& colour) {
    auto micro = style_of(2.4, Weight::normal, colour);
    auto const unit =
        upper_text(page_.state_name_english + " " + labels_.of("title", {"en"})[0] + " " + page_.number + " · ");
    double const width = canvas_.measure(unit, micro).width_mm;
    std::string words;
    for (double x = 0; x < area.width; x += width) words += unit;
    canvas_.clip(area.x, area.y, area.width, area.height);
    canvas_.text(area.x, area.y + 1, words, micro);
    canvas_.unclip();
  }

  Result<void> draw_box(LayoutBox const& box) {
    auto const& prints = box.prints;
    if (prints == "photo") return draw_photo(box);
    if (prints == "barcode") return draw_barcode(box);
    if (prints == "zone") draw_zone(box);
    else if (prints == "emblem") draw_emblem(box);
    else if (prints == "barcode_label") draw_barcode_label(box);
    else if (prints == "holder_signature" || prints == "officer_signature") draw_signature(box);
    else if (prints == "title" || prints == "single_journey" || prints == "surrender")
      draw_words(box, labels_.of(prints, languages_));
    else if (prints == "state_names") draw_words(box, state_names());
    else draw_field(box, value_of(prints));
    return {};
  }

  std::vector<std::string> state_names() const {
    std::vector<std::string> names{page_.state_name};
    if (!page_.state_name_english.empty() && page_.state_name_english != page_.state_name)
      names.push_back(page_.state_name_english);
    return names;
  }

  FieldValue value_of(std::string const& prints) const {
    if (prints == "type") return {page_.document_code};
    if (prints == "state_code") return {page_.state_code};
    if (prints == "number") return {page_.number};
    if (prints == "surname") return {page_.surname};
    if (prints == "given_names") return {page_.given_names};
    if (prints == "original_name") {
      return {page_.original_name, "not_recorded",
              page_.original_language.empty() ? page_.language : page_.original_language};
    }
    if (prints == "nationality") {
      return {page_.nationality_name.empty() ? page_.nationality_code
                                             : fmt::format("{} ({})", page_.nationality_name, page_.nationality_code)};
    }
    if (prints == "date_of_birth") return {labels_.date(page_.born_on, page_.language)};
    if (prints == "sex") return {page_.sex};
    if (prints == "place_of_birth") return {page_.place_of_birth, "not_recorded"};
    if (prints == "date_of_issue") return {day(page_.issued_on)};
    if (prints == "date_of_expiry") return {day(page_.expires_on)};
    if (prints == "authority") return {page_.authority};
    if (prints == "place_of_issue") return {page_.place_of_issue};
    if (prints == "destination") return {page_.destination};
    if (prints == "transit") return {join(page_.transit, " · "), "no_transit"};
    return {page_.observations, "no_observations"};
  }

  /// A label in its languages, small, and the value under it. A long value is set smaller rather than cut.
  void draw_field(LayoutBox const& box, FieldValue const& value) {
    auto const& area = box.area;
    auto label = style_of(box.label_size_pt, Weight::normal, box.other_colour);
    auto const words = line(box.prints);
    label.width_mm = area.width;
    while (label.size_pt > 4.6 && canvas_.measure(words, label).height_mm > 3.1) label.size_pt -= 0.2;
    double const top = std::max(canvas_.text(area.x, area.y, words, label).height_mm, 2.9) + 0.2;
    auto text = style_of(box.size_pt, value.language.empty() ? Weight::bold : Weight::normal, box.colour);
    text.width_mm = area.width;
    text.language = value.language;
    auto const said = value.text.empty() && !value.absent.empty() ? line(value.absent) : value.text;
    while (text.size_pt > 6 && canvas_.measure(said, text).height_mm > area.height - top) text.size_pt -= 0.5;
    text.lines_at_most = 3;
    canvas_.text(area.x, area.y + top, said, text);
  }

  /// Fixed words: the first language as the box says, the others smaller under it; all smaller when they have no room.
  void draw_words(LayoutBox const& box, std::vector<std::string> words) {
    if (box.capitals) words[0] = upper_text(words[0]);
    auto first = style_of(box.size_pt, box.bold ? Weight::bold : Weight::normal, box.colour);
    auto other = style_of(box.other_size_pt, Weight::normal, box.other_colour);
    if (box.other_italic) other.slant = Slant::italic;
    if (box.serif) first.family = other.family = serif_family;
    first.spacing_pt = box.spacing_pt;
    first.language = page_.language;
    first.width_mm = other.width_mm = box.area.width;
    auto const height = [&] {
      double sum = words.size() > 1 ? box.gap_mm : 0;
      for (std::size_t i = 0; i < words.size(); ++i) sum += canvas_.measure(words[i], i == 0 ? first : other).height_mm;
      return sum;
    };
    while (other.size_pt > 4 && height() > box.area.height) {
      first.size_pt *= 0.95;
      other.size_pt *= 0.95;
    }
    double y = box.area.y + (box.in_the_middle ? (box.area.height - height()) / 2 : 0);
    for (std::size_t i = 0; i < words.size(); ++i)
      y += canvas_.text(box.area.x, y, words[i], i == 0 ? first : other).height_mm + (i == 0 ? box.gap_mm : 0);
  }

  /// The notes one under the other, their languages side by side; all smaller when they have no room.
  void draw_notes(LayoutBox const& box) {
    auto const count = static_cast<double>(languages_.size());
    double const column = (box.area.width - (count - 1) * note_gap_mm) / count;
    auto text = style_of(box.size_pt, Weight::normal, box.colour);
    text.width_mm = column;
    text.line_height = 1.15;
    auto const height_of = [&](std::string_view key) {
      double most = 0;
      for (auto const& words : labels_.of(std::string(key), languages_))
        most = std::max(most, canvas_.measure(words, text).height_mm);
      return most + note_gap_mm;
    };
    auto const height = [&] {
      double sum = 0;
      for (auto const& key : note_keys) sum += height_of(key);
      return sum;
    };
    while (text.size_pt > 4 && height() > box.area.height) text.size_pt *= 0.96;
    double y = box.area.y;
    for (auto const& key : note_keys) {
      double x = box.area.x;
      for (auto const& words : labels_.of(std::string(key), languages_)) {
        canvas_.text(x, y, words, text);
        x += column + note_gap_mm;
      }
      y += height_of(key);
    }
  }

  void draw_emblem(LayoutBox const& box) {
    Point const centre{box.area.x + box.area.width / 2, box.area.y + box.area.height / 2};
    double const radius = std::min(box.area.width, box.area.height) / 2 - 0.5;
    canvas_.circle(centre, radius, Colour::hex(0xFFFFFF, 0.9));
    draw_rosette(canvas_, centre, radius * 0.957, page_.state_code, navy);
    canvas_.circle(centre, radius * 0.487, Colour::hex(0xFFFFFF));
    canvas_.ring(centre, radius * 0.487, {navy, 0.35});
    canvas_.ring(centre, radius, {navy, 0.35});
    auto code = style_of(radius * 0.783, Weight::bold, navy);
    code.align = Align::centre;
    canvas_.text(centre.x, centre.y - radius * 0.191, page_.state_code, code);
  }

  Result<void> draw_photo(LayoutBox const& box) {
    auto const& area = box.area;
    canvas_.rectangle(area.x, area.y, area.width, area.height, Colour::hex(0xFFFFFF));
    if (auto drawn = canvas_.image(area.x + 1, area.y + 1, area.width - 2, area.height - 2, page_.photo); !drawn) return drawn;
    canvas_.frame(area.x, area.y, area.width, area.height, {navy, 0.4});
    return {};
  }

  void draw_signature(LayoutBox const& box) {
    auto const& area = box.area;
    double const y = area.y + area.height - 6;
    canvas_.line({area.x, y}, {area.x + area.width, y}, {line_ink, 0.2});
    auto label = style_of(box.label_size_pt, Weight::normal, label_ink);
    label.width_mm = area.width;
    while (label.size_pt > 4 && canvas_.measure(line(box.prints), label).height_mm > 5.2) label.size_pt -= 0.2;
    canvas_.text(area.x, y + 0.8, line(box.prints), label);
  }

  /// The modules are as large as the box lets them, with their quiet zone inside it.
  Result<void> draw_barcode(LayoutBox const& box) {
    auto const modules = make_barcode(symbol_, page_.seal);
    if (!modules) return tl::unexpected(modules.error());
    double const module_mm = box.area.width / (modules->width + 2 * quiet_modules);
    canvas_.rectangle(box.area.x, box.area.y, box.area.width, box.area.height, Colour::hex(0xFFFFFF));
    canvas_.modules(box.area.x + quiet_modules * module_mm, box.area.y + quiet_modules * module_mm, *modules, module_mm);
    return {};
  }

  void draw_barcode_label(LayoutBox const& box) {
    auto label = style_of(5.6, Weight::normal, label_ink);
    label.width_mm = box.area.width;
    label.align = Align::end;
    canvas_.text(box.area.x, box.area.y, line("seal"), label);
  }

  void draw_zone(LayoutBox const& box) {
    TextStyle zone;
    zone.family = mrz_family;
    zone.size_pt = mrz_size_pt;
    double const first = box.area.y + (box.area.height - zone_line_mm - zone_letter_mm) / 2 + zone_letter_mm;
    double const left = box.area.x + zone_inset_mm;
    canvas_.fixed_pitch_text(left, first, page_.first_line, zone, zone_pitch_mm);
    canvas_.fixed_pitch_text(left, first + zone_line_mm, page_.second_line, zone, zone_pitch_mm);
  }

  void draw_running_label() {
    if (page_.running_label.empty()) return;
    auto const& size = layout_.size;
    double const middle = size.width_mm / 2;
    auto large = style_of(46, Weight::bold, Colour::hex(0xB4500B, 0.16));
    large.align = Align::centre;
    large.size_pt *= std::min(1.0, 0.95 * size.width_mm / canvas_.measure(page_.running_label, large).width_mm);
    canvas_.turn({middle, size.height_mm * 0.539}, -38);
    canvas_.text(middle, size.height_mm * 0.505, page_.running_label, large);
    canvas_.turn_back();
    auto band = style_of(7.5, Weight::bold, Colour::hex(0xFFFFFF));
    band.align = Align::centre;
    canvas_.rectangle(0, 0, size.width_mm, 5, warning);
    canvas_.text(middle, 0.8, page_.running_label, band);
  }

  DocumentPage const& page_;
  DocumentLabels const& labels_;
  Layout const& layout_;
  Symbol symbol_;
  std::vector<std::string> languages_;
  Canvas canvas_;
};

}  // namespace

Result<Bytes> draw_document(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form) {
  return Drawing(page, labels, form).draw();
}

Bytes draw_back(DocumentPage const& page, DocumentLabels const& labels, DocumentForm const& form) {
  return Drawing(page, labels, form).draw_back();
}

}  // namespace rcms::travel_documents
