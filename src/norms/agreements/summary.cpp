#include "norms/agreements/summary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::agreements {

namespace {

/// Rules that a case cannot do without; one that is missing is told.
constexpr std::array<std::string_view, 8> wanted = {"reply_standard",     "silence_effect",  "interview_deadline", "td_issue",
                                                    "td_validity", "transfer_window", "transfer_notice",    "error_window_own"};

constexpr std::size_t width = 120;

/// Writes lines with an indent, broken at spaces.
class Page {
 public:
  void head(std::string_view text) { out_ += fmt::format("\n{}\n", text); }
  void line(std::string_view text, std::size_t indent = 2) {
    std::string pad(indent, ' ');
    std::string rest(text);
    while (pad.size() + rest.size() > width) {
      auto const space = rest.rfind(' ', width - pad.size());
      if (space == std::string::npos || space == 0) break;
      out_ += pad + rest.substr(0, space) + "\n";
      rest = rest.substr(space + 1);
      pad.assign(indent + 2, ' ');
    }
    out_ += pad + rest + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// The words of one language.
struct Words {
  Labels const& labels;
  std::string_view language;

  std::string operator()(std::string_view key, LabelArguments const& arguments = {}) const {
    return labels.text(language, fmt::format("agreements.{}", key), arguments);
  }
  std::string state(std::string const& code) const { return name_of_state(labels, language, code); }
  std::vector<std::string> states(std::vector<std::string> const& codes) const {
    std::vector<std::string> names;
    for (auto const& code : codes) names.push_back(state(code));
    return names;
  }
  std::string label_or(std::string const& key, std::string const& otherwise) const {
    return labels.has(key) ? labels.text(language, key) : otherwise;
  }
};

/// What the file says in English, in the language of the reader: its translation, else the words of the file as a quotation.
std::string told_in(Words const& words, std::string const& text, Names const& translations) {
  auto const found = translations.find(std::string(words.language));
  if (found != translations.end()) return found->second;
  bool const has_words =
      std::count_if(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; }) > 3;
  return words.language == "en" || !has_words ? text : words("summary.quoted", {{"text", text}});
}

std::string title_of(Agreement const& agreement, std::string_view language) {
  auto const found = agreement.titles.find(std::string(language));
  return found == agreement.titles.end() ? agreement.cited : found->second;
}

void add_head(Page& page, Words const& words, Agreement const& agreement) {
  page.line(title_of(agreement, words.language), 0);
  auto const tell = [&](std::string_view key, std::string const& value) {
    if (!value.empty()) page.line(words(key) + ": " + value);
  };
  tell("summary.code", agreement.code + (agreement.fictional ? " (" + words("fictional") + ")" : ""));
  tell("summary.kind", words("kind." + agreement.kind));
  tell("summary.parties", join(words.states(agreement.parties), ", "));
  if (!agreement.requested.empty()) {
    tell("summary.direction", words("summary.one_way", {{"requesting", join(words.states(agreement.requesting), ", ")},
                                                        {"requested", join(words.states(agreement.requested), ", ")}}));
  }
  if (agreement.signed_on) tell("summary.signed", words.labels.date(words.language, *agreement.signed_on));
  tell("summary.in_force", agreement.in_force ? words.labels.date(words.language, agreement.in_force_from) : words("not_known"));
  if (agreement.in_force_until) tell("summary.until", words.labels.date(words.language, *agreement.in_force_until));
  auto const reference = agreement.reference_in.find(std::string(words.language));
  tell("summary.reference", reference == agreement.reference_in.end() ? agreement.reference : reference->second);
  if (!agreement.covers.empty()) {
    std::vector<std::string> covered;
    for (auto const& kind : agreement.covers) covered.push_back(words("when." + kind));
    tell("summary.covers", fmt::format("{} [{}]", join(covered, ", "), told_in(words, agreement.covers_reference, {})));
  }
  tell("summary.source", told_in(words, agreement.source, {}));
  if (!agreement.note.empty()) tell("summary.note", told_in(words, agreement.note, agreement.note_in));
}

void add_authorities(Page& page, Words const& words, Agreement const& agreement, Calendars const& calendars) {
  page.head(words("summary.authorities"));
  for (auto const& authority : agreement.authorities) {
    auto const found = calendars.find(authority.calendar);
    std::string const sure = found == calendars.end() ? "unverified" : found->second.confidence;
    auto const region = authority.region.empty() ? "" : " (" + authority.region + ")";
    page.line(words("summary.authority", {{"party", words.state(authority.party)},
                                          {"zone", authority.zone},
                                          {"calendar", words.state(authority.calendar) + region},
                                          {"confidence", words("confidence." + sure)}}));
  }
}

std::string confidence_of(Words const& words, Rule const& rule) {
  auto told = words("confidence." + rule.confidence);
  if (rule.confirmed) {
    told += "; " + words.labels.text(words.language, "agreements.summary.confirmed",
                                     {{"on", rule.confirmed->on.text()},
                                      {"by", rule.confirmed->by},
                                      {"second", rule.confirmed->countersigned_by},
                                      {"source", join({rule.confirmed->source, rule.confirmed->place}, " ")}});
  }
  if (!rule.hint.empty()) told += ": " + words("hint." + rule.hint);
  if (rule.start_confidence == "unverified" && rule.confidence != "unverified") told += "; " + words("summary.start_unverified");
  return told;
}

void add_rules(Page& page, Words const& words, Agreement const& agreement) {
  page.head(words("summary.rules"));
  for (auto const& rule : agreement.rules) {
    std::string const clause = rule.article.empty() ? words("summary.no_clause") : rule.article;
    page.line(fmt::format("{}: {} [{}] ({})", words("rule." + rule.key), render_rule(words.labels, words.language, rule), clause,
                          confidence_of(words, rule)));
    if (!rule.reference.empty()) page.line(words("summary.source") + ": " + told_in(words, rule.reference, {}), 6);
    if (!rule.note.empty()) page.line(words("summary.note") + ": " + told_in(words, rule.note, rule.note_in), 6);
  }
  if (agreement.rules.empty()) page.line(words("summary.nothing"));
}

void add_practices(Page& page, Words const& words, Agreement const& agreement) {
  if (agreement.practices.empty()) return;
  page.head(words("summary.practice"));
  for (auto const& practice : agreement.practices) {
    auto const value = practice.unit.empty() ? told_in(words, practice.value, practice.value_in)
                                             : words.labels.text(words.language, "clock.units." + practice.unit,
                                                                 {{"count", practice.value}});
    page.line(fmt::format("{}: {} ({})", words("rule." + practice.key), value, words("confidence." + practice.confidence)));
    page.line(words("summary.source") + ": " + told_in(words, practice.source, {}), 6);
    if (!practice.note.empty()) page.line(words("summary.note") + ": " + told_in(words, practice.note, practice.note_in), 6);
  }
}

void add_unknown(Page& page, Words const& words, Agreement const& agreement) {
  page.head(words("summary.unknown"));
  bool any = false;
  for (auto const key : wanted) {
    auto const found =
        std::find_if(agreement.rules.begin(), agreement.rules.end(), [&](auto const& rule) { return rule.key == key; });
    if (found != agreement.rules.end() && (found->value || !found->text.empty())) continue;
    page.line(words(fmt::format("rule.{}", key)) + ": " + words("summary.no_date"));
    any = true;
  }
  if (!any) page.line(words("summary.nothing"));
}

void add_evidence(Page& page, Words const& words, Agreement const& agreement) {
  page.head(words("summary.evidence"));
  std::string last;
  for (auto const& line : agreement.evidence) {
    if (!line.document.empty() && line.document + line.category == last) continue;
    last = line.document + line.category;
    std::vector<std::string> types;
    for (auto const& type : line.types) types.push_back(words.label_or("codes.evidence_type." + type, type));
    auto const what = line.document.empty() ? join(types, ", ") : told_in(words, line.document, {});
    auto const effect = words("effect." + (line.listed_effect.empty() ? line.effect : line.listed_effect));
    page.line(fmt::format("{}: {} [{}] ({})", effect, what, line.article, words("confidence." + line.confidence)));
  }
  if (agreement.evidence.empty()) page.line(words("summary.no_evidence"));
}

/// What happened in an example, with its days at the authority that has to act.
std::string render_events(Words const& words, Agreement const& agreement, Example const& example) {
  std::vector<std::string> told;
  auto const& zone = get_authority(agreement, example.acting).zone;
  for (auto const& event : example.events) {
    auto const key = "clock.event." + event.kind;
    told.push_back(words.labels.text(words.language, "agreements.summary.event",
                                     {{"event", words.labels.text(words.language, key)},
                                      {"on", date_in_zone(event.at, zone).text()}}));
  }
  return join(told, "; ");
}

/// An example in the words of the file where they are in the reader's language, else with its counting as it is computed.
void add_examples(Page& page, Words const& words, Agreement const& agreement, Calendars const& calendars) {
  page.head(words("summary.examples"));
  bool const own_words = words.language == "en";
  for (auto const& example : agreement.examples) {
    auto const due = example.due ? words.labels.date(words.language, *example.due) : words("summary.no_date");
    auto const name = own_words ? example.name : render_events(words, agreement, example);
    page.line(fmt::format("{} ({}): {}", words("rule." + example.rule), name, due));
    if (own_words) {
      if (!example.why.empty()) page.line(example.why, 6);
      continue;
    }
    auto const on = date_in_zone(example.events.front().at, "UTC");
    auto const deadline = compute_deadline(agreement, calendars, example.rule, example.acting, example.events, on, example.facts);
    if (deadline) page.line(render_sentence(words.labels, words.language, *deadline), 6);
  }
}

std::string render_count(Labels const& labels, std::string_view language, int value, Unit unit) {
  return labels.text(language, fmt::format("clock.units.{}", name_of(unit)), {{"count", std::to_string(value)}});
}

std::string read_all(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be opened");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The line on which `text` names a rule or an example; 0 when it does not.
std::size_t line_of(std::string const& text, std::string const& needle) {
  auto const found = text.find(needle);
  return found == std::string::npos
             ? 0
             : 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n'));
}

std::string place(std::filesystem::path const& file, std::size_t line) {
  return line == 0 ? file.string() : fmt::format("{}, line {}", file.string(), line);
}

}  // namespace

std::string render_rule(Labels const& labels, std::string_view language, Rule const& rule) {
  Words const words{labels, language};
  std::string told;
  auto const day = Date::parse(rule.text);
  if (day) told = labels.date(language, *day);
  else if (!rule.text.empty()) told = words.label_or("agreements.text." + rule.text, told_in(words, rule.text, rule.text_in));
  if (rule.value) {
    auto counted = render_count(labels, language, *rule.value, rule.unit);
    if (!rule.start.empty()) {
      auto const event = labels.text(language, "clock.event." + rule.start);
      counted = words(rule.back ? "summary.before" : "summary.from", {{"units", counted}, {"event", event}});
    }
    told += told.empty() ? counted : " (" + counted + ")";
  }
  if (rule.then_working_days > 0)
    told += "; " + words("summary.then", {{"units", render_count(labels, language, rule.then_working_days, Unit::working_day)}});
  for (auto const& also : rule.start_also)
    told += "; " + words("summary.or_from", {{"event", labels.text(language, "clock.event." + also)}});
  if (!rule.requested.empty()) told += "; " + words("summary.only_requested", {{"party", words.state(rule.requested)}});
  for (auto const& variant : rule.variants) {
    auto const when = variant.when.empty() ? words("summary.only_requested", {{"party", words.state(variant.requested)}})
                                           : words("when." + variant.when);
    told += fmt::format("; {}: {}", when, render_count(labels, language, variant.value, variant.unit));
    if (!variant.article.empty()) told += " [" + variant.article + "]";
  }
  return told.empty() ? words("summary.no_value") : told;
}

std::string render_summary(Labels const& labels, std::string_view language, Agreement const& agreement,
                           Calendars const& calendars) {
  Words const words{labels, language};
  Page page;
  add_head(page, words, agreement);
  add_rules(page, words, agreement);
  add_practices(page, words, agreement);
  add_unknown(page, words, agreement);
  add_evidence(page, words, agreement);
  add_authorities(page, words, agreement, calendars);
  add_examples(page, words, agreement, calendars);
  page.head(words("summary.signature"));
  return page.take();
}

std::vector<std::string> list_failing_examples(Agreement const& agreement, Calendars const& calendars) {
  std::vector<std::string> failing;
  for (auto const& example : agreement.examples) {
    auto const tell = [&](std::string const& what) { failing.push_back(fmt::format("example \"{}\": {}", example.name, what)); };
    auto const& parties = agreement.parties;
    if (std::find(parties.begin(), parties.end(), example.acting) == parties.end()) {
      tell(example.acting + " is no party");
      continue;
    }
    if (example.events.empty()) {
      tell("it has no events");
      continue;
    }
    auto const on = date_in_zone(example.events.front().at, "UTC");
    auto const deadline = compute_deadline(agreement, calendars, example.rule, example.acting, example.events, on, example.facts);
    auto const due = deadline ? deadline->due : std::nullopt;
    if (due == example.due) continue;
    auto const said = [](std::optional<Date> day) { return day ? day->text() : std::string("no date"); };
    tell(fmt::format("the file says {}, the rule gives {}", said(example.due), said(due)));
  }
  return failing;
}

std::vector<std::string> check_file(std::filesystem::path const& file, std::filesystem::path const& data,
                                    Calendars const& calendars) {
  std::vector<std::string> found;
  try {
    auto const text = read_all(file);
    auto const agreement = read_agreement(text, file.string(), data);
    for (auto const& wrong : list_contradictions(agreement, calendars)) {
      auto const key = wrong.rfind("rule ", 0) == 0 ? wrong.substr(5, wrong.find_first_of(" :", 5) - 5) : std::string();
      found.push_back(
          fmt::format("{}: {}", place(file, key.empty() ? 0 : line_of(text, fmt::format("key = \"{}\"", key))), wrong));
    }
    if (!found.empty()) return found;
    for (auto const& wrong : list_failing_examples(agreement, calendars)) {
      auto const name = wrong.substr(9, wrong.find('"', 9) - 9);
      found.push_back(fmt::format("{}: {}", place(file, line_of(text, fmt::format("name = \"{}\"", name))), wrong));
    }
  } catch (std::exception const& error) {
    found.emplace_back(error.what());
  }
  return found;
}

}  // namespace rcms::agreements
