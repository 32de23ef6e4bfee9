// The bytes of attachments: encrypted, each under a key of its case, durable before anything refers to them.
//
// Names in the store come from the content and the key of the case, so that nobody without the key can ask whether a certain
// document is in it, and two cases never share a file. Destroying the key of a case erases all its files, wherever copies lie.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::files {

/// 32 secret bytes that are wiped when they are no longer needed.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;
  static SecretKey make();
  /// Throws std::invalid_argument unless there are 32 bytes.
  static SecretKey from(std::span<std::uint8_t const> bytes);
  ~SecretKey();
  SecretKey(SecretKey const&) = default;
  SecretKey& operator=(SecretKey const&) = default;
  std::span<std::uint8_t const> bytes() const { return bytes_; }

 private:
  SecretKey() : bytes_(size) {}
  Bytes bytes_;
};

/// The key of one case: what its files are encrypted and named with.
using CaseKey = SecretKey;

/// The key of the node, in a file that only its user may read. It wraps the keys of the cases and nothing else.
class NodeKey {
 public:
  /// Reads the file; makes it (mode 0600) when absent. Throws std::runtime_error when it cannot be read or others may read it.
  static NodeKey load_or_make(std::filesystem::path const& file);
  explicit NodeKey(SecretKey key) : key_(std::move(key)) {}

  /// The wrapped key belongs to this subject only.
  Bytes wrap(CaseKey const& key, std::string_view subject) const;
  /// Throws std::runtime_error when it does not belong to this node and subject.
  CaseKey unwrap(std::span<std::uint8_t const> wrapped, std::string_view subject) const;

 private:
  SecretKey key_;
};

/// Plain bytes of a stored file, in order. Throws std::runtime_error when the file was changed or cut off.
class FileReader {
 public:
  virtual ~FileReader() = default;
  /// The next bytes; 0 at the end.
  virtual std::size_t read(std::span<std::uint8_t> buffer) = 0;
};

struct StoredFile {
  std::string storage;  ///< its name in the store
  std::string sha256;   ///< hexadecimal, of the plain content
  std::uint64_t size = 0;
};

/// Where the bytes lie: a folder today, an object store behind the same functions later. All functions from any thread.
class FileStore {
 public:
  virtual ~FileStore() = default;
  /// Encrypts and keeps; returns when it is durable. The same content under the same key is kept once.
  /// Throws db::Fault when it cannot be written (disk full).
  virtual StoredFile put(CaseKey const& key, std::span<std::uint8_t const> content) = 0;
  /// Refuses: not_found.
  virtual Result<std::unique_ptr<FileReader>> open(CaseKey const& key, std::string_view storage) = 0;
  /// Removes files that were written before `older_than` and that `is_known` does not know; how many.
  virtual std::size_t sweep(Instant older_than, std::function<bool(std::string const& storage)> const& is_known) = 0;

  /// The whole content. Throws as FileReader::read. Refuses: not_found.
  Result<Bytes> read_all(CaseKey const& key, std::string_view storage);
};

/// A store in a folder, which is made when absent.
std::unique_ptr<FileStore> open_folder_store(std::filesystem::path const& folder);

}  // namespace rcms::files
