#include "engines/matching/image.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rcms::matching {

namespace {

constexpr std::array<char, 8> magic{'R', 'C', 'M', 'S', 'I', 'D', 'X', '\0'};
constexpr std::uint32_t version = 2;
constexpr std::uint64_t alignment = 64;
constexpr std::uint32_t most_sections = 256;
constexpr std::size_t checked_at_once = std::size_t{4} << 20;

struct Entry {
  std::uint32_t section = 0;
  std::uint32_t unused = 0;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;
};

struct Header {
  std::array<char, 8> name{};
  std::uint32_t version = 0;
  std::uint32_t sections = 0;
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;  ///< of the table of sections
};

constexpr std::uint64_t table_end = (sizeof(Header) + most_sections * sizeof(Entry) + alignment - 1) / alignment * alignment;

/// Four lanes of eight bytes; a changed bit changes the sum.
std::uint64_t checksum_of(std::span<std::byte const> bytes) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15ULL;
  std::array<std::uint64_t, 4> lanes{1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at + lane * 8, 8);
      lanes[lane] = (std::rotl(lanes[lane], 29) ^ word) * factor;
    }
  }
  for (std::size_t lane = 0; at < bytes.size(); ++at, lane = (lane + 1) % 4)
    lanes[lane] = (std::rotl(lanes[lane], 29) ^ static_cast<std::uint64_t>(bytes[at])) * factor;
  std::uint64_t sum = bytes.size();
  for (auto const lane : lanes) sum = (std::rotl(sum, 29) ^ lane) * factor;
  return sum ^ (sum >> 31);
}

/// The checksum of a section: that of the checksums of its pieces, so that pieces can be checked at the same time.
std::uint64_t checksum_of_pieces(std::span<std::uint64_t const> pieces) { return checksum_of(std::as_bytes(pieces)); }

std::vector<std::span<std::byte const>> pieces_of(std::span<std::byte const> bytes) {
  std::vector<std::span<std::byte const>> pieces;
  for (std::size_t at = 0; at < bytes.size(); at += checked_at_once)
    pieces.push_back(bytes.subspan(at, std::min(checked_at_once, bytes.size() - at)));
  return pieces;
}

std::uint64_t checksum_of_section(std::span<std::byte const> bytes) {
  std::vector<std::uint64_t> sums;
  for (auto const piece : pieces_of(bytes)) sums.push_back(checksum_of(piece));
  return checksum_of_pieces(sums);
}

std::string last_error() { return std::strerror(errno); }

}  // namespace

// ---- writing

struct ImageWriter::State {
  std::filesystem::path path;
  std::filesystem::path part;  ///< where it is written until it is whole
  int file = -1;
  std::uint64_t at = table_end;
  std::vector<Entry> entries;
  std::string fault;

  ~State() {
    if (file >= 0) {
      ::close(file);
      std::error_code ignored;
      std::filesystem::remove(part, ignored);
    }
  }

  void write(std::span<std::byte const> bytes, std::uint64_t offset) {
    while (!bytes.empty() && fault.empty()) {
      auto const written = ::pwrite(file, bytes.data(), std::min(bytes.size(), std::size_t{1} << 30), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        fault = last_error();
        return;
      }
      bytes = bytes.subspan(static_cast<std::size_t>(written));
      offset += static_cast<std::uint64_t>(written);
    }
  }
};

ImageWriter::ImageWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ImageWriter::~ImageWriter() = default;
ImageWriter::ImageWriter(ImageWriter&&) noexcept = default;
ImageWriter& ImageWriter::operator=(ImageWriter&&) noexcept = default;

Result<ImageWriter> ImageWriter::create(std::filesystem::path const& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->part = path;
  state->part += ".part";
  state->file = ::open(state->part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (state->file < 0)
    return refuse(Why::unavailable, path.string(), fmt::format("{} cannot be written: {}", state->part.string(), last_error()));
  return ImageWriter(std::move(state));
}

void ImageWriter::add_bytes(std::uint32_t section, std::span<std::byte const> bytes) {
  state_->entries.push_back({section, 0, state_->at, bytes.size(), checksum_of_section(bytes)});
  state_->write(bytes, state_->at);
  state_->at += (bytes.size() + alignment - 1) / alignment * alignment;
}

Result<void> ImageWriter::finish() {
  auto& state = *state_;
  Header header{magic, version, static_cast<std::uint32_t>(state.entries.size()), state.at,
                checksum_of(std::as_bytes(std::span<Entry const>(state.entries)))};
  if (state.fault.empty() && ::ftruncate(state.file, static_cast<off_t>(state.at)) != 0) state.fault = last_error();
  state.write(std::as_bytes(std::span<Entry const>(state.entries)), sizeof(Header));
  state.write(std::as_bytes(std::span<Header const, 1>(&header, 1)), 0);
  if (state.fault.empty() && ::fsync(state.file) != 0) state.fault = last_error();
  if (!state.fault.empty())
    return refuse(Why::unavailable, state.path.string(),
                  fmt::format("{} cannot be written: {}; make room and build again, the index that was there stays",
                              state.part.string(), state.fault));
  ::close(state.file);
  state.file = -1;
  std::error_code error;
  std::filesystem::rename(state.part, state.path, error);
  if (error) return refuse(Why::unavailable, state.path.string(), error.message());
  return {};
}

// ---- reading

struct Image::State {
  std::byte const* data = nullptr;
  std::size_t size = 0;
  std::vector<Entry> entries;

  ~State() {
    if (data != nullptr) ::munmap(const_cast<std::byte*>(data), size);
  }
  std::span<std::byte const> bytes_of(Entry const& entry) const { return {data + entry.offset, entry.bytes}; }
};

namespace {

/// All pieces of all sections, by as many threads as there are processors.
bool are_whole(std::vector<std::span<std::byte const>> const& sections, std::vector<std::uint64_t> const& expected) {
  struct Piece {
    std::span<std::byte const> bytes;
    std::uint64_t sum = 0;
  };
  std::vector<Piece> pieces;
  for (auto const section : sections)
    for (auto const piece : pieces_of(section)) pieces.push_back({piece, 0});
  std::atomic<std::size_t> next{0};
  auto const work = [&] {
    for (auto at = next++; at < pieces.size(); at = next++) pieces[at].sum = checksum_of(pieces[at].bytes);
  };
  std::vector<std::thread> others;
  for (unsigned other = 1; other < std::max(1U, std::thread::hardware_concurrency()) && pieces.size() > 4; ++other)
    others.emplace_back(work);
  work();
  for (auto& other : others) other.join();
  std::size_t at = 0;
  for (std::size_t section = 0; section < sections.size(); ++section) {
    std::vector<std::uint64_t> sums;
    for (std::size_t piece = 0; piece < pieces_of(sections[section]).size(); ++piece) sums.push_back(pieces[at++].sum);
    if (checksum_of_pieces(sums) != expected[section]) return false;
  }
  return true;
}

}  // namespace

Image::Image(std::unique_ptr<State> state) : state_(std::move(state)) {}
Image::~Image() = default;
Image::Image(Image&&) noexcept = default;
Image& Image::operator=(Image&&) noexcept = default;
std::uint64_t Image::bytes() const { return state_->size; }

Result<Image> Image::open(std::filesystem::path const& path) {
  auto const damaged = [&](std::string const& what) {
    return refuse(Why::does_not_verify, path.string(), fmt::format("{} {}; build the index again", path.string(), what));
  };
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refuse(Why::not_found, path.string(), fmt::format("{} cannot be read: {}", path.string(), last_error()));
  struct stat facts {};
  bool const known = ::fstat(file, &facts) == 0;
  auto const size = known ? static_cast<std::size_t>(facts.st_size) : 0;
  void* const mapped = size < table_end ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
  ::close(file);
  if (mapped == MAP_FAILED) return damaged("is not an index or was cut");
  auto state = std::make_unique<State>();
  state->data = static_cast<std::byte const*>(mapped);
  state->size = size;
  Header header;
  std::memcpy(&header, state->data, sizeof header);
  if (header.name != magic) return damaged("is not an index");
  if (header.version != version) return damaged(fmt::format("has version {}, this program reads {}", header.version, version));
  if (header.bytes != size || header.sections > most_sections) return damaged("was cut");
  state->entries.resize(header.sections);
  std::memcpy(state->entries.data(), state->data + sizeof(Header), header.sections * sizeof(Entry));
  if (checksum_of(std::as_bytes(std::span<Entry const>(state->entries))) != header.checksum) return damaged("was altered");
  std::vector<std::span<std::byte const>> sections;
  std::vector<std::uint64_t> expected;
  for (auto const& entry : state->entries) {
    if (entry.offset % alignment != 0 || entry.offset > size || entry.bytes > size - entry.offset) return damaged("was altered");
    sections.push_back(state->bytes_of(entry));
    expected.push_back(entry.checksum);
  }
  if (!are_whole(sections, expected)) return damaged("was altered");
  return Image(std::move(state));
}

std::span<std::byte const> Image::find(std::uint32_t section) const {
  for (auto const& entry : state_->entries)
    if (entry.section == section) return state_->bytes_of(entry);
  return {};
}

}  // namespace rcms::matching
