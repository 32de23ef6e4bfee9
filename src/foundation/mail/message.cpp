#include "foundation/mail/message.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::mail {

namespace {

constexpr std::size_t most_receivers = 100;
constexpr std::size_t most_bytes = 25u << 20;
constexpr std::size_t longest_subject = 500;

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }) &&
         text.find("=?") == std::string_view::npos;
}

bool is_one_line(std::string_view text) {
  return is_utf8(text) && !has_control_characters(text) && text.find_first_of("\r\n\t") == std::string_view::npos;
}

std::string base64(std::string_view bytes, std::size_t line) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    column += 4;
    if (line != 0 && column >= line && i + 3 < bytes.size()) {
      out += "\r\n";
      column = 0;
    }
  }
  return out;
}

std::string address_header(Address const& address) {
  if (address.name.empty()) return address.address;
  if (!is_plain(address.name)) return fmt::format("{} <{}>", encoded_words(address.name), address.address);
  std::string quoted;
  for (char c : address.name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\" <{}>", quoted, address.address);
}

/// "Sun, 22 Nov 2026 10:00:00 +0000". Source: RFC 5322 section 3.3.
std::string date_header(Instant instant) {
  static constexpr std::array<char const*, 7> days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array<char const*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const text = instant.text();
  auto const day = *Date::parse(text.substr(0, 10));
  return fmt::format("{}, {:02} {} {} {} +0000", days.at(static_cast<std::size_t>(day.weekday() - 1)), day.day(),
                     months.at(static_cast<std::size_t>(day.month() - 1)), day.year(), text.substr(11, 8));
}

std::string text_part(std::string_view kind, std::string_view text) {
  return fmt::format("Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n", kind,
                     quoted_printable(text));
}

/// A multipart of parts that are complete with their headers.
std::string multipart(std::string_view kind, std::string_view boundary, std::vector<std::string> const& parts) {
  auto out = fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", kind, boundary);
  for (auto const& part : parts) out += fmt::format("--{}\r\n{}\r\n", boundary, part);
  return out + fmt::format("--{}--\r\n", boundary);
}

std::string attachment_part(Attachment const& attachment) {
  std::string ascii;
  std::string encoded;
  for (char c : attachment.name) {
    auto const byte = static_cast<unsigned char>(c);
    bool const simple = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                        c == '.' || c == '-' || c == '_';
    ascii += simple || c == ' ' ? c : '_';
    encoded += simple ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return fmt::format("Content-Type: {}\r\nContent-Disposition: attachment; filename=\"{}\";\r\n filename*=UTF-8''{}\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                     attachment.media_type, ascii, encoded, base64(attachment.content, 76));
}

bool is_media_type(std::string_view type) {
  return std::count(type.begin(), type.end(), '/') == 1 && std::all_of(type.begin(), type.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '+' || c == '.';
         });
}

}  // namespace

bool is_address(std::string_view address) {
  auto const at = address.find('@');
  if (address.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 ||
      address.find('@', at + 1) != std::string_view::npos)
    return false;
  auto const local = address.substr(0, at);
  auto const domain = address.substr(at + 1);
  auto letter_or_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
  for (char c : local) {
    if (!letter_or_digit(c) && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) == std::string_view::npos) return false;
  }
  if (domain.empty()) return false;
  for (auto const& label : split(domain, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (char c : label) {
      if (!letter_or_digit(c) && c != '-') return false;
    }
  }
  return true;
}

Findings check_message(Message const& message) {
  Findings findings;
  auto find = [&](Why why, std::string field, std::string detail) {
    findings.push_back({why, std::move(field), std::move(detail), {}});
  };
  if (!is_address(message.from.address) || !is_one_line(message.from.name))
    find(Why::field_invalid, "from", "The sender is not an address.");
  if (message.to.empty()) find(Why::field_missing, "to", "There is no receiver.");
  if (message.to.size() > most_receivers) find(Why::too_large, "to", fmt::format("At most {} receivers.", most_receivers));
  for (std::size_t i = 0; i < message.to.size(); ++i) {
    if (!is_address(message.to[i].address) || !is_one_line(message.to[i].name)) {
      find(Why::field_invalid, fmt::format("to[{}]", i), "The receiver is not an address.");
    }
  }
  if (message.subject.empty()) find(Why::field_missing, "subject", "There is no subject.");
  if (!is_one_line(message.subject)) find(Why::field_invalid, "subject", "The subject must be one line of text.");
  if (message.subject.size() > longest_subject) find(Why::field_too_long, "subject", "The subject is too long.");
  if (!is_utf8(message.text) || !is_utf8(message.html)) find(Why::field_invalid, "text", "The text is not UTF-8.");
  if (message.id.empty() ||
      message.id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != std::string::npos) {
    find(Why::field_invalid, "id", "The id has letters, digits and hyphens.");
  }
  std::size_t bytes = message.text.size() + message.html.size();
  for (std::size_t i = 0; i < message.attachments.size(); ++i) {
    auto const& attachment = message.attachments[i];
    bytes += attachment.content.size();
    if (!is_one_line(attachment.name) || attachment.name.empty() || !is_media_type(attachment.media_type)) {
      find(Why::field_invalid, fmt::format("attachments[{}]", i), "The attachment needs a name of one line and a media type.");
    }
  }
  if (bytes > most_bytes) find(Why::too_large, "attachments", fmt::format("The message has more than {} bytes.", most_bytes));
  return findings;
}

std::string encoded_words(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  constexpr std::size_t most = 45;  // bytes a word: 60 characters of base64
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto end = std::min(text.size(), i + most);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
    out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ", base64(text.substr(i, end - i), 0));
    i = end;
  }
  return out;
}

std::string quoted_printable(std::string_view text) {
  constexpr std::size_t longest = 76;
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    bool const at_end = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
    bool const plain = (c >= 33 && c <= 126 && c != '=') || ((c == ' ' || c == '\t') && !at_end);
    std::size_t const width = plain ? 1 : 3;
    if (column + width > longest - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
    column += width;
  }
  return out;
}

std::string render_message(Message const& message) {
  auto const domain = message.from.address.substr(message.from.address.find('@') + 1);
  std::string receivers;
  for (auto const& receiver : message.to) receivers += (receivers.empty() ? "" : ",\r\n ") + address_header(receiver);
  auto out = fmt::format(
      "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: "
      "1.0\r\n",
      address_header(message.from), receivers, encoded_words(message.subject), date_header(message.written_at), message.id,
      domain);
  auto body = text_part("plain", message.text);
  if (!message.html.empty())
    body = multipart("alternative", "alternative-" + message.id, {body, text_part("html", message.html)});
  if (message.attachments.empty()) return out + body;
  std::vector<std::string> parts = {body};
  for (auto const& attachment : message.attachments) parts.push_back(attachment_part(attachment));
  return out + multipart("mixed", "mixed-" + message.id, parts);
}

}  // namespace rcms::mail
