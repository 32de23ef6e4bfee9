// The world of the demo: two fictional States, their officers, a population registry and a year of cases, made by the same acts
// that officers do, each at its own instant. The same seed gives the same world.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "app/demo_people.hpp"
#include "app/node.hpp"

namespace rcms::app {

struct DemoWorldOptions {
  int cases = 300;
  int citizens = 1'000'000;
  std::uint64_t seed = 20'310'131;
  Date today;  ///< the last day of the world's history; what has a date after this has not happened
  std::function<void(std::string const& line)> tell = [](std::string const&) {};
};

/// Makes the world in the empty node of `settings`; false when one is there already. What was left half made on SQLite is
/// removed first. Throws std::runtime_error with a remedy when the database holds something else.
bool make_demo_world_if_absent(Settings const& settings, DemoWorldOptions const& options);

/// Lets a visitor of this node choose who to be: the people of the world with portrait and task. Before Node::start.
void add_demo_people(Node& node);

/// The States, organisations and officers, written once; logins are known afterwards.
void make_demo_states(Node& node, DemoPeople const& people, Instant now);

/// The officers of the world as those who act.
class DemoOfficers {
 public:
  DemoOfficers(Node& node, DemoPeople const& people);
  access::Viewer const& by_login(std::string const& login) const;
  OrganisationId const& organisation(std::string const& key) const;

 private:
  std::map<std::string, access::Viewer, std::less<>> viewers_;
  std::map<std::string, OrganisationId, std::less<>> organisations_;
};

}  // namespace rcms::app
