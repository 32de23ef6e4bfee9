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
  Effect at_least = Effect::none;    ///< also when what is lacking speaks against it
  std::string reason;  ///< label "evidence.reason.<reason>": valid, original, expired_within_grace, expired, copy, found_false …
  std::string source;     ///< "UTO-XAR 2019 Annex 1"; empty: no line of the list covers it
  std::string confidence = "P";  ///< of the line of the list
  std::string together_with;     ///< what must be shown with it, in words; empty: nothing
  std::string listed;            ///< words of the list, in the language of the source; may be empty
  std::vector<std::string> grounds;  ///< of third_country: what the list says that it shows; empty: it does not say
  std::vector<std::string> lacking;  ///< not given, and its strength depends on it: "form", "issued_on", "expires_on"
  std::optional<Date> until;         ///< the last day on which it counts so; empty: no such day is known
};

/// A document of the list that would change the result.
struct EnoughWay {
  std::string type;
  std::vector<std::string> forms;  ///< any of these
  Effect effect = Effect::none;
  int count = 0;           ///< so many (more) would be enough; 0: the agreement does not say how many
  bool presented = false;  ///< such a document is there, but in a weaker form
  std::string source;
  std::string confidence = "P";
  std::string listed;
  std::string together_with;
  std::vector<std::string> grounds;
  std::optional<Date> issued_from;  ///< only if issued in these days
  std::optional<Date> issued_until;
};

/// What is shown of one ground on which a third-country national may be readmitted.
struct GroundResult {
  std::string ground;  ///< entry, transit, residence, visa
  Effect result = Effect::none;
  bool asked = false;  ///< the application rests on it
};

struct EvidenceResult {
  std::vector<DocumentStrength> documents;
  Effect result = Effect::none;    ///< the strongest
  Effect at_least = Effect::none;  ///< the strongest of what is certain
  bool is_listed = false;  ///< the agreement as it is known has a list for this purpose
  bool enough = false;
  bool surely_enough = false;  ///< also when what is lacking speaks against the documents
  bool is_number_known = false;  ///< the agreement says how many prima facie documents are enough
  int prima_facie_missing = 0;   ///< so many more prima facie documents would be enough; 0 when that way is not open
  std::vector<std::string> proof_types;        ///< one original of these would be enough
  std::vector<std::string> prima_facie_types;  ///< these count as prima facie
  std::vector<EnoughWay> ways;                 ///< to a stronger result, the strongest first
  std::vector<GroundResult> grounds;           ///< of third_country, those that the list names
  std::string source;      ///< clause on how much is enough; empty: none is known
};

/// What a list of documents shows for `purpose` ("nationality", "third_country") on a day. A document that was found false counts
/// for nothing. The grace after expiry counts from the day of expiry to `on`. What the list does not say is not known: an expired
/// document or a copy of which it says nothing counts for nothing and says why. `facts`: a list may name documents of one State,
/// or for one procedure only; the nationality of a third-country national is not what the list of nationality shows. `ground`: of
/// third_country, the one on which the application rests; a document whose line names only others does not count.
EvidenceResult assess_evidence(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents,
                               Date on, CaseFacts const& facts = {}, std::string_view ground = {});

/// Whether what is shown is enough: "yes" (proof), "presumed", "if" (only if what is not given does not speak against it), "no",
/// "not_said" (there is evidence, and the agreement does not say how much is enough).
std::string_view sufficiency_of(EvidenceResult const& result);

/// What the documents come to so far: what is certain where that is enough, else the strongest that is shown.
Effect running_result(EvidenceResult const& result);

/// What a document of this type and form would count for, valid and issued on any day that the list takes; empty: not listed.
std::optional<EnoughWay> find_way(Agreement const& agreement, std::string_view purpose, std::string_view type,
                                  std::string_view form, CaseFacts const& facts = {});

/// The ground that E_tcn.tcn_basis of the content names: entry, residence, visa; empty when it names none.
std::string_view ground_of(boost::json::value const& content);

/// The purposes that matter in a case: nationality of one's own nationals, the grounds of the others; both while it is not known.
std::vector<std::string_view> list_purposes(Conditions const& conditions);

/// The day on which validity is judged: that of the application, today for a draft. DEVIATION: no agreement that was read names
/// the day.
Date day_that_counts(std::string_view submitted_on, Date today);

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
  int count = 0;       ///< how many of them
  std::string source;
};

struct Checklist {
  std::vector<ChecklistItem> items;
  EvidenceResult nationality;
  EvidenceResult third_country;
  bool is_complete = false;  ///< no `must` item is missing; weak ones are for the officer to judge
};

/// What is there, what is missing and what would be enough. Documents found false are given by their index in the lists of the
/// content. The nationality of a third-country national is not asked for.
struct FoundFalse {
  std::vector<std::size_t> nationality;
  std::vector<std::size_t> third_country;
};
Checklist check_completeness(Agreement const& agreement, boost::json::value const& content, CaseFacts const& facts, Date on,
                             FoundFalse const& found_false = {});

}  // namespace rcms::agreements
