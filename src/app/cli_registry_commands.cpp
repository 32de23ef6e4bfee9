#include "app/cli_registry_commands.hpp"

namespace rcms::app {

namespace {

void add_weights(CLI::App& command, std::string& weights) {
  command.add_option("--weights", weights, "A file of registry train (default: the weights that RCMS comes with)")
      ->check(CLI::ExistingFile);
}

void add_registry_duplicates(CLI::App& registries, IndexDuplicatesOptions& options, Run& run) {
  auto& finding = add_command(
      registries, "duplicates",
      "Tell the pairs of rows that may be one person: within a registry, or between it and the file --with. One pair a line: "
      "left id, right id, millibits, posterior, band, reasons; exit code 1 when a line of a file has a defect",
      "rcms registry duplicates --from persons.tsv --least 0.9 --json", run,
      [&options] { return find_registry_duplicates(options); });
  finding.add_option("--index", options.index, "Folder of an index");
  finding.add_option("--from", options.from, "Or a file of persons as for build; its index goes when the command ends")
      ->check(CLI::ExistingFile);
  finding.add_option("--with", options.with, "A second file of persons: only pairs between the two")->check(CLI::ExistingFile);
  finding.add_option("--least", options.least, "Posterior of the pairs that are told")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  finding.add_option("--share", options.share, "Share of persons who stand there once more, as far as is known beforehand")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  finding.add_option("--threads", options.threads, "How many work at once; 0: one for each processor")
      ->check(CLI::Range(0, 64))
      ->capture_default_str();
  add_weights(finding, options.weights);
  finding.add_flag("--json", options.json, "One JSON object a line, with the explanation");
}

void add_registry_learning(CLI::App& registries, RegistryCommandsOptions& all, Run& run) {
  auto& training = add_command(
      registries, "train",
      "Learn how much agreements and differences weigh: from decisions (TSV of query id and id of the person, 0 for nobody; "
      "a CSV names its columns query and person), and from how likely each candidate is where none was made. Some decisions "
      "are held out: the weights before and the new ones are compared on them, and only weights that are not worse are taken "
      "by search and duplicates. The same files, options and seed give the same weights",
      "rcms registry train --index /var/lib/rcms/registry --queries queries.tsv --decisions decisions.tsv --to weights.json", run,
      [&all] { return train_weights(all.train); });
  auto& train = all.train;
  training.add_option("--index", train.index, "Folder of the index")->required();
  training.add_option("--queries", train.queries, "Questions as for search; without them rows of the registry itself ask")
      ->check(CLI::ExistingFile);
  training.add_option("--decisions", train.decisions, "Who was found to be whom")->check(CLI::ExistingFile);
  training.add_option("--weights", train.weights, "Weights to begin with (default: those that RCMS comes with)")
      ->check(CLI::ExistingFile);
  training.add_option("--to", train.to, "File of the new weights")->required();
  training.add_option("--held-out", train.held_out, "Share of the decisions that are not learnt from")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
  training.add_option("--seed", train.seed, "Draws the sample and what is held out")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  training.add_option("--sample", train.sample, "Questions at most")->check(CLI::Range(1, 5'000'000))->capture_default_str();
  training.add_option("--threads", train.threads, "How many work at once; 0: one for each processor")->check(CLI::Range(0, 64));
}

void add_registry_measuring(CLI::App& registries, RegistryCommandsOptions& all, Run& run) {
  auto& generating = add_command(
      registries, "generate",
      "Invent a registry of families, namesakes and twins with errors, and questions about its people: persons.tsv, queries.tsv "
      "with the truth for bench, duplicates.tsv. The same options give the same files",
      "rcms registry generate --to world --persons 1000000 --queries 4000 --seed 11", run,
      [&all] { return generate_registry_files(all.generate); });
  auto& world = all.generate;
  generating.add_option("--to", world.folder, "Folder")->required();
  generating.add_option("--persons", world.persons, "Rows of the registry")
      ->check(CLI::Range(10, 200'000'000))
      ->capture_default_str();
  generating.add_option("--queries", world.questions, "Questions")->check(CLI::Range(0, 10'000'000))->capture_default_str();
  generating.add_option("--seed", world.seed, "Another seed, other people")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  generating.add_option("--names", world.rare_names, "Rare names beside the common ones")
      ->check(CLI::Range(0, 5'000'000))
      ->capture_default_str();
  generating.add_option("--twice", world.twice_in_1000, "Of a thousand persons, who stand there twice")
      ->check(CLI::Range(0, 1'000))
      ->capture_default_str();
  generating
      .add_option("--other-scripts", world.other_script_percent, "Of a hundred families, those in Arabic or Bengali letters")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  auto& measuring = add_command(
      registries, "bench",
      "Ask questions whose truth is known and tell who is found, how sure the answers are and what they cost; or, with --pairs, "
      "how well the search for duplicates does",
      "rcms registry bench --index /var/lib/rcms/registry --queries queries.tsv", run,
      [&all] { return measure_registry(all.bench); });
  measuring.add_option("--index", all.bench.index, "Folder of the index")->required();
  measuring.add_option("--queries", all.bench.queries, "Questions as for search, the second column tells the truth")
      ->check(CLI::ExistingFile);
  measuring.add_option("--pairs", all.bench.pairs, "Or pairs of ids of one person, parted by a tab")->check(CLI::ExistingFile);
  measuring.add_option("--weights", all.bench.weights, "A file of registry train, also one that may not be put in force")
      ->check(CLI::ExistingFile);
  measuring.add_option("--threads", all.bench.threads, "How many work at once; 0: one for each processor")
      ->check(CLI::Range(0, 64))
      ->capture_default_str();
  measuring.add_flag("--json", all.bench.json, "One JSON object");
}

void add_registry_index(CLI::App& registries, RegistryCommandsOptions& all, Run& run) {
  auto& building = add_command(
      registries, "build",
      "Make the index in which people are looked for, of a file of persons. TSV without a heading: id, given, "
      "surname1, surname2, birth, sex, place, father_given, father_surnames, mother_given, mother_surnames, "
      "document. CSV with these names in its first line. Exit code 1 when a line has a defect; the good ones are kept.",
      "rcms registry build --from persons.tsv --index /var/lib/rcms/registry", run,
      [&all] { return build_registry_index(all.build); });
  building.add_option("--from", all.build.from, "TSV or CSV, UTF-8")->required()->check(CLI::ExistingFile);
  building.add_option("--index", all.build.index, "Folder of the index; the old one serves until the new one is whole")
      ->required();
  building.add_option("--threads", all.build.threads, "How many work at once (default: one for each processor)")
      ->check(CLI::Range(0, 64));
  auto& searching =
      add_command(registries, "search",
                  "Answer the questions of a file. TSV without a heading: query id, true id or 0, profile, errors (these "
                  "three are not read), given, surname1, surname2, birth, sex, place, father_given, father_surnames, "
                  "mother_given, mother_surnames. CSV with these names in its first line, the query id as 'query'.",
                  "rcms registry search --index /var/lib/rcms/registry --queries queries.tsv --top 10 --json", run,
                  [&all] { return search_registry_index(all.search); });
  searching.add_option("--index", all.search.index, "Folder of the index")->required();
  searching.add_option("--queries", all.search.queries, "TSV or CSV, UTF-8")->required()->check(CLI::ExistingFile);
  searching.add_option("--top", all.search.top, "Candidates of each answer")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  searching.add_option("--threads", all.search.threads, "How many work at once; 0: one for each processor")
      ->check(CLI::Range(0, 64))
      ->capture_default_str();
  add_weights(searching, all.search.weights);
  searching.add_flag("--json", all.search.json, "One JSON object a line");
  add_registry_duplicates(registries, all.duplicates, run);
}

}  // namespace

void add_registry_commands(CLI::App& app, RegistryCommandsOptions& all, Run& run) {
  auto& options = all.load;
  auto& registries = add_group(app, "registry", "The population registry of a State");
  add_registry_index(registries, all, run);
  add_registry_learning(registries, all, run);
  add_registry_measuring(registries, all, run);
  auto& loading =
      add_command(registries, "load",
                  "Put the table of a State's registry in place and search it from now on. A .csv names its columns: id, "
                  "given, surname1, surname2, birth, sex, place, father_given, father_surnames, mother_given, "
                  "mother_surnames, document; a .tsv has them in this order. Lines with a defect are told and left out.",
                  "rcms registry load citizens.csv --folder /var/lib/rcms --state UTO --dry-run", run,
                  [&options] { return load_registry(options); });
  add_place(loading, options.place);
  loading.add_option("file", options.file, "CSV with a heading line, or TSV without one")->required()->check(CLI::ExistingFile);
  loading.add_option("--state", options.state, "State, when the node has several");
  loading.add_flag("--dry-run", options.dry_run, "Only check");
}

}  // namespace rcms::app
