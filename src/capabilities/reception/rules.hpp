// What arrivals need, who may be checked in and with which document. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/reception/record.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::reception {

/// Members of the centre's body, and those who protect everywhere (reception.protect).
bool may_work_at(access::Viewer const& viewer, Centre const& centre);

/// Refuses: field_missing, field_invalid (name, time_zone, hours, beds 0 to 5,000).
Result<void> check_centre(Centre const& centre);
/// A centre is opened, closed, or sends people on. Refuses: not_permitted (another body's, without reception.centres of a
/// supervisor); field_invalid (state; diverted to itself or to one that is not open), reason_missing (closed, diverted).
/// Source: docs/decisions/0040-reception-is-a-space-of-its-own.md.
Result<Centre> decide_state(Centre before, std::string const& state, Centre const* to, std::string reason,
                            access::Viewer const& viewer, Instant now);
bool is_open_at(Centre const& centre, Instant at);

/// When people of a list may be checked in at a centre.
enum class ListHours { too_early, open, over };
ListHours hours_of(transfers::AnnouncedTransport const& transport, ArrivalRules const& rules, Instant now);

/// What is told of help, in codes: the needs whose words stand in it, other_help when none does; nothing of nothing.
std::vector<std::string> needs_in(std::string_view told, ArrivalRules const& rules);
/// Those of an announced transport. `help_of` gives what the file of a case says of help; `languages` are those of the State: who
/// speaks none of them needs an interpreter.
std::vector<Expected> expect(transfers::AnnouncedTransport const& transport, std::vector<std::string> const& languages,
                             std::function<std::string(CaseId const&)> const& help_of, ArrivalRules const& rules);

/// What the arrivals of one hour need. Counts of persons, but `families` and `buses`.
struct HourNeeds {
  Date day;      ///< of the wall
  int hour = 0;  ///< 0 to 23
  int persons = 0;
  int families = 0;
  int children = 0;
  int children_alone = 0;
  int wheelchairs = 0;
  int interpreters = 0;
  int medical = 0;
  int other_help = 0;
  int beds = 0;
  int buses = 0;
};
/// Adds those who arrive together at `at`. Beds: everybody who comes too late to travel on that day, and children alone; the
/// others take buses.
void add_needs(std::vector<HourNeeds>& hours, Instant at, std::string_view zone, std::vector<Expected> const& persons,
               ArrivalRules const& rules);
bool stays_the_night(int minute, ArrivalRules const& rules);

/// The number of a document as numbers are compared: letters and digits alone, in capitals.
std::string plain_number(std::string_view text);
/// What was read from a document at the desk: the number, and from a zone also name and birth.
struct ScannedDocument {
  std::string number;
  std::string surname;      ///< letters of the zone; empty: only a number was read
  std::string given_names;
  std::string birth_date;   ///< yyyy-mm-dd or in part; may be empty
  std::string nationality;
  std::string sex;
};
/// A machine readable zone, or a number alone. Refuses: does_not_verify (check digits), field_invalid (neither).
Result<ScannedDocument> read_scan(std::string_view text, Date today);
/// Whether a document can be that of the person. Refuses: does_not_verify (another number, another name or birth).
Result<void> check_document(ScannedDocument const& scanned, Person const& person);

/// "case:<case>:<transport>" of one who was announced, "document:<number>:<day>" of one with a document, else nothing.
std::vector<std::string> arrival_keys(Record const& record, Date day);

struct CheckIn {
  std::string desk;
  std::string scan;  ///< may be empty
  bool has_beds = false;
};
/// Whether people of the list may be checked in now. Refuses: wrong_step (centre not open; called off), too_early, too_late.
Result<void> check_arrival(Centre const& centre, std::optional<transfers::AnnouncedTransport> const& transport,
                           std::string const& diverted_to, ArrivalRules const& rules, Instant now);
/// Records of those who come together. Every record has one family. Refuses: field_missing, field_invalid (a person),
/// limit_reached (beds), does_not_verify (a document that belongs to none of them).
/// Source: docs/decisions/0040-reception-is-a-space-of-its-own.md.
Result<std::vector<Record>> decide_check_in(Centre const& centre, std::vector<Record> persons, CheckIn const& input,
                                            int free_beds, std::string const& family, access::Viewer const& viewer, Instant now);

}  // namespace rcms::reception
