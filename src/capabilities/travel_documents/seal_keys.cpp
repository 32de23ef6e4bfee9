#include "capabilities/travel_documents/seal_keys.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <unicode/uloc.h>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {

namespace fs = std::filesystem;

namespace {

constexpr int key_months = 12;          // at most 14: Doc 9303-8 section 6.3.1
constexpr int certificate_months = 25;  // the key's year, and the longest document issued on its last day
constexpr int authority_years = 15;

std::string read_text(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + " cannot be read; restore it from the backup of the keys");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Whole or not at all, and never over a file that is there: another process may have been faster.
void write_once(fs::path const& file, std::string const& text) {
  auto const draft = file.parent_path() / (".draft-" + to_hex(random_bytes(8)));
  {
    std::ofstream out(draft, std::ios::binary);
    fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(draft.string() + " cannot be written; check permissions and free space");
  }
  std::error_code ignored;
  fs::create_hard_link(draft, file, ignored);
  fs::remove(draft);
  if (!fs::exists(file)) throw std::runtime_error(file.string() + " cannot be written; check permissions and free space");
}

template <class T>
T must(Result<T> result, fs::path const& file) {
  if (!result) throw std::runtime_error(file.string() + ": " + result.error().detail);
  return std::move(*result);
}

/// Key and certificate stand in one file, so that they can never be of two different makings.
seal::SigningKey read_key(fs::path const& file) { return must(seal::SigningKey::read(read_text(file)), file); }
seal::Certificate read_certificate(fs::path const& file) {
  auto const text = read_text(file);
  auto const at = text.find("-----BEGIN CERTIFICATE");
  if (at == std::string::npos) throw std::runtime_error(file.string() + " holds no certificate; restore it from its backup");
  return must(seal::Certificate::read_pem(text.substr(at)), file);
}

}  // namespace

bool is_sealing(seal::Certificate const& signer, Date today) {
  return signer.not_before <= today && today <= seals_until(signer);
}

Date seals_until(seal::Certificate const& signer) { return signer.not_before.plus_months(key_months).plus_days(-1); }

std::string certificate_country(std::string_view state) {
  if (state == "D") return "DE";  // Doc 9303-3 section 5: Germany's code in the zone
  for (auto const* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    if (state == uloc_getISO3Country((std::string("und_") + *code).c_str())) return *code;
  }
  return upper_ascii(state.substr(0, 2));
}

SealKeys::SealKeys(fs::path folder) : folder_(std::move(folder)) {}

StateSeals& SealKeys::load(std::string const& state) {
  auto const found = states_.find(state);
  auto const home = folder_ / lower_ascii(state);
  if (found == states_.end()) {
    auto const file = home / "authority.pem";
    states_.emplace(state, StateSeals{state, read_key(file), read_certificate(file), {}});
  }
  auto& seals = states_.at(state);
  for (auto number = seals.signers.size() + 1;; ++number) {
    auto const file = home / fmt::format("signer-{:02}.pem", number);
    if (!fs::exists(file)) return seals;
    seals.signers.push_back({read_certificate(file), read_key(file)});
  }
}

void SealKeys::make_authority(std::string const& state, Date today) {
  auto const home = folder_ / lower_ascii(state);
  fs::create_directories(home);
  fs::permissions(home, fs::perms::owner_all);
  auto const key = seal::SigningKey::make(seal::Curve::p384);
  auto const der = must(seal::make_authority_certificate(key, {certificate_country(state), "CSCA " + state, 1, today,
                                                               today.plus_months(12 * authority_years)}),
                        home);
  write_once(home / "authority.pem", key.pem() + must(seal::Certificate::read(der), home).pem());
}

void SealKeys::make_signer(StateSeals const& seals, Date today) {
  auto const home = folder_ / lower_ascii(seals.state);
  auto const number = seals.signers.size() + 1;
  if (number > 99) throw std::runtime_error(home.string() + " holds 99 signers; move those that have run out to an archive");
  auto const key = seal::SigningKey::make(seal::Curve::p256);
  seal::SignerRequest request;
  request.country = seals.authority.country;
  request.common_name = "S1";
  request.serial = 0x10 + number;  // two hexadecimal digits keep the seal at 134 bytes
  request.not_before = today;
  request.private_key_until = today.plus_months(key_months);
  request.not_after = today.plus_months(certificate_months);
  auto const der = must(seal::make_signer_certificate(seals.authority_key, seals.authority.der, key.public_key(), request), home);
  write_once(home / fmt::format("signer-{:02}.pem", number), key.pem() + must(seal::Certificate::read(der), home).pem());
}

SealSigner SealKeys::signer(std::string const& state, Date today) {
  std::lock_guard const lock(mutex_);
  if (!fs::exists(folder_ / lower_ascii(state) / "authority.pem")) make_authority(state, today);
  auto& seals = load(state);
  auto const find = [&] {
    return std::find_if(seals.signers.rbegin(), seals.signers.rend(),
                        [&](auto const& signer) { return is_sealing(signer.certificate, today); });
  };
  if (find() == seals.signers.rend()) {
    make_signer(seals, today);
    load(state);
  }
  auto const found = find();
  if (found == seals.signers.rend()) throw std::runtime_error("the signer of " + state + " is not of today; is the clock right?");
  return *found;
}

std::vector<StateSeals> SealKeys::all(std::vector<std::string> const& states) {
  std::lock_guard const lock(mutex_);
  std::vector<StateSeals> all;
  for (auto const& state : states) {
    if (fs::exists(folder_ / lower_ascii(state) / "authority.pem")) all.push_back(load(state));
  }
  return all;
}

}  // namespace rcms::travel_documents
