#include "capabilities/transfers/announcement.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

constexpr std::size_t told_text_limit = 300;
constexpr std::string_view announced_variant = "transport_announced";
constexpr std::string_view changed_variant = "transport_changed";
constexpr std::string_view cancelled_variant = "transport_cancelled";

bool is_told_text(std::string const& text) {
  bool const is_line = is_utf8(text) && !has_control_characters(text) && text.find_first_of("\n\t") == std::string::npos;
  return is_line && length_of(text) <= told_text_limit;
}
bool is_told_day(std::string const& text) { return text.empty() || PartialDate::parse(text).has_value(); }

json::object render_place(AnnouncedPlace const& place) {
  return {{"name", place.name}, {"code", place.code}, {"state", place.state}, {"time_zone", place.time_zone}};
}

Result<AnnouncedPlace> take_place(json::value const& leg, char const* member) {
  auto const* one = find_member(leg, member);
  if (one == nullptr) return refuse(Why::field_missing, "body.legs");
  AnnouncedPlace place{text_at(*one, "name"), text_at(*one, "code"), text_at(*one, "state"), text_at(*one, "time_zone")};
  bool const is_text = is_told_text(place.name) && is_told_text(place.code) && is_told_text(place.state);
  if (place.name.empty() || !is_text) return refuse(Why::field_invalid, "body.legs");
  try {
    (void)date_in_zone(Instant{}, place.time_zone);
  } catch (std::runtime_error const&) {
    return refuse(Why::field_invalid, "body.legs");
  }
  return place;
}

Result<void> take_legs(AnnouncedTransport& after, json::value const& body) {
  after.legs.clear();
  for (auto const& one : list_at(body, "legs")) {
    auto from = take_place(one, "from");
    auto to = take_place(one, "to");
    if (!from) return tl::unexpected(from.error());
    if (!to) return tl::unexpected(to.error());
    auto const departs_at = Instant::parse(text_at(one, "departs_at"));
    auto const arrives_at = Instant::parse(text_at(one, "arrives_at"));
    if (!departs_at || !arrives_at || *arrives_at <= *departs_at) return refuse(Why::field_invalid, "body.legs");
    AnnouncedLeg leg{std::move(*from), std::move(*to), *departs_at, *arrives_at, text_at(one, "carrier"), text_at(one, "number")};
    if (!is_told_text(leg.carrier) || !is_told_text(leg.number)) return refuse(Why::field_invalid, "body.legs");
    after.legs.push_back(std::move(leg));
  }
  if (after.legs.empty()) return refuse(Why::field_missing, "body.legs");
  if (after.legs.size() > legs_limit) return refuse(Why::limit_reached, "body.legs");
  return {};
}

Result<void> take_staff(AnnouncedTransport& after, json::value const& body) {
  after.staff.clear();
  for (auto const& one : list_at(body, "staff")) {
    Escort escort{text_at(one, "name"), text_at(one, "function"), text_at(one, "document_number"),
                  text_at(one, "document_until"), {}, texts_at(one, "languages")};
    for (auto const* text : {&escort.name, &escort.function, &escort.document_number}) {
      if (text->empty() || !is_told_text(*text)) return refuse(Why::field_invalid, "body.staff");
    }
    bool const is_text = std::all_of(escort.languages.begin(), escort.languages.end(), is_told_text);
    if (!is_text || !is_told_day(escort.document_until)) return refuse(Why::field_invalid, "body.staff");
    after.staff.push_back(std::move(escort));
  }
  if (after.staff.size() > escorts_limit) return refuse(Why::limit_reached, "body.staff");
  return {};
}

/// Only what the columns name.
ListedTraveller pick_columns(ListedTraveller const& one, std::vector<std::string> const& columns) {
  ListedTraveller picked;
  picked.case_id = one.case_id;
  for (auto const& column : columns) {
    if (column == "number") picked.number = one.number;
    if (column == "family") picked.family = one.family;
    if (column == "surname") picked.surname = one.surname;
    if (column == "given_names") picked.given_names = one.given_names;
    if (column == "sex") picked.sex = one.sex;
    if (column == "birth_date") picked.birth_date = one.birth_date;
    if (column == "nationality") picked.nationality = one.nationality;
    if (column == "document_number") picked.document_number = one.document_number;
    if (column == "document_issuer") picked.document_issuer = one.document_issuer;
    if (column == "document_until") picked.document_until = one.document_until;
    if (column == "reference") picked.reference = one.reference;
    if (column == "language") picked.language = one.language;
  }
  return picked;
}

AnnouncedPlace place_of(Manifest const& manifest, CrossingPointId const& id) {
  for (auto const& point : manifest.points) {
    if (point.id == id) return {point.name, point.code, point.state, point.time_zone};
  }
  return {"?", {}, {}, "UTC"};
}

}  // namespace

Result<ListedTraveller> take_listed(json::value const& one) {
  ListedTraveller person;
  auto const id = CaseId::parse(text_at(one, "case"));
  if (!id) return refuse(Why::field_invalid, "body.persons");
  person.case_id = *id;
  person.number = static_cast<int>(std::clamp<std::int64_t>(whole_at(one, "number"), 0, 100'000));
  person.family = text_at(one, "family");
  person.surname = text_at(one, "surname");
  person.given_names = text_at(one, "given_names");
  person.sex = text_at(one, "sex");
  person.birth_date = text_at(one, "birth_date");
  person.nationality = text_at(one, "nationality");
  person.document_number = text_at(one, "document_number");
  person.document_issuer = text_at(one, "document_issuer");
  person.document_until = text_at(one, "document_until");
  person.reference = text_at(one, "reference");
  person.language = text_at(one, "language");
  for (auto const* text : {&person.family, &person.surname, &person.given_names, &person.sex, &person.nationality,
                           &person.document_number, &person.document_issuer, &person.reference, &person.language}) {
    if (!is_told_text(*text)) return refuse(Why::field_invalid, "body.persons");
  }
  bool const has_days = is_told_day(person.birth_date) && is_told_day(person.document_until);
  if (person.surname.empty() || !has_days) return refuse(Why::field_invalid, "body.persons");
  return person;
}

json::object render_listed(ListedTraveller const& person) {
  json::object told{{"case", person.case_id.value}};
  if (person.number > 0) told["number"] = person.number;
  auto const add = [&](char const* member, std::string const& text) {
    if (!text.empty()) told[member] = text;
  };
  add("family", person.family);
  add("surname", person.surname);
  add("given_names", person.given_names);
  add("sex", person.sex);
  add("birth_date", person.birth_date);
  add("nationality", person.nationality);
  add("document_number", person.document_number);
  add("document_issuer", person.document_issuer);
  add("document_until", person.document_until);
  add("reference", person.reference);
  add("language", person.language);
  return told;
}

CaseId chain_of(TransportId const& id) { return CaseId{id.value}; }

bool is_of_transport(exchange::Envelope const& envelope) {
  return text_at(json::value(envelope.body), "variant").starts_with("transport_");
}

AnnouncedTransport announced_of(Manifest const& manifest, ManifestCopy const& copy) {
  auto const& transport = manifest.transport;
  AnnouncedTransport announced;
  announced.id = transport.id;
  announced.party = transport.partner;
  announced.partner = transport.party;
  announced.name = transport.name;
  announced.kind = transport.kind;
  for (auto const& leg : transport.legs) {
    announced.legs.push_back({place_of(manifest, leg.from), place_of(manifest, leg.to), leg.departs_at, leg.arrives_at,
                              leg.carrier, leg.number});
  }
  announced.reception = transport.reception;
  if (copy.has_staff) {
    for (auto const& one : transport.escorts)
      announced.staff.push_back({one.name, one.function, one.document_number, one.document_until, {}, one.languages});
  }
  for (auto const& one : manifest.persons) announced.persons.push_back(pick_columns(one, copy.columns));
  announced.fingerprint = manifest.fingerprint();
  announced.changed_at = manifest.made_at;
  return announced;
}

json::object body_of(AnnouncedTransport const& announced, std::string_view variant) {
  json::object body{{"variant", variant}, {"transport", announced.id.value}};
  if (variant == cancelled_variant) return body;
  body["name"] = announced.name;
  body["kind"] = announced.kind;
  body["reception"] = announced.reception;
  body["list"] = announced.fingerprint;
  json::array legs;
  for (auto const& leg : announced.legs) {
    legs.push_back(json::object{{"from", render_place(leg.from)},
                                {"to", render_place(leg.to)},
                                {"departs_at", leg.departs_at.text()},
                                {"arrives_at", leg.arrives_at.text()},
                                {"carrier", leg.carrier},
                                {"number", leg.number}});
  }
  body["legs"] = std::move(legs);
  json::array staff;
  for (auto const& one : announced.staff) {
    json::array languages;
    for (auto const& language : one.languages) languages.push_back(json::string(language));
    staff.push_back(json::object{{"name", one.name},
                                 {"function", one.function},
                                 {"document_number", one.document_number},
                                 {"document_until", one.document_until},
                                 {"languages", std::move(languages)}});
  }
  body["staff"] = std::move(staff);
  json::array persons;
  for (auto const& one : announced.persons) persons.push_back(render_listed(one));
  body["persons"] = std::move(persons);
  return body;
}

Result<void> take_announced(AnnouncedTransport& after, json::value const& body) {
  after.name = text_at(body, "name");
  after.kind = text_at(body, "kind");
  after.reception = text_at(body, "reception");
  after.fingerprint = text_at(body, "list");
  if (after.name.empty() || !is_told_text(after.name)) return refuse(Why::field_invalid, "body.name");
  if (after.kind.empty() || !is_told_text(after.kind)) return refuse(Why::field_invalid, "body.kind");
  if (!is_told_text(after.reception)) return refuse(Why::field_invalid, "body.reception");
  if (after.fingerprint.empty() || !is_told_text(after.fingerprint)) return refuse(Why::field_invalid, "body.list");
  if (auto taken = take_legs(after, body); !taken) return taken;
  if (auto taken = take_staff(after, body); !taken) return taken;
  auto const& persons = list_at(body, "persons");
  if (persons.size() > announced_persons_limit) return refuse(Why::limit_reached, "body.persons");
  after.persons.clear();
  for (auto const& one : persons) {
    auto person = take_listed(one);
    if (!person) return tl::unexpected(person.error());
    bool const is_twice = std::any_of(after.persons.begin(), after.persons.end(),
                                      [&](auto const& known) { return known.case_id == person->case_id; });
    if (is_twice) return refuse(Why::field_invalid, "body.persons");
    after.persons.push_back(std::move(*person));
  }
  if (after.persons.empty()) return refuse(Why::field_missing, "body.persons");
  return {};
}

Result<AnnouncedTransport> take_announcement(std::optional<AnnouncedTransport> before, exchange::Envelope const& envelope,
                                             Instant now) {
  auto const body = json::value(envelope.body);
  auto const variant = text_at(body, "variant");
  auto const id = TransportId::parse(text_at(body, "transport"));
  if (!id || chain_of(*id) != envelope.case_id) return refuse(Why::field_invalid, "body.transport");
  if (!before && variant != announced_variant) return refuse(Why::not_found, "body.transport");
  auto after = before.value_or(AnnouncedTransport{});
  after.id = *id;
  after.changed_at = now;
  if (variant == cancelled_variant) {
    after.state = "cancelled";
    return after;
  }
  if (variant != announced_variant && variant != changed_variant) return refuse(Why::field_invalid, "body.variant");
  if (auto taken = take_announced(after, body); !taken) return tl::unexpected(taken.error());
  after.state = "announced";
  return after;
}

Result<std::string> decide_announcement(Manifest const& manifest, std::vector<Announcement> const& sent,
                                        access::Viewer const& viewer, Instant now) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (state_on(manifest.transport, now) != "planned")
    return refuse(Why::wrong_step, "transport", "what has departed or was called off is not announced");
  if (manifest.persons.empty()) return refuse(Why::field_missing, "cases", "nobody has a seat yet");
  if (sent.empty()) return std::string(announced_variant);
  if (sent.back().fingerprint == manifest.fingerprint())
    return refuse(Why::already_exists, "transport", "the requested State was told this list already");
  return std::string(changed_variant);
}

}  // namespace rcms::transfers
