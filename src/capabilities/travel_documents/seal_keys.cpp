#include "capabilities/travel_documents/seal_keys.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unicode/uloc.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"
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

fs::path write_draft(fs::path const& folder, std::string const& text) {
  auto draft = folder / (".draft-" + to_hex(random_bytes(8)));
  std::ofstream out(draft, std::ios::binary);
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
  out << text;
  out.close();
  if (!out) throw std::runtime_error(draft.string() + " cannot be written; check permissions and free space");
  return draft;
}

/// Whole or not at all, and never over a file that is there: another process may have been faster.
void write_once(fs::path const& file, std::string const& text) {
  auto const draft = write_draft(file.parent_path(), text);
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

/// Key and certificate stand in one file, so that they can never be of two different makings. Of a key in a token the file has
/// the label instead.
constexpr std::string_view in_token = "pkcs11:object=";
constexpr std::string_view settings_name = "settings.json";

/// Names of the files of signers, with a number behind.
constexpr char const* seal_files = "signer";
constexpr char const* copy_files = "copies";

seal::Certificate read_certificate(fs::path const& file) {
  auto const text = read_text(file);
  auto const at = text.find("-----BEGIN CERTIFICATE");
  if (at == std::string::npos) throw std::runtime_error(file.string() + " holds no certificate; restore it from its backup");
  return must(seal::Certificate::read_pem(text.substr(at)), file);
}

}  // namespace

bool is_sealing(seal::Certificate const& signer, Date today) {
  auto const from = std::max(signer.not_before, signer.key_from.value_or(signer.not_before));
  return from <= today && today <= seals_until(signer);
}

Date seals_until(seal::Certificate const& signer) {
  auto const year = signer.not_before.plus_months(key_months).plus_days(-1);
  return std::min({year, signer.not_after, signer.key_until.value_or(year)});
}

std::string certificate_country(std::string_view state) {
  if (state == "D") return "DE";  // Doc 9303-3 section 5: Germany's code in the zone
  for (auto const* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    if (state == uloc_getISO3Country((std::string("und_") + *code).c_str())) return *code;
  }
  return upper_ascii(state.substr(0, 2));
}

SealKeys::SealKeys(fs::path folder) : folder_(std::move(folder)) {}

fs::path SealKeys::home_of(std::string const& state) const { return folder_ / lower_ascii(state); }

KeySettings SealKeys::settings(std::string const& state) const {
  auto const file = home_of(state) / settings_name;
  if (!fs::exists(file)) return {};
  boost::system::error_code error;
  auto const value = boost::json::parse(read_text(file), error);
  KeySettings settings{text_at(value, "token"), static_cast<int>(whole_at(value, "persons"))};
  if (error || !value.is_object() || settings.persons < 1 || settings.persons > 2)
    throw std::runtime_error(file.string() + " is not what rcms trust set writes; restore it from the backup of the keys");
  return settings;
}

Result<void> SealKeys::set(std::string const& state, KeySettings const& settings) {
  if (settings.persons < 1 || settings.persons > 2)
    return refuse(Why::field_invalid, "persons", "one person or two open the key");
  if (!settings.token.empty()) {
    if (auto const token = Token::at(settings.token); !token) return tl::unexpected(token.error());
  }
  std::lock_guard const lock(mutex_);
  auto const home = home_of(state);
  fs::create_directories(home);
  fs::permissions(home, fs::perms::owner_all);
  auto const draft = write_draft(
      home, boost::json::serialize(boost::json::object{{"token", settings.token}, {"persons", settings.persons}}) + "\n");
  fs::rename(draft, home / settings_name);
  tokens_.erase(state);
  states_.erase(state);
  return {};
}

std::shared_ptr<Token> SealKeys::token_of(std::string const& state) {
  auto& token = tokens_[state];
  if (!token) token = must(Token::at(settings(state).token), home_of(state) / settings_name);
  return token;
}

SealKeys::Made SealKeys::make_key(std::string const& state, std::string const& name, seal::Curve curve) {
  if (settings(state).token.empty()) {
    auto key = seal::SigningKey::make(curve);
    auto text = key.pem();
    return {std::move(key), std::move(text)};
  }
  auto const label = fmt::format("rcms-{}-{}", lower_ascii(state), name);
  return {token_of(state)->make_key(label, curve), std::string(in_token) + label + "\n"};
}

seal::SigningKey SealKeys::read_key(std::string const& state, fs::path const& file, seal::Certificate const& certificate) {
  auto const text = read_text(file);
  if (!text.starts_with(in_token)) return must(seal::SigningKey::read(text), file);
  return token_of(state)->key_of(text.substr(in_token.size(), text.find('\n') - in_token.size()), certificate);
}

StateSeals& SealKeys::load(std::string const& state) {
  auto const found = states_.find(state);
  auto const home = home_of(state);
  if (found == states_.end()) {
    auto const file = home / "authority.pem";
    auto certificate = read_certificate(file);
    auto key = read_key(state, file, certificate);
    states_.emplace(state, StateSeals{state, std::move(key), std::move(certificate), {}, {}});
  }
  auto& seals = states_.at(state);
  load_signers(state, seal_files, seals.signers);
  load_signers(state, copy_files, seals.copy_signers);
  return seals;
}

void SealKeys::load_signers(std::string const& state, char const* prefix, std::vector<SealSigner>& signers) {
  for (auto number = signers.size() + 1;; ++number) {
    auto const file = home_of(state) / fmt::format("{}-{:02}.pem", prefix, number);
    if (!fs::exists(file)) return;
    auto certificate = read_certificate(file);
    auto key = read_key(state, file, certificate);
    signers.push_back({std::move(certificate), std::move(key)});
  }
}

void SealKeys::make_authority(std::string const& state, Date today) {
  auto const home = home_of(state);
  fs::create_directories(home);
  fs::permissions(home, fs::perms::owner_all);
  auto const made = make_key(state, "authority", seal::Curve::p384);
  auto const der = must(seal::make_authority_certificate(made.key, {certificate_country(state), "CSCA " + state, 1, today,
                                                               today.plus_months(12 * authority_years)}),
                        home);
  write_once(home / "authority.pem", made.text + must(seal::Certificate::read(der), home).pem());
}

void SealKeys::make_signer(StateSeals const& seals, seal::SignerUsage usage, Date today) {
  auto const home = home_of(seals.state);
  bool const is_for_files = usage == seal::SignerUsage::files;
  auto const number = (is_for_files ? seals.copy_signers : seals.signers).size() + 1;
  if (number > 99) throw std::runtime_error(home.string() + " holds 99 signers; move those that have run out to an archive");
  if (seals.authority.not_after < today.plus_months(certificate_months)) {
    throw std::runtime_error(
        fmt::format("the authority of {} ends on {}, before a signer of today: make a new authority in a new "
                    "folder of keys, and give its fingerprint to the other States",
                    seals.state, seals.authority.not_after.text()));
  }
  seal::SignerRequest request;
  request.country = seals.authority.country;
  request.common_name = is_for_files ? "D1" : "S1";
  request.serial = (is_for_files ? 0x100 : 0x10) + number;  // two hexadecimal digits keep the seal at 134 bytes
  request.usage = usage;
  request.not_before = today;
  request.private_key_until = today.plus_months(key_months);
  request.not_after = today.plus_months(certificate_months);
  auto const name = fmt::format("{}-{:02}", is_for_files ? copy_files : seal_files, number);
  auto const made = make_key(seals.state, name, seal::Curve::p256);
  auto const der =
      must(seal::make_signer_certificate(seals.authority_key, seals.authority.der, made.key.public_key(), request), home);
  write_once(home / (name + ".pem"), made.text + must(seal::Certificate::read(der), home).pem());
}

SealSigner SealKeys::signer(std::string const& state, Date today) {
  return signer_for(state, seal::SignerUsage::bar_codes, today);
}

SealSigner SealKeys::copy_signer(std::string const& state, Date today) {
  return signer_for(state, seal::SignerUsage::files, today);
}

SealSigner SealKeys::signer_for(std::string const& state, seal::SignerUsage usage, Date today) {
  std::lock_guard const lock(mutex_);
  if (!fs::exists(home_of(state) / "authority.pem")) make_authority(state, today);
  auto& seals = load(state);
  auto& signers = usage == seal::SignerUsage::files ? seals.copy_signers : seals.signers;
  auto const find = [&] {
    return std::find_if(signers.rbegin(), signers.rend(),
                        [&](auto const& signer) { return is_sealing(signer.certificate, today); });
  };
  if (find() == signers.rend()) {
    make_signer(seals, usage, today);
    load(state);
  }
  auto const found = find();
  if (found == signers.rend()) throw std::runtime_error("the signer of " + state + " is not of today; is the clock right?");
  return *found;
}

std::vector<StateSeals> SealKeys::all(std::vector<std::string> const& states) {
  std::lock_guard const lock(mutex_);
  std::vector<StateSeals> all;
  for (auto const& state : states) {
    if (fs::exists(home_of(state) / "authority.pem")) all.push_back(load(state));
  }
  return all;
}

}  // namespace rcms::travel_documents
