#include "foundation/http/static_files.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/query.hpp"

namespace rcms::http {

namespace {

constexpr std::uintmax_t folder_limit = 128U << 20;

std::string content_of(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) throw std::runtime_error(file.string() + ": cannot be read");
  return content;
}

/// `index-BqG8x1a2.js`: at least eight letters and digits, one of them no lower-case letter, between `-` or `.` and the suffix.
bool has_hash(std::string_view name) {
  std::size_t const dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::size_t const before = name.find_last_of("-.", dot - 1);
  if (before == std::string_view::npos || dot - before - 1 < 8) return false;
  bool mixed = false;
  for (char const c : name.substr(before + 1, dot - before - 1)) {
    bool const lower = c >= 'a' && c <= 'z';
    bool const other = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!lower && !other) return false;
    mixed = mixed || other;
  }
  return mixed;
}

std::string suffix_of(std::string_view name) {
  std::size_t const slash = name.rfind('/');
  std::string_view const last = slash == std::string_view::npos ? name : name.substr(slash + 1);
  std::size_t const dot = last.rfind('.');
  return dot == std::string_view::npos ? std::string() : lower_ascii(last.substr(dot));
}

}  // namespace

std::string_view type_of_suffix(std::string_view suffix) {
  static std::map<std::string_view, std::string_view> const types = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".wasm", "application/wasm"},
      {".pdf", "application/pdf"},
  };
  auto const found = types.find(suffix);
  return found == types.end() ? "application/octet-stream" : found->second;
}

StaticFiles::StaticFiles(std::filesystem::path const& folder) {
  if (!std::filesystem::is_regular_file(folder / "index.html")) {
    throw std::runtime_error(folder.string() + ": no index.html; build the web application first");
  }
  std::uintmax_t total = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    total += entry.file_size();
    if (total > folder_limit) throw std::runtime_error(folder.string() + ": more than 128 MB of files");
    std::string const name = "/" + entry.path().lexically_relative(folder).generic_string();
    StaticFile file;
    file.type = type_of_suffix(suffix_of(name));
    file.immutable = has_hash(entry.path().filename().string());
    file.plain = std::make_shared<std::string const>(content_of(entry.path()));
    file.etag = '"' + to_hex(sha256(*file.plain)).substr(0, 32) + '"';
    files_.emplace(name, std::move(file));
  }
  for (auto& [name, file] : files_) {
    if (auto const packed = files_.find(name + ".gz"); packed != files_.end()) file.gzip = packed->second.plain;
    if (auto const packed = files_.find(name + ".br"); packed != files_.end()) file.brotli = packed->second.plain;
  }
}

StaticFile const* StaticFiles::find(std::string_view path) const {
  std::string name;
  if (!percent_decode(path, false, name) || name.empty() || name.front() != '/') return nullptr;
  if (name == "/api" || name.compare(0, 5, "/api/") == 0) return nullptr;
  auto found = files_.find(name == "/" ? std::string("/index.html") : name);
  if (found == files_.end() && suffix_of(name).empty()) found = files_.find(name + ".html");
  if (found == files_.end() && suffix_of(name).empty()) found = files_.find("/index.html");
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace rcms::http
