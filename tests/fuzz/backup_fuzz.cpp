// Any bytes as the archive of a backup or its manifest: entries lie within the archive, and a manifest that is read is written to
// a text that reads the same again.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

#include "capabilities/operations/manifest.hpp"
#include "capabilities/operations/tar.hpp"

using namespace rcms::operations;

namespace {

/// A file that lies in memory only.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("archive", MFD_CLOEXEC)) {}
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  bool fill(std::uint8_t const* data, std::size_t size) const {
    return ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, data, size, 0) == static_cast<ssize_t>(size);
  }
  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static MemoryFile const file;
  if (!file.fill(data, size)) std::abort();
  if (auto const archive = TarReader::open(file.path())) {
    for (auto const& entry : archive->entries()) {
      if (entry.offset > size || entry.size > size - entry.offset) std::abort();
      if (archive->read_text(entry).size() != entry.size) std::abort();
    }
  }
  if (auto const manifest = parse_manifest({reinterpret_cast<char const*>(data), size})) {
    auto const rendered = render_manifest(*manifest);
    auto const again = parse_manifest(rendered);
    if (!again || render_manifest(*again) != rendered) std::abort();
  }
  return 0;
}
