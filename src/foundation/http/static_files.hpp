// The built web application, read into memory at start. What is not a file of the folder cannot be asked for, so a path
// cannot lead out of it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace rcms::http {

struct StaticFile {
  std::string type;
  std::string etag;
  bool immutable = false;  ///< its name holds a hash of its content
  std::shared_ptr<std::string const> plain;
  std::shared_ptr<std::string const> gzip;    ///< from `name.gz` beside it; null when there is none
  std::shared_ptr<std::string const> brotli;  ///< from `name.br`
};

class StaticFiles {
 public:
  StaticFiles() = default;
  /// Reads all files; throws std::runtime_error when the folder is missing, has no index.html or holds more than 128 MB.
  explicit StaticFiles(std::filesystem::path const& folder);

  bool empty() const { return files_.empty(); }
  /// The file at a percent-encoded path; for a path without suffix that names no file its page (`/verify` → verify.html) or
  /// index.html (a page of the application); null for a name with a suffix that does not exist and for paths below /api.
  StaticFile const* find(std::string_view path) const;

 private:
  std::map<std::string, StaticFile, std::less<>> files_;
};

/// Content type by suffix, such as ".js".
std::string_view type_of_suffix(std::string_view suffix);

}  // namespace rcms::http
