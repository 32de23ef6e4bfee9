// Reading of XLSX workbooks, streaming, with limits on everything: the file comes from somebody we do not know.
//
// Source: ECMA-376 part 1 (SpreadsheetML) 18.3 worksheets, 18.4 shared strings, 18.8 styles; part 2 (packages). Element and
// attribute names are taken without namespace, so that the transitional and the strict form read alike.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "foundation/sheets/archive.hpp"
#include "foundation/sheets/sheet.hpp"
#include "foundation/sheets/xlsx_cells.hpp"
#include "foundation/sheets/xml.hpp"

namespace rcms::sheets {

namespace {

constexpr std::size_t most_shared_strings = 2'000'000;
constexpr std::size_t most_styles = 100'000;

/// Whole number of an attribute; `otherwise` when it is none.
std::int64_t whole(std::optional<std::string_view> text, std::int64_t otherwise) {
  std::int64_t value = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

bool is_on(std::optional<std::string_view> text) { return text && (*text == "1" || *text == "true" || *text == "on"); }

/// Reads a part through XML handlers. A part that is missing is a defect.
std::optional<Defect> read_part(Archive& archive, std::string const& name, XmlReader& reader) {
  auto problem = archive.read(name, [&](std::string_view chunk) { return reader.feed(chunk); });
  if (problem) return problem;
  if (!reader.is_stopped()) reader.finish();
  if (!reader.problem().empty()) return Defect{Problem::damaged, 0, 0, fmt::format("{}: {}", name, reader.problem())};
  return std::nullopt;
}

/// "xl/worksheets/../styles.xml" and "/xl/styles.xml" → "xl/styles.xml".
std::string resolve(std::string_view folder, std::string_view target) {
  std::string path = !target.empty() && target[0] == '/' ? std::string(target.substr(1)) : fmt::format("{}{}", folder, target);
  for (auto up = path.find("/../"); up != std::string::npos; up = path.find("/../")) {
    auto const before = up == 0 ? std::string::npos : path.rfind('/', up - 1);
    path.erase(before == std::string::npos ? 0 : before + 1, before == std::string::npos ? up + 4 : up + 4 - before - 1);
  }
  return path;
}

struct Relation {
  std::string type;  ///< last word of the relationship type
  std::string target;
};

/// Relations of a part by id.
std::optional<Defect> read_relations(Archive& archive, std::string const& name, std::string_view folder,
                                     std::map<std::string, Relation>& relations) {
  XmlReader reader({[&](std::string_view element, Attributes const& attributes) {
                      if (element != "Relationship" || attributes.find("TargetMode") == "External") return;
                      auto const type = attributes.find("Type").value_or("");
                      relations[std::string(attributes.find("Id").value_or(""))] = {
                          std::string(type.substr(type.rfind('/') + 1)), resolve(folder, attributes.find("Target").value_or(""))};
                    },
                    {}, {}});
  return read_part(archive, name, reader);
}

struct SheetEntry {
  std::string name;
  std::string relation;
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetEntry> sheets;
  DateSystem dates = DateSystem::from_1900;
  std::map<std::string, Relation> relations;
  std::vector<NumberMeaning> styles;        ///< by index of the cell format
  std::vector<std::string> shared_strings;  ///< longer than the limit of a cell: cut one byte above it
};

std::optional<Defect> read_workbook(Archive& archive, Workbook& book) {
  std::map<std::string, Relation> root;
  if (!archive.has("_rels/.rels")) return Defect{Problem::not_a_table, 0, 0, "archive"};
  if (auto problem = read_relations(archive, "_rels/.rels", "", root)) return problem;
  std::string part;
  for (auto const& [id, relation] : root) {
    if (relation.type == "officeDocument") part = relation.target;
  }
  if (part.empty() || !archive.has(part)) return Defect{Problem::not_a_table, 0, 0, "archive"};
  bool is_workbook = false;
  XmlReader reader({[&](std::string_view element, Attributes const& attributes) {
                      if (element == "workbook") is_workbook = true;
                      if (element == "workbookPr" && is_on(attributes.find("date1904"))) book.dates = DateSystem::from_1904;
                      if (element != "sheet") return;
                      auto const state = attributes.find("state").value_or("visible");
                      book.sheets.push_back({std::string(attributes.find("name").value_or("")),
                                             std::string(attributes.find("id").value_or("")), state != "visible"});
                    },
                    {}, {}});
  if (auto problem = read_part(archive, part, reader)) return problem;
  if (!is_workbook) return Defect{Problem::not_a_table, 0, 0, "document or presentation"};
  auto const slash = part.rfind('/');
  auto const folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
  auto const relations = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  return read_relations(archive, relations, folder, book.relations);
}

std::optional<Defect> read_styles(Archive& archive, std::string const& name, Workbook& book) {
  std::map<int, NumberMeaning> own_formats;
  bool in_cell_formats = false;
  XmlReader reader({[&](std::string_view element, Attributes const& attributes) {
                      if (element == "numFmt") {
                        own_formats[static_cast<int>(whole(attributes.find("numFmtId"), -1))] =
                            meaning_of_code(attributes.find("formatCode").value_or(""));
                      } else if (element == "cellXfs") {
                        in_cell_formats = true;
                      } else if (element == "xf" && in_cell_formats && book.styles.size() < most_styles) {
                        auto const id = static_cast<int>(whole(attributes.find("numFmtId"), 0));
                        auto const own = own_formats.find(id);
                        book.styles.push_back(own != own_formats.end() ? own->second : meaning_of_builtin(id));
                      }
                    },
                    [&](std::string_view element) {
                      if (element == "cellXfs") in_cell_formats = false;
                    },
                    {}});
  return read_part(archive, name, reader);
}

std::optional<Defect> read_shared_strings(Archive& archive, std::string const& name, std::size_t longest, Workbook& book) {
  bool in_text = false;
  int phonetic = 0;
  std::string current;
  bool too_many = false;
  XmlReader* self = nullptr;
  XmlReader reader({[&](std::string_view element, Attributes const&) {
                      if (element == "si") current.clear();
                      if (element == "rPh") ++phonetic;
                      if (element == "t") in_text = phonetic == 0;
                    },
                    [&](std::string_view element) {
                      if (element == "t") in_text = false;
                      if (element == "rPh") --phonetic;
                      if (element != "si") return;
                      book.shared_strings.push_back(current);
                      too_many = book.shared_strings.size() >= most_shared_strings;
                      if (too_many) self->stop();
                    },
                    [&](std::string_view text) {
                      if (in_text && current.size() <= longest) current += text.substr(0, longest + 1 - current.size());
                    }});
  self = &reader;
  if (auto problem = read_part(archive, name, reader)) return problem;
  if (too_many) return Defect{Problem::suspicious_archive, 0, 0, fmt::format("more than {} texts", most_shared_strings)};
  return std::nullopt;
}

/// `_x000D_` in a workbook is the character with that code. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
std::string without_escapes(std::string text) {
  for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (at + 7 > text.size() || text[at + 6] != '_') continue;
    unsigned code = 0;
    auto const [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
    if (error != std::errc() || end != text.data() + at + 6 || code > 0x7F || code == 0) continue;
    text.replace(at, 7, 1, static_cast<char>(code));
  }
  return text;
}

/// Handlers of one worksheet part: builds rows cell by cell and gives them to the callback.
class SheetReader {
 public:
  SheetReader(Workbook const& book, Limits const& limits, EachRow const& each_row, Report& report)
      : book_(book), limits_(limits), each_row_(each_row), report_(report),
        reader_({[this](std::string_view name, Attributes const& attributes) { on_start(name, attributes); },
                 [this](std::string_view name) { on_end(name); }, [this](std::string_view text) { on_text(text); }}) {}

  XmlReader& reader() { return reader_; }

 private:
  void on_start(std::string_view name, Attributes const& attributes) {
    if (name == "row") {
      row_ = Row{};
      last_line_ = static_cast<std::uint64_t>(
          std::max<std::int64_t>(whole(attributes.find("r"), static_cast<std::int64_t>(last_line_) + 1), 1));
      row_.line = last_line_;
      row_problem_.reset();
      column_ = 0;
      in_row_ = true;
    } else if (name == "c" && in_row_) {
      column_ = column_of(attributes.find("r").value_or("")).value_or(column_);
      style_ = static_cast<std::size_t>(std::max<std::int64_t>(whole(attributes.find("s"), 0), 0));
      type_ = attributes.find("t").value_or("n");
      value_.clear();
      formula_ = has_value_ = false;
      in_cell_ = true;
    } else if (in_cell_) {
      if (name == "f") formula_ = true;
      if (name == "rPh") ++phonetic_;
      collecting_ = name == "v" || (name == "t" && phonetic_ == 0);
      has_value_ = has_value_ || collecting_;
    }
  }

  void on_text(std::string_view text) {
    if (collecting_ && value_.size() <= limits_.cell_bytes) value_ += text.substr(0, limits_.cell_bytes + 1 - value_.size());
  }

  void on_end(std::string_view name) {
    if (name == "c" && in_cell_) {
      end_cell();
      in_cell_ = false;
      ++column_;
    } else if (name == "row" && in_row_) {
      in_row_ = false;
      end_row();
    } else if (name == "rPh") {
      --phonetic_;
    }
    collecting_ = false;
  }

  void warn(Problem problem, std::string detail) {
    add_defect(report_, limits_, Defect{problem, row_.line, column_ + 1, std::move(detail)});
  }

  void end_cell() {
    if (!has_value_ && !formula_) return;
    if (column_ >= limits_.columns) {
      if (!row_problem_) row_problem_ = Defect{Problem::too_many_columns, row_.line, 0, fmt::format("{}", limits_.columns)};
      return;
    }
    auto cell = make_cell();
    if (cell.text.size() > limits_.cell_bytes) {
      if (!row_problem_)
        row_problem_ = Defect{Problem::cell_too_long, row_.line, column_ + 1, fmt::format("{}", limits_.cell_bytes)};
      return;
    }
    if (formula_) {
      cell.formula = true;
      warn(has_value_ ? Problem::formula : Problem::formula_without_value, cell.text.substr(0, 40));
    }
    if (cell.kind == CellKind::error) warn(Problem::cell_error, cell.text);
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(cell);
  }

  Cell make_cell() {
    Cell cell;
    if (type_ == "s") {
      auto const index = whole(std::string_view(value_), -1);
      if (index < 0 || static_cast<std::size_t>(index) >= book_.shared_strings.size()) {
        cell.kind = CellKind::error;
        cell.text = "#REF!";
        return cell;
      }
      cell.text = without_escapes(book_.shared_strings[static_cast<std::size_t>(index)]);
    } else if (type_ == "inlineStr" || type_ == "str") {
      cell.text = without_escapes(value_);
    } else if (type_ == "b") {
      cell.kind = CellKind::truth;
      cell.number = value_ == "1" || value_ == "true" ? 1 : 0;
      cell.text = cell.number == 1 ? "TRUE" : "FALSE";
      return cell;
    } else if (type_ == "e") {
      cell.kind = CellKind::error;
      cell.text = value_;
      return cell;
    } else if (type_ == "d") {
      cell.day = Date::parse(std::string_view(value_).substr(0, 10));
      cell.text = value_;
      if (cell.day && value_.size() > 10) cell.text[10] = ' ';
      if (cell.day && cell.text.size() >= 19) cell.text.resize(cell.text.compare(10, 9, " 00:00:00") == 0 ? 10 : 19);
      if (cell.day) {
        cell.kind = CellKind::day;
        return cell;
      }
    } else {
      return number_cell();
    }
    cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
    return cell;
  }

  Cell number_cell() {
    Cell cell;
    if (value_.empty()) return cell;
    double number = 0;
    auto const [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
    if (error != std::errc() || end != value_.data() + value_.size() || !std::isfinite(number)) {
      cell.kind = CellKind::error;
      cell.text = value_;
      return cell;
    }
    auto const meaning = style_ < book_.styles.size() ? book_.styles[style_] : NumberMeaning::number;
    return cell_of_serial(number, meaning, book_.dates);
  }

  void end_row() {
    if (row_problem_) return add_defect(report_, limits_, *row_problem_);
    bool const blank =
        std::all_of(row_.cells.begin(), row_.cells.end(), [](Cell const& cell) { return cell.kind == CellKind::empty; });
    if (blank) return;
    if (report_.rows == limits_.rows) {
      report_.stopped = Defect{Problem::too_many_rows, row_.line, 0, fmt::format("{}", limits_.rows)};
      return reader_.stop();
    }
    ++report_.rows;
    if (!each_row_(row_)) {
      report_.stopped = Defect{Problem::stopped_by_reader, row_.line, 0, {}};
      reader_.stop();
    }
  }

  Workbook const& book_;
  Limits const& limits_;
  EachRow const& each_row_;
  Report& report_;
  XmlReader reader_;
  Row row_;
  std::optional<Defect> row_problem_;
  std::uint64_t last_line_ = 0;
  std::uint32_t column_ = 0;
  std::size_t style_ = 0;
  std::string type_;
  std::string value_;
  int phonetic_ = 0;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool collecting_ = false;
  bool has_value_ = false;
  bool formula_ = false;
};

/// Chooses the sheet and reads what its cells refer to. The part of the sheet, or the defect.
tl::expected<std::string, Defect> prepare(Archive& archive, ReadOptions const& options, Workbook& book, Report& report) {
  if (archive.has("mimetype") && archive.has("content.xml")) return tl::unexpected(Defect{Problem::open_document, 0, 0, {}});
  if (auto problem = read_workbook(archive, book)) return tl::unexpected(*problem);
  SheetEntry const* chosen = nullptr;
  for (auto const& sheet : book.sheets) {
    report.sheets.push_back(sheet.name);
    bool const fits = options.sheet.empty() ? !sheet.hidden : sheet.name == options.sheet;
    if (fits && chosen == nullptr) chosen = &sheet;
  }
  if (chosen == nullptr) return tl::unexpected(Defect{Problem::sheet_not_found, 0, 0, options.sheet});
  report.sheet = chosen->name;
  for (auto const& [id, relation] : book.relations) {
    if (relation.type == "styles") {
      if (auto problem = read_styles(archive, relation.target, book)) return tl::unexpected(*problem);
    } else if (relation.type == "sharedStrings") {
      auto problem = read_shared_strings(archive, relation.target, options.limits.cell_bytes, book);
      if (problem) return tl::unexpected(*problem);
    } else if (relation.type == "vbaProject") {
      add_defect(report, options.limits, Defect{Problem::macros_ignored, 0, 0, {}});
    }
  }
  auto const part = book.relations.find(chosen->relation);
  if (part == book.relations.end()) return tl::unexpected(Defect{Problem::damaged, 0, 0, "a sheet is missing"});
  return part->second.target;
}

}  // namespace

Report read_xlsx(std::string_view content, ReadOptions const& options, EachRow const& each_row) {
  Report report;
  report.format = Format::xlsx;
  auto archive = Archive::open(content, options.limits);
  if (!archive) {
    report.stopped = archive.error();
    return report;
  }
  Workbook book;
  auto const part = prepare(*archive, options, book, report);
  if (!part) {
    report.stopped = part.error();
    return report;
  }
  SheetReader sheet(book, options.limits, each_row, report);
  auto const problem = read_part(*archive, *part, sheet.reader());
  if (problem && !report.stopped) report.stopped = problem;
  if (report.rows == 0 && report.bad_rows == 0 && !report.stopped) report.stopped = Defect{Problem::empty_file, 0, 0, {}};
  return report;
}

}  // namespace rcms::sheets
