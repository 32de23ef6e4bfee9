// The list of those aboard as it is told to a carrier or a border authority: UN/EDIFACT PAXLST. Pure.
// Source: UN/EDIFACT directory D.05B, message PAXLST; the qualifiers of one authority are unverified.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::paxlst {

struct ListedPerson {
  std::string surname;
  std::string given_names;
  std::string sex;          ///< F, M; else unspecified
  std::optional<Date> birth;
  std::string nationality;  ///< three letters
  std::string document_number;
  std::string document_issuer;  ///< three letters
  std::optional<Date> document_until;
  std::string reference;  ///< of the file
  friend bool operator==(ListedPerson const&, ListedPerson const&) = default;
};

struct PassengerList {
  std::string sender;     ///< who tells
  std::string receiver;
  std::string reference;  ///< of the interchange, at most 14 characters
  Instant made_at;        ///< whole minutes
  std::string number;     ///< of the flight or the voyage
  std::string carrier;
  std::string from;       ///< code of the crossing point: UN/LOCODE or three letters
  std::string to;
  Instant departs_at;     ///< whole minutes, UTC
  Instant arrives_at;
  std::vector<ListedPerson> persons;
  friend bool operator==(PassengerList const&, PassengerList const&) = default;
};

/// Letters beyond A to Z are the caller's to transliterate; they are written as they are.
std::string render_paxlst(PassengerList const& list);
/// Refuses: as parse_segments; unsupported_type (not PAXLST); field_missing, field_invalid (a time or a day, a count that is not
/// that of the segments or persons).
Result<PassengerList> parse_paxlst(std::string_view text);

}  // namespace rcms::paxlst
