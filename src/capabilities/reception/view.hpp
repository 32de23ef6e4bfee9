// Views and inputs of reception. Days are yyyy-mm-dd and times hh:mm of the wall at the centre.
#pragma once

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::reception {

using case_files::NamedView;
using case_files::OptionView;

struct CentreHoursView {
  std::int64_t weekday = 1;  ///< 1 Monday to 7 Sunday
  std::string from;
  std::string to;
};
RCMS_VIEW_AND_INPUT(CentreHoursView, weekday, from, to)

struct CentreView {
  std::string id;
  std::string name;
  NamedView organisation;
  std::optional<std::string> address;
  std::string time_zone;
  std::vector<CentreHoursView> hours;
  OptionView state;  ///< open, closed, diverted
  std::optional<NamedView> diverted_to;
  std::optional<std::string> reason;
  bool is_open_now = false;  ///< within its hours too
  std::int64_t beds = 0;
  std::int64_t beds_taken = 0;
  std::int64_t present = 0;
  bool is_mine = false;  ///< the viewer works there
  std::int64_t revision = 1;
};
RCMS_VIEW(CentreView, id, name, organisation, address, time_zone, hours, state, diverted_to, reason, is_open_now, beds,
          beds_taken, present, is_mine, revision)

struct CentreInput {
  http::Text<120> name;
  std::string organisation;
  std::optional<http::Text<200>> address;
  http::Text<60> time_zone;
  http::List<CentreHoursView, 21> hours;
  std::int64_t beds = 0;
};
RCMS_INPUT(CentreInput, name, organisation, address, time_zone, hours, beds)

struct CentreStateInput {
  std::string state;
  std::optional<std::string> diverted_to;
  std::optional<http::Text<300>> reason;
};
RCMS_INPUT(CentreStateInput, state, diverted_to, reason)

struct HourNeedsView {
  std::string day;
  std::int64_t hour = 0;
  std::int64_t persons = 0;
  std::int64_t families = 0;
  std::int64_t children = 0;
  std::int64_t children_alone = 0;
  std::int64_t wheelchairs = 0;
  std::int64_t interpreters = 0;
  std::int64_t medical = 0;
  std::int64_t other_help = 0;  ///< told in words that no list knows
  std::int64_t beds = 0;
  std::int64_t buses = 0;
};
RCMS_VIEW(HourNeedsView, day, hour, persons, families, children, children_alone, wheelchairs, interpreters, medical, other_help,
          beds, buses)

struct BoardTransportView {
  std::string id;
  std::string name;
  NamedView partner;
  std::string day;
  std::string time;
  std::optional<std::string> place;      ///< where it arrives
  std::optional<std::string> reception;  ///< the centre as it was announced
  std::optional<NamedView> sent_to;      ///< where that centre sends people now
  std::int64_t persons = 0;
  std::int64_t received = 0;
  bool is_cancelled = false;
  bool may_check_in = false;  ///< now
};
RCMS_VIEW(BoardTransportView, id, name, partner, day, time, place, reception, sent_to, persons, received, is_cancelled,
          may_check_in)

/// What the hours are counted with.
struct BoardRulesView {
  std::string last_onward;
  std::string first_onward;
  std::int64_t bus_seats = 1;
  std::string confidence;
};
RCMS_VIEW(BoardRulesView, last_onward, first_onward, bus_seats, confidence)

struct ArrivalsBoardView {
  std::string from;
  std::int64_t days = 1;
  std::vector<HourNeedsView> hours;  ///< in time; hours without arrivals are left out
  std::vector<BoardTransportView> transports;
  std::vector<CentreView> centres;
  BoardRulesView rules;
};
RCMS_VIEW(ArrivalsBoardView, from, days, hours, transports, centres, rules)

struct ReceivedView {
  std::string record;
  NamedView centre;
  std::string desk;
  std::string time;
  std::string day;
};
RCMS_VIEW(ReceivedView, record, centre, desk, time, day)

struct ExpectedPersonView {
  std::string case_id;
  std::optional<std::string> family;
  std::string surname;
  std::string given_names;
  std::optional<std::string> sex;
  std::optional<std::string> birth_date;
  std::optional<std::string> document_number;
  bool is_child = false;
  bool is_alone = false;
  std::vector<OptionView> needs;  ///< measures, never causes
  std::optional<ReceivedView> received;
};
RCMS_VIEW(ExpectedPersonView, case_id, family, surname, given_names, sex, birth_date, document_number, is_child, is_alone, needs,
          received)

struct ExpectedListView {
  BoardTransportView transport;
  bool stays_the_night = false;  ///< who arrives at that hour
  std::vector<ExpectedPersonView> persons;
};
RCMS_VIEW(ExpectedListView, transport, stays_the_night, persons)

struct ArrivingPersonInput {
  http::Text<100> surname;
  std::optional<http::Text<100>> given_names;
  std::string sex;
  std::optional<std::string> birth_date;
  std::optional<std::string> nationality;
  std::optional<std::string> language;
  std::optional<http::Text<30>> document_number;
};
RCMS_INPUT(ArrivingPersonInput, surname, given_names, sex, birth_date, nationality, language, document_number)

struct CheckInInput {
  http::Text<20> desk;
  std::optional<std::string> transport;
  http::List<std::string, 40> cases;
  http::List<ArrivingPersonInput, 40> persons;
  std::optional<http::TextBlock<400>> scan;  ///< lines of a zone, or a number
  bool beds = false;
};
RCMS_INPUT(CheckInInput, desk, transport, cases, persons, scan, beds)

struct ReceptionRowView {
  std::string id;
  NamedView centre;
  std::string surname;
  std::string given_names;
  std::optional<std::string> sex;
  std::optional<std::string> birth_date;
  bool is_child = false;
  std::string family;
  std::vector<OptionView> needs;
  std::string desk;
  std::string day;
  std::string time;
  Instant arrived_at;
  OptionView identity;  ///< document, list, declared
  bool is_announced = false;
  bool has_bed = false;
  OptionView state;  ///< present, left
};
RCMS_VIEW(ReceptionRowView, id, centre, surname, given_names, sex, birth_date, is_child, family, needs, desk, day, time,
          arrived_at, identity, is_announced, has_bed, state)

struct CheckInView {
  std::vector<ReceptionRowView> records;
  std::int64_t beds_free = 0;
};
RCMS_VIEW(CheckInView, records, beds_free)

struct ReceptionRecordView {
  ReceptionRowView person;
  std::optional<std::string> document_number;
  std::optional<OptionView> nationality;
  std::optional<OptionView> language;
  std::optional<std::string> transport;  ///< name, when somebody announced it
  std::vector<ReceptionRowView> family;  ///< the others who came with them
  std::optional<NamedView> checked_in_by;
  std::optional<Instant> left_at;
  std::optional<std::string> left_to;
  http::Json details;  ///< form reception_record
  bool may_edit = false;
  std::int64_t revision = 1;
};
RCMS_VIEW(ReceptionRecordView, person, document_number, nationality, language, transport, family, checked_in_by, left_at, left_to,
          details, may_edit, revision)

struct ReceptionDetailsInput {
  http::Json details;
};
RCMS_INPUT(ReceptionDetailsInput, details)

struct ReceptionDepartureInput {
  std::optional<http::Text<200>> to;  ///< where they go, in words
};
RCMS_INPUT(ReceptionDepartureInput, to)

}  // namespace rcms::reception
