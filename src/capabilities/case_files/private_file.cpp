#include "capabilities/case_files/private_file.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "foundation/base/ids.hpp"

namespace rcms::case_files {

namespace {

struct Folder {
  std::filesystem::path path;

  Folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "rcms-leaving-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("no folder for files that leave could be made; check TMPDIR and free space");
    }
    path = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
};

}  // namespace

std::filesystem::path new_private_file(std::string_view what, Instant now) {
  static Folder const folder;
  return folder.path / std::string(what).append("-").append(make_uuid(now));
}

}  // namespace rcms::case_files
