// The search: groups that travel together are tried in order of their window on every transport, and on none; what cannot lead
// to more people than the best so far is not followed.
#include <algorithm>
#include <map>
#include <numeric>

#include "engines/allocation/allocation.hpp"

namespace rcms::allocation {

namespace {

/// People who travel together or not at all.
struct Group {
  std::vector<std::size_t> members;
  int seated = 0;
  int lying = 0;
  bool has_adult = false;
  int children_alone = 0;  ///< of a group without an adult
  std::optional<Date> window_until;
  std::vector<std::pair<std::string, int>> by_agreement;
  std::vector<std::size_t> transports;  ///< on which every member may be, the first departure first

  int size() const { return static_cast<int>(members.size()); }
};

struct Blame {
  Rule rule;
  std::string about;
};

class Proposer {
 public:
  Proposer(Problem const& problem, ProposeOptions const& options)
      : problem_(problem), kept_(options.kept), steps_left_(options.steps) {
    kept_.resize(problem.persons.size(), nowhere);
    for (auto const& one : problem.receptions) places_left_.push_back(one.places);
    for (auto const& one : problem.limits) limits_left_.push_back(one.room);
    for (auto const& one : problem.transports) loads_.push_back({one.seats, one.medical_seats, one.child_escorts});
    departures_.resize(problem.transports.size());
    std::iota(departures_.begin(), departures_.end(), std::size_t{0});
    std::stable_sort(departures_.begin(), departures_.end(), [&](auto a, auto b) {
      return problem.transports[a].departs_at < problem.transports[b].departs_at;
    });
    seat_kept();
    make_groups();
    reachable_.assign(groups_.size() + 1, 0);
    for (std::size_t g = groups_.size(); g > 0; --g)
      reachable_[g - 1] = reachable_[g] + (groups_[g - 1].transports.empty() ? 0 : groups_[g - 1].size());
  }

  Proposal run() {
    chosen_.assign(groups_.size(), nowhere);
    best_ = chosen_;
    search(0, 0);
    Proposal proposal;
    proposal.seating = kept_;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (auto const p : groups_[g].members) proposal.seating[p] = best_[g];
    }
    proposal.placed = static_cast<std::size_t>(
        std::count_if(proposal.seating.begin(), proposal.seating.end(), [](auto at) { return at != nowhere; }));
    proposal.is_best = steps_left_ > 0 || best_placed_ == reachable_[0];
    tell_who_stays(proposal);
    return proposal;
  }

 private:
  struct Load {
    int seats = 0;
    int medical_seats = 0;
    int child_escorts = 0;
  };

  /// Seats that are taken already; the rest of a family can only join them.
  void seat_kept() {
    std::map<std::pair<std::string, std::size_t>, Group> parties;
    for (std::size_t p = 0; p < kept_.size(); ++p) {
      if (kept_[p] == nowhere) continue;
      auto const& person = problem_.persons[p];
      bool const is_single = person.family.empty() || person.is_excepted;
      parties[{is_single ? "\n" + std::to_string(p) : person.family, kept_[p]}].members.push_back(p);
    }
    for (auto& [key, group] : parties) {
      complete(group);
      move(group, key.second, 1);
      auto const [known, is_new] = joined_.try_emplace(key.first, Joined{key.second, group.has_adult});
      if (!is_new) known->second.transport = nowhere;  // apart already: nobody can join
    }
  }

  void make_groups() {
    std::map<std::string, std::size_t> families;
    for (std::size_t p = 0; p < problem_.persons.size(); ++p) {
      if (kept_[p] != nowhere) continue;
      auto const& person = problem_.persons[p];
      bool const is_single = person.family.empty() || person.is_excepted;
      auto const known = is_single ? families.end() : families.find(person.family);
      if (known == families.end()) {
        if (!is_single) families.emplace(person.family, groups_.size());
        groups_.emplace_back();
        groups_.back().members.push_back(p);
      } else {
        groups_[known->second].members.push_back(p);
      }
    }
    for (auto& group : groups_) {
      complete(group);
      join(group);
    }
    std::stable_sort(groups_.begin(), groups_.end(), [](Group const& a, Group const& b) {
      auto const last = [](Group const& one) { return one.window_until.value_or(Date(9999, 12, 31)); };
      return last(a) != last(b) ? last(a) < last(b) : a.size() > b.size();
    });
  }

  void join(Group& group) const {
    auto const& first = problem_.persons[group.members.front()];
    auto const joined = first.family.empty() || first.is_excepted ? joined_.end() : joined_.find(first.family);
    if (joined == joined_.end()) return;
    std::erase_if(group.transports, [&](auto t) { return t != joined->second.transport; });
    if (joined->second.has_adult) group.children_alone = 0;
  }

  void complete(Group& group) const {
    int children = 0;
    std::map<std::string, int> agreements;
    for (auto const p : group.members) {
      auto const& person = problem_.persons[p];
      ++(person.needs_medical_seat ? group.lying : group.seated);
      group.has_adult = group.has_adult || !person.is_child;
      children += person.is_child ? 1 : 0;
      ++agreements[person.agreement];
      if (person.window_until && (!group.window_until || *person.window_until < *group.window_until))
        group.window_until = person.window_until;
    }
    group.children_alone = group.has_adult ? 0 : children;
    group.by_agreement.assign(agreements.begin(), agreements.end());
    for (auto const t : departures_) {
      if (!find_blame(group, problem_.transports[t])) group.transports.push_back(t);
    }
  }

  /// The rule that keeps a member off whoever else travels.
  std::optional<Blame> find_blame(Group const& group, Transport const& transport) const {
    for (auto const p : group.members) {
      if (auto const rule = check_person(problem_.persons[p], transport))
        return Blame{*rule, problem_.persons[p].id};
    }
    return std::nullopt;
  }

  static int count_in(Limit const& limit, Group const& group) {
    if (limit.agreement.empty()) return group.size();
    for (auto const& [agreement, count] : group.by_agreement) {
      if (agreement == limit.agreement) return count;
    }
    return 0;
  }

  /// What is too small for the group as things stand.
  std::optional<Blame> find_full(Group const& group, std::size_t t) const {
    auto const& transport = problem_.transports[t];
    if (group.children_alone > loads_[t].child_escorts) return Blame{Rule::child_alone, {}};
    if (group.seated > loads_[t].seats) return Blame{Rule::seats_full, {}};
    if (group.lying > loads_[t].medical_seats) return Blame{Rule::medical_seats_full, {}};
    if (transport.reception != nowhere && group.size() > places_left_[transport.reception])
      return Blame{Rule::reception_full, problem_.receptions[transport.reception].centre};
    for (auto const l : transport.limits) {
      if (count_in(problem_.limits[l], group) > limits_left_[l]) return Blame{Rule::quota_full, problem_.limits[l].rule};
    }
    return std::nullopt;
  }

  /// `sign` 1 puts the group on the transport, -1 takes it off.
  void move(Group const& group, std::size_t t, int sign) {
    auto const& transport = problem_.transports[t];
    loads_[t].seats -= sign * group.seated;
    loads_[t].medical_seats -= sign * group.lying;
    loads_[t].child_escorts -= sign * group.children_alone;
    if (transport.reception != nowhere) places_left_[transport.reception] -= sign * group.size();
    for (auto const l : transport.limits) limits_left_[l] -= sign * count_in(problem_.limits[l], group);
  }

  int seats_left() const {
    int left = 0;
    for (auto const& one : loads_) left += one.seats + one.medical_seats;
    return left;
  }

  void search(std::size_t g, int placed) {
    if (placed > best_placed_) {
      best_placed_ = placed;
      best_ = chosen_;
    }
    if (g == groups_.size() || steps_left_ == 0 || best_placed_ == reachable_[0]) return;
    if (placed + std::min(reachable_[g], seats_left()) <= best_placed_) return;
    auto const& group = groups_[g];
    for (auto const t : group.transports) {
      if (steps_left_ == 0) return;
      --steps_left_;
      if (find_full(group, t)) continue;
      move(group, t, 1);
      chosen_[g] = t;
      search(g + 1, placed + group.size());
      chosen_[g] = nowhere;
      move(group, t, -1);
    }
    search(g + 1, placed);
  }

  void tell_who_stays(Proposal& proposal) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (best_[g] != nowhere) move(groups_[g], best_[g], 1);
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (best_[g] != nowhere) continue;
      for (auto const t : departures_) tell_of(groups_[g], t, proposal);
    }
  }

  /// Who is kept back by their own rule has that one; the others of the family stay because of them.
  void tell_of(Group const& group, std::size_t t, Proposal& proposal) const {
    auto const& transport = problem_.transports[t];
    auto const blame = find_blame(group, transport);
    bool const is_reachable = std::find(group.transports.begin(), group.transports.end(), t) != group.transports.end();
    std::optional<Blame> full;
    if (!blame) full = is_reachable ? find_full(group, t) : std::optional(Blame{Rule::family_apart, {}});
    for (auto const p : group.members) {
      auto const& person = problem_.persons[p];
      if (auto const own = check_person(person, transport)) {
        proposal.refusals.push_back({person.id, transport.id, *own, {}});
      } else if (blame) {
        proposal.refusals.push_back({person.id, transport.id, Rule::family_apart, blame->about});
      } else if (full) {
        proposal.refusals.push_back({person.id, transport.id, full->rule, full->about});
      }
    }
  }

  struct Joined {
    std::size_t transport = nowhere;
    bool has_adult = false;
  };

  Problem const& problem_;
  Seating kept_;
  std::map<std::string, Joined> joined_;  ///< families of which somebody keeps a seat
  std::size_t steps_left_;
  std::vector<Load> loads_;
  std::vector<int> places_left_;
  std::vector<int> limits_left_;
  std::vector<std::size_t> departures_;
  std::vector<Group> groups_;
  std::vector<int> reachable_;  ///< people from a group on who may be on any transport at all
  Seating chosen_;              ///< by group
  Seating best_;
  int best_placed_ = -1;
};

}  // namespace

Proposal propose_allocation(Problem const& problem, ProposeOptions const& options) { return Proposer(problem, options).run(); }

}  // namespace rcms::allocation
