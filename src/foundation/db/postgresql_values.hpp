// Values on their way to PostgreSQL and back.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "foundation/db/database.hpp"

struct pg_result;

namespace rcms::db::postgresql {

/// The parameters of one statement in the form that libpq takes. Whole numbers, numbers and bytes go with their type, in
/// binary; text and null without, so that the column decides. The values must outlive it.
class Parameters {
 public:
  explicit Parameters(Values const& values);
  int count() const { return static_cast<int>(types_.size()); }
  unsigned const* types() const { return types_.data(); }
  char const* const* pointers() const { return pointers_.data(); }
  int const* lengths() const { return lengths_.data(); }
  int const* formats() const { return formats_.data(); }
  /// One letter for each type: statements are prepared once for each.
  std::string const& signature() const { return signature_; }

 private:
  std::vector<unsigned> types_;
  std::vector<char const*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::array<char, 8>> numbers_;  ///< in network order
  std::string signature_;
};

/// A field of a result in text form, by the type of its column. Boolean becomes 0 or 1, as SQLite has it.
Value value_of(pg_result const* result, int row, int column);

}  // namespace rcms::db::postgresql
