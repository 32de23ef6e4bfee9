// What the commands share: where a node is, how it is opened, how a refusal is told.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "app/node.hpp"
#include "foundation/base/result.hpp"

namespace rcms::app {

/// A command cannot be done: one sentence that says what is wrong and what to do. Becomes exit code 1.
struct CommandRefused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where the node keeps its things, as every command takes it.
struct Place {
  std::string folder = "rcms-data";
  std::string database;  ///< empty: `sqlite:<folder>/rcms.db`
};

/// The settings of a node at this place, with the law and the migrations that belong to the program.
Settings settings_of(Place const& place);
/// The clock of the machine, for every command.
Clock const& system_clock();
/// Throws CommandRefused when there is no SQLite database where the place says; a server is asked when the node is opened.
void check_node_exists(Place const& place);
/// Opens the node; throws CommandRefused when `must_exist` and no State was set up there.
std::unique_ptr<Node> open_node(Place const& place, bool must_exist = true);

/// Only the database, also while the node runs; as `check_node_exists`.
std::unique_ptr<db::Database> open_to_read(Place const& place);

/// "agreement: choose one of the agreements of your State (field_invalid)", as the command line tells it.
std::string told(Refused const& refused);
[[noreturn]] void refuse_command(Refused const& refused);

/// The State of this code, hosted here, or the only one when `code` is empty. Throws CommandRefused.
access::Party find_hosted(Node& node, std::string const& code);
/// Acts as the user of this login. Throws CommandRefused.
access::Viewer viewer_of_login(Node& node, std::string const& login);

/// Makes the fonts that belong to the program known; before any thread draws.
void use_program_fonts();

}  // namespace rcms::app
