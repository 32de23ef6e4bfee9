// Templates of fingerprints that a State's registry holds of its citizens: taken from the drop folder, sealed one by one, found
// again for a short list of candidates.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "capabilities/registry/reading.hpp"
#include "engines/fingerprints/template.hpp"
#include "foundation/access/secret_box.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

/// What a table of prints brought.
struct PrintsTaken {
  std::uint64_t taken = 0;
  std::vector<LineDefect> defects;  ///< the first hundred
  std::uint64_t left_out = 0;
};

/// Reads `id of the citizen <TAB> template in URL-safe base64` line by line and seals each in the place of the one before of the
/// same citizen; what is wrong in a line is told and the others are kept. Lines are at most 90,000 letters.
PrintsTaken take_prints(db::Database& database, access::SecretBox const& box, PartyId const& party, std::istream& table,
                        Instant now);
/// Takes `prints.tsv` of the folder when there is one that nobody writes any more, removes it (nothing of it stays unsealed), and
/// writes what was taken and what was wrong beside it as `prints.txt`. Whether there was one.
bool take_dropped_prints(db::Database& database, access::SecretBox const& box, PartyId const& party,
                         std::filesystem::path const& folder, Instant now);

/// Those of these citizens that the registry holds; one that cannot be opened is left out.
std::map<std::string, fingerprints::Template> find_prints(db::Database& database, access::SecretBox const& box,
                                                          PartyId const& party, std::vector<std::string> const& citizens);

/// One line of such a table.
void write_prints_line(std::ostream& out, std::string const& citizen, fingerprints::Template const& prints);

}  // namespace rcms::registry
