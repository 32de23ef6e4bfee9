#include "foundation/http/request_parts.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::http {

namespace {

std::string_view trimmed(std::string_view text) {
  std::size_t const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Digest of the digests of its blocks of 1 MB, so that a large file is not held in memory.
std::string digest_of_file(std::string const& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string block(1U << 20, '\0');
  std::string digests;
  while (stream) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    auto const got = static_cast<std::size_t>(stream.gcount());
    if (got != 0) digests += as_text(sha256(std::string_view(block).substr(0, got)));
  }
  return to_hex(sha256(digests));
}

}  // namespace

std::optional<Method> find_method(std::string_view name) {
  if (name == "HEAD") return Method::get;
  for (auto const method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
    if (name == name_of(method)) return method;
  }
  return std::nullopt;
}

std::string cookie_value(std::string_view cookies, std::string_view name) {
  std::size_t from = 0;
  while (from < cookies.size()) {
    std::size_t const end = std::min(cookies.find(';', from), cookies.size());
    std::string_view const pair = trimmed(cookies.substr(from, end - from));
    if (pair.size() > name.size() && pair.substr(0, name.size()) == name && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
    from = end + 1;
  }
  return {};
}

std::string media_type(std::string_view content_type) {
  return lower_ascii(trimmed(content_type.substr(0, content_type.find(';'))));
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::optional<std::int64_t> revision_of_etag(std::string_view etag) {
  etag = trimmed(etag);
  if (etag.substr(0, 2) == "W/") etag.remove_prefix(2);
  if (etag.size() < 3 || etag.front() != '"' || etag.back() != '"') return std::nullopt;
  auto const text = etag.substr(1, etag.size() - 2);
  auto const point = text.find('.');
  if (point == std::string_view::npos) return whole_number(text);
  auto const is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  auto const told = text.substr(point + 1);
  if (told.empty() || !std::all_of(told.begin(), told.end(), is_hex)) return std::nullopt;
  return whole_number(text.substr(0, point));
}

bool has_etag(std::string_view list, std::string_view etag) {
  for (auto const& one : split(list, ',')) {
    std::string_view part = trimmed(one);
    if (part == "*") return true;
    if (part.substr(0, 2) == "W/") part.remove_prefix(2);
    if (part == etag) return true;
  }
  return false;
}

std::string content_disposition(std::string_view name) {
  std::string plain;
  std::string encoded;
  for (char const c : name) {
    auto const byte = static_cast<unsigned char>(c);
    bool const simple =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    plain += simple || c == ' ' ? c : '_';
    encoded += simple ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, encoded);
}

std::string hash_of_request(Request const& request, std::string_view operation) {
  std::string all;
  auto const add = [&](std::string_view part) { all += fmt::format("{}:{}\n", part.size(), part); };
  add(operation);
  for (auto const& [name, value] : request.path_values) add(name), add(value);
  for (auto const& [name, value] : request.query) add(name), add(value);
  add(request.upload_file.empty() ? std::string_view(request.body) : std::string_view());
  if (!request.upload_file.empty()) add(digest_of_file(request.upload_file));
  return to_hex(sha256(all));
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  for (auto const& one : split(accept_encoding, ',')) {
    std::string_view const part = trimmed(one);
    if (part.substr(0, part.find(';')) != coding) continue;
    return part.find("q=0") == std::string_view::npos || part.find("q=0.") != std::string_view::npos;
  }
  return false;
}

}  // namespace rcms::http
