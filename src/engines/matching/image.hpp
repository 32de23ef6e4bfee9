// A file of sections that is written once, checked whole when it is opened, and read where it lies in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "foundation/base/result.hpp"

namespace rcms::matching {

/// The sections of an index. A number that was once given keeps its meaning.
enum class Section : std::uint32_t {
  meta = 1,
  records,
  ids,
  id_text,
  field_token_starts,
  field_tokens,
  field_text_starts,
  field_text,
  token_text_starts,
  token_text,
  token_given_counts,
  token_surname_counts,
  token_facts,
  class_text_starts,
  class_text,
  class_given_counts,
  class_surname_counts,
  class_token_starts,
  class_tokens,
  near_starts,
  near_classes,
  skeleton_starts,
  skeleton_tokens,
  aliases,
  place_text_starts,
  place_text,
  place_counts,
  year_counts,
  key_starts = 100,    ///< plus the number of the key
  key_entries = 200,   ///< plus the number of the key
};

/// Writes an image beside its place and puts it there when it is whole; until then the old one stays.
class ImageWriter {
 public:
  /// Refuses: unavailable (the folder cannot be written).
  static Result<ImageWriter> create(std::filesystem::path const& path);
  ~ImageWriter();
  ImageWriter(ImageWriter&&) noexcept;
  ImageWriter& operator=(ImageWriter&&) noexcept;

  template <class T>
  void add(Section section, std::span<T const> items, std::uint32_t number = 0) {
    static_assert(std::is_trivially_copyable_v<T>);
    add_bytes(static_cast<std::uint32_t>(section) + number, std::as_bytes(items));
  }
  template <class T>
  void add(Section section, std::vector<T> const& items, std::uint32_t number = 0) {
    add(section, std::span<T const>(items), number);
  }

  /// Durable when it returns. Refuses: unavailable (the disk is full); the old file is untouched then.
  Result<void> finish();

 private:
  struct State;
  explicit ImageWriter(std::unique_ptr<State> state);
  void add_bytes(std::uint32_t section, std::span<std::byte const> bytes);
  std::unique_ptr<State> state_;
};

/// An image in memory. May be shared by threads; never changes.
class Image {
 public:
  /// Refuses: not_found, does_not_verify (cut, altered, of another version).
  static Result<Image> open(std::filesystem::path const& path);
  ~Image();
  Image(Image&&) noexcept;
  Image& operator=(Image&&) noexcept;

  /// Empty when there is no such section or its size does not fit.
  template <class T>
  std::span<T const> section(Section section, std::uint32_t number = 0) const {
    auto const bytes = find(static_cast<std::uint32_t>(section) + number);
    if (bytes.size() % sizeof(T) != 0) return {};
    return {reinterpret_cast<T const*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  std::uint64_t bytes() const;

 private:
  struct State;
  explicit Image(std::unique_ptr<State> state);
  std::span<std::byte const> find(std::uint32_t section) const;
  std::unique_ptr<State> state_;
};

}  // namespace rcms::matching
