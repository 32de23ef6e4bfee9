// Source: POSIX.1-2017 pax, "ustar Interchange Format"; sizes of 8 GiB and more in base 256 (GNU tar).
#include "capabilities/operations/tar.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foundation/ledger/running_digest.hpp"

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 512;
constexpr std::size_t piece = 256 * 1024;
constexpr std::uint64_t octal_limit = 1ULL << 33;
constexpr std::size_t most_entries = 5'000'000;

struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field name_field{0, 100}, mode_field{100, 8}, uid_field{108, 8}, gid_field{116, 8}, size_field{124, 12},
    mtime_field{136, 12}, sum_field{148, 8}, type_field{156, 1}, magic_field{257, 8};

using Header = std::array<char, block>;

void put(Header& header, Field field, std::string_view text) { std::copy(text.begin(), text.end(), header.begin() + field.at); }

void put_size(Header& header, std::uint64_t size) {
  if (size < octal_limit) return put(header, size_field, fmt::format("{:011o}", size));
  header[size_field.at] = static_cast<char>(0x80);
  for (std::size_t i = 0; i < 8; ++i) header[size_field.at + 11 - i] = static_cast<char>(size >> (8 * i) & 0xFF);
}

unsigned sum_of(Header header) {
  std::fill_n(header.begin() + sum_field.at, sum_field.size, ' ');
  unsigned sum = 0;
  for (char const c : header) sum += static_cast<unsigned char>(c);
  return sum;
}

std::optional<std::uint64_t> number_in(Header const& header, Field field) {
  if (static_cast<unsigned char>(header[field.at]) == 0x80) {
    std::uint64_t number = 0;
    for (std::size_t i = field.size - 8; i < field.size; ++i)
      number = number << 8 | static_cast<unsigned char>(header[field.at + i]);
    return number;
  }
  std::uint64_t number = 0;
  bool has_digit = false;
  for (std::size_t i = field.at; i < field.at + field.size && header[i] != '\0' && header[i] != ' '; ++i) {
    if (header[i] < '0' || header[i] > '7') return std::nullopt;
    number = number * 8 + static_cast<unsigned>(header[i] - '0');
    has_digit = true;
  }
  return has_digit ? std::optional(number) : std::nullopt;
}

std::string text_in(Header const& header, Field field) {
  auto const* const begin = header.data() + field.at;
  return {begin, std::find(begin, begin + field.size, '\0')};
}

std::uint64_t padding_of(std::uint64_t size) { return (block - size % block) % block; }

[[noreturn]] void fail(std::string_view what, fs::path const& path) {
  throw std::runtime_error(fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)));
}

/// Closes what it holds.
struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

void sync_path(fs::path const& path) {
  Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0 || ::fsync(file.number) != 0) fail("cannot sync", path);
}

TarWriter::TarWriter(fs::path target, Instant at) : target_(std::move(target)), part_(target_.string() + ".part"), at_(at) {
  std::error_code ignored;
  fs::remove(part_, ignored);
  descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail("cannot make", part_);
}

TarWriter::~TarWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(part_.c_str());
}

void TarWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail("cannot write", part_);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    written_ += static_cast<std::uint64_t>(count);
  }
}

void TarWriter::write_header(std::string const& name, std::uint64_t size) {
  if (name.empty() || name.size() >= name_field.size) throw std::runtime_error("the name of a part is too long: " + name);
  Header header{};
  put(header, name_field, name);
  put(header, mode_field, "0000600");
  put(header, uid_field, "0000000");
  put(header, gid_field, "0000000");
  put_size(header, size);
  put(header, mtime_field, fmt::format("{:011o}", static_cast<std::uint64_t>(std::max<std::int64_t>(0, at_.ms / 1000))));
  put(header, type_field, "0");
  put(header, magic_field, std::string_view("ustar\0" "00", 8));
  put(header, sum_field, fmt::format("{:06o}", sum_of(header)));
  header[sum_field.at + 6] = '\0';
  header[sum_field.at + 7] = ' ';
  write({header.data(), header.size()});
}

void TarWriter::write_padding(std::uint64_t size) { write(std::string(padding_of(size), '\0')); }

std::optional<Part> TarWriter::add_file(std::string const& name, fs::path const& source) {
  Descriptor const file{::open(source.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0 && errno == ENOENT) return std::nullopt;
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) fail("cannot read", source);
  auto const size = static_cast<std::uint64_t>(status.st_size);
  write_header(name, size);
  ledger::RunningDigest digest;
  std::vector<char> buffer(piece);
  for (std::uint64_t left = size; left > 0;) {
    auto const count = ::read(file.number, buffer.data(), std::min<std::uint64_t>(left, buffer.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("cannot read", source);
    if (count == 0) throw std::runtime_error(source.string() + " became shorter while it was copied");
    std::string_view const bytes(buffer.data(), static_cast<std::size_t>(count));
    digest.add(bytes);
    write(bytes);
    left -= bytes.size();
  }
  write_padding(size);
  return Part{name, size, to_hex(digest.digest())};
}

Part TarWriter::add_text(std::string const& name, std::string_view content) {
  write_header(name, content.size());
  write(content);
  write_padding(content.size());
  return {name, content.size(), to_hex(sha256(content))};
}

std::uint64_t TarWriter::finish() {
  write(std::string(2 * block, '\0'));
  if (::fsync(descriptor_) != 0) fail("cannot sync", part_);
  // A link fails when somebody made a file of this name meanwhile; a rename would replace it.
  if (::link(part_.c_str(), target_.c_str()) != 0) fail("cannot give the backup its name", target_);
  ::unlink(part_.c_str());
  ::close(descriptor_);
  descriptor_ = -1;
  sync_path(fs::absolute(target_).parent_path());
  return written_;
}

Result<TarReader> TarReader::open(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::error_code none;
  auto const total = fs::file_size(file, none);
  if (!in || none) return refuse(Why::not_found, "file", file.string() + " cannot be read");
  auto const malformed = [&](std::string_view what) {
    return refuse(Why::malformed, "file", fmt::format("{} is not a whole backup: {}", file.string(), what));
  };
  TarReader reader;
  reader.file_ = file;
  std::uint64_t at = 0;
  Header header{};
  while (in.seekg(static_cast<std::streamoff>(at)) && in.read(header.data(), block)) {
    if (std::all_of(header.begin(), header.end(), [](char c) { return c == '\0'; })) return reader;
    if (number_in(header, sum_field) != sum_of(header)) return malformed("a header is damaged");
    auto const size = number_in(header, size_field);
    char const type = header[type_field.at];
    if (!size || (type != '0' && type != '\0')) return malformed("it holds other things than plain files");
    if (*size > total || at + block + *size > total) return malformed("it is cut off");
    if (reader.entries_.size() >= most_entries) return malformed("it has too many parts");
    reader.entries_.push_back({text_in(header, name_field), *size, at + block});
    at += block + *size + padding_of(*size);
  }
  return malformed("it is cut off");
}

TarReader::Entry const* TarReader::find(std::string_view name) const {
  auto const found = std::find_if(entries_.begin(), entries_.end(), [&](Entry const& entry) { return entry.name == name; });
  return found == entries_.end() ? nullptr : &*found;
}

void TarReader::read(Entry const& entry, std::function<void(std::string_view)> const& each) const {
  std::ifstream in(file_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(entry.offset));
  std::vector<char> buffer(std::min<std::uint64_t>(piece, std::max<std::uint64_t>(entry.size, 1)));
  for (std::uint64_t left = entry.size; left > 0;) {
    auto const wanted = std::min<std::uint64_t>(left, buffer.size());
    if (!in.read(buffer.data(), static_cast<std::streamsize>(wanted)))
      throw std::runtime_error(file_.string() + " ends within " + entry.name);
    each({buffer.data(), static_cast<std::size_t>(wanted)});
    left -= wanted;
  }
}

std::string TarReader::read_text(Entry const& entry) const {
  std::string text;
  read(entry, [&](std::string_view bytes) { text += bytes; });
  return text;
}

void TarReader::unpack(Entry const& entry, fs::path const& to) const {
  Descriptor const file{::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.number < 0) fail("cannot make", to);
  read(entry, [&](std::string_view bytes) {
    while (!bytes.empty()) {
      auto const count = ::write(file.number, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail("cannot write", to);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  });
  if (::fsync(file.number) != 0) fail("cannot sync", to);
}

std::string sha256_of(TarReader const& archive, TarReader::Entry const& entry) {
  ledger::RunningDigest digest;
  archive.read(entry, [&](std::string_view bytes) { digest.add(bytes); });
  return to_hex(digest.digest());
}

}  // namespace rcms::operations
