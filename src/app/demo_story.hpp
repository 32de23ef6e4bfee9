// One case of the demo from its first draft on: which acts, by whom, after how many working days. Every act is the one that the
// pages of the application call.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "app/demo_calendar.hpp"
#include "app/demo_content.hpp"
#include "app/demo_world.hpp"
#include "capabilities/interviews/interview.hpp"
#include "capabilities/interviews/rights.hpp"
#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/applications/tasks.hpp"

namespace rcms::app {

/// How a case goes, as far as the year lets it come.
enum class Fate {
  accepted,            ///< verified and accepted at once
  documents_first,     ///< more documents are asked for, then accepted
  interviewed,         ///< an interview decides
  refused,
  silent,              ///< nobody answers in time; under one agreement silence is consent
  late,                ///< answered after the term
  waits_for_documents, ///< the request for documents is not answered
  withdrawn,
  suspended,           ///< on both sides, or on one
  blocked,             ///< the safeguards hold it back
  cancelled,           ///< ends before anything left
  left_as_draft
};

/// What all stories share.
struct DemoStage {
  Node& node;
  SetClock& clock;
  DemoOfficers const& officers;
  registry::Sources const& sources;
  DemoPictures& pictures;
  travel_documents::Desk& desk;
  DemoCalendar const& calendar;
  std::vector<interviews::Right> rights{};  ///< told with an invitation
};

class DemoStory {
 public:
  DemoStory(DemoStage& stage, DemoCase const& one, std::size_t index, Fate fate, registry::Dice dice);

  /// When the next act is done; empty at the end.
  std::optional<Instant> next_at() const { return next_at_; }
  /// Does it; the clock of the stage stands at `next_at`. Throws std::runtime_error when an act is refused that should not be.
  void act();
  /// The end came otherwise than planned: the other State or the clock was faster.
  bool was_overtaken() const { return overtaken_; }

 private:
  using Act = void (DemoStory::*)();
  struct Step {
    int days;   ///< working days after the step before; 0: later the same day
    int more;   ///< up to so many more
    Act act;
  };

  void plan(Fate fate);
  void plan_reply(Fate fate);
  void plan_after(Fate fate);
  void plan_departure();
  void plan_messages(registry::Dice dice);
  void schedule(int days, int more);
  /// The next act is done at this instant, whatever its step says.
  void wait_until(Instant at) { wait_until_ = at; }
  case_files::Context const& context() const { return stage_.node.context(); }
  access::Viewer const& officer(char const* login) const { return stage_.officers.by_login(login); }
  access::Viewer const& case_officer() const;
  Date today() const;

  // of the requesting State
  void create();
  void complete_draft();
  void add_prints();
  void send_to_screening();
  void screen();
  void block();
  void cancel();
  void release();
  void answer();
  void confirm_silence();
  void withdraw();
  void suspend();
  void suspend_both();
  void lift();
  void close();
  void plan_transfer();
  void check_departure();
  void depart();
  void claim_error();
  void answer_error();
  void record_return();
  void check_status();
  void arrange_interview();
  void record_document();

  // of the requested State
  void acknowledge();
  void assign();
  void declare_complete();
  void request_documents();
  void open_tasks();
  void search_registry();
  void check_field();
  void check_document();
  void extend();
  void ask_interview();
  void set_interview(applications::TaskId const& task);
  void hold_interview();
  bool hold_booked_interview();
  void accept();
  void refuse();
  void issue_document();
  void close_application();

  // of both
  void write(case_files::Side side, char const* text);
  void write_first();
  void write_answer();
  void write_thanks();

  void decide_gate(access::Viewer const& viewer, std::string gate, std::map<std::string, std::string> evidence);
  void call_not_applicable(access::Viewer const& viewer, std::string gate, std::string reason);
  void complete_tasks(std::string_view kind, char const* login, std::function<applications::TaskResult()> const& result);
  std::string attach(std::string const& name, std::string const& kind, Bytes const& content);
  template <class Answer>
  bool done(char const* what, Answer const& answer);
  void stop_with(char const* what, Refused const& refused);

  DemoStage& stage_;
  DemoCase const& case_;
  std::size_t index_;
  registry::Dice dice_;
  std::deque<Step> steps_;
  std::optional<Instant> next_at_;
  std::optional<Instant> wait_until_;
  Instant departs_at_;  ///< as planned
  interviews::InterviewId interview_;  ///< empty: none was set
  Instant interview_at_;
  CaseId id_;
  bool overtaken_ = false;
};

}  // namespace rcms::app
