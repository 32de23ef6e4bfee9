// Views and inputs of transports. Names and money are for those who organise; a doctor's reasons are never part of one.
#pragma once

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::transfers {

using case_files::NamedView;

/// A code of a list with its word.
struct CodedView {
  std::string code;
  std::string label;
};
RCMS_VIEW(CodedView, code, label)

struct OpenHoursView {
  std::int64_t weekday = 1;
  std::string from;
  std::string to;
};
RCMS_VIEW_AND_INPUT(OpenHoursView, weekday, from, to)

struct CrossingPointView {
  std::string id;
  std::string name;
  CodedView kind;
  CodedView state;
  std::optional<std::string> code;
  std::string time_zone;
  std::vector<OpenHoursView> hours;
  std::optional<std::string> source;  ///< null: unverified
  bool active = true;
  std::int64_t revision = 1;
};
RCMS_VIEW(CrossingPointView, id, name, kind, state, code, time_zone, hours, source, active, revision)

struct CrossingPointInput {
  http::Text<120> name;
  std::string kind;
  std::string state;
  std::optional<http::Text<5>> code;
  http::Text<60> time_zone;
  http::List<OpenHoursView, 21> hours;
  std::optional<http::Text<300>> source;
  std::optional<bool> active;
};
RCMS_INPUT(CrossingPointInput, name, kind, state, code, time_zone, hours, source, active)

struct LegView {
  NamedView from;
  NamedView to;
  Instant departs_at;
  Instant arrives_at;
  std::string departs_on;  ///< day and time of the wall at each end
  std::string departs_time;
  std::string arrives_on;
  std::string arrives_time;
  std::optional<std::string> carrier;
  std::optional<std::string> number;
};
RCMS_VIEW(LegView, from, to, departs_at, arrives_at, departs_on, departs_time, arrives_on, arrives_time, carrier, number)

struct EscortView {
  std::string name;
  CodedView function;
  std::string document_number;
  std::string document_until;
  std::vector<CodedView> qualifications;
  std::vector<CodedView> languages;
};
RCMS_VIEW(EscortView, name, function, document_number, document_until, qualifications, languages)

struct CostView {
  CodedView item;
  CodedView payer;
  std::string currency;
  std::int64_t amount_cents = 0;
};
RCMS_VIEW(CostView, item, payer, currency, amount_cents)

/// What one payer bears in one currency.
struct PayerTotalView {
  CodedView payer;
  std::string currency;
  std::int64_t amount_cents = 0;
};
RCMS_VIEW(PayerTotalView, payer, currency, amount_cents)

struct NoticeGivenView {
  Instant at;
  CodedView channel;
  std::optional<std::string> reference;
  std::optional<NamedView> by;
};
RCMS_VIEW(NoticeGivenView, at, channel, reference, by)

/// The day until which an agreement asks for the notice; no due day: the agreement names none that can be counted.
struct NoticeTermView {
  std::string agreement;
  std::optional<std::string> due_on;
  std::optional<std::string> sentence;
  bool is_late = false;  ///< given after that day, or not given and the day is over
};
RCMS_VIEW(NoticeTermView, agreement, due_on, sentence, is_late)

/// A rule that an allocation breaks.
struct BrokenRuleView {
  std::optional<std::string> case_id;
  std::optional<std::string> reference;
  std::optional<std::string> person;
  NamedView transport;
  CodedView rule;
  std::optional<std::string> about;
};
RCMS_VIEW(BrokenRuleView, case_id, reference, person, transport, rule, about)

struct TransportView {
  std::string id;
  std::string name;
  CodedView kind;
  NamedView partner;
  std::string state;  ///< planned, departed, cancelled
  std::optional<std::string> reason;
  std::vector<LegView> legs;
  std::int64_t seats = 0;
  std::int64_t medical_seats = 0;
  std::int64_t taken = 0;
  std::int64_t medical_taken = 0;
  std::int64_t document_margin_days = 0;
  std::optional<std::string> reception;
  std::optional<std::int64_t> reception_places;
  std::vector<EscortView> escorts;
  bool has_interpreter = false;
  bool has_monitor = false;
  std::vector<CostView> costs;
  std::vector<PayerTotalView> totals;
  std::optional<NoticeGivenView> notice;
  std::vector<NoticeTermView> notice_terms;
  bool may_change = false;
  std::int64_t revision = 1;
};
RCMS_VIEW(TransportView, id, name, kind, partner, state, reason, legs, seats, medical_seats, taken, medical_taken,
          document_margin_days, reception, reception_places, escorts, has_interpreter, has_monitor, costs, totals, notice,
          notice_terms, may_change, revision)

struct FitnessView {
  std::string certificate;
  CodedView outcome;
  bool needs_medical_seat = false;
  Instant examined_at;
  Instant ends_at;
  bool reaches_arrival = true;
};
RCMS_VIEW(FitnessView, certificate, outcome, needs_medical_seat, examined_at, ends_at, reaches_arrival)

/// Somebody who has a seat, or could get one.
struct TravellerView {
  std::string case_id;
  std::string reference;
  std::string person;
  std::optional<std::string> birth;
  std::optional<std::string> sex;
  bool is_child = false;
  std::optional<std::string> family;
  CodedView state;
  bool is_aboard = false;  ///< the file is planned for this departure, or has departed
  std::optional<std::string> document_until;
  std::optional<std::string> window_until;
  std::optional<FitnessView> fitness;
  std::vector<std::string> open_gates;
};
RCMS_VIEW(TravellerView, case_id, reference, person, birth, sex, is_child, family, state, is_aboard, document_until, window_until,
          fitness, open_gates)

struct PassengersView {
  std::vector<TravellerView> passengers;
  std::vector<BrokenRuleView> broken;  ///< what the rules say of them now
  bool may_depart = false;
  bool may_certify = false;
};
RCMS_VIEW(PassengersView, passengers, broken, may_depart, may_certify)

struct ProposedSeatView {
  std::string transport;
  TravellerView traveller;
};
RCMS_VIEW(ProposedSeatView, transport, traveller)

struct ProposalView {
  std::vector<NamedView> transports;
  std::vector<ProposedSeatView> placed;     ///< without those who have a seat already
  std::vector<TravellerView> left;          ///< who stays
  std::vector<BrokenRuleView> refusals;     ///< for each of them and each transport the first rule
  bool is_best = false;                     ///< nobody can place more people
};
RCMS_VIEW(ProposalView, transports, placed, left, refusals, is_best)

struct LegInput {
  std::string from;
  std::string to;
  Instant departs_at;
  Instant arrives_at;
  std::optional<http::Text<80>> carrier;
  std::optional<http::Text<20>> number;
};
RCMS_INPUT(LegInput, from, to, departs_at, arrives_at, carrier, number)

struct EscortInput {
  http::Text<150> name;
  std::string function;
  http::Text<30> document_number;
  std::string document_until;
  std::optional<http::List<std::string, 10>> qualifications;
  std::optional<http::List<std::string, 20>> languages;
};
RCMS_INPUT(EscortInput, name, function, document_number, document_until, qualifications, languages)

struct CostInput {
  std::string item;
  std::string payer;
  http::Text<3> currency;
  std::int64_t amount_cents = 0;
};
RCMS_INPUT(CostInput, item, payer, currency, amount_cents)

struct TransportInput {
  http::Text<120> name;
  std::string kind;
  std::string partner;
  http::List<LegInput, 6> legs;
  std::int64_t seats = 0;
  std::int64_t medical_seats = 0;
  std::int64_t document_margin_days = 0;
  std::optional<http::Text<120>> reception;
  std::optional<std::int64_t> reception_places;
  http::List<EscortInput, 60> escorts;
  http::List<CostInput, 60> costs;
};
RCMS_INPUT(TransportInput, name, kind, partner, legs, seats, medical_seats, document_margin_days, reception, reception_places,
           escorts, costs)

struct NoticeInput {
  Instant given_at;
  std::string channel;
  std::optional<http::Text<80>> reference;
};
RCMS_INPUT(NoticeInput, given_at, channel, reference)

struct PassengersInput {
  http::List<std::string, 300> cases;
};
RCMS_INPUT(PassengersInput, cases)

struct PassengersOffInput {
  http::List<std::string, 300> cases;
  http::TextBlock<1000> reason;
};
RCMS_INPUT(PassengersOffInput, cases, reason)

struct TransportReasonInput {
  http::TextBlock<1000> reason;
};
RCMS_INPUT(TransportReasonInput, reason)

struct FitnessInput {
  http::Text<60> certificate;
  Instant examined_at;
  std::int64_t valid_hours = 0;
  std::string outcome;
  bool needs_medical_seat = false;
};
RCMS_INPUT(FitnessInput, certificate, examined_at, valid_hours, outcome, needs_medical_seat)

struct DepartureRowView {
  std::string case_id;
  std::string reference;
  std::string person;
  bool departed = false;
  std::optional<std::string> why_not;  ///< in words
};
RCMS_VIEW(DepartureRowView, case_id, reference, person, departed, why_not)

}  // namespace rcms::transfers
