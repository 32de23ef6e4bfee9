// What the documents of a case show under its agreement: the running result of each purpose, why, and what would be enough.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/view.hpp"
#include "norms/agreements/evidence.hpp"

namespace rcms::case_files {

/// A document of the application and what it counts for.
struct EvidenceDocumentView {
  std::int64_t document = 0;  ///< its place in the list of the form, from 0
  std::string type;
  std::string label;
  std::optional<std::string> number;
  std::optional<std::string> form;
  std::optional<std::string> issued_on;
  std::optional<std::string> expires_on;
  std::string effect;    ///< proof, prima_facie, evidence, initiates, none
  std::string effect_label;
  std::string reason;    ///< code, for tests and colours
  std::string why;       ///< the reason in words
  std::vector<std::string> lacking;  ///< what is not given and could change it, in words
  std::optional<std::string> until;  ///< the last day on which it counts so
  std::vector<std::string> grounds;  ///< what it shows of a third-country national, in words
  std::optional<std::string> clause;
  std::string confidence;  ///< P, S, unverified: of the line of the list
  std::optional<std::string> together_with;
  std::optional<std::string> listed;  ///< the words of the list, in the language of the source
};
RCMS_VIEW(EvidenceDocumentView, document, type, label, number, form, issued_on, expires_on, effect, effect_label, reason, why,
          lacking, until, grounds, clause, confidence, together_with, listed)

/// A document that would change the result.
struct EvidenceWayView {
  std::string type;
  std::string label;
  std::vector<OptionView> forms;  ///< any of these
  std::string effect;
  std::string effect_label;
  std::int64_t count = 0;  ///< so many would be enough; 0: the agreement does not say
  bool presented = false;  ///< it is there in a weaker form
  std::optional<std::string> issued_from;
  std::optional<std::string> issued_until;
  std::vector<std::string> grounds;
  std::string clause;
  std::string confidence;
  std::optional<std::string> together_with;
  std::optional<std::string> listed;
};
RCMS_VIEW(EvidenceWayView, type, label, forms, effect, effect_label, count, presented, issued_from, issued_until, grounds, clause,
          confidence, together_with, listed)

struct EvidenceGroundView {
  std::string ground;
  std::string label;
  std::string effect;
  std::string effect_label;
  bool asked = false;  ///< the application rests on it
};
RCMS_VIEW(EvidenceGroundView, ground, label, effect, effect_label, asked)

/// What is known of evidence beside the lists: a rule of the agreement.
struct EvidenceRuleView {
  std::string label;
  std::string text;
  std::string clause;
  std::string confidence;
};
RCMS_VIEW(EvidenceRuleView, label, text, clause, confidence)

struct EvidenceOfPurposeView {
  std::string purpose;  ///< nationality, third_country
  std::string label;
  std::string item;     ///< the item under which a request asks for it
  bool decides = true;  ///< false: it is shown, and the application does not rest on it
  std::string result;   ///< proof, prima_facie, evidence, initiates, none, not_listed, not_asked
  std::string result_words;
  std::optional<std::string> sufficient;  ///< yes, presumed, if, no, not_said; null where nothing is to be shown
  std::optional<std::string> sufficient_words;
  std::optional<std::string> clause;  ///< on how much is enough
  std::string day;        ///< on which validity is judged
  std::string day_words;
  std::vector<EvidenceDocumentView> documents;
  std::vector<EvidenceGroundView> grounds;
  std::vector<EvidenceWayView> ways;
  std::vector<EvidenceRuleView> rules;
};
RCMS_VIEW(EvidenceOfPurposeView, purpose, label, item, decides, result, result_words, sufficient, sufficient_words, clause, day,
          day_words, documents, grounds, ways, rules)

struct CaseEvidenceView {
  std::string agreement;
  std::vector<EvidenceOfPurposeView> purposes;
};
RCMS_VIEW(CaseEvidenceView, agreement, purposes)

/// Of `content`: that of the file, or the part of it that stands on the card of a task. The purposes on which the application
/// rests come first; without an agreement there are none.
CaseEvidenceView present_evidence(Context const& context, std::string_view language, CaseFile const& file,
                                  boost::json::object const& content);

/// What a request names as enough, with what each would count for.
std::vector<WantedDocumentView> present_wanted(Context const& context, std::string_view language, CaseFile const& file,
                                               RequestItem const& item);

/// The code of the requested State of a file.
std::string const& requested_code(Context const& context, CaseFile const& file);
agreements::CaseFacts facts_of_evidence(Context const& context, CaseFile const& file, boost::json::value const& content);

}  // namespace rcms::case_files
