// The key files of a node in a backup: what they are recognised by, and their sealed form under a passphrase.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/operations/manifest.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::operations {

/// File name → content, of the folder `keys` of a node: "attachments.key", and of each State "uto/authority.pem", …
using KeyFiles = std::map<std::string, std::string>;

/// Empty when there is no such folder. Throws std::runtime_error when a file cannot be read.
KeyFiles load_key_files(std::filesystem::path const& keys_folder);
/// Takes out of `files` whom the node trusts beside its own States ("trusted/xar.json"): signed by those States and no secret,
/// so that a backup carries them also without a passphrase.
KeyFiles take_trusted(KeyFiles& files);
std::string render_trusted(KeyFiles const& trusted);
/// Refuses: malformed.
Result<KeyFiles> parse_trusted(std::string_view text);
/// 64 hexadecimal digits that tell whether a key is the same; of 32 random bytes they give nothing away.
std::string check_of_key(std::string_view name, std::string_view content);
std::vector<KeyCheck> checks_of(KeyFiles const& files);

/// The first line of the file. Refuses: field_invalid (cannot be read, shorter than 12 characters).
Result<std::string> load_passphrase(std::filesystem::path const& file);

/// Encrypted with a key made from the passphrase (Argon2id, 256 MB, about a second).
std::string seal_key_files(KeyFiles const& files, std::string_view passphrase);
/// Refuses: does_not_verify (wrong passphrase or changed), malformed.
Result<KeyFiles> open_key_files(std::string_view sealed, std::string_view passphrase);

/// Writes them readable by their owner only. Where a key is missing, a file that says so: the node refuses to start with it
/// instead of making a new key that could not read the attachments. Throws std::runtime_error.
void write_key_files(std::filesystem::path const& keys_folder, KeyFiles const& files, std::vector<std::string> const& missing);

}  // namespace rcms::operations
