#include "capabilities/operations/manifest.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::operations {

namespace {

namespace json = boost::json;

constexpr int newest_format = 1;

}  // namespace

std::string render_manifest(Manifest const& manifest) {
  json::object rows;
  for (auto const& [table, count] : manifest.rows) rows[table] = count;
  json::array parts;
  for (auto const& part : manifest.parts)
    parts.push_back(json::object{{"name", part.name}, {"size", part.size}, {"sha256", part.sha256}});
  json::array keys;
  for (auto const& key : manifest.keys) keys.push_back(json::object{{"name", key.name}, {"check", key.check}});
  json::array missing;
  for (auto const& name : manifest.missing_attachments) missing.push_back(json::string(name));
  return json::serialize(json::object{{"what", "rcms backup"},
                                      {"format", manifest.format},
                                      {"version", manifest.version},
                                      {"at", manifest.at.text()},
                                      {"engine", manifest.engine},
                                      {"ledger_seal", manifest.ledger_seal},
                                      {"ledger_seal_hash", manifest.ledger_seal_hash},
                                      {"has_keys", manifest.has_keys},
                                      {"keys", keys},
                                      {"rows", rows},
                                      {"missing_attachments", missing},
                                      {"parts", parts}});
}

Result<Manifest> parse_manifest(std::string_view text) {
  boost::system::error_code error;
  auto const value = json::parse(text, error);
  auto const malformed = [](std::string detail) { return refuse(Why::malformed, "file", "manifest.json: " + std::move(detail)); };
  if (error || text_at(value, "what") != "rcms backup") return malformed("this is not the manifest of a backup of RCMS");
  Manifest manifest;
  manifest.format = static_cast<int>(whole_at(value, "format"));
  if (manifest.format != newest_format)
    return refuse(Why::unsupported_type, "file", "a newer RCMS made this backup; restore it with that version or a later one");
  auto const at = Instant::parse(text_at(value, "at"));
  if (!at) return malformed("`at` is not an instant");
  manifest.at = *at;
  manifest.version = text_at(value, "version");
  manifest.engine = text_at(value, "engine");
  manifest.ledger_seal = whole_at(value, "ledger_seal");
  manifest.ledger_seal_hash = text_at(value, "ledger_seal_hash");
  manifest.has_keys = flag_at(value, "has_keys");
  manifest.missing_attachments = texts_at(value, "missing_attachments");
  if (auto const* rows = find_member(value, "rows"); rows != nullptr && rows->is_object())
    for (auto const& row : rows->get_object()) manifest.rows[std::string(row.key())] = whole_at(*rows, row.key(), -1);
  for (auto const& key : list_at(value, "keys")) manifest.keys.push_back({text_at(key, "name"), text_at(key, "check")});
  for (auto const& part : list_at(value, "parts")) {
    auto const size = whole_at(part, "size", -1);
    if (size < 0) return malformed("a part has no size");
    manifest.parts.push_back({text_at(part, "name"), static_cast<std::uint64_t>(size), text_at(part, "sha256")});
  }
  if (manifest.parts.empty()) return malformed("it names no parts");
  return manifest;
}

}  // namespace rcms::operations
