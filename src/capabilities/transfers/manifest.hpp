// The list of those aboard: who stands in it and in which order, and what each reader sees of it. A copy is built column by
// column from its whitelist (data/transfers/manifest.toml), never a filtered whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/transfers/actions.hpp"

namespace rcms::transfers {

struct ManifestCopy {
  std::string code;
  std::vector<std::string> permissions;  ///< one of them is enough
  std::vector<std::string> columns;
  bool has_staff = false;

  bool is_for(access::Viewer const& viewer) const;
};
/// Reads `data`/transfers/manifest.toml. Throws std::runtime_error that names the file at fault.
std::vector<ManifestCopy> load_manifest_copies(std::filesystem::path const& data);
/// Null when there is none of that code.
ManifestCopy const* find_copy(std::vector<ManifestCopy> const& copies, std::string_view code);

/// One line. Days are yyyy-mm-dd, what is not known is empty.
struct ListedTraveller {
  CaseId case_id;
  int number = 0;      ///< from 1
  std::string family;  ///< "A", "B"; empty: travels alone
  std::string surname;
  std::string given_names;
  std::string sex;
  std::string birth_date;   ///< may be known in part
  std::string nationality;  ///< three letters
  std::string document_number;
  std::string document_issuer;  ///< three letters
  std::string document_until;
  std::string reference;
  std::string language;
  bool is_child = false;
  bool needs_medical_seat = false;
  bool needs_escort = false;  ///< a child without an adult of the family
};

struct Manifest {
  Transport transport;
  std::vector<CrossingPoint> points;
  std::vector<ListedTraveller> persons;  ///< families one after another, adults before children
  Instant made_at;

  /// Sixteen digits that two sides can compare: of everything that stands in the list, the hour of the making left out.
  std::string fingerprint() const;
};
/// Of those who are aboard now.
Manifest make_manifest(Context const& context, Transport const& transport);
/// Families together by the name of their first, adults before children, then by name; numbers and letters follow.
void set_in_order(std::vector<ListedTraveller>& persons, std::vector<std::string> const& families);

/// What stands in a cell, in words of the language: codes of sex and State as they are, days as yyyy-mm-dd.
std::string cell_of(ListedTraveller const& person, std::string_view column, Labels const& labels, std::string_view language);
/// "transfers.column.<column>" in the language.
std::string title_of(std::string_view column, Labels const& labels, std::string_view language);

struct ManifestTotal {
  std::string code;  ///< persons, women, men, others (when there are any), children, families, medical_seats
  std::int64_t count = 0;
};
std::vector<ManifestTotal> count_totals(Manifest const& manifest);

}  // namespace rcms::transfers
