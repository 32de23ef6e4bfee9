#include "foundation/sheets/xml.hpp"

#include <limits>

#include <expat.h>
#include <fmt/format.h>

namespace rcms::sheets {

namespace {

std::string_view without_prefix(std::string_view name) {
  auto const colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

constexpr int deepest = 64;

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  for (auto pair = pairs_; *pair != nullptr; pair += 2) {
    if (without_prefix(pair[0]) == name) return std::string_view(pair[1]);
  }
  return std::nullopt;
}

struct XmlReader::Content {
  XmlHandlers handlers;
  XML_Parser parser = nullptr;
  bool stopped = false;
  int depth = 0;
  std::string problem;

  void fail(std::string why) {
    if (problem.empty()) problem = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }

  static void on_start(void* user, char const* name, char const** attributes) {
    auto& content = *static_cast<Content*>(user);
    if (++content.depth > deepest) return content.fail("elements are nested too deeply");
    if (content.handlers.start) content.handlers.start(without_prefix(name), Attributes(attributes));
  }
  static void on_end(void* user, char const* name) {
    auto& content = *static_cast<Content*>(user);
    --content.depth;
    if (content.handlers.end && !content.stopped) content.handlers.end(without_prefix(name));
  }
  static void on_text(void* user, char const* text, int length) {
    auto& content = *static_cast<Content*>(user);
    if (content.handlers.text) content.handlers.text(std::string_view(text, static_cast<std::size_t>(length)));
  }
  static void on_doctype(void* user, char const*, char const*, char const*, int) {
    static_cast<Content*>(user)->fail("it holds a document type declaration");
  }
  static void on_entity(void* user, char const*, int, char const*, int, char const*, char const*, char const*, char const*) {
    static_cast<Content*>(user)->fail("it declares an entity");
  }

  bool parse(std::string_view chunk, int is_final) {
    if (stopped || !problem.empty()) return false;
    if (XML_Parse(parser, chunk.data(), static_cast<int>(chunk.size()), is_final) == XML_STATUS_OK) return true;
    if (!stopped && problem.empty()) {
      problem = fmt::format("{} at line {}", XML_ErrorString(XML_GetErrorCode(parser)), XML_GetCurrentLineNumber(parser));
    }
    return false;
  }
};

XmlReader::XmlReader(XmlHandlers handlers) : content_(std::make_unique<Content>()) {
  content_->handlers = std::move(handlers);
  content_->parser = XML_ParserCreate(nullptr);
  if (content_->parser == nullptr) throw std::bad_alloc();
  XML_SetUserData(content_->parser, content_.get());
  XML_SetElementHandler(content_->parser, &Content::on_start, &Content::on_end);
  XML_SetCharacterDataHandler(content_->parser, &Content::on_text);
  XML_SetStartDoctypeDeclHandler(content_->parser, &Content::on_doctype);
  XML_SetEntityDeclHandler(content_->parser, &Content::on_entity);
  XML_SetParamEntityParsing(content_->parser, XML_PARAM_ENTITY_PARSING_NEVER);
}

XmlReader::~XmlReader() { XML_ParserFree(content_->parser); }

bool XmlReader::feed(std::string_view chunk) { return content_->parse(chunk, XML_FALSE); }
bool XmlReader::finish() { return content_->parse({}, XML_TRUE); }

void XmlReader::stop() {
  content_->stopped = true;
  XML_StopParser(content_->parser, XML_FALSE);
}

bool XmlReader::is_stopped() const { return content_->stopped; }
std::string const& XmlReader::problem() const { return content_->problem; }

}  // namespace rcms::sheets
