#include "capabilities/interviews/day_sheet.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/interviews/holidays.hpp"
#include "capabilities/interviews/rules.hpp"
#include "foundation/pages/report.hpp"

namespace rcms::interviews {

namespace {

class DaySheet {
 public:
  DaySheet(Context const& context, access::Viewer const& viewer, Mission const& mission, Date day)
      : context_(context), viewer_(viewer), mission_(mission), day_(day), report_(options()) {}

  Bytes run(std::vector<InterviewRow> const& rows) {
    auto const date = context_.labels.date(viewer_.language, day_);
    auto const weekday =
        context_.labels.text(viewer_.language, "interviews.invitation.weekday." + std::to_string(day_.weekday()));
    report_.heading(say("title"), 1);
    report_.paragraph(mission_.name + "  ·  " + weekday + ", " + date);
    report_.fields({{say("visited"), state(mission_.partner)},
                    {say("team"), team()},
                    {say("interpreters"), interpreters()},
                    {say("count"), std::to_string(count_standing(rows))}},
                   2);
    for (auto const& closed : list_holidays_between(context_, mission_.party, mission_.partner, viewer_.language, day_, day_))
      report_.notice(say("holiday", {{"name", closed.name}}), Notice::important);
    bool is_any = false;
    for (auto const& place : list_places(context_.database, viewer_.party)) is_any = add_place(place, rows) || is_any;
    if (!is_any) report_.notice(say("none"));
    report_.small_print(say("confidential"));
    return report_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(viewer_.language, "interviews.day_sheet." + key, arguments);
  }
  std::string state(PartyId const& party) const { return context_.directory.get_party(party).names.in(viewer_.language); }

  ReportOptions options() const {
    ReportOptions options;
    options.information.title = say("title") + " " + day_.text();
    options.information.author = state(mission_.party);
    options.information.language = viewer_.language;
    options.information.created_at = context_.clock.now();
    options.margin_mm = 14;
    options.header = state(mission_.party) + "  ·  " + mission_.name;
    options.footer =
        say("made", {{"day", context_.labels.date(viewer_.language, case_files::today_of(context_, mission_.party))}});
    auto const agreements = context_.norms.list_agreements();
    auto const& code = context_.directory.get_party(mission_.partner).code;
    bool const is_invented = std::any_of(agreements.begin(), agreements.end(), [&](auto const* one) {
      return one->fictional && std::any_of(one->authorities.begin(), one->authorities.end(),
                                           [&](auto const& authority) { return authority.party == code; });
    });
    if (is_invented) options.running_label = context_.labels.text(viewer_.language, "packages.fictional");
    return options;
  }

  std::string team() const {
    std::string names;
    for (auto const& one : mission_.experts)
      names += (names.empty() ? "" : ", ") + context_.directory.user_name(mission_.party, one.user);
    return names;
  }
  std::string interpreters() const {
    std::string names;
    for (auto const& one : mission_.interpreters) {
      std::string languages;
      for (auto const& language : one.languages)
        languages += (languages.empty() ? "" : ", ") + context_.labels.text(viewer_.language, "codes.language." + language);
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", one.name, languages);
    }
    return names.empty() ? "—" : names;
  }

  static bool stands(Interview const& one) { return one.state != "cancelled"; }
  static std::int64_t count_standing(std::vector<InterviewRow> const& rows) {
    return std::count_if(rows.begin(), rows.end(), [](auto const& row) { return stands(row.interview); });
  }

  std::string who_asks(Interview const& interview) const {
    std::string names;
    for (auto const& user : interview.interviewers)
      names += (names.empty() ? "" : ", ") + context_.directory.user_name(mission_.party, user);
    return names;
  }
  std::string standing(Interview const& interview) const {
    auto const state = interview.state == "booked" ? interview.presence : interview.state;
    return context_.labels.text(viewer_.language, "interviews.state." + state);
  }

  bool add_place(Place const& place, std::vector<InterviewRow> const& rows) {
    Table table;
    table.columns = {{say("time"), 1, Align::start, true},
                     {say("room"), 0.6, Align::start, true},
                     {say("person"), 2},
                     {say("reference"), 1.5, Align::start, true},
                     {say("language"), 1.2},
                     {say("interviewer"), 1.6},
                     {say("interpreter"), 1.5},
                     {say("standing"), 1.4}};
    for (auto const& row : rows) {
      auto const& one = row.interview;
      if (one.place != place.id || !stands(one)) continue;
      auto const begin = wall_time(one.starts_at, place.time_zone);
      auto const end = wall_time(one.ends_at(), place.time_zone);
      table.rows.push_back({text_of_minute(begin.minute) + "–" + text_of_minute(end.minute), std::to_string(one.room), row.person,
                            row.reference, context_.labels.text(viewer_.language, "codes.language." + one.language),
                            who_asks(one), one.interpreter.empty() ? "—" : one.interpreter, standing(one)});
    }
    if (table.rows.empty()) return false;
    report_.heading(place.name);
    report_.paragraph(place.address + (place.accessibility.empty() ? "" : "  ·  " + place.accessibility));
    report_.table(std::move(table));
    return true;
  }

  Context const& context_;
  access::Viewer const& viewer_;
  Mission const& mission_;
  Date day_;
  Report report_;
};

}  // namespace

Bytes render_day_sheet(Context const& context, access::Viewer const& viewer, Mission const& mission, Date day,
                       std::vector<InterviewRow> const& rows) {
  return DaySheet(context, viewer, mission, day).run(rows);
}

}  // namespace rcms::interviews
