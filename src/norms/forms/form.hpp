// Forms as data (data/forms/*.toml) and lists of codes (data/codes/lists/*.toml): what they are, how they are loaded.
// Checking stands in content.hpp, what may leave in sharing.hpp, words for people in presentation.hpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::forms {

/// What is known of the case besides the content: "third_country_national", "child", "release", "refused", "health_consent" …
using Conditions = std::set<std::string, std::less<>>;

enum class Type {
  text,          ///< one line
  text_block,    ///< several lines
  date,          ///< "yyyy-mm-dd"
  partial_date,  ///< "yyyy", "yyyy-mm" or "yyyy-mm-dd"
  instant,       ///< "yyyy-mm-ddThh:mm:ssZ"
  code,          ///< one of a list
  codes,         ///< several of a list
  texts,         ///< several lines of text
  file,          ///< id of an attachment
  files,
  whole,
  flag,
  record,        ///< a group of fields
  records,       ///< several groups
};
std::string_view name_of(Type type);

/// Who of the other State may receive a field.
enum class Share {
  yes,
  agreement,  ///< only when the whitelist of the agreement names "section.field"
  consent,    ///< only with the condition "health_consent" or "vital_interest"
  never,
};
std::string_view name_of(Share share);

struct Field {
  std::string code;
  Type type = Type::text;
  bool latin = false;         ///< Latin letters; `<code>_original` may stand beside it in any script
  std::string codes;          ///< list of a code or codes
  std::string shape;          ///< name of the group, for labels "forms.part.<shape>.<code>"
  std::vector<Field> parts;   ///< fields of a record or of each of records
  bool required = false;
  std::vector<std::string> required_when;
  std::vector<std::string> shown_when;
  bool expected = false;      ///< its absence is told, not refused
  bool system = false;        ///< filled at release, not by a person
  bool extra = false;         ///< not among the fields of the common form
  bool restricted = false;    ///< shown only to those who need it
  bool scan = false;          ///< free text: searched for words that must not leave
  bool past = false;          ///< not in the future
  std::string not_before;     ///< not before that field of the same group
  bool help = false;          ///< there is a label "forms.help.<section>.<code>"
  std::size_t max_length = 200;  ///< code points
  std::size_t max_items = 20;
  Share share = Share::yes;
  std::string source;
};

struct Section {
  std::string code;  ///< "A_person"; label "forms.<code>", fields "forms.<code>.<field>"
  std::vector<std::string> shown_when;
  std::vector<Field> fields;
};

struct Form {
  std::string code;
  int version = 1;
  std::vector<Section> sections;
};

/// Lists of codes by name: codes.at("sex") = {"F", "M", "X"}. Labels "codes.<list>.<code>".
using Codes = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Reads every file of `data`/codes/lists. Throws std::runtime_error.
Codes load_codes(std::filesystem::path const& data);
/// Reads `data`/forms/<code>.toml. Throws std::runtime_error when a field names an unknown shape or list, or stands there twice.
Form load_form(std::filesystem::path const& data, std::string_view code, Codes const& codes);

bool has_code(Codes const& codes, std::string_view list, std::string_view code);
/// True when `any_of` is empty or one of its conditions holds; "!x" holds when x does not.
bool is_shown(std::vector<std::string> const& any_of, Conditions const& conditions);
bool is_required(Field const& field, Conditions const& conditions);

/// The field at a path of the content: "A_person.surname", "B_family.children[2].dob", also "A_person.surname_original".
/// nullptr when there is none.
Field const* find_field(Form const& form, std::string_view path);
/// The label key of the field at `path`; empty when there is none.
std::string label_key(Form const& form, std::string_view path);

}  // namespace rcms::forms
