// The law of a node on real databases: first start, last good version, versions by date, confirmations, what is computed anew.
#include "capabilities/agreements/actions.hpp"

#include <fstream>
#include <set>

#include <doctest/doctest.h>

#include "capabilities/agreements/narrowing_acts.hpp"
#include "capabilities/agreements/narrowing_store.hpp"
#include "capabilities/agreements/present.hpp"
#include "capabilities/agreements/present_law.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/ledger/entry.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::agreement_desk;
using case_files::CaseFile;
using case_files::Side;
namespace fs = std::filesystem;

namespace {

/// The data of the program with agreements that a test may change.
class DataForTests {
 public:
  DataForTests() {
    for (auto const& entry : fs::directory_iterator(tests::data_for_tests)) {
      auto const name = entry.path().filename();
      if (name == "agreements" || name == "holidays") fs::create_directories(path() / name);
      else fs::create_directory_symlink(entry.path(), path() / name);
    }
    for (auto const& entry : fs::directory_iterator(tests::data_for_tests / "holidays"))
      fs::copy_file(entry.path(), path() / "holidays" / entry.path().filename());
    for (char const* name : {"uto-xar-2019.toml", "uto-xar-protocol-2022.toml", "ch-az.toml"})
      fs::copy_file(tests::data_for_tests / "agreements" / name, path() / "agreements" / name);
  }

  fs::path const& path() const { return folder_.path(); }

  std::string read(std::string const& name) const {
    std::ifstream in(path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(std::string const& name, std::string const& text) const { std::ofstream(path() / name, std::ios::binary) << text; }
  void change(std::string const& name, std::string const& from, std::string const& to) const {
    auto text = read(name);
    auto const at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    write(name, text.replace(at, from.size(), to));
  }

 private:
  tests::TemporaryFolder folder_;
};

/// A node on a database; made anew it is a restart.
struct NodeOnLaw {
  NodeOnLaw(db::Database& database, DataForTests const& data, fs::path const& folder, tests::PeopleForTests const& people)
      : norms(case_files::load_norms_without_agreements(data.path())), world(database, folder, people),
        desk(database, world.clock, norms, data.path()),
        files{database, world.clock, world.context.labels, norms, world.context.directory, world.context.exchange,
              world.context.attachments, {}},
        context{files, desk}, evaluation(files, desk) {
    desk.read_files();
  }

  case_files::Norms norms;
  tests::FilesWorld world;
  Desk desk;
  case_files::Context files;
  Context context;
  Evaluation evaluation;
};

struct Law {
  explicit Law(db::Database& opened) : database(opened), people(tests::add_people(opened, tests::start_for_tests)) {
    second = people.admin;
    second.id = UserId::make(tests::start_for_tests);
    second.login = "second.arcadia";
    second.name = "Name of second.arcadia";
    second.revision = 0;
    utopian = second;
    utopian.id = UserId::make(tests::start_for_tests);
    utopian.party = people.utopia.id;
    utopian.organisation = people.utopian_authority.id;
    utopian.login = "admin.utopia";
    db::Command command;
    access::save_user(command, second);
    access::save_user(command, utopian);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
  }

  std::unique_ptr<NodeOnLaw> start() { return std::make_unique<NodeOnLaw>(database, data, folder.path(), people); }

  /// A file of Arcadia under the agreement of 2019, received on its day of submission.
  CaseFile add_file(NodeOnLaw& node, Date submitted_on, int number) const {
    CaseFile file;
    file.party = people.arcadia.id;
    file.id = CaseId::make(tests::start_for_tests.plus_ms(number));
    file.side = Side::requesting;
    file.partner = people.utopia.id;
    file.agreement = "uto-xar-2019";
    file.reference = "XAR-2031-00000" + std::to_string(number);
    file.state = "verification";
    file.stage = "completeness";
    file.created_at = file.changed_at = tests::start_for_tests;
    file.submitted_on = submitted_on.text();
    auto const noon = Instant{std::int64_t{submitted_on.days()} * 86'400'000 + 18 * 3'600'000};
    case_files::happened(file, "submission", noon);
    case_files::happened(file, "receipt", noon);
    auto planned = case_files::plan_deadlines(case_files::law_of(node.files), file, {"XAR", "UTO"});
    db::Command command;
    case_files::insert_case_file(command, file);
    for (auto& each : planned) {
      each.id = make_uuid(tests::start_for_tests);
      each.computed_at = tests::start_for_tests;
      case_files::insert_deadline(command, file, each);
    }
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    return file;
  }

  db::Database& database;
  DataForTests data;
  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  access::User second;
  access::User utopian;
};

/// The whole text of an entry of the ledger.
std::vector<std::string> actions_of(db::Database& database, std::string const& subject) {
  std::vector<std::string> actions;
  for (auto const& told : ledger::list_entries(database, subject)) actions.push_back(told.record.action);
  return actions;
}

std::string first_error(std::function<void()> const& act) {
  try {
    act();
  } catch (std::runtime_error const& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a first start with a file that does not hold is refused with file, line and reason, and keeps nothing") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    law.data.change("agreements/ch-az.toml", "unit = \"working_day\"\nstart = \"apprehension\"",
                    "unit = \"working_day\"\ndays = 3\nstart = \"apprehension\"");
    auto const error = first_error([&] { (void)law.start(); });
    CHECK(error.find("ch-az.toml") != std::string::npos);
    CHECK(error.find("line ") != std::string::npos);
    CHECK(error.find("days") != std::string::npos);
    CHECK(list_versions(database).empty());
  }, tests::Migrations::all);
}

TEST_CASE("what was good stays in force when its file does not hold any more, at a start and when files are read again") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    {
      auto const node = law.start();
      CHECK(node->desk.state().versions.size() == 3);
      auto const told = ledger::list_entries(database, "agreement:CH-AZ");
      REQUIRE(told.size() == 1);
      CHECK(told[0].record.action == "agreement.accept");
      CHECK(told[0].content->find(node->desk.state().versions[0].law_hash) != std::string::npos);
    }
    auto const good = law.data.read("agreements/ch-az.toml");
    struct Row { char const* name; char const* from; char const* to; char const* says; };
    Row const rows[] = {
        {"contradiction", "in_force_from = 2017-04-01", "in_force_from = 2017-04-01\nin_force_until = 2016-01-01",
         "in_force_until"},
        {"unknown key", "confidence = \"P\"\nnote = \"apprehended", "confidence = \"P\"\nvalues = 3\nnote = \"apprehended",
         "values"},
        {"missing clause", "article = \"art. 4(3)\"\n", "", "line 32: rule accel_submit: no clause"},
        {"failing example", "due = 2026-03-27", "due = 2026-03-28", "the rule gives 2026-03-27"},
        {"no TOML at all", "agreement = ", "agreement == ", "line "},
    };
    for (auto const& row : rows) {
      CAPTURE(row.name);
      law.data.write("agreements/ch-az.toml", good);
      law.data.change("agreements/ch-az.toml", row.from, row.to);
      auto const node = law.start();
      auto const* held = node->norms.find_agreement("CH-AZ");
      REQUIRE(held != nullptr);
      CHECK(agreements::find_rule(*held, "reply_standard", Date(2031, 1, 1))->value == 25);
      auto const state = node->desk.state();
      REQUIRE(state.refused.size() == 1);
      CHECK(state.refused[0].file == "ch-az.toml");
      CHECK(state.refused[0].in_force == "CH-AZ");
      REQUIRE_FALSE(state.refused[0].reasons.empty());
      CHECK_MESSAGE(state.refused[0].reasons[0].find(row.says) != std::string::npos, state.refused[0].reasons[0]);
      // Mended, and read again without a restart: nothing waits, nothing is refused.
      law.data.write("agreements/ch-az.toml", good);
      node->desk.read_files();
      CHECK(node->desk.state().refused.empty());
      CHECK(node->desk.state().waiting.empty());
    }
    CHECK(actions_of(database, "agreement:CH-AZ") == std::vector<std::string>{"agreement.accept"});
    fs::remove(law.data.path() / "agreements/ch-az.toml");
    auto const without = law.start();
    CHECK(without->desk.state().without_file == std::vector<std::string>{"CH-AZ"});
    CHECK(without->norms.find_agreement("CH-AZ") != nullptr);
  }, tests::Migrations::all);
}

TEST_CASE("other words of the same law are taken at once; another law waits") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    auto const node = law.start();
    law.data.change("agreements/ch-az.toml", "note = \"apprehended", "note = \"Apprehended");
    node->desk.read_files();
    CHECK(node->desk.state().waiting.empty());
    CHECK(actions_of(database, "agreement:CH-AZ") ==
          std::vector<std::string>{"agreement.accept", "agreement.accept_words"});
    CHECK(agreements::find_rule(*node->norms.find_agreement("CH-AZ"), "accel_submit", Date(2031, 1, 1))->note.find("Appre") == 0);
    law.data.change("agreements/ch-az.toml", "key = \"td_validity\"\nvalue = 90", "key = \"td_validity\"\nvalue = 91");
    law.data.change("agreements/ch-az.toml", "due = 2026-05-31", "due = 2026-06-01");
    node->desk.read_files();
    REQUIRE(node->desk.state().waiting.size() == 1);
    CHECK(agreements::find_rule(*node->norms.find_agreement("CH-AZ"), "td_validity", Date(2031, 1, 1))->value == 90);
    auto const again = law.start();
    CHECK(again->desk.state().waiting.size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("a version comes in force once its effect on open cases was seen; cases submitted before keep theirs") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    auto node = law.start();
    node->evaluation.finish();
    auto const early = law.add_file(*node, Date(2031, 2, 3), 1);
    auto const late = law.add_file(*node, Date(2031, 2, 20), 2);
    // Forty days instead of thirty.
    auto text = law.data.read("agreements/uto-xar-2019.toml");
    auto const at = text.find("value = 30");
    text.replace(at, 10, "value = 40");
    text = text.substr(0, text.find("[[example]]"));
    law.data.write("agreements/uto-xar-2019.toml",
                   text + "[[example]]\nname = \"forty days\"\nrule = \"reply_standard\"\nacting = \"UTO\"\n"
                          "events = [{ kind = \"receipt\", at = \"2024-03-04T15:00:00Z\" }]\ndue = 2024-04-13\n");
    node->desk.read_files();
    REQUIRE(node->desk.state().refused.empty());
    auto const admin = node->world.viewer(law.people.admin, "XAR");
    auto const effect = preview_effect(node->context, admin, "uto-xar-2019", "2031-02-10");
    REQUIRE(effect.has_value());
    CHECK(effect->open_cases == 2);
    REQUIRE(effect->changed.size() == 1);
    CHECK(effect->changed[0].reference == "XAR-2031-000002");
    CHECK(effect->changed[0].due_before == "2031-03-22");
    CHECK(effect->changed[0].due_after == "2031-04-01");
    auto const whole = preview_effect(node->context, admin, "uto-xar-2019", "");
    CHECK(whole->changed.size() == 2);
    CHECK(whole->seen != effect->seen);

    struct Row { char const* name; access::Viewer viewer; std::string agreement; std::string from; std::string seen; Why why; };
    auto const officer = node->world.ana();
    Row const rows[] = {
        {"not seen", admin, "uto-xar-2019", "2031-02-10", "x", Why::stale_revision},
        {"seen for another day", admin, "uto-xar-2019", "2031-02-11", effect->seen, Why::stale_revision},
        {"not an administrator", officer, "uto-xar-2019", "2031-02-10", effect->seen, Why::not_permitted},
        {"nothing waits", admin, "CH-AZ", "", effect->seen, Why::not_found},
        {"no day", admin, "uto-xar-2019", "soon", effect->seen, Why::field_invalid},
    };
    for (auto const& row : rows) {
      CAPTURE(row.name);
      auto const refused = put_in_force(node->context, row.viewer, row.agreement, row.from, row.seen);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().why == row.why);
    }
    auto const made = put_in_force(node->context, admin, "uto-xar-2019", "2031-02-10", effect->seen);
    REQUIRE(made.has_value());
    CHECK(made->number == 2);
    CHECK(node->desk.state().waiting.empty());
    auto const days_for = [&](char const* submitted) {
      return *agreements::find_rule(*node->norms.find_agreement("uto-xar-2019", submitted), "reply_standard", Date(2031, 1, 1))
                  ->value;
    };
    CHECK(days_for("2031-02-09") == 30);
    CHECK(days_for("2031-02-10") == 40);
    CHECK(days_for("") == 40);
    // The open deadline of the later case is computed anew, the old one is kept; the earlier one is untouched.
    CHECK(node->evaluation.finish() == 1);
    auto const deadlines = case_files::list_deadlines(database, late.party, late.id);
    REQUIRE(deadlines.size() == 2);
    std::set<std::string> told;
    for (auto const& each : deadlines) told.insert(each.state + " " + each.due_on->text());
    CHECK(told == std::set<std::string>{"replaced 2031-03-22", "open 2031-04-01"});
    CHECK(case_files::list_deadlines(database, early.party, early.id).size() == 1);
    CHECK(node->evaluation.finish() == 0);
    // And after a restart it is the same.
    node = law.start();
    CHECK(days_for("2031-02-09") == 30);
    CHECK(node->evaluation.finish() == 0);
    CHECK(actions_of(database, "agreement:uto-xar-2019").back() == "agreement.put_in_force");
  }, tests::Migrations::all);
}

TEST_CASE("a rule that is not certain is confirmed by two administrators of one State, for that State, until it is revoked") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    law.data.change("agreements/uto-xar-2019.toml", "article = \"art. 9(2)\"\nconfidence = \"P\"",
                    "article = \"art. 9(2)\"\nconfidence = \"unverified\"");
    auto const node = law.start();
    node->evaluation.finish();
    auto const file = law.add_file(*node, Date(2031, 2, 20), 1);
    auto const admin = node->world.viewer(law.people.admin, "XAR");
    auto const second = node->world.viewer(law.second, "XAR");
    auto const utopian = node->world.viewer(law.utopian, "UTO");
    auto const confidence = [&](char const* party) {
      return agreements::confidence_of_value(*agreements::find_rule(
          *node->norms.find_agreement("uto-xar-2019", "2031-02-20", party), "reply_standard", Date(2031, 1, 1)));
    };
    struct Row { char const* name; access::Viewer viewer; char const* agreement; NewConfirmation input; Why why; };
    Row const rows[] = {
        {"an officer", node->world.ana(), "uto-xar-2019", {"reply_standard", "Gazette 12", ""}, Why::not_permitted},
        {"no such agreement", admin, "XX-YY", {"reply_standard", "Gazette 12", ""}, Why::not_found},
        {"no party", admin, "CH-AZ", {"td_renewal", "Gazette 12", ""}, Why::agreement_does_not_apply},
        {"no such rule", admin, "uto-xar-2019", {"reply", "Gazette 12", ""}, Why::field_invalid},
        {"certain already", admin, "uto-xar-2019", {"td_issue", "Gazette 12", ""}, Why::wrong_step},
        {"no source", admin, "uto-xar-2019", {"reply_standard", "", ""}, Why::field_missing},
    };
    for (auto const& row : rows) {
      CAPTURE(row.name);
      auto const refused = propose(node->context, row.viewer, row.agreement, row.input);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().why == row.why);
    }
    auto const proposed = propose(node->context, admin, "uto-xar-2019", {"reply_standard", "Official Gazette 12", "page 3"});
    REQUIRE(proposed.has_value());
    CHECK(propose(node->context, second, "uto-xar-2019", {"reply_standard", "Gazette", ""}).error().why == Why::already_exists);
    CHECK(confidence("XAR") == "unverified");
    CHECK(countersign(node->context, admin, proposed->id).error().why == Why::same_person);
    CHECK(countersign(node->context, utopian, proposed->id).error().why == Why::not_found);
    CHECK(countersign(node->context, node->world.ana(), proposed->id).error().why == Why::not_permitted);
    auto const confirmed = countersign(node->context, second, proposed->id);
    REQUIRE(confirmed.has_value());
    CHECK(countersign(node->context, second, proposed->id).error().why == Why::wrong_step);
    CHECK(confidence("XAR") == "confirmed");
    CHECK(confidence("UTO") == "unverified");
    CHECK(confidence("") == "unverified");
    CHECK(node->evaluation.finish() == 1);
    auto deadlines = case_files::list_deadlines(database, file.party, file.id);
    REQUIRE(deadlines.size() == 2);
    auto const& open = deadlines[0].state == "open" ? deadlines[0] : deadlines[1];
    CHECK(text_at(boost::json::value(open.computation), "confidence") == "confirmed");
    auto const read = agreements::deadline_from_json(open.computation);
    auto const sentence = agreements::render_sentence(tests::labels_for_tests(), "en", *read);
    CHECK(sentence.find("by Name of admin.arcadia and Name of second.arcadia, with the source Official Gazette 12, page 3") !=
          std::string::npos);
    auto const view = present_confirmation(node->context, admin, *confirmed);
    CHECK(view.fits);
    CHECK(view.countersigned_by == "Name of second.arcadia");

    CHECK(revoke(node->context, admin, proposed->id, "").error().why == Why::reason_missing);
    REQUIRE(revoke(node->context, admin, proposed->id, "the gazette was corrected").has_value());
    CHECK(confidence("XAR") == "unverified");
    CHECK(node->evaluation.finish() == 1);
    CHECK(case_files::list_deadlines(database, file.party, file.id).size() == 3);
    CHECK(propose(node->context, second, "uto-xar-2019", {"reply_standard", "Gazette 14", ""}).has_value());
    CHECK(actions_of(database, "agreement:uto-xar-2019") ==
          std::vector<std::string>{"agreement.accept", "agreement.propose_confirmation", "agreement.confirm",
                                   "agreement.revoke_confirmation", "agreement.propose_confirmation"});
  }, tests::Migrations::all);
}

TEST_CASE("a holiday that is changed after the fact computes a new date and keeps the old one") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    auto node = law.start();
    node->evaluation.finish();
    auto file = law.add_file(*node, Date(2031, 2, 20), 1);
    // The travel document is due five working days after Monday 24 February: Monday 3 March.
    db::Command command;
    auto changed = file;
    changed.state = "accepted";
    case_files::happened(changed, "acceptance", *Instant::parse("2031-02-24T18:00:00Z"));
    case_files::save_case_file(command, file, changed);
    for (auto const& each : case_files::list_deadlines(database, file.party, file.id))
      case_files::end_deadline(command, each.id, "met", tests::start_for_tests);
    auto planned = case_files::plan_deadlines(case_files::law_of(node->files), changed, {"XAR", "UTO"});
    REQUIRE(planned.size() == 1);
    auto const before = planned[0].due_on->text();
    planned[0].id = make_uuid(tests::start_for_tests);
    planned[0].computed_at = tests::start_for_tests;
    case_files::insert_deadline(command, changed, planned[0]);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    CHECK(node->evaluation.finish() == 0);

    auto const due = *planned[0].due_on;
    law.data.write("holidays/UTO.toml", law.data.read("holidays/UTO.toml") +
                                            "\n[[holiday]]\nname = { en = \"Day of mourning\", es = \"Día de duelo\" }\n"
                                            "date = " +
                                            due.text() + "\n");
    node = law.start();
    CHECK(node->evaluation.finish() == 1);
    std::set<std::string> told;
    for (auto const& each : case_files::list_deadlines(database, file.party, file.id)) {
      if (each.kind == planned[0].kind) told.insert(each.state + " " + each.due_on->text());
    }
    CHECK(told.size() == 2);
    CHECK(told.count("replaced " + before) == 1);
    CHECK(told.count("open " + before) == 0);
    auto const entries = ledger::list_entries(database, "case:" + file.id.value);
    REQUIRE_FALSE(entries.empty());
    CHECK(entries.back().record.action == "deadlines_computed_anew");
    CHECK(entries.back().content->find(before) != std::string::npos);
  }, tests::Migrations::all);
}

TEST_CASE("the list is that of the own State unless all is asked for; words, States and confidence narrow it") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    law.data.change("agreements/ch-az.toml", "in_force_from = 2017-04-01\n", "");
    auto const node = law.start();
    auto const admin = node->world.viewer(law.people.admin, "XAR");
    struct Row { char const* name; AgreementFilter filter; std::int64_t found; };
    for (auto const& row : {Row{"own", {}, 2}, Row{"all", {true, "", "", "", ""}, 3},
                            Row{"words", {true, "AZERBAIYAN suiza", "", "", ""}, 1},
                            Row{"words of another State are not of the own", {false, "suiza", "", "", ""}, 0},
                            Row{"a State", {true, "", "CHE", "", ""}, 1},
                            Row{"two States: only what is in force", {true, "", "CHE", "AZE", ""}, 0},
                            Row{"two States", {true, "", "UTO", "XAR", ""}, 2},
                            Row{"certain", {true, "", "", "", "certain"}, 2},
                            Row{"unverified", {true, "", "", "", "unverified"}, 1}}) {
      CAPTURE(row.name);
      auto const view = present_list(node->context, admin, "es", row.filter);
      CHECK(view.counts.all == 3);
      CHECK(view.counts.own == 2);
      CHECK(view.counts.found == row.found);
      CHECK(static_cast<std::int64_t>(view.items.size()) == row.found);
      std::int64_t rules = 0;
      for (auto const& item : view.items) rules += item.rules;
      CHECK(view.counts.rules == rules);
    }
    auto const whole = present_agreement(node->context, admin, "es", "CH-AZ");
    REQUIRE(whole.has_value());
    CHECK_FALSE(whole->agreement.in_force_from.has_value());
    CHECK_FALSE(whole->agreement.in_force);
    CHECK(whole->agreement.parties[1].name == "Azerbaiyán");
    REQUIRE(whole->authorities.size() == 2);
    CHECK(whole->authorities[1].holidays_confidence == "S");
    CHECK(present_agreement(node->context, admin, "es", "XX-YY").error().why == Why::not_found);
    for (auto const& rule : whole->rules) CHECK(rule.start.has_value() == rule.start_confidence.has_value());
  }, tests::Migrations::all);
}

TEST_CASE("an earlier version of an agreement stays readable, with what the next one changed") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    auto const node = law.start();
    auto const admin = node->world.viewer(law.people.admin, "XAR");
    law.data.change("agreements/uto-xar-2019.toml", "value = 30", "value = 31");
    auto text = law.data.read("agreements/uto-xar-2019.toml");
    law.data.write("agreements/uto-xar-2019.toml",
                   text.substr(0, text.find("[[example]]")) +
                       "[[example]]\nname = \"31 days\"\nrule = \"reply_standard\"\nacting = \"UTO\"\n"
                       "events = [{ kind = \"receipt\", at = \"2024-03-04T15:00:00Z\" }]\ndue = 2024-04-04\n");
    node->desk.read_files();
    REQUIRE(node->desk.state().refused.empty());
    auto const effect = preview_effect(node->context, admin, "uto-xar-2019", "");
    REQUIRE(effect.has_value());
    REQUIRE(put_in_force(node->context, admin, "uto-xar-2019", "", effect->seen).has_value());
    auto const days = [&](int number) {
      auto const view = present_agreement(node->context, admin, "en", "uto-xar-2019", number);
      REQUIRE(view.has_value());
      CHECK(view->newest == 2);
      for (auto const& rule : view->rules) {
        if (rule.key == "reply_standard") return rule.value.value_or(0);
      }
      return std::int64_t{0};
    };
    CHECK(days(1) == 30);
    CHECK(days(2) == 31);
    CHECK(days(0) == 31);
    CHECK(present_agreement(node->context, admin, "en", "uto-xar-2019", 3).error().why == Why::not_found);
    auto const versions = present_versions(node->context, admin, "en", "uto-xar-2019");
    REQUIRE(versions.has_value());
    REQUIRE(versions->size() == 2);
    CHECK(versions->front().newest);
    CHECK(versions->front().version.accepted_by.has_value());
    REQUIRE(versions->front().changes.size() == 1);
    CHECK(versions->front().changes[0].key == "reply_standard");
    CHECK(versions->back().changes.empty());
  }, tests::Migrations::all);
}

TEST_CASE("a field is kept at home by one State once two of its administrators have signed, also after a restart") {
  tests::for_each_engine([](db::Database& database) {
    Law law(database);
    auto node = law.start();
    auto const admin = node->world.viewer(law.people.admin, "XAR");
    auto const second = node->world.viewer(law.second, "XAR");
    auto const utopian = node->world.viewer(law.utopian, "UTO");
    auto const withheld = [&](std::string_view party) {
      return agreements::withheld_fields_of(*node->norms.law->find("uto-xar-2019", {}, party));
    };
    std::string const field = "F_other.observations";
    auto const proposed = propose_narrowing(node->context, admin, "uto-xar-2019", field, "Names of offices stand in it");
    REQUIRE(proposed.has_value());
    CHECK(propose_narrowing(node->context, admin, "none", field, "r").error().why == Why::not_found);
    CHECK(propose_narrowing(node->context, second, "uto-xar-2019", field, "r").error().why == Why::already_exists);
    CHECK(withheld("XAR").empty());
    CHECK(countersign_narrowing(node->context, admin, proposed->id).error().why == Why::same_person);
    CHECK(countersign_narrowing(node->context, utopian, proposed->id).error().why == Why::not_found);
    auto const before = node->desk.fingerprint();
    REQUIRE(countersign_narrowing(node->context, second, proposed->id).has_value());
    CHECK(withheld("XAR").contains(field));
    CHECK(withheld("UTO").empty());
    CHECK(withheld("").empty());
    CHECK(node->desk.fingerprint() == before);  // no date rests on it: nothing is computed anew

    node = law.start();
    CHECK(withheld("XAR").contains(field));
    auto const& one = node->norms.law->find("uto-xar-2019", {}, "XAR")->withheld.front();
    CHECK(one.by == "Name of admin.arcadia");
    CHECK(one.countersigned_by == "Name of second.arcadia");
    CHECK(one.number == 2);

    REQUIRE(end_narrowing(node->context, second, proposed->id, "The offices have no names any more").has_value());
    CHECK(withheld("XAR").contains(field));
    CHECK(countersign_narrowing(node->context, second, proposed->id).error().why == Why::same_person);
    REQUIRE(countersign_narrowing(node->context, admin, proposed->id).has_value());
    CHECK(withheld("XAR").empty());
    CHECK(propose_narrowing(node->context, second, "uto-xar-2019", field, "After all").has_value());
    auto const all = list_narrowings(database, law.people.arcadia.id, "uto-xar-2019");
    REQUIRE(all.size() == 2);
    CHECK(whitelist_version(all) == 3);
    CHECK(list_narrowings(database, law.people.utopia.id, "uto-xar-2019").empty());
    CHECK(actions_of(database, "agreement:uto-xar-2019") ==
          std::vector<std::string>{"agreement.accept", "agreement.propose_narrowing", "agreement.countersign_narrowing",
                                   "agreement.end_narrowing", "agreement.countersign_narrowing", "agreement.propose_narrowing"});
  }, tests::Migrations::all);
}
