// A reception centre of the requested State, a person who was received there, and what the arrivals of a day need.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/transfers/announcement.hpp"

namespace rcms::reception {

using CentreId = Id<struct CentreTag>;
using RecordId = Id<struct ReceptionRecordTag>;

struct Centre {
  CentreId id;
  PartyId party;
  OrganisationId organisation;  ///< whose members work there
  std::string name;
  std::string address;
  std::string time_zone;
  std::vector<transfers::OpenHours> hours;
  int beds = 0;
  std::string state = "open";  ///< open, closed, diverted
  CentreId diverted_to;        ///< of a diverted one
  std::string reason;          ///< of closed and diverted
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

struct Person {
  std::string surname;
  std::string given_names;
  std::string sex;
  std::string birth_date;   ///< may be known in part, may be empty
  std::string nationality;  ///< three letters, may be empty
  std::string language;     ///< may be empty
  std::string document_number;

  std::string name() const { return given_names.empty() ? surname : given_names + " " + surname; }
};

/// Somebody who was received: the centre's own record, in the social space of the State.
struct Record {
  RecordId id;
  PartyId party;
  CentreId centre;
  transfers::TransportId transport;  ///< empty: nobody announced them
  CaseId case_id;                    ///< empty: nobody announced them
  std::string family;                ///< the same for all of a family; never empty
  Person person;
  std::vector<std::string> needs;  ///< codes, sorted
  std::string desk;
  Instant arrived_at;
  std::string identity;  ///< document (its zone agrees), list (announced, no document read), declared
  bool has_bed = false;
  std::string state = "present";  ///< present, left
  std::optional<Instant> left_at;
  std::string left_to;
  boost::json::object details;  ///< form reception_record
  UserId checked_in_by;
  Instant changed_at;
  std::int64_t revision = 0;
};

/// A need told in words: any of them found in what the file says of help.
struct NeedWords {
  std::string code;
  std::vector<std::string> words;  ///< in search form
};

/// data/reception/arrivals.toml
struct ArrivalRules {
  std::string confidence;
  int last_onward_minute = 0;
  int first_onward_minute = 0;
  int bus_seats = 1;
  int check_in_hours_before = 0;
  int list_hours_after = 0;
  std::vector<NeedWords> needs;
};
/// Throws std::runtime_error that names the file at fault.
ArrivalRules load_arrival_rules(std::filesystem::path const& data);

/// Somebody who is announced, with what they need.
struct Expected {
  CaseId case_id;
  std::string family;  ///< "A"; empty: travels alone
  Person person;
  bool is_child = false;
  bool is_alone = false;           ///< a child with no adult of the family aboard
  std::vector<std::string> needs;  ///< codes, sorted: those of the words, interpreter, other_help
};

}  // namespace rcms::reception
