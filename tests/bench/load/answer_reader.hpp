// Reads answers of HTTP/1.1 from bytes as they come: enough for a load generator, not for a browser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rcms::bench {

class AnswerReader {
 public:
  /// Forgets everything.
  void reset() { *this = AnswerReader(); }
  /// Takes bytes; true when the answer is complete. Throws std::runtime_error for what is not HTTP.
  bool take(std::string_view bytes);

  int status() const { return status_; }
  bool closes() const { return closes_; }
  /// The body as sent; of a chunked answer with the sizes between the chunks.
  std::string_view body() const { return std::string_view(text_).substr(body_at_); }

 private:
  bool read_head();
  bool is_complete();

  std::string text_;
  std::size_t body_at_ = 0;
  std::size_t chunk_at_ = 0;  ///< where the size of the next chunk stands
  std::size_t length_ = 0;
  int status_ = 0;
  bool has_head_ = false;
  bool chunked_ = false;
  bool closes_ = false;
};

}  // namespace rcms::bench
