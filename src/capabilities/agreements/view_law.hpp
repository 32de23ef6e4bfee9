// What leaves of the law itself: the list of agreements with its counts, one agreement in a version, its versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/agreements/view.hpp"
#include "capabilities/case_files/view.hpp"

namespace rcms::agreement_desk {

/// How sure rules are, by the confidence of their values.
struct SureCountsView {
  std::int64_t primary = 0;     ///< P: the text was read
  std::int64_t secondary = 0;   ///< S: a named source
  std::int64_t confirmed = 0;   ///< by the viewer's State
  std::int64_t unverified = 0;
};
RCMS_VIEW(SureCountsView, primary, secondary, confirmed, unverified)

struct AgreementRowView {
  std::string code;
  std::string title;
  std::string cited;
  std::vector<case_files::NamedView> parties;
  std::string kind;
  std::string kind_label;
  std::optional<std::string> in_force_from;  ///< empty: not known
  std::optional<std::string> in_force_until;
  bool in_force = false;                     ///< today
  bool own = false;                          ///< the viewer's State is party
  bool fictional = false;
  std::int64_t version = 1;
  std::int64_t rules = 0;
  SureCountsView sure;
  std::vector<std::string> missing;          ///< labels of rules that a case needs and that are not known
};
RCMS_VIEW(AgreementRowView, code, title, cited, parties, kind, kind_label, in_force_from, in_force_until, in_force, own,
          fictional, version, rules, sure, missing)

struct AgreementCountsView {
  std::int64_t all = 0;    ///< of the node
  std::int64_t own = 0;    ///< that bind the viewer's State
  std::int64_t found = 0;  ///< in `items`
  std::int64_t rules = 0;  ///< of those found
  SureCountsView sure;     ///< of those rules
};
RCMS_VIEW(AgreementCountsView, all, own, found, rules, sure)

struct AgreementListView {
  std::vector<AgreementRowView> items;
  AgreementCountsView counts;
  std::vector<case_files::NamedView> states;  ///< that are party of any agreement of the node, by name
};
RCMS_VIEW(AgreementListView, items, counts, states)

/// Another value in a special case.
struct VariantView {
  std::string when;
  std::int64_t value = 0;
  std::string unit;
  std::string says;
  std::string article;
  std::string confidence;
};
RCMS_VIEW(VariantView, when, value, unit, says, article, confidence)

struct RuleView {
  std::string key;
  std::string label;
  std::optional<std::int64_t> value;
  std::optional<std::string> text;
  std::string unit;
  std::string says;  ///< the whole rule in words
  std::optional<std::string> start;
  std::optional<std::string> start_label;
  std::optional<std::string> start_confidence;
  std::string article;
  std::string confidence;  ///< of the value
  std::optional<std::string> reference;
  std::optional<std::string> note;
  std::optional<std::string> from;   ///< valid for cases submitted on this day or later
  std::optional<std::string> until;
  std::vector<VariantView> variants;
};
RCMS_VIEW(RuleView, key, label, value, text, unit, says, start, start_label, start_confidence, article, confidence, reference,
          note, from, until, variants)

struct PracticeView {
  std::string key;
  std::string label;
  std::string value;
  std::string source;
  std::string confidence;
  std::optional<std::string> note;
};
RCMS_VIEW(PracticeView, key, label, value, source, confidence, note)

struct EvidenceView {
  std::string purpose;
  std::string type;
  std::string label;
  std::string effect;
  std::vector<std::string> grounds;  ///< of third-country nationals, in words; empty: the list does not say
  std::string article;
  std::string confidence;
};
RCMS_VIEW(EvidenceView, purpose, type, label, effect, grounds, article, confidence)

/// Where the days of a party are counted.
struct AuthorityView {
  std::string party;
  std::string name;
  std::string zone;
  std::string calendar;
  std::optional<std::string> region;
  std::vector<std::int64_t> weekend;  ///< 1 Monday to 7 Sunday
  std::string holidays_confidence;
  std::string holidays_source;
  std::string weekend_source;
  bool holidays_known = true;         ///< false: no source, only weekends are left out
  std::optional<std::int64_t> known_from;
  std::optional<std::int64_t> known_until;
};
RCMS_VIEW(AuthorityView, party, name, zone, calendar, region, weekend, holidays_confidence, holidays_source, weekend_source,
          holidays_known, known_from, known_until)

struct AgreementView {
  AgreementRowView agreement;
  std::int64_t newest = 1;  ///< number of the newest version
  std::optional<std::string> signed_on;
  std::vector<std::string> requesting;  ///< names of States; empty: every party
  std::vector<std::string> requested;
  std::vector<std::string> covers;      ///< kinds of person in words; empty: not limited
  std::optional<std::string> reference;
  std::optional<std::string> source;
  std::optional<std::string> note;
  std::vector<RuleView> rules;
  std::vector<PracticeView> practices;
  std::vector<EvidenceView> evidence;
  std::vector<std::string> agreed_fields;
  std::vector<AuthorityView> authorities;
};
RCMS_VIEW(AgreementView, agreement, newest, signed_on, requesting, requested, covers, reference, source, note, rules, practices,
          evidence, agreed_fields, authorities)

/// A version of an agreement with what it changed against the one before.
struct VersionOfAgreementView {
  VersionView version;
  bool newest = false;
  bool other_words_only = false;  ///< the same law as the version before, in other words
  std::vector<RuleDifferenceView> changes;
};
RCMS_VIEW(VersionOfAgreementView, version, newest, other_words_only, changes)

}  // namespace rcms::agreement_desk
