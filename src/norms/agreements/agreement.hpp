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

/// `day`: the source says days without saying which; counted as calendar days, and the trail says so.
enum class Unit { none, hour, calendar_day, working_day, month, year, person, per_month, day, week, kilometre, per_year };
std::string_view name_of(Unit unit);

/// What happens to the clock when documents are asked for.
enum class OnDocumentRequest { runs, pauses, restarts };

/// What is done when the last day is not a working day.
enum class EndAdjustment { none, next_working_day };

/// Another value of a rule in a special case.
struct Variant {
  std::string when;       ///< condition of the case: "third_country_national", "exceptional_obstacles"; empty: any
  std::string requested;  ///< only when this State is requested; empty: any
  int value = 0;
  Unit unit = Unit::none;
  std::string article;    ///< empty: the rule's
  std::string confidence = {};  ///< empty: the rule's
};

/// What an administrator of a State read in a source and a second one countersigned: the rule is as it stands here.
struct Confirmation {
  std::string rule;         ///< its key
  std::string fingerprint;  ///< of what was confirmed, as of fingerprint_of: another rule is not confirmed by it
  std::string source;       ///< the text that was read, in words
  std::string place;        ///< page or address in it, or empty
  std::string by;           ///< name
  std::string countersigned_by;
  Date on;                  ///< day of the second signature
};

/// One rule. A rule without `value` and `text` is known to exist but not known in its content: nothing is computed from it.
struct Rule {
  std::string key;     ///< "reply_standard"; label "agreements.rule.<key>"
  std::optional<int> value;
  std::string text;    ///< for rules that are no number: silence_effect "deemed_agreed", entry_cutoff "2010-12-01"
  Unit unit = Unit::none;
  std::string start;   ///< event that starts the clock: receipt, acknowledgement, complete_file, reply, acceptance, transfer …
  std::vector<std::string> start_also;  ///< or one of these, whatever comes first: "term_over"
  std::string start_confidence;  ///< of the start event; "unverified": the source names none. Empty: as `confidence`
  bool back = false;   ///< counted back from the start event, as a notice before a transfer
  EndAdjustment end = EndAdjustment::none;
  int then_working_days = 0;  ///< added after the end
  OnDocumentRequest on_document_request = OnDocumentRequest::runs;
  std::vector<std::string> calendars;  ///< "acting", "other": whose weekends and holidays are free; empty: acting
  std::string article;     ///< "art. 9(2)"
  std::string reference;   ///< the source in words, where it is more than the article or there is no article
  std::string confidence;  ///< "P", "S" or "unverified"
  std::string hint;        ///< of an unverified value: "L" a paraphrase of low quality, "M" from memory
  std::string note;
  Names text_in;  ///< text and note in other languages
  Names note_in;
  std::vector<std::string> ended_by;  ///< events that end the term, where they are not the usual ones
  std::optional<Confirmation> confirmed;  ///< set by with_confirmations, never by the file
  std::optional<Date> from;   ///< version valid from and until; none: as the agreement
  std::optional<Date> until;
  std::optional<Date> date;   ///< of a rule that is a day: entry_cutoff, tcn_start
  bool after_date = false;    ///< `date` itself is not covered
  std::string requested;      ///< only when this State is requested; empty: both ways
  std::vector<std::string> only_for;  ///< only under one of these conditions; empty: always
  std::vector<Variant> variants;
  std::vector<std::string> of;  ///< of an extension: the keys of the terms that it extends; empty: every reply
};

/// What a rule may depend on beside the day. Nothing known: the rule as it stands, without what holds in one direction only.
struct CaseFacts {
  std::string requested;  ///< "AZE"
  Conditions conditions;  ///< as of forms::derive_conditions
};

/// What is done in practice, shown beside the treaty value and never computed with.
struct Practice {
  std::string key;
  std::string value;
  std::string unit;
  std::string source;
  std::string confidence;
  std::string note;
  Names value_in;  ///< value and note in other languages
  Names note_in;
};

struct Authority {
  std::string party;     ///< "UTO"
  std::string zone;      ///< IANA zone in which its days are counted
  std::string calendar;  ///< code of its holidays
  std::string region;    ///< of its seat, for holidays that are not kept in the whole State
};

struct EvidenceRule {
  std::string purpose;  ///< "nationality" or "third_country"
  std::vector<std::string> types;  ///< codes of the list evidence_type
  std::string effect;   ///< of a valid original: "proof", "prima_facie", "evidence" (strength not said) or "initiates"
  std::string expired_effect;  ///< after the grace; empty: none
  int expired_grace_months = 0;
  std::string authenticated_copy_effect;
  std::string copy_effect;
  std::optional<Date> issued_from;  ///< only documents issued in these days
  std::optional<Date> issued_until;
  std::string article;
  std::vector<std::string> forms;  ///< the effect is that of these forms; empty: of an original, copies as said above
  bool only_expired = false;  ///< only documents whose validity is over
  std::string requested;      ///< only documents of this State, when it is the requested one
  std::string when;           ///< only under this condition; empty: always
  std::string together_with;  ///< what must be shown with it, in words
  std::vector<std::string> grounds;  ///< of third_country: what the list says that it shows: entry, transit, residence, visa;
                                     ///< empty: the list does not say
  std::string category;       ///< heading and words of the source, and what it says of the effect where that is no grade
  std::string document;
  std::string listed_effect;
  std::string source;
  std::string confidence = "P";
};

/// How much evidence is enough: one proof, or so many prima facie documents (0: never enough; empty: the agreement does not say).
struct EvidenceEnough {
  std::optional<int> prima_facie;
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

/// A field that a State keeps at home under an agreement, though the whitelist lets it leave: proposed by one administrator of
/// the State and countersigned by another.
struct Withheld {
  std::string field;        ///< "F_other.observations"
  std::string reason;
  std::string by;           ///< name
  std::string countersigned_by;
  Date on;                  ///< day of the second signature
  int number = 0;           ///< version of the State's whitelist that it began
};

struct Event {
  std::string kind;
  Instant at;
  /// Extension: days asked for (in total or added, as the agreement counts), of the kind of its rule; calendar days where the
  /// rule counts weeks, months or years. 0: all that it allows.
  int value = 0;
  std::optional<Date> until = {};  ///< extension: or to this day, at most what the rule allows
};

struct Example {
  std::string name;
  std::string rule;
  std::string acting;  ///< party that has to act
  std::vector<Event> events;
  std::optional<Date> due;  ///< none: no deadline, or the clock stands still
  CaseFacts facts;
  std::string why;          ///< the counting in words
};

struct Agreement {
  std::string code;   ///< "uto-xar-2019", "CH-AZ"; the file has the same name in small letters
  std::string cited;  ///< "UTO-XAR 2019"
  Names titles;
  bool fictional = false;
  std::string kind = "binding";  ///< binding, non_binding, internal_rule, pending (signed, not known to be in force)
  std::string instrument;        ///< its name in the source
  std::string reference;         ///< official reference
  std::string source;            ///< what was read
  std::string note;
  Names reference_in;            ///< reference and note in other languages
  Names note_in;
  std::vector<std::string> covers;  ///< kinds of person: own_national, third_country_national, stateless; empty: not limited
  std::string covers_reference;     ///< where that is said
  std::optional<Date> signed_on;
  std::vector<std::string> parties;
  std::vector<std::string> requesting;  ///< of an instrument in one direction: who may ask; empty: every party
  std::vector<std::string> requested;   ///< and of whom
  bool in_force = true;          ///< false: no entry into force is known; `in_force_from` then lies beyond every case
  Date in_force_from;
  std::optional<Date> in_force_until;
  std::vector<Authority> authorities;
  std::vector<Rule> rules;
  std::vector<Practice> practices;
  std::vector<AgreedField> agreed_fields;
  std::vector<Withheld> withheld;  ///< by the State for which it was looked up; no part of the agreement
  std::vector<EvidenceRule> evidence;
  EvidenceEnough enough;
  std::vector<ChecklistRule> checklist;
  std::vector<Example> examples;
};

using Agreements = std::map<std::string, Agreement, std::less<>>;

/// Reads every file of `data`/agreements. Throws std::runtime_error at the first that does not fit the schema, contradicts itself
/// (`list_contradictions`) or has a worked example that does not come out. Examples lie in the past, so that a holiday of a
/// coming year cannot make them wrong.
Agreements load_agreements(std::filesystem::path const& data, Calendars const& calendars);
/// One agreement of a text; `name` is said in messages. Throws std::runtime_error.
Agreement read_agreement(std::string const& text, std::string const& name, std::filesystem::path const& data);
/// What is wrong with an agreement beyond its schema, in words: a party without authority, an unknown zone or calendar, two
/// values of one rule for the same day, an end before its start, a start event that another rule contradicts, a rule without
/// clause.
std::vector<std::string> list_contradictions(Agreement const& agreement, Calendars const& calendars);

/// What a rule says, without who says so: SHA-256 of key, value, start and everything that a date is counted by.
std::string fingerprint_of(Rule const& rule);
/// The agreement with the confirmations that fit its rules; those of a rule that has changed since are left out.
Agreement with_confirmations(Agreement agreement, std::vector<Confirmation> const& confirmations);
/// "P", "S", "confirmed" or "unverified" of the value, and of the start event.
std::string confidence_of_value(Rule const& rule);
std::string confidence_of_start(Rule const& rule);

/// The agreements in force between two States on a day, those with the latest start first.
std::vector<Agreement const*> list_agreements(Agreements const& agreements, std::string_view party, std::string_view other,
                                              Date on);
Agreement const* find_agreement(Agreements const& agreements, std::string_view code);

/// The rule valid on a day (a case keeps the version of its submission); nullptr when the agreement has none.
Rule const* find_rule(Agreement const& agreement, std::string_view key, Date on);
/// The same with the value for this case; empty when the rule does not hold for it.
std::optional<Rule> find_rule_for(Agreement const& agreement, std::string_view key, Date on, CaseFacts const& facts);
/// The day from which third-country nationals are covered (tcn_start); empty when the agreement says nothing of it.
std::optional<Date> third_country_from(Agreement const& agreement, Date on);
/// The practice beside the rule `key`; nullptr when none is known.
Practice const* find_practice(Agreement const& agreement, std::string_view key);
/// Whether `adding` more persons may travel where `travelling` already do, under a limit of the agreement: `key` is
/// max_returnees_per_charter_month, max_returnees_per_flight or max_returnees_per_month. No such rule: no limit.
/// Refuses: limit_reached. Source: the article of the rule.
Result<void> check_quota(Agreement const& agreement, std::string_view key, int travelling, int adding, Date on);
/// Which side issues the travel document when `requested` is the requested State: "requesting" or "requested".
std::string_view document_issuer(Agreement const& agreement, std::string_view requested, Date on);
/// "requesting" or "requested": which side has to act under the rule. Source: the duty that the rule names.
std::string_view side_acting(Agreement const& agreement, std::string_view key, Date on);
/// "UTO-XAR 2019 art. 9(2)".
std::string cite(Agreement const& agreement, std::string_view article);
Authority const& get_authority(Agreement const& agreement, std::string_view party);  ///< throws std::out_of_range
/// "A_person.relatives" …: what forms::pick_shared takes as agreed fields.
std::set<std::string, std::less<>> agreed_fields_of(Agreement const& agreement);
/// "F_other.observations" …: what forms::pick_shared takes as withheld fields.
std::set<std::string, std::less<>> withheld_fields_of(Agreement const& agreement);

/// What the end of the reply term means; the name is the condition for workflow::decide_term_over.
/// "silence_is_consent" where the agreement deems consent or allows the transfer after expiry, else "silence_is_nothing".
std::string_view silence_condition(Agreement const& agreement, Date on);
bool allows_late_refusal(Agreement const& agreement, Date on);

/// Whether the agreement may be used at all.
/// Refuses: agreement_does_not_apply (parties, direction, not in force, a kind of person that it does not cover, third-country
/// nationals before they are covered, entry before the cut-off). A missing entry day or kind of person passes: see
/// `list_missing_facts`.
Result<void> check_applies(Agreement const& agreement, std::string_view requesting, std::string_view requested, Date on,
                           std::optional<Date> entered_on = {}, Conditions const& conditions = {});

/// What must be known of the case before `check_applies` can be sure: "entered_on", "person"; empty when nothing is missing.
std::vector<std::string> list_missing_facts(Agreement const& agreement, Date on, std::optional<Date> entered_on,
                                            Conditions const& conditions);
/// The first day of entry that the agreement covers; empty when it has no cut-off.
std::optional<Date> entry_from(Agreement const& agreement, Date on);

}  // namespace rcms::agreements
