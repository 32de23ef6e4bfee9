// Layouts as data: what is refused and why, and the choice of a State on both databases.
#include <fstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/travel_documents/document_form.hpp"
#include "foundation/pages/pdf_file.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// A copy of the data folder's layouts and schema in which one file can be spoilt.
struct LayoutFolder {
  tests::TemporaryFolder folder;

  LayoutFolder() {
    auto const data = std::filesystem::path(RCMS_SOURCE_DIR "/data");
    std::filesystem::create_directories(folder.path() / "schema");
    std::filesystem::copy(data / "documents", folder.path() / "documents");
    std::filesystem::copy(data / "schema/document_layout.schema.json", folder.path() / "schema/document_layout.schema.json");
  }
  void change(std::string const& from, std::string const& to) {
    auto const path = folder.path() / "documents/sheet_a4.toml";
    std::ifstream in(path);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    auto const at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    std::ofstream(path) << text.replace(at, from.size(), to);
  }
  std::string defect() const {
    try {
      (void)Layouts::load(folder.path());
    } catch (std::runtime_error const& failure) {
      return failure.what();
    }
    return {};
  }
};

TEST_CASE("a layout that cannot be printed is refused with file, place and reason") {
  struct Row {
    char const* from;
    char const* to;
    char const* said;
  };
  for (auto const& row : {
           Row{"[58, 104.2, 134, 12]", "[58, 100, 134, 12]", "'given_names' at 58, 100 (134 × 12 mm) overlaps 'surname'"},
           Row{"[148, 166, 44, 12]", "[170, 166, 44, 12]", "'place_of_issue' at 170, 166 (44 × 12 mm) runs off the page"},
           Row{"[14, 92, 37, 47]", "[2, 92, 37, 47]", "into its edge of 4 mm"},
           Row{"[100, 257.4, 63.8, 3]", "[100, 270, 63.8, 3]", "'barcode_label'"},
           Row{"[12, 268.275, 118, 17]", "[12, 268.275, 90, 17]", "the machine-readable zone needs 99.44 × 17.0 mm"},
           Row{"[14, 11.2, 182, 3]", "[14, 270, 182, 3]", ""},  // under the white panel that comes after it
           Row{"[9.8, 254, 190.4, 33.2]", "[9.8, 254, 190.4, 20]", "drawn under the zone at 12, 268.275"},
           Row{"colour = \"#FFFFFF\" },\n]", "colour = \"#FFFFF0\" },\n]", "drawn under the zone"},
           Row{"[164.8, 255, 31.2, 31.2]", "[164.8, 255, 18, 18]", "a Data Matrix needs a side of 23.4 mm"},
           Row{"[164.8, 255, 31.2, 31.2]", "[164.8, 255, 31.2, 30]", "a square is needed"},
           Row{"prints = \"sex\"", "prints = \"holder_signature\"", "nothing prints 'sex'"},
           Row{"prints = \"sex\"", "prints = \"shoe_size\"", "sheet_a4.toml"},
           Row{"width_mm = 210, ", "", "sheet_a4.toml"},
           Row{"id = \"sheet_a4\"", "id = \"sheet_a5\"", "'sheet_a5' is the id of another layout"},
       }) {
    CAPTURE(row.to);
    LayoutFolder folder;
    folder.change(row.from, row.to);
    auto const defect = folder.defect();
    CAPTURE(defect);
    if (*row.said == '\0') {
      CHECK(defect.empty());
    } else {
      CHECK(defect.find(row.said) != std::string::npos);
      CHECK(defect.find("documents/sheet_a") != std::string::npos);
    }
  }
}

TEST_CASE("a State chooses its layout; the next document is printed in it, those before stay as they were") {
  for_each_world([](World& world) {
    world.receive();
    auto const before = world.issue(world.application());
    auto admin = world.carla;
    CHECK(choose_form(world.desk, admin, "sheet_a5", "qr", 0).error().why == Why::not_permitted);
    admin.permissions.insert("document.layout");
    CHECK(choose_form(world.desk, admin, "sheet_a0", "qr", 0).error().field == "layout");
    CHECK(choose_form(world.desk, admin, "sheet_a5", "pdf417", 0).error().field == "symbol");
    CHECK(choose_form(world.desk, admin, "sheet_a5", "qr", 7).error().why == Why::stale_revision);
    CHECK(choose_form(world.desk, admin, "sheet_a5", "data_matrix", 0).value().revision == 1);
    CHECK(choose_form(world.desk, admin, "sheet_a5", "qr", 0).error().why == Why::stale_revision);
    CHECK(choose_form(world.desk, admin, "sheet_a5", "qr", 1).value().revision == 2);
    auto const chosen = chosen_form(world.desk, admin.party);
    CHECK(chosen.symbol == Symbol::qr);
    CHECK(chosen.by == admin.user);
    auto const after = world.issue(world.application());
    auto const width = [&](TravelDocument const& document) {
      auto const pdf = read_document_pdf(world.desk, document).value();
      return render_pdf_page(pdf, 0, 72)->width;
    };
    CHECK(width(before) == 595);
    CHECK(width(after) == doctest::Approx(148 / 25.4 * 72).epsilon(0.01));
    CHECK(chosen_form(world.desk, world.people.arcadia.id).layout == Layouts::standard_id);
    world.check_balance();
  });
}

}  // namespace
}  // namespace rcms::travel_documents
