// A readmission agreement as data (data/agreements/*.toml): rules with value, article and confidence, practice beside the treaty,
// what may leave beyond the common whitelist, evidence lists, checklist, authorities, worked examples.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"
#include "norms/agreements/calendar.hpp"

namespace rcms::agreements {

using Conditions = std::set<std::string, std::less<>>;

enum class Unit { none, hour, calendar_day, working_day, month, year, person, per_month };
std::string_view name_of(Unit unit);

/// What happens to the clock when documents are asked for.
enum class OnDocumentRequest { runs, pauses, restarts };

/// What is done when the last day is not a working day.
enum class EndAdjustment { none, next_working_day };

/// One rule. A rule without `value` and `text` is known to exist but not known in its content: nothing is computed from it.
struct Rule {
  std::string key;     ///< "reply_standard"; label "agreements.rule.<key>"
  std::optional<int> value;
  std::string text;    ///< for rules that are no number: silence_effect "deemed_agreed", entry_cutoff "2010-12-01"
  Unit unit = Unit::none;
  std::string start;   ///< event that starts the clock: receipt, acknowledgement, complete_file, reply, acceptance, transfer …
  EndAdjustment end = EndAdjustment::none;
  int then_working_days = 0;  ///< added after the end
  OnDocumentRequest on_document_request = OnDocumentRequest::runs;
  std::vector<std::string> calendars;  ///< "acting", "other": whose weekends and holidays are free; empty: acting
  std::string article;     ///< "art. 9(2)"
  std::string confidence;  ///< "P", "S" or "unverified"
  std::string note;
  std::optional<Date> from;   ///< version valid from and until; none: as the agreement
  std::optional<Date> until;
};

/// What is done in practice, shown beside the treaty value and never computed with.
struct Practice {
  std::string key;
  std::string value;
  std::string unit;
  std::string source;
  std::string confidence;
};

struct Authority {
  std::string party;     ///< "UTO"
  std::string zone;      ///< IANA zone in which its days are counted
  std::string calendar;  ///< code of its holidays
};

struct EvidenceRule {
  std::string purpose;  ///< "nationality" or "third_country"
  std::string type;     ///< code of the list evidence_type
  std::string effect;   ///< of a valid original: "proof", "prima_facie" or "initiates"
  std::string expired_effect;  ///< after the grace; empty: none
  int expired_grace_months = 0;
  std::string authenticated_copy_effect;
  std::string copy_effect;
  std::optional<Date> issued_from;  ///< only documents issued in these days
  std::optional<Date> issued_until;
  std::string article;
};

/// How much evidence is enough: one proof, or so many prima facie documents (0: never enough).
struct EvidenceEnough {
  int prima_facie = 1;
  std::string article;
};

struct ChecklistRule {
  std::string code;    ///< "identity"; label "agreements.checklist.<code>"
  std::string kind;    ///< "field" or "evidence"
  std::vector<std::string> fields;  ///< paths of the content that must all be there
  std::string purpose;              ///< for evidence
  bool exact = false;  ///< dates must be complete, else the item is weak
  std::vector<std::string> when;    ///< only under one of these conditions; empty: always
  bool must = true;    ///< false: good to have
  std::string article;
};

struct AgreedField {
  std::string field;  ///< "A_person.relatives"
  std::string article;
};

struct Event {
  std::string kind;
  Instant at;
  int value = 0;  ///< extension: days asked for (in total or added, as the agreement counts)
};

struct Example {
  std::string name;
  std::string rule;
  std::string acting;  ///< party that has to act
  std::vector<Event> events;
  std::optional<Date> due;  ///< none: no deadline, or the clock stands still
};

struct Agreement {
  std::string code;   ///< "uto-xar-2019"
  std::string cited;  ///< "UTO-XAR 2019"
  Names titles;
  bool fictional = false;
  std::vector<std::string> parties;
  Date in_force_from;
  std::optional<Date> in_force_until;
  std::vector<Authority> authorities;
  std::vector<Rule> rules;
  std::vector<Practice> practices;
  std::vector<AgreedField> agreed_fields;
  std::vector<EvidenceRule> evidence;
  EvidenceEnough enough;
  std::vector<ChecklistRule> checklist;
  std::vector<Example> examples;
};

using Agreements = std::map<std::string, Agreement, std::less<>>;

/// Reads every file of `data`/agreements. Throws std::runtime_error when a party has no authority, a rule stands there twice for
/// the same day, or a calendar is missing.
Agreements load_agreements(std::filesystem::path const& data, Calendars const& calendars);

/// The agreements in force between two States on a day, those with the latest start first.
std::vector<Agreement const*> list_agreements(Agreements const& agreements, std::string_view party, std::string_view other,
                                              Date on);
Agreement const* find_agreement(Agreements const& agreements, std::string_view code);

/// The rule valid on a day (a case keeps the version of its submission); nullptr when the agreement has none.
Rule const* find_rule(Agreement const& agreement, std::string_view key, Date on);
/// "UTO-XAR 2019 art. 9(2)".
std::string cite(Agreement const& agreement, std::string_view article);
Authority const& get_authority(Agreement const& agreement, std::string_view party);  ///< throws std::out_of_range
/// "A_person.relatives" …: what forms::pick_shared takes as agreed fields.
std::set<std::string, std::less<>> agreed_fields_of(Agreement const& agreement);

/// What the end of the reply term means; the name is the condition for workflow::decide_term_over.
/// "silence_is_consent" where the agreement deems consent or allows the transfer after expiry, else "silence_is_nothing".
std::string_view silence_condition(Agreement const& agreement, Date on);
bool allows_late_refusal(Agreement const& agreement, Date on);

/// Whether the agreement may be used at all.
/// Refuses: agreement_does_not_apply (parties, not in force, entry before the cut-off). A missing entry day passes.
Result<void> check_applies(Agreement const& agreement, std::string_view requesting, std::string_view requested, Date on,
                           std::optional<Date> entered_on = {});

}  // namespace rcms::agreements
