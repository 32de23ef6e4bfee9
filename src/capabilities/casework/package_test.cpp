// The complete package of a case: what is in it, and that it is the viewer's own State's only.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/package.hpp"
#include "capabilities/casework/release.hpp"
#include "foundation/files/samples_for_tests.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "foundation/sheets/archive.hpp"
#include "support/imports_world.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;

namespace {

/// What a safeguard that was decided leaves in the ledger.
void decide_gate(Context const& context, access::Viewer const& viewer, CaseFile const& file, char const* gate) {
  auto const acted = case_files::act(context, viewer, case_files::Side::requesting, file.id, std::nullopt,
                                     [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
    case_files::Decision decision;
    decision.after = before;
    decision.action = "gate_decided";
    decision.told["gate"] = gate;
    return decision;
  });
  REQUIRE(acted);
}

json::object const content{
    {"header", {{"procedure_flags", json::array{"interview"}}}},
    {"A_person",
     {{"surname", "Rivera Solano"},
      {"given_names", "Marta Lucía"},
      {"surname_original", "Rivera Solano"},
      {"dob", "1990-05-17"},
      {"pob", "Puerto Claro"},
      {"sex", "F"},
      {"nationality", "UTO"},
      {"father_name", "Julio Rivera"},
      {"mother_name", "Rosa Solano"},
      {"civil_status", "single"},
      {"last_address_requested", {{"level1", "Costa Norte"}, {"level2", "Puerto Claro"}, {"level3", "Barrio San Juan"}}}}},
    {"D_evidence",
     {{"nationality_evidence",
       json::array{{{"type", "identity_card"}, {"number", "0801-1990-04512"}, {"issued_on", "2015-03-01"}, {"form", "copy"}},
                   {{"type", "birth_certificate"}, {"number", "B-771"}}}}}},
    {"F_other", {{"observations", "Speaks Spanish and some English."}}},
    {"internal", {{"return_decision_ref", {{"number", "RD-1/2031"}}}}}};

std::string unpack(sheets::Archive& archive, std::string const& name) {
  std::string text;
  auto const defect = archive.read(name, [&](std::string_view piece) { return text += piece, true; });
  CHECK_FALSE(defect);
  return text;
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Keeps the file to look at it when RCMS_LOOK names a folder.
void keep_to_look_at(std::string const& name, std::string_view bytes) {
  if (char const* folder = std::getenv("RCMS_LOOK"))
    std::ofstream(std::filesystem::path(folder) / name, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a package holds form, attachments, machine-readable file and contents, and their hashes agree") {
  tests::for_each_engine(
      [](db::Database& database) {
        tests::TemporaryFolder folder;
        auto people = tests::add_people(database, tests::start_for_tests);
        people.utopia.names = {"Utopia", "Utopía"};
        people.utopia.languages = {"es"};
        World world(database, folder.path(), people);
        for (std::string const language : {"en", "es"}) {
          CAPTURE(language);
          auto const ana = world.ana(language);
          auto draft = create_case(world.context, ana, {agreement_for_tests, content});
          INFO((draft ? std::string() : draft.error().front().field + " " + draft.error().front().detail));
          REQUIRE(draft);
          auto const photo = attach(world.context, ana, draft->id, "marta.png", "photo", files::samples::png(350, 450));
          REQUIRE(photo);
          REQUIRE(attach(world.context, ana, draft->id, "../../note:1.txt", "identity_card",
                         as_bytes("a copy of the identity card\n")));
          auto with_photo = content;
          with_photo["A_person"].as_object()["photo"] = photo->id.value;
          draft = edit_case(world.context, ana, draft->id, std::nullopt, with_photo);
          REQUIRE(draft);

          decide_gate(world.context, ana, *draft, "G10");
          // The envelope names both States as the State that receives it reads them, whoever looks at the preview.
          auto const preview = build_preview(world.context, *draft);
          REQUIRE(preview);
          CHECK(preview->package.form.at("header").at("requested_authority").as_string() == "Utopía");

          std::filesystem::path const path = folder.file("package.zip");
          REQUIRE(case_files::write_package(world.context, ana, {*draft}, path));
          auto const zip = content_of(path);
          auto archive = sheets::Archive::open(zip, {});
          REQUIRE(archive);
          CHECK(archive->names().size() == 5);
          auto const machine = json::parse(unpack(*archive, "application.json"));
          CHECK(machine.at("reference").as_string() == draft->reference);
          CHECK(machine.at("form").at("A_person").at("surname").as_string() == "Rivera Solano");
          auto const contents = unpack(*archive, "CONTENTS.txt");
          for (auto const& attachment : machine.at("attachments").as_array()) {
            std::string const name(attachment.at("path").as_string());
            CHECK(name.find("..") == std::string::npos);
            CHECK(attachment.at("sha256").as_string() == to_hex(sha256(unpack(*archive, name))));
            CHECK(contents.find(attachment.at("sha256").as_string()) != std::string::npos);
          }
          auto const pdf = unpack(*archive, "application.pdf");
          CHECK(contents.find(to_hex(sha256(pdf))) != std::string::npos);
          keep_to_look_at(fmt::format("application.{}.pdf", language), pdf);
          std::string text;
          for (int page = 0; page < count_pdf_pages(as_bytes(pdf)).value(); ++page)
            text += read_pdf_text(as_bytes(pdf), page).value();
          for (auto const* words :
               {"Rivera Solano", "Marta Lucía", "0801-1990-04512", "Puerto Claro", "Arcadia", "RD-1/2031"}) {
            CAPTURE(words);
            CHECK(text.find(words) != std::string::npos);
          }
          CHECK(text.find(draft->reference) != std::string::npos);
          CHECK(text.find(people.utopia.names.in(language)) != std::string::npos);
          CHECK(text.find("G10") == std::string::npos);
          CHECK(text.find(world.context.labels.text(language, "gates.G10")) != std::string::npos);
          CHECK(text.find(world.context.labels.date(language, Date(2015, 3, 1))) != std::string::npos);  // on one line
          CHECK(text.find('[') == std::string::npos);  // a label that is missing
        }
      },
      tests::Migrations::all);
}
