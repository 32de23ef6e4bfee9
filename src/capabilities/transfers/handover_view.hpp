// Views and inputs of the hand-over, the same for both States.
#pragma once

#include "capabilities/transfers/view.hpp"

namespace rcms::transfers {

struct TickView {
  std::string id;
  CodedView value;
  std::optional<std::string> note;
  std::optional<NamedView> by;
  std::optional<std::string> device;  ///< null: settled at a desk
  Instant device_at;                  ///< as the clock of the device said
  Instant at;                         ///< as the clock of the server would have said
  bool is_clock_wrong = false;
  Instant received_at;
  std::string list;
};
RCMS_VIEW(TickView, id, value, note, by, device, device_at, at, is_clock_wrong, received_at, list)

struct HandoverPersonView {
  std::string case_id;
  std::int64_t number = 0;
  std::optional<std::string> family;
  std::string surname;
  std::optional<std::string> given_names;
  std::optional<std::string> sex;
  std::optional<std::string> birth;
  std::optional<std::string> document;
  bool is_child = false;
  bool is_on_list = true;           ///< of the list in force
  std::optional<CodedView> value;   ///< null: not ticked, or a clash
  bool is_clash = false;
  std::vector<TickView> heads;      ///< what stands: several when devices did not know of each other
  std::vector<TickView> replaced;   ///< what stood before, the newest first
};
RCMS_VIEW(HandoverPersonView, case_id, number, family, surname, given_names, sex, birth, document, is_child, is_on_list, value,
          is_clash, heads, replaced)

struct HandoverCountView {
  CodedView value;  ///< a value; not_ticked; clash
  std::int64_t count = 0;
};
RCMS_VIEW(HandoverCountView, value, count)

struct TakingView {
  std::string id;
  std::string list;
  bool is_other_list = false;  ///< than the one in force
  std::string device;
  std::optional<NamedView> by;
  bool is_own = false;
  Instant at;
  std::int64_t clock_ahead_seconds = 0;
  bool is_clock_wrong = false;
  std::int64_t received = 0;
  std::int64_t missing = 0;    ///< counted on the device and not yet received
};
RCMS_VIEW(TakingView, id, list, is_other_list, device, by, is_own, at, clock_ahead_seconds, is_clock_wrong, received, missing)

struct ListExplanationView {
  std::string reason;
  std::optional<NamedView> by;
  std::optional<Instant> at;
};
RCMS_VIEW(ListExplanationView, reason, by, at)

struct ListDifferenceView {
  std::string case_id;
  std::optional<std::string> person;  ///< null: the person is on no list of this State
  CodedView kind;
  CodedView ours;
  CodedView theirs;
  bool is_open = true;
  std::optional<ListExplanationView> explanation;
  std::optional<ListExplanationView> their_explanation;
};
RCMS_VIEW(ListDifferenceView, case_id, person, kind, ours, theirs, is_open, explanation, their_explanation)

struct HandoverReportView {
  std::string direction;  ///< sent, received
  std::int64_t number = 1;
  std::string list;
  std::int64_t persons = 0;
  Instant at;
  std::optional<NamedView> by;
};
RCMS_VIEW(HandoverReportView, direction, number, list, persons, at, by)

struct HandoverView {
  std::string transport;
  std::string name;
  CodedView side;
  NamedView partner;
  bool is_cancelled = false;
  Instant departs_at;
  Instant arrives_at;
  std::string list;
  std::vector<CodedView> values;
  std::vector<HandoverPersonView> persons;
  std::vector<HandoverCountView> counts;
  std::vector<TakingView> takings;
  std::vector<HandoverReportView> reports;
  std::vector<ListDifferenceView> differences;
  bool may_tick = false;
  bool may_settle = false;
};
RCMS_VIEW(HandoverView, transport, name, side, partner, is_cancelled, departs_at, arrives_at, list, values, persons, counts,
          takings, reports, differences, may_tick, may_settle)

struct TakenListView {
  TakingView taking;
  HandoverView handover;
};
RCMS_VIEW(TakenListView, taking, handover)

struct TakingInput {
  http::Text<60> device;
  Instant device_now;
};
RCMS_INPUT(TakingInput, device, device_now)

struct TickInput {
  std::string id;
  std::string case_id;
  std::string value;
  std::optional<http::Text<300>> note;
  std::string list;
  std::int64_t counter = 0;
  Instant device_at;
  http::List<std::string, 50> replaces;
};
RCMS_INPUT(TickInput, id, case_id, value, note, list, counter, device_at, replaces)

struct TicksInput {
  std::string taking;
  Instant device_now;
  http::List<TickInput, 500> ticks;
};
RCMS_INPUT(TicksInput, taking, device_now, ticks)

struct TickOutcomeView {
  std::string id;
  bool is_kept = false;                ///< now or before
  std::optional<std::string> why_not;  ///< in words
};
RCMS_VIEW(TickOutcomeView, id, is_kept, why_not)

struct TicksView {
  std::vector<TickOutcomeView> outcomes;
  std::int64_t clock_ahead_seconds = 0;
  bool is_clock_wrong = false;
  HandoverView handover;
};
RCMS_VIEW(TicksView, outcomes, clock_ahead_seconds, is_clock_wrong, handover)

struct SettlementInput {
  std::string case_id;
  std::string value;
  http::Text<300> reason;
  http::List<std::string, 50> heads;  ///< the ticks that were seen
};
RCMS_INPUT(SettlementInput, case_id, value, reason, heads)

struct ListExplanationInput {
  std::string case_id;
  std::string ours;
  std::string theirs;
  http::Text<300> reason;
};
RCMS_INPUT(ListExplanationInput, case_id, ours, theirs, reason)

}  // namespace rcms::transfers
