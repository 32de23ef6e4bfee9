// People and transports as the engine sees them: what they share with others is read here.
#include <algorithm>
#include <map>
#include <set>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/safeguards/board.hpp"
#include "capabilities/transfers/actions.hpp"

namespace rcms::transfers {

using case_files::CaseFile;
using case_files::Side;

namespace {

constexpr std::int64_t waiting_limit = 2'000;
constexpr std::size_t proposal_limit = 20;
constexpr std::int64_t longest_month_ms = 31LL * 24 * 3'600'000;
constexpr std::string_view consultation_gate = "G11";

struct LimitRule {
  std::string_view key;
  bool only_charter;
};
constexpr LimitRule month_rules[] = {{"max_returnees_per_month", false}, {"max_returnees_per_charter_month", true}};
constexpr std::string_view flight_rule = "max_returnees_per_flight";

std::optional<CaseFile> find_file(Context const& context, PartyId const& party, CaseId const& id) {
  return case_files::find_case_file(context.database, party, Side::requesting, id);
}

std::pair<int, int> month_of(Instant at, std::string_view zone) {
  auto const day = date_in_zone(at, zone);
  return {day.year(), day.month()};
}

/// Departures under an agreement of people who are not in `known`.
std::vector<safeguarding::Plan> list_plans(Context const& context, PartyId const& party, std::string const& agreement,
                                           Instant since, std::set<CaseId> const& known) {
  std::vector<safeguarding::Plan> plans;
  for (auto const& id : list_travelling(context.database, party, agreement, since)) {
    if (known.contains(id)) continue;
    auto const file = find_file(context, party, id);
    if (!file) continue;
    auto const plan = safeguarding::find_plan(*file);
    bool const counts = file->is_open || case_files::find_event(*file, "departure").has_value();
    if (plan && counts) plans.push_back(*plan);
  }
  return plans;
}

/// Adds the limits of one agreement to the problem, as far as they concern its transports.
class Limiter {
 public:
  Limiter(allocation::Problem& problem, agreements::Agreement const& agreement, std::string code, Date on, std::string zone,
          std::vector<safeguarding::Plan> others)
      : problem_(problem),
        agreement_(agreement),
        code_(std::move(code)),
        on_(on),
        zone_(std::move(zone)),
        others_(std::move(others)) {}

  void add_to(std::size_t index, Transport const& transport) {
    auto const month = month_of(transport.departs_at(), zone_);
    for (auto const& rule : month_rules) {
      if (rule.only_charter && !transport.is_charter()) continue;
      auto const* limit = agreements::find_rule(agreement_, rule.key, on_);
      if (limit == nullptr || !limit->value) continue;
      auto const known = by_month_.find({std::string(rule.key), month});
      if (known != by_month_.end()) {
        problem_.transports[index].limits.push_back(known->second);
        continue;
      }
      auto const used = std::count_if(others_.begin(), others_.end(), [&](auto const& plan) {
        return month_of(plan.departs_at, zone_) == month && (!rule.only_charter || plan.charter);
      });
      by_month_[{std::string(rule.key), month}] = problem_.limits.size();
      add_limit(index, std::string(rule.key), *limit->value - static_cast<int>(used));
    }
    auto const* flight = agreements::find_rule(agreement_, flight_rule, on_);
    if (flight == nullptr || !flight->value || !transport.is_charter()) return;
    auto const used = std::count_if(others_.begin(), others_.end(), [&](auto const& plan) {
      return plan.charter && plan.departs_at == transport.departs_at();
    });
    add_limit(index, std::string(flight_rule), *flight->value - static_cast<int>(used));
  }

 private:
  void add_limit(std::size_t index, std::string rule, int room) {
    problem_.transports[index].limits.push_back(problem_.limits.size());
    problem_.limits.push_back({std::move(rule), code_, room});
  }

  allocation::Problem& problem_;
  agreements::Agreement const& agreement_;
  std::string code_;
  Date on_;
  std::string zone_;
  std::vector<safeguarding::Plan> others_;
  std::map<std::pair<std::string, std::pair<int, int>>, std::size_t> by_month_;
};

/// Places of the centres on the day of the arrival, less those who come with transports that are not of the problem.
void add_receptions(Context const& context, PartyId const& party, std::vector<Transport> const& transports,
                    allocation::Problem& problem) {
  std::map<std::pair<std::string, Date>, std::size_t> known;
  auto const points = list_crossing_points(context.database, party);
  for (std::size_t t = 0; t < transports.size(); ++t) {
    auto const& one = transports[t];
    if (one.reception.empty() || !one.reception_places) continue;
    auto const day = problem.transports[t].arrives_on;
    auto const [place, is_new] = known.try_emplace({one.reception, day}, problem.receptions.size());
    if (is_new) problem.receptions.push_back({one.reception, *one.reception_places});
    auto& centre = problem.receptions[place->second];
    centre.places = std::min(centre.places, *one.reception_places);
    problem.transports[t].reception = place->second;
  }
  for (auto const& [place, index] : known) {
    auto const& [reception, day] = place;
    for (auto const& other : list_arriving(context.database, party, reception, day)) {
      bool const is_of_problem =
          std::any_of(transports.begin(), transports.end(), [&](auto const& one) { return one.id == other.id; });
      if (is_of_problem || seats_of(other, points).arrives_on != day) continue;
      problem.receptions[index].places -= static_cast<int>(list_passengers(context.database, party, other.id).size());
    }
  }
}

}  // namespace

bool is_aboard(Transport const& transport, CaseFile const& file) {
  if (case_files::find_event(file, "departure")) return true;
  auto const plan = safeguarding::find_plan(file);
  auto const& state = case_files::effective_state(file);
  return plan && plan->departs_at == transport.departs_at() && (state == "transfer_planned" || state == "ready_to_depart");
}

Traveller load_traveller(Context const& context, CaseFile file) {
  Traveller traveller;
  auto const board = safeguarding::load_board(context, file);
  traveller.family = board.given.family.id;
  for (auto const& member : board.given.family.members) {
    if (member.id == file.id) traveller.is_excepted = member.is_excepted;
  }
  if (file.state == "document_issued") {
    for (auto const& open : safeguarding::list_open(context, file, board, "travel_document")) {
      if (open.blocks) traveller.open_gates.push_back(open.gate->code);
    }
  }
  traveller.fitness = find_fitness(context.database, file.party, file.id);
  for (auto const& deadline : case_files::list_deadlines(context.database, file.party, file.id)) {
    if (deadline.kind == "transfer_window" && deadline.state == "open") traveller.window_until = deadline.due_on;
  }
  traveller.file = std::move(file);
  return traveller;
}

std::vector<Traveller> load_passengers(Context const& context, Transport const& transport) {
  std::vector<Traveller> all;
  for (auto const& one : list_passengers(context.database, transport.party, transport.id)) {
    if (auto file = find_file(context, transport.party, one.case_id)) all.push_back(load_traveller(context, std::move(*file)));
  }
  return all;
}

std::vector<Traveller> load_waiting(Context const& context, PartyId const& party, PartyId const& partner) {
  std::vector<Traveller> all;
  for (auto const& id : list_waiting(context.database, party, partner, waiting_limit)) {
    if (auto file = find_file(context, party, id)) all.push_back(load_traveller(context, std::move(*file)));
  }
  return all;
}

allocation::Problem problem_of(Context const& context, PartyId const& party, std::vector<Transport> const& transports,
                               std::vector<Traveller> const& people) {
  allocation::Problem problem;
  auto const points = list_crossing_points(context.database, party);
  auto const& own = context.directory.get_party(party);
  auto first = context.clock.now();
  for (auto const& one : transports) {
    problem.transports.push_back(seats_of(one, points));
    first = std::min(first, one.departs_at());
  }
  std::set<CaseId> known;
  std::map<std::string, std::string> agreements;  // with the day that chooses the version
  for (auto const& one : people) {
    auto const departs_on = problem.transports.empty() ? Date() : problem.transports.front().departs_on;
    problem.persons.push_back(person_of(one, departs_on));
    auto const& gates = one.open_gates;
    problem.persons.back().waits_for_consultation = std::find(gates.begin(), gates.end(), consultation_gate) != gates.end();
    known.insert(one.file.id);
    agreements.try_emplace(one.file.agreement, one.file.submitted_on);
  }
  add_receptions(context, party, transports, problem);
  for (auto const& [code, submitted_on] : agreements) {
    auto const* agreement = context.norms.find_agreement(code, submitted_on, own.code);
    auto const on = Date::parse(submitted_on);
    if (agreement == nullptr || !on) continue;
    Limiter limiter(problem, *agreement, code, *on, own.time_zone,
                    list_plans(context, party, code, first.plus_ms(-longest_month_ms), known));
    for (std::size_t t = 0; t < transports.size(); ++t) limiter.add_to(t, transports[t]);
  }
  return problem;
}

std::vector<allocation::Refusal> check_passengers(Context const& context, Transport const& transport,
                                                  std::vector<Traveller> const& passengers) {
  std::vector<Traveller> people = passengers;
  allocation::Seating seating;
  for (auto const& one : passengers) seating.push_back(is_aboard(transport, one.file) ? 0 : allocation::nowhere);
  // Whoever of a family has no seat here is part of the question.
  std::set<CaseId> known;
  for (auto const& one : passengers) known.insert(one.file.id);
  for (auto const& one : passengers) {
    if (one.family.empty()) continue;
    for (auto const& member : safeguarding::find_family(context.database, transport.party, one.file.id).members) {
      if (!known.insert(member.id).second || member.state == "departed") continue;
      auto file = find_file(context, transport.party, member.id);
      if (!file) continue;
      people.push_back(load_traveller(context, std::move(*file)));
      seating.push_back(allocation::nowhere);
    }
  }
  return allocation::check_allocation(problem_of(context, transport.party, {transport}, people), seating);
}

Result<ProposedAllocation> propose(Context const& context, access::Viewer const& viewer, std::vector<TransportId> const& ids) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (ids.empty()) return refuse(Why::field_missing, "transports");
  if (ids.size() > proposal_limit) return refuse(Why::limit_reached, "transports", "at most 20 transports at once");
  ProposedAllocation proposed;
  for (auto const& id : ids) {
    auto transport = find_transport(context.database, viewer.party, id);
    if (!transport) return refuse(Why::not_found, "transports");
    if (state_on(*transport, context.clock.now()) != "planned")
      return refuse(Why::field_invalid, "transports", "one of them takes nobody any more");
    if (!proposed.transports.empty() && proposed.transports.front().partner != transport->partner)
      return refuse(Why::field_invalid, "transports", "choose transports to one State");
    proposed.transports.push_back(std::move(*transport));
  }
  auto problem_people = load_waiting(context, viewer.party, proposed.transports.front().partner);
  // Whoever has a seat keeps it: their seat is the only transport on which they may be.
  std::vector<std::size_t> seats(problem_people.size(), allocation::nowhere);
  for (std::size_t t = 0; t < proposed.transports.size(); ++t) {
    for (auto& one : load_passengers(context, proposed.transports[t])) {
      if (!is_aboard(proposed.transports[t], one.file)) continue;
      problem_people.push_back(std::move(one));
      seats.push_back(t);
    }
  }
  proposed.people = std::move(problem_people);
  auto problem = problem_of(context, viewer.party, proposed.transports, proposed.people);
  for (std::size_t p = 0; p < seats.size(); ++p) proposed.is_seated.push_back(seats[p] != allocation::nowhere);
  proposed.proposal = allocation::propose_allocation(problem, {.steps = 400'000, .kept = std::move(seats)});
  return proposed;
}

}  // namespace rcms::transfers
