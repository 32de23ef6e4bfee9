#include "capabilities/interviews/appointment.hpp"

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

constexpr std::size_t text_limit = 300;

Result<std::string> read_text(json::object const& body, std::string_view key, bool required) {
  auto const text = text_at(json::value(body), key);
  auto const field = "body." + std::string(key);
  if (text.empty() && required) return refuse(Why::field_missing, field);
  if (!is_utf8(text) || has_control_characters(text) || length_of(text) > text_limit) return refuse(Why::field_invalid, field);
  return text;
}

Result<void> take_time(Appointment& after, json::object const& body) {
  auto const starts_at = Instant::parse(text_at(json::value(body), "starts_at"));
  if (!starts_at) return refuse(Why::field_invalid, "body.starts_at");
  auto const minutes = whole_at(json::value(body), "length_minutes");
  if (minutes < quarter_minutes || minutes > 1440) return refuse(Why::field_invalid, "body.length_minutes");
  after.starts_at = *starts_at;
  after.length_minutes = static_cast<int>(minutes);
  struct Part {
    std::string_view key;
    std::string* into;
    bool required;
  };
  for (auto const& part : {Part{"mode", &after.mode, true}, Part{"place", &after.place, true},
                           Part{"address", &after.address, true}, Part{"time_zone", &after.time_zone, true},
                           Part{"accessibility", &after.accessibility, false}, Part{"language", &after.language, true}}) {
    auto text = read_text(body, part.key, part.required);
    if (!text) return tl::unexpected(text.error());
    *part.into = std::move(*text);
  }
  try {
    (void)date_in_zone(after.starts_at, after.time_zone);
  } catch (std::runtime_error const&) {
    return refuse(Why::field_invalid, "body.time_zone");
  }
  after.interpreter = flag_at(json::value(body), "interpreter");
  auto const mission = text_at(json::value(body), "mission");
  after.mission = mission.empty() ? MissionId{} : MissionId::parse(mission).value_or(MissionId{});
  if (!mission.empty() && after.mission.empty()) return refuse(Why::field_invalid, "body.mission");
  return {};
}

/// What was arranged for the old date holds no more.
void begin_anew(Appointment& after) {
  after.state = "asked";
  after.invitation = {};
  after.invitation_language.clear();
  after.invited_on.clear();
  after.invited_how.clear();
}

std::string attendance_of_person(Interview const& interview) {
  for (auto const& one : interview.attendance) {
    if (one.role == "person") return one.attendance;
  }
  return {};
}

}  // namespace

json::object body_of(Interview const& interview, Place const& place, std::string_view variant) {
  json::object body{{"variant", variant}, {"interview", interview.id.value}};
  if (variant == "booked" || variant == "moved") {
    body["starts_at"] = interview.starts_at.text();
    body["length_minutes"] = interview.length_minutes;
    body["mode"] = place.mode;
    body["place"] = place.name;
    body["address"] = place.address;
    body["time_zone"] = place.time_zone;
    body["accessibility"] = place.accessibility;
    body["language"] = interview.language;
    body["interpreter"] = !interview.interpreter.empty();
    if (!interview.mission.empty()) body["mission"] = interview.mission.value;
  }
  if (variant == "held" || variant == "not_held") body["person"] = attendance_of_person(interview);
  return body;
}

json::object body_of(Appointment const& appointment, std::string_view variant) {
  json::object body{{"variant", variant}, {"interview", appointment.id.value}, {"starts_at", appointment.starts_at.text()}};
  if (variant == "arranged") body["invited_on"] = appointment.invited_on;
  return body;
}

Result<Appointment> take_notice(std::optional<Appointment> before, exchange::Envelope const& envelope, Instant now) {
  auto const& body = envelope.body;
  auto const variant = text_at(json::value(body), "variant");
  auto const id = InterviewId::parse(text_at(json::value(body), "interview"));
  if (!id) return refuse(Why::field_invalid, "body.interview");
  if (!before && variant != "booked") return refuse(Why::not_found, "body.interview");
  auto after = before.value_or(Appointment{});
  after.id = *id;
  after.case_id = envelope.case_id;
  after.changed_at = now;
  if (variant == "booked" || variant == "moved") {
    begin_anew(after);
    if (auto taken = take_time(after, body); !taken) return tl::unexpected(taken.error());
  } else if (variant == "cancelled") {
    after.state = "cancelled";
  } else if (variant == "held" || variant == "not_held") {
    after.state = variant;
    auto person = read_text(body, "person", false);
    if (!person) return tl::unexpected(person.error());
    after.attendance = std::move(*person);
  } else if (variant == "minutes_signed") {
    auto const signed_on = text_at(json::value(body), "signed_on");
    auto const hash = text_at(json::value(body), "sha256");
    if (!Date::parse(signed_on)) return refuse(Why::field_invalid, "body.signed_on");
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      return refuse(Why::field_invalid, "body.sha256");
    after.minutes_signed_on = signed_on;
    after.minutes_hash = hash;
  } else {
    return refuse(Why::field_invalid, "body.variant");
  }
  return after;
}

Result<Interview> take_answer(Interview const& before, exchange::Envelope const& envelope, Instant now) {
  auto const variant = text_at(json::value(envelope.body), "variant");
  auto after = before;
  // What was said of a date that has been changed meanwhile says nothing of the new one.
  bool const is_old = text_at(json::value(envelope.body), "starts_at") != before.starts_at.text();
  if (is_old && variant != "not_presented") return after;
  if (variant == "arranged") {
    auto const invited_on = text_at(json::value(envelope.body), "invited_on");
    if (!invited_on.empty() && !Date::parse(invited_on)) return refuse(Why::field_invalid, "body.invited_on");
    if (before.state != "booked") return after;
    after.presence = "arranged";
    after.invited_on = invited_on;
  } else if (variant == "other_time" || variant == "not_presented") {
    if (before.state != "booked") return after;
    after.presence = variant;
    after.state = "cancelled";
  } else {
    return refuse(Why::field_invalid, "body.variant");
  }
  after.changed_at = now;
  return after;
}

}  // namespace rcms::interviews
