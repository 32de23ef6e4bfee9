// Means of evidence: how strong a document is follows from agreement, type, dates and form, never from a flag set by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

/// Ordered: a later one is stronger. `evidence`: the list names it without saying how strong it is.
enum class Effect { none, initiates, evidence, prima_facie, proof };
std::string_view name_of(Effect effect);                    ///< code of the list evidence_effect

struct Document {
  std::string type;  ///< code of the list evidence_type
  std::string form;  ///< "original", "authenticated_copy" or "copy"; empty counts as copy
  std::optional<Date> issued_on;
  std::optional<Date> expires_on;
  bool found_false = false;  ///< a document check has found it not genuine
};

struct DocumentStrength {
  std::size_t index = 0;  ///< in the list given
  Effect effect = Effect::none;
  std::string reason;     ///< label "evidence.reason.<reason>": valid, expired_within_grace, expired, copy, … false, not_listed
  std::string source;     ///< "UTO-XAR 2019 Annex 1"
  std::string confidence = "P";  ///< of the line of the list
  std::string together_with;     ///< what must be shown with it, in words; empty: nothing
};

struct EvidenceResult {
  std::vector<DocumentStrength> documents;
  Effect result = Effect::none;  ///< the strongest
  bool enough = false;
  int prima_facie_missing = 0;   ///< so many more prima facie documents would be enough; 0 when that way is not open
  std::vector<std::string> proof_types;        ///< one original of these would be enough
  std::vector<std::string> prima_facie_types;  ///< these count as prima facie
  std::string source;
};

/// What a list of documents shows for `purpose` ("nationality", "third_country") on a day. A document that was found false counts
/// for nothing. The grace after expiry counts from the day of expiry to `on`. `facts`: a list may name documents of one State, or
/// for one procedure only.
EvidenceResult assess_evidence(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents,
                               Date on, CaseFacts const& facts = {});

/// The documents of an application's content, in its order: D_evidence.nationality_evidence or E_tcn.tcn_evidence.
std::vector<Document> list_documents(boost::json::value const& content, std::string_view purpose);

enum class ItemState { present, weak, missing };
std::string_view name_of(ItemState state);

struct ChecklistItem {
  std::string code;    ///< label "agreements.checklist.<code>"
  ItemState state = ItemState::missing;
  bool must = true;
  std::vector<std::string> paths;  ///< fields that are missing or weak
  std::string enough;  ///< label "evidence.enough.<enough>": fill_in, exact_date, one_proof, more_prima_facie, attach …; empty
                       ///< when present
  std::vector<std::string> options;  ///< document types that would be enough
  std::string source;
};

struct Checklist {
  std::vector<ChecklistItem> items;
  EvidenceResult nationality;
  EvidenceResult third_country;
  bool is_complete = false;  ///< no `must` item is missing; weak ones are for the officer to judge
};

/// What is there, what is missing and what would be enough. `conditions` as of forms::derive_conditions. Documents found false
/// are given by their index in the lists of the content.
struct FoundFalse {
  std::vector<std::size_t> nationality;
  std::vector<std::size_t> third_country;
};
Checklist check_completeness(Agreement const& agreement, boost::json::value const& content, Conditions const& conditions, Date on,
                             FoundFalse const& found_false = {});

}  // namespace rcms::agreements
