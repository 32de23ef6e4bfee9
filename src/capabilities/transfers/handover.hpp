// The hand-over: each State ticks its own list, on devices that may have no network for a day. A tick is never changed: it names
// those that it replaces, so that what two devices did without knowing of each other stands side by side until a person settles
// it. Pure. Source of values and lists: docs/decisions/0039-ticks-are-kept-and-a-clash-is-settled-by-a-person.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/transfers/announcement.hpp"

namespace rcms::transfers {

using TickId = Id<struct TickTag>;
using TakingId = Id<struct TakingTag>;
using case_files::Side;

/// boarded, refused, no_show, unfit of the requesting State; arrived, not_arrived of the requested State.
std::vector<std::string_view> const& values_of(Side side);

/// A list as it can be taken on a device.
struct HandoverList {
  std::string number;  ///< of the list of those aboard; both States have the same
  std::vector<ListedTraveller> persons;
  Instant made_at;
};

/// Somebody put a list on a device.
struct Taking {
  TakingId id;
  std::string list;
  std::string device;  ///< how they call it
  UserId by;
  Instant at;
  std::int64_t clock_ahead_ms = 0;  ///< of the device; below zero: behind
};

struct Tick {
  TickId id;  ///< made on the device: the same tick sent again is the same
  CaseId case_id;
  std::string value;
  std::string note;          ///< may be empty; of a settlement the reason
  std::string list;
  TakingId taking;           ///< empty: settled at a desk
  std::int64_t counter = 0;  ///< from 1 within the taking
  Instant device_at;         ///< as the clock of the device said
  std::int64_t clock_ahead_ms = 0;
  Instant received_at;
  UserId by;
  std::vector<TickId> replaces;  ///< what stood for the person as far as the device knew

  bool is_settlement() const { return taking.empty(); }
  /// What the clock of the server would have said.
  Instant at() const { return device_at.plus_ms(-clock_ahead_ms); }
};

inline constexpr std::size_t ticks_limit = 500;
inline constexpr std::size_t note_limit = 300;
/// A clock that is further off is told to its user. Our own limit: no source.
inline constexpr std::int64_t clock_limit_ms = 5 * 60'000;
bool is_clock_wrong(std::int64_t ahead_ms);

/// Whether a tick is new (true) or the same as one that was received before. Refuses: field_invalid (value, list, counter, case,
/// time); already_exists (the id or the number of the device was used for another tick); field_too_long (note).
Result<bool> decide_tick(Side side, Tick const& wanted, std::vector<Tick> const& known, Taking const& taking,
                         HandoverList const& list);

/// What stands for one person.
struct Standing {
  std::vector<Tick> heads;  ///< ticks that no other replaces, the first received first; empty: not ticked
  std::string value;        ///< empty: not ticked, or a clash
  bool is_clash = false;    ///< heads of different values
};
/// By person; who has no tick is not in it.
std::map<CaseId, Standing> stand(std::vector<Tick> const& ticks);
/// Numbers of a taking that were counted on the device and have not arrived.
std::int64_t count_missing(Taking const& taking, std::vector<Tick> const& ticks);

/// A person says what is right, over everything that stands; also for one whom nobody ticked. Refuses: field_invalid (value);
/// reason_missing; field_too_long; stale_revision (other ticks stand by now than those that were seen).
Result<Tick> decide_settlement(Side side, CaseId const& person, std::string_view value, std::string_view reason,
                               std::vector<TickId> const& seen, std::vector<Tick> const& known, HandoverList const& list,
                               UserId const& by, Instant now);

struct Mark {
  CaseId case_id;
  std::string value;
  Instant at;  ///< by the clock of the server of the State
};
/// Why the lists differ, as one State told it.
struct Explanation {
  CaseId case_id;
  std::string ours;    ///< "": not ticked; "not_listed"
  std::string theirs;
  std::string reason;
  UserId by;
  Instant at;
};
/// The list of one State as the other is told it: values only, no name and no note.
struct HandoverReport {
  std::string direction;  ///< sent, received
  std::int64_t number = 1;
  std::string list;
  std::vector<Mark> marks;
  std::vector<Explanation> explanations;  ///< of the differences that the State saw when it told
  Instant at;
  UserId by;  ///< empty: received
};

inline constexpr std::string_view report_variant = "transport_handover";
boost::json::object body_of(TransportId const& id, HandoverReport const& report);
/// `from` is the side that told. Refuses: field_missing, field_invalid, limit_reached.
Result<HandoverReport> take_report(Side from, boost::json::value const& body);

struct Difference {
  CaseId case_id;
  std::string ours;    ///< a value; "": not ticked; "clash"; "not_listed": the person is not on our list
  std::string theirs;  ///< a value; "": not ticked
  std::string kind;    ///< boarded_not_arrived, arrived_not_boarded, not_ticked, clash, not_listed, values_differ
  std::optional<Explanation> explanation;        ///< ours, of these two values; none: open
  std::optional<Explanation> their_explanation;  ///< as the other State told it with its list
};
/// The lists of both States, person by person: nothing is taken to agree that both have not said. Empty when the other State has
/// told nothing yet.
std::vector<Difference> compare_lists(Side side, HandoverList const& list, std::map<CaseId, Standing> const& standings,
                                      HandoverReport const* theirs, std::vector<Explanation> const& explanations);

/// A list as JSON of a row, and back.
boost::json::array render_list(HandoverList const& list);
std::vector<ListedTraveller> read_list(boost::json::value const& content);

}  // namespace rcms::transfers
