#include <map>
#include <stdexcept>

#include "engines/allocation/allocation.hpp"

namespace rcms::allocation {

namespace {

bool counts_in(Limit const& limit, Person const& person) {
  return limit.agreement.empty() || limit.agreement == person.agreement;
}

class Checker {
 public:
  Checker(Problem const& problem, Seating const& seating) : problem_(problem), seating_(seating) {
    if (seating.size() != problem.persons.size()) throw std::invalid_argument("a seating has one place for each person");
    for (auto const at : seating) {
      if (at != nowhere && at >= problem.transports.size()) throw std::invalid_argument("a seating names a known transport");
    }
  }

  std::vector<Refusal> run() {
    check_persons();
    check_families();
    for (std::size_t t = 0; t < problem_.transports.size(); ++t) check_room(t);
    check_shared();
    return std::move(found_);
  }

 private:
  void add(Person const* person, Transport const& transport, Rule rule, std::string about = {}) {
    found_.push_back({person == nullptr ? std::string() : person->id, transport.id, rule, std::move(about)});
  }

  void check_persons() {
    for (std::size_t p = 0; p < seating_.size(); ++p) {
      if (seating_[p] == nowhere) continue;
      auto const& transport = problem_.transports[seating_[p]];
      if (auto const rule = check_person(problem_.persons[p], transport)) add(&problem_.persons[p], transport, *rule);
    }
  }

  /// Each who travels, with the first of the family who is elsewhere.
  void check_families() {
    std::map<std::string, std::vector<std::size_t>> families;
    for (std::size_t p = 0; p < seating_.size(); ++p) {
      auto const& person = problem_.persons[p];
      if (!person.family.empty() && !person.is_excepted) families[person.family].push_back(p);
    }
    for (auto const& [name, members] : families) {
      for (auto const p : members) {
        if (seating_[p] == nowhere) continue;
        for (auto const other : members) {
          if (seating_[other] == seating_[p]) continue;
          add(&problem_.persons[p], problem_.transports[seating_[p]], Rule::family_apart, problem_.persons[other].id);
          break;
        }
      }
    }
  }

  /// Of those who travel as a family: whoever was excepted from it travels alone.
  bool has_adult(std::size_t child) const {
    auto const& self = problem_.persons[child];
    if (self.family.empty() || self.is_excepted) return false;
    for (std::size_t p = 0; p < seating_.size(); ++p) {
      auto const& other = problem_.persons[p];
      bool const is_adult = other.family == self.family && !other.is_excepted && !other.is_child;
      if (is_adult && seating_[p] == seating_[child]) return true;
    }
    return false;
  }

  void check_room(std::size_t t) {
    auto const& transport = problem_.transports[t];
    int seated = 0;
    int lying = 0;
    int escorted = 0;
    for (std::size_t p = 0; p < seating_.size(); ++p) {
      if (seating_[p] != t) continue;
      auto const& person = problem_.persons[p];
      ++(person.needs_medical_seat ? lying : seated);
      if (person.is_child && !has_adult(p) && ++escorted > transport.child_escorts) add(&person, transport, Rule::child_alone);
    }
    if (seated > transport.seats) add(nullptr, transport, Rule::seats_full);
    if (lying > transport.medical_seats) add(nullptr, transport, Rule::medical_seats_full);
  }

  /// Places of reception and limits belong to several transports: each transport that takes part is named.
  void check_shared() {
    std::vector<int> received(problem_.receptions.size());
    std::vector<int> counted(problem_.limits.size());
    std::vector<bool> is_used(problem_.transports.size());
    for (std::size_t p = 0; p < seating_.size(); ++p) {
      if (seating_[p] == nowhere) continue;
      is_used[seating_[p]] = true;
      auto const& transport = problem_.transports[seating_[p]];
      if (transport.reception != nowhere) ++received.at(transport.reception);
      for (auto const l : transport.limits) counted.at(l) += counts_in(problem_.limits[l], problem_.persons[p]) ? 1 : 0;
    }
    for (std::size_t t = 0; t < problem_.transports.size(); ++t) {
      auto const& transport = problem_.transports[t];
      if (!is_used[t]) continue;
      auto const r = transport.reception;
      if (r != nowhere && received[r] > problem_.receptions[r].places)
        add(nullptr, transport, Rule::reception_full, problem_.receptions[r].centre);
      for (auto const l : transport.limits) {
        if (counted[l] > problem_.limits[l].room) add(nullptr, transport, Rule::quota_full, problem_.limits[l].rule);
      }
    }
  }

  Problem const& problem_;
  Seating const& seating_;
  std::vector<Refusal> found_;
};

}  // namespace

std::string_view name_of(Rule rule) {
  switch (rule) {
    case Rule::destination: return "destination";
    case Rule::gate_open: return "gate_open";
    case Rule::consultation: return "consultation";
    case Rule::unfit: return "unfit";
    case Rule::fitness_ended: return "fitness_ended";
    case Rule::document_ends: return "document_ends";
    case Rule::window_over: return "window_over";
    case Rule::family_apart: return "family_apart";
    case Rule::child_alone: return "child_alone";
    case Rule::seats_full: return "seats_full";
    case Rule::medical_seats_full: return "medical_seats_full";
    case Rule::reception_full: return "reception_full";
    case Rule::quota_full: return "quota_full";
  }
  return "";
}

std::optional<Rule> check_person(Person const& person, Transport const& transport) {
  if (person.destination != transport.destination) return Rule::destination;
  if (person.has_open_gate) return Rule::gate_open;
  if (person.waits_for_consultation) return Rule::consultation;
  if (person.is_unfit) return Rule::unfit;
  if (person.fit_until && *person.fit_until < transport.arrives_at) return Rule::fitness_ended;
  auto const& document = person.document_valid_until;
  if (document && *document < transport.arrives_on.plus_days(transport.document_margin_days)) return Rule::document_ends;
  if (person.window_until && *person.window_until < transport.departs_on) return Rule::window_over;
  return std::nullopt;
}

std::vector<Refusal> check_allocation(Problem const& problem, Seating const& seating) { return Checker(problem, seating).run(); }

}  // namespace rcms::allocation
