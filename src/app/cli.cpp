#include "app/cli.hpp"

#include <fstream>
#include <functional>
#include <vector>

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/cli_agreements.hpp"
#include "app/cli_commands.hpp"
#include "app/cli_documents.hpp"
#include "app/cli_keep.hpp"
#include "app/cli_ledger.hpp"
#include "app/cli_node.hpp"
#include "app/cli_registry_commands.hpp"
#include "app/cli_serve.hpp"
#include "app/cli_tables.hpp"
#include "app/cli_trust.hpp"
#include "app/wiring.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

void add_place(CLI::App& command, Place& place) {
  command.add_option("--folder", place.folder, "Folder of keys, attachments and, with SQLite, the database")
      ->capture_default_str();
  command.add_option("--database", place.database, "sqlite:FILE or postgresql://USER@HOST/NAME (default: sqlite:FOLDER/rcms.db)");
}

CLI::App& add_command(CLI::App& app, std::string const& name, std::string const& words, std::string const& example, Run& run,
                      std::function<int()> what) {
  auto* command = app.add_subcommand(name, words);
  command->footer("Example:\n  " + example);
  command->callback([&run, what = std::move(what)] { run = what; });
  return *command;
}

CLI::App& add_group(CLI::App& app, std::string const& name, std::string const& words) {
  auto* group = app.add_subcommand(name, words);
  group->require_subcommand(1);
  group->footer("rcms " + name + " COMMAND --help tells the options of a command and shows an example.");
  return *group;
}

namespace {

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
    if (!in) throw CLI::FileError("--config: " + option->as<std::string>() + " cannot be read: look at its permissions");
    // The file is that of the node: `backup` passes over what only `serve` knows.
    if (command->get_name() == "serve") command->allow_config_extras(CLI::config_extras_mode::error);
    try {
      command->parse_from_stream(in);
    } catch (CLI::ConfigError const& error) {
      throw CLI::ConfigError("--config: a line of " + option->as<std::string>() + " is not a setting: " + error.what(),
                             error.get_exit_code());
    }
  }
}

void add_serving(CLI::App& command, ServeOptions& options) {
  add_place(command, options.place);
  command.add_option("--address", options.address, "Address to listen at")->capture_default_str();
  command.add_option("--keep-imports-days", options.keep_imports_days, "Days after which an uploaded table is erased")
      ->check(CLI::Range(1, 3650))->capture_default_str();
  command.add_option("--keep-failed-sign-ins-days", options.keep_failed_sign_ins_days,
                     "Days after which the record of failed sign-ins is erased")
      ->check(CLI::Range(1, 3650))->capture_default_str();
  command.add_option(
      "--keep-free-mb", options.keep_free_mb,
      "MB of the disk that are kept free: below it nothing is saved, reading goes on; 0: 256, on a small disk 5 %");
  command.add_option("--port", options.port, "Port to listen at; 0 takes a free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65'535));
  command.add_option("--web", options.web, "Folder of the built web application (default: beside the program)");
}

void add_mail(CLI::App& command, MailOptions& mail) {
  command.add_option("--mail-server", mail.server,
                     "Sends e-mails: smtp://HOST:PORT (this machine only), starttls://HOST:PORT or smtps://HOST:PORT");
  command.add_option("--mail-from", mail.from, "Address that e-mails come from");
  command.add_option("--mail-user", mail.user, "Name to sign in to the mail server with");
  command.add_option("--mail-password-file", mail.password_file, "File whose first line is the password for it")
      ->check(CLI::ExistingFile);
  command.add_option("--public-url", mail.public_url, "Where people open this node, for links in e-mails: https://rcms.example");
}

struct AllOptions {
  AgreementsOptions agreements;
  ServeOptions serve;
  DemoOptions demo;
  InitOptions init;
  OrganisationOptions organisation;
  UserOptions user;
  RegistryCommandsOptions registry;
  LedgerOptions ledger;
  MrzOptions mrz;
  EtdOptions etd;
  TrustOptions trust;
  ImportOptions import;
  ExportOptions export_;
  PackageOptions package;
  ReportOptions report;
  KeepOptions keep;
};

void add_serving_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& serving =
      add_command(app, "serve", "Serve the API and the web application until told to stop",
                  "rcms serve --folder /var/lib/rcms --config /etc/rcms/rcms.toml", run,
                  [&all] { return serve(all.serve); });
  add_serving(serving, all.serve);
  serving.add_option("--certificate", all.serve.certificate_file, "PEM file: speak TLS 1.3 with this certificate and --key");
  serving.add_option("--key", all.serve.key_file, "PEM file of the private key");
  serving.add_flag("--behind-tls", all.serve.behind_tls, "A proxy in front speaks TLS: cookies are sent over TLS only");
  add_mail(serving, all.serve.mail);
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

void add_organisations(CLI::App& app, OrganisationOptions& options, Run& run) {
  auto& organisations = add_group(app, "organisation", "Add and list the offices in which people work");
  auto& adding = add_command(
      organisations, "add", "Add an office",
      "rcms organisation add \"Migration Directorate\" --kind central_authority --folder /var/lib/rcms --state UTO", run,
      [&options] { return add_organisation(options); });
  adding.add_option("name", options.name_en, "Its name in English")->required();
  adding.add_option("--kind", options.kind, "Code of data/codes/lists/organisation_kind.toml; it decides which roles it gives")
      ->required();
  adding.add_option("--name-es", options.name_es, "Its name in Spanish (default: as in English)");
  adding.add_option("--email", options.email, "For what is told to the whole office");
  adding.add_option("--state", options.state, "State, when the node has several");
  add_place(adding, options.place);
  auto& listing =
      add_command(organisations, "list", "State, kind, name and whether active, separated by tabs; also while the node runs",
                  "rcms organisation list --folder /var/lib/rcms", run, [&options] { return list_all_organisations(options); });
  listing.add_option("--state", options.state, "Only of this State");
  add_place(listing, options.place);
}

void add_users(CLI::App& app, UserOptions& options, Run& run) {
  auto& users = add_group(app, "user", "Add, reset and list the people who sign in");
  auto& adding = add_command(users, "add", "Add somebody; prints a password for one sign-in",
                             "rcms user add lucia.uto --name \"Lucía Marroquín\" --role intake_officer --organisation "
                             "\"Migration Directorate\" --folder /var/lib/rcms --state UTO",
                             run, [&options] { return add_user(options); });
  add_place(adding, options.place);
  adding.add_option("login", options.login, "Small letters, digits and . - _ @")->required();
  adding.add_option("--role", options.roles, "Role of data/permissions/roles.toml; may be repeated")
      ->required()
      ->allow_extra_args(false);
  adding.add_option("--name", options.name, "The person's name");
  adding.add_option("--organisation", options.organisation, "Name of the organisation where they work");
  adding.add_option("--email", options.email, "For notifications");
  adding.add_option("--language", options.language, "en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
  adding.add_option("--state", options.state, "State, when the node has several");
  auto& resetting =
      add_command(users, "reset", "Replace a forgotten password by one for one sign-in; ends all sessions",
                  "rcms user reset lucia.uto --folder /var/lib/rcms", run, [&options] { return reset_user(options); });
  add_place(resetting, options.place);
  resetting.add_option("login", options.login, "As rcms user list shows it")->required();
  auto& listing =
      add_command(users, "list", "State, login, name, roles and whether active, separated by tabs; also while the node runs",
                  "rcms user list --folder /var/lib/rcms --state UTO", run, [&options] { return list_all_users(options); });
  add_place(listing, options.place);
  listing.add_option("--state", options.state, "Only of this State");
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

  add_organisations(app, all.organisation, run);
  add_users(app, all.user, run);
  add_registry_commands(app, all.registry, run);
  add_command(app, "openapi", "Print OpenAPI 3.1 of all routes; needs no server", "rcms openapi > openapi.json", run,
              [] { return print_openapi(); });
}

void add_ledger_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& ledgers = add_group(app, "ledger", "The audit ledger: export it, verify it");
  auto& verifying =
      add_command(ledgers, "verify", "Verify an exported ledger, or without a file the one of a node, also while it runs",
                  "rcms ledger verify ledger.jsonl\n  rcms ledger verify --folder /var/lib/rcms", run,
                  [&all] { return verify_ledger(all.ledger); });
  verifying.add_option("file", all.ledger.file, "Exported ledger; without it the node at --folder and --database is verified")
      ->check(CLI::ExistingFile);
  verifying.add_option("--signer", all.ledger.signer, "The only public key (hexadecimal) that may have signed");
  add_place(verifying, all.ledger.place);
  auto& exporting = add_command(ledgers, "export", "Write the sealed ledger as lines of JSON, also while the node runs",
                                "rcms ledger export ledger.jsonl --folder /var/lib/rcms --state UTO", run,
                                [&all] { return export_ledger(all.ledger); });
  exporting.add_option("file", all.ledger.file, "New file; standard output when not given");
  exporting.add_option("--state", all.ledger.state, "Only the chains of this State");
  exporting.add_option("--subject", all.ledger.subject, "Only this chain: case:ID or application:ID");
  add_place(exporting, all.ledger.place);
}

/// The fields of `rcms mrz build`; all others are needed as soon as --state is given.
void add_zone_fields(CLI::App& building, AllOptions& all) {
  building.add_option("file", all.mrz.file, "{\"format\",\"input\"} a line; standard input when not given");
  building.add_option("--format", all.mrz.format, "TD1, TD2, TD3, MRVA or MRVB")->capture_default_str();
  building.add_option("--code", all.mrz.code, "Document code")->capture_default_str();
  auto* state = building.add_option("--state", all.mrz.state, "Issuing State");
  auto* number = building.add_option("--number", all.mrz.number, "Document number");
  building.add_option("--nationality", all.mrz.nationality, "Default: the issuing State");
  auto* birth = building.add_option("--birth", all.mrz.birth, "yyyy-mm-dd, or in part");
  building.add_option("--sex", all.mrz.sex, "M, F or X (unspecified, also when not given)")
      ->check(CLI::IsMember({"M", "F", "X", ""}));
  auto* expiry = building.add_option("--expiry", all.mrz.expiry, "yyyy-mm-dd");
  auto* surname = building.add_option("--surname", all.mrz.surname, "In any script that ICAO has a table for");
  building.add_option("--given", all.mrz.given, "Given names");
  building.add_option("--optional", all.mrz.optional_data, "Optional data");
  for (auto* needed : {number, birth, expiry, surname}) {
    state->needs(needed);
    needed->needs(state);
  }
}

void add_document_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& zones = add_group(app, "mrz", "Machine readable zones of travel documents");
  auto& parsing = add_command(zones, "parse", "Read a zone and check its digits; exit code 1 when a check fails",
                              "rcms mrz parse zone.txt", run, [&all] { return parse_zone(all.mrz); });
  parsing.add_option("file", all.mrz.file, "Text with the lines; standard input when not given");
  auto& seeing = add_command(zones, "read", "Read the printed zone of a scan or photograph; exit code 1 when in doubt",
                             "rcms mrz read page.png", run, [&all] { return read_printed_zone(all.mrz); });
  seeing.add_option("file", all.mrz.file, "PDF (its first page), PNG or JPEG")->required();
  auto& checking =
      add_command(zones, "check", "Judge many zones: one JSON object a line in, one out; exit code 1 when a line cannot be read",
                  "echo '{\"lines\":[\"PUUTO…\",\"E123…\"]}' | rcms mrz check", run, [&all] { return check_zones(all.mrz); });
  checking.add_option("file", all.mrz.file, "{\"lines\":[…]} a line; standard input when not given");
  auto& writing =
      add_command(zones, "transliterate", "Write names in the letters of the zone, by the tables of ICAO only",
                  "echo '{\"script\":\"Cyrillic\",\"language\":\"uk\",\"input\":\"Гнатюк\"}' | rcms mrz transliterate", run,
                  [&all] { return transliterate_names(all.mrz); });
  writing.add_option("file", all.mrz.file, "{\"script\",\"language\",\"input\"} a line; standard input when not given");
  auto& building =
      add_command(zones, "build",
                  "Print the lines for the given fields; names are transliterated by the tables of ICAO. Without --state it "
                  "answers {\"format\",\"input\"} a line with {\"lines\"}",
                  "rcms mrz build --state UTO --number E0000123 --birth 1990-05-14 --sex F --expiry 2031-06-30 --surname "
                  "\"Núñez\" --given Perla\n  rcms mrz build zones.jsonl",
                  run, [&all] { return build_zone(all.mrz); });
  add_zone_fields(building, all);
}

void add_verification(CLI::App& app, AllOptions& all, Run& run) {
  auto& documents = add_group(app, "etd", "Emergency travel documents");
  auto& verifying =
      add_command(documents, "verify", "Judge a travel document by its seal and its zone; exit code 1 unless it is genuine",
                  "rcms etd verify scan.jpg --trust trust-bundle.json", run, [&all] { return verify_document(all.etd); });
  verifying.add_option("file", all.etd.file,
                       "PDF, PNG or JPEG of the page, or a text with its two lines; with --json one case a line");
  verifying.add_flag("--json", all.etd.json,
                     "Answer one JSON case a line: {\"seal_hex\",\"signer_certificate\",\"trust_anchor\",\"crl\","
                     "\"validation_time\",\"printed_mrz\"}; standard input when no file is given");
  verifying.add_option("--certificates", all.etd.certificates, "JSON with the certificates that the cases name by their id")
      ->check(CLI::ExistingFile);
  verifying.add_option("--trust", all.etd.trust, "Trust bundle; without it the States of the node at --folder are trusted")
      ->check(CLI::ExistingFile);
  add_place(verifying, all.etd.place);
}

void add_trust_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& trust = add_group(app, "trust", "Keys with which documents are sealed, and whom this node trusts");
  auto& making = add_command(trust, "init", "Make the authority and the first signer of a State of this node",
                             "rcms trust init --folder /var/lib/rcms --state UTO", run, [&all] { return init_trust(all.trust); });
  making.add_option("--state", all.trust.state, "Code of the State; not needed when the node keeps one");
  auto& showing = add_command(trust, "show", "List authorities, signers and their periods, and the other States that are trusted",
                              "rcms trust show --folder /var/lib/rcms", run, [&all] { return show_trust(all.trust); });
  showing.add_option("--state", all.trust.state, "Only this State of the node");
  auto& exporting =
      add_command(trust, "export", "Write the signed bundle for verifiers elsewhere",
                  "rcms trust export utopia.json --folder /var/lib/rcms", run, [&all] { return export_trust(all.trust); });
  exporting.add_option("file", all.trust.file, "Default: standard output");
  auto& importing = add_command(trust, "import", "Trust the States of a bundle; the first time their fingerprints must be named",
                                "rcms trust import arcadia.json --folder /var/lib/rcms --authority 3f…", run,
                                [&all] { return import_trust(all.trust); });
  importing.add_option("file", all.trust.file, "Bundle of another node")->required();
  importing.add_option("--authority", all.trust.fingerprints,
                       "SHA-256 of the certificate of an authority, as that State gave it");
  auto& setting = add_command(trust, "set", "Settle where the keys of a State are made and how many officers open them",
                              "rcms trust set --folder /var/lib/rcms --state UTO --persons 2", run,
                              [&all] { return set_trust(all.trust); });
  setting.add_option("--state", all.trust.state, "Code of the State; not needed when the node keeps one");
  setting
      .add_option("--persons", all.trust.persons, "2: nobody issues before two officers have opened the key; 1: it stands open")
      ->check(CLI::Range(1, 2));
  setting.add_option("--token", all.trust.token,
                     "pkcs11:token=LABEL?module-path=FILE&pin-source=FILE: keys are made in this token; before rcms trust init");
  for (auto* command : {&making, &showing, &exporting, &importing, &setting}) add_place(*command, all.trust.place);
}

void add_table_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& importing = add_command(app, "import", "Make drafts of the rows of a CSV or XLSX; exit code 1 when a row has a defect",
                                "rcms import march.xlsx --folder /var/lib/rcms --as anna.xar --agreement uto-xar-2019 --dry-run "
                                "--problems corrections.xlsx",
                                run, [&all] { return import_table(all.import); });
  add_place(importing, all.import.place);
  importing.add_option("file", all.import.file, "CSV or XLSX with a heading line")->required()->check(CLI::ExistingFile);
  importing.add_option("--as", all.import.login, "Login of the case officer who imports")->required();
  importing.add_option("--agreement", all.import.agreement, "Code of the agreement")->required();
  importing.add_option("--problems", all.import.problems,
                       "New file (.csv, .xlsx) for the rows with a defect, to correct and load again");
  importing.add_flag("--dry-run", all.import.dry_run, "Only check; nothing becomes a case");

  auto& exporting =
      add_command(app, "export", "Write a list as CSV or XLSX, or the complete package of one file as ZIP",
                  "rcms export open.xlsx --folder /var/lib/rcms --as elena.uto --state verification --state interview", run,
                  [&all] { return export_table(all.export_); });
  add_place(exporting, all.export_.place);
  exporting.add_option("file", all.export_.file, "New file: .csv, .xlsx, or .zip with --package")->required();
  exporting.add_option("--as", all.export_.login, "Login of the user whose rights count")->required();
  exporting.add_option("--side", all.export_.side, "requesting or requested")->check(CLI::IsMember({"requesting", "requested"}));
  exporting.add_option("--state", all.export_.states, "Only files in this state; may be repeated")->allow_extra_args(false);
  exporting.add_option("--package", all.export_.package,
                       "Reference of one file: its form, attachments and machine-readable content");

  auto& packages = add_group(app, "package", "The complete package of a file, as a court receives it");
  auto& verifying = add_command(packages, "verify", "Recompute every hash, signature and receipt of a package; needs no node",
                                "rcms package verify MORALES_XAR-2026-K7MQ-4B62.zip", run,
                                [&all] { return verify_package(all.package); });
  verifying.add_option("file", all.package.file, "ZIP of one or several files")->required()->check(CLI::ExistingFile);

  auto& reporting = add_command(app, "report", "Write the monthly report of a State, also while the node runs",
                                "rcms report march.pdf --folder /var/lib/rcms --state UTO --month 2031-03", run,
                                [&all] { return write_report(all.report); });
  add_place(reporting, all.report.place);
  reporting.add_option("file", all.report.file, "New file: .pdf, .xlsx or .csv")->required();
  reporting.add_option("--state", all.report.state, "Code of the State")->required();
  reporting.add_option("--month", all.report.month, "yyyy-mm")->required();
  reporting.add_option("--format", all.report.format, "pdf, xlsx or csv (default: as the file's name ends)")
      ->check(CLI::IsMember({"pdf", "xlsx", "csv"}));
  reporting.add_option("--language", all.report.language, "en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
}

void add_keeping_commands(CLI::App& app, AllOptions& all, Run& run) {
  auto& keeping = add_command(app, "backup", "Copy the whole node into one file while it works",
                              "rcms backup /var/backups/rcms/rcms-2031-03-04.tar --folder /var/lib/rcms", run,
                              [&all] { return make_backup(all.keep); });
  add_place(keeping, all.keep.place);
  add_settings_file(keeping);
  keeping.add_option("file", all.keep.file, "New file")->required();
  keeping
      .add_option("--passphrase-file", all.keep.passphrase_file,
                  "The keys go into the file too, encrypted with the first line of this one")
      ->check(CLI::ExistingFile);
  auto& restoring =
      add_command(app, "restore", "A node from its backup, in a new folder, with a certificate of what was compared",
                  "rcms restore /var/backups/rcms/rcms-2031-03-04.tar --folder /srv/rcms-restored", run,
                  [&all] { return restore_backup(all.keep); });
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

constexpr std::string_view remedy_for_path =
    "Look at the name, its permissions and free space; what belongs to a node is done by its user: sudo -u rcms rcms …";

/// What to do about a fault of the database, by what it says.
std::string_view remedy_for_database(std::string_view fault) {
  struct Remedy {
    std::string_view word;
    std::string_view remedy;
  };
  static constexpr Remedy remedies[] = {
      {"is open for writing in process",
       "While the node serves, an administrator does this in the browser; or stop it first: systemctl stop rcms"},
      {"ermission denied", remedy_for_path},
      {"readonly database", remedy_for_path},
      {"is not the address", "For example: --database sqlite:/var/lib/rcms/rcms.db"},
      {"is not a database", "Look at --database: the file is something else, or damaged; rcms restore brings back a backup."},
      {"PostgreSQL server has", "To reload it: systemctl reload postgresql, or as its administrator select pg_reload_conf();"},
      {"older than its", "Install the newer rcms that this database was last used with."},
      {"cannot reach PostgreSQL", "Look at --database, and whether that server runs: systemctl status postgresql"},
  };
  for (auto const& one : remedies) {
    if (fault.find(one.word) != std::string_view::npos) return one.remedy;
  }
  return "Look at --folder and --database, and whether the disk has space.";
}

/// Says what is wrong and what to do; never where in the program it happened.
int run_and_tell(Run const& run) {
  try {
    return run();
  } catch (CommandRefused const& refused) {
    fmt::print(stderr, "rcms: {}\n", refused.what());
  } catch (db::Fault const& fault) {
    fmt::print(stderr, "rcms: The database could not be used: {}\n      {}\n", fault.what(), remedy_for_database(fault.what()));
  } catch (std::filesystem::filesystem_error const& fault) {
    fmt::print(stderr, "rcms: {} cannot be used: {}\n      {}\n", fault.path1().string(), fault.code().message(),
               remedy_for_path);
  } catch (std::exception const& fault) {
    fmt::print(stderr, "rcms: {}\n", fault.what());
  }
  return 1;
}

/// The command that was meant, as far as the line could be read: "rcms user add".
std::pair<CLI::App const*, std::string> meant_command(CLI::App const& app) {
  auto const* command = &app;
  std::string name = app.get_name();
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += " " + command->get_name();
  }
  return {command, name};
}

/// What is wrong with the command line, an example of how it is right, and where more is told.
std::string words_of_mistake(CLI::App const& app, CLI::Error const& error) {
  auto const [command, name] = meant_command(app);
  auto const known = command->get_subcommands([](CLI::App const*) { return true; });
  std::string words = error.what();
  if (!known.empty() && words.find("subcommand is required") != std::string::npos) {
    std::vector<std::string> names;
    for (auto const* one : known) names.push_back(one->get_name());
    auto const unknown = command->remaining();
    words = unknown.empty() ? "name a command" : "there is no command '" + unknown.front() + "'";
    words += "; there are: " + join(names, ", ");
  }
  auto const example = known.empty() ? command->get_footer() + "\n" : std::string();
  return fmt::format("{}: {}\n{}{} --help tells more.\n", name, words, example, name);
}

}  // namespace

int run_command_line(int count, char const* const* words) {
  // What a command writes holds personal data or keys: only who runs it reads it.
  umask(077);
  CLI::App app("RCMS: readmission cases between two States, from the application to the return.", "rcms");
  app.set_version_flag("--version", "rcms " + version_text());
  app.require_subcommand(1);
  app.footer("rcms COMMAND --help tells the options of a command and shows an example.");
  app.failure_message([](CLI::App const* whole, CLI::Error const& error) { return words_of_mistake(*whole, error); });
  AllOptions all;
  Run run;
  add_serving_commands(app, all, run);
  add_node_commands(app, all, run);
  add_ledger_commands(app, all, run);
  add_document_commands(app, all, run);
  add_verification(app, all, run);
  add_trust_commands(app, all, run);
  add_table_commands(app, all, run);
  add_keeping_commands(app, all, run);
  add_agreements(app, all.agreements, run);
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
