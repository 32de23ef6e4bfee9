// Any bytes as an attachment: checked, decoded, stripped. A stripped picture must change no more when it is stripped again.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "foundation/files/file_type.hpp"
#include "foundation/files/metadata.hpp"
#include "foundation/files/picture.hpp"

using namespace rcms::files;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::span<std::uint8_t const> const content(data, size);
  FileLimits limits;
  limits.pixels = 1'000'000;
  auto const type = detect_type(content);
  static_cast<void>(check_file("a.pdf", content, limits));
  if (!type) return 0;
  auto const once = strip_metadata(*type, content);
  if (once && (*type == FileType::jpeg || *type == FileType::png || *type == FileType::wsq)) {
    auto const twice = strip_metadata(*type, *once);
    if (!twice || *twice != *once) std::abort();
  }
  if (is_picture(*type)) static_cast<void>(make_preview(*type, content, 64, limits));
  return 0;
}
