#include "engines/paxlst/passenger_list.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engines/paxlst/edifact.hpp"

namespace rcms::paxlst {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 1'440 * minute_ms;

/// "203102271030" of an instant; UTC.
std::string time_text(Instant at) {
  auto const day = Date::from_days(static_cast<std::int32_t>(at.ms / day_ms));
  auto const minute = (at.ms % day_ms) / minute_ms;
  return fmt::format("{:04}{:02}{:02}{:02}{:02}", day.year(), day.month(), day.day(), minute / 60, minute % 60);
}
std::string day_text(Date day) { return fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day()); }

std::optional<int> read_number(std::string_view text) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  int value = 0;
  for (char const one : text) value = value * 10 + (one - '0');
  return value;
}

std::optional<Date> read_day(std::string_view text) {
  if (text.size() != 8 || !read_number(text)) return std::nullopt;
  return Date::find(*read_number(text.substr(0, 4)), *read_number(text.substr(4, 2)), *read_number(text.substr(6, 2)));
}

std::optional<Instant> read_time(std::string_view text) {
  if (text.size() != 12) return std::nullopt;
  auto const day = read_day(text.substr(0, 8));
  auto const hour = read_number(text.substr(8, 2));
  auto const minute = read_number(text.substr(10, 2));
  if (!day || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return Instant{day->days() * day_ms + (*hour * 60 + *minute) * minute_ms};
}

void add_person(std::vector<Segment>& segments, ListedPerson const& one) {
  segments.push_back({"NAD", {{"FL"}, {}, {}, {one.surname, one.given_names}}});
  if (!one.sex.empty()) segments.push_back({"ATT", {{"2"}, {}, {one.sex}}});
  if (one.birth) segments.push_back({"DTM", {{"329", day_text(*one.birth), "102"}}});
  if (!one.nationality.empty()) segments.push_back({"NAT", {{"2"}, {one.nationality}}});
  segments.push_back({"DOC", {{"P", "110", "111"}, {one.document_number}}});
  if (one.document_until) segments.push_back({"DTM", {{"36", day_text(*one.document_until), "102"}}});
  if (!one.reference.empty()) segments.push_back({"RFF", {{"AVF", one.reference}}});
  if (!one.document_issuer.empty()) segments.push_back({"LOC", {{"91"}, {one.document_issuer}}});
}

/// Reads the segments of a message in order; what it does not know it passes over, as the directory allows.
class ListReader {
 public:
  Result<PassengerList> run(std::vector<Segment> const& segments) {
    for (auto const& segment : segments) {
      ++counted_;
      if (auto read = take(segment); !read) return tl::unexpected(read.error());
    }
    if (!is_paxlst_) return refuse(Why::unsupported_type, "message");
    if (!is_ended_) return refuse(Why::field_missing, "UNT");
    if (list_.departs_at == Instant{} || list_.arrives_at == Instant{}) return refuse(Why::field_missing, "DTM");
    return std::move(list_);
  }

 private:
  Result<void> take(Segment const& one) {
    if (one.tag == "UNB") return take_head(one);
    if (one.tag == "UNH") {
      is_paxlst_ = one.at(1) == "PAXLST";
      counted_ = 1;
    } else if (one.tag == "NAD" && one.at(0) == "FL") {
      list_.persons.emplace_back();
      list_.persons.back().surname = one.at(3, 0);
      list_.persons.back().given_names = one.at(3, 1);
    } else if (one.tag == "TDT" && one.at(0) == "20") {
      list_.number = one.at(1);
      list_.carrier = one.at(4);
    } else if (one.tag == "DTM") {
      return take_time(one);
    } else if (one.tag == "LOC") {
      take_place(one);
    } else if (one.tag == "CNT" && one.at(0, 0) == "42") {
      if (read_number(one.at(0, 1)) != static_cast<int>(list_.persons.size())) return refuse(Why::field_invalid, "CNT");
    } else if (one.tag == "UNT") {
      is_ended_ = true;
      if (read_number(one.at(0)) != counted_) return refuse(Why::field_invalid, "UNT");
    } else if (!list_.persons.empty()) {
      take_of_person(one, list_.persons.back());
    }
    return {};
  }

  Result<void> take_head(Segment const& one) {
    list_.sender = one.at(1);
    list_.receiver = one.at(2);
    list_.reference = one.at(4);
    auto const made = read_time(fmt::format("20{}{}", one.at(3, 0), one.at(3, 1)));
    if (!made) return refuse(Why::field_invalid, "UNB");
    list_.made_at = *made;
    return {};
  }

  Result<void> take_time(Segment const& one) {
    auto const what = one.at(0, 0);
    auto const text = one.at(0, 1);
    if (what == "189" || what == "232") {
      auto const at = read_time(text);
      if (!at) return refuse(Why::field_invalid, "DTM");
      (what == "189" ? list_.departs_at : list_.arrives_at) = *at;
    } else if ((what == "329" || what == "36") && !list_.persons.empty()) {
      auto const day = read_day(text);
      if (!day) return refuse(Why::field_invalid, "DTM");
      (what == "329" ? list_.persons.back().birth : list_.persons.back().document_until) = day;
    }
    return {};
  }

  void take_place(Segment const& one) {
    if (one.at(0) == "125") list_.from = one.at(1);
    if (one.at(0) == "87") list_.to = one.at(1);
    if (one.at(0) == "91" && !list_.persons.empty()) list_.persons.back().document_issuer = one.at(1);
  }

  static void take_of_person(Segment const& one, ListedPerson& person) {
    if (one.tag == "ATT" && one.at(0) == "2") person.sex = one.at(2);
    if (one.tag == "NAT") person.nationality = one.at(1);
    if (one.tag == "DOC") person.document_number = one.at(1);
    if (one.tag == "RFF" && one.at(0, 0) == "AVF") person.reference = one.at(0, 1);
  }

  PassengerList list_;
  int counted_ = 0;
  bool is_paxlst_ = false;
  bool is_ended_ = false;
};

}  // namespace

std::string render_paxlst(PassengerList const& list) {
  auto const made = time_text(list.made_at);
  std::vector<Segment> segments;
  segments.push_back({"UNB",
                      {{"UNOA", "4"}, {list.sender}, {list.receiver}, {made.substr(2, 6), made.substr(8)}, {list.reference}}});
  segments.push_back({"UNH", {{"1"}, {"PAXLST", "D", "05B", "UN"}}});
  segments.push_back({"BGM", {{"745"}}});
  segments.push_back({"NAD", {{"MS"}, {}, {}, {list.sender}}});
  segments.push_back({"TDT", {{"20"}, {list.number}, {}, {}, {list.carrier}}});
  segments.push_back({"LOC", {{"125"}, {list.from}}});
  segments.push_back({"DTM", {{"189", time_text(list.departs_at), "203"}}});
  segments.push_back({"LOC", {{"87"}, {list.to}}});
  segments.push_back({"DTM", {{"232", time_text(list.arrives_at), "203"}}});
  for (auto const& one : list.persons) add_person(segments, one);
  segments.push_back({"CNT", {{"42", std::to_string(list.persons.size())}}});
  segments.push_back({"UNT", {{std::to_string(segments.size())}, {"1"}}});
  segments.push_back({"UNZ", {{"1"}, {list.reference}}});
  return render_segments(segments);
}

Result<PassengerList> parse_paxlst(std::string_view text) {
  auto const segments = parse_segments(text);
  if (!segments) return tl::unexpected(segments.error());
  return ListReader().run(*segments);
}

}  // namespace rcms::paxlst
