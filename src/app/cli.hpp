// The command line: subcommands with their options, help and examples. Only cli.cpp knows CLI11; what a command does is a plain
// function of its options in cli_*.cpp, so that it can be tested.
#pragma once

namespace rcms::app {

/// Runs the command that the words name. 0: done; 1: refused or failed, told on standard error with what to do; 2: the command
/// line itself is wrong.
int run_command_line(int count, char const* const* words);

}  // namespace rcms::app
