#include "capabilities/interviews/mission_notice.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

constexpr std::size_t notice_limit = 300;

bool is_text(std::string const& text) {
  return !text.empty() && is_utf8(text) && !has_control_characters(text) && length_of(text) <= notice_limit;
}

Result<void> take_days(MissionNotice& after, json::value const& body) {
  auto const from = Date::parse(text_at(body, "from"));
  auto const to = Date::parse(text_at(body, "to"));
  if (!from || !to || *to < *from || days_between(*from, *to) >= longest_mission_days)
    return refuse(Why::field_invalid, "body.from");
  after.from = *from;
  after.to = *to;
  after.name = text_at(body, "name");
  if (!is_text(after.name)) return refuse(Why::field_invalid, "body.name");
  after.places.clear();
  for (auto const& one : list_at(body, "places")) {
    ToldPlace place{text_at(one, "name"), text_at(one, "address"), text_at(one, "mode")};
    if (!is_text(place.name) || !is_text(place.address) || !is_text(place.mode)) return refuse(Why::field_invalid, "body.places");
    after.places.push_back(std::move(place));
  }
  if (after.places.empty() || after.places.size() > mission_places_limit) return refuse(Why::field_invalid, "body.places");
  return {};
}

}  // namespace

CaseId chain_of(MissionId const& id) { return CaseId{id.value}; }

bool is_of_mission(exchange::Envelope const& envelope) {
  return text_at(json::value(envelope.body), "variant").starts_with("mission_");
}

json::object body_of(Mission const& mission, std::vector<Place> const& places, std::string_view variant) {
  json::object body{{"variant", variant}, {"mission", mission.id.value}};
  if (variant == "mission_cancelled") return body;
  body["name"] = mission.name;
  body["from"] = mission.from.text();
  body["to"] = mission.to.text();
  json::array told;
  for (auto const& place : places) {
    if (std::find(mission.places.begin(), mission.places.end(), place.id) == mission.places.end()) continue;
    told.push_back(json::object{{"name", place.name}, {"address", place.address}, {"mode", place.mode}});
  }
  body["places"] = std::move(told);
  return body;
}

Result<MissionNotice> take_mission_notice(std::optional<MissionNotice> before, exchange::Envelope const& envelope, Instant now) {
  auto const body = json::value(envelope.body);
  auto const variant = text_at(body, "variant");
  auto const id = MissionId::parse(text_at(body, "mission"));
  if (!id || chain_of(*id) != envelope.case_id) return refuse(Why::field_invalid, "body.mission");
  if (!before && variant != "mission_announced") return refuse(Why::not_found, "body.mission");
  auto after = before.value_or(MissionNotice{});
  after.id = *id;
  after.changed_at = now;
  if (variant == "mission_cancelled") {
    after.state = "cancelled";
    return after;
  }
  if (variant != "mission_announced" && variant != "mission_changed") return refuse(Why::field_invalid, "body.variant");
  if (auto taken = take_days(after, body); !taken) return tl::unexpected(taken.error());
  after.state = "announced";
  return after;
}

}  // namespace rcms::interviews
