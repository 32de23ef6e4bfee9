#include "foundation/sheets/archive.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <zip.h>

#include "foundation/base/text.hpp"
#include "foundation/sheets/encoding.hpp"

namespace rcms::sheets {

namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::uint64_t small_entry_bytes = 1u << 20;  ///< below this no ratio is suspicious

Defect defect(Problem problem, std::string detail) { return Defect{problem, 0, 0, std::move(detail)}; }

std::string message_of(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

}  // namespace

struct Archive::Content {
  zip_t* archive = nullptr;
  Limits limits;
  std::uint64_t unpacked = 0;
  std::vector<std::string> names;
  std::unordered_map<std::string, zip_uint64_t> index;

  Content() = default;
  Content(Content const&) = delete;
  Content& operator=(Content const&) = delete;
  ~Content() {
    if (archive != nullptr) zip_discard(archive);
  }

  std::optional<Defect> examine() {
    auto const count = zip_get_num_entries(archive, 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > limits.archive_entries) {
      return defect(Problem::suspicious_archive, fmt::format("{} entries", count));
    }
    std::uint64_t total = 0;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
      zip_stat_t stat;
      if (zip_stat_index(archive, i, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 || (stat.valid & ZIP_STAT_NAME) == 0) {
        return defect(Problem::damaged, "its directory cannot be read");
      }
      if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return defect(Problem::encrypted, {});
      }
      if (stat.size > limits.unpacked_bytes || stat.size > limits.unpacked_bytes - total) {
        return defect(Problem::suspicious_archive, fmt::format("more than {} bytes", limits.unpacked_bytes));
      }
      if (stat.size > small_entry_bytes && stat.size / std::max<std::uint64_t>(stat.comp_size, 1) > limits.archive_ratio) {
        return defect(Problem::suspicious_archive,
                      fmt::format("{} is packed 1:{}", stat.name, stat.size / std::max<std::uint64_t>(stat.comp_size, 1)));
      }
      total += stat.size;
      names.emplace_back(stat.name);
      index.emplace(stat.name, i);
    }
    return std::nullopt;
  }
};

Archive::Archive(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

tl::expected<Archive, Defect> Archive::open(std::string_view bytes, Limits const& limits) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  auto content = std::make_unique<Content>();
  content->limits = limits;
  if (source != nullptr) content->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (content->archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return tl::unexpected(defect(Problem::damaged, why));
  }
  zip_error_fini(&error);
  if (auto problem = content->examine()) return tl::unexpected(*problem);
  return Archive(std::move(content));
}

bool Archive::has(std::string_view name) const { return content_->index.count(std::string(name)) != 0; }
std::vector<std::string> const& Archive::names() const { return content_->names; }

std::optional<Defect> Archive::read(std::string_view name, std::function<bool(std::string_view)> const& each) {
  auto const found = content_->index.find(std::string(name));
  if (found == content_->index.end()) return defect(Problem::damaged, fmt::format("{} is missing", name));
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(content_->archive, found->second, 0), zip_fclose);
  if (!file) return defect(Problem::damaged, fmt::format("{}: {}", name, zip_strerror(content_->archive)));
  std::array<char, chunk_bytes> chunk;
  for (;;) {
    auto const count = zip_fread(file.get(), chunk.data(), chunk.size());
    if (count < 0) return defect(Problem::damaged, fmt::format("{}: {}", name, zip_file_strerror(file.get())));
    if (count == 0) return std::nullopt;
    content_->unpacked += static_cast<std::uint64_t>(count);
    if (content_->unpacked > content_->limits.unpacked_bytes) {
      return defect(Problem::suspicious_archive, fmt::format("more than {} bytes", content_->limits.unpacked_bytes));
    }
    if (!each(std::string_view(chunk.data(), static_cast<std::size_t>(count)))) return std::nullopt;
  }
}

std::string safe_zip_name(std::string_view name) {
  constexpr std::size_t longest_part = 120;
  std::vector<std::string> parts;
  std::string part;
  auto end_part = [&] {
    auto const first = part.find_first_not_of(" ");
    auto const last = part.find_last_not_of(" .");
    part = first == std::string::npos || last == std::string::npos || last < first ? std::string()
                                                                                   : part.substr(first, last - first + 1);
    if (!part.empty() && part != "..") parts.push_back(cut(part, longest_part));
    part.clear();
  };
  for (std::size_t i = 0; i < name.size();) {
    auto const length = utf8_length(name.substr(i));
    char const c = name[i];
    if (c == '/' || c == '\\') {
      end_part();
    } else if (length == 0 || static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
               std::string_view("<>:\"|?*").find(c) != std::string_view::npos) {
      part += '_';
    } else {
      part += name.substr(i, length);
    }
    i += std::max<std::size_t>(length, 1);
  }
  end_part();
  if (parts.empty()) return "file";
  static std::set<std::string> const reserved = {"CON",  "PRN",  "AUX",  "NUL",  "COM1", "COM2",
                                                 "COM3", "COM4", "LPT1", "LPT2", "LPT3"};
  for (auto& each : parts) {
    if (reserved.count(upper_ascii(each.substr(0, each.find('.')))) != 0) each = "_" + each;
  }
  return join(parts, "/");
}

namespace {

/// `name.ext` → `name (2).ext` until it is new. Names that differ in case only are the same on many systems.
std::string unique_name(std::string const& name, std::set<std::string>& taken) {
  auto candidate = name;
  for (int number = 2; !taken.insert(lower_ascii(candidate)).second; ++number) {
    auto const dot = name.rfind('.');
    auto const slash = name.rfind('/');
    bool const extension = dot != std::string::npos && (slash == std::string::npos || dot > slash);
    candidate = extension ? fmt::format("{} ({}){}", name.substr(0, dot), number, name.substr(dot))
                          : fmt::format("{} ({})", name, number);
  }
  return candidate;
}

/// What libzip asks of an entry whose bytes come from us. Lives until the archive is closed.
struct Stream {
  std::function<PullBytes()> open;
  PullBytes pull;
  zip_error_t error;

  static zip_int64_t answer(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& stream = *static_cast<Stream*>(user);
    switch (command) {
      case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
      case ZIP_SOURCE_OPEN:
        try {
          stream.pull = stream.open();
        } catch (std::exception const&) {
          return fail(stream);
        }
        return stream.pull ? 0 : fail(stream);
      case ZIP_SOURCE_READ:
        try {
          return static_cast<zip_int64_t>(stream.pull({static_cast<std::uint8_t*>(data), static_cast<std::size_t>(length)}));
        } catch (std::exception const&) {
          return fail(stream);
        }
      case ZIP_SOURCE_CLOSE: stream.pull = nullptr; return 0;
      case ZIP_SOURCE_STAT: zip_stat_init(static_cast<zip_stat_t*>(data)); return sizeof(zip_stat_t);
      case ZIP_SOURCE_ERROR: return zip_error_to_data(&stream.error, data, length);
      case ZIP_SOURCE_FREE: return 0;
      default: zip_error_set(&stream.error, ZIP_ER_INVAL, 0); return -1;
    }
  }

  static zip_int64_t fail(Stream& stream) {
    zip_error_set(&stream.error, ZIP_ER_READ, 0);
    return -1;
  }
};

zip_source_t* source_of(zip_t* archive, ZipEntry const& entry, std::vector<std::unique_ptr<Stream>>& streams) {
  if (auto const* bytes = std::get_if<std::string>(&entry.content)) {
    return zip_source_buffer(archive, bytes->data(), bytes->size(), 0);
  }
  if (auto const* file = std::get_if<std::filesystem::path>(&entry.content)) {
    return zip_source_file(archive, file->c_str(), 0, -1);
  }
  streams.push_back(std::make_unique<Stream>());
  streams.back()->open = std::get<std::function<PullBytes()>>(entry.content);
  zip_error_init(&streams.back()->error);
  return zip_source_function(archive, &Stream::answer, streams.back().get());
}

}  // namespace

Result<std::monostate> write_zip(std::filesystem::path const& path, std::vector<ZipEntry> entries, Instant written_at) {
  int code = 0;
  std::unique_ptr<zip_t, void (*)(zip_t*)> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code), zip_discard);
  if (!archive) return refuse(Why::unavailable, "package", message_of(code));
  std::set<std::string> taken;
  std::vector<std::unique_ptr<Stream>> streams;
  for (auto const& entry : entries) {
    auto const name = unique_name(safe_zip_name(entry.name), taken);
    auto* source = source_of(archive.get(), entry, streams);
    auto const added = source == nullptr ? -1 : zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      if (source != nullptr) zip_source_free(source);
      return refuse(Why::malformed, "package", fmt::format("{} cannot be added: {}", name, zip_strerror(archive.get())));
    }
    zip_file_set_mtime(archive.get(), static_cast<zip_uint64_t>(added), written_at.ms / 1000, 0);
  }
  if (entries.empty()) return refuse(Why::malformed, "package", "a package without files is not written");
  // Entries are read only now; libzip writes beside the target and renames.
  if (zip_close(archive.get()) != 0) return refuse(Why::unavailable, "package", zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  return std::monostate{};
}

}  // namespace rcms::sheets
