// Small pictures and documents made in memory, for the tests of this folder.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <png.h>

#include "foundation/files/picture.hpp"

namespace rcms::files::samples {

inline Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

template <std::size_t size>
Bytes raw(char const (&literal)[size]) {
  return Bytes(literal, literal + size - 1);
}

/// Left half red, right half blue; the first row is green.
inline Picture picture(std::uint32_t width, std::uint32_t height) {
  Picture made{width, height, Bytes(static_cast<std::size_t>(width) * height * 3)};
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      auto* pixel = &made.pixels[(static_cast<std::size_t>(y) * width + x) * 3];
      if (y < height / 4) {
        pixel[1] = 255;
      } else {
        pixel[x < width / 2 ? 0 : 2] = 255;
      }
    }
  }
  return made;
}

inline Bytes jpeg(std::uint32_t width = 64, std::uint32_t height = 48) { return render_jpeg(picture(width, height)); }

inline Bytes png(std::uint32_t width = 64, std::uint32_t height = 48) {
  auto const made = picture(width, height);
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, made.pixels.data(), 0, nullptr);
  Bytes out(size);
  png_image_write_to_memory(&image, out.data(), &size, 0, made.pixels.data(), 0, nullptr);
  out.resize(size);
  return out;
}

/// A segment of a JPEG behind its first marker.
inline Bytes with_segment(Bytes const& jpeg, std::uint8_t marker, std::string_view body) {
  Bytes out(jpeg.begin(), jpeg.begin() + 2);
  auto const length = body.size() + 2;
  for (auto byte : {std::size_t{0xFF}, std::size_t{marker}, length >> 8, length & 0xFF})
    out.push_back(static_cast<std::uint8_t>(byte));
  out.insert(out.end(), body.begin(), body.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

inline std::string exif(int orientation) {
  return std::string("Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25) + static_cast<char>(orientation) +
         std::string("\0\0\0\0\0\0", 6) + "camera serial 12345";
}

/// A chunk of a PNG behind its header.
inline Bytes with_chunk(Bytes const& png, std::string_view name, std::string_view body) {
  constexpr std::size_t behind_header = 8 + 25;
  Bytes out(png.begin(), png.begin() + behind_header);
  for (int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(body.size() >> shift & 0xFF));
  out.insert(out.end(), name.begin(), name.end());
  out.insert(out.end(), body.begin(), body.end());
  std::uint32_t crc = 0xFFFFFFFF;
  for (char c : std::string(name) + std::string(body)) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
  }
  for (int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(~crc >> shift & 0xFF));
  out.insert(out.end(), png.begin() + behind_header, png.end());
  return out;
}

/// A PDF of numbered objects; object 1 is the catalogue. `trailer` may add keys.
inline Bytes pdf(std::vector<std::string> const& objects, std::string const& trailer = "") {
  std::string out = "%PDF-1.7\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  auto const start = out.size();
  out +=
      table + fmt::format("trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, trailer, start);
  return bytes_of(out);
}

inline std::string stream(std::string const& dictionary, std::string const& content) {
  return fmt::format("<< /Length {} {} >>\nstream\n{}\nendstream", content.size(), dictionary, content);
}

inline Bytes plain_pdf() {
  return pdf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", stream("", "0 0 m 100 100 l S")});
}

}  // namespace rcms::files::samples
