// A travel document as the register keeps it, and what an officer says when issuing one. Plain data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/travel_documents/photo_crop.hpp"
#include "engines/mrz/transliteration.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::travel_documents {

struct TravelDocument {
  PartyId party;
  std::string number;  ///< that of its blank
  CaseId case_id;
  std::string reference;  ///< the State's own reference of the application
  OrganisationId organisation;
  std::string surname;
  std::string given_names;
  std::string name_original;
  std::string birth;        ///< partial date
  std::string sex;          ///< M, F or X
  std::string nationality;  ///< as in the zone
  std::string first_line;
  std::string second_line;
  mrz::LatinOptions latin_options;
  Bytes seal;
  Date issued_on;
  Date expires_on;
  std::string state;  ///< issued, handed_over, used, returned, void or lost; see state_on
  UserId issued_by;
  Instant issued_at;
  UserId voided_by;
  std::optional<Instant> voided_at;
  std::string void_reason;
  FileId pdf;
  std::string holder;             ///< whom the register knows as its holder; empty when its life is over
  std::string not_the_holder_of;  ///< document of the same name and birth that the officer says is another person's
  std::optional<Instant> handed_over_at;
  std::optional<Instant> used_at;
  std::optional<Instant> returned_at;
  std::string layout;    ///< id of the layout in which it was printed; empty: not told
  FaceBox face;          ///< what was printed of the photograph; empty: all of it
  std::string replaces;  ///< number of the document that this one renewed; empty: none
  std::int64_t revision = 1;

  /// Whether the holder could still travel with it but for its last day.
  bool is_live() const { return state == "issued" || state == "handed_over"; }
  /// The state, or expired: a document that ran out is expired without any write.
  std::string state_on(Date today) const { return is_live() && expires_on < today ? "expired" : state; }
  std::string name() const { return given_names.empty() ? surname : surname + ", " + given_names; }
  std::string mrz() const { return first_line + "\n" + second_line; }
};

/// Whether a document that is over counts as used, not as revoked: its journey was made, and it was not declared void or lost.
inline bool ends_as_used(std::string_view state, bool was_used) {
  return was_used && (state == "used" || state == "returned");
}

/// What the officer decides at the counter.
struct IssueInput {
  std::optional<int> valid_days;  ///< needed where the agreement says nothing; never more than it says
  std::string series;             ///< of the blank; empty: any of the office
  std::string blank;              ///< number of the sheet in the officer's hand; empty: the lowest in stock
  std::string destination;        ///< empty: the issuing State
  std::vector<std::string> transit;
  std::string place_of_issue;
  std::string observations;
  std::optional<FaceBox> face;    ///< what is printed of the photograph; none: all of it, a renewal as before
  std::string not_the_holder_of;  ///< number of a valid document of somebody else with the same name and birth
};

}  // namespace rcms::travel_documents
