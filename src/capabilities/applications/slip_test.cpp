// The slip of a verifier: one page, only the card.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/applications/slip.hpp"
#include "foundation/files/samples_for_tests.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::applications;
namespace json = boost::json;

namespace {

case_files::CaseFile application(tests::PeopleForTests const& people, std::size_t places) {
  case_files::CaseFile file;
  file.party = people.utopia.id;
  file.partner = people.arcadia.id;
  file.id = CaseId::make(tests::start_for_tests);
  file.side = case_files::Side::requested;
  file.reference = "UTO-2031-000007";
  file.partner_reference = "XAR-2031-000099";
  json::array visited;
  for (std::size_t i = 0; i < places; ++i) {
    visited.push_back(json::object{{"kind", "school"},
                                   {"name", fmt::format("School number {} of the northern coast", i)},
                                   {"place", "Puerto Claro"},
                                   {"until", "2006"}});
  }
  file.content = {
      {"A_person",
       {{"surname", "Rivera Solano"},
        {"given_names", "Marta Lucía"},
        {"dob", "1990-05-17"},
        {"pob", "Puerto Claro"},
        {"sex", "F"},
        {"father_name", "Julio Rivera"},
        {"mother_name", "Rosa Solano"},
        {"last_address_requested", {{"level1", "Costa Norte"}, {"level2", "Puerto Claro"}, {"level3", "Barrio San Juan"}}},
        {"schools_workplaces", visited},
        {"relatives", json::array{{{"relation", "mother"}, {"name", "Rosa Solano"}, {"place", "Barrio San Juan"}}}}}},
      {"D_evidence",
       {{"nationality_evidence", json::array{{{"type", "passport"}, {"file", "0190163d-8694-739b-aea5-966c26f8ad91"}}}}}},
      {"C_special", {{"state_of_health", "needs insulin"}}},
      {"internal", {{"return_decision_ref", "RD-77/2031"}}}};
  return file;
}

}  // namespace

TEST_CASE("a slip is one page with the card and nothing of the requesting State, the reason or health") {
  tests::for_each_engine(
      [](db::Database& database) {
        tests::TemporaryFolder folder;
        tests::FilesWorld world(database, folder.path(), tests::add_people(database, tests::start_for_tests));
        using Kind = std::pair<std::string, std::size_t>;
        for (auto const& [kind, places] : {Kind{"field_check", 1}, Kind{"field_check", 18}, Kind{"document_check", 1}}) {
          CAPTURE(kind);
          CAPTURE(places);
          auto const file = application(world.people(), places);
          VerificationTask task;
          task.id = TaskId::make(tests::start_for_tests);
          task.party = file.party;
          task.case_id = file.id;
          task.kind = kind;
          task.due_on = Date(2031, 3, 14);
          task.created_at = tests::start_for_tests;
          task.note = "Please ask at the school and at the mother's house.";
          task.card = make_card(task.kind, file, world.context.norms.application_form, world.context.norms.field_slip_form);
          for (auto const& language : {"en", "es"}) {
            auto receiver = world.ana();
            receiver.name = "Vera Ixchel Luna";
            receiver.language = language;
            auto const pdf = render_slip(world.context, receiver, task, places == 1 ? files::samples::png(350, 450) : Bytes());
            if (char const* look = std::getenv("RCMS_LOOK")) {
              std::ofstream(fmt::format("{}/slip.{}.{}.pdf", look, language, places), std::ios::binary) << as_text(pdf);
            }
            CHECK(count_pdf_pages(pdf).value() == 1);
            auto const text = read_pdf_text(pdf, 0).value();
            for (auto const* words : {"Marta Lucía", "UTO-2031-000007", "Julio Rivera", "Barrio San Juan", "Utopia",
                                      "Vera Ixchel Luna", "2031"}) {
              CAPTURE(words);
              CHECK(text.find(words) != std::string::npos);
            }
            for (auto const* words : {"Arcadia", "XAR", "insulin", "RD-77", "readmission", "0190163d", "["}) {
              CAPTURE(words);
              CHECK(text.find(words) == std::string::npos);
            }
          }
        }
      },
      tests::Migrations::all);
}
