// Random sequences of what people do, over HTTP, on a node on SQLite and on one on PostgreSQL, step by step the same: never a
// fault, never a marked word at the other State, the same answers and in the end the same files. RCMS_SEED takes another run.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <random>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include "duty/sample_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::duty;
using stories::Line;
namespace json = boost::json;

namespace {

constexpr int steps_at_most = 500;
constexpr int steps_at_least = 80;
constexpr std::int64_t time_ms = 30'000;
/// Applications of the sample world that take part; the second keeps what marks Arcadia, and stays a draft.
constexpr int applications[] = {1, 3, 4};

constexpr db::Sql find_states{"sequences.states", "SELECT side, state FROM case_files WHERE case_id = $1 ORDER BY side"};
// References are drawn and differ.
constexpr db::Sql list_files{"sequences.files",
                             "SELECT side, agreement, state, stage, person_name FROM case_files ORDER BY 1, 2, 3, 4, 5"};
constexpr db::Sql list_terms{
    "sequences.terms",
    "SELECT f.side, f.person_name, d.kind, d.state, coalesce(d.due_on, '') FROM deadlines d JOIN case_files f"
    " ON f.party = d.party AND f.case_id = d.case_id ORDER BY 1, 2, 3, 4, 5"};
// Reports are sent and tables erased at a time that depends on when the node began.
constexpr db::Sql list_acts{"sequences.acts",
                            "SELECT action, count(*) FROM ledger_entries WHERE action NOT IN"
                            " ('schedule.sent', 'schedule.not_sent', 'import_table_erased') GROUP BY action ORDER BY action"};

std::uint32_t seed_of_run() {
  char const* given = std::getenv("RCMS_SEED");
  return given != nullptr ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : 74;
}

/// What is decided once for both nodes; numbers stand for what has another name on each.
struct Step {
  std::optional<Line> line;  ///< an act as stories have them; empty: a request to a route
  std::size_t route = 0;
  std::string login;
  int target = 0;  ///< 0: a record there is; 1: any identifier; 2: one there is not
  int body = 0;    ///< how the good body is spoilt; 0: not at all
  std::uint32_t dice = 0;
};

/// One node, with what it has answered in this step.
class Side {
 public:
  explicit Side(std::string const& engine) : world_(engine) {
    for (auto const& person : world_.node().people()) parties_[person.login] = person.party;
    world_.node().tell([this](std::string const& login, tests::HttpAsk const& ask, tests::HttpAnswer const& answer) {
      hear(login, ask, answer);
    });
  }
  SampleWorld& world() { return world_; }
  std::vector<std::string> const& answers() const { return answers_; }
  std::string const& problem() const { return problem_; }

  void go_to(Date day) {
    world_.node().set_day(day);
    world_.node().settle();
  }
  void take(Step const& step) {
    answers_.clear();
    if (step.line) {
      world_.stories().act(*step.line);
    } else {
      world_.node().advance_ms(60'000);
      world_.node().ask(step.login, request_of(step));
    }
    world_.node().settle();
  }
  std::vector<std::string> states_of(int application) {
    std::vector<std::string> states;
    for (auto const& row : world_.node().node().database().read(find_states, {world_.stories().id_of(application)}))
      states.push_back(row.text(0) + " " + row.text(1));
    return states;
  }
  /// All files with their states and terms, and how often what was done.
  std::vector<std::string> summary() {
    std::vector<std::string> lines;
    for (auto const* sql : {&list_files, &list_terms, &list_acts}) {
      for (auto const& row : world_.node().node().database().read(*sql)) {
        std::string line(sql->name);
        for (std::size_t i = 0; i < row.size(); ++i)
          line += " " + (sql == &list_acts && i == 1 ? std::to_string(row.integer(i)) : row.text(i));
        lines.push_back(std::move(line));
      }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

 private:
  void hear(std::string const& login, tests::HttpAsk const& ask, tests::HttpAnswer const& answer) {
    answers_.push_back(fmt::format("{} {} {}", ask.method, answer.status, answer.why()));
    auto const wrong = [&](std::string_view what) {
      if (problem_.empty())
        problem_ = fmt::format("{}: {} {} {} {} -> {} {}", what, login, ask.method, ask.target, ask.body.substr(0, 300),
                               answer.status, answer.body.substr(0, 600));
    };
    if (answer.status == 0 || answer.status >= 500) wrong("a fault");
    auto const& party = parties_[login];
    if (party != "XAR" && answer.body.find(secret_of_arcadia) != std::string::npos) wrong("a word of Arcadia");
    if (party != "UTO" && answer.body.find(secret_of_utopia) != std::string::npos) wrong("a word of Utopia");
  }

  tests::HttpAsk request_of(Step const& step) {
    auto const& route = world_.routes()[step.route];
    auto ask = world_.sample(route);
    if (step.target > 0) {
      std::string const ids[] = {world_.case_id(),    world_.draft_id(), world_.stories().id_of(3), world_.stories().id_of(4),
                                 world_.document(),   "G03",             world_.node().user("ines").id.value};
      ask.target = route.path;
      for (auto dice = step.dice; ask.target.find('{') != std::string::npos; dice /= 7) {
        auto const from = ask.target.find('{');
        ask.target.replace(from, ask.target.find('}') - from + 1,
                           step.target == 1 ? ids[dice % std::size(ids)] : "01890000-0000-7000-8000-00000000dcba");
      }
    }
    spoil(ask.body, step);
    return ask;
  }

  static void spoil(std::string& body, Step const& step) {
    if (body.empty() || step.body == 0) return;
    if (step.body == 1) body.resize(step.dice % body.size());
    if (step.body == 1 || body.front() != '{') return;
    auto value = json::parse(body);
    auto& object = value.get_object();
    auto const member = object.empty() ? object.end() : object.begin() + step.dice % object.size();
    if (step.body == 2) object["bogus"] = 1;
    if (member != object.end()) {
      if (step.body == 3) member->value() = json::array{1, "x", nullptr};
      if (step.body == 4) member->value() = std::string(70'000, 'x');
      if (step.body == 5) object.erase(member);
    }
    body = json::serialize(value);
  }

  SampleWorld world_;
  std::map<std::string, std::string> parties_;
  std::vector<std::string> answers_;
  std::string problem_;
};

/// Throws the dice for the next step.
class Chooser {
 public:
  Chooser(std::uint32_t seed, SampleWorld& world) : dice_(seed), routes_(world.routes()), people_(world.node().people()) {}

  int roll(int sides) { return static_cast<int>(dice_() % static_cast<unsigned>(sides)); }
  template <class T>
  T const& one_of(std::vector<T> const& values) {
    return values[dice_() % values.size()];
  }
  int application() { return applications[roll(std::size(applications))]; }

  Step next(Date day, int application, std::vector<std::string> const& states) {
    Step step;
    if (roll(3) < 2) {
      step.line = roll(4) == 0 ? anything(day, application) : likely(day, application, states);
      return step;
    }
    do {
      step.route = dice_() % routes_.size();
    } while (ends_the_run(routes_[step.route]));
    step.login = roll(12) == 0 ? std::string() : one_of(people_).login;
    step.target = std::max(0, roll(5) - 2);
    step.body = std::max(0, roll(10) - 4);
    step.dice = dice_();
    return step;
  }

 private:
  /// What ends sessions, closes people out, is counted by the minute or has no end.
  static bool ends_the_run(http::Route const& route) {
    return route.live || !route.rate.name.empty() || route.path.starts_with("/api/session") ||
           route.path.starts_with("/api/users/");
  }

  Line line_of(Date day, int application, std::string const& login, std::string const& act) {
    auto const& person = *std::find_if(people_.begin(), people_.end(), [&](auto const& one) { return one.login == login; });
    Line line;
    line.file = "random";
    line.day = day;
    line.login = login;
    line.party = person.party;
    line.act = act;
    line.application = application;
    line.words = {{"reason", "other"}, {"text", "Attached"}, {"item", "birth"}, {"days", "45"}, {"to", "diego"},
                  {"until", day.plus_days(3).text()}, {"document", "1"}, {"finding", one_of<std::string>({"genuine", "false"})},
                  {"note", std::string(secret_of_utopia) + " note"},
                  {"outcome", one_of<std::string>({"confirmed", "not_found"})}};
    if (act == "edit" || act == "correct") line.words.emplace_back("decision", std::string(secret_of_arcadia) + "/7");
    if (act == "reply") line.words.emplace_back("kind", one_of<std::string>({"accepted", "refused", "interview"}));
    if (act == "open_task" || act == "complete_task")
      line.words.emplace_back("kind", one_of<std::string>({"registry_search", "field_check", "document_check"}));
    if (act == "decide_gate") {
      line.words.emplace_back("gate", one_of<std::string>({"G01", "G02", "G03", "G05", "G08", "G10"}));
      line.words.emplace_back("status", one_of<std::string>({"closed", "closed", "failed"}));
    }
    if (act == "plan_transfer") line.words.emplace_back("departs", day.plus_days(2).text() + "T09:00:00.000Z");
    return line;
  }

  Line anything(Date day, int application) {
    static std::vector<std::string> const requesting = {
        "edit",     "send_to_screening", "close_gates", "decide_gate", "return_to_draft", "block", "resume_screening", "release",
        "correct",  "withdraw",          "confirm",     "suspend",     "lift_suspension", "close", "reopen",           "cancel",
        "sees",     "plan_transfer",     "depart",      "hold",        "end_hold",        "refuse_contact"};
    static std::vector<std::string> const requested = {
        "acknowledge",   "assign",  "declare_complete", "request_documents", "extend", "reply",          "open_task",
        "complete_task", "suspend", "sees",             "close",             "assess", "issue_document", "lift_suspension"};
    auto const& person = one_of(people_);
    return line_of(day, application, person.login, one_of(person.party == "XAR" ? requesting : requested));
  }

  /// What an officer would do next, so that the runs get far.
  Line likely(Date day, int application, std::vector<std::string> const& states) {
    struct Likely {
      char const* state;
      char const* login;
      char const* act;
    };
    static Likely const table[] = {{"requesting draft", "ana", "edit"},
                                   {"requesting draft", "ana", "close_gates"},
                                   {"requesting draft", "ana", "send_to_screening"},
                                   {"requesting screening", "sofia", "close_gates"},
                                   {"requesting screening", "rita", "release"},
                                   {"requesting accepted", "sofia", "plan_transfer"},
                                   {"requesting refused", "ana", "reopen"},
                                   {"requesting suspended", "dora", "lift_suspension"},
                                   {"requesting blocked", "sofia", "resume_screening"},
                                   {"requested received", "ines", "acknowledge"},
                                   {"requested completeness", "ines", "declare_complete"},
                                   {"requested completeness", "ines", "request_documents"},
                                   {"requested verification", "diego", "open_task"},
                                   {"requested verification", "vera", "complete_task"},
                                   {"requested verification", "ines", "assess"},
                                   {"requested verification", "diego", "extend"},
                                   {"requested verification", "diego", "reply"},
                                   {"requested interview", "diego", "reply"},
                                   {"requested lapsed", "diego", "reply"},
                                   {"requested accepted", "carla", "issue_document"},
                                   {"requested suspended", "sara", "lift_suspension"}};
    std::vector<Likely> possible;
    for (auto const& one : table)
      if (std::find(states.begin(), states.end(), one.state) != states.end()) possible.push_back(one);
    if (possible.empty()) return anything(day, application);
    auto const& one = one_of(possible);
    return line_of(day, application, one.login, one.act);
  }

  std::mt19937 dice_;
  std::vector<http::Route> const& routes_;
  std::vector<stories::Person> const& people_;
};

/// What only one of the two has, when nothing is under way any more: the background may be about to write.
std::string difference(Side& one, Side& other) {
  std::vector<std::string> lines;
  for (auto const until = monotonic_ms() + 5'000; monotonic_ms() < until;) {
    for (auto* side : {&one, &other}) side->world().node().settle();
    auto const left = one.summary();
    auto const right = other.summary();
    lines.clear();
    std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(lines));
    if (left == right) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return lines.empty() ? "the order" : fmt::format("{}", fmt::join(lines, "\n"));
}

std::string words_of(Step const& step, SampleWorld& world) {
  if (step.line) return fmt::format("{} {} application {}", step.line->login, step.line->act, step.line->application);
  return fmt::format("{} {} target {} body {}", step.login, world.routes()[step.route].operation, step.target, step.body);
}

}  // namespace

TEST_CASE("the same random sequence of requests comes to the same on both databases, and never to a fault or a foreign word") {
  if (tests::engines_for_tests().size() < 2) return;
  auto const seed = seed_of_run();
  CAPTURE(seed);
  Side lite("SQLite");
  Side postgresql("PostgreSQL");
  Chooser choose(seed, lite.world());
  Date day(2031, 2, 7);
  int done = 0;
  int good = 0;
  std::set<std::string> operations;
  std::vector<std::string> last;
  for (auto const until = monotonic_ms() + time_ms; done < steps_at_most && monotonic_ms() < until; ++done) {
    if (choose.roll(6) == 0) {
      day = day.plus_days(1 + choose.roll(12));
      for (auto* side : {&lite, &postgresql}) side->go_to(day);
    }
    auto const application = choose.application();
    auto const step = choose.next(day, application, lite.states_of(application));
    last.push_back(words_of(step, lite.world()));
    if (last.size() > 12) last.erase(last.begin());
    CAPTURE(done);
    CAPTURE(fmt::format("{}", fmt::join(last, "\n")));
    for (auto* side : {&lite, &postgresql}) {
      side->take(step);
      REQUIRE_MESSAGE(side->problem().empty(), side->problem());
    }
    REQUIRE(fmt::format("{}", fmt::join(lite.answers(), "; ")) == fmt::format("{}", fmt::join(postgresql.answers(), "; ")));
    REQUIRE(lite.states_of(application) == postgresql.states_of(application));
    for (auto const& answer : lite.answers()) good += answer.find(" 20") != std::string::npos ? 1 : 0;
    operations.insert(step.line ? step.line->act : lite.world().routes()[step.route].operation);
  }
  CHECK(difference(lite, postgresql) == "");
  CHECK(done >= steps_at_least);
  CHECK(good > done / 12);
  CHECK(operations.size() > 30);
  // The marks by which a foreign word would be seen are still there.
  CHECK(lite.world().node().get("omnia", "/api/cases/" + lite.world().draft_id()).body.find(secret_of_arcadia) !=
        std::string::npos);
  MESSAGE("seed " << seed << ": " << done << " steps, " << operations.size() << " kinds, " << good << " good answers");
}
