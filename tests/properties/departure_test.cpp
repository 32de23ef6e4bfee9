// Nobody departs while a safeguard is open: whatever anybody does, in whatever order, with whatever clock, register and
// agreement.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "capabilities/case_files/deciding.hpp"
#include "norms/forms/content.hpp"
#include "stories/rules_world.hpp"

using namespace rcms;
using namespace rcms::stories;
using case_files::Side;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
constexpr std::int64_t hour = 3'600'000;

case_files::Norms const& norms() {
  // Every agreement as if it were between the two States of the tests: their clocks and silences differ.
  static case_files::Norms const loaded = [] {
    auto read = case_files::load_norms(source / "data");
    auto const authorities = read.agreements.at("uto-xar-2019").authorities;
    for (auto& [code, agreement] : read.agreements) {
      agreement.parties = {"XAR", "UTO"};
      agreement.authorities = authorities;
    }
    return read;
  }();
  return loaded;
}

/// The same law under the calendars of six pairs of real States, each with its own weekend and holidays.
case_files::Norms const& some_norms(std::size_t which) {
  static std::vector<case_files::Norms> const variants = [] {
    std::vector<std::string> codes;
    for (auto const& [code, calendar] : norms().calendars) codes.push_back(code);
    std::vector<case_files::Norms> made(6, norms());
    for (std::size_t i = 1; i < made.size(); ++i) {
      made[i].calendars.at("UTO") = norms().calendars.at(codes[(i * 7) % codes.size()]);
      made[i].calendars.at("XAR") = norms().calendars.at(codes[(i * 11 + 3) % codes.size()]);
    }
    return made;
  }();
  return variants[which % variants.size()];
}

std::vector<Person> const& people() {
  static std::vector<Person> const read = read_people(source / "tests/stories/people.txt");
  return read;
}

/// 0 to `sides` - 1, whatever the size of the run.
int roll(int sides) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, sides)); }

template <class T>
T const& one_of(std::vector<T> const& values) {
  return values[static_cast<std::size_t>(roll(static_cast<int>(values.size())))];
}

std::vector<std::string> agreement_codes() {
  std::vector<std::string> codes;
  for (auto const& [code, versions] : norms().agreements) codes.push_back(code);
  return codes;
}

/// What somebody may do next, so that runs get far.
struct Likely {
  char const* state;
  char const* login;
  char const* act;
};
std::vector<Likely> const requesting_way = {
    {"draft", "ana", "close_gates"},           {"draft", "ana", "send_to_screening"},
    {"screening", "sofia", "close_gates"},     {"screening", "dora", "close_gates"},
    {"screening", "clara", "close_gates"},     {"screening", "samuel", "close_gates"},
    {"screening", "rita", "release"},          {"screening", "rita", "release"},
    {"suspended", "dora", "lift_suspension"},  {"suspended", "sofia", "lift_suspension"},
    {"accepted", "ana", "record_document"},
    {"document_issued", "sofia", "close_gates"}, {"document_issued", "ana", "close_gates"},
    {"document_issued", "irene", "close_gates"}, {"document_issued", "omar", "plan_transfer"},
    {"document_issued", "omar", "plan_transfer"}, {"transfer_planned", "sofia", "close_gates"},
    {"transfer_planned", "ana", "close_gates"}, {"transfer_planned", "irene", "close_gates"},
    {"transfer_planned", "viktor", "close_gates"}, {"transfer_planned", "omar", "close_gates"},
    {"transfer_planned", "sofia", "check_departure"}, {"transfer_planned", "sofia", "check_departure"},
    {"ready_to_depart", "sofia", "close_gates"}, {"ready_to_depart", "omar", "close_gates"},
    {"ready_to_depart", "omar", "depart"},     {"ready_to_depart", "omar", "depart"},
    {"error_claimed", "dora", "take_back"},    {"error_claimed", "dora", "reject_error_claim"},
    {"taking_back", "ana", "record_return"}};
std::vector<Likely> const requested_way = {{"received", "ines", "acknowledge"},   {"completeness", "diego", "reply"},
                                           {"verification", "diego", "reply"},    {"interview", "diego", "reply"},
                                           {"lapsed", "diego", "reply"},          {"accepted", "carla", "issue_document"},
                                           {"suspended", "sara", "lift_suspension"},
                                           {"departed", "diego", "claim_error"},  {"error_rejected", "diego", "claim_error"}};
std::vector<std::string> const requesting_acts = {
    "edit",           "close_gates",       "decide_gate",     "return_to_draft",      "block",          "resume_screening",
    "release",        "withdraw",          "suspend",         "suspend",              "lift_suspension", "close",
    "override_gate",  "override_gate",     "withdraw_consent", "refuse_contact",      "check_status",   "ask_family_exception",
    "review_family_exception", "plan_transfer", "postpone_transfer", "check_departure", "depart",       "depart",
    "record_document", "take_back_document", "take_back", "reject_error_claim", "record_return"};
std::vector<std::string> const requested_acts = {"acknowledge",   "reply",   "issue_document",
                                                 "void_document", "suspend", "lift_suspension", "claim_error"};

struct Run {
  RulesWorld world;
  int cases = 1;
  Date day{2031, 1, 30};

  explicit Run(std::string agreement) : world(some_norms(static_cast<std::size_t>(roll(6))), people(), std::move(agreement)) {}

  Line line(Person const& person, std::string act, int application) {
    Line line;
    line.file = "random";
    line.day = world.today();
    line.login = person.login;
    line.party = person.party;
    line.application = application;
    line.words = {{"reason", "other"}, {"text", "Attached"}, {"item", "birth"}};
    if (act == "reply") line.words.emplace_back("kind", roll(6) == 0 ? "refused" : roll(6) == 0 ? "interview" : "accepted");
    if (act == "edit") line.words.emplace_back("observations", "seen");
    if (act == "decide_gate" || act == "override_gate" || act == "withdraw_consent") {
      line.words.emplace_back("gate", one_of(norms().gates).code);
      line.words.emplace_back("status", one_of(std::vector<std::string>{"closed", "closed", "failed", "not_applicable"}));
    }
    if (act == "review_family_exception") line.words.emplace_back("granted", roll(2) == 0 ? "yes" : "no");
    if (act == "record_document") {
      auto const kind = one_of(std::vector<std::string>{"passport", "passport", "laissez_passer", "residence_title"});
      line.words.insert(line.words.end(), {{"kind", kind},
                                           {"number", "P" + std::to_string(roll(3))},
                                           {"issuer", kind == "laissez_passer" ? "XAR" : "UTO"},
                                           {"issued", "2029-01-01"},
                                           {"expires", world.today().plus_days(roll(2) == 0 ? roll(5) : 900).text()}});
    }
    if (act == "claim_error") line.words.emplace_back("ground", "another_person");
    if (act == "record_return") line.words.emplace_back("day", world.today().text());
    if (act == "plan_transfer")
      line.words.emplace_back("departs", world.now().plus_ms((1 + roll(roll(2) == 0 ? 6 : 80)) * hour).text());
    line.act = std::move(act);
    return line;
  }

  Person const& person(std::string_view login) const {
    return *std::find_if(people().begin(), people().end(), [&](auto const& one) { return one.login == login; });
  }

  Line next() {
    int const application = 1 + roll(cases);
    auto& shared = world.cases()[application];
    if (roll(6) == 0) {
      auto const& who = one_of(people());
      return line(who, one_of(who.party == "XAR" ? requesting_acts : requested_acts), application);
    }
    bool const other = shared.requested.file && roll(3) == 0;
    auto const& state = other ? shared.requested.file->state : shared.requesting.file->state;
    std::vector<Likely> possible;
    for (auto const& one : other ? requested_way : requesting_way) {
      if (state == one.state) possible.push_back(one);
    }
    if (possible.empty()) return line(one_of(people()), "close_gates", application);
    auto const& likely = one_of(possible);
    return line(person(likely.login), likely.act, application);
  }

  /// Everybody who decides something decides it, and the clock comes near what is planned: so runs get to the departure.
  void help(int application) {
    auto& shared = world.cases()[application];
    if (!shared.requesting.file) return;
    if (auto const plan = safeguarding::find_plan(*shared.requesting.file)) {
      bool const ready = shared.requesting.file->state == "ready_to_depart";
      auto const near = plan->departs_at.plus_ms(-(ready ? roll(6) : 1 + roll(70)) * hour);
      if (near > world.now()) world.set_now(near, date_in_zone(near, "UTC"));
    }
    for (auto const* login : {"sofia", "ana", "clara", "dora", "samuel", "irene", "viktor", "omar"}) {
      if (roll(12) != 0) (void)world.act(line(person(login), "close_gates", application));
    }
  }

  /// The clock goes on, sometimes far, sometimes back.
  void move_clock() {
    static std::vector<std::int64_t> const steps = {1, 2, 5, 20, 70, 24 * 40, -3, -30, -24 * 10};
    auto const now = world.now().plus_ms(one_of(steps) * hour);
    world.set_now(now, date_in_zone(now, "UTC"));
  }
};

std::string given(Space const& space, std::string const& gate, std::string const& field) {
  auto const found = space.gates.find(gate);
  if (found == space.gates.end()) return {};
  auto const value = found->second.evidence.find(field);
  return value == found->second.evidence.end() ? std::string() : value->second;
}

bool is_closed(Space const& space, std::string const& gate) {
  auto const found = space.gates.find(gate);
  return found != space.gates.end() && found->second.status == "closed";
}

bool is_overridden(Space const& space, std::string const& gate, Instant now) {
  std::set<std::string> bodies;
  std::set<std::string> actors;
  for (auto const& [code, one] : space.signatures) {
    if (code != gate || now.ms - one.at.ms > 72 * hour || now < one.at) continue;
    bodies.insert(one.organisation);
    actors.insert(one.actor);
  }
  return bodies.size() > 1 && actors.size() > 1;
}

bool has_left(case_files::CaseFile const& file) { return case_files::find_event(file, "departure").has_value(); }

/// What must be true of a departure, said without the code that decides it. Empty when it was lawful.
std::string wrong_with(RulesWorld& world, SharedCase const& shared, case_files::CaseFile const& before) {
  auto const& space = shared.requesting;
  auto const now = world.now();
  auto const today = world.today();
  if (before.state != "ready_to_depart") return "it was not ready";
  for (auto const* gate : {"G01", "G02", "G03", "G10", "G17", "G18"})
    if (!is_closed(space, gate)) return std::string(gate) + " was not closed";
  for (auto const* gate : {"G05", "G22", "G26"})
    if (!is_closed(space, gate) && !is_overridden(space, gate, now) && space.gates.count(gate) == 0)
      return std::string(gate) + " was neither closed nor overridden";
  if (given(space, "G03", "expires_on") < today.text()) return "the assessment had expired";
  if (given(space, "G18", "valid_until") < today.text()) return "the certificate had expired";
  auto const checked = space.gates.at("G02").decided_at;
  if (now.ms - checked.ms > 6 * hour || checked.ms - now.ms > 6 * hour) return "the status was checked too long ago";
  if (space.status == "stop" || space.status == "permit_granted") return "the register stood against it";
  if (!case_files::find_event(*space.file, "submission")) return "it was never released";
  auto const reply = case_files::text_of(before.reply, "kind");
  if (reply != "accepted" && reply != "deemed") return "it was not accepted";
  std::map<std::string, std::string> papers;  // kind and number, and the last day
  for (auto const& event : before.clock) {
    auto const paper = event.document_kind + " " + event.note;
    if (event.event == "document_issue") papers[paper] = event.expires_on;
    if (event.event == "document_void") papers.erase(paper);
  }
  if (std::none_of(papers.begin(), papers.end(), [&](auto const& one) { return one.second > today.text(); }))
    return "there was no valid document";
  auto const refused = case_files::find_event(before, "contact_refused");
  if (refused && space.gates.at("G03").decided_at < *refused) return "contact was refused after the assessment";
  if (!given(space, "G25", "withdrawn_on").empty() && given(space, "G05", "voluntary") == "yes") return "consent was withdrawn";
  auto const born = PartialDate::parse(before.person.birth);
  if (born && born->last().plus_months(18 * 12) > today) return "a child left without its reception confirmed";
  if (space.exception == "granted") return {};
  for (auto const& [number, other] : world.cases()) {
    auto const& member = other.requesting;
    bool const family = !space.family.empty() && member.file && member.family == space.family;
    if (family && member.exception != "granted" && !has_left(*member.file)) return "the family was separated";
  }
  auto const conditions = forms::derive_conditions(before.content, "UTO", today);
  if (space.family.empty() && conditions.contains("family")) return "the family was left behind";
  return {};
}

struct Count {
  int acts = 0;
  int departures = 0;
  int stopped = 0;
  int withdrawn = 0;
  int claims = 0;  ///< of a readmission in error
};

/// One run of random acts on one to three cases. Throws what RapidCheck throws when somebody departs unlawfully.
void run_once(Count& count) {
  Run run(one_of(agreement_codes()));
  run.cases = roll(3) == 0 ? 2 + roll(2) : 1;
  run.world.set_day(run.day);
  for (int i = 1; i <= run.cases; ++i) {
    auto created = run.line(run.person("ana"), "create", i);
    created.words.emplace_back("form", roll(8) == 0 ? "child" : run.cases > 1 && roll(2) == 0 ? "family" : "complete");
    RC_ASSERT(run.world.act(created).state == "draft");
    if (roll(3) == 0)
      run.world.register_says(run.world.cases()[i], one_of(std::vector<std::string>{"clear", "clear", "unknown"}));
  }
  if (run.cases > 1 && roll(4) != 0) {
    auto together = run.line(run.person("ana"), "group_family", 1);
    for (int i = 2; i <= run.cases; ++i) together.words.emplace_back("with", std::to_string(i));
    (void)run.world.act(together);
  }
  std::string told;
  int const acts = 60 + roll(120) * run.cases;
  for (int i = 0; i < acts; ++i) {
    if (roll(20) == 0) run.move_clock();
    if (roll(4) == 0) run.help(1 + roll(run.cases));
    auto& some = run.world.cases()[1 + roll(run.cases)];
    if (roll(60) == 0)
      run.world.register_says(some, one_of(std::vector<std::string>{"clear", "stop", "permit_granted", "unknown"}));
    if (roll(20) == 0) run.world.review(some);
    std::map<int, case_files::CaseFile> before;
    for (auto const& [number, shared] : run.world.cases()) before.emplace(number, *shared.requesting.file);
    auto const line = run.next();
    auto const outcome = run.world.act(line);
    ++count.acts;
    if (outcome.refused.empty())
      told += "\n" + line.login + " " + line.act + " " + std::to_string(line.application) + " -> " + outcome.state;
    for (auto const& [number, shared] : run.world.cases()) {
      auto const& was = before.at(number);
      auto const& now = *shared.requesting.file;
      if (was.state == "ready_to_depart" && now.state == "transfer_planned") ++count.stopped;
      if (was.state != "withdrawn" && now.state == "withdrawn") ++count.withdrawn;
      // Whoever has left has left: what follows is the claim of an error, its answer, or the end.
      static std::set<std::string> const afterwards = {"departed", "error_claimed", "error_rejected",
                                                       "taking_back", "returned", "closed"};
      if (has_left(was)) RC_ASSERT(has_left(now) && afterwards.contains(now.state));
      if (now.state != "closed" && afterwards.contains(now.state)) RC_ASSERT(has_left(now));
      if (was.state != now.state) count.claims += now.state == "error_claimed" ? 1 : 0;
      if (has_left(was) || !has_left(now)) continue;
      ++count.departures;
      auto const wrong = wrong_with(run.world, shared, was);
      RC_LOG() << told << "\n" << wrong;
      RC_ASSERT(wrong.empty());
    }
  }
}

}  // namespace

TEST_CASE("nobody departs while a blocking safeguard is open") {
  Count count;
  CHECK(rc::check([&] {
    for (int i = 0; i < 3; ++i) run_once(count);
  }));
  MESSAGE("acts " << count.acts << ", departures " << count.departures << ", stopped " << count.stopped << ", withdrawn "
                  << count.withdrawn << ", claims of error " << count.claims);
  CHECK_MESSAGE(count.departures > 0, "the property was never put to the test");
  CHECK(count.stopped > 0);
  CHECK(count.withdrawn > 0);
}
