#include "app/cli_trust.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/trusted_states.hpp"

namespace rcms::app {

namespace {

using travel_documents::Desk;
using travel_documents::StateSeals;

constexpr std::size_t bundle_bytes = 16 << 20;

Date today_here() { return date_in_zone(system_clock().now(), "UTC"); }

travel_documents::DeskOptions desk_options(Node const& node) {
  return {node.settings().data, node.settings().folder / "keys", false};
}

void print_settings(std::string const& state, travel_documents::KeySettings const& settings) {
  fmt::print("{}\tkeys\tin {}, {}\n", state, settings.token.empty() ? "files" : settings.token,
             settings.persons == 2 ? "two officers open them" : "they stand open");
}

void print_state(StateSeals const& seals, Date today) {
  fmt::print("{}\tauthority\t{}\tfrom {} until {}\n", seals.state, travel_documents::fingerprint_of(seals.authority),
             seals.authority.not_before.text(), seals.authority.not_after.text());
  for (auto const& signer : seals.signers) {
    fmt::print("{}\tsigner {} {}\t{}\tseals from {} until {}, is verified until {}\n", seals.state, signer.name(),
               signer.certificate.serial, travel_documents::is_sealing(signer.certificate, today) ? "seals" : "rests",
               signer.certificate.not_before.text(), travel_documents::seals_until(signer.certificate).text(),
               signer.certificate.not_after.text());
  }
}

void print_trusted(travel_documents::TrustedState const& state, Date today) {
  fmt::print("{}\ttrusted\t{}\t{} signers, {} revoked documents, of {}, next update {}{}\n", state.state, state.fingerprint,
             state.signers, state.revoked, state.issued_on.text(), state.next_update.text(),
             today > state.next_update ? " (past: ask for a new one)" : "");
}

std::string read_bundle(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(in), {});
  if (!in || text.size() > bundle_bytes) throw CommandRefused(file + " cannot be read, or is larger than 16 MiB");
  return text;
}

}  // namespace

int init_trust(TrustOptions const& options) {
  auto const node = open_node(options.place);
  auto const party = find_hosted(*node, options.state);
  Desk desk(node->context(), desk_options(*node));
  auto const today = today_here();
  if (!desk.keys.all({party.code}).empty()) {
    print_state(desk.keys.all({party.code}).front(), today);
    throw CommandRefused(party.code + " has its authority already; nothing was made. rcms trust show lists it");
  }
  (void)desk.keys.signer(party.code, today);
  print_state(desk.keys.all({party.code}).front(), today);
  fmt::print(
      stderr,
      "Keep a copy of {} where keys are kept. Give the fingerprint of the authority to other States on paper: they name it "
      "when they import your bundle.\n",
      (node->settings().folder / "keys").string());
  return 0;
}

int show_trust(TrustOptions const& options) {
  auto const node = open_node(options.place);
  Desk desk(node->context(), desk_options(*node));
  auto const today = today_here();
  for (auto const& party : node->context().directory.parties()) {
    if (!party.hosted || (!options.state.empty() && party.code != options.state)) continue;
    auto const seals = desk.keys.all({party.code});
    print_settings(party.code, desk.keys.settings(party.code));
    if (seals.empty()) fmt::print("{}\tno keys yet: rcms trust init --state {}\n", party.code, party.code);
    for (auto const& one : seals) print_state(one, today);
  }
  for (auto const& state : desk.trusted.list()) print_trusted(state, today);
  return 0;
}

int set_trust(TrustOptions const& options) {
  auto const node = open_node(options.place);
  auto const party = find_hosted(*node, options.state);
  Desk desk(node->context(), desk_options(*node));
  auto settings = desk.keys.settings(party.code);
  bool const moves = !options.token.empty() && options.token != settings.token;
  if (moves && settings.token.empty() && !desk.keys.all({party.code}).empty()) {
    throw CommandRefused(party.code +
                         " has its keys in files already, and they cannot be put into a token: settle the token before "
                         "rcms trust init, on a new folder of keys");
  }
  if (options.persons != 0) settings.persons = options.persons;
  if (moves) settings.token = options.token;
  if (auto const set = desk.keys.set(party.code, settings); !set) refuse_command(set.error());
  print_settings(party.code, settings);
  return 0;
}

int export_trust(TrustOptions const& options) {
  auto const node = open_node(options.place);
  Desk desk(node->context(), desk_options(*node));
  auto const text = travel_documents::trust_bundle_of(desk, today_here());
  if (options.file.empty() || options.file == "-") {
    fmt::print("{}\n", text);
    return 0;
  }
  std::ofstream out(options.file, std::ios::binary);
  out << text << '\n';
  out.close();
  if (!out) throw CommandRefused(options.file + " cannot be written: look at its folder and the free space");
  return 0;
}

int import_trust(TrustOptions const& options) {
  check_node_exists(options.place);
  travel_documents::TrustedStates trusted(settings_of(options.place).folder / "keys" / "trusted");
  auto const taken = trusted.import(read_bundle(options.file), options.fingerprints);
  if (!taken) refuse_command(taken.error());
  auto const today = today_here();
  for (auto const& state : *taken) print_trusted(state, today);
  return 0;
}

}  // namespace rcms::app
