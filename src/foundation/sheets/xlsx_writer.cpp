#include "foundation/sheets/xlsx_writer.hpp"

#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "foundation/base/text.hpp"

namespace rcms::sheets {

namespace {

constexpr std::uint32_t most_rows = 1'048'576;
constexpr std::size_t longest_text = 32'767;

struct Formats {
  lxw_format* plain = nullptr;
  lxw_format* day = nullptr;
  lxw_format* instant = nullptr;
};

lxw_datetime datetime_of(Instant instant) {
  std::int64_t const ms_of_day = 86'400'000;
  auto days = instant.ms / ms_of_day;
  auto rest = instant.ms % ms_of_day;
  if (rest < 0) {
    rest += ms_of_day;
    --days;
  }
  auto const day = Date::from_days(static_cast<std::int32_t>(days));
  lxw_datetime value = {};
  value.year = day.year();
  value.month = day.month();
  value.day = day.day();
  value.hour = static_cast<int>(rest / 3'600'000);
  value.min = static_cast<int>(rest / 60'000 % 60);
  value.sec = static_cast<double>(rest % 60'000) / 1000;
  return value;
}

constexpr std::int32_t first_day_1900 = -25567;

}  // namespace

struct XlsxWriter::Content {
  std::filesystem::path path;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* header = nullptr;
  Formats formats[3];
  std::set<std::string> names;
  std::uint32_t next_row = 0;
  std::uint16_t columns = 0;
  bool autofilter = false;
  bool too_many_rows = false;

  void add_formats() {
    header = workbook_add_format(workbook);
    format_set_bold(header);
    format_set_bg_color(header, 0xE6ECF2);
    format_set_bottom(header, LXW_BORDER_THIN);
    format_set_text_wrap(header);
    format_set_align(header, LXW_ALIGN_VERTICAL_TOP);
    for (auto& each : formats) {
      each.plain = workbook_add_format(workbook);
      each.day = workbook_add_format(workbook);
      each.instant = workbook_add_format(workbook);
      format_set_num_format(each.day, "yyyy-mm-dd");
      format_set_num_format(each.instant, "yyyy-mm-dd hh:mm:ss");
      for (auto* format : {each.plain, each.day, each.instant}) {
        if (&each == &formats[static_cast<int>(Emphasis::wrong)]) format_set_bg_color(format, 0xFBE3D6);
        if (&each == &formats[static_cast<int>(Emphasis::total)]) format_set_bold(format);
      }
    }
  }

  void end_sheet() {
    if (sheet != nullptr && autofilter && columns > 0 && next_row > 1) {
      worksheet_autofilter(sheet, 0, 0, next_row - 1, static_cast<lxw_col_t>(columns - 1));
    }
  }

  void write_text(std::uint16_t column, std::string const& text, lxw_format* format) {
    if (text.empty()) {
      worksheet_write_blank(sheet, next_row, column, format);
    } else {
      worksheet_write_string(sheet, next_row, column, (length_of(text) > longest_text ? cut(text, longest_text) : text).c_str(),
                             format);
    }
  }

  void write(std::uint16_t column, OutCell const& cell) {
    auto const& format = formats[static_cast<int>(cell.emphasis)];
    if (auto const* text = std::get_if<std::string>(&cell.value)) {
      write_text(column, *text, format.plain);
    } else if (auto const* whole = std::get_if<std::int64_t>(&cell.value)) {
      worksheet_write_number(sheet, next_row, column, static_cast<double>(*whole), format.plain);
    } else if (auto const* number = std::get_if<double>(&cell.value)) {
      worksheet_write_number(sheet, next_row, column, *number, format.plain);
    } else if (auto const* truth = std::get_if<bool>(&cell.value)) {
      worksheet_write_boolean(sheet, next_row, column, *truth ? 1 : 0, format.plain);
    } else if (auto const* day = std::get_if<Date>(&cell.value)) {
      if (day->days() < first_day_1900) return write_text(column, day->text(), format.plain);
      auto value = datetime_of(Instant{static_cast<std::int64_t>(day->days()) * 86'400'000});
      worksheet_write_datetime(sheet, next_row, column, &value, format.day);
    } else if (auto const* instant = std::get_if<Instant>(&cell.value)) {
      auto value = datetime_of(*instant);
      worksheet_write_datetime(sheet, next_row, column, &value, format.instant);
    } else if (cell.emphasis != Emphasis::none) {
      worksheet_write_blank(sheet, next_row, column, format.plain);
    }
    if (!cell.comment.empty()) {
      lxw_comment_options options = {};
      options.width = 260;
      options.height = 90;
      worksheet_write_comment_opt(sheet, next_row, column, cell.comment.c_str(), &options);
    }
  }
};

XlsxWriter::XlsxWriter(std::filesystem::path path) : content_(std::make_unique<Content>()) {
  content_->path = std::move(path);
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  content_->workbook = workbook_new_opt(content_->path.c_str(), &options);
  if (content_->workbook == nullptr) throw std::bad_alloc();
  content_->add_formats();
}

XlsxWriter::~XlsxWriter() {
  if (content_->workbook == nullptr) return;
  workbook_close(content_->workbook);
  std::error_code ignored;
  std::filesystem::remove(content_->path, ignored);
}

void XlsxWriter::add_sheet(OutSheet const& sheet) {
  content_->end_sheet();
  auto const base = safe_sheet_name(sheet.name);
  auto name = base;
  for (int number = 2; !content_->names.insert(lower_ascii(name)).second; ++number)
    name = fmt::format("{} {}", cut(base, 27), number);
  content_->sheet = workbook_add_worksheet(content_->workbook, name.c_str());
  if (content_->sheet == nullptr) throw std::logic_error("the name of a sheet was refused: " + name);
  content_->columns = static_cast<std::uint16_t>(sheet.columns.size());
  content_->autofilter = sheet.autofilter;
  content_->next_row = 0;
  std::uint16_t column = 0;
  for (auto const& each : sheet.columns) {
    worksheet_set_column(content_->sheet, column, column, each.width, nullptr);
    worksheet_write_string(content_->sheet, 0, column, each.title.c_str(), content_->header);
    ++column;
  }
  worksheet_freeze_panes(content_->sheet, 1, 0);
  worksheet_repeat_rows(content_->sheet, 0, 0);
  content_->next_row = 1;
}

void XlsxWriter::row(std::vector<OutCell> const& cells) {
  if (content_->sheet == nullptr) throw std::logic_error("a row was written before any sheet");
  if (content_->next_row >= most_rows) {
    content_->too_many_rows = true;
    return;
  }
  std::uint16_t column = 0;
  for (auto const& cell : cells) content_->write(column++, cell);
  ++content_->next_row;
}

Result<std::monostate> XlsxWriter::finish() {
  content_->end_sheet();
  auto* workbook = content_->workbook;
  content_->workbook = nullptr;
  auto const error = workbook_close(workbook);
  std::error_code ignored;
  if (error != LXW_NO_ERROR) {
    std::filesystem::remove(content_->path, ignored);
    return refuse(Why::unavailable, "file", lxw_strerror(error));
  }
  if (content_->too_many_rows) {
    std::filesystem::remove(content_->path, ignored);
    return refuse(Why::limit_reached, "file", fmt::format("a sheet holds at most {} rows", most_rows));
  }
  return std::monostate{};
}

std::string safe_sheet_name(std::string_view name) {
  std::string safe;
  for (char c : name)
    safe += std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  safe = tidy_text(safe);
  while (!safe.empty() && safe.front() == '\'') safe.erase(0, 1);
  safe = cut(safe, 31);
  while (!safe.empty() && (safe.back() == '\'' || safe.back() == ' ')) safe.pop_back();
  return safe.empty() ? "Sheet" : safe;
}

}  // namespace rcms::sheets
