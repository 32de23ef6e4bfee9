#include "norms/forms/sharing.hpp"

#include <optional>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::forms {

namespace json = boost::json;

namespace {

json::object build_fields(std::vector<Field> const& parts, json::value const& given);

std::optional<json::value> build_text(json::value const& value) {
  if (!value.is_string()) return std::nullopt;
  return json::value(json::string(value.get_string()));
}

/// A value made anew by the type of its field; none when it is of another type.
std::optional<json::value> build_value(Field const& field, json::value const& value) {
  switch (field.type) {
    case Type::text:
    case Type::text_block:
    case Type::date:
    case Type::partial_date:
    case Type::instant:
    case Type::code:
    case Type::file: return build_text(value);
    case Type::whole:
      if (auto const number = value.is_int64() ? std::optional(value.get_int64()) : std::nullopt) return json::value(*number);
      return std::nullopt;
    case Type::flag:
      if (value.is_bool()) return json::value(value.get_bool());
      return std::nullopt;
    case Type::record: {
      auto group = build_fields(field.parts, value);
      if (group.empty()) return std::nullopt;
      return json::value(std::move(group));
    }
    case Type::codes: case Type::texts: case Type::files: case Type::records: {
      if (!value.is_array()) return std::nullopt;
      json::array list;
      for (auto const& item : value.get_array()) {
        if (field.type != Type::records) {
          if (auto text = build_text(item)) list.push_back(std::move(*text));
        } else if (auto group = build_fields(field.parts, item); !group.empty()) {
          list.push_back(std::move(group));
        }
      }
      if (list.empty()) return std::nullopt;
      return json::value(std::move(list));
    }
  }
  return std::nullopt;
}

void build_field(Field const& field, json::value const& given, json::object& out) {
  if (auto const* value = find_member(given, field.code)) {
    if (auto built = build_value(field, *value)) out[field.code] = std::move(*built);
  }
  if (!field.latin) return;
  auto const original = field.code + "_original";
  if (auto const* value = find_member(given, original)) {
    if (auto built = build_text(*value)) out[original] = std::move(*built);
  }
}

/// Parts follow their field; only a part that never leaves is held back.
json::object build_fields(std::vector<Field> const& parts, json::value const& given) {
  json::object out;
  for (auto const& part : parts) {
    if (part.share != Share::never) build_field(part, given, out);
  }
  return out;
}

template <class Leaves>
json::object build_form(Form const& form, Conditions const& conditions, json::value const& content, Leaves leaves) {
  json::object out;
  for (auto const& section : form.sections) {
    auto const* given = find_member(content, section.code);
    if (given == nullptr || !is_shown(section.shown_when, conditions)) continue;
    json::object fields;
    for (auto const& field : section.fields) {
      if (leaves(section, field)) build_field(field, *given, fields);
    }
    if (!fields.empty()) out[section.code] = std::move(fields);
  }
  return out;
}

}  // namespace

bool may_leave(Section const& section, Field const& field, AgreedFields const& agreed, Conditions const& conditions,
               WithheldFields const& withheld) {
  if (withheld.count(section.code + "." + field.code) != 0 && may_be_withheld(field)) return false;
  if (!is_shown(section.shown_when, conditions) || !is_shown(field.shown_when, conditions)) return false;
  switch (field.share) {
    case Share::yes: return true;
    case Share::agreement: return agreed.count(section.code + "." + field.code) != 0;
    case Share::consent: return conditions.count("health_consent") != 0 || conditions.count("vital_interest") != 0;
    case Share::never: return false;
  }
  return false;
}

bool may_be_withheld(Field const& field) { return !field.required && field.required_when.empty() && !field.system; }

json::object pick_shared(Form const& form, AgreedFields const& agreed, Conditions const& conditions, json::value const& content,
                         WithheldFields const& withheld) {
  return build_form(form, conditions, content, [&](Section const& section, Field const& field) {
    return may_leave(section, field, agreed, conditions, withheld);
  });
}

json::object pick_known(Form const& target, Conditions const& conditions, json::value const& content) {
  return build_form(target, conditions, content, [](Section const&, Field const& field) { return field.share != Share::never; });
}

bool is_of_others(Field const& field) {
  // A group that describes a person stands for another one: the person's own data are fields of their section.
  static std::set<std::string, std::less<>> const shapes = {"person", "relative", "escort"};
  static std::set<std::string, std::less<>> const parents = {"father_name", "mother_name"};
  return shapes.count(field.shape) != 0 || parents.count(field.code) != 0;
}

std::vector<SharingLine> list_sharing(Form const& form, AgreedFields const& agreed, Conditions const& conditions,
                                      json::value const& content, WithheldFields const& withheld) {
  std::vector<SharingLine> lines;
  for (auto const& section : form.sections) {
    auto const* given = find_member(content, section.code);
    if (given == nullptr) continue;
    for (auto const& field : section.fields) {
      if (find_member(*given, field.code) == nullptr) continue;
      bool const could_leave = may_leave(section, field, agreed, conditions);
      bool const leaves = may_leave(section, field, agreed, conditions, withheld);
      lines.push_back({section.code + "." + field.code, leaves, field.share, could_leave && !leaves});
    }
  }
  return lines;
}

}  // namespace rcms::forms
