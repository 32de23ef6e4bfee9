// Words in what would leave: found in the form, in the name of a file and in its text, and who answers for them.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "capabilities/casework/person_copy.hpp"
#include "capabilities/casework/release.hpp"
#include "foundation/base/text.hpp"
#include "foundation/files/samples_for_tests.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/imports_world.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;
namespace samples = rcms::files::samples;

namespace {

Bytes letter(std::string const& text) {
  return samples::pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                       "/Resources << /Font << /F 5 0 R >> >> >>",
                       samples::stream("", "BT /F 12 Tf 50 700 Td (" + text + ") Tj ET"),
                       "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"});
}

json::object content_with(std::string const& file, std::string const& observations) {
  json::object document{{"type", "birth_certificate"}, {"number", "B-7"}};
  if (!file.empty()) document["file"] = file;
  return {{"A_person",
           {{"surname", "Rivera"},
            {"given_names", "Marta"},
            {"dob", "1990-05-17"},
            {"nationality", "UTO"},
            {"father_name", "Julio Secreto"}}},
          {"B_family", {{"spouse", {{"surname", "Cónyuge"}, {"given_names", "Ajeno"}}}}},
          {"D_evidence", {{"nationality_evidence", json::array{std::move(document)}}}},
          {"F_other", {{"observations", observations}}}};
}

}  // namespace

TEST_CASE("a word is found wherever it would leave, and leaves only when another person answers for exactly that text") {
  tests::for_each_engine(
      [](db::Database& database) {
        tests::TemporaryFolder folder;
        World world(database, folder.path(), tests::add_people(database, tests::start_for_tests));
        auto const ana = world.ana();
        auto draft = create_case(world.context, ana, {agreement_for_tests, {}});
        REQUIRE(draft);
        auto const file = attach(world.context, ana, draft->id, "asyl_anhoerung.pdf", "birth_certificate",
                                 letter("Solicitud de asilo rechazada"));
        REQUIRE(file);
        draft = edit_case(world.context, ana, draft->id, std::nullopt,
                          content_with(file->id.value, "Lived in Asylum Street 3"));
        INFO((draft ? std::string() : draft.error().front().field));
        REQUIRE(draft);
        auto words = find_words(world.context, *draft);
        REQUIRE(words);
        REQUIRE(words->size() == 3);
        CHECK(words->at(0).place == "F_other.observations");
        CHECK(words->at(0).excerpt == "Lived in Asylum Street 3");
        CHECK(words->at(1).place == "attachments[0].name");
        CHECK(words->at(2).place == "attachments[0].page[0]");
        CHECK(words->at(2).word == "asilo");

        // The name under which it leaves says nothing; the bytes are always the same and say whose copy it is.
        auto const leaving = preview_file(world.context, ana, draft->id, file->id);
        REQUIRE(leaving);
        CHECK(leaving->note.name.find("asyl") == std::string::npos);
        CHECK(preview_file(world.context, ana, draft->id, file->id)->content == leaving->content);
        CHECK(read_pdf_text(leaving->content, 0)->find("Copy for Utopia · " + draft->reference) != std::string::npos);

        auto sofia = ana;
        sofia.user = world.people().admin.id;
        sofia.permissions.insert("case.screen");
        ClearanceInput const street{"F_other.observations", "Asylum", "It is the name of a street"};
        CHECK(clear_word(world.context, ana, draft->id, street, std::nullopt).error().why == Why::same_person);
        CHECK(clear_word(world.context, sofia, draft->id, {street.place, street.word, " "}, std::nullopt).error().why ==
              Why::reason_missing);
        CHECK(clear_word(world.context, sofia, draft->id, {street.place, "asilo", "Why not"}, std::nullopt).error().why ==
              Why::not_found);
        REQUIRE(clear_word(world.context, sofia, draft->id, street, std::nullopt));
        words = find_words(world.context, *draft);
        REQUIRE(words->at(0).cleared);
        CHECK(words->at(0).cleared->by == sofia.user);
        CHECK(words->at(0).cleared->reason == "It is the name of a street");
        CHECK_FALSE(words->at(1).cleared);

        // Another text is another question.
        draft = edit_case(world.context, ana, draft->id, std::nullopt, content_with(file->id.value, "Asylum was refused"));
        REQUIRE(draft);
        CHECK_FALSE(find_words(world.context, *draft)->at(0).cleared);
      },
      tests::Migrations::all);
}

TEST_CASE("the copy for the person says what leaves about them and nothing of others") {
  tests::for_each_engine(
      [](db::Database& database) {
        tests::TemporaryFolder folder;
        World world(database, folder.path(), tests::add_people(database, tests::start_for_tests));
        auto const draft =
            create_case(world.context, world.ana(), {agreement_for_tests, content_with("", "Speaks two languages")});
        INFO((draft ? std::string() : draft.error().front().field));
        REQUIRE(draft);
        auto const preview = build_preview(world.context, *draft);
        REQUIRE(preview);
        for (std::string const language : {"en", "es"}) {
          CAPTURE(language);
          auto const copy = render_person_copy(world.context, language, *draft, preview->package);
          std::string text;
          for (int page = 0; page < count_pdf_pages(copy).value(); ++page) text += read_pdf_text(copy, page).value();
          for (auto const* there : {"Rivera", "Marta", "B-7", "Speaks two languages"})
            CHECK_MESSAGE(text.find(there) != std::string::npos, there);
          for (auto const* other : {"Secreto", "Ajeno", "Name of ana", "Arcadia authority", "["})
            CHECK_MESSAGE(text.find(other) == std::string::npos, other);
          CHECK(tidy_text(text).find(world.context.labels.text(language, "forms.A_person.father_name")) != std::string::npos);
        }
      },
      tests::Migrations::all);
}
