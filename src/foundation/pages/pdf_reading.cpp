#include "foundation/pages/pdf_reading.hpp"

#include <memory>

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

namespace rcms {
namespace {

void say_nothing(std::string const&, void*) {}

Result<std::unique_ptr<poppler::document>> open(std::span<std::uint8_t const> bytes) {
  if (bytes.size() > pdf_bytes_at_most)
    return refuse(Why::too_large, "file", fmt::format("more than {} bytes", pdf_bytes_at_most));
  poppler::set_debug_error_function(say_nothing, nullptr);
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(reinterpret_cast<char const*>(bytes.data()), static_cast<int>(bytes.size())));
  if (!document || document->is_locked())
    return refuse(Why::malformed, "file", "the file is no PDF that can be opened without a password");
  return document;
}

Result<std::unique_ptr<poppler::page>> open_page(poppler::document& document, int number) {
  if (number < 0 || number >= document.pages())
    return refuse(Why::not_found, "page", fmt::format("the file has {} pages", document.pages()));
  std::unique_ptr<poppler::page> page(document.create_page(number));
  if (!page) return refuse(Why::malformed, "page", "the page cannot be read");
  return page;
}

}  // namespace

Result<Picture> render_pdf_page(std::span<std::uint8_t const> bytes, int page, int dpi) {
  if (dpi < 36 || dpi > 600) return refuse(Why::field_invalid, "dpi", "between 36 and 600");
  auto document = open(bytes);
  if (!document) return tl::unexpected(document.error());
  auto opened = open_page(**document, page);
  if (!opened) return tl::unexpected(opened.error());
  auto size = (*opened)->page_rect();
  if (size.width() * size.height() / 5184.0 * dpi * dpi > static_cast<double>(picture_pixels_at_most)) {
    return refuse(Why::too_large, "page", "the page has too many pixels at this resolution");
  }
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  auto image = renderer.render_page(opened->get(), dpi, dpi);
  if (!image.is_valid() || image.format() != poppler::image::format_gray8)
    return refuse(Why::malformed, "page", "the page cannot be drawn");
  Picture picture{image.width(), image.height(), {}};
  picture.grey.reserve(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  for (int y = 0; y < picture.height; ++y) {
    auto const* row =
        reinterpret_cast<std::uint8_t const*>(image.const_data()) + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    picture.grey.insert(picture.grey.end(), row, row + picture.width);
  }
  return picture;
}

Result<std::string> read_pdf_text(std::span<std::uint8_t const> bytes, int page) {
  auto document = open(bytes);
  if (!document) return tl::unexpected(document.error());
  auto opened = open_page(**document, page);
  if (!opened) return tl::unexpected(opened.error());
  auto text = (*opened)->text().to_utf8();
  return std::string(text.begin(), text.end());
}

Result<int> count_pdf_pages(std::span<std::uint8_t const> bytes) {
  auto document = open(bytes);
  if (!document) return tl::unexpected(document.error());
  return (*document)->pages();
}

}  // namespace rcms
