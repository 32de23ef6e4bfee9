// Identifiers: UUID version 7 as 36 characters, a distinct C++ type for each noun so that they cannot be exchanged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "foundation/base/date.hpp"

namespace rcms {

/// A new UUIDv7 for `now`; increases within this process.
std::string make_uuid(Instant now);
/// Lower-case canonical form with hyphens, any version.
bool is_uuid(std::string_view text);

/// `using CaseId = Id<struct CaseTag>;`. Empty only when default made.
template <class Tag>
struct Id {
  std::string value;

  static Id make(Instant now) { return Id{make_uuid(now)}; }
  static std::optional<Id> parse(std::string_view text) {
    if (!is_uuid(text)) return std::nullopt;
    return Id{std::string(text)};
  }
  bool empty() const { return value.empty(); }
  friend auto operator<=>(Id const&, Id const&) = default;
};

using PartyId = Id<struct PartyTag>;                ///< a State
using OrganisationId = Id<struct OrganisationTag>;  ///< an authority, consulate, centre or body of a State
using UserId = Id<struct UserTag>;
using CaseId = Id<struct CaseTag>;  ///< shared by the files of both States
using FileId = Id<struct FileTag>;  ///< an attachment
using EnvelopeId = Id<struct EnvelopeTag>;

}  // namespace rcms
