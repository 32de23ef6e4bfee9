// Printers of an office: what is refused, what is remembered, and that a printed page is moved by exactly what the printer needs;
// documents for a flight.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>

#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/travel_documents/batch.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "capabilities/travel_documents/printing.hpp"
#include "foundation/db/migrations.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// Drawing is the same on either database.
void on_sqlite(std::function<void(World&)> const& test) {
  tests::DatabaseForTests database(db::Engine::sqlite);
  db::migrate(database.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(database.database());
  test(world);
}

Printer counter_printer(char const* name = "Counter 1") {
  Printer printer;
  printer.name = name;
  return printer;
}

/// How far the dark pixels of a page reach.
struct Ink {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  int page_width = 0;
  int page_height = 0;
};
Ink ink_of(Bytes const& pdf, int page, int dpi) {
  auto const picture = render_pdf_page(pdf, page, dpi).value();
  Ink ink{picture.width, picture.height, 0, 0, picture.width, picture.height};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      if (picture.at(x, y) > 128) continue;
      ink.left = std::min(ink.left, x);
      ink.top = std::min(ink.top, y);
      ink.right = std::max(ink.right, x);
      ink.bottom = std::max(ink.bottom, y);
    }
  }
  return ink;
}

void keep(char const* name, Bytes const& pdf) {
  if (auto const* target = std::getenv("RCMS_KEEP_PRINTS")) {
    std::ofstream(std::string(target) + "/" + name, std::ios::binary)
        .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  }
}

TEST_CASE("an office keeps its printers; a wrong shift, a second name, a stale change and another office are refused") {
  for_each_world([](World& world) {
    auto nobody = world.carla;
    nobody.permissions.erase("document.issue");
    CHECK(save_printer(world.desk, nobody, counter_printer(), {}).error().why == Why::not_permitted);
    auto wrong = counter_printer();
    wrong.back.down = -51;
    CHECK(save_printer(world.desk, world.carla, wrong, {}).error().field == "back_down");
    auto made = save_printer(world.desk, world.carla, counter_printer(), {}).value();
    CHECK(made.revision == 1);
    CHECK(save_printer(world.desk, world.carla, counter_printer(), {}).error().why == Why::already_exists);
    made.front = {7, -3};
    made.duplex = Duplex::short_edge;
    CHECK(save_printer(world.desk, world.carla, made, 9).error().why == Why::stale_revision);
    CHECK(save_printer(world.desk, world.carla, made, 1).value().revision == 2);
    auto const kept = list_printers(world.desk, world.carla);
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].front == PrintOffset{7, -3});
    CHECK(kept[0].duplex == Duplex::short_edge);
    CHECK(kept[0].revision == 2);
    auto elsewhere = world.carla;
    elsewhere.organisation = OrganisationId{"another office"};
    CHECK(list_printers(world.desk, elsewhere).empty());
    CHECK(save_printer(world.desk, elsewhere, made, {}).error().why == Why::not_found);
    CHECK(erase_printer(world.desk, elsewhere, made.id, {}).error().why == Why::not_found);
    CHECK(erase_printer(world.desk, world.carla, made.id, 1).error().why == Why::stale_revision);
    CHECK(erase_printer(world.desk, world.carla, made.id, 2).has_value());
    CHECK(list_printers(world.desk, world.carla).empty());
  });
}

TEST_CASE("a document is printed moved, with its back as the printer turns the sheet; the stored file stays as it is") {
  on_sqlite([](World& world) {
    world.receive();
    auto const document = world.issue(world.application());
    auto const stored = read_document_pdf(world.desk, document).value();
    CHECK(find_document(world.database, world.people.utopia.id, document.number)->layout == Layouts::standard_id);
    auto printer = counter_printer();
    printer.front = {30, -20};
    auto const single = render_print_copy(world.desk, document, printer).value();
    keep("single.pdf", single);
    CHECK(check_pdf(single).empty());
    CHECK(count_pdf_pages(single).value() == 1);
    CHECK(read_document_pdf(world.desk, document).value() == stored);
    // 254 dpi: a pixel is a tenth of a millimetre.
    auto const before = ink_of(stored, 0, 254);
    auto const after = ink_of(single, 0, 254);
    CHECK(std::abs(after.left - before.left - 30) <= 1);
    CHECK(std::abs(after.top - before.top + 20) <= 1);
    CHECK(read_document_picture(single)->bytes == document.seal);

    printer.duplex = Duplex::long_edge;
    printer.back = {-10, 40};
    auto const upright = render_print_copy(world.desk, document, printer).value();
    printer.duplex = Duplex::short_edge;
    auto const turned = render_print_copy(world.desk, document, printer).value();
    keep("long_edge.pdf", upright);
    keep("short_edge.pdf", turned);
    CHECK(check_pdf(turned).empty());
    CHECK(count_pdf_pages(upright).value() == 2);
    auto const words = read_pdf_text(upright, 1).value();
    CHECK(words.find("Whoever finds this document") != std::string::npos);
    CHECK(words.find("Toute personne") != std::string::npos);
    CHECK(words.find(document.number) != std::string::npos);
    CHECK(words.find(document.surname) == std::string::npos);
    // Turned, the back has its ink as far from the other edges, its shift with it.
    auto const one = ink_of(upright, 1, 72);
    auto const other = ink_of(turned, 1, 72);
    CHECK(std::abs(other.left - (one.page_width - 1 - one.right)) <= 2);
    CHECK(std::abs(other.right - (one.page_width - 1 - one.left)) <= 2);
    CHECK(std::abs(other.top - (one.page_height - 1 - one.bottom)) <= 2);
    CHECK(std::abs(other.bottom - (one.page_height - 1 - one.top)) <= 2);
    CHECK(one.top < 100);
    CHECK(other.top > 200);
    CHECK(render_pdf_page(turned, 0, 72)->grey == render_pdf_page(upright, 0, 72)->grey);
    auto old = document;
    old.layout.clear();
    CHECK(render_print_copy(world.desk, old, printer).error().why == Why::wrong_step);
  });
}

TEST_CASE("the alignment page has its cross where it says, moved by what the printer needs") {
  on_sqlite([](World& world) {
    auto printer = counter_printer();
    printer.duplex = Duplex::long_edge;
    for (auto const& layout : world.desk.layouts.all()) {
      CAPTURE(layout.id);
      auto const level = render_alignment_page(world.desk, layout, printer, "es").value();
      keep(("alignment_" + layout.id + ".pdf").c_str(), level);
      CHECK(check_pdf(level).empty());
      CHECK(count_pdf_pages(level).value() == 2);
      CHECK(read_pdf_text(level, 0)->find("Esta línea mide 100 mm") != std::string::npos);
      CHECK(read_pdf_text(level, 1)->find("Reverso") != std::string::npos);
      auto moved = printer;
      moved.front = {12, 5};
      auto const second = render_alignment_page(world.desk, layout, moved, "es").value();
      auto const dark = [&](Bytes const& pdf, double x_mm, double y_mm) {
        auto const page = render_pdf_page(pdf, 0, 254).value();
        int darkest = 255;
        for (int x = -1; x <= 1; ++x) {
          for (int y = -1; y <= 1; ++y)
            darkest = std::min<int>(darkest, page.at(static_cast<int>(x_mm * 10) + x, static_cast<int>(y_mm * 10) + y));
        }
        return darkest < 128;
      };
      // A point of the upper arm of the cross, between two ticks.
      CHECK(dark(level, alignment_cross_mm, alignment_cross_mm - 9.5));
      CHECK(!dark(level, alignment_cross_mm + 1.2, alignment_cross_mm - 9.5));
      CHECK(dark(second, alignment_cross_mm + 1.2, alignment_cross_mm - 9.0));
    }
  });
}

/// Announces a flight of these people to Utopia.
std::string announce(World& world, std::vector<CaseId> const& people, Instant departs_at) {
  transfers::AnnouncedTransport flight;
  flight.id = transfers::TransportId::make(noon);
  flight.party = world.people.utopia.id;
  flight.partner = world.people.arcadia.id;
  flight.name = "XA 601";
  flight.kind = "charter";
  flight.legs.push_back({{"Ciudad Arcadia", "ARC", "XAR", "UTC"}, {"Puerto Esperanza", "PES", "UTO", "UTC"}, departs_at,
                         departs_at.plus_ms(3'600'000), "Arcadia Air", "XA 601"});
  flight.fingerprint = "0123456789ABCDEF";
  flight.changed_at = noon;
  for (auto const& id : people) {
    transfers::ListedTraveller person;
    person.case_id = id;
    person.surname = "Rivera";
    person.number = static_cast<int>(flight.persons.size()) + 1;
    flight.persons.push_back(person);
  }
  db::Command command;
  transfers::save_announced(command, flight);
  REQUIRE(world.database.write(command).outcome == db::Outcome::written);
  return flight.id.value;
}

TEST_CASE("documents for a flight: numbers follow the list, one that is refused is named, the others are kept in one file") {
  for_each_world([](World& world) {
    world.receive("UE", "0000001", "0000004");
    auto const first = world.application();
    auto const faceless = world.application({}, false);
    auto const held = world.application();
    auto const open = world.application([](case_files::CaseFile& file) { file.state = "verification"; });
    auto const last = world.application();
    auto const before = world.issue(held);
    auto const flight = announce(world, {last, faceless, held, open, first, CaseId::make(noon)}, noon.plus_ms(86'400'000));
    announce(world, {first}, noon.plus_ms(-1));
    auto nobody = world.carla;
    nobody.permissions = {"document.read"};
    CHECK(list_batch_transports(world.desk, nobody).error().why == Why::not_permitted);
    auto const transports = list_batch_transports(world.desk, world.carla).value();
    REQUIRE(transports.size() == 1);
    CHECK(transports[0].id == flight);
    CHECK(transports[0].persons == 6);
    CHECK(list_batch_candidates(world.desk, world.carla, "none").error().why == Why::not_found);
    auto const list = list_batch_candidates(world.desk, world.carla, flight).value();
    REQUIRE(list.size() == 6);
    CHECK(list[0].due == Due::due);
    CHECK(list[0].has_portrait);
    CHECK(list[1].due == Due::due);
    CHECK(!list[1].has_portrait);
    CHECK(list[2].number == before.number);
    CHECK(list[3].due == Due::not_yet);
    CHECK(list[3].name.empty());
    CHECK(list[5].due == Due::not_yet);

    CHECK(issue_batch(world.desk, nobody, {first}, {}).error().why == Why::not_permitted);
    CHECK(issue_batch(world.desk, world.carla, {}, {}).error().field == "applications");
    CHECK(issue_batch(world.desk, world.carla, {first, first}, {}).error().field == "applications");
    CHECK(issue_batch(world.desk, world.carla, std::vector<CaseId>(101), {}).error().field == "applications");
    auto const items = issue_batch(world.desk, world.carla, {last, faceless, held, open, first}, {}).value();
    REQUIRE(items.size() == 5);
    CHECK(items[0].document.value().number == "UE0000002");
    CHECK(items[1].refused.value().why == Why::field_missing);
    CHECK(items[1].refused.value().field == "photo");
    CHECK(items[2].refused.value().why == Why::wrong_step);
    CHECK(items[3].refused.value().why == Why::wrong_step);
    CHECK(items[4].document.value().number == "UE0000003");
    CHECK(world.state_of(faceless) == "accepted");
    CHECK(world.state_of(last) == "document_issued");
    world.check_balance();

    auto const sheets =
        render_sheets(world.desk, world.carla, {"UE0000003", "UE0000002", before.number, "UE0000002"}, {}).value();
    CHECK(check_pdf(sheets).empty());
    REQUIRE(count_pdf_pages(sheets).value() == 3);
    for (int page = 0; page < 3; ++page)
      CHECK(read_pdf_text(sheets, page)->find("UE000000" + std::to_string(page + 1)) != std::string::npos);
    keep("flight.pdf", sheets);
    CHECK(render_sheets(world.desk, world.carla, {"UE0000009"}, {}).error().why == Why::not_found);
    CHECK(render_sheets(world.desk, world.carla, {}, {}).error().field == "numbers");
    CHECK(render_sheets(world.desk, world.carla, {"UE0000002"}, "none").error().field == "printer");
    auto printer = counter_printer();
    printer.duplex = Duplex::long_edge;
    printer = save_printer(world.desk, world.carla, printer, {}).value();
    auto const both = render_sheets(world.desk, world.carla, {"UE0000002", "UE0000003"}, printer.id.value).value();
    REQUIRE(count_pdf_pages(both).value() == 4);
    CHECK(read_pdf_text(both, 3)->find("Whoever finds this document") != std::string::npos);
    // One sheet is left: the first takes it, the second is told that there is none.
    auto const more = issue_batch(world.desk, world.carla, {world.application(), world.application()}, {}).value();
    CHECK(more[0].document.has_value());
    CHECK(more[1].refused.value().why == Why::limit_reached);
  });
}

}  // namespace
}  // namespace rcms::travel_documents
