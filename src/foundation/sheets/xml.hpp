// A strict streaming reader of XML parts: no document type, no entities of its own, names without prefixes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rcms::sheets {

/// Attributes of one element, names without prefix.
class Attributes {
 public:
  explicit Attributes(char const** pairs) : pairs_(pairs) {}
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  char const** pairs_;
};

struct XmlHandlers {
  std::function<void(std::string_view name, Attributes const&)> start;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view text)> text;
};

class XmlReader {
 public:
  explicit XmlReader(XmlHandlers handlers);
  ~XmlReader();
  XmlReader(XmlReader const&) = delete;
  XmlReader& operator=(XmlReader const&) = delete;

  /// False when it is not well-formed, holds a document type, or was stopped; then nothing more is read.
  bool feed(std::string_view chunk);
  /// To be called after the last chunk: false when the document is not closed.
  bool finish();
  /// Called by a handler that has seen enough.
  void stop();
  bool is_stopped() const;
  /// What was wrong; empty when nothing was.
  std::string const& problem() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace rcms::sheets
