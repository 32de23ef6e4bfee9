#include "answer_reader.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <strings.h>

namespace rcms::bench {

namespace {

/// The value of a header, empty when it is not there.
std::string_view find_header(std::string_view head, std::string_view name) {
  for (auto at = head.find("\r\n"); at != std::string_view::npos && at + 2 < head.size(); at = head.find("\r\n", at + 2)) {
    auto const line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    if (line.size() > name.size() && line[name.size()] == ':' && strncasecmp(line.data(), name.data(), name.size()) == 0) {
      auto const value = line.substr(name.size() + 1);
      return value.substr(std::min(value.find_first_not_of(' '), value.size()));
    }
  }
  return {};
}

std::size_t read_number(std::string_view text, int base) {
  std::size_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number, base).ec != std::errc())
    throw std::runtime_error("the answer has a length that is not a number");
  return number;
}

}  // namespace

bool AnswerReader::take(std::string_view bytes) {
  text_ += bytes;
  return (has_head_ || read_head()) && is_complete();
}

bool AnswerReader::read_head() {
  auto const end = text_.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  auto const head = std::string_view(text_).substr(0, end);
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) throw std::runtime_error("the answer is not HTTP/1.1");
  status_ = static_cast<int>(read_number(head.substr(9, 3), 10));
  chunked_ = find_header(head, "transfer-encoding").starts_with("chunked");
  closes_ = find_header(head, "connection").starts_with("close");
  auto const length = find_header(head, "content-length");
  length_ = length.empty() ? 0 : read_number(length, 10);
  body_at_ = chunk_at_ = end + 4;
  return has_head_ = true;
}

bool AnswerReader::is_complete() {
  if (!chunked_) return text_.size() >= body_at_ + length_;
  while (true) {
    auto const line_end = text_.find("\r\n", chunk_at_);
    if (line_end == std::string::npos) return false;
    auto const size = read_number(std::string_view(text_).substr(chunk_at_, line_end - chunk_at_), 16);
    auto const next = line_end + 2 + size + 2;
    if (text_.size() < next) return false;
    if (size == 0) return true;
    chunk_at_ = next;
  }
}

}  // namespace rcms::bench
