// The two States on a running node: every line of a story is a request over HTTP by the person who acts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stories/world.hpp"
#include "support/node_for_tests.hpp"

namespace rcms::stories {

/// "SQLite" and "PostgreSQL"; without the latter when RCMS_TEST_WITHOUT_POSTGRESQL=1.
std::vector<std::string> story_engines();

class NodeWorld : public World {
 public:
  virtual tests::NodeForTests& node() = 0;
  /// The id of an application of the story; empty when it was not created.
  virtual std::string id_of(int application) const = 0;
};

/// A node of its own with the people of the stories. `registers`: content of status_registers.toml. Throws std::runtime_error
/// when the database is not there.
std::unique_ptr<NodeWorld> make_http_world(std::string const& engine, std::vector<Person> const& people,
                                           std::string const& agreement, std::string const& registers = {});

}  // namespace rcms::stories
