// Copies an SQLite database while it is in use.
#pragma once

#include <string>

namespace rcms::db::sqlite {

/// Makes `to` a copy of `from` as it is at one instant, synced to the disk; `to` must not exist and appears only when it is
/// complete. Commands go on meanwhile and are not in the copy. Throws Fault; then no `to` is left.
void copy_database(std::string const& from, std::string const& to);

}  // namespace rcms::db::sqlite
