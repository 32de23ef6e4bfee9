#include "app/mrz_lines.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "app/json_lines.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/mrz/writing.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

constexpr std::size_t most_lines = 8;

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (lines.size() <= most_lines && !text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// "sr-Cyrl" and "SR" are "sr".
std::string language_of(json::object const& question) {
  auto language = text_of(question, "language");
  language.erase(std::min(language.find_first_of("-_"), language.size()));
  std::transform(language.begin(), language.end(), language.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return language;
}

std::vector<std::string> lines_of(json::object const& question) {
  auto const* given = question.if_contains("lines");
  if (given && given->is_string()) return split_lines(given->as_string());
  if (!given || !given->is_array()) throw LineRefused("lines", "name the lines of the zone: {\"lines\":[\"…\",\"…\"]}");
  auto const& list = given->as_array();
  if (list.size() > most_lines) throw LineRefused("lines", "a zone has two or three lines");
  std::vector<std::string> lines;
  for (auto const& line : list) {
    if (!line.is_string()) throw LineRefused("lines", "each line must be a text");
    lines.emplace_back(line.as_string());
  }
  return lines;
}

template <class Names>
json::array names_of(Names const& list) {
  json::array names;
  for (auto const each : list) names.emplace_back(mrz::name_of(each));
  return names;
}

json::object fields_of(mrz::Reading const& reading) {
  auto const& zone = *reading.document;
  json::object fields{{"document_code", zone.document_code},
                      {"issuing_state", zone.issuing_state},
                      {"optional_data_1", zone.optional_data_1}};
  if (zone.format == mrz::Format::td1) fields["optional_data_2"] = zone.optional_data_2;
  fields["document_number"] = zone.document_number;
  fields["nationality"] = zone.nationality;
  fields["date_of_birth"] = zone.date_of_birth;
  fields["sex"] = std::string(1, zone.sex);
  fields["date_of_expiry"] = zone.date_of_expiry;
  fields["primary_identifier"] = zone.primary_identifier;
  fields["secondary_identifier"] = zone.secondary_identifier;
  fields["name_possibly_truncated"] = reading.is_name_possibly_truncated;
  return fields;
}

json::object digits_of(mrz::PrintedDigits const& printed) {
  json::object digits;
  auto const add = [&](char const* name, std::optional<char> digit) {
    if (digit) digits[name] = std::string(1, *digit);
  };
  add("document_number", printed.document_number);
  add("date_of_birth", printed.date_of_birth);
  add("date_of_expiry", printed.date_of_expiry);
  add("composite", printed.composite);
  add("optional_data", printed.optional_data);
  return digits;
}

mrz::TransliterationOptions options_of(json::object const& question, mrz::Transliteration const& tables) {
  mrz::TransliterationOptions options;
  options.language = language_of(question);
  auto const* chosen = question.if_contains("options");
  if (!chosen || chosen->is_null()) return options;
  if (!chosen->is_object()) throw LineRefused("options", "must be an object");
  struct Letter {
    std::string_view name;
    std::string& form;
  };
  std::array<Letter, 5> const letters{Letter{"a_diaeresis", options.latin.a_diaeresis},
                                      {"a_ring", options.latin.a_ring},
                                      {"n_tilde", options.latin.n_tilde},
                                      {"o_diaeresis", options.latin.o_diaeresis},
                                      {"u_diaeresis", options.latin.u_diaeresis}};
  for (auto const& [key, value] : chosen->as_object()) {
    auto const named = [&name = key](auto const& each) { return each.name == name; };
    auto const letter = std::find_if(letters.begin(), letters.end(), named);
    if (letter == letters.end())
      throw LineRefused("options", "knows a_diaeresis, a_ring, n_tilde, o_diaeresis, u_diaeresis, not " + std::string(key));
    letter->form = text_of(chosen->as_object(), key);
  }
  if (auto const checked = tables.check_options(options.latin); !checked)
    throw LineRefused("options." + checked.error().field, checked.error().detail);
  return options;
}

/// "M", "F", "<", or a word; the zone writes no X.
char sex_of(json::object const& input) {
  auto const written = text_of(input, "sex_mrz");
  if (written.empty()) return mrz::mrz_sex(text_of(input, "sex"));
  if (written.size() != 1) throw LineRefused("sex_mrz", "must be M, F or <");
  return written.front();
}

std::string birth_of(json::object const& input) {
  if (input.contains("date_of_birth_mrz")) return text_of(input, "date_of_birth_mrz");
  auto const day = PartialDate::parse(needed_text(input, "date_of_birth"));
  if (!day) throw LineRefused("date_of_birth", "must be yyyy-mm-dd, yyyy-mm or yyyy");
  return mrz::mrz_date(*day);
}

std::string expiry_of(json::object const& input) {
  if (input.contains("date_of_expiry_mrz")) return text_of(input, "date_of_expiry_mrz");
  auto const day = Date::parse(needed_text(input, "date_of_expiry"));
  if (!day) throw LineRefused("date_of_expiry", "must be yyyy-mm-dd");
  return mrz::mrz_date(*day);
}

std::string name_of_part(json::object const& input, std::string const& key, mrz::Transliteration const& tables,
                         mrz::TransliterationOptions const& options) {
  if (input.contains(key + "_mrz")) return text_of(input, key + "_mrz");
  auto const name = text_of(input, key);
  if (name.empty()) return {};
  auto const written = tables.name(name, options);
  if (!written) throw LineRefused(key, written.error().detail);
  return written->name;
}

}  // namespace

json::object check_zone_line(json::object const& question, mrz::StateCodes const& known) {
  auto const lines = lines_of(question);
  std::vector<std::string_view> const views(lines.begin(), lines.end());
  auto const reading = mrz::parse_mrz(std::span<std::string_view const>(views), &known);
  json::object answer{{"valid", reading.is_valid()},
                      {"failed_checks", names_of(reading.failed)},
                      {"warnings", names_of(reading.remarks)}};
  if (!reading.document) return answer;
  answer["format"] = mrz::name_of(reading.document->format);
  answer["fields"] = fields_of(reading);
  answer["check_digits"] = digits_of(reading.printed);
  answer["long_document_number"] = reading.is_long_number;
  return answer;
}

json::object build_zone_line(json::object const& question, mrz::Transliteration const& tables) {
  auto const format = mrz::find_format(needed_text(question, "format"));
  if (!format) throw LineRefused("format", "must be TD1, TD2, TD3, MRVA or MRVB");
  auto const* given = question.if_contains("input");
  if (!given || !given->is_object()) throw LineRefused("input", "must be an object with the fields of the zone");
  auto const& input = given->as_object();
  auto const options = options_of(question, tables);
  mrz::Document zone;
  zone.format = *format;
  zone.document_code = needed_text(input, "document_code");
  zone.issuing_state = needed_text(input, "issuing_state");
  zone.document_number = needed_text(input, "document_number");
  zone.nationality = needed_text(input, "nationality");
  zone.date_of_birth = birth_of(input);
  zone.sex = sex_of(input);
  zone.date_of_expiry = expiry_of(input);
  zone.primary_identifier = name_of_part(input, "primary_identifier", tables, options);
  zone.secondary_identifier = name_of_part(input, "secondary_identifier", tables, options);
  zone.optional_data_1 = text_of(input, "optional_data_1");
  zone.optional_data_2 = text_of(input, "optional_data_2");
  auto const lines = mrz::build_mrz(zone);
  if (!lines) throw LineRefused("input." + lines.error().field, lines.error().detail);
  return {{"lines", json::array(lines->begin(), lines->end())}};
}

json::object transliterate_line(json::object const& question, mrz::Transliteration const& tables) {
  auto const written = tables.name(needed_text(question, "input"), options_of(question, tables));
  if (!written) throw LineRefused("input", written.error().detail);
  json::object answer{{"result", written->name}};
  if (!written->extensions.empty()) answer["extensions"] = json::array(written->extensions.begin(), written->extensions.end());
  return answer;
}

}  // namespace rcms::app
