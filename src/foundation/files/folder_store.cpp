// The store in a folder. A file is: 8 bytes of magic and version, the header of the stream, then chunks of 64 KB with their tags
// (libsodium secretstream, XChaCha20-Poly1305); the last chunk is marked, so that a file cut off is noticed.
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foundation/db/database.hpp"
#include "foundation/files/descriptor.hpp"
#include "foundation/files/erasing.hpp"
#include "foundation/files/store.hpp"

namespace rcms::files {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "RCMSFS\x01\n";
constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t tag_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;

/// A full disk is a fault like that of the database: the request is answered with 503 and may be repeated.
[[noreturn]] void fail(std::string_view what) {
  throw db::Fault(fmt::format("file store: {}: {}", what, std::strerror(errno)));
}

void write_all(int descriptor, std::span<std::uint8_t const> bytes) {
  while (!bytes.empty()) {
    auto const count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail("a file cannot be written");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

/// As many bytes as there are, up to the size of the buffer.
std::size_t read_full(int descriptor, std::span<std::uint8_t> buffer) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    auto const count = ::read(descriptor, buffer.data() + done, buffer.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("a file cannot be read");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

void sync_folder(fs::path const& folder) {
  Descriptor const descriptor(folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) fail("a folder cannot be made durable");
}

/// One key for the content and one for the name, so that neither tells of the other.
SecretKey derived(CaseKey const& key, std::uint64_t purpose) {
  std::array<std::uint8_t, SecretKey::size> bytes;
  crypto_kdf_derive_from_key(bytes.data(), bytes.size(), purpose, "rcmsfile", key.bytes().data());
  auto const result = SecretKey::from(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return result;
}

SecretKey content_key(CaseKey const& key) { return derived(key, 1); }

std::string storage_name(CaseKey const& key, std::span<std::uint8_t const> digest) {
  return to_hex(hmac_sha256(derived(key, 2).bytes(), as_text(digest)));
}

bool is_storage_name(std::string_view name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void encrypt_to(int descriptor, CaseKey const& key, std::string_view name, std::span<std::uint8_t const> content) {
  crypto_secretstream_xchacha20poly1305_state state;
  std::array<std::uint8_t, header_bytes> header;
  crypto_secretstream_xchacha20poly1305_init_push(&state, header.data(), content_key(key).bytes().data());
  write_all(descriptor, as_bytes(magic));
  write_all(descriptor, header);
  Bytes sealed(chunk_bytes + tag_bytes);
  do {
    auto const chunk = content.first(std::min(chunk_bytes, content.size()));
    content = content.subspan(chunk.size());
    auto const tag =
        content.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    unsigned long long length = 0;
    crypto_secretstream_xchacha20poly1305_push(&state, sealed.data(), &length, chunk.data(), chunk.size(), as_bytes(name).data(),
                                               name.size(), static_cast<unsigned char>(tag));
    write_all(descriptor, std::span(sealed).first(static_cast<std::size_t>(length)));
  } while (!content.empty());
  sodium_memzero(&state, sizeof(state));
}

class FolderReader final : public FileReader {
 public:
  FolderReader(fs::path const& path, std::string_view name, CaseKey const& key) : file_(path, O_RDONLY), name_(name) {
    if (!file_.is_open()) return;
    std::array<std::uint8_t, magic.size()> start;
    std::array<std::uint8_t, header_bytes> header;
    if (read_full(file_.number(), start) != start.size() || as_text(start) != magic ||
        read_full(file_.number(), header) != header.size() ||
        crypto_secretstream_xchacha20poly1305_init_pull(&state_, header.data(), content_key(key).bytes().data()) != 0) {
      throw std::runtime_error("file store: a file is damaged");
    }
  }
  ~FolderReader() override {
    sodium_memzero(&state_, sizeof(state_));
    sodium_memzero(plain_.data(), plain_.size());
  }
  FolderReader(FolderReader const&) = delete;
  FolderReader& operator=(FolderReader const&) = delete;
  bool is_open() const { return file_.is_open(); }

  std::size_t read(std::span<std::uint8_t> buffer) override {
    if (position_ == plain_.size() && !is_last_) next_chunk();
    auto const count = std::min(buffer.size(), plain_.size() - position_);
    if (count > 0) std::memcpy(buffer.data(), plain_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  void next_chunk() {
    Bytes sealed(chunk_bytes + tag_bytes);
    auto const count = read_full(file_.number(), sealed);
    plain_.resize(chunk_bytes);
    unsigned long long length = 0;
    unsigned char tag = 0;
    if (count < tag_bytes || crypto_secretstream_xchacha20poly1305_pull(&state_, plain_.data(), &length, &tag, sealed.data(),
                                                                        count, as_bytes(name_).data(), name_.size()) != 0) {
      throw std::runtime_error("file store: a file was changed or cut off, or the key is not its own");
    }
    plain_.resize(static_cast<std::size_t>(length));
    position_ = 0;
    is_last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (!is_last_ && plain_.empty()) throw std::runtime_error("file store: a file is damaged");
  }

  Descriptor file_;
  std::string name_;
  crypto_secretstream_xchacha20poly1305_state state_ = {};
  Bytes plain_;
  std::size_t position_ = 0;
  bool is_last_ = false;
};

Instant written_at(struct stat const& status) {
  return Instant{status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000};
}

class FolderStore final : public FileStore {
 public:
  explicit FolderStore(fs::path folder) : folder_(std::move(folder)), incoming_(folder_ / "incoming") {
    if (sodium_init() < 0) throw std::runtime_error("the cryptographic library cannot be started");
    fs::create_directories(incoming_);
    fs::permissions(folder_, fs::perms::owner_all);
  }

  StoredFile put(CaseKey const& key, std::span<std::uint8_t const> content) override {
    auto const digest = sha256(content);
    auto const name = storage_name(key, digest);
    auto const target = path_of(name);
    auto const temporary = incoming_ / (name.substr(0, 16) + "-" + to_hex(random_bytes(8)));
    try {
      Descriptor const file(temporary, O_CREAT | O_EXCL | O_WRONLY, 0600);
      if (!file.is_open()) fail("a file cannot be made");
      encrypt_to(file.number(), key, name, content);
      if (::fsync(file.number()) != 0) fail("a file cannot be made durable");
      if (fs::create_directories(target.parent_path())) sync_folder(folder_);
      // A file that is there already is replaced by the same content with a new time, so that no sweep takes it meanwhile.
      if (::rename(temporary.c_str(), target.c_str()) != 0) fail("a file cannot be put in its place");
      sync_folder(target.parent_path());
    } catch (std::exception const&) {
      ::unlink(temporary.c_str());
      throw;
    }
    return StoredFile{name, to_hex(digest), content.size()};
  }

  Result<std::unique_ptr<FileReader>> open(CaseKey const& key, std::string_view storage) override {
    if (is_storage_name(storage)) {
      auto reader = std::make_unique<FolderReader>(path_of(storage), storage, key);
      if (reader->is_open()) return reader;
    }
    return refuse(Why::not_found, "file", "the file is not in the store");
  }

  std::size_t sweep(Instant older_than, std::function<bool(std::string const&)> const& is_known) override {
    std::size_t removed = 0;
    for (auto const& part : fs::directory_iterator(folder_)) {
      if (!part.is_directory()) continue;
      std::vector<fs::path> old;
      for (auto const& entry : fs::directory_iterator(part.path())) {
        struct stat status = {};
        if (::stat(entry.path().c_str(), &status) == 0 && S_ISREG(status.st_mode) && written_at(status) < older_than)
          old.push_back(entry.path());
      }
      for (auto const& path : old) removed += sweep_one(path, older_than, is_known) ? 1 : 0;
    }
    return removed;
  }

 private:
  bool sweep_one(fs::path const& path, Instant older_than, std::function<bool(std::string const&)> const& is_known) const {
    auto const name = path.filename().string();
    if (path.parent_path() == incoming_) return ::unlink(path.c_str()) == 0;
    return is_storage_name(name) && !is_known(name) && remove_if_still_old(path, older_than);
  }

  fs::path path_of(std::string_view name) const { return folder_ / name.substr(0, 2) / name; }

  /// Somebody may put the same content again at this moment: it is moved aside first and moved back when it turns out new.
  bool remove_if_still_old(fs::path const& path, Instant older_than) const {
    auto const aside = incoming_ / ("sweep-" + to_hex(random_bytes(8)));
    struct stat status = {};
    if (::rename(path.c_str(), aside.c_str()) != 0 || ::stat(aside.c_str(), &status) != 0) return false;
    if (written_at(status) < older_than) return ::unlink(aside.c_str()) == 0;
    ::rename(aside.c_str(), path.c_str());
    return false;
  }

  fs::path folder_;
  fs::path incoming_;
};

}  // namespace

Result<Bytes> FileStore::read_all(CaseKey const& key, std::string_view storage) {
  auto reader = open(key, storage);
  if (!reader) return tl::unexpected(reader.error());
  Bytes content;
  Bytes buffer(chunk_bytes);
  for (auto count = (*reader)->read(buffer); count > 0; count = (*reader)->read(buffer)) {
    content.insert(content.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return content;
}

void erase_from_folder(fs::path const& folder, std::string_view storage) {
  if (!is_storage_name(storage)) return;
  auto const part = folder / storage.substr(0, 2);
  if (::unlink((part / storage).c_str()) != 0) {
    if (errno == ENOENT) return;
    fail("a file cannot be removed");
  }
  sync_folder(part);
}

std::unique_ptr<FileStore> open_folder_store(fs::path const& folder) { return std::make_unique<FolderStore>(folder); }

}  // namespace rcms::files
