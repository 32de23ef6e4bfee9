// The statement that saves the row of a file. A column that stands in an index is named only when its value has changed.
#pragma once

#include "capabilities/case_files/case_file.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

/// What one column of the row becomes.
struct ColumnValue {
  std::string_view column;
  db::Value value;
  bool changed = true;
  bool in_index = false;
};

struct SaveStatement {
  db::Sql const* sql = nullptr;
  db::Values values;
};

/// UPDATE of the row (party, case_id) while its revision is that of `before`: every column that is in no index, and those of an
/// index that have changed. The texts are made once for each set of columns and kept. `columns` are the same in each call, in
/// one order; at most 16 of them in an index.
// OPTIMIZATION: SQLite deletes and inserts anew the entries of every index of which a column is named, changed or not; a change
// of state wrote ten indexes where it changes six.
SaveStatement make_save_statement(CaseFile const& before, std::vector<ColumnValue> columns);

}  // namespace rcms::case_files
