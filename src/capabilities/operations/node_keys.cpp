#include "capabilities/operations/node_keys.hpp"

#include <fstream>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sodium.h>

#include "foundation/base/json_read.hpp"

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "RCMSKEY1";
constexpr std::size_t shortest_passphrase = 12;
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_secretbox_xchacha20poly1305_NONCEBYTES;
constexpr std::size_t tag_bytes = crypto_secretbox_xchacha20poly1305_MACBYTES;

constexpr std::string_view trusted_folder = "trusted/";

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > 60 || name.front() == '.') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos;
}

/// "attachments.key", "uto/authority.pem": one folder deep at most, and never out of it.
bool is_key_name(std::string_view name) {
  auto const slash = name.find('/');
  if (slash == std::string_view::npos) return is_file_name(name);
  return is_file_name(name.substr(0, slash)) && is_file_name(name.substr(slash + 1));
}

void load_folder(fs::path const& folder, std::string const& prefix, KeyFiles& files) {
  for (auto const& entry : fs::directory_iterator(folder)) {
    auto const name = entry.path().filename().string();
    if (!is_file_name(name)) continue;
    if (entry.is_directory() && prefix.empty()) load_folder(entry.path(), name + "/", files);
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), {});
    if (!in) throw std::runtime_error("cannot read " + entry.path().string());
    files[prefix + name] = std::move(content);
  }
}

/// The content of `value`, of which each name has to be `is_named` so.
template <class IsNamed>
Result<KeyFiles> read_members(boost::json::value const& value, char const* part, IsNamed const& is_named) {
  auto const broken = [&] { return refuse(Why::malformed, "file", std::string(part) + " is not what RCMS writes"); };
  if (!value.is_object()) return broken();
  KeyFiles files;
  for (auto const& member : value.get_object()) {
    auto const content = from_hex(text_at(value, member.key()));
    if (!content || !is_named(member.key())) return broken();
    files[std::string(member.key())] = std::string(as_text(*content));
  }
  return files;
}

std::string render_members(KeyFiles const& files) {
  boost::json::object content;
  for (auto const& [name, bytes] : files) content[name] = to_hex(as_bytes(bytes));
  return boost::json::serialize(content);
}

Bytes key_from(std::string_view passphrase, std::span<std::uint8_t const> salt) {
  Bytes key(crypto_secretbox_xchacha20poly1305_KEYBYTES);
  if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(), crypto_pwhash_OPSLIMIT_MODERATE,
                    crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("not enough memory to make a key from the passphrase: 256 MB are needed");
  return key;
}

}  // namespace

KeyFiles load_key_files(fs::path const& keys_folder) {
  KeyFiles files;
  if (fs::is_directory(keys_folder)) load_folder(keys_folder, {}, files);
  return files;
}

KeyFiles take_trusted(KeyFiles& files) {
  KeyFiles trusted;
  for (auto at = files.lower_bound(std::string(trusted_folder)); at != files.end() && at->first.starts_with(trusted_folder);) {
    trusted.insert(files.extract(at++));
  }
  return trusted;
}

std::string render_trusted(KeyFiles const& trusted) { return render_members(trusted); }

Result<KeyFiles> parse_trusted(std::string_view text) {
  boost::system::error_code error;
  auto const value = boost::json::parse(text, error);
  if (error) return refuse(Why::malformed, "file", "trusted.json is not what RCMS writes");
  return read_members(value, "trusted.json",
                      [](std::string_view name) { return name.starts_with(trusted_folder) && is_key_name(name); });
}

std::string check_of_key(std::string_view name, std::string_view content) {
  std::string text = "rcms key check 1\n";
  text.append(name).append("\n").append(content);
  return to_hex(sha256(text));
}

std::vector<KeyCheck> checks_of(KeyFiles const& files) {
  std::vector<KeyCheck> checks;
  for (auto const& [name, content] : files) checks.push_back({name, check_of_key(name, content)});
  return checks;
}

Result<std::string> load_passphrase(fs::path const& file) {
  std::ifstream in(file);
  std::string passphrase;
  if (!in || !std::getline(in, passphrase))
    return refuse(Why::field_invalid, "passphrase_file", file.string() + " cannot be read or is empty");
  if (passphrase.size() < shortest_passphrase)
    return refuse(Why::field_invalid, "passphrase_file", "the passphrase needs 12 characters or more; use several words");
  return passphrase;
}

std::string seal_key_files(KeyFiles const& files, std::string_view passphrase) {
  auto plain = render_members(files);
  auto const salt = random_bytes(salt_bytes);
  auto const nonce = random_bytes(nonce_bytes);
  auto key = key_from(passphrase, salt);
  Bytes sealed(plain.size() + tag_bytes);
  crypto_secretbox_xchacha20poly1305_easy(sealed.data(), as_bytes(plain).data(), plain.size(), nonce.data(), key.data());
  sodium_memzero(key.data(), key.size());
  sodium_memzero(plain.data(), plain.size());
  return std::string(magic).append(as_text(salt)).append(as_text(nonce)).append(as_text(sealed));
}

Result<KeyFiles> open_key_files(std::string_view sealed, std::string_view passphrase) {
  if (sealed.size() < magic.size() + salt_bytes + nonce_bytes + tag_bytes || !sealed.starts_with(magic))
    return refuse(Why::malformed, "file", "keys.sealed is not what RCMS writes");
  auto const bytes = as_bytes(sealed.substr(magic.size()));
  auto key = key_from(passphrase, bytes.first(salt_bytes));
  auto const box = bytes.subspan(salt_bytes + nonce_bytes);
  std::string plain(box.size() - tag_bytes, '\0');
  int const opened = crypto_secretbox_xchacha20poly1305_open_easy(reinterpret_cast<std::uint8_t*>(plain.data()), box.data(),
                                                                  box.size(), bytes.subspan(salt_bytes).data(), key.data());
  sodium_memzero(key.data(), key.size());
  if (opened != 0)
    return refuse(Why::does_not_verify, "passphrase_file",
                  "the keys do not open with this passphrase; use the one of the backup");
  boost::system::error_code error;
  auto const value = boost::json::parse(plain, error);
  sodium_memzero(plain.data(), plain.size());
  if (error) return refuse(Why::malformed, "file", "keys.sealed is not what RCMS writes");
  return read_members(value, "keys.sealed", is_key_name);
}

void write_key_files(fs::path const& keys_folder, KeyFiles const& files, std::vector<std::string> const& missing) {
  fs::create_directories(keys_folder);
  fs::permissions(keys_folder, fs::perms::owner_all);
  auto const write = [&](std::string const& name, std::string_view content) {
    auto const path = keys_folder / name;
    if (path.parent_path() != keys_folder) {
      fs::create_directories(path.parent_path());
      fs::permissions(path.parent_path(), fs::perms::owner_all);
    }
    std::ofstream out(path, std::ios::binary);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    out << content;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + path.string());
  };
  for (auto const& [name, content] : files) write(name, content);
  for (auto const& name : missing) write(name, "Not restored. Put the key file of the old node here, from where it is kept.\n");
}

}  // namespace rcms::operations
