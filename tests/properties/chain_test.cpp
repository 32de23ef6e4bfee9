// Properties of the chain, on the rules alone: whatever people do, in whatever order, and however envelopes cross.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "capabilities/case_files/deciding.hpp"
#include "stories/rules_world.hpp"

using namespace rcms;
using namespace rcms::stories;
using case_files::Side;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;

struct Chain {
  case_files::Norms norms = case_files::load_norms(source / "data");
  std::vector<Person> people = read_people(source / "tests/stories/people.txt");
};

Chain const& chain() {
  static Chain const loaded;
  return loaded;
}

Line line_of(Date day, Person const& person, std::string act, std::vector<std::pair<std::string, std::string>> words) {
  Line line;
  line.file = "random";
  line.day = day;
  line.login = person.login;
  line.party = person.party;
  line.act = std::move(act);
  line.application = 1;
  line.words = std::move(words);
  return line;
}

/// 0 to `sides` - 1, whatever the size of the run.
int roll(int sides) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, sides)); }

std::string one_of(std::vector<std::string> const& values) {
  return values[static_cast<std::size_t>(roll(static_cast<int>(values.size())))];
}

Person const& person_named(std::string_view login) {
  return *std::find_if(chain().people.begin(), chain().people.end(), [&](auto const& one) { return one.login == login; });
}

/// The act with words that make it possible.
Line with_words(Date day, Person const& person, std::string const& act) {
  std::vector<std::pair<std::string, std::string>> words = {
      {"reason", "other"}, {"text", "Attached"}, {"item", "birth"}, {"days", "45"}, {"to", "diego"}};
  if (act == "edit") words.emplace_back(one_of({"observations", "evidence", "health"}), "birth_certificate");
  if (act == "reply") words.emplace_back("kind", one_of({"accepted", "refused", "interview", "more_information"}));
  if (act == "open_task") words.emplace_back("kind", one_of({"registry_search", "field_check", "document_check"}));
  if (act == "decide_gate") {
    words.emplace_back("gate", one_of({"G01", "G02", "G03", "G05", "G08", "G10"}));
    words.emplace_back("status", one_of({"closed", "closed", "failed"}));
  }
  return line_of(day, person, act, std::move(words));
}

/// Anybody does anything.
Line wild_line(Date day) {
  static std::vector<std::string> const requesting = {"edit",
                                                      "send_to_screening",
                                                      "close_gates",
                                                      "decide_gate",
                                                      "return_to_draft",
                                                      "block",
                                                      "resume_screening",
                                                      "release",
                                                      "answer",
                                                      "correct",
                                                      "withdraw",
                                                      "confirm",
                                                      "decline_silence",
                                                      "suspend",
                                                      "lift_suspension",
                                                      "close",
                                                      "reopen",
                                                      "cancel"};
  static std::vector<std::string> const requested = {
      "acknowledge",     "assign", "declare_complete", "request_documents", "extend", "reply", "reply", "open_task", "suspend",
      "lift_suspension", "close",  "issue_document",   "void_document"};
  auto const& person = chain().people[static_cast<std::size_t>(roll(static_cast<int>(chain().people.size())))];
  return with_words(day, person, one_of(person.party == "XAR" ? requesting : requested));
}

/// What an officer would do next, so that the runs get far.
Line likely_line(Date day, SharedCase const& shared) {
  struct Likely {
    char const* state;
    char const* login;
    char const* act;
  };
  static std::vector<Likely> const requesting = {{"draft", "ana", "edit"},
                                                 {"draft", "ana", "close_gates"},
                                                 {"draft", "bruno", "send_to_screening"},
                                                 {"screening", "sofia", "close_gates"},
                                                 {"screening", "dora", "close_gates"},
                                                 {"screening", "ana", "close_gates"},
                                                 {"screening", "rita", "release"},
                                                 {"screening", "rita", "release"},
                                                 {"screening", "sofia", "return_to_draft"},
                                                 {"documents_requested", "ana", "answer"},
                                                 {"consent_to_confirm", "dora", "confirm"},
                                                 {"consent_to_confirm", "dora", "decline_silence"},
                                                 {"refused", "ana", "reopen"},
                                                 {"suspended", "dora", "lift_suspension"},
                                                 {"suspended", "sofia", "lift_suspension"},
                                                 {"blocked", "sofia", "resume_screening"}};
  static std::vector<Likely> const requested = {{"received", "ines", "acknowledge"},
                                                {"completeness", "ines", "declare_complete"},
                                                {"completeness", "ines", "request_documents"},
                                                {"completeness", "diego", "reply"},
                                                {"verification", "diego", "reply"},
                                                {"verification", "diego", "extend"},
                                                {"verification", "diego", "request_documents"},
                                                {"interview", "diego", "reply"},
                                                {"documents_requested", "diego", "reply"},
                                                {"lapsed", "diego", "reply"},
                                                {"accepted", "carla", "issue_document"},
                                                {"document_issued", "carla", "void_document"},
                                                {"suspended", "sara", "lift_suspension"},
                                                {"suspended", "simon", "lift_suspension"}};
  bool const on_requested = shared.requested.file && roll(2) == 0;
  auto const& state = on_requested ? shared.requested.file->state : shared.requesting.file->state;
  std::vector<Likely> possible;
  for (auto const& one : on_requested ? requested : requesting) {
    if (state == one.state) possible.push_back(one);
  }
  if (possible.empty()) return wild_line(day);
  auto const& one = possible[static_cast<std::size_t>(roll(static_cast<int>(possible.size())))];
  return with_words(day, person_named(one.login), one.act);
}

Line random_line(Date day, SharedCase const& shared) { return roll(4) == 0 ? wild_line(day) : likely_line(day, shared); }

/// Where the two files may stand together when nothing is on its way.
bool may_stand_together(std::string const& requesting, std::string const& requested) {
  static std::map<std::string, std::set<std::string>> const pairs = {
      {"draft", {"", "refused"}}, {"screening", {"", "refused"}}, {"blocked", {"", "refused"}},
      {"submitted", {"received"}},
      {"acknowledged", {"completeness"}},
      {"documents_requested", {"documents_requested"}},
      {"verification", {"verification", "completeness", "received", "lapsed"}},
      {"interview", {"interview"}},
      {"consent_to_confirm", {"lapsed"}},
      {"accepted", {"accepted"}},
      {"refused", {"refused"}},
      {"document_issued", {"document_issued"}},
      {"withdrawn", {"withdrawn"}},
      // Closing tells the other State nothing: it may void its document after that.
      {"closed", {"", "withdrawn", "refused", "document_issued", "accepted", "closed"}},
  };
  auto const found = pairs.find(requesting);
  return found != pairs.end() && (found->second.contains(requested) || requested == "closed");
}

std::string effective(Space const& space) { return space.file ? case_files::effective_state(*space.file) : std::string(); }

/// A refusal and the confirmation of silence crossed: both States keep both, the joint committee is told. Source:
/// data/workflow/individual.toml, receive_crossing_deemed_consent.
bool silence_crossed_refusal(Space const& requesting, Space const& requested) {
  return effective(requesting) == "accepted" && effective(requested) == "refused" &&
         case_files::text_of(requesting.file->reply, "kind") == "deemed";
}

/// A suspension stops the clock of the State that suspends and not that of the other (docs/decisions/0012): one may have found
/// the term over while days are left to the other.
bool only_one_clock_ran(Space const& requesting, Space const& requested) {
  static std::set<std::string> const waiting_for_reply = {"submitted", "acknowledged", "verification", "interview"};
  static std::set<std::string> const before_reply = {"received", "completeness", "verification", "interview"};
  auto const was_suspended = [](Space const& space) {
    return std::any_of(space.file->clock.begin(), space.file->clock.end(),
                       [](auto const& event) { return event.event == "suspension"; });
  };
  auto const mine = effective(requesting);
  auto const theirs = effective(requested);
  return (theirs == "lapsed" && waiting_for_reply.contains(mine) && was_suspended(requesting)) ||
         (mine == "consent_to_confirm" && before_reply.contains(theirs) && was_suspended(requested));
}

bool has(std::vector<case_files::PastAct> const& acts, std::string_view action, std::string_view actor) {
  return std::any_of(acts.begin(), acts.end(), [&](auto const& act) { return act.action == action && act.actor == actor; });
}

std::vector<std::string> const agreement_codes = {"uto-xar-2019", "uto-xar-protocol-2022"};

/// A case that has been created, and the day after.
Date begin(RulesWorld& world) {
  Date const day(2031, 1, 30);
  auto const form = one_of({"complete", "child", "family"});
  auto const created = world.act(line_of(day, chain().people[0], "create", {{"form", form}}));
  RC_ASSERT(created.state == "draft");
  return day;
}

/// The acts that bring a case to the other State, with luck.
void send(RulesWorld& world, Date day) {
  auto const by = [&](std::string_view login, std::string act) {
    world.act(line_of(day, person_named(login), std::move(act), {}));
  };
  by("ana", "close_gates");
  by("ana", "send_to_screening");
  by("sofia", "close_gates");
  by("dora", "close_gates");
  by("rita", "release");
}

}  // namespace

TEST_CASE("every story holds on the rules") {
  for (auto const& story : read_stories(source / "tests/stories")) {
    RulesWorld world(chain().norms, chain().people, story.agreement);
    for (auto const& line : story.lines) {
      auto const problem = compare(line, world.act(line));
      CHECK_MESSAGE(problem.empty(), story.name << ": " << problem);
      if (!problem.empty()) break;
    }
  }
}

TEST_CASE("no sequence of acts sends an application with an open gate or without a second person") {
  int sent = 0;
  CHECK(rc::check([&] {
    RulesWorld world(chain().norms, chain().people, one_of(agreement_codes));
    auto day = begin(world);
    if (roll(2) == 0) send(world, day);
    auto& shared = world.cases()[1];
    int const acts = 5 + roll(60);
    for (int i = 0; i < acts; ++i) {
      if (roll(5) == 0) day = day.plus_days(1 + roll(4));
      auto const line = random_line(day, shared);
      auto const posted = shared.to_requested.size() + shared.delivered.size();
      world.post_waits = true;
      world.set_day(day);
      auto const open_before = line.act == "release" ? world.list_open_gates(shared.requesting) : std::vector<std::string>();
      auto const acts_before = shared.requesting.file->acts;
      auto const outcome = world.act(line);
      bool const released = line.act == "release" && outcome.refused.empty();
      if (!released) {
        // Nothing else makes an application leave.
        for (std::size_t j = posted; j < shared.to_requested.size() + shared.delivered.size(); ++j) {
          RC_ASSERT(shared.to_requested.back().kind != exchange::EnvelopeKind::application);
        }
      } else {
        ++sent;
        RC_ASSERT(open_before.empty());
        for (auto const* action : {"create", "import", "edit", "send_to_screening", "decide_gate", "resume_screening"}) {
          RC_ASSERT(!has(acts_before, action, line.login));
        }
      }
      while (world.deliver_one(shared, Side::requested) || world.deliver_one(shared, Side::requesting)) {
      }
    }
  }));
  CHECK_MESSAGE(sent > 0, "the property was never put to the test");
}

TEST_CASE("however envelopes cross, both files stand together once everything is delivered, and none is refused") {
  int crossed = 0;
  CHECK(rc::check([&] {
    RulesWorld world(chain().norms, chain().people, one_of(agreement_codes));
    auto day = begin(world);
    send(world, day);
    auto& shared = world.cases()[1];
    world.post_waits = true;
    std::string told = "create, send";
    int const acts = 5 + roll(60);
    for (int i = 0; i < acts; ++i) {
      auto const dice = roll(10);
      if (dice == 0) day = day.plus_days(1 + roll(20));
      if (dice == 1) {
        Line tick;
        tick.day = day;
        tick.login = "clock";
        tick.act = "tick";
        world.act(tick);
        told += "; tick " + day.text();
      } else if (dice < 4) {
        auto const to = dice == 2 ? Side::requesting : Side::requested;
        crossed += !shared.to_requested.empty() && !shared.to_requesting.empty();
        if (world.deliver_one(shared, to)) told += "; deliver to " + case_files::name_of(to);
      } else {
        auto const line = random_line(day, shared);
        auto const outcome = world.act(line);
        if (outcome.refused.empty())
          told += "; " + line.login + " " + line.act + " " + line.word("kind") + " -> " + outcome.state;
      }
    }
    while (world.deliver_one(shared, Side::requested) || world.deliver_one(shared, Side::requesting)) {
    }
    // What came late may have a term that is over already: the clock of its receiver says so at its next tick.
    Line tick;
    tick.day = day;
    tick.login = "clock";
    tick.act = "tick";
    world.act(tick);
    while (world.deliver_one(shared, Side::requested) || world.deliver_one(shared, Side::requesting)) {
    }
    auto const requesting = effective(shared.requesting);
    auto const requested = effective(shared.requested);
    RC_LOG() << told << "\nrequesting " << requesting << ", requested " << requested;
    for (auto const& refused : shared.undelivered)
      RC_LOG() << "\nrefused " << name_of(refused.why) << " " << refused.field << " " << refused.detail;
    RC_ASSERT(shared.undelivered.empty());
    RC_ASSERT(may_stand_together(requesting, requested) || silence_crossed_refusal(shared.requesting, shared.requested) ||
              only_one_clock_ran(shared.requesting, shared.requested));
  }));
  CHECK_MESSAGE(crossed > 0, "no envelopes crossed");
}
