#include "capabilities/case_files/save_statement.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

namespace rcms::case_files {

namespace {

struct KeptStatement {
  std::string text;
  db::Sql sql;
};

std::string update_text(std::vector<ColumnValue> const& columns) {
  std::string text = "UPDATE case_files SET ";
  int number = 4;  // after party, case_id and the revision that is replaced
  for (auto const& one : columns) text += fmt::format("{}{} = ${}", number == 4 ? "" : ", ", one.column, number), ++number;
  return text + " WHERE party = $1 AND case_id = $2 AND revision = $3";
}

/// One for each set of columns; they live as long as the process, as the statements that are prepared from them do.
db::Sql const& keep_statement(unsigned changed, std::vector<ColumnValue> const& columns) {
  static std::mutex mutex;
  static std::map<unsigned, std::unique_ptr<KeptStatement>> kept;
  std::lock_guard const lock(mutex);
  auto& one = kept[changed];
  if (!one) {
    one = std::make_unique<KeptStatement>();
    one->text = update_text(columns);
    one->sql = {"case_files.save", one->text};
  }
  return one->sql;
}

}  // namespace

SaveStatement make_save_statement(CaseFile const& before, std::vector<ColumnValue> columns) {
  unsigned changed = 0;
  unsigned bit = 1;
  std::vector<ColumnValue> named;
  named.reserve(columns.size());
  for (auto& one : columns) {
    if (one.in_index) {
      if (one.changed) changed |= bit;
      bit <<= 1U;
    }
    if (one.changed || !one.in_index) named.push_back(std::move(one));
  }
  SaveStatement statement{&keep_statement(changed, named), {before.party.value, before.id.value, before.revision}};
  for (auto& one : named) statement.values.push_back(std::move(one.value));
  return statement;
}

}  // namespace rcms::case_files
