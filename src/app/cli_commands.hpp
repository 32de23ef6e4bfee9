// How a command comes onto the command line; shared by the files that add commands.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli_parts.hpp"

namespace rcms::app {

/// What the chosen command does; set by its callback, run after the line was read.
using Run = std::function<int()>;

/// --folder and --database.
void add_place(CLI::App& command, Place& place);

/// A command with its sentence and an example.
CLI::App& add_command(CLI::App& app, std::string const& name, std::string const& words, std::string const& example, Run& run,
                      std::function<int()> what);

/// A command that only holds others: `rcms ledger verify`.
CLI::App& add_group(CLI::App& app, std::string const& name, std::string const& words);

}  // namespace rcms::app
