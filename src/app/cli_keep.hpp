// `rcms backup` and `rcms restore`.
#pragma once

#include <string>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct KeepOptions {
  Place place;
  std::string file;
  std::string passphrase_file;  ///< with it the keys go into, or come out of, the archive
};

/// The node may go on working meanwhile.
int make_backup(KeepOptions const& options);
int restore_backup(KeepOptions const& options);

}  // namespace rcms::app
