#include "foundation/base/data_file.hpp"
#include "foundation/base/data_folder.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <variant>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <toml++/toml.h>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace rcms {

namespace json = boost::json;

namespace {

using Step = std::variant<std::string, std::size_t>;  // a key of an object or a place in a list

struct Defect {
  std::vector<Step> path;
  std::string text;
};

std::string render_path(std::vector<Step> const& path) {
  std::string out;
  for (auto const& step : path) {
    if (auto const* key = std::get_if<std::string>(&step)) out += (out.empty() ? "" : ".") + *key;
    else out += fmt::format("[{}]", std::get<std::size_t>(step));
  }
  return out.empty() ? "the file" : out;
}

/// valijson names a place as "<root>", "[key]", "[3]".
std::vector<Step> parse_context(std::vector<std::string> const& context) {
  std::vector<Step> path;
  for (auto const& word : context) {
    if (word.size() < 3 || word.front() != '[') continue;
    std::string const inner = word.substr(1, word.size() - 2);
    bool const is_number = inner.find_first_not_of("0123456789") == std::string::npos && inner.size() < 10;
    if (is_number) path.emplace_back(static_cast<std::size_t>(std::stoul(inner)));
    else path.emplace_back(inner);
  }
  return path;
}

/// Makes a schema that can check many values.
void compile_schema(json::value const& schema_value, valijson::Schema& schema) {
  valijson::SchemaParser parser;
  valijson::adapters::BoostJsonAdapter schema_adapter(schema_value);
  parser.populateSchema(schema_adapter, schema);
}

std::vector<Defect> list_defects(json::value const& value, valijson::Schema const& schema) {
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  valijson::adapters::BoostJsonAdapter adapter(value);
  std::vector<Defect> defects;
  if (validator.validate(schema, adapter, &results)) return defects;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) defects.push_back({parse_context(error.context), error.description});
  return defects;
}

std::string read_all(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(fmt::format("{}: cannot be opened", file.string()));
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

json::value to_json(toml::node const& node);

std::string to_text(toml::node const& node) {
  std::ostringstream out;
  node.visit([&](auto const& held) {
    if constexpr (toml::is_value<decltype(held)>) out << held.get();
  });
  return out.str();
}

json::value to_json(toml::table const& table) {
  json::object out;
  for (auto const& [key, held] : table) out[std::string(key.str())] = to_json(held);
  return out;
}

json::value to_json(toml::array const& array) {
  json::array out;
  for (auto const& held : array) out.push_back(to_json(held));
  return out;
}

json::value to_json(toml::node const& node) {
  if (auto const* table = node.as_table()) return to_json(*table);
  if (auto const* array = node.as_array()) return to_json(*array);
  if (auto const* text = node.as_string()) return json::value(json::string(text->get()));
  if (auto const* number = node.as_integer()) return json::value(number->get());
  if (auto const* number = node.as_floating_point()) return json::value(number->get());
  if (auto const* truth = node.as_boolean()) return json::value(truth->get());
  return json::value(json::string(to_text(node)));  // dates and times
}

/// The line of the deepest node of `path` that exists, 0 when unknown.
unsigned line_of(toml::table const& root, std::vector<Step> const& path) {
  toml::node const* node = &root;
  for (auto const& step : path) {
    toml::node const* next = nullptr;
    if (auto const* key = std::get_if<std::string>(&step)) {
      if (auto const* table = node->as_table()) next = table->get(*key);
    } else if (auto const* array = node->as_array()) {
      next = array->get(std::get<std::size_t>(step));
    }
    if (next == nullptr) break;
    node = next;
  }
  return node->source().begin.line;
}

[[noreturn]] void throw_defects(std::string_view name, std::vector<Defect> const& defects, toml::table const* source) {
  std::string text = fmt::format("{} does not fit its schema:", name);
  std::size_t told = 0;
  for (auto const& defect : defects) {
    if (++told > 6) break;
    unsigned const line = source == nullptr ? 0 : line_of(*source, defect.path);
    text += fmt::format("\n  {}{}: {}", line == 0 ? "" : fmt::format("line {}, ", line), render_path(defect.path), defect.text);
  }
  throw std::runtime_error(text);
}

json::value parse_json(std::filesystem::path const& file) {
  std::string const text = read_all(file);
  json::stream_parser parser;
  json::error_code error;
  std::size_t const used = parser.write_some(text, error);
  if (!error) parser.finish(error);
  if (!error && text.find_first_not_of(" \t\r\n", used) != std::string::npos) error = json::error::extra_data;
  if (error) {
    auto const line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(used), '\n');
    throw std::runtime_error(fmt::format("{}, line {}: not JSON: {}", file.string(), line, error.message()));
  }
  return parser.release();
}

toml::table parse_toml(std::string const& text, std::string const& name) {
  try {
    return toml::parse(text);
  } catch (toml::parse_error const& error) {
    throw std::runtime_error(fmt::format("{}, line {}: not TOML: {}", name, error.source().begin.line, error.description()));
  }
}

json::value read_toml(std::string const& text, std::string const& name, valijson::Schema const& schema) {
  auto const source = parse_toml(text, name);
  auto value = to_json(source);
  auto const defects = list_defects(value, schema);
  if (!defects.empty()) throw_defects(name, defects, &source);
  return value;
}

json::value read_checked(std::filesystem::path const& file, valijson::Schema const* schema) {
  std::optional<toml::table> source;
  json::value value;
  if (file.extension() == ".toml") {
    source = parse_toml(read_all(file), file.string());
    value = to_json(*source);
  } else {
    value = parse_json(file);
  }
  if (schema != nullptr) {
    auto const defects = list_defects(value, *schema);
    if (!defects.empty()) throw_defects(file.string(), defects, source ? &*source : nullptr);
  }
  return value;
}

}  // namespace

json::value read_data_file(std::filesystem::path const& file, std::filesystem::path const& schema) {
  valijson::Schema compiled;
  compile_schema(parse_json(schema), compiled);
  return read_checked(file, &compiled);
}

json::value read_data_file(std::filesystem::path const& file) { return read_checked(file, nullptr); }

void check_against_schema(json::value const& value, json::value const& schema, std::string_view name) {
  valijson::Schema compiled;
  compile_schema(schema, compiled);
  auto const defects = list_defects(value, compiled);
  if (!defects.empty()) throw_defects(name, defects, nullptr);
}

DataFolder read_data_folder(std::filesystem::path const& folder, std::filesystem::path const& schema) {
  valijson::Schema compiled;
  compile_schema(parse_json(schema), compiled);
  DataFolder files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    auto const& path = entry.path();
    if (path.extension() == ".toml") files.emplace(path, read_toml(read_all(path), path.string(), compiled));
  }
  return files;
}

json::value read_data_text(std::string const& text, std::string const& name, std::filesystem::path const& schema) {
  valijson::Schema compiled;
  compile_schema(parse_json(schema), compiled);
  return read_toml(text, name, compiled);
}

}  // namespace rcms
