#include "capabilities/interviews/invitation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/interviews/rules.hpp"
#include "foundation/pages/report.hpp"

namespace rcms::interviews {

using case_files::CaseFile;
using case_files::Context;

namespace {

/// "Puerto Norte" of "Europe/Puerto_Norte".
std::string city_of(std::string zone) {
  zone.erase(0, zone.rfind('/') + 1);
  std::replace(zone.begin(), zone.end(), '_', ' ');
  return zone;
}

class Invitation {
 public:
  Invitation(Context const& context, std::vector<Right> const& rights, CaseFile const& file, Appointment const& appointment,
             std::string const& wanted)
      : context_(context),
        rights_(rights),
        file_(file),
        appointment_(appointment),
        wanted_(wanted),
        language_(text_language(context, file, wanted)),
        report_(options()) {}

  Bytes run() {
    report_.heading(say("title"), 1);
    if (language_ != wanted_)
      report_.notice(say("read_aloud", {{"language", say_code("language", wanted_)}}), Notice::important);
    if (appointment_.invitation_version > 0) {
      auto const day = Date::parse(appointment_.invitation_drawn_on).value_or(Date{});
      report_.notice(say("replaces", {{"version", std::to_string(appointment_.invitation_version + 1)},
                                      {"day", context_.labels.date(language_, day)}}),
                     Notice::important);
    }
    report_.paragraph(say("to", {{"name", file_.person.name}, {"reference", file_.reference}}));
    report_.paragraph(say("lead", {{"requested", state(file_.partner)}, {"requesting", state(file_.party)}}));
    report_.heading(say("when_where"));
    report_.fields(facts(), 3);
    rights();
    report_.heading(say("if_not"));
    report_.paragraph(say("if_not_text", {{"requesting", state(file_.party)}}));
    receipt();
    return report_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(language_, "interviews.invitation." + key, arguments);
  }
  std::string say_code(std::string const& list, std::string const& code) const {
    return context_.labels.text(language_, "codes." + list + "." + code);
  }
  std::string state(PartyId const& party) const { return context_.directory.get_party(party).names.in(language_); }

  ReportOptions options() const {
    ReportOptions options;
    options.information.title = say("title") + " " + file_.reference;
    options.information.author = state(file_.party);
    options.information.language = language_;
    options.information.created_at = context_.clock.now();
    options.margin_mm = 14;
    options.header = state(file_.party) + "  ·  " + file_.reference;
    options.footer = say(
        "made", {{"day", context_.labels.date(language_, date_in_zone(context_.clock.now(),
                                                                      context_.directory.get_party(file_.party).time_zone))}});
    auto const* agreement = context_.norms.find_agreement(file_.agreement, file_.submitted_on);
    if (agreement != nullptr && agreement->fictional)
      options.running_label = context_.labels.text(language_, "packages.fictional");
    return options;
  }

  std::vector<KeyValue> facts() const {
    auto const begin = wall_time(appointment_.starts_at, appointment_.time_zone);
    std::vector<KeyValue> pairs;
    pairs.push_back({say("day"), say("weekday." + std::to_string(begin.day.weekday())) + ", " +
                                     context_.labels.date(language_, begin.day)});
    pairs.push_back({say("time"), say("time_text", {{"time", text_of_minute(begin.minute)},
                                                    {"minutes", std::to_string(appointment_.length_minutes)},
                                                    {"zone", city_of(appointment_.time_zone)}})});
    pairs.push_back({say("place"), appointment_.place + "\n" + appointment_.address});
    pairs.push_back({say("mode"), say_code("interview_mode", appointment_.mode)});
    pairs.push_back({say("language"), say_code("language", appointment_.language)});
    pairs.push_back({say("interpreter"), say(appointment_.interpreter ? "interpreter_there" : "interpreter_none")});
    if (!appointment_.accessibility.empty()) pairs.push_back({say("accessibility"), appointment_.accessibility});
    return pairs;
  }

  void rights() {
    report_.heading(say("rights"));
    bool unverified = false;
    int number = 0;
    for (auto const& right : rights_) {
      bool const is_open = right.confidence == "unverified";
      unverified = unverified || is_open;
      report_.paragraph(fmt::format("{}.  {}{}", ++number, context_.labels.text(language_, "interviews.right." + right.code),
                                    is_open ? "\u00A0*" : ""));
    }
    if (unverified) report_.small_print("* " + say("unverified"));
    std::string sources;
    for (auto const& right : rights_) {
      if (right.confidence == "unverified" || right.basis.empty()) continue;
      sources += (sources.empty() ? "" : "; ") + right.basis;
    }
    if (!sources.empty()) report_.small_print(say("sources", {{"sources", sources}}));
  }

  /// Filled in by hand when the invitation is handed over.
  void receipt() {
    report_.heading(say("receipt"));
    report_.fields({{say("handed_on"), "……………………………………"},
                    {say("handed_by"), "……………………………………"},
                    {say("signature"), "……………………………………"},
                    {say("wishes_companion"), "☐  " + say("yes") + "      ☐  " + say("no")}},
                   2);
  }

  Context const& context_;
  std::vector<Right> const& rights_;
  CaseFile const& file_;
  Appointment const& appointment_;
  std::string wanted_;
  std::string language_;
  Report report_;
};

}  // namespace

std::string text_language(Context const& context, CaseFile const& file, std::string const& wanted) {
  auto const& ours = context.labels.languages();
  auto const has = [&](std::string const& one) { return std::find(ours.begin(), ours.end(), one) != ours.end(); };
  if (has(wanted)) return wanted;
  for (auto const& one : context.directory.get_party(file.partner).languages) {
    if (has(one)) return one;
  }
  return "en";
}

Bytes render_invitation(Context const& context, std::vector<Right> const& rights, CaseFile const& file,
                        Appointment const& appointment, std::string const& language) {
  return Invitation(context, rights, file, appointment, language).run();
}

}  // namespace rcms::interviews
