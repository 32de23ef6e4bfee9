// The commands `rcms registry …`: their options, words and examples.
#pragma once

#include "app/cli_commands.hpp"
#include "app/cli_learning.hpp"
#include "app/cli_matching.hpp"
#include "app/cli_node.hpp"

namespace rcms::app {

struct RegistryCommandsOptions {
  RegistryOptions load;
  IndexBuildOptions build;
  IndexSearchOptions search;
  IndexDuplicatesOptions duplicates;
  GenerateRegistryOptions generate;
  TrainOptions train;
  BenchOptions bench;
};

void add_registry_commands(CLI::App& app, RegistryCommandsOptions& all, Run& run);

}  // namespace rcms::app
