// The two States on the rules alone: files in memory, envelopes passed in memory. No database, no HTTP, no clock of the machine.
// What write_decision, exchange and the clock do with rows is done here with plain values, in the same order.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capabilities/applications/rules.hpp"
#include "capabilities/applications/task.hpp"
#include "capabilities/case_files/waiting.hpp"
#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/deadlines.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/casework/rules.hpp"
#include "capabilities/identification/identification.hpp"
#include "capabilities/interviews/minutes.hpp"
#include "capabilities/interviews/mission.hpp"
#include "capabilities/safeguards/rules.hpp"
#include "capabilities/travel_documents/life_rules.hpp"
#include "capabilities/travel_documents/stock_ledger.hpp"
#include "stories/world.hpp"

namespace rcms::stories {

/// What one State keeps of a case.
struct Space {
  std::optional<case_files::CaseFile> file;
  std::vector<case_files::DeadlineRecord> deadlines;
  std::vector<case_files::DocumentRequest> requests;
  std::map<std::string, case_files::GateDecision> gates;
  std::vector<std::pair<std::string, safeguards::Signature>> signatures;  ///< of overrides, with their gate
  std::string family;          ///< number of the family; empty: none
  std::string exception;       ///< to family unity: empty, asked, granted or refused
  std::string exception_of;    ///< who asked for it
  std::string status;          ///< what the register of status says; empty: there is none
  std::vector<applications::VerificationTask> tasks;
  std::vector<identification::Identification> opinions;  ///< on the registry search, the newest first
  std::optional<case_files::Prints> prints;  ///< the newest
  std::vector<std::string> ledger;  ///< the words of its entries
};

struct SharedCase {
  Space requesting;
  Space requested;
  std::deque<exchange::Envelope> to_requested;  ///< posted, not yet delivered
  std::deque<exchange::Envelope> to_requesting;
  std::vector<exchange::Envelope> delivered;
  std::vector<Refused> undelivered;  ///< refused by the receiver for good
  std::optional<interviews::Interview> interview;  ///< the newest
  std::optional<interviews::Minutes> minutes;
  std::optional<travel_documents::TravelDocument> document;  ///< the newest
  std::optional<travel_documents::Renewal> renewal;          ///< the newest
};

class RulesWorld final : public World {
 public:
  RulesWorld(case_files::Norms const& norms, std::vector<Person> people, std::string agreement);
  Outcome act(Line const& line) override;

  /// Envelopes wait until `deliver_one` while this is set.
  bool post_waits = false;
  /// Delivers the oldest envelope to one side; false when none waits.
  bool deliver_one(SharedCase& shared, case_files::Side to);

  std::map<int, SharedCase>& cases() { return cases_; }
  access::Viewer viewer_of(std::string_view login) const;
  Date today() const { return today_; }
  void set_day(Date day);
  /// Gates that block the release of the case now.
  Findings list_missing(Space const& space) const;
  std::vector<std::string> list_open_gates(Space const& space) const;
  /// Everything that is open at a stage, as the server asks before a step.
  std::vector<safeguards::OpenGate> list_open(Space const& space, std::string_view stage) const;
  /// The clock of the world; it may go back.
  void set_now(Instant now, Date day);
  Instant now() const { return now_; }
  /// The register of status says this of the case from now on: clear, stop, permit_granted, unknown.
  void register_says(SharedCase& shared, std::string status) { shared.requesting.status = std::move(status); }
  /// What the node does of itself when a review is due.
  void review(SharedCase& shared);
  casework::Package build_package(Space const& space) const;

 private:
  struct Acting {
    Line const& line;
    access::Viewer viewer;
  };
  using Done = tl::expected<void, Refused>;
  case_files::Desks desks(case_files::Side side) const;
  /// What both States do at their desks: assign, hold, end_hold; empty for another act.
  std::optional<Done> act_at_desk(Acting const& acting, SharedCase& shared, case_files::Side side);

  /// Readmission in error: the claim, its answer, the return; empty for another act.
  std::optional<Done> act_on_error(Acting const& acting, SharedCase& shared, case_files::Side side);

  void read_evidence(case_files::CaseFile const& file, Outcome& outcome) const;
  Done act_requesting(Acting const& acting, SharedCase& shared);
  Done act_requested(Acting const& acting, SharedCase& shared);
  Done create(Acting const& acting, SharedCase& shared);
  Done edit(Acting const& acting, SharedCase& shared);
  Done screen(Acting const& acting, SharedCase& shared);
  Done close_gates(Acting const& acting, SharedCase& shared);
  Done decide_gate(Acting const& acting, SharedCase& shared, safeguards::Gate const& gate, std::string const& status);
  Done close_in_bulk(Acting const& acting, SharedCase& shared);
  Done act_on_safeguards(Acting const& acting, SharedCase& shared);
  Done act_on_departure(Acting const& acting, SharedCase& shared);
  /// Dates, presence, attendance, minutes, missions; empty for another act.
  std::optional<Done> act_on_interviews(Acting const& acting, SharedCase& shared);
  Done act_on_mission(Acting const& acting, SharedCase& shared);
  Done act_on_minutes(Acting const& acting, SharedCase& shared);
  Done book(Acting const& acting, SharedCase& shared, interviews::Interview wanted);
  Done arrange(SharedCase& shared);
  Done place_batch(Acting const& acting, SharedCase& shared);
  std::vector<interviews::Quarter> taken() const;
  Done group_family(Acting const& acting);
  Done change_exception(Acting const& acting, SharedCase& shared);
  Done depart(Acting const& acting, SharedCase& shared);
  Done ask_register(SharedCase& shared);
  Done stop_if_open(SharedCase& shared);
  safeguarding::Given given_of(Space const& space) const;
  safeguards::Moment moment() const { return {today_, now_}; }
  Done release(Acting const& acting, SharedCase& shared);
  Done correct(Acting const& acting, SharedCase& shared);
  Done answer(Acting const& acting, SharedCase& shared);
  Done confirm(Acting const& acting, SharedCase& shared);
  Done extend(Acting const& acting, SharedCase& shared);
  Done request_documents(Acting const& acting, SharedCase& shared);
  Done reply(Acting const& acting, SharedCase& shared);
  Done record_document(Acting const& acting, SharedCase& shared);
  Done open_task(Acting const& acting, SharedCase& shared);
  Result<identification::Identification> form_opinion(Acting const& acting, applications::VerificationTask const& task,
                                                      std::vector<identification::Identification> const& opinions);
  Done complete_task(Acting const& acting, SharedCase& shared);
  /// Issue, life and end of a travel document, and the closing of the stock; empty for another act.
  std::optional<Done> act_on_documents(Acting const& acting, SharedCase& shared);
  /// What is done with fingerprints; empty for another act.
  std::optional<Done> act_on_prints(Acting const& acting, SharedCase& shared, case_files::Side side);
  void carry_prints(SharedCase& shared);
  void forget_prints(SharedCase& shared);
  static registry::Found found_with_prints();
  Done issue(Acting const& acting, SharedCase& shared, bool renews);
  Done live(Acting const& acting, SharedCase& shared);
  Done renew(Acting const& acting, SharedCase& shared);
  Done count_stock(Acting const& acting);
  Done apply(SharedCase& shared, case_files::Side side, Result<case_files::Decision> decision);
  void end_terms();
  void deliver_all(SharedCase& shared);
  Done receive(SharedCase& shared, case_files::Side to, exchange::Envelope const& envelope);

  forms::Conditions conditions_of(Space const& space) const;
  std::vector<safeguards::Decision> decisions_of(Space const& space) const;
  std::vector<casework::WordFound> scan(std::string const& place, std::string_view text) const;
  case_files::TermLaw law() const { return {norms_.process, norms_.agreements, norms_.calendars}; }

  case_files::Norms const& norms_;
  std::vector<Person> people_;
  std::string agreement_;
  std::map<int, SharedCase> cases_;
  std::optional<interviews::Mission> mission_;
  travel_documents::BoxLine stock_;
  std::optional<travel_documents::Closing> closing_;
  int issued_ = 0;
  Date today_;
  Instant now_;
};

}  // namespace rcms::stories
