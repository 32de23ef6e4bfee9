// SQL of the safeguards. Every function takes the party in whose data space it works; there is no other way in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/case_files/decision.hpp"
#include "capabilities/safeguards/rules.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"

namespace rcms::safeguarding {

/// A signature and the gate it is for, oldest first.
struct StoredSignature {
  std::string gate;
  safeguards::Signature signature;
};
void insert_signature(db::Command& command, CaseFile const& file, StoredSignature const& stored);

/// Fails the command (already_exists) when the case is in a family.
void insert_member(db::Command& command, PartyId const& party, CaseId const& id, std::string const& family, UserId const& by,
                   Instant at);
/// Supersedes the command when another member has changed: a family is decided as it was read.
void expect_unchanged(db::Command& command, PartyId const& party, CaseId const& id, std::int64_t revision);

/// A request for an exception to family unity, as it stands.
struct FamilyException {
  std::string id;
  std::string reason;
  UserId asked_by;
  Instant asked_at;
  std::optional<bool> granted;  ///< empty until it is reviewed
  std::string review_reason;
  UserId reviewed_by;
  std::optional<Instant> reviewed_at;
};

/// What belongs to one case beside the decisions of its gates.
struct Standing {
  std::vector<StoredSignature> signatures;  ///< oldest first
  std::string family;                       ///< id; empty when it is in none
  std::optional<FamilyException> exception; ///< the last that was asked for
};
Standing read_standing(db::Database& database, PartyId const& party, CaseId const& id);

/// The family of a case with what its members have come to; without id when it is in none.
Family find_family(db::Database& database, PartyId const& party, CaseId const& id);
/// The same with what was read already.
Family find_family(db::Database& database, PartyId const& party, CaseId const& id, Standing const& standing);
std::optional<FamilyException> find_exception(db::Database& database, PartyId const& party, CaseId const& id);
void insert_exception(db::Command& command, PartyId const& party, CaseId const& id, FamilyException const& exception);
/// Supersedes the command when it was reviewed meanwhile.
void review_exception(db::Command& command, FamilyException const& exception);

/// Whom a guardian is appointed for.
bool is_ward(db::Database& database, PartyId const& party, UserId const& guardian, CaseId const& id);
/// Replaces the guardians of a case by one; by none when `guardian` is empty.
void set_guardian(db::Command& command, PartyId const& party, CaseId const& id, UserId const& guardian);

/// Kind of the organisation in which the viewer works.
std::string kind_of_organisation(db::Database& database, access::Viewer const& viewer);

/// Decisions of one gate, newest first.
std::vector<case_files::GateDecision> list_history(db::Database& database, PartyId const& party, CaseId const& id,
                                                   std::string_view gate);

/// What is open on a file, as the queue keeps it.
struct QueuedGate {
  std::string gate;
  std::string why;
  bool blocks = false;
  Instant open_since;
};
std::vector<QueuedGate> list_queued(db::Database& database, PartyId const& party, CaseId const& id);
/// Replaces what the queue says of the file; `stage` empty: it leaves the queue.
void write_queued(db::Command& command, CaseFile const& file, std::string_view stage, std::vector<QueuedGate> const& before,
                  std::vector<QueuedGate> const& after, std::optional<Instant> look_again_at);

struct QueueFilter {
  std::string gate;       ///< empty: any
  std::string stage;      ///< only files whose next step is of this stage, open safeguards or not, oldest file first; empty: any
  CaseId after_id;        ///< cursor
  std::int64_t after = 0;
  UserId guardian;        ///< only the wards of this guardian; empty: all
  std::string reference;  ///< only the file with this reference, whether anything waits or not; empty: any
};
struct QueueRow {
  CaseId id;
  std::string reference;
  std::string partner;
  std::string state;
  std::string person;
  std::string stage;
  Instant open_since;
};
/// Files with open gates, the longest open first. `limit` 1 to 100; one more than asked when there are more.
std::vector<QueueRow> list_queue(db::Database& database, PartyId const& party, QueueFilter const& filter, int limit);
/// Number of files by open gate, and the instant since which the oldest waits.
struct GateCount {
  std::int64_t files = 0;
  Instant oldest;
};
std::map<std::string, GateCount> count_queue(db::Database& database, PartyId const& party);

/// A file that has to be looked at again.
struct Due {
  std::string id;  ///< of the review; empty when a decision ended by itself
  PartyId party;
  CaseId case_id;
  std::string stage;
  Instant at;
};
std::vector<Due> list_due_reviews(db::Database& database, Instant now, int limit);
std::vector<Due> list_ended(db::Database& database, Instant now, int limit);
void insert_review(db::Command& command, PartyId const& party, CaseId const& id, std::string_view stage, Instant due_at,
                   Instant now);
/// What is planned no longer is not looked at.
void cancel_reviews(db::Command& command, PartyId const& party, CaseId const& id, Instant now);
db::Command end_review(std::string const& id, std::string_view outcome, Instant now);

}  // namespace rcms::safeguarding
