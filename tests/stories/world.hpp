// Where a story happens: on the rules alone, or on a node over HTTP. Both understand the same lines.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "norms/safeguards/gates.hpp"
#include "stories/story.hpp"

namespace rcms::stories {

struct Outcome {
  std::string state;    ///< of the file in the space of the actor's State; empty when it was refused
  std::string refused;  ///< name of the refusal, "" when it was done
  std::string detail;   ///< field and words of the refusal
  std::map<std::string, std::string> due;  ///< kind of an open term → yyyy-mm-dd or "paused"
  std::map<std::string, std::string> evidence;  ///< purpose → "prima_facie presumed"; only where the line asks for it
};

class World {
 public:
  virtual ~World() = default;
  /// Does what the line says. Throws std::runtime_error for an act that is no word of stories.
  virtual Outcome act(Line const& line) = 0;
};

/// What the line expected and did not get; empty when it came as expected.
std::string compare(Line const& line, Outcome const& outcome);

/// The invented content of an application: `form` is complete, child, family, accelerated, incomplete,
/// without_decision (nothing of the return decision) or third_country (a national of a third State). The line's words
/// observations, evidence, health, given_names and decision (number of the return decision) change it; `evidence`, or `stay` of
/// a third-country national, adds a document, with the words paper (its form) and expires; `ground` is the one on which the
/// application rests; `replace` leaves only the new document.
boost::json::object sample_content(Line const& line);
/// The same words applied to content that exists.
void change_content(boost::json::object& content, Line const& line);

/// Plausible evidence for a gate: the required fields, with `today` as every day and 90 days later as the last day of a paper.
std::map<std::string, std::string> plausible_evidence(safeguards::Gate const& gate, Date today);

/// Kind of body that is asked by a task of this kind.
std::string body_for_task(std::string_view kind);

/// Minutes of an interview that the form accepts; `minutes unsigned` leaves out who signed them.
boost::json::object sample_minutes(Line const& line);

}  // namespace rcms::stories
