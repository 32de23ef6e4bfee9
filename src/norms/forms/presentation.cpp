#include "norms/forms/presentation.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::forms {

namespace json = boost::json;

namespace {

/// Everything that presenting needs, so that it need not be passed one by one.
struct Speaker {
  Labels const& labels;
  std::string_view language;

  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return labels.text(language, key, arguments);
  }

  std::string day(std::string const& text) const {
    auto const date = Date::parse(text);
    return date ? labels.date(language, *date) : text;
  }

  std::string value(Field const& field, json::value const& held) const {
    if (held.is_bool()) return say(held.get_bool() ? "forms.yes" : "forms.no");
    if (held.is_int64()) return std::to_string(held.get_int64());
    if (held.is_object()) return group(field, held);
    if (!held.is_string()) return "";
    std::string const text(held.get_string());
    if (field.type == Type::code || field.type == Type::codes) return say("codes." + field.codes + "." + text);
    if (field.type == Type::date || field.type == Type::partial_date) return day(text);
    if (field.type == Type::instant && text.size() >= 16) return day(text.substr(0, 10)) + ", " + text.substr(11, 5) + " UTC";
    return text;
  }

  std::string group(Field const& field, json::value const& held) const {
    std::vector<std::string> parts;
    for (auto const& part : field.parts) {
      auto const label = say("forms.part." + field.shape + "." + part.code);
      if (auto const* value_of_part = find_member(held, part.code)) {
        bool const is_file = part.type == Type::file;
        parts.push_back(label + ": " + (is_file ? say("forms.attached") : value(part, *value_of_part)));
      }
      auto const original = text_at(held, part.code + "_original");
      if (!original.empty()) parts.push_back(say("forms.original", {{"field", label}}) + ": " + original);
    }
    return join(parts, "; ");
  }

  std::vector<std::string> lines(Field const& field, json::value const& held) const {
    if (field.type == Type::text_block && held.is_string()) return split(std::string_view(held.get_string()), '\n');
    if (!held.is_array()) return {value(field, held)};
    std::vector<std::string> all;
    for (auto const& item : held.get_array()) all.push_back(value(field, item));
    return all;
  }
};

void present_field(Speaker const& speaker, Section const& section, Field const& field, json::value const& given,
                   PresentedSection& out) {
  auto const path = section.code + "." + field.code;
  auto const label = speaker.say("forms." + path);
  if (auto const* value = find_member(given, field.code))
    out.fields.push_back({path, label, field.type, speaker.lines(field, *value)});
  auto const original = field.latin ? text_at(given, field.code + "_original") : "";
  if (!original.empty()) {
    out.fields.push_back({path + "_original", speaker.say("forms.original", {{"field", label}}), Type::text, {original}});
  }
}

std::string remedy_key(Field const* field, Refused const& finding) {
  if (finding.why == Why::field_unknown || field == nullptr) return "unknown";
  if (finding.why == Why::field_missing) return "missing";
  if (finding.why == Why::malformed) return "control";
  bool const is_list =
      !field->parts.empty() || field->type == Type::texts || field->type == Type::codes || field->type == Type::files;
  if (finding.why == Why::field_too_long) return is_list && finding.field.back() != ']' ? "too_many" : "too_long";
  if (finding.detail.find("in the future") != std::string::npos) return "future";
  if (finding.detail.find("lies before") != std::string::npos) return "order";
  if (finding.detail.find("Latin letters") != std::string::npos) return "latin";
  if (finding.detail.find("must be a list") != std::string::npos) return "list";
  switch (field->type) {
    case Type::text: case Type::text_block: case Type::texts: return "text";
    case Type::files: case Type::file: return "file";
    case Type::records: case Type::record: return "record";
    default: return std::string(name_of(field->type));
  }
}

json::value describe_field(Field const& field, std::string const& label, std::string const& path, Codes const& codes,
                           Speaker const& speaker);

json::array describe_parts(Field const& field, std::string const& path, Codes const& codes, Speaker const& speaker) {
  json::array parts;
  for (auto const& part : field.parts) {
    auto const label = speaker.say("forms.part." + field.shape + "." + part.code);
    parts.push_back(describe_field(part, label, path + "." + part.code, codes, speaker));
  }
  return parts;
}

void add_flag(json::object& out, char const* name, bool value) {
  if (value) out[name] = true;
}

void add_list(json::object& out, char const* name, std::vector<std::string> const& list) {
  if (!list.empty()) out[name] = json::value_from(list);
}

json::value describe_field(Field const& field, std::string const& label, std::string const& path, Codes const& codes,
                           Speaker const& speaker) {
  json::object out{{"code", field.code}, {"path", path}, {"label", label}, {"type", name_of(field.type)}};
  if (field.help) out["help"] = speaker.say("forms.help." + path);
  add_flag(out, "latin", field.latin);
  if (field.latin) out["original_label"] = speaker.say("forms.original", {{"field", label}});
  add_flag(out, "required", field.required);
  add_list(out, "required_when", field.required_when);
  add_list(out, "shown_when", field.shown_when);
  add_flag(out, "expected", field.expected);
  add_flag(out, "system", field.system);
  add_flag(out, "restricted", field.restricted);
  out["share"] = name_of(field.share);
  out["max_length"] = field.max_length;
  out["max_items"] = field.max_items;
  if (!field.source.empty()) out["source"] = field.source;
  if (!field.codes.empty()) {
    json::array options;
    for (auto const& code : codes.at(field.codes)) {
      options.push_back(json::object{{"code", code}, {"label", speaker.say("codes." + field.codes + "." + code)}});
    }
    out["options"] = std::move(options);
  }
  if (!field.parts.empty()) out["parts"] = describe_parts(field, path, codes, speaker);
  return out;
}

}  // namespace

std::vector<PresentedSection> present_content(Form const& form, Labels const& labels, std::string_view language,
                                              json::value const& content) {
  Speaker const speaker{labels, language};
  std::vector<PresentedSection> presented;
  for (auto const& section : form.sections) {
    auto const* given = find_member(content, section.code);
    if (given == nullptr) continue;
    PresentedSection out{section.code, speaker.say("forms." + section.code), {}};
    for (auto const& field : section.fields) present_field(speaker, section, field, *given, out);
    if (!out.fields.empty()) presented.push_back(std::move(out));
  }
  return presented;
}

std::string field_label(Form const& form, Labels const& labels, std::string_view language, std::string_view path) {
  auto const key = label_key(form, path);
  if (key.empty()) return std::string(path);
  Speaker const speaker{labels, language};
  auto label = speaker.say(key);
  if (path.size() > 9 && path.substr(path.size() - 9) == "_original") label = speaker.say("forms.original", {{"field", label}});
  auto const names = split(path, '.');
  auto const bracket = names[1].find('[');
  if (names.size() < 3 && bracket == std::string::npos) return label;
  auto const group = speaker.say(label_key(form, names[0] + "." + names[1]));
  auto const number = bracket == std::string::npos ? "" : fmt::format(" {}", std::stoul(names[1].substr(bracket + 1)) + 1);
  return names.size() < 3 ? group + number : group + number + ": " + label;
}

std::string render_finding(Form const& form, Labels const& labels, std::string_view language, Refused const& finding) {
  auto const* field = find_field(form, finding.field);
  LabelArguments arguments{{"field", field_label(form, labels, language, finding.field)}};
  auto const key = remedy_key(field, finding);
  if (key == "too_long") arguments["max"] = std::to_string(field->max_length);
  if (key == "too_many") arguments["max"] = std::to_string(field->max_items);
  return labels.text(language, "forms.remedy." + key, arguments);
}

json::value describe_form(Form const& form, Codes const& codes, Labels const& labels, std::string_view language) {
  Speaker const speaker{labels, language};
  json::array sections;
  for (auto const& section : form.sections) {
    json::array fields;
    for (auto const& field : section.fields) {
      auto const path = section.code + "." + field.code;
      fields.push_back(describe_field(field, speaker.say("forms." + path), path, codes, speaker));
    }
    json::object out{{"code", section.code}, {"label", speaker.say("forms." + section.code)}, {"fields", std::move(fields)}};
    add_list(out, "shown_when", section.shown_when);
    sections.push_back(std::move(out));
  }
  return json::object{{"form", form.code},
                      {"version", form.version},
                      {"title", speaker.say("forms.title." + form.code)},
                      {"sections", std::move(sections)}};
}

}  // namespace rcms::forms
