// What a rule says will be. Rules return a Decision and touch nothing; `write_decision` is the only place that turns one into
// rows, envelope and ledger entry.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/exchange/envelope.hpp"
#include "capabilities/statistics/fact.hpp"

namespace rcms::case_files {

/// An envelope that the decision sends.
struct Sending {
  exchange::EnvelopeKind kind = exchange::EnvelopeKind::message;
  boost::json::object body;
  std::vector<exchange::AttachmentNote> attachments;
};

/// The decision of a person about a safeguard.
struct GateDecision {
  std::string gate;    ///< "G03"
  std::string status;  ///< closed, failed, not_applicable
  std::map<std::string, std::string> evidence;  ///< field of the gate → value
  std::string reason;  ///< of failed and not_applicable
  UserId decided_by;
  Instant decided_at;
};

/// Who acts: a person, or "clock" and "exchange" when nobody does.
struct Actor {
  UserId user;       ///< empty when nobody
  std::string code;  ///< what the ledger names: the user's id, "clock", "exchange"
};

struct Decision {
  CaseFile after;
  std::string action;         ///< the ledger's word, "case.release"
  std::string source;         ///< the norm it rests on, or empty
  boost::json::object told;   ///< what the timeline says of it; erasable
  std::optional<Sending> sending;
  std::optional<GateDecision> gate;
  std::vector<DocumentRequest> new_requests;
  std::vector<DocumentRequest> changed_requests;
  std::vector<std::string> missed_deadlines;  ///< kinds whose term is over
  std::vector<statistics::Fact> facts;
  bool keeps_place = false;  ///< nothing was done in the matter: lists in the order of change keep the file where it stood
};

}  // namespace rcms::case_files
