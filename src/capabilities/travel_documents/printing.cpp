#include "capabilities/travel_documents/printing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/travel_documents/actions.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "capabilities/travel_documents/document_drawing.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "foundation/pages/canvas.hpp"

namespace rcms::travel_documents {

namespace {

constexpr Colour outline_ink = Colour::hex(0x5E83A0);
constexpr Colour cross_ink = Colour::hex(0x14202E);
constexpr double scale_line_mm = 100;

/// One side of the alignment page.
class AlignmentSide {
 public:
  AlignmentSide(Canvas& canvas, Desk const& desk, Layout const& layout, std::string const& language)
      : canvas_(canvas), desk_(desk), layout_(layout), language_(language) {}

  void draw(std::vector<LayoutBox> const& boxes, std::string const& side) {
    for (auto const& box : boxes) draw_outline(box);
    auto const& size = layout_.size;
    for (double const x : {alignment_cross_mm, size.width_mm - alignment_cross_mm}) {
      for (double const y : {alignment_cross_mm, size.height_mm - alignment_cross_mm}) draw_cross({x, y});
    }
    draw_words(side);
  }

 private:
  std::string text(std::string const& key, LabelArguments const& values = {}) const {
    return desk_.context.labels.text(language_, "documents.alignment." + key, values);
  }

  void draw_outline(LayoutBox const& box) {
    auto const& area = box.area;
    canvas_.frame(area.x, area.y, area.width, area.height, {outline_ink, 0.12, {1, 1}});
    bool const is_mark = box.prints == "photo" || box.prints == "zone" || box.prints == "barcode" || box.prints == "emblem" ||
                         box.prints == "barcode_label" || box.prints == "state_names" || box.prints == "notes";
    TextStyle small;
    small.size_pt = 5;
    small.colour = outline_ink;
    small.width_mm = area.width;
    small.lines_at_most = 1;
    canvas_.text(area.x + 0.4, area.y + 0.2, is_mark ? text(box.prints) : desk_.words.of(box.prints, {language_})[0], small);
  }

  /// A tick at each millimetre, a longer one at each fifth.
  void draw_cross(Point centre) {
    Stroke const fine{cross_ink, 0.1};
    canvas_.line({centre.x - 10, centre.y}, {centre.x + 10, centre.y}, fine);
    canvas_.line({centre.x, centre.y - 10}, {centre.x, centre.y + 10}, fine);
    for (int mm = -10; mm <= 10; ++mm) {
      double const reach = mm % 5 == 0 ? 1.2 : 0.6;
      canvas_.line({centre.x + mm, centre.y - reach}, {centre.x + mm, centre.y + reach}, fine);
      canvas_.line({centre.x - reach, centre.y + mm}, {centre.x + reach, centre.y + mm}, fine);
    }
    canvas_.ring(centre, 2, fine);
  }

  void draw_words(std::string const& side) {
    double const width = std::min(layout_.size.width_mm - 24, 130.0);
    double const left = (layout_.size.width_mm - width) / 2;
    double const top = layout_.size.height_mm * 0.36;
    TextStyle heading;
    heading.size_pt = 11;
    heading.weight = Weight::bold;
    heading.width_mm = width - 8;
    auto body = heading;
    body.size_pt = 8.5;
    body.weight = Weight::normal;
    auto const how = text("how", {{"mm", fmt::format("{:.0f}", alignment_cross_mm)}});
    double const high = canvas_.measure(side, heading).height_mm + canvas_.measure(how, body).height_mm + 22;
    canvas_.rectangle(left, top, width, high, Colour::hex(0xFFFFFF));
    canvas_.frame(left, top, width, high, {cross_ink, 0.2});
    double y = top + 4 + canvas_.text(left + 4, top + 3, side, heading).height_mm;
    y += canvas_.text(left + 4, y, how, body).height_mm + 6;
    double const from = (layout_.size.width_mm - scale_line_mm) / 2;
    canvas_.line({from, y}, {from + scale_line_mm, y}, {cross_ink, 0.15});
    for (double const x : {from, from + scale_line_mm}) canvas_.line({x, y - 2}, {x, y + 2}, {cross_ink, 0.15});
    body.align = Align::centre;
    canvas_.text(left + 4, y + 1, text("scale"), body);
  }

  Canvas& canvas_;
  Desk const& desk_;
  Layout const& layout_;
  std::string const& language_;
};

Result<Layout const*> layout_with_back(Desk const& desk, TravelDocument const& document) {
  auto const* layout = document.layout.empty() ? nullptr : desk.layouts.find(document.layout);
  if (layout != nullptr && !layout->back.empty()) return layout;
  return refuse(Why::wrong_step, "printer",
                "the layout of this document has no back, or it is no longer installed; set the printer to one side");
}

}  // namespace

std::vector<PagePlacing> placings_of(Printer const& printer, std::size_t pages) {
  bool const is_double = printer.duplex != Duplex::single;
  std::vector<PagePlacing> placings;
  for (std::size_t page = 0; page < pages; ++page) {
    bool const is_back = is_double && page % 2 == 1;
    auto const& offset = is_back ? printer.back : printer.front;
    placings.push_back({static_cast<double>(offset.right) / 10, static_cast<double>(offset.down) / 10,
                        is_back && printer.duplex == Duplex::short_edge});
  }
  return placings;
}

Result<Bytes> render_print_copy(Desk& desk, TravelDocument const& document, Printer const& printer) {
  auto front = read_document_pdf(desk, document);
  if (!front) return front;
  if (printer.duplex == Duplex::single) return place_pages(*front, placings_of(printer, 1));
  auto const layout = layout_with_back(desk, document);
  if (!layout) return tl::unexpected(layout.error());
  auto const& party = desk.context.directory.get_party(document.party);
  DocumentPage page;
  page.language = document_language(party);
  page.state_name = party.names.in(page.language);
  page.state_name_english = party.names.en;
  page.number = document.number;
  page.created_at = document.issued_at;
  auto const both = join_pdfs({*front, draw_back(page, desk.words, {**layout})});
  if (!both) return both;
  return place_pages(*both, placings_of(printer, 2));
}

Result<Bytes> render_alignment_page(Desk const& desk, Layout const& layout, Printer const& printer, std::string const& language) {
  auto const text = [&](std::string const& key) { return desk.context.labels.text(language, "documents.alignment." + key); };
  Canvas canvas(layout.size, {text("title"), "RCMS", printer.name, language, desk.context.clock.now()});
  AlignmentSide side(canvas, desk, layout, language);
  side.draw(layout.boxes, text("front") + " · " + printer.name);
  bool const has_back = printer.duplex != Duplex::single;
  if (has_back) {
    canvas.next_page();
    side.draw(layout.back, text("back") + " · " + printer.name);
  }
  return place_pages(canvas.finish(), placings_of(printer, has_back ? 2 : 1));
}

}  // namespace rcms::travel_documents
