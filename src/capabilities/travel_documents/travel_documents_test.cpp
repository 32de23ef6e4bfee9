// A travel document from the accepted application to the check at a border, on both databases.
#include <cstdlib>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

#include "capabilities/case_files/present.hpp"
#include "capabilities/travel_documents/rules.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "capabilities/travel_documents/view.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// The picture that another program makes of the PDF.
Bytes picture_of(World const& world, Bytes const& pdf, std::string& said) {
  auto const home = world.folder.path();
  std::ofstream(home / "d.pdf", std::ios::binary)
      .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  auto const line = "cd " + home.string() + " && (qpdf --check d.pdf && pdftoppm -singlefile -r 150 -png d.pdf d) > said 2>&1";
  int const status = std::system(line.c_str());
  auto const text = [&](char const* name) {
    std::ifstream in(home / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  said = text("said") + (status == 0 ? "" : " failed");
  auto const png = text("d.png");
  return {png.begin(), png.end()};
}

seal::Outcome outcome_of(VerifyAnswer const& answer, std::string_view step) {
  for (auto const& one : answer.steps) {
    if (one.step == step) return one.outcome;
  }
  return seal::Outcome::not_done;
}

TEST_CASE("an accepted application gets a document that other programs open and a verifier accepts") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application();
    auto const document = world.issue(id);
    CHECK(document.number == "UE0000001");
    CHECK(document.expires_on == Date(2031, 8, 12));  // six months: UTO-XAR 2019 art. 5(3)
    CHECK(world.state_of(id) == "document_issued");
    CHECK(document.nationality == "UTO");
    auto const file = *case_files::find_case_file(world.database, world.people.utopia.id, Side::requested, id);
    auto const shown = case_files::present_file(world.context, world.carla, file).documents;
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].issued_on == "2031-02-12");
    CHECK(shown[0].expires_on == "2031-08-12");

    auto const stored = find_document(world.database, world.people.utopia.id, document.number);
    REQUIRE(stored.has_value());
    CHECK(stored->mrz() == document.mrz());
    CHECK(stored->seal == document.seal);
    auto const pdf = read_document_pdf(world.desk, *stored);
    REQUIRE(pdf.has_value());
    auto const text = read_pdf_text(*pdf, 0).value();
    for (auto const& expected : {document.number, document.first_line, document.second_line, std::string("Perla")}) {
      CAPTURE(expected);
      CHECK(text.find(expected) != std::string::npos);
    }
    std::string said;
    auto const png = picture_of(world, *pdf, said);
    CHECK_MESSAGE(said.find("No syntax or stream encoding errors found") != std::string::npos, said);
    auto const trust = trust_of(world.desk, today);
    CHECK(verify_presented(*pdf, trust, today).word == VerdictWord::genuine);
    auto const by_picture = verify_presented(png, trust, today);
    CHECK(by_picture.word == VerdictWord::genuine);
    CHECK(by_picture.fields->document_number == document.number);
    CHECK(verify_file(png, document.mrz(), trust, today).word == VerdictWord::genuine);
    CHECK(verify_presented(*pdf, trust, Date(2031, 8, 13)).word == VerdictWord::expired);
    CHECK(list_stock(world.database, world.people.utopia.id).at(0).issued == 1);
    CHECK(world.exchange.count_queued(world.people.utopia.id) == 1);
    world.check_balance();
  });
}

TEST_CASE("the place of issue is that which is given, or the office; no place of the document is left open") {
  for_each_world([](World& world) {
    world.receive();
    auto const office = world.directory.organisation_name(world.people.utopia.id, world.carla.organisation, "en");
    REQUIRE_FALSE(office.empty());
    for (std::string const place : {"", "Ciudad Arcadia"}) {
      CAPTURE(place);
      auto const id = world.application([](case_files::CaseFile& file) {
        auto& person = file.content["A_person"].as_object();
        person.erase("surname_original");
        person.erase("pob");
      });
      IssueInput input;
      input.place_of_issue = place;
      auto const document = world.issue(id, input);
      auto const pdf = read_document_pdf(world.desk, *find_document(world.database, world.people.utopia.id, document.number));
      REQUIRE(pdf.has_value());
      auto const text = tidy_text(read_pdf_text(*pdf, 0).value());
      CHECK(text.find("—") == std::string::npos);
      auto const from = text.find("Place of issue");
      auto const to = text.find("Observations");
      REQUIRE(from < to);
      // Authority and place of issue stand on one line.
      auto const line = text.substr(from, to - from);
      CAPTURE(line);
      auto const authority = line.find(office);
      REQUIRE(authority != std::string::npos);
      CHECK(line.find(place.empty() ? office : place, authority + office.size()) != std::string::npos);
      for (auto const* words : {"No transit", "No observations", "Not recorded"}) {
        CAPTURE(words);
        CHECK(text.find(words) != std::string::npos);
      }
    }
  });
}

TEST_CASE("a void document is rejected as revoked, its sheet is void, and another can be issued") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application();
    auto const first = world.issue(id);
    auto const pdf = read_document_pdf(world.desk, first).value();
    auto const voided = void_document(world.desk, world.carla, first.number, "the name was wrong", std::nullopt);
    REQUIRE(voided.has_value());
    CHECK(voided->state == "void");
    CHECK(world.state_of(id) == "accepted");
    CHECK(void_document(world.desk, world.carla, first.number, "again", std::nullopt).error().why == Why::wrong_step);
    auto const answer = verify_presented(pdf, trust_of(world.desk, today), today);
    CHECK(answer.word == VerdictWord::revoked);
    CHECK(outcome_of(answer, "own_register") == seal::Outcome::failed);
    CHECK(verify_lines(first.mrz(), trust_for(world.desk, "UTO", first.number, first.mrz(), today), today).word ==
          VerdictWord::revoked);
    CHECK(verify_lines(first.mrz(), trust_for(world.desk, "UTO", first.number, "other lines", today), today).word ==
          VerdictWord::unproven);
    auto const second = world.issue(id);
    CHECK(second.number == "UE0000002");
    CHECK(verify_presented(read_document_pdf(world.desk, second).value(), trust_of(world.desk, today), today).word ==
          VerdictWord::genuine);
    CHECK(find_blank(world.database, world.people.utopia.id, first.number)->state == BlankState::void_);
    world.check_balance();
  });
}

TEST_CASE("a document is made void after its application was withdrawn, and the application stays withdrawn") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application();
    auto const document = world.issue(id);
    auto file = *case_files::find_case_file(world.database, world.people.utopia.id, Side::requested, id);
    auto after = file;
    after.state = "withdrawn";
    db::Command command;
    case_files::save_case_file(command, file, after);
    REQUIRE(world.database.write(command).outcome == db::Outcome::written);
    REQUIRE(void_document(world.desk, world.carla, document.number, "withdrawn", std::nullopt).has_value());
    CHECK(world.state_of(id) == "withdrawn");
    world.check_balance();
  });
}

TEST_CASE("what was changed is rejected and the step that failed is named") {
  tests::DatabaseForTests sqlite(db::Engine::sqlite);
  db::migrate(sqlite.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(sqlite.database());
  world.receive();
  auto const document = world.issue(world.application());
  auto const trust = trust_of(world.desk, today);
  auto const read = [&](Bytes const& bytes, std::string const& lines) {
    return verify_read(ReadFile{{bytes}, std::nullopt, {}}, lines, trust, today);
  };
  auto digit = document.mrz();
  digit[37 + 3] = digit[37 + 3] == '1' ? '2' : '1';  // of the number, so that its check digit fails
  auto letter = document.mrz();
  letter[6] = letter[6] == 'X' ? 'Y' : 'X';  // of the name, which no check digit covers
  auto bytes = document.seal;
  bytes[70] ^= 1;
  struct Row {
    char const* name;
    VerifyAnswer answer;
    char const* step;
  };
  for (auto const& row : {Row{"a digit of the number", read(document.seal, digit), "printed_check_digits"},
                          Row{"a letter of the name", read(document.seal, letter), "comparison"},
                          Row{"a bit of the seal", read(bytes, document.mrz()), "signature"}}) {
    CAPTURE(row.name);
    CHECK(row.answer.word == VerdictWord::not_genuine);
    CHECK(outcome_of(row.answer, row.step) == seal::Outcome::failed);
    auto const view = present_verdict(row.answer, labels(), "es", today);
    CHECK_FALSE(view.checks.back().ok);
    CHECK(view.checks.back().text.front() != '[');
  }
  CHECK(verify_lines(digit, trust, today).word == VerdictWord::not_genuine);
  CHECK(verify_lines(document.mrz(), trust, today).word == VerdictWord::unproven);
  CHECK(verify_presented(portrait(), trust, today).word == VerdictWord::unreadable);
  CHECK(verify_presented(as_bytes("nothing of the kind"), trust, today).word == VerdictWord::not_genuine);
  CHECK(read(document.seal, document.mrz()).word == VerdictWord::genuine);
}

TEST_CASE("a document is refused when something is missing, and nothing is used up") {
  for_each_world([](World& world) {
    using File = case_files::CaseFile;
    struct Row {
      char const* name;
      Why why;
      char const* field;
      std::function<void(File&)> change;
      bool photo = true;
      IssueInput input = {};
    };
    auto const person = [](char const* key, char const* value) {
      return [key, value](File& file) { file.content["A_person"].as_object()[key] = value; };
    };
    IssueInput long_stay;
    long_stay.valid_days = 300;
    IssueInput no_day;
    no_day.valid_days = 0;
    IssueInput strange_sheet;
    strange_sheet.blank = "UE0000099";
    IssueInput strange_series;
    strange_series.series = "ZZ";
    std::vector<Row> const rows = {
        {"no photograph", Why::field_missing, "photo", {}, false},
        {"not accepted yet", Why::wrong_step, "state", [](File& file) { file.state = "verification"; }},
        {"no Latin surname", Why::field_invalid, "A_person.surname", person("surname", "রহমান")},
        {"no birth", Why::field_missing, "A_person.dob", person("dob", "")},
        {"another State's national", Why::field_invalid, "A_person.nationality", person("nationality", "XAR")},
        {"longer than the agreement", Why::limit_reached, "valid_days", {}, true, long_stay},
        {"no day at all", Why::field_invalid, "valid_days", {}, true, no_day},
        {"a sheet that is not here", Why::field_invalid, "blank", {}, true, strange_sheet},
        {"a series that is not here", Why::limit_reached, "series", {}, true, strange_series},
        {"no rule and no days", Why::field_missing, "valid_days", [](File& file) { file.agreement = "unknown"; }},
    };
    world.receive();
    for (auto const& row : rows) {
      CAPTURE(row.name);
      auto const answer =
          issue_document(world.desk, world.carla, world.application(row.change, row.photo), row.input, std::nullopt);
      REQUIRE_FALSE(answer.has_value());
      CHECK(name_of(answer.error().why) == name_of(row.why));
      CHECK(answer.error().field == row.field);
    }
    auto nobody = world.carla;
    nobody.permissions.erase("document.issue");
    CHECK(issue_document(world.desk, nobody, world.application(), {}, std::nullopt).error().why == Why::not_permitted);
    auto stranger = world.carla;
    stranger.party = world.people.arcadia.id;
    CHECK(issue_document(world.desk, stranger, world.application(), {}, std::nullopt).error().why == Why::not_found);
    CHECK(issue_document(world.desk, world.carla, world.application(), {}, 7).error().why == Why::stale_revision);
    CHECK(list_stock(world.database, world.people.utopia.id).at(0).in_stock == 20);
  });
}

TEST_CASE("nobody holds two valid documents, but two people may share name and birth") {
  for_each_world([](World& world) {
    world.receive();
    auto const same = [](case_files::CaseFile& file) { file.content["A_person"].as_object()["surname"] = "Sol"; };
    auto const first = world.issue(world.application(same));
    auto const other = world.application(same);
    auto const refused = issue_document(world.desk, world.carla, other, {}, std::nullopt);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == Why::already_exists);
    CHECK(refused.error().detail.find(first.number) != std::string::npos);
    IssueInput input;
    input.not_the_holder_of = first.number;
    CHECK(world.issue(other, input).not_the_holder_of == first.number);
    world.clock.set(*Instant::parse("2031-09-01T12:00:00Z"));
    auto const later = world.issue(world.application(same));
    CHECK(later.state_on(Date(2031, 9, 1)) == "issued");
    CHECK(find_document(world.database, world.people.utopia.id, first.number)->state_on(Date(2031, 9, 1)) == "expired");
  });
}

TEST_CASE("consent by silence does not certify a nationality") {
  tests::DatabaseForTests sqlite(db::Engine::sqlite);
  db::migrate(sqlite.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(sqlite.database());
  world.receive();
  auto const document = world.issue(world.application([](case_files::CaseFile& file) { file.reply = {{"kind", "deemed"}}; }));
  CHECK(document.nationality == "XXX");
}

TEST_CASE("officers who issue at the same time never use the same sheet") {
  for_each_world([](World& world) {
    world.receive();
    constexpr int officers = 4;
    constexpr int each = 3;
    std::vector<CaseId> waiting;
    for (int i = 0; i < officers * each; ++i) waiting.push_back(world.application());
    // Each officer has a desk of their own, as in two processes: only the database stands between them.
    std::vector<std::unique_ptr<Desk>> desks;
    for (int i = 0; i < officers; ++i) {
      desks.push_back(
          std::make_unique<Desk>(world.context, DeskOptions{RCMS_SOURCE_DIR "/data", world.folder.path() / "keys", false}));
    }
    std::vector<std::string> problems(officers);
    std::vector<std::thread> threads;
    for (int i = 0; i < officers; ++i) {
      threads.emplace_back([&, i] {
        for (int k = 0; k < each; ++k) {
          auto const place = static_cast<std::size_t>(i);
          auto const made =
              issue_document(*desks[place], world.carla, waiting[static_cast<std::size_t>(i * each + k)], {}, std::nullopt);
          if (!made) problems[place] = std::string(name_of(made.error().why)) + " " + made.error().detail;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    for (auto const& problem : problems) CHECK(problem.empty());
    auto const page = list_documents(world.database, world.people.utopia.id, {}, today, "", 100).value();
    CHECK(page.rows.size() == officers * each);
    auto const line = list_stock(world.database, world.people.utopia.id).at(0);
    CHECK(line.issued == officers * each);
    CHECK(line.balances());
    auto const trust = trust_of(world.desk, today);
    CHECK(trust.signers.size() == 1);
    for (auto const& document : page.rows) {
      CHECK(verify_read(ReadFile{{document.seal}, std::nullopt, document.mrz()}, {}, trust, today).word == VerdictWord::genuine);
    }
  });
}

}  // namespace
}  // namespace rcms::travel_documents
