// Rows to content. Source: the form of the application (data/forms/application.toml); no norm says how spreadsheets look.
#include "capabilities/casework/import_rules.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace {

namespace json = boost::json;
using forms::Type;

constexpr std::size_t most_findings = 5'000;
constexpr std::size_t shown_value = 80;
constexpr std::size_t most_cell_bytes = 20'000;

/// Name and index of one step of a path: "children[2]" → children, 2.
struct Step {
  std::string name;
  int index = -1;
};

std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> steps;
  for (auto const& part : split(path, '.')) {
    auto const open = part.find('[');
    Step step{part.substr(0, open), -1};
    if (open != std::string::npos) std::from_chars(part.data() + open + 1, part.data() + part.size(), step.index);
    steps.push_back(std::move(step));
  }
  return steps;
}

/// Puts a value at a path and makes the groups on the way.
void put(json::object& content, std::string_view path, json::value value) {
  auto const steps = steps_of(path);
  json::object* place = &content;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    auto& next = (*place)[steps[i].name];
    if (steps[i].index < 0) {
      if (!next.is_object()) next = json::object();
      place = &next.as_object();
      continue;
    }
    if (!next.is_array()) next = json::array();
    auto& list = next.as_array();
    while (list.size() <= static_cast<std::size_t>(steps[i].index)) list.emplace_back(json::object());
    place = &list[static_cast<std::size_t>(steps[i].index)].as_object();
  }
  (*place)[steps.back().name] = std::move(value);
}

std::string text_of(json::value const& content, std::string_view path) { return forms::text_in(content, path); }

/// Several values in one cell.
std::vector<std::string> list_in(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  for (char c : std::string(text) + ";") {
    if (c != ';' && c != '|' && c != '\n') {
      item += c;
      continue;
    }
    if (auto tidy = tidy_text(item); !tidy.empty()) items.push_back(std::move(tidy));
    item.clear();
  }
  return items;
}

tl::expected<json::value, ImportProblem> as_value(Parsed const& parsed) {
  if (!parsed) return tl::unexpected(parsed.error());
  return json::value(json::string(*parsed));
}

ImportProblem problem_of(Refused const& finding, forms::Field const* field) {
  switch (finding.why) {
    case Why::malformed: return ImportProblem::control_characters;
    case Why::field_too_long: return ImportProblem::too_long;
    default: break;
  }
  if (field == nullptr) return ImportProblem::invalid;
  if (field->type == Type::date || field->type == Type::partial_date) return ImportProblem::date_not_plausible;
  return field->latin ? ImportProblem::not_latin : ImportProblem::invalid;
}

}  // namespace

namespace {

/// One row on its way to content.
class RowReader {
 public:
  RowReader(forms::Form const& form, forms::Codes const& codes, ImportWords const& words, ImportProfile const& profile,
            ImportRow& out)
      : form_(form), codes_(codes), words_(words), profile_(profile), out_(out) {}

  void read(sheets::Row const& row) {
    row_ = &row;
    for (std::size_t column = 0; column < row.cells.size() && column < profile_.mapping.size(); ++column) {
      auto const& cell = row.cells[column];
      if (cell.kind != sheets::CellKind::empty && !profile_.mapping[column].empty()) read_cell(static_cast<int>(column), cell);
    }
    for (auto const& [path, constant] : profile_.constants) {
      sheets::Cell cell;
      cell.kind = sheets::CellKind::text;
      cell.text = constant;
      if (text_of(out_.content, path).empty() && !has_finding_at(path)) read_field(-1, cell, path);
    }
  }

  void add(int column, std::string path, ImportProblem problem) {
    std::string value;
    if (column >= 0 && static_cast<std::size_t>(column) < row_->cells.size())
      value = cut(row_->cells[static_cast<std::size_t>(column)].text, shown_value);
    out_.findings.push_back({out_.line, column, std::move(path), problem, std::move(value)});
  }

  /// The column for a path; -1 when none.
  int column_for(std::string_view path) const {
    for (std::size_t i = 0; i < profile_.mapping.size(); ++i) {
      if (profile_.mapping[i] == path) return static_cast<int>(i);
    }
    bool const name = path == "A_person.surname" || path == "A_person.given_names";
    return name && path != full_name_target ? column_for_full_name() : -1;
  }

  bool has_finding_at(std::string_view path) const {
    return std::any_of(out_.findings.begin(), out_.findings.end(), [&](auto const& finding) { return finding.path == path; });
  }

 private:
  int column_for_full_name() const {
    auto const found = std::find(profile_.mapping.begin(), profile_.mapping.end(), full_name_target);
    return found == profile_.mapping.end() ? -1 : static_cast<int>(found - profile_.mapping.begin());
  }

  void read_cell(int column, sheets::Cell const& cell) {
    auto const& path = profile_.mapping[static_cast<std::size_t>(column)];
    if (cell.kind == sheets::CellKind::error) return add(column, path, ImportProblem::cell_error);
    if (path == full_name_target) return read_full_name(column, cell);
    read_field(column, cell, path);
  }

  /// "SURNAME, Given names".
  void read_full_name(int column, sheets::Cell const& cell) {
    auto const comma = cell.text.find(',');
    auto const surname = tidy_text(cell.text.substr(0, comma));
    if (surname.empty()) return;
    if (comma == std::string::npos) return add(column, "A_person.surname", ImportProblem::name_not_divided);
    put(out_.content, "A_person.surname", json::value(json::string(surname)));
    put(out_.content, "A_person.given_names", json::value(json::string(tidy_text(cell.text.substr(comma + 1)))));
  }

  void read_field(int column, sheets::Cell const& cell, std::string const& path) {
    auto const* field = forms::find_field(form_, path);
    if (field == nullptr || tidy_text(cell.text).empty()) return;
    if (has_control_characters(cell.text)) return add(column, path, ImportProblem::control_characters);
    if (cell.text.size() > most_cell_bytes) return add(column, path, ImportProblem::too_long);
    bool const original = field->latin && path.size() > 9 && path.substr(path.size() - 9) == "_original";
    auto value =
        original ? tl::expected<json::value, ImportProblem>(json::value(json::string(cell.text))) : value_of(*field, cell);
    if (!value) return add(column, path, value.error());
    put(out_.content, path, std::move(*value));
  }

  tl::expected<json::value, ImportProblem> value_of(forms::Field const& field, sheets::Cell const& cell) const {
    switch (field.type) {
      case Type::text:
      case Type::text_block: return json::value(json::string(cell.text));
      case Type::texts: {
        json::array items;
        for (auto const& item : list_in(cell.text)) items.emplace_back(json::string(item));
        return json::value(std::move(items));
      }
      case Type::date:
      case Type::partial_date: return date_of(field, cell);
      case Type::instant: return as_value(parse_instant_cell(cell));
      case Type::code: return as_value(parse_code(spelled_out(field, cell.text), field.codes, codes_, words_));
      case Type::codes: return codes_of(field, cell);
      case Type::flag: return flag_of(cell);
      case Type::whole: return whole_of(cell);
      case Type::file:
      case Type::files:
      case Type::record:
      case Type::records: break;
    }
    return tl::unexpected(ImportProblem::not_importable);
  }

  std::string_view spelled_out(forms::Field const& field, std::string_view text) const {
    return profile_.m_is_woman && field.codes == "sex" && import_key(text) == import_key("m") ? "mujer" : text;
  }

  tl::expected<json::value, ImportProblem> date_of(forms::Field const& field, sheets::Cell const& cell) const {
    auto const parsed = parse_date_cell(cell, profile_.day_order, words_);
    if (parsed && field.type == Type::date && parsed->size() < 10) return tl::unexpected(ImportProblem::incomplete_date);
    return as_value(parsed);
  }

  tl::expected<json::value, ImportProblem> codes_of(forms::Field const& field, sheets::Cell const& cell) const {
    json::array items;
    auto text = cell.text;
    std::replace(text.begin(), text.end(), ',', ';');
    for (auto const& item : list_in(text)) {
      auto const code = parse_code(item, field.codes, codes_, words_);
      if (!code) return tl::unexpected(code.error());
      items.emplace_back(json::string(*code));
    }
    return json::value(std::move(items));
  }

  tl::expected<json::value, ImportProblem> flag_of(sheets::Cell const& cell) const {
    if (cell.kind == sheets::CellKind::truth) return json::value(cell.number == 1);
    auto const key = import_key(cell.text);
    if (words_.yes.count(key) != 0) return json::value(true);
    if (words_.no.count(key) != 0) return json::value(false);
    return tl::unexpected(ImportProblem::not_yes_or_no);
  }

  static tl::expected<json::value, ImportProblem> whole_of(sheets::Cell const& cell) {
    auto const text = tidy_text(cell.text);
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return tl::unexpected(ImportProblem::invalid);
    return json::value(number);
  }

  forms::Form const& form_;
  forms::Codes const& codes_;
  ImportWords const& words_;
  ImportProfile const& profile_;
  ImportRow& out_;
  sheets::Row const* row_ = nullptr;
};

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

}  // namespace

ImportCheck::ImportCheck(forms::Form const& form, forms::Codes const& codes, ImportWords const& words,
                         ImportProfile const& profile, std::string requested, Date today, Lookup lookup)
    : form_(form),
      codes_(codes),
      words_(words),
      profile_(profile),
      requested_(std::move(requested)),
      today_(today),
      lookup_(std::move(lookup)) {}

ImportRow ImportCheck::read_row(sheets::Row const& row) const {
  ImportRow out;
  out.line = row.line;
  RowReader reader(form_, codes_, words_, profile_, out);
  reader.read(row);
  auto const normalised = forms::normalise_content(form_, out.content);
  out.content = normalised.as_object();
  // A line of totals below the table has a number where the name stands.
  if (!has_letter(text_of(out.content, "A_person.surname")) && !has_letter(text_of(out.content, "A_person.given_names")) &&
      !reader.has_finding_at("A_person.surname") && !reader.has_finding_at("A_person.given_names")) {
    reader.add(reader.column_for("A_person.surname"), "A_person.surname", ImportProblem::name_missing);
  }
  auto const conditions = forms::derive_conditions(normalised, requested_, today_);
  for (auto const& finding : forms::check_content(form_, codes_, normalised, conditions, forms::Demand::complete, today_)) {
    if (finding.why == Why::field_missing) {
      if (!reader.has_finding_at(finding.field)) out.lacking.push_back(finding.field);
    } else if (finding.why != Why::field_unknown && !reader.has_finding_at(finding.field)) {
      reader.add(reader.column_for(finding.field), finding.field, problem_of(finding, forms::find_field(form_, finding.field)));
    }
  }
  std::stable_sort(out.findings.begin(), out.findings.end(), [](auto const& a, auto const& b) { return a.column < b.column; });
  return out;
}

ImportRow ImportCheck::check_row(sheets::Row const& row) {
  auto out = read_row(row);
  ++report_.rows;
  if (out.is_ready()) ++report_.ready;
  for (auto const& finding : out.findings) {
    if (report_.findings.size() < most_findings) {
      report_.findings.push_back(finding);
    } else {
      report_.is_cut = true;
    }
  }
  for (auto const& path : out.lacking) ++report_.lacking[path];
  find_duplicates(out);
  return out;
}

void ImportCheck::find_duplicates(ImportRow const& row) {
  auto const key = person_key(row.content);
  auto add = [&](std::uint64_t earlier, KnownCase known, Likeness likeness) {
    if (report_.duplicates.size() < most_findings) report_.duplicates.push_back({row.line, earlier, std::move(known), likeness});
  };
  std::uint64_t earlier = 0;
  Likeness likeness = Likeness::same_document;
  for (auto const& document : key.documents) {
    auto const [found, is_new] = lines_by_document_.emplace(document, row.line);
    if (!is_new) earlier = found->second;
  }
  if (!key.name_and_birth.empty()) {
    auto const [found, is_new] = lines_by_name_.emplace(key.name_and_birth, row.line);
    if (!is_new && earlier == 0) {
      earlier = found->second;
      likeness = Likeness::same_name_and_birth;
    }
  }
  if (earlier != 0) add(earlier, {}, likeness);
  if (!lookup_) return;
  for (auto& [known, how] : lookup_(key)) add(0, std::move(known), how);
}

PersonKey person_key(json::value const& content) {
  PersonKey key;
  auto const birth = text_of(content, "A_person.dob");
  auto names = split(search_form(text_of(content, "A_person.surname") + " " + text_of(content, "A_person.given_names")), ' ');
  std::sort(names.begin(), names.end());
  auto const name = tidy_text(join(names, " "));
  if (birth.size() == 10 && !name.empty()) key.name_and_birth = name + "|" + birth;
  auto const* object = content.if_object();
  auto const* section = object == nullptr ? nullptr : object->if_contains("D_evidence");
  auto const* evidence =
      section == nullptr || !section->is_object() ? nullptr : section->as_object().if_contains("nationality_evidence");
  if (evidence == nullptr || !evidence->is_array()) return key;
  for (auto const& document : evidence->as_array()) {
    auto const* number = document.is_object() ? document.as_object().if_contains("number") : nullptr;
    if (number == nullptr || !number->is_string()) continue;
    std::string compact;
    for (char c : search_form(number->as_string())) {
      if (c != ' ') compact += c;
    }
    constexpr std::size_t shortest = 4;  // "1", "s/n" are no numbers of documents
    if (compact.size() >= shortest) key.documents.push_back(std::move(compact));
  }
  return key;
}

std::string_view name_of(Likeness likeness) {
  return likeness == Likeness::same_document ? "same_document" : "same_name_and_birth";
}

}  // namespace rcms::casework
