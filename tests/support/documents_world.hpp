// Utopia with a counter, its stock and its accepted applications, for the tests of this folder.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "capabilities/case_files/store.hpp"
#include "capabilities/travel_documents/actions.hpp"
#include "capabilities/travel_documents/store.hpp"
#include "foundation/pages/canvas.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::travel_documents {

using case_files::Side;

inline Instant const noon = *Instant::parse("2031-02-12T12:00:00Z");
inline Date const today(2031, 2, 12);

inline case_files::Norms const& norms() {
  static auto const loaded = case_files::load_norms(RCMS_SOURCE_DIR "/data");
  return loaded;
}
inline Labels const& labels() {
  static auto const loaded = [] {
    use_fonts(RCMS_FONTS_DIR);
    return Labels::load(RCMS_SOURCE_DIR "/data/languages");
  }();
  return loaded;
}

inline Bytes portrait() {
  Picture picture{70, 90, std::vector<std::uint8_t>(70 * 90, 200)};
  return encode_png(picture);
}

/// Utopia with a counter, its stock and its accepted applications.
struct World {
  db::Database& database;
  SetClock clock{noon};
  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  std::unique_ptr<files::FileStore> store;
  case_files::Directory directory;
  exchange::Exchange exchange;
  case_files::Attachments attachments;
  case_files::Context context;
  Desk desk;
  access::Viewer carla;
  int made = 0;

  explicit World(db::Database& of)
      : database(of), people(tests::add_people(of, noon)), store(files::open_folder_store(folder.path() / "files")),
        directory(of, {people.utopia, people.arcadia}), exchange(of, clock, correspondents()),
        attachments(of, *store, files::NodeKey::load_or_make(folder.path() / "node.key"), clock),
        context{of, clock, labels(), norms(), directory, exchange, attachments, {}},
        desk(context, {RCMS_SOURCE_DIR "/data", folder.path() / "keys", false}), carla(tests::viewer_of(people.uma)) {
    carla.permissions = {"document.issue", "document.read", "document.void", "document.stock"};
  }

  std::vector<exchange::Correspondent> correspondents() const {
    std::vector<exchange::Correspondent> all;
    std::uint8_t seed = 1;
    for (auto const* party : {&people.utopia, &people.arcadia}) {
      auto const key = exchange::signing_key_from_seed(Bytes(32, seed++));
      all.push_back({party->id, party->code, key.open, key});
    }
    return all;
  }

  void receive(char const* series = "UE", char const* from = "0000001", char const* to = "0000020") {
    auto const range = receive_blanks(desk, carla, series, from, to);
    REQUIRE_MESSAGE(range.has_value(), range.error().detail);
  }

  /// An application of this State; `change` makes it wrong.
  CaseId application(std::function<void(case_files::CaseFile&)> const& change = {}, bool photo = true) {
    case_files::CaseFile file;
    file.party = people.utopia.id;
    file.partner = people.arcadia.id;
    file.id = CaseId::make(noon);
    file.side = Side::requested;
    file.agreement = "uto-xar-2019";
    file.reference = "UTO-2031-" + std::to_string(++made);
    file.partner_reference = "XAR-2031-" + std::to_string(made);
    file.state = "accepted";
    file.stage = "answered";
    file.created_at = file.changed_at = noon;
    file.submitted_on = "2031-01-15";
    file.clock = {{"receipt", noon, "", 0}, {"acceptance", noon, "accepted", 0}};
    file.content = {{"A_person",
                     {{"surname", "Núñez Kühn"}, {"given_names", "Perla"}, {"surname_original", "নুনিয়েস"}, {"dob", "1990-05"},
                      {"pob", "Puerto Esperanza"}, {"sex", "F"}, {"nationality", "UTO"}}}};
    auto const surname = "Núñez " + std::string(static_cast<std::size_t>(made), 'a');
    file.content["A_person"].as_object()["surname"] = surname;
    if (change) change(file);
    file.person = case_files::summarise(file.content);
    db::Command command;
    if (photo) {
      auto record = attachments.take_in(case_files::subject_of(file), "face.png", "photo", portrait(), "exchange").value();
      file.portrait = record.id.value;
      files::add_file(command, record);
    }
    case_files::insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    return file.id;
  }

  TravelDocument issue(CaseId const& id, IssueInput const& input = {}) {
    auto document = issue_document(desk, carla, id, input, std::nullopt);
    REQUIRE_MESSAGE(document.has_value(), document.error().field, ": ", document.error().detail);
    return *document;
  }

  std::string state_of(CaseId const& id) {
    return case_files::find_case_file(database, people.utopia.id, Side::requested, id)->state;
  }
  void check_balance() {
    for (auto const& line : list_stock(database, people.utopia.id)) CHECK(line.balances());
  }
};

inline void for_each_world(std::function<void(World&)> const& test) {
  tests::for_each_engine([&](db::Database& database) {
    World world(database);
    test(world);
  }, tests::Migrations::all);
}

}  // namespace rcms::travel_documents
