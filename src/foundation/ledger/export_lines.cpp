#include "foundation/ledger/export_lines.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rcms::ledger {

namespace {

namespace json = boost::json;

json::object to_object(HeaderLine const& line) {
  return {{"kind", "ledger"}, {"format", "rcms ledger 1"}, {"scope", line.scope}};
}

json::object to_object(EntryLine const& line) {
  auto const& record = line.record;
  return {{"kind", "entry"},
          {"number", line.number},
          {"subject", record.subject},
          {"position", record.position},
          {"party", record.party},
          {"actor", record.actor},
          {"action", record.action},
          {"source", record.source},
          {"revision", record.revision},
          {"at", record.at.text()},
          {"commitment", to_hex(record.commitment)},
          {"previous", to_hex(record.previous)},
          {"hash", to_hex(record.hash)},
          {"key", line.content ? json::value(to_hex(line.content->key)) : json::value()},
          {"content", line.content ? json::value(line.content->text) : json::value()}};
}

json::object to_object(OtherLine const& line) {
  return {{"kind", "other"}, {"number", line.number}, {"hash", to_hex(line.hash)}};
}

json::object to_object(SealLine const& line) {
  auto const& seal = line.seal;
  return {{"kind", "seal"},
          {"seal", seal.seal},
          {"first", seal.first},
          {"last", seal.last},
          {"root", to_hex(seal.root)},
          {"previous", to_hex(seal.previous)},
          {"at", seal.at.text()},
          {"signer", to_hex(seal.signer)},
          {"hash", to_hex(seal.hash)},
          {"signature", to_hex(seal.signature)},
          {"leaves", line.has_leaves}};
}

json::object to_object(EndLine const& line) {
  return {{"kind", "end"},
          {"entries", line.entries},
          {"seals", line.seals},
          {"digest", to_hex(line.digest)},
          {"signer", to_hex(line.signer)},
          {"signature", to_hex(line.signature)}};
}

/// Fields of one parsed line; a missing or wrong one is remembered and read as empty.
class Fields {
 public:
  explicit Fields(json::object const& object) : object_(object) {}

  std::string text(std::string_view name) {
    auto const* value = object_.if_contains(name);
    if (value == nullptr || !value->is_string()) return fail<std::string>();
    return std::string(value->get_string());
  }
  std::int64_t number(std::string_view name) {
    auto const* value = object_.if_contains(name);
    if (value == nullptr || !value->is_int64()) return fail<std::int64_t>();
    return value->get_int64();
  }
  bool truth(std::string_view name) {
    auto const* value = object_.if_contains(name);
    if (value == nullptr || !value->is_bool()) return fail<bool>();
    return value->get_bool();
  }
  Bytes bytes(std::string_view name) {
    auto bytes = from_hex(text(name));
    return bytes ? *std::move(bytes) : fail<Bytes>();
  }
  Instant instant(std::string_view name) {
    auto const instant = Instant::parse(text(name));
    return instant ? *instant : fail<Instant>();
  }
  bool is_null(std::string_view name) const {
    auto const* value = object_.if_contains(name);
    return value != nullptr && value->is_null();
  }
  bool complete() const { return complete_; }

 private:
  template <class T>
  T fail() {
    complete_ = false;
    return T{};
  }

  json::object const& object_;
  bool complete_ = true;
};

Line read_entry(Fields& fields) {
  EntryLine line{.number = fields.number("number"),
                 .record = Record{.subject = fields.text("subject"),
                                  .position = fields.number("position"),
                                  .party = fields.text("party"),
                                  .actor = fields.text("actor"),
                                  .action = fields.text("action"),
                                  .source = fields.text("source"),
                                  .revision = fields.number("revision"),
                                  .at = fields.instant("at"),
                                  .commitment = fields.bytes("commitment"),
                                  .previous = fields.bytes("previous"),
                                  .hash = fields.bytes("hash")},
                 .content = {}};
  if (!fields.is_null("content")) line.content = Content{fields.bytes("key"), fields.text("content")};
  return line;
}

Line read_seal(Fields& fields) {
  return SealLine{Seal{.seal = fields.number("seal"),
                       .first = fields.number("first"),
                       .last = fields.number("last"),
                       .root = fields.bytes("root"),
                       .previous = fields.bytes("previous"),
                       .at = fields.instant("at"),
                       .signer = fields.bytes("signer"),
                       .hash = fields.bytes("hash"),
                       .signature = fields.bytes("signature")},
                  fields.truth("leaves")};
}

std::optional<Line> read_line(json::object const& object) {
  Fields fields(object);
  auto const kind = fields.text("kind");
  std::optional<Line> line;
  if (kind == "ledger") line = HeaderLine{fields.text("scope")};
  if (kind == "entry") line = read_entry(fields);
  if (kind == "other") line = OtherLine{fields.number("number"), fields.bytes("hash")};
  if (kind == "seal") line = read_seal(fields);
  if (kind == "end") {
    line = EndLine{fields.number("entries"), fields.number("seals"), fields.bytes("digest"), fields.bytes("signer"),
                   fields.bytes("signature")};
  }
  return fields.complete() ? line : std::nullopt;
}

}  // namespace

std::string render_line(Line const& line) {
  return std::visit([](auto const& kind) { return json::serialize(to_object(kind)); }, line);
}

std::optional<Line> parse_line(std::string_view text) {
  boost::system::error_code error;
  auto const value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  auto line = read_line(value.get_object());
  if (!line || render_line(*line) != text) return std::nullopt;
  return line;
}

}  // namespace rcms::ledger
