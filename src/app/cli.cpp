#include "app/cli.hpp"

#include <fstream>
#include <functional>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/cli_documents.hpp"
#include "app/cli_keep.hpp"
#include "app/cli_ledger.hpp"
#include "app/cli_node.hpp"
#include "app/cli_serve.hpp"
#include "app/cli_tables.hpp"
#include "app/wiring.hpp"

namespace rcms::app {

namespace {

/// What the chosen command does; set by its callback, run after the line was read.
using Run = std::function<int()>;

void add_place(CLI::App& command, Place& place) {
  command.add_option("--folder", place.folder, "Folder of keys, attachments and, with SQLite, the database")
      ->capture_default_str();
  command.add_option("--database", place.database, "sqlite:FILE or postgresql://USER@HOST/NAME (default: sqlite:FOLDER/rcms.db)");
}

void add_settings_file(CLI::App& command) {
  command.add_option("--config")
      ->description("TOML file with the same names as these options: port = 8080")
      ->check(CLI::ExistingFile);
}

/// What the file of --config says of options that the command line does not name. CLI11 itself reads one for the whole program
/// only, not for a command.
void read_settings_file(CLI::App& app) {
  for (auto* command : app.get_subcommands()) {
    auto const* option = command->get_option_no_throw("--config");
    if (option == nullptr || option->empty()) continue;
    std::ifstream in(option->as<std::string>());
    if (!in) throw CLI::FileError::Missing(option->as<std::string>());
    command->parse_from_stream(in);
  }
}

void add_serving(CLI::App& command, ServeOptions& options) {
  add_place(command, options.place);
  command.add_option("--address", options.address, "Address to listen at")->capture_default_str();
  command.add_option("--port", options.port, "Port to listen at; 0 takes a free one")->capture_default_str();
  command.add_option("--web", options.web, "Folder of the built web application (default: beside the program)");
}

CLI::App& add_command(CLI::App& app, std::string const& name, std::string const& words, std::string const& example, Run& run,
                      std::function<int()> what) {
  auto* command = app.add_subcommand(name, words);
  command->footer("Example:\n  " + example);
  command->callback([&run, what = std::move(what)] { run = what; });
  return *command;
}

struct AllOptions {
  ServeOptions serve;
  DemoOptions demo;
  InitOptions init;
  UserOptions user;
  RegistryOptions registry;
  LedgerOptions ledger;
  MrzOptions mrz;
  EtdOptions etd;
  ImportOptions import;
  ExportOptions export_;
  ReportOptions report;
  KeepOptions keep;
};

/// A command that only holds others: `rcms ledger verify`.
CLI::App& add_group(CLI::App& app, std::string const& name, std::string const& words) {
  auto* group = app.add_subcommand(name, words);
  group->require_subcommand(1);
  group->footer("rcms " + name + " COMMAND --help tells more.");
  return *group;
}

void add_serving_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& serving =
      add_command(app, "serve", "Serve the API and the web application until told to stop",
                  "rcms serve --folder /var/lib/rcms --database postgresql://rcms@localhost/rcms --config /etc/rcms.toml", run,
                  [&all] { return serve(all.serve); });
  add_serving(serving, all.serve);
  serving.add_option("--certificate", all.serve.certificate_file, "PEM file: speak TLS 1.3 with this certificate and --key");
  serving.add_option("--key", all.serve.key_file, "PEM file of the private key");
  serving.add_flag("--behind-tls", all.serve.behind_tls, "A proxy in front speaks TLS: cookies are sent over TLS only");
  add_settings_file(serving);

  auto& demo = add_command(app, "demo", "Make a world of two fictional States when there is none, and serve it",
                           "rcms demo --folder demo-data --port 8080 --cases 300", run, [&all] { return serve_demo(all.demo); });
  all.demo.serve.place.folder = "demo-data";
  add_serving(demo, all.demo.serve);
  demo.add_option("--cases", all.demo.cases, "Cases of the world")->capture_default_str()->check(CLI::Range(1, 5'000));
  demo.add_option("--citizens", all.demo.citizens, "Invented citizens in the population registry")
      ->capture_default_str()
      ->check(CLI::Range(2'000, 2'000'000));
  demo.add_option("--seed", all.demo.seed, "The same seed gives the same world")->capture_default_str();
}

void add_node_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& making = add_command(
      app, "init", "Set up a State on this node, with its first administrator",
      "rcms init --folder /var/lib/rcms --state UTO --name Utopia --name-es Utopía --zone America/Guatemala --admin admin.uto",
      run, [&all] { return init(all.init); });
  add_place(making, all.init.place);
  making.add_option("--state", all.init.code, "Its code, three letters; asked for when not given");
  making.add_option("--name", all.init.name_en, "Its name in English");
  making.add_option("--name-es", all.init.name_es, "Its name in Spanish (default: as in English)");
  making.add_option("--zone", all.init.zone, "Time zone of its authorities, as in America/Guatemala");
  making.add_option("--sides", all.init.sides, "Side on which it works here")
      ->check(CLI::IsMember({"requesting", "requested", "both"}))
      ->capture_default_str();
  making.add_option("--language", all.init.language, "Language of the first administrator")
      ->check(CLI::IsMember({"en", "es"}))
      ->capture_default_str();
  making.add_option("--admin", all.init.login, "Login of the first administrator");
  making.add_option("--admin-name", all.init.admin_name, "Name of the first administrator");

  auto& users = add_group(app, "user", "Add, reset and list the people who sign in");
  auto& adding = add_command(
      users, "add", "Add somebody; prints a password for one sign-in",
      "rcms user add lucia.uto --name \"Lucía Marroquín\" --role intake_officer --organisation \"Ministry of the Interior\"", run,
      [&all] { return add_user(all.user); });
  add_place(adding, all.user.place);
  adding.add_option("login", all.user.login, "Small letters, digits and . - _ @")->required();
  adding.add_option("--role", all.user.roles, "Role of data/permissions; may be repeated")->required();
  adding.add_option("--name", all.user.name, "The person's name");
  adding.add_option("--organisation", all.user.organisation, "Name of the organisation where they work");
  adding.add_option("--email", all.user.email, "For notifications");
  adding.add_option("--language", all.user.language, "en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
  adding.add_option("--state", all.user.state, "State, when the node has several");
  auto& resetting = add_command(users, "reset", "Replace a forgotten password by one for one sign-in; ends all sessions",
                                "rcms user reset lucia.uto", run, [&all] { return reset_user(all.user); });
  add_place(resetting, all.user.place);
  resetting.add_option("login", all.user.login)->required();
  auto& listing = add_command(users, "list", "State, login, name, roles and whether active, separated by tabs",
                              "rcms user list --state UTO", run, [&all] { return list_all_users(all.user); });
  add_place(listing, all.user.place);
  listing.add_option("--state", all.user.state, "Only of this State");

  auto& registries = add_group(app, "registry", "The population registry of a State");
  auto& loading =
      add_command(registries, "load", "Load citizens from a CSV or XLSX with a heading line",
                  "rcms registry load citizens.csv --state UTO --dry-run", run, [&all] { return load_registry(all.registry); });
  loading.description(
      "Load citizens from a CSV or XLSX. Columns: given, surname1, surname2, birth (yyyy-mm-dd), sex (F, M, X), place, "
      "place_name, "
      "father, mother, document. Nothing is loaded when a row has a defect.");
  add_place(loading, all.registry.place);
  loading.add_option("file", all.registry.file, "CSV or XLSX")->required()->check(CLI::ExistingFile);
  loading.add_option("--state", all.registry.state, "State, when the node has several");
  loading.add_flag("--dry-run", all.registry.dry_run, "Only check");
  add_command(app, "openapi", "Print OpenAPI 3.1 of all routes; needs no server", "rcms openapi > openapi.json", run,
              [] { return print_openapi(); });
}

void add_ledger_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& ledgers = add_group(app, "ledger", "The audit ledger: export it, verify it");
  auto& verifying =
      add_command(ledgers, "verify", "Verify an exported ledger, or with --database the one of a node, also while it runs",
                  "rcms ledger verify ledger.jsonl", run, [&all] { return verify_ledger(all.ledger); });
  verifying.add_option("file", all.ledger.file, "Exported ledger; without it the node at --folder and --database is verified")
      ->check(CLI::ExistingFile);
  verifying.add_option("--signer", all.ledger.signer, "The only public key (hexadecimal) that may have signed");
  add_place(verifying, all.ledger.place);
  auto& exporting = add_command(ledgers, "export", "Write the sealed ledger as lines of JSON, also while the node runs",
                                "rcms ledger export --folder /var/lib/rcms --state UTO ledger.jsonl", run,
                                [&all] { return export_ledger(all.ledger); });
  exporting.add_option("file", all.ledger.file, "New file; standard output when not given");
  exporting.add_option("--state", all.ledger.state, "Only the chains of this State");
  exporting.add_option("--subject", all.ledger.subject, "Only this chain: case:ID or application:ID");
  add_place(exporting, all.ledger.place);
}

void add_document_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& zones = add_group(app, "mrz", "Machine readable zones of travel documents");
  auto& parsing = add_command(zones, "parse", "Read a zone and check its digits; exit code 1 when a check fails",
                              "rcms mrz parse zone.txt", run, [&all] { return parse_zone(all.mrz); });
  parsing.add_option("file", all.mrz.file, "Text with the lines; standard input when not given");
  auto& building =
      add_command(zones, "build", "Print the lines for the given fields; names are transliterated by the tables of ICAO",
                  "rcms mrz build --state UTO --number E0000123 --birth 1990-05-14 --sex F --expiry 2031-06-30 --surname "
                  "\"Núñez\" --given Perla",
                  run, [&all] { return build_zone(all.mrz); });
  building.add_option("--format", all.mrz.format, "TD1, TD2, TD3, MRVA or MRVB")->capture_default_str();
  building.add_option("--code", all.mrz.code, "Document code")->capture_default_str();
  building.add_option("--state", all.mrz.state, "Issuing State")->required();
  building.add_option("--number", all.mrz.number, "Document number")->required();
  building.add_option("--nationality", all.mrz.nationality, "Default: the issuing State");
  building.add_option("--birth", all.mrz.birth, "yyyy-mm-dd, or in part")->required();
  building.add_option("--sex", all.mrz.sex, "M, F, or empty");
  building.add_option("--expiry", all.mrz.expiry, "yyyy-mm-dd")->required();
  building.add_option("--surname", all.mrz.surname, "In any script that ICAO has a table for")->required();
  building.add_option("--given", all.mrz.given, "Given names");
  building.add_option("--optional", all.mrz.optional_data, "Optional data");
}

void add_verification(CLI::App& app, AllOptions& all, Run& run) {
  auto& documents = add_group(app, "etd", "Emergency travel documents");
  auto& verifying =
      add_command(documents, "verify", "Judge a travel document by its seal and its zone; exit code 1 unless it is genuine",
                  "rcms etd verify scan.jpg --trust trust-bundle.json", run, [&all] { return verify_document(all.etd); });
  verifying.add_option("file", all.etd.file, "PDF, PNG or JPEG of the page, or a text with its two lines")
      ->required()
      ->check(CLI::ExistingFile);
  verifying.add_option("--trust", all.etd.trust, "Trust bundle; without it the States of the node at --folder are trusted")
      ->check(CLI::ExistingFile);
  add_place(verifying, all.etd.place);
}

void add_table_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& importing =
      add_command(app, "import", "Make drafts of the rows of a CSV or XLSX; exit code 1 when a row has a defect",
                  "rcms import march.xlsx --as anna.xar --agreement uto-xar-2019 --dry-run --problems corrections.xlsx", run,
                  [&all] { return import_table(all.import); });
  add_place(importing, all.import.place);
  importing.add_option("file", all.import.file, "CSV or XLSX with a heading line")->required()->check(CLI::ExistingFile);
  importing.add_option("--as", all.import.login, "Login of the case officer who imports")->required();
  importing.add_option("--agreement", all.import.agreement, "Code of the agreement")->required();
  importing.add_option("--problems", all.import.problems,
                       "New file (.csv, .xlsx) for the rows with a defect, to correct and load again");
  importing.add_flag("--dry-run", all.import.dry_run, "Only check; nothing becomes a case");

  auto& exporting = add_command(app, "export", "Write a list as CSV or XLSX, or the complete package of one file as ZIP",
                                "rcms export open.xlsx --as elena.uto --state verification --state interview", run,
                                [&all] { return export_table(all.export_); });
  add_place(exporting, all.export_.place);
  exporting.add_option("file", all.export_.file, "New file: .csv, .xlsx, or .zip with --package")->required();
  exporting.add_option("--as", all.export_.login, "Login of the user whose rights count")->required();
  exporting.add_option("--side", all.export_.side, "requesting or requested")->check(CLI::IsMember({"requesting", "requested"}));
  exporting.add_option("--state", all.export_.states, "Only files in this state; may be repeated");
  exporting.add_option("--package", all.export_.package,
                       "Reference of one file: its form, attachments and machine-readable content");

  auto& reporting = add_command(app, "report", "Write the monthly report of a State, also while the node runs",
                                "rcms report --state UTO --month 2031-03 --format pdf march.pdf", run,
                                [&all] { return write_report(all.report); });
  add_place(reporting, all.report.place);
  reporting.add_option("file", all.report.file, "New file")->required();
  reporting.add_option("--state", all.report.state, "Code of the State")->required();
  reporting.add_option("--month", all.report.month, "yyyy-mm")->required();
  reporting.add_option("--format", all.report.format, "pdf, xlsx or csv")
      ->check(CLI::IsMember({"pdf", "xlsx", "csv"}))
      ->capture_default_str();
  reporting.add_option("--language", all.report.language, "en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
}

void add_keeping_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& keeping = add_command(app, "backup", "Copy the whole node into one file while it works",
                              "rcms backup --folder /var/lib/rcms /var/backups/rcms-2031-03-04.tar", run,
                              [&all] { return make_backup(all.keep); });
  add_place(keeping, all.keep.place);
  add_settings_file(keeping);
  keeping.add_option("file", all.keep.file, "New file")->required();
  keeping
      .add_option("--passphrase-file", all.keep.passphrase_file,
                  "The keys go into the file too, encrypted with the first line of this one")
      ->check(CLI::ExistingFile);
  auto& restoring = add_command(
      app, "restore", "A node from its backup, in a new folder, with a certificate of what was compared",
      "rcms restore rcms-2031-03-04.tar --folder /var/lib/rcms-restored", run, [&all] { return restore_backup(all.keep); });
  add_place(restoring, all.keep.place);
  restoring.add_option("file", all.keep.file, "Backup")->required()->check(CLI::ExistingFile);
  restoring.add_option("--passphrase-file", all.keep.passphrase_file, "The passphrase of the keys in the backup")
      ->check(CLI::ExistingFile);
}

void set_up_log() {
  auto logger = spdlog::stderr_logger_mt("rcms");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  spdlog::set_default_logger(std::move(logger));
}

/// Says what is wrong and what to do; never where in the program it happened.
int run_and_tell(Run const& run) {
  try {
    return run();
  } catch (CommandRefused const& refused) {
    fmt::print(stderr, "rcms: {}\n", refused.what());
  } catch (db::Fault const& fault) {
    fmt::print(stderr,
               "rcms: The database could not be used: {}\n      Look at --database, and whether its server runs and its disk has "
               "space.\n",
               fault.what());
  } catch (std::exception const& fault) {
    fmt::print(stderr, "rcms: {}\n", fault.what());
  }
  return 1;
}

}  // namespace

int run_command_line(int count, char const* const* words) {
  CLI::App app("RCMS: readmission cases between two States, from the application to the return.", "rcms");
  app.set_version_flag("--version", "rcms " + version_text());
  app.require_subcommand(1);
  app.footer("rcms COMMAND --help tells the options of a command and shows an example.");
  AllOptions all;
  Run run;
  add_serving_commands(app, all, run);
  add_node_commands(app, all, run);
  add_ledger_commands(app, all, run);
  add_document_commands(app, all, run);
  add_verification(app, all, run);
  add_table_commands(app, all, run);
  add_keeping_commands(app, all, run);
  try {
    app.parse(count, words);
    read_settings_file(app);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  set_up_log();
  return run_and_tell(run);
}

}  // namespace rcms::app
