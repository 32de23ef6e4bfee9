// References and identifiers that another State sees. They are drawn, not counted: they tell the year in which a file was opened
// and nothing of how many files there are or in which order. Source: docs/decisions/0019-references-are-drawn.md.
#pragma once

#include <string>
#include <string_view>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

/// A reference that the State has not used yet: "XAR-2026-K7MQ-4B62". Six letters and digits at random and two check digits.
std::string take_reference(db::Database& database, PartyId const& party, std::string_view party_code, int year);

/// Whether the check digits fit (ISO 7064, MOD 97-10, as in an IBAN): a wrong digit, a wrong letter and two exchanged neighbours
/// of one kind are found. Also false for what is no drawn reference.
bool has_right_check(std::string_view reference);

/// "K7MQ-4B62": what of it was drawn, with its check digits; empty when it is no drawn reference.
std::string_view drawn_part(std::string_view reference);

/// As Id::make, but of the moment only the year can be told. For identifiers that leave and are made before anything leaves.
std::string make_shared_uuid(Instant now);

}  // namespace rcms::case_files
