#include "norms/forms/content.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/ids.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "norms/forms/content_of_file.hpp"

namespace rcms::forms {

namespace json = boost::json;

namespace {

constexpr std::size_t most_findings = 200;

bool is_empty(json::value const& value) {
  if (value.is_null()) return true;
  if (auto const* text = value.if_string()) return text->empty();
  if (auto const* list = value.if_array()) return list->empty();
  if (auto const* object = value.if_object()) return object->empty();
  return false;
}

std::string tidy_block(std::string_view text) {
  std::vector<std::string> lines;
  for (auto const& line : split(text, '\n')) lines.push_back(tidy_text(line));
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  auto const first = std::find_if(lines.begin(), lines.end(), [](auto const& line) { return !line.empty(); });
  return join({first, lines.end()}, "\n");
}

Field const* find_named(std::vector<Field> const& fields, std::string_view name, bool& original) {
  for (auto const& field : fields) {
    original = field.latin && name == field.code + "_original";
    if (original || field.code == name) return &field;
  }
  return nullptr;
}

json::object normalise_fields(std::vector<Field> const& fields, json::object const& given);

json::value normalise_value(Field const& field, json::value const& value) {
  if (auto const* text = value.if_string()) {
    return json::value(json::string(field.type == Type::text_block ? tidy_block(*text) : tidy_text(*text)));
  }
  if (auto const* list = value.if_array()) {
    json::array out;
    for (auto const& item : *list) {
      auto tidy = normalise_value(field, item);
      if (!is_empty(tidy)) out.push_back(std::move(tidy));
    }
    return out;
  }
  if (auto const* object = value.if_object(); object != nullptr && !field.parts.empty())
    return normalise_fields(field.parts, *object);
  return value;
}

json::object normalise_fields(std::vector<Field> const& fields, json::object const& given) {
  json::object out;
  for (auto const& [key, value] : given) {
    bool original = false;
    auto const* field = find_named(fields, key, original);
    auto tidy = field == nullptr ? value : normalise_value(*field, value);
    if (!is_empty(tidy)) out[key] = std::move(tidy);
  }
  return out;
}

/// Walks content along the form and collects what is wrong with it.
class Checker {
 public:
  Checker(Codes const& codes, Conditions const& conditions, Demand demand, std::optional<Date> today)
      : codes_(codes), conditions_(conditions), demand_(demand), today_(today) {}

  void check_fields(std::vector<Field> const& fields, json::object const& given, std::string const& place) {
    for (auto const& [key, value] : given) {
      bool original = false;
      auto const* field = find_named(fields, key, original);
      if (field == nullptr || !is_shown(field->shown_when, conditions_)) {
        add(Why::field_unknown, place + "." + cut(key, 60), "is not part of the form; remove it");
      }
    }
    for (auto const& field : fields) {
      if (!is_shown(field.shown_when, conditions_)) continue;
      auto const path = place + "." + field.code;
      auto const* value = given.if_contains(field.code);
      if (value != nullptr && !is_empty(*value)) {
        check_value(field, *value, path);
        check_order(field, *value, given, path);
      } else if (demand_ == Demand::complete && is_required(field, conditions_)) {
        add(Why::field_missing, path, "is required; fill it in", field.source);
      }
      if (!field.latin) continue;
      if (auto const* text = given.if_contains(field.code + "_original")) check_text(field, *text, path + "_original", false);
    }
  }

  void add(Why why, std::string path, std::string const& what, std::string source = {}) {
    if (findings.size() >= most_findings) return;
    findings.push_back({why, std::move(path), what, std::move(source)});
  }

  Findings findings;

 private:
  void check_text(Field const& field, json::value const& value, std::string const& path, bool latin) {
    auto const* held = value.if_string();
    if (held == nullptr) return add(Why::field_invalid, path, "must be text");
    std::string_view const text(held->data(), held->size());
    if (length_of(text) > field.max_length) {
      add(Why::field_too_long, path, fmt::format("is longer than {} characters; shorten it", field.max_length));
    } else if (has_control_characters(text)) {
      add(Why::malformed, path, "holds control characters; type it again");
    } else if (latin && !is_latin(text)) {
      add(Why::field_invalid, path,
          fmt::format("must be in Latin letters; put the original script into {}_original", field.code));
    }
  }

  void check_list(Field const& field, json::value const& value, std::string const& path) {
    auto const* list = value.if_array();
    if (list == nullptr) return add(Why::field_invalid, path, "must be a list");
    if (list->size() > field.max_items)
      return add(Why::field_too_long, path, fmt::format("has more than {} entries", field.max_items));
    for (std::size_t i = 0; i < list->size(); ++i) check_item(field, (*list)[i], fmt::format("{}[{}]", path, i));
    if (field.type != Type::codes) return;
    for (std::size_t i = 1; i < list->size(); ++i) {
      if (std::find(list->begin(), list->begin() + static_cast<std::ptrdiff_t>(i), (*list)[i]) !=
          list->begin() + static_cast<std::ptrdiff_t>(i)) {
        add(Why::field_invalid, fmt::format("{}[{}]", path, i), "stands there twice");
      }
    }
  }

  void check_item(Field const& field, json::value const& value, std::string const& path) {
    if (field.type == Type::records || field.type == Type::record) {
      auto const* object = value.if_object();
      if (object == nullptr) return add(Why::field_invalid, path, "must be a group of fields");
      return check_fields(field.parts, *object, path);
    }
    if (field.type == Type::texts) return check_text(field, value, path, false);
    auto const* held = value.if_string();
    std::string_view const text = held == nullptr ? std::string_view() : std::string_view(held->data(), held->size());
    if (field.type == Type::file || field.type == Type::files) {
      if (!is_uuid(text)) add(Why::field_invalid, path, "must be the id of an attached file");
    } else if (!has_code(codes_, field.codes, text)) {
      add(Why::field_invalid, path, fmt::format("must be one of the list {}", field.codes));
    }
  }

  void check_date(Field const& field, json::value const& value, std::string const& path) {
    auto const* held = value.if_string();
    std::string_view const text = held == nullptr ? std::string_view() : std::string_view(held->data(), held->size());
    auto const partial = PartialDate::parse(text);
    bool const right = partial && (field.type == Type::partial_date || partial->is_complete());
    if (!right) {
      add(Why::field_invalid, path,
          field.type == Type::date ? "is not a day that exists; write yyyy-mm-dd"
                                   : "is not a date that exists; write yyyy-mm-dd, yyyy-mm or yyyy");
    } else if (field.past && today_ && partial->first() > *today_) {
      add(Why::field_invalid, path, "lies in the future");
    } else if (partial->year < 1800 || partial->year > 2200) {
      add(Why::field_invalid, path, "has a year outside 1800 to 2200");
    }
  }

  void check_order(Field const& field, json::value const& value, json::object const& given, std::string const& path) {
    auto const* other = field.not_before.empty() ? nullptr : given.if_contains(field.not_before);
    if (other == nullptr || !other->is_string() || !value.is_string()) return;
    auto const later = PartialDate::parse(value.get_string());
    auto const earlier = PartialDate::parse(other->get_string());
    if (later && earlier && later->last() < earlier->first())
      add(Why::field_invalid, path, fmt::format("lies before {}", field.not_before));
  }

  void check_value(Field const& field, json::value const& value, std::string const& path) {
    switch (field.type) {
      case Type::text: case Type::text_block: return check_text(field, value, path, field.latin);
      case Type::date: case Type::partial_date: return check_date(field, value, path);
      case Type::instant:
        if (!value.is_string() || !Instant::parse(value.get_string()))
          add(Why::field_invalid, path, "is not a time; write yyyy-mm-ddThh:mm:ssZ");
        return;
      case Type::whole:
        if (!value.is_int64() && !value.is_uint64()) add(Why::field_invalid, path, "must be a whole number");
        return;
      case Type::flag:
        if (!value.is_bool()) add(Why::field_invalid, path, "must be true or false");
        return;
      case Type::codes: case Type::texts: case Type::files: case Type::records: return check_list(field, value, path);
      case Type::code: case Type::file: case Type::record: return check_item(field, value, path);
    }
  }

  Codes const& codes_;
  Conditions const& conditions_;
  Demand demand_;
  std::optional<Date> today_;
};

/// Calls `each(field, value, path)` for every field of a section and, inside groups, for every part that is there.
template <class Each>
void walk_fields(std::vector<Field> const& fields, json::value const& given, std::string const& place, Each each) {
  for (auto const& field : fields) {
    auto const path = place + "." + field.code;
    auto const* value = find_member(given, field.code);
    if (value == nullptr) continue;
    each(field, *value, path);
    if (field.type == Type::record) walk_fields(field.parts, *value, path, each);
    if (field.type != Type::records || !value->is_array()) continue;
    std::size_t number = 0;
    for (auto const& item : value->get_array()) walk_fields(field.parts, item, fmt::format("{}[{}]", path, number++), each);
  }
}

template <class Each>
void walk_form(Form const& form, json::value const& content, Each each) {
  for (auto const& section : form.sections) {
    if (auto const* given = find_member(content, section.code)) walk_fields(section.fields, *given, section.code, each);
  }
}

Section const* find_section(Form const& form, std::string_view code) {
  for (auto const& section : form.sections) {
    if (section.code == code) return &section;
  }
  return nullptr;
}

json::value const* find_section(json::object const& content, std::string_view section) {
  auto const* found = content.if_contains(section);
  return found == nullptr || found->is_null() ? nullptr : found;
}

bool has_flag(json::object const& content, std::string_view flag) {
  auto const* header = find_section(content, "header");
  if (header == nullptr) return false;
  auto const flags = texts_at(*header, "procedure_flags");
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

}  // namespace

json::value normalise_content(Form const& form, json::value const& content) {
  auto const* sections = content.if_object();
  if (sections == nullptr) return content;
  json::object out;
  for (auto const& [key, value] : *sections) {
    auto const* section = find_section(form, key);
    if (section == nullptr || !value.is_object()) {
      if (!is_empty(value)) out[key] = value;
      continue;
    }
    auto fields = normalise_fields(section->fields, value.get_object());
    if (!fields.empty()) out[key] = std::move(fields);
  }
  return out;
}

Findings check_content(Form const& form, Codes const& codes, json::value const& content, Conditions const& conditions,
                       Demand demand, std::optional<Date> today) {
  Checker checker(codes, conditions, demand, today);
  auto const* sections = content.if_object();
  if (sections == nullptr) return {{Why::field_invalid, "", "the content must be an object of sections", ""}};
  for (auto const& [key, value] : *sections) {
    auto const* section = find_section(form, key);
    bool const known = section != nullptr && is_shown(section->shown_when, conditions);
    if (!known) checker.add(Why::field_unknown, cut(key, 60), "is not part of the form; remove it");
    else if (!value.is_object()) checker.add(Why::field_invalid, section->code, "must be a group of fields");
  }
  json::object const nothing;
  for (auto const& section : form.sections) {
    if (!is_shown(section.shown_when, conditions)) continue;
    auto const* given = sections->if_contains(section.code);
    checker.check_fields(section.fields, given != nullptr && given->is_object() ? given->get_object() : nothing, section.code);
  }
  return std::move(checker.findings);
}

std::vector<std::string> list_expected_absent(Form const& form, json::value const& content, Conditions const& conditions) {
  std::vector<std::string> absent;
  for (auto const& section : form.sections) {
    if (!is_shown(section.shown_when, conditions)) continue;
    auto const* given = find_member(content, section.code);
    for (auto const& field : section.fields) {
      bool const wanted = is_shown(field.shown_when, conditions) && (field.expected || is_required(field, conditions));
      auto const* value = given == nullptr ? nullptr : find_member(*given, field.code);
      if (wanted && (value == nullptr || is_empty(*value))) absent.push_back(section.code + "." + field.code);
    }
  }
  return absent;
}

Conditions derive_conditions(json::value const& content, std::string_view requested_state, Date today) {
  static json::object const nothing;
  return derive_conditions(content.is_object() ? content.get_object() : nothing, requested_state, today);
}

Conditions derive_conditions(json::object const& content, std::string_view requested_state, Date today) {
  Conditions conditions;
  auto const nationality = text_in(content, "A_person.nationality");
  if (!nationality.empty()) conditions.insert(nationality == requested_state ? "own_national" : "third_country_national");
  if (nationality == "XXA") conditions.insert("stateless");
  auto const born = PartialDate::parse(text_in(content, "A_person.dob"));
  if (born && born->last().plus_months(18 * 12) > today) conditions.insert("child");
  auto const* family = find_section(content, "B_family");
  if (family != nullptr && (find_member(*family, "spouse") != nullptr || !list_at(*family, "children").empty()))
    conditions.insert("family");
  if (!text_in(content, "C_special.state_of_health").empty() || !text_in(content, "C_special.assistance_needed").empty()) {
    conditions.insert("health_data");
  }
  conditions.merge(ticked_conditions(content));
  return conditions;
}

Conditions ticked_conditions(json::object const& content) {
  Conditions conditions;
  if (has_flag(content, "interview")) conditions.insert("interview_requested");
  for (auto const* flag : {"accelerated", "transit"}) {
    if (has_flag(content, flag)) conditions.insert(flag);
  }
  return conditions;
}

std::string text_in(json::value const& content, std::string_view path) {
  return content.is_object() ? text_in(content.get_object(), path) : "";
}

std::string text_in(json::object const& content, std::string_view path) {
  auto const* object = &content;
  json::value const* value = nullptr;
  for (bool more = true; more;) {
    auto const dot = path.find('.');
    value = object == nullptr ? nullptr : find_section(*object, path.substr(0, dot));
    if (value == nullptr) return "";
    object = value->if_object();
    more = dot != std::string_view::npos;
    if (more) path.remove_prefix(dot + 1);
  }
  return value->is_string() ? std::string(value->get_string()) : "";
}

std::vector<FileUse> list_files(Form const& form, json::value const& content) {
  std::vector<FileUse> files;
  walk_form(form, content, [&](Field const& field, json::value const& value, std::string const& path) {
    if (field.type == Type::file && value.is_string()) files.push_back({path, std::string(value.get_string())});
    if (field.type != Type::files || !value.is_array()) return;
    for (auto const& item : value.get_array()) {
      if (item.is_string()) files.push_back({path, std::string(item.get_string())});
    }
  });
  return files;
}

std::set<std::string, std::less<>> free_text_fields(Form const& form) {
  std::set<std::string, std::less<>> fields;
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) {
      if (field.scan) fields.insert(section.code + "." + field.code);
    }
  }
  return fields;
}

}  // namespace rcms::forms
