#include "capabilities/travel_documents/trusted_states.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/travel_documents/trust_bundle.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// One State's part with the store that it makes.
struct ReadPart {
  std::string text;  ///< a bundle of this part alone
  seal::TrustStore trust;

  std::string const& state() const { return trust.countries.begin()->first; }
  seal::Certificate const& authority() const { return trust.authorities.front(); }
};

std::string read_if_there(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Whole or not at all.
void write_text(fs::path const& file, std::string const& text) {
  auto const draft = file.parent_path() / (".draft-" + to_hex(random_bytes(8)));
  std::ofstream out(draft, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw std::runtime_error(draft.string() + " cannot be written; check permissions and free space");
  fs::rename(draft, file);
}

/// Three letters at most, so that it can name a file.
bool is_state_code(std::string_view state) {
  return !state.empty() && state.size() <= 3 &&
         std::all_of(state.begin(), state.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<ReadPart> read_part(json::value const& part) {
  ReadPart read;
  read.text = json::serialize(json::object{{"format", "rcms-trust-1"}, {"parts", json::array{part}}});
  auto trust = read_trust_bundle(read.text);
  if (!trust) return tl::unexpected(trust.error());
  read.trust = std::move(*trust);
  if (!is_state_code(read.state())) return refuse(Why::malformed, "bundle", "a part names no State");
  return read;
}

Result<std::vector<ReadPart>> read_parts(std::string_view bundle) {
  if (auto whole = read_trust_bundle(bundle); !whole) return tl::unexpected(whole.error());
  std::vector<ReadPart> parts;
  auto const value = json::parse(json::string_view(bundle.data(), bundle.size()));
  for (auto const& part : value.at("parts").as_array()) {
    auto read = read_part(part);
    if (!read) return tl::unexpected(read.error());
    bool const twice = std::any_of(parts.begin(), parts.end(), [&](auto const& one) { return one.state() == read->state(); });
    if (twice) return refuse(Why::malformed, "bundle", fmt::format("{} stands twice in the bundle", read->state()));
    parts.push_back(std::move(*read));
  }
  if (parts.empty()) return refuse(Why::malformed, "bundle", "the bundle holds no State");
  return parts;
}

TrustedState summary_of(ReadPart const& part) {
  TrustedState state;
  state.state = part.state();
  state.fingerprint = fingerprint_of(part.authority());
  state.authority_until = part.authority().not_after;
  state.issued_on = part.trust.issued_on;
  state.next_update = part.trust.next_update;
  state.signers = part.trust.signers.size();
  state.revoked = part.trust.revoked_documents.size();
  return state;
}

/// What is held of a State, when its file is there and whole.
std::optional<ReadPart> held_in(fs::path const& file) {
  if (!fs::exists(file)) return std::nullopt;
  auto parts = read_parts(read_if_there(file));
  if (!parts || parts->size() != 1) return std::nullopt;
  return std::move(parts->front());
}

Result<void> check_against(ReadPart const& part, std::optional<ReadPart> const& held, std::vector<std::string> const& named) {
  auto const fingerprint = fingerprint_of(part.authority());
  bool const is_named = std::any_of(named.begin(), named.end(), [&](auto const& one) { return lower_ascii(one) == fingerprint; });
  if (!held) {
    if (is_named) return {};
    return refuse(Why::does_not_verify, "authority",
                  fmt::format("{} is not trusted here yet: compare the fingerprint {} with the one that State gave you on paper, "
                              "and name it",
                              part.state(), fingerprint));
  }
  if (held->authority().der != part.authority().der && !is_named) {
    return refuse(Why::does_not_verify, "authority",
                  fmt::format("{} has another authority than the one trusted here: ask that State, then name the fingerprint {}",
                              part.state(), fingerprint));
  }
  if (part.trust.issued_on < held->trust.issued_on) {
    return refuse(Why::does_not_verify, "bundle",
                  fmt::format("what {} says in the bundle is of {}, older than what is held, of {}", part.state(),
                              part.trust.issued_on.text(), held->trust.issued_on.text()));
  }
  return {};
}

}  // namespace

std::string fingerprint_of(seal::Certificate const& certificate) { return to_hex(sha256(certificate.der)); }

fs::path TrustedStates::file_of(std::string const& state) const { return folder_ / (lower_ascii(state) + ".json"); }

Result<std::vector<TrustedState>> TrustedStates::import(std::string_view bundle, std::vector<std::string> const& fingerprints) {
  auto parts = read_parts(bundle);
  if (!parts) return tl::unexpected(parts.error());
  std::vector<TrustedState> taken;
  for (auto const& part : *parts) {
    auto const held = held_in(file_of(part.state()));
    if (auto checked = check_against(part, held, fingerprints); !checked) return tl::unexpected(checked.error());
    taken.push_back(summary_of(part));
    taken.back().is_new = !held;
  }
  fs::create_directories(folder_);
  for (auto const& part : *parts) write_text(file_of(part.state()), part.text);
  return taken;
}

std::vector<TrustedState> TrustedStates::list() const {
  std::vector<TrustedState> states;
  if (!fs::exists(folder_)) return states;
  for (auto const& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() != ".json") continue;
    if (auto const held = held_in(entry.path())) states.push_back(summary_of(*held));
  }
  std::sort(states.begin(), states.end(), [](auto const& left, auto const& right) { return left.state < right.state; });
  return states;
}

void TrustedStates::add_to(seal::TrustStore& trust) const {
  for (auto const& state : list()) {
    if (trust.countries.contains(state.state)) continue;
    auto held = held_in(file_of(state.state));
    if (!held) continue;
    for (auto& authority : held->trust.authorities) trust.authorities.push_back(std::move(authority));
    for (auto& signer : held->trust.signers) trust.signers.push_back(std::move(signer));
    trust.countries.merge(held->trust.countries);
    trust.ages.merge(held->trust.ages);
    trust.revoked_documents.merge(held->trust.revoked_documents);
    trust.used_documents.merge(held->trust.used_documents);
  }
  trust.remember_issuers();
}

std::vector<std::string> TrustedStates::parts() const {
  std::vector<std::string> parts;
  for (auto const& state : list()) {
    auto const held = held_in(file_of(state.state));
    if (held) parts.push_back(json::serialize(json::parse(held->text).at("parts").as_array().at(0)));
  }
  return parts;
}

}  // namespace rcms::travel_documents
