#include "capabilities/travel_documents/document_page.hpp"

#include <algorithm>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "capabilities/travel_documents/guilloche.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/seal/seal.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/canvas.hpp"

namespace rcms::travel_documents {
namespace {

constexpr auto page_source = "Doc 9303-8";
constexpr Colour ink = Colour::hex(0x14202E);
constexpr Colour label_ink = Colour::hex(0x4A5866);
constexpr Colour navy = Colour::hex(0x1B3A5C);
constexpr Colour bronze = Colour::hex(0x8A6A2F);
constexpr double margin = 14;
constexpr double inner_width = 210 - 2 * margin;
// The zone stands at the foot of the sheet, where a swipe reader and a flat one find it.
constexpr double zone_top = 254;
constexpr double zone_left = 16;
constexpr double first_baseline = 274.8;
constexpr double line_pitch = 6.35;
constexpr double mrz_pitch = 2.54;
constexpr double module_mm = 0.6;
/// Between the label of a cell and the next cell under it.
constexpr double value_height = 8.9;

std::vector<std::string> languages_of(std::string const& language) {
  std::vector<std::string> order{language};
  for (auto const* common : {"en", "fr"}) {
    if (language != common) order.emplace_back(common);
  }
  return order;
}

Result<void> check_content(DocumentPage const& page) {
  struct Field {
    char const* name;
    std::string const& value;
    std::size_t at_most;
    bool needed;
  };
  for (auto const& field :
       {Field{"number", page.number, 14, true}, Field{"surname", page.surname, 120, true},
        Field{"given_names", page.given_names, 120, false}, Field{"original_name", page.original_name, 160, false},
        Field{"state_name", page.state_name, 80, true}, Field{"authority", page.authority, 120, true},
        Field{"destination", page.destination, 120, true}, Field{"place_of_birth", page.place_of_birth, 80, false},
        Field{"observations", page.observations, 400, false}}) {
    if (field.needed && field.value.empty())
      return refuse(Why::field_missing, field.name, fmt::format("{} is printed on every document", field.name), page_source);
    if (length_of(field.value) > field.at_most) {
      return refuse(Why::field_too_long, field.name, fmt::format("at most {} characters have room", field.at_most), page_source);
    }
  }
  if (page.transit.size() > 6)
    return refuse(Why::field_too_long, "transit", "at most six points of transit have room", page_source);
  if (!is_latin(page.surname) || !is_latin(page.given_names)) {
    return refuse(Why::field_invalid, "surname", "the name in Latin letters is mandatory; the original script stands beside it",
                  "Doc 9303-3 section 3.4");
  }
  if (page.photo.empty()) return refuse(Why::field_missing, "photo", "a document without a photo is not printed", page_source);
  return {};
}

/// What is printed in words, in the zone and in the seal must be one and the same.
Result<void> check_agreement(DocumentPage const& page) {
  auto zone = page.first_line + "\n" + page.second_line;
  auto reading = mrz::parse_mrz(zone);
  if (!reading.is_valid() || reading.document->format != mrz::Format::td2) {
    return refuse(Why::field_invalid, "first_line", "the machine readable zone is no TD2 that passes its checks", "Doc 9303-6");
  }
  auto const& document = *reading.document;
  if (document.document_number != page.number)
    return refuse(Why::field_invalid, "number", "the zone holds another number", page_source);
  if (document.document_code != page.document_code)
    return refuse(Why::field_invalid, "document_code", "the zone holds another code", page_source);
  if (mrz::expiry_of(document) != page.expires_on)
    return refuse(Why::field_invalid, "expires_on", "the zone holds another expiry", page_source);
  if (document.nationality != page.nationality_code)
    return refuse(Why::field_invalid, "nationality_code", "the zone holds another nationality", page_source);
  auto seal = seal::parse_seal(page.seal);
  if (!seal || seal->signature.empty())
    return refuse(Why::field_invalid, "seal", "the seal cannot be read or is not signed", "Doc 9303-13");
  if (seal::sealed_mrz(*seal) != zone)
    return refuse(Why::field_invalid, "seal", "the seal was made over another zone", "Doc 9303-13");
  return {};
}

/// One document while it is drawn; the parts from top to bottom.
class Sheet {
 public:
  Sheet(DocumentPage const& page, DocumentLabels const& labels)
      : page_(page),
        labels_(labels),
        canvas_(a4, {labels.of("title", "en")[0] + " " + page.number, page.authority, page.state_name_english, page.language,
                     page.created_at}) {}

  Result<Bytes> draw() {
    draw_ground();
    draw_head();
    draw_validity();
    if (auto drawn = draw_person(); !drawn) return tl::unexpected(drawn.error());
    draw_issue();
    draw_signatures();
    if (auto drawn = draw_zone(); !drawn) return tl::unexpected(drawn.error());
    draw_running_label();
    return canvas_.finish();
  }

 private:
  static TextStyle style(double size_pt, Weight weight = Weight::normal, Colour const& colour = ink) {
    TextStyle made;
    made.size_pt = size_pt;
    made.weight = weight;
    made.colour = colour;
    return made;
  }

  void draw_ground() {
    Area inside{8, 8, 194, zone_top - 10};
    canvas_.rectangle(inside.x, inside.y, inside.width, inside.height, Colour::hex(0xFBFAF5));
    draw_waves(canvas_, inside, page_.number, Colour::hex(0x7FA9C4, 0.50), Colour::hex(0xC2A968, 0.50));
    draw_rosette(canvas_, {128, 140}, 58, page_.number + page_.surname, Colour::hex(0x6F9AB8, 0.42));
    draw_rosette(canvas_, {32.5, 160}, 15, page_.number, Colour::hex(0x8A6A2F, 0.55));
    draw_border(canvas_, {8, 8, 194, 281}, page_.number, Colour::hex(0x5E83A0, 0.75));
    draw_microtext(12.2);
    draw_microtext(zone_top - 3.4);
  }

  void draw_microtext(double y) {
    auto micro = style(2.4, Weight::normal, Colour::hex(0x5E83A0));
    std::string words;
    auto unit = page_.state_name_english + " " + labels_.of("title", "en")[0] + " " + page_.number + " · ";
    std::string upper_unit = upper_text(unit);
    double width = canvas_.measure(upper_unit, micro).width_mm;
    for (double x = 0; x < inner_width; x += width) words += upper_unit;
    canvas_.clip(margin, y - 1, inner_width, 3);
    canvas_.text(margin, y, words, micro);
    canvas_.unclip();
  }

  void draw_emblem(Point centre) {
    canvas_.circle(centre, 11.5, Colour::hex(0xFFFFFF, 0.9));
    draw_rosette(canvas_, centre, 11, page_.state_code, navy);
    canvas_.circle(centre, 5.6, Colour::hex(0xFFFFFF));
    canvas_.ring(centre, 5.6, {navy, 0.35});
    canvas_.ring(centre, 11.5, {navy, 0.35});
    auto code = style(9, Weight::bold, navy);
    code.align = Align::centre;
    canvas_.text(centre.x, centre.y - 2.2, page_.state_code, code);
  }

  void draw_head() {
    draw_emblem({27, 30});
    auto state = style(13.5, Weight::bold, navy);
    state.family = serif_family;
    state.width_mm = 105;
    state.language = page_.language;
    double y = 17.5;
    y += canvas_.text(42, y, page_.state_name, state).height_mm;
    if (!page_.state_name_english.empty() && page_.state_name_english != page_.state_name) {
      auto english = style(9, Weight::normal, label_ink);
      english.family = serif_family;
      y += canvas_.text(42, y, page_.state_name_english, english).height_mm;
    }
    auto titles = labels_.of("title", page_.language);
    auto title = style(15, Weight::bold, ink);
    title.spacing_pt = 0.3;
    y = std::max(y + 2, 31.0);
    y += canvas_.text(42, y, upper_text(titles[0]), title).height_mm + 0.4;
    for (std::size_t i = 1; i < titles.size(); ++i) {
      auto other = style(9.5, Weight::normal, label_ink);
      other.slant = Slant::italic;
      y += canvas_.text(42, y, titles[i], other).height_mm;
    }
    canvas_.rectangle(152, 17, 44, 29, Colour::hex(0xFFFFFF, 0.86), 1.2);
    canvas_.frame(152, 17, 44, 29, {navy, 0.3}, 1.2);
    cell(155, 18.6, 15, "type", page_.document_code, 12);
    cell(171, 18.6, 24, "state_code", page_.state_code, 12);
    cell(155, 32, 39, "number", page_.number, 14);
    canvas_.line({margin, 53}, {210 - margin, 53}, {bronze, 0.5});
    canvas_.line({margin, 54}, {210 - margin, 54}, {bronze, 0.15});
  }

  void draw_validity() {
    canvas_.rectangle(margin, 57.5, inner_width, 27, Colour::hex(0xFFFFFF, 0.82), 1.2);
    canvas_.frame(margin, 57.5, inner_width, 27, {navy, 0.35}, 1.2);
    canvas_.rectangle(margin, 57.5, 52, 27, navy, 1.2);
    auto journeys = labels_.of("single_journey", page_.language);
    auto main = style(11.5, Weight::bold, Colour::hex(0xFFFFFF));
    main.width_mm = 46;
    double height = canvas_.measure(journeys[0], main).height_mm;
    auto other = style(8, Weight::normal, Colour::hex(0xE3EBF2));
    other.width_mm = 46;
    for (std::size_t i = 1; i < journeys.size(); ++i) height += canvas_.measure(journeys[i], other).height_mm;
    double y = 57.5 + (27 - height - 1) / 2;
    y += canvas_.text(margin + 4, y, journeys[0], main).height_mm + 1;
    for (std::size_t i = 1; i < journeys.size(); ++i) y += canvas_.text(margin + 4, y, journeys[i], other).height_mm;
    cell(margin + 57, 59.2, 120, "destination", page_.destination, 11);
    std::string transit;
    for (auto const& point : page_.transit) transit += (transit.empty() ? "" : " · ") + point;
    cell(margin + 57, 71.6, 120, "transit", written("no_transit", transit), 10.5);
  }

  /// A place left open could be written in afterwards: words say that there is nothing.
  std::string written(std::string const& key, std::string const& value) const {
    return value.empty() ? labels_.line(key, page_.language) : value;
  }

  /// A label in three languages, small, and the value under it.
  void cell(double x, double y, double width, std::string const& key, std::string const& value, double size_pt = 10.5,
            std::string const& language = {}) {
    auto label = style(6.2, Weight::normal, label_ink);
    auto words = labels_.line(key, page_.language);
    label.width_mm = width;
    while (label.size_pt > 4.6 && canvas_.measure(words, label).height_mm > 3.1) label.size_pt -= 0.2;
    double height = canvas_.text(x, y, words, label).height_mm;
    auto text = style(size_pt, language.empty() ? Weight::bold : Weight::normal);
    text.width_mm = width;
    text.language = language;
    // A long value is set smaller rather than cut.
    while (text.size_pt > 6 && canvas_.measure(value, text).height_mm > value_height) text.size_pt -= 0.5;
    text.lines_at_most = 3;
    canvas_.text(x, y + std::max(height, 2.9) + 0.2, value, text);
  }

  Result<void> draw_person() {
    constexpr double top = 92;
    canvas_.rectangle(margin, top, 37, 47, Colour::hex(0xFFFFFF));
    if (auto drawn = canvas_.image(margin + 1, top + 1, 35, 45, page_.photo); !drawn) return drawn;
    canvas_.frame(margin, top, 37, 47, {navy, 0.4});
    constexpr double left = margin + 44;
    constexpr double wide = 138;
    canvas_.rectangle(left - 3, top - 1.5, wide + 3, 87.5, Colour::hex(0xFFFFFF, 0.45), 1.2);
    cell(left, top, wide - 4, "surname", page_.surname, 13);
    cell(left, top + 12.2, wide - 4, "given_names", page_.given_names, 13);
    cell(left, top + 24.4, wide - 4, "original_name", written("not_recorded", page_.original_name), 13,
         page_.original_language.empty() ? page_.language : page_.original_language);
    auto nationality = page_.nationality_name.empty() ? page_.nationality_code
                                                      : fmt::format("{} ({})", page_.nationality_name, page_.nationality_code);
    cell(left, top + 38, 56, "nationality", nationality);
    cell(left + 58, top + 38, 54, "date_of_birth", labels_.date(page_.born_on, page_.language));
    cell(left + 114, top + 38, 20, "sex", page_.sex);
    cell(left, top + 50, wide - 4, "place_of_birth", written("not_recorded", page_.place_of_birth));
    auto day = [this](Date date) { return labels_.date({date.year(), date.month(), date.day()}, page_.language); };
    cell(left, top + 62, 56, "date_of_issue", day(page_.issued_on), 11.5);
    cell(left + 58, top + 62, 60, "date_of_expiry", day(page_.expires_on), 11.5);
    cell(left, top + 74, 86, "authority", page_.authority, 9.5);
    cell(left + 90, top + 74, 44, "place_of_issue", page_.place_of_issue, 9.5);
    return {};
  }

  void draw_issue() {
    constexpr double top = 184;
    canvas_.rectangle(margin, top, inner_width, 27, Colour::hex(0xFFFFFF, 0.55), 1.2);
    cell(margin + 4, top + 2, inner_width - 8, "observations", written("no_observations", page_.observations), 9);
    auto text = style(7.2, Weight::normal, label_ink);
    text.width_mm = inner_width - 8;
    double y = top + 15.5;
    for (auto const& line : labels_.of("surrender", page_.language)) y += canvas_.text(margin + 4, y, line, text).height_mm;
  }

  void draw_signatures() {
    constexpr double y = 238.5;
    auto label = style(6.2, Weight::normal, label_ink);
    label.width_mm = 74;
    canvas_.rectangle(margin, 215, 76, 31, Colour::hex(0xFFFFFF, 0.5), 1.2);
    canvas_.rectangle(margin + 82, 215, 100, 31, Colour::hex(0xFFFFFF, 0.5), 1.2);
    canvas_.line({margin + 4, y}, {margin + 72, y}, {ink, 0.2});
    canvas_.text(margin + 4, y + 0.8, labels_.line("holder_signature", page_.language), label);
    canvas_.line({margin + 86, y}, {margin + 178, y}, {ink, 0.2});
    label.width_mm = 94;
    canvas_.text(margin + 86, y + 0.8, labels_.line("officer_signature", page_.language), label);
  }

  Result<void> draw_zone() {
    auto modules = make_barcode(Symbol::data_matrix, page_.seal);
    if (!modules) return tl::unexpected(modules.error());
    double side = modules->width * module_mm;
    double quiet = 4 * module_mm;
    double x = 210 - margin - side - quiet;
    double y = zone_top + 3.4;
    canvas_.rectangle(9.8, zone_top, 190.4, 287.2 - zone_top, Colour::hex(0xFFFFFF));
    canvas_.modules(x, y, *modules, module_mm);
    auto label = style(5.6, Weight::normal, label_ink);
    label.align = Align::end;
    canvas_.text(x - quiet - 1, y, labels_.line("seal", page_.language), label);
    TextStyle zone;
    zone.family = mrz_family;
    zone.size_pt = mrz_size_pt;
    canvas_.fixed_pitch_text(zone_left, first_baseline, page_.first_line, zone, mrz_pitch);
    canvas_.fixed_pitch_text(zone_left, first_baseline + line_pitch, page_.second_line, zone, mrz_pitch);
    return {};
  }

  void draw_running_label() {
    if (page_.running_label.empty()) return;
    auto large = style(46, Weight::bold, Colour::hex(0xB4500B, 0.16));
    large.align = Align::centre;
    double width = canvas_.measure(page_.running_label, large).width_mm;
    large.size_pt *= std::min(1.0, 200 / width);
    canvas_.turn({105, 160}, -38);
    canvas_.text(105, 150, page_.running_label, large);
    canvas_.turn_back();
    auto band = style(7.5, Weight::bold, Colour::hex(0xFFFFFF));
    band.align = Align::centre;
    canvas_.rectangle(0, 0, 210, 5, Colour::hex(0xB4500B));
    canvas_.text(105, 0.8, page_.running_label, band);
  }

  DocumentPage const& page_;
  DocumentLabels const& labels_;
  Canvas canvas_;
};

}  // namespace

DocumentLabels DocumentLabels::load(std::filesystem::path const& data_folder) {
  auto file = read_data_file(data_folder / "codes" / "travel_document_labels.json",
                             data_folder / "schema" / "travel_document_labels.schema.json");
  DocumentLabels labels;
  for (auto const& [key, words] : file.at("labels").as_object()) {
    for (auto const& [language, word] : words.as_object())
      labels.labels_[std::string(key)][std::string(language)] = std::string(word.as_string());
  }
  for (auto const& [language, names] : file.at("months").as_object()) {
    for (auto const& name : names.as_array()) labels.months_[std::string(language)].emplace_back(name.as_string());
  }
  return labels;
}

std::vector<std::string> DocumentLabels::of(std::string const& key, std::string const& language) const {
  std::vector<std::string> words;
  auto const& translations = labels_.at(key);
  for (auto const& wanted : languages_of(language)) {
    auto found = translations.find(wanted);
    if (found != translations.end() && std::find(words.begin(), words.end(), found->second) == words.end())
      words.push_back(found->second);
  }
  return words;
}

std::string DocumentLabels::line(std::string const& key, std::string const& language) const {
  return join(of(key, language), " / ");
}

std::string DocumentLabels::date(PartialDate const& date, std::string const& language) const {
  std::string month = "XXX";
  if (date.month > 0) {
    auto const& english = months_.at("en")[static_cast<std::size_t>(date.month - 1)];
    auto own = months_.find(language);
    month = own == months_.end() ? english : own->second[static_cast<std::size_t>(date.month - 1)];
    if (month != english) month += "/" + english;
  }
  auto day = date.day > 0 ? fmt::format("{:02}", date.day) : std::string("XX");
  auto year = date.year > 0 ? fmt::format("{:04}", date.year) : std::string("XXXX");
  return fmt::format("{} {} {}", day, month, year);
}

Result<Bytes> render_document_page(DocumentPage const& page, DocumentLabels const& labels) {
  if (auto checked = check_content(page); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_agreement(page); !checked) return tl::unexpected(checked.error());
  return Sheet(page, labels).draw();
}

}  // namespace rcms::travel_documents
