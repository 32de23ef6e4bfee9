#include "norms/forms/form.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::forms {

namespace {

using Shapes = std::map<std::string, std::vector<Field>>;

constexpr std::array<std::string_view, 14> type_names = {"text", "text_block", "date", "partial_date", "instant", "code", "codes",
                                                         "texts", "file", "files", "whole", "flag", "record", "records"};
constexpr std::array<std::string_view, 4> share_names = {"yes", "agreement", "consent", "never"};

template <class Enum, std::size_t Size>
Enum parse_name(std::array<std::string_view, Size> const& names, std::string const& text) {
  auto const found = std::find(names.begin(), names.end(), text);
  return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

Field read_field(boost::json::value const& item, Shapes const& shapes, std::string const& place) {
  Field field;
  field.code = text_at(item, "code");
  field.type = parse_name<Type>(type_names, text_at(item, "type"));
  field.latin = flag_at(item, "latin");
  field.codes = text_at(item, "codes");
  field.shape = text_at(item, "shape");
  field.required = flag_at(item, "required");
  field.required_when = texts_at(item, "required_when");
  field.shown_when = texts_at(item, "shown_when");
  field.expected = flag_at(item, "expected");
  field.system = flag_at(item, "system");
  field.extra = flag_at(item, "extra");
  field.restricted = flag_at(item, "restricted");
  field.scan = flag_at(item, "scan");
  field.past = flag_at(item, "past");
  field.not_before = text_at(item, "not_before");
  field.help = flag_at(item, "help");
  field.max_length = static_cast<std::size_t>(whole_at(item, "max_length", 200));
  field.max_items = static_cast<std::size_t>(whole_at(item, "max_items", 20));
  field.share = parse_name<Share>(share_names, text_at(item, "share", "yes"));
  field.source = text_at(item, "source");
  bool const grouped = field.type == Type::record || field.type == Type::records;
  if (grouped) {
    auto const shape = shapes.find(field.shape);
    if (shape == shapes.end())
      throw std::runtime_error(fmt::format("{}.{}: unknown shape \"{}\"", place, field.code, field.shape));
    field.parts = shape->second;
  }
  return field;
}

void check_fields(std::vector<Field> const& fields, Codes const& codes, std::string const& place) {
  std::set<std::string> seen;
  for (auto const& field : fields) {
    if (!seen.insert(field.code).second) throw std::runtime_error(fmt::format("{}.{} stands there twice", place, field.code));
    bool const coded = field.type == Type::code || field.type == Type::codes;
    if (coded && codes.count(field.codes) == 0) {
      throw std::runtime_error(fmt::format("{}.{}: unknown list of codes \"{}\"", place, field.code, field.codes));
    }
  }
}

/// Splits "B_family.children[2].dob" into its names, without the numbers.
std::vector<std::string> names_of_path(std::string_view path) {
  auto names = split(path, '.');
  for (auto& name : names) name = name.substr(0, name.find('['));
  return names;
}

Field const* find_in(std::vector<Field> const& fields, std::string_view name) {
  for (auto const& field : fields) {
    if (field.code == name || (field.latin && name == field.code + "_original")) return &field;
  }
  return nullptr;
}

}  // namespace

std::string_view name_of(Type type) { return type_names[static_cast<std::size_t>(type)]; }
std::string_view name_of(Share share) { return share_names[static_cast<std::size_t>(share)]; }

Codes load_codes(std::filesystem::path const& data) {
  Codes codes;
  for (auto const& entry : std::filesystem::directory_iterator(data / "codes/lists")) {
    if (entry.path().extension() != ".toml") continue;
    auto const file = read_data_file(entry.path(), data / "schema/codes.schema.json");
    auto const list = text_at(file, "list");
    if (list != entry.path().stem().string())
      throw std::runtime_error(entry.path().string() + ": the list has another name than its file");
    codes[list] = texts_at(file, "codes");
  }
  return codes;
}

Form load_form(std::filesystem::path const& data, std::string_view code, Codes const& codes) {
  auto const name = fmt::format("{}.toml", code);
  auto const file = read_data_file(data / "forms" / name, data / "schema/form.schema.json");
  Form form;
  form.code = text_at(file, "form");
  form.version = static_cast<int>(whole_at(file, "version", 1));
  Shapes shapes;
  for (auto const& item : list_at(file, "shape")) {
    auto const shape = text_at(item, "code");
    std::vector<Field> parts;
    for (auto const& part : list_at(item, "field")) parts.push_back(read_field(part, shapes, name + ": " + shape));
    check_fields(parts, codes, name + ": " + shape);
    shapes[shape] = std::move(parts);
  }
  for (auto const& item : list_at(file, "section")) {
    Section section;
    section.code = text_at(item, "code");
    section.shown_when = texts_at(item, "shown_when");
    for (auto const& field : list_at(item, "field"))
      section.fields.push_back(read_field(field, shapes, name + ": " + section.code));
    check_fields(section.fields, codes, name + ": " + section.code);
    form.sections.push_back(std::move(section));
  }
  return form;
}

bool has_code(Codes const& codes, std::string_view list, std::string_view code) {
  auto const found = codes.find(list);
  return found != codes.end() && std::find(found->second.begin(), found->second.end(), code) != found->second.end();
}

bool is_shown(std::vector<std::string> const& any_of, Conditions const& conditions) {
  if (any_of.empty()) return true;
  auto const holds = [&](std::string_view condition) {
    bool const negated = condition.front() == '!';
    return (conditions.count(negated ? condition.substr(1) : condition) != 0) != negated;
  };
  return std::any_of(any_of.begin(), any_of.end(), [&](std::string const& all_of) {
    std::string_view rest = all_of;
    for (auto cut = rest.find('&'); cut != std::string_view::npos; cut = rest.find('&')) {
      if (!holds(rest.substr(0, cut))) return false;
      rest.remove_prefix(cut + 1);
    }
    return holds(rest);
  });
}

bool is_required(Field const& field, Conditions const& conditions) {
  return field.required || (!field.required_when.empty() && is_shown(field.required_when, conditions));
}

Field const* find_field(Form const& form, std::string_view path) {
  auto const names = names_of_path(path);
  for (auto const& section : form.sections) {
    if (section.code != names.front() || names.size() < 2) continue;
    auto const* field = find_in(section.fields, names[1]);
    return field != nullptr && names.size() > 2 ? find_in(field->parts, names[2]) : field;
  }
  return nullptr;
}

std::string label_key(Form const& form, std::string_view path) {
  auto const names = names_of_path(path);
  auto const* field = find_field(form, path);
  if (field == nullptr) return "";
  if (names.size() < 3) return "forms." + names[0] + "." + field->code;
  auto const* group = find_field(form, names[0] + "." + names[1]);
  return "forms.part." + group->shape + "." + field->code;
}

}  // namespace rcms::forms
