#include "norms/agreements/dates.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/case_asked.hpp"
#include "norms/agreements/limits.hpp"

namespace rcms::agreements {

namespace json = boost::json;

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t longest_line = 1'000'000;

/// What ends a term, where its rule does not say it.
std::vector<std::string_view> ends_of(std::string_view key) {
  if (key == "reply_standard" || key == "accel_reply") return {"acceptance", "refusal", "interview_reply"};
  if (key == "interview_deadline") return {"interview_held"};
  if (key == "td_issue" || key == "td_renewal" || key == "td_renewal_max") return {"issue"};
  if (key == "td_fallback") return {"issue"};
  if (key == "transfer_window" || key == "td_validity" || key == "consent_validity") return {"transfer"};
  if (key == "transfer_notice") return {"notice"};
  if (key == "error_window_own" || key == "error_window_tcn") return {"error_claim"};
  if (key == "transit_reply") return {"transit_consent"};
  if (key == "accel_submit" || key == "submit_deadline_tcn" || key == "submit_deadline_any" || key == "no_application_after")
    return {"submission", "receipt"};
  return {};
}

/// Everything that one answer is made from.
struct Asking {
  DatesLaw const& law;
  Agreement agreement;  ///< with the authorities of the case
  AskedCase asked;
  std::string language;
  CaseFacts facts;
  Date on;
};

std::string in_capitals(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return text;
}

Agreement const& choose_agreement(Agreements const& agreements, std::string const& code) {
  for (auto const& [held, agreement] : agreements) {
    if (in_capitals(held) == in_capitals(code)) return agreement;
  }
  std::vector<std::string> known;
  for (auto const& [held, agreement] : agreements) known.push_back(held);
  throw CaseMistake("agreement", fmt::format("no agreement \"{}\"", code), "one of " + join(known, ", "));
}

void use_authorities(Agreement& agreement, AskedCase const& asked, Calendars const& calendars) {
  for (auto const& given : asked.authorities) {
    auto const field = "authorities." + given.party;
    auto& list = agreement.authorities;
    auto const found = std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.party == given.party; });
    if (found == list.end())
      throw CaseMistake(field, "no party of the agreement", "one of " + join(agreement.parties, ", "));
    if (!given.calendar.empty() && calendars.count(given.calendar) == 0)
      throw CaseMistake(field + ".calendar", fmt::format("no holidays of \"{}\"", given.calendar), "a code of data/holidays");
    if (!given.zone.empty()) {
      try {
        start_of_day(Date(2024, 1, 1), given.zone);
      } catch (std::runtime_error const&) {
        throw CaseMistake(field + ".zone", fmt::format("no zone \"{}\"", given.zone), "as Europe/Berlin");
      }
      found->zone = given.zone;
    }
    if (!given.calendar.empty()) found->calendar = given.calendar;
    found->region = given.region;
  }
}

/// The State that the worked examples of the agreement ask for its reply; else the last party, as in the name of the agreement.
std::string usual_requested(Agreement const& agreement) {
  if (!agreement.requested.empty()) return agreement.requested.front();
  for (auto const& example : agreement.examples) {
    if (example.rule == "reply_standard" || example.rule == "accel_reply") return example.acting;
  }
  return agreement.parties.back();
}

/// Who asks whom.
void choose_direction(Asking& asking) {
  auto const& parties = asking.agreement.parties;
  auto const& asks = asking.agreement.requesting;
  auto& asked = asking.asked;
  auto const known = [&](std::string const& party, char const* field) {
    if (!party.empty() && std::find(parties.begin(), parties.end(), party) == parties.end())
      throw CaseMistake(field, fmt::format("{} is no party", party), "one of " + join(parties, ", "));
  };
  known(asked.requesting, "requesting");
  known(asked.requested, "requested");
  auto const other = [&](std::string const& party) {
    auto const found = std::find_if(parties.begin(), parties.end(), [&](auto const& each) { return each != party; });
    return found == parties.end() ? party : *found;
  };
  if (asked.requested.empty() && !asked.requesting.empty() && parties.size() == 2) asked.requested = other(asked.requesting);
  if (asked.requested.empty()) asked.requested = usual_requested(asking.agreement);
  if (asked.requesting.empty()) asked.requesting = asks.empty() ? other(asked.requested) : asks.front();
  asking.facts.requested = asked.requested;
  asking.facts.conditions = asked.conditions;
}

Date version_day(AskedCase const& asked) {
  if (asked.submitted_on) return *asked.submitted_on;
  for (auto const& event : asked.events) {
    if (event.kind == "submission" || event.kind == "receipt") return event.at->day;
  }
  return asked.events.front().at->day;
}

/// The value of an extension as the agreement counts it; a rule in months takes calendar days (Event::value).
int extension_value(Asking const& asking, AskedEvent const& event) {
  auto const* total = find_rule(asking.agreement, "reply_ext_total_max", asking.on);
  auto const* standard = find_rule(asking.agreement, "reply_standard", asking.on);
  auto const* extension = total != nullptr ? total : find_rule(asking.agreement, "reply_ext_additional_max", asking.on);
  bool const in_days = extension == nullptr || extension->unit == Unit::calendar_day || extension->unit == Unit::working_day;
  if (!in_days) return event.days.value_or(event.total_days.value_or(0));
  int const term = standard == nullptr ? 0 : standard->value.value_or(0);
  if (event.total_days) return total != nullptr ? *event.total_days : std::max(0, *event.total_days - term);
  if (!event.days) return 0;
  return total != nullptr ? term + *event.days : *event.days;
}

std::vector<Event> events_at(Asking const& asking, std::string_view zone) {
  std::vector<Event> events;
  for (auto const& event : asking.asked.events) {
    events.push_back({event.kind, to_instant(*event.at, zone), extension_value(asking, event), event.until});
  }
  std::stable_sort(events.begin(), events.end(), [](auto const& left, auto const& right) { return left.at < right.at; });
  return events;
}

std::string const& party_acting(Asking const& asking, std::string_view key) {
  bool const requesting = side_acting(asking.agreement, key, asking.on) == "requesting";
  return requesting ? asking.asked.requesting : asking.asked.requested;
}

/// Whether the first event that ends the term came in time; empty: none came.
std::optional<bool> find_met(Asking const& asking, Deadline const& deadline, std::vector<Event> const& events) {
  auto const* rule = find_rule(asking.agreement, deadline.key, asking.on);
  auto ends = ends_of(deadline.key);
  if (rule != nullptr && !rule->ended_by.empty()) ends.assign(rule->ended_by.begin(), rule->ended_by.end());
  for (auto const& event : events) {
    bool const ends_it = std::find(ends.begin(), ends.end(), event.kind) != ends.end();
    if (ends_it && (deadline.back || event.at >= deadline.started_at)) return !deadline.ends_at || event.at < *deadline.ends_at;
  }
  return std::nullopt;
}

/// Extensions that were asked for and do not count; requests for documents that do not stop the term.
void warn_of_events(Asking const& asking, Deadline const& deadline, std::vector<Event> const& events,
                    std::vector<std::string>& warnings) {
  auto const& labels = asking.law.labels;
  bool const reply = deadline.key == "reply_standard" || deadline.key == "accel_reply";
  auto const* rule = find_rule(asking.agreement, deadline.key, asking.on);
  auto const request = std::find_if(events.begin(), events.end(), [&](auto const& event) {
    return event.kind == "document_request" && event.at >= deadline.started_at;
  });
  if (reply && rule != nullptr && rule->on_document_request == OnDocumentRequest::runs && request != events.end())
    warnings.push_back(labels.text(asking.language, "clock.request_does_not_stop",
                                   {{"on", date_in_zone(request->at, deadline.zone).text()}}));
  auto const asked = std::count_if(events.begin(), events.end(), [](auto const& event) { return event.kind == "extension"; });
  auto const taken =
      std::count_if(deadline.steps.begin(), deadline.steps.end(), [](auto const& step) { return step.kind == "extension"; });
  if (reply && asked > taken) warnings.push_back(labels.text(asking.language, "clock.extension_not_counted"));
}

/// What the file says in English, in the language of the answer where it has a translation.
std::string const& in_language(Asking const& asking, std::string const& text, Names const& translations) {
  auto const found = translations.find(asking.language);
  return found == translations.end() ? text : found->second;
}

std::string name_of_party(Asking const& asking, std::string_view code) {
  return name_of_state(asking.law.labels, asking.language, code);
}

/// The word with which a refusal names a State, a kind of person or a day, as a reader knows it.
std::string word_for(Asking const& asking, std::string const& word) {
  auto const& labels = asking.law.labels;
  auto const& parties = asking.agreement.parties;
  if (std::find(parties.begin(), parties.end(), word) != parties.end()) return name_of_party(asking, word);
  if (auto const day = word.size() == 10 ? Date::parse(word) : std::nullopt) return labels.date(asking.language, *day);
  bool const kind = word == "own_national" || word == "third_country_national" || word == "stateless";
  return kind ? labels.text(asking.language, "agreements.when." + word) : word;
}

/// Why the agreement does not apply, in the language of the answer.
std::string tell_refusal(Asking const& asking, Refused const& refused) {
  auto const* sentences = asking.law.sentences;
  auto const said = sentences == nullptr ? refused.detail : sentences->say(asking.language, refused.detail);
  std::string told;
  std::string word;
  for (char const letter : said + " ") {
    bool const inside = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-';
    if (inside) {
      word += letter;
      continue;
    }
    told += word_for(asking, word) + letter;
    word.clear();
  }
  told.pop_back();
  return told;
}

json::array tell_steps(Asking const& asking, Deadline const& deadline) {
  json::array told;
  auto const sentences = render_steps(asking.law.labels, asking.language, deadline);
  for (std::size_t i = 0; i < deadline.steps.size(); ++i) {
    auto const& step = deadline.steps[i];
    json::array skipped;
    for (auto const& each : step.skipped) {
      auto name = each.names.find(asking.language);
      if (name == each.names.end()) name = each.names.begin();
      skipped.push_back({{"day", each.day.text()},
                         {"name", name == each.names.end() ? each.day.text() : name->second},
                         {"calendar", each.calendar},
                         {"state", name_of_party(asking, each.calendar)},
                         {"certain", each.verified}});
    }
    told.push_back({{"kind", step.kind},
                    {"unit", name_of(step.unit)},
                    {"count", step.count},
                    {"from", step.from.text()},
                    {"to", step.to.text()},
                    {"days", days_between(step.from, step.to)},
                    {"weekend_days", step.weekend_days},
                    {"weekend", json::value_from(step.weekend)},
                    {"stopped_days", step.stopped_days},
                    {"skipped", std::move(skipped)},
                    {"clause", step.clause},
                    {"confidence", step.confidence},
                    {"text", sentences[i]}});
  }
  return told;
}

json::array tell_stops(Deadline const& deadline) {
  json::array told;
  for (auto const& stop : deadline.stops) {
    told.push_back({{"why", stop.why},
                    {"from", stop.from.text()},
                    {"until", stop.until ? json::value(stop.until->text()) : json::value(nullptr)}});
  }
  return told;
}

json::array texts(std::vector<std::string> const& list) { return json::array(list.begin(), list.end()); }

std::string silence_text(Asking const& asking) {
  auto const* rule = find_rule(asking.agreement, "silence_effect", asking.on);
  if (rule == nullptr) return asking.law.labels.text(asking.language, "agreements.silence_not_said");
  auto const condition = silence_condition(asking.agreement, asking.on);
  return asking.law.labels.text(asking.language, fmt::format("agreements.{}", condition));
}

/// The practice beside the rule, and the date that it would give.
void add_practice(Asking const& asking, Deadline const& deadline, json::object& out) {
  auto const* practice = find_practice(asking.agreement, deadline.key);
  if (practice == nullptr) return;
  auto const value = in_language(asking, practice->value, practice->value_in);
  auto const says = practice->unit.empty() ? value
                                           : asking.law.labels.text(asking.language, "clock.units." + practice->unit,
                                                                    {{"count", practice->value}});
  json::object told{{"value", value},
                    {"says", says},
                    {"unit", practice->unit},
                    {"source", practice->source},
                    {"confidence", practice->confidence}};
  Agreement beside = asking.agreement;
  for (auto& rule : beside.rules) {
    if (rule.key != deadline.key) continue;
    rule.variants.clear();
    rule.value = std::atoi(practice->value.c_str());
    rule.unit = practice->unit == "month"         ? Unit::month
                : practice->unit == "working_day" ? Unit::working_day
                                                  : Unit::calendar_day;
  }
  auto const& acting = party_acting(asking, deadline.key);
  auto const other = compute_deadline(beside, asking.law.calendars, deadline.key, acting,
                                      events_at(asking, get_authority(beside, acting).zone), asking.on, asking.facts);
  if (other && other->due && std::atoi(practice->value.c_str()) > 0) told["due"] = other->due->text();
  out["practice"] = std::move(told);
}

void add_state(Asking const& asking, Deadline const& deadline, std::vector<Event> const& events, json::object& out) {
  auto const met = find_met(asking, deadline, events);
  std::string_view state = deadline.is_stopped() ? "stopped" : "open";
  if (met) state = *met ? "met" : "late";
  else if (asking.asked.today && deadline.due && *asking.asked.today > *deadline.due) state = "over";
  out["state"] = state;
  if (deadline.key == "reply_standard" || deadline.key == "accel_reply") {
    auto const* rule = find_rule(asking.agreement, "silence_effect", asking.on);
    out["silence_effect"] = rule == nullptr ? json::value(nullptr) : json::value(rule->text);
    out["silence"] = silence_text(asking);
    if (rule != nullptr) out["silence_confidence"] = rule->confidence;
  }
  if (deadline.key == "td_fallback" && deadline.due) {
    out["allowed_from"] = deadline.due->plus_days(1).text();
    out["allowed"] = !met || !*met;
  }
}

json::object tell(Asking const& asking, Deadline const& deadline, std::vector<Event> const& events) {
  auto const& labels = asking.law.labels;
  auto const rule = find_rule_for(asking.agreement, deadline.key, asking.on, asking.facts);
  json::object out{{"kind", deadline.key}, {"label", labels.text(asking.language, "agreements.rule." + deadline.key)}};
  out["due"] = deadline.due ? json::value(deadline.due->text()) : json::value(nullptr);
  if (deadline.ends_at) out["ends_at"] = deadline.ends_at->text();
  bool const hours =
      std::any_of(deadline.steps.begin(), deadline.steps.end(), [](auto const& s) { return s.unit == Unit::hour; });
  if (hours && deadline.ends_at) out["due_at"] = deadline.ends_at->text();
  out["clause"] = deadline.source;
  out["confidence"] = deadline.confidence;
  out["value_confidence"] = deadline.value_confidence;
  out["start_confidence"] = deadline.start_confidence;
  if (!deadline.calendar_confidence.empty()) out["calendar_confidence"] = deadline.calendar_confidence;
  out["acting"] = party_acting(asking, deadline.key);
  out["acting_name"] = name_of_party(asking, party_acting(asking, deadline.key));
  out["zone"] = deadline.zone;
  out["start"] = {{"event", deadline.start_event},
                  {"label", labels.text(asking.language, "clock.event." + deadline.start_event)},
                  {"on", deadline.started_on.text()}};
  add_state(asking, deadline, events, out);
  out["trail"] = texts(render_steps(labels, asking.language, deadline));
  out["steps"] = tell_steps(asking, deadline);
  out["stops"] = tell_stops(deadline);
  out["sentence"] = render_sentence(labels, asking.language, deadline);
  auto warnings = render_doubts(labels, asking.language, deadline);
  warn_of_events(asking, deadline, events, warnings);
  out["warnings"] = texts(warnings);
  if (rule && !rule->text.empty()) out["text"] = in_language(asking, rule->text, rule->text_in);
  if (rule && !rule->note.empty()) out["note"] = in_language(asking, rule->note, rule->note_in);
  add_practice(asking, deadline, out);
  return out;
}

/// Whether a clock belongs to this person and procedure: what is named for third-country nationals is not for own nationals,
/// and the other way where both have one; an accelerated reply replaces the standard one.
bool belongs(Asking const& asking, std::string_view key) {
  auto const& conditions = asking.facts.conditions;
  bool const own = conditions.count("own_national") != 0;
  bool const foreign = conditions.count("third_country_national") != 0 || conditions.count("stateless") != 0;
  if (own && (key == "submit_deadline_tcn" || key == "error_window_tcn")) return false;
  if (foreign && key == "error_window_own" && find_rule(asking.agreement, "error_window_tcn", asking.on) != nullptr) return false;
  if (key != "reply_standard" && key != "accel_reply") return true;
  return key == reply_key(asking.agreement, asking.facts.conditions, asking.on);
}

void add_deadlines(Asking const& asking, json::object& out) {
  json::array deadlines;
  json::array waiting;
  for (auto const& key : list_clocks(asking.agreement, asking.on)) {
    auto const rule = find_rule_for(asking.agreement, key, asking.on, asking.facts);
    if (!rule || !belongs(asking, key)) continue;
    auto const& acting = party_acting(asking, key);
    auto const events = events_at(asking, get_authority(asking.agreement, acting).zone);
    auto const deadline =
        compute_deadline(asking.agreement, asking.law.calendars, key, acting, events, asking.on, asking.facts);
    if (deadline) deadlines.push_back(tell(asking, *deadline, events));
    else waiting.push_back({{"kind", key},
                            {"label", asking.law.labels.text(asking.language, "agreements.rule." + key)},
                            {"starts_with", rule->start},
                            {"starts_with_label", asking.law.labels.text(asking.language, "clock.event." + rule->start)},
                            {"clause", cite(asking.agreement, rule->article)}});
  }
  out["deadlines"] = std::move(deadlines);
  out["waiting"] = std::move(waiting);
}

/// Terms that the agreement has, or should have, but for which no number is known.
void add_unknown(Asking const& asking, json::object& out) {
  auto const& labels = asking.law.labels;
  json::array unknown;
  if (find_rule(asking.agreement, "reply_standard", asking.on) == nullptr) {
    unknown.push_back({{"kind", "reply_standard"},
                       {"label", labels.text(asking.language, "agreements.rule.reply_standard")},
                       {"why", labels.text(asking.language, "clock.no_date")}});
  }
  for (auto const& rule : asking.agreement.rules) {
    if (find_rule(asking.agreement, rule.key, asking.on) != &rule || rule.value) continue;
    bool const term = rule.key == "reply_standard" || !ends_of(rule.key).empty();
    if (!term) continue;
    auto const why = rule.text.empty() ? labels.text(asking.language, "clock.no_date")
                     : labels.has("agreements.text." + rule.text)
                         ? labels.text(asking.language, "agreements.text." + rule.text)
                         : in_language(asking, rule.text, rule.text_in);
    unknown.push_back({{"kind", rule.key},
                       {"label", labels.text(asking.language, "agreements.rule." + rule.key)},
                       {"why", why},
                       {"clause", cite(asking.agreement, rule.article)}});
  }
  out["unknown"] = std::move(unknown);
}

json::object answer(Asking& asking) {
  auto const& asked = asking.asked;
  json::object out;
  out["agreement"] = asking.agreement.code;
  out["requesting"] = asked.requesting;
  out["requested"] = asked.requested;
  out["requesting_name"] = name_of_party(asking, asked.requesting);
  out["requested_name"] = name_of_party(asking, asked.requested);
  out["version_on"] = asking.on.text();
  auto const applies = check_applies(asking.agreement, asked.requesting, asked.requested, asking.on, asked.entered_on,
                                     asked.conditions);
  out["applies"] = applies.has_value();
  json::array warnings;
  if (!applies) {
    auto const why = tell_refusal(asking, applies.error());
    out["why"] = why;
    out["clause"] = applies.error().source;
    warnings.emplace_back(why);
  }
  for (auto const& fact : list_missing_facts(asking.agreement, asking.on, asked.entered_on, asked.conditions)) {
    auto const from = entry_from(asking.agreement, asking.on);
    auto const& labels = asking.law.labels;
    warnings.emplace_back(fact == "entered_on"
                              ? labels.text(asking.language, "agreements.entry_not_said", {{"from", from->text()}})
                              : labels.text(asking.language, "agreements.person_not_said"));
  }
  bool const covered = applies || applies.error().field == "agreement";
  if (covered) {
    add_deadlines(asking, out);
  } else {
    out["deadlines"] = json::array();
    out["waiting"] = json::array();
  }
  add_unknown(asking, out);
  out["limits"] = tell_limits(asking.agreement, asking.law.labels, asking.language, {asked.persons, asked.travelling}, asking.on);
  out["warnings"] = std::move(warnings);
  return out;
}

json::object mistake(DatesLaw const& law, std::string_view language, CaseMistake const& wrong) {
  auto const say = [&](std::string const& english) {
    return law.sentences == nullptr ? english : law.sentences->say(language, english);
  };
  return {{"error", {{"field", wrong.field}, {"message", say(wrong.what())}, {"remedy", say(wrong.remedy)}}}};
}

/// The language that a case names, where it is one that is known; else `usual`.
std::string language_of(DatesLaw const& law, json::value const& asked, std::string_view usual) {
  auto const named = text_at(asked, "language");
  auto const& known = law.labels.languages();
  return std::find(known.begin(), known.end(), named) == known.end() ? std::string(usual) : named;
}

json::object answer_asked(DatesLaw const& law, json::value const& asked, std::string_view language) {
  try {
    auto read = read_case(asked);
    auto agreement = choose_agreement(law.agreements, read.agreement);
    use_authorities(agreement, read, law.calendars);
    auto words = read.language.empty() ? std::string(language) : read.language;
    auto const& known = law.labels.languages();
    if (std::find(known.begin(), known.end(), words) == known.end())
      throw CaseMistake("language", fmt::format("no language \"{}\"", words), "one of " + join(known, ", "));
    Asking asking{law, std::move(agreement), std::move(read), std::move(words), {}, {}};
    asking.on = version_day(asking.asked);
    choose_direction(asking);
    return answer(asking);
  } catch (CaseMistake const& wrong) {
    return mistake(law, language_of(law, asked, language), wrong);
  } catch (std::runtime_error const&) {
    CaseMistake const wrong("case", "no date can be counted", "look at the days, the zones and the calendars of the case");
    return mistake(law, language_of(law, asked, language), wrong);
  }
}

}  // namespace

json::object answer_case(DatesLaw const& law, json::value const& asked, std::string_view language) {
  json::object out;
  if (auto const* id = find_member(asked, "id"); id != nullptr && (id->is_string() || id->is_int64() || id->is_uint64()))
    out["id"] = *id;
  for (auto& [key, each] : answer_asked(law, asked, language)) out[key] = std::move(each);
  return out;
}

json::object answer_line(DatesLaw const& law, std::string_view text, int number, std::string_view language) {
  json::object out{{"line", number}};
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
  if (text.size() > longest_line) {
    CaseMistake const wrong("line", "too long", "at most 1,000,000 bytes");
    for (auto const& [key, each] : mistake(law, language, wrong)) out[key] = each;
    return out;
  }
  json::stream_parser parser;
  json::error_code error;
  auto used = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r", used) != std::string_view::npos) error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    used = std::min(used, text.size());
    CaseMistake const wrong("line", fmt::format("not JSON at character {}", used + 1), "one case a line, as one JSON object");
    for (auto const& [key, each] : mistake(law, language, wrong)) out[key] = each;
    return out;
  }
  auto const told = answer_case(law, parser.release(), language);
  for (auto const& [key, each] : told) out[key] = each;
  return out;
}

}  // namespace rcms::agreements
