#include "app/demo_errands.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "app/demo_calendar.hpp"
#include "app/demo_documents.hpp"
#include "app/demo_interviews.hpp"
#include "app/demo_reception.hpp"
#include "app/demo_transports.hpp"
#include "capabilities/case_files/covering.hpp"
#include "capabilities/casework/import_sample.hpp"
#include "capabilities/casework/imports_actions.hpp"
#include "capabilities/statistics/actions.hpp"
#include "capabilities/statistics/sending.hpp"
#include "capabilities/travel_documents/actions.hpp"

namespace rcms::app {

namespace {

constexpr std::string_view full_mailbox = "archivo@buzon-lleno.example";

/// Takes every message but those to one full mailbox, as a mail server would.
struct DemoPost : mail::Transport {
  Result<std::monostate> send(mail::Message const& message) override {
    for (auto const& to : message.to) {
      if (to.address == full_mailbox) return refuse(Why::field_invalid, "to", "550 5.2.2 the mailbox is full");
    }
    return std::monostate{};
  }
};

void schedule_reports(DemoStage& stage) {
  auto const schedule = [&](char const* login, statistics::Schedule wanted) {
    wanted.report = "monthly";
    wanted.day_of_month = 2;
    auto const made = statistics::create_schedule(stage.node.reports(), stage.officers.by_login(login), std::move(wanted));
    if (!made) throw std::runtime_error("The demo's reports cannot be scheduled: " + made.error().front().detail);
  };
  schedule("mateo.uto", {.language = "es", .format = "pdf", .receivers = {"mateo.uto@rcms.example", std::string(full_mailbox)}});
  schedule("nadia.xar", {.language = "en", .format = "xlsx", .receivers = {"nadia.xar@rcms.example"}});
}

void send_reports(DemoStage& stage) {
  DemoPost post;
  statistics::send_due_reports(stage.node.reports(), post, {"RCMS", "rcms@demo.example"});
}

void spoil(DemoStage& stage, char const* number, char const* reason) {
  must("spoil_blank", travel_documents::spoil_blank(stage.desk, stage.officers.by_login("carmen.uto"), number, reason));
}

/// Who answers to whom: what waits too long reaches the supervisor.
void name_supervisors(DemoStage& stage) {
  struct Named {
    char const* administrator;
    char const* supervisor;
    std::vector<char const*> people;
  };
  Named const all[] = {{"admin.xar", "ruth.xar", {"anna.xar", "martin.xar", "henrik.xar"}},
                       {"admin.uto", "elena.uto", {"lucia.uto", "jorge.uto", "sofia.uto", "ramiro.uto", "beto.uto"}}};
  for (auto const& named : all) {
    auto const& supervisor = stage.officers.by_login(named.supervisor).user;
    for (auto const* login : named.people) {
      must("name_supervisor", case_files::name_supervisor(stage.node.database(), stage.officers.by_login(named.administrator),
                                                          stage.officers.by_login(login).user, supervisor, stage.clock.now()));
    }
  }
}

void plan_absence(DemoStage& stage, char const* login, char const* cover, Date from_on, Date to_on) {
  case_files::Absence absence;
  absence.user = stage.officers.by_login(login).user;
  absence.cover = stage.officers.by_login(cover).user;
  absence.from_on = from_on;
  absence.to_on = to_on;
  auto const now = stage.clock.now();
  must("plan_absence", case_files::plan_absence(stage.node.database(), stage.officers.by_login(login), std::move(absence),
                                                date_in_zone(now, "UTC"), now));
}

std::string table_of(DemoStage& stage, std::uint64_t seed, std::size_t rows) {
  auto const path = stage.node.settings().folder / "demo-table.xlsx";
  auto const people = casework::invent_people(stage.node.settings().data, seed, rows);
  must("table", casework::write_sample_applications(path, people, day_of_work(stage.clock.now()), casework::SampleDefects::some));
  std::ifstream in(path, std::ios::binary);
  std::string content(std::istreambuf_iterator<char>(in), {});
  std::filesystem::remove(path);
  return content;
}

/// A table with errors in some of its rows; what is good becomes drafts when it is loaded.
void import_table(DemoStage& stage, std::string const& name, std::uint64_t seed, std::size_t rows, bool load) {
  auto const& anna = stage.officers.by_login("anna.xar");
  casework::Imports const imports(stage.node.context(), stage.node.settings().data);
  auto const uploaded = imports.upload(anna, name, table_of(stage, seed, rows));
  must("upload", uploaded);
  auto const mapped = imports.map(anna, uploaded->id, {"uto-xar-2019", uploaded->profile, {}});
  if (!mapped) throw std::runtime_error("The demo's table does not fit: " + mapped.error().front().detail);
  must("check", imports.check(anna, uploaded->id));
  if (load) must("load", imports.load(anna, uploaded->id, 600'000));
}

/// The consulate closes every working day of the last three weeks; twice a sheet is missing, and the second time nobody has
/// stood by it yet. On the last of them documents are handed over, used, lost and renewed.
void add_closings(DemoStage& stage, Date today, std::vector<DemoErrand>& errands) {
  constexpr int end_of_day_minute = 530;
  auto last = today.plus_days(-1);
  while (stage.calendar.next_working_day(last) != last) last = last.plus_days(-1);
  errands.push_back({stage.calendar.working_instant(last, 310), [&stage] { destroy_blank(stage, "UE0000498", false); }});
  errands.push_back({stage.calendar.working_instant(last, 320), [&stage] { live_documents(stage); }});
  for (auto day = today.plus_days(-21); day <= last; day = day.plus_days(1)) {
    if (stage.calendar.next_working_day(day) != day) continue;
    auto const confirmed = day == stage.calendar.next_working_day(today.plus_days(-9));
    auto const count = day == last  ? DemoCount::one_missing
                       : confirmed ? DemoCount::one_missing_confirmed
                                   : DemoCount::right;
    errands.push_back(
        {stage.calendar.working_instant(day, end_of_day_minute), [&stage, count] { close_stock_day(stage, count); }});
  }
}

/// Flights of the past weeks whose people were received, the charter of this morning, and those of the coming days.
void add_arrivals(DemoStage& stage, Date today, std::vector<DemoErrand>& errands) {
  auto const at = [&](Date day, int minute) { return stage.calendar.working_instant(day, minute); };
  errands.push_back({at(today.plus_days(-40), 15), [&stage] { make_reception_centres(stage); }});
  static constexpr int past_days[] = {30, 20, 13, 6};
  for (int const days : past_days) {
    auto const day = stage.calendar.next_working_day(today.plus_days(-days));
    auto const name = fmt::format("Charter AX 7{:02}", days);
    errands.push_back({at(day.plus_days(-3), 20), [&stage, name, day, days] {
                         announce_flight(stage, name.c_str(), day, 9 * 60 + days, 28, 300 + static_cast<unsigned>(days));
                       }});
    errands.push_back({at(day, 90), [&stage, name] { receive_flight(stage, name); }});
  }
  errands.push_back({at(today.plus_days(-4), 310), [&stage, today] {
                       announce_flight(stage, "Charter AX 801", today, 5 * 60 + 30, 200, 401);
                       announce_flight(stage, "Charter AX 802", today.plus_days(1), 14 * 60 + 10, 48, 402);
                       announce_flight(stage, "Charter AX 803", today.plus_days(2), 17 * 60 + 40, 36, 403);
                       announce_flight(stage, "Charter AX 804", today.plus_days(2), 11 * 60 + 20, 61, 404);
                       announce_flight(stage, "Charter AX 805", today.plus_days(5), 9 * 60 + 5, 54, 405);
                     }});
}

/// The first day of the last weeks on which somebody waits for a seat begins the hand-over of the demo.
void add_handover(DemoStage& stage, Date today, std::vector<DemoErrand>& errands) {
  auto const is_made = std::make_shared<bool>(false);
  for (int const days_ago : {18, 22, 26, 30, 36, 42}) {
    auto const handover = std::make_shared<DemoHandover>();
    auto const planned_on = stage.calendar.next_working_day(today.plus_days(-days_ago));
    auto const flies_on = stage.calendar.add_working_days(planned_on, 4);
    auto const on = [&](Date day, int minute, std::function<void()> run) {
      errands.push_back({stage.calendar.working_instant(day, minute), std::move(run)});
    };
    on(planned_on, 310, [&stage, handover, is_made] {
      if (!*is_made) set_past_transport(stage, *handover);
      *is_made = *is_made || !handover->transport.empty();
    });
    on(stage.calendar.add_working_days(planned_on, 3), 20, [&stage, handover] { take_lists(stage, *handover); });
    on(stage.calendar.add_working_days(flies_on, 1), 30, [&stage, handover] { send_ticks(stage, *handover); });
    on(stage.calendar.add_working_days(flies_on, 2), 40, [&stage, handover] { send_late_ticks(stage, *handover); });
  }
}

}  // namespace

std::vector<DemoErrand> make_demo_errands(DemoStage& stage, DemoWorldOptions const& options) {
  auto const first = options.today.plus_months(-12);
  std::vector<DemoErrand> errands;
  auto const on = [&](Date day, int minute, std::function<void()> run) {
    errands.push_back({stage.calendar.working_instant(day, minute), std::move(run)});
  };
  on(first.plus_days(1), 10, [&stage] { name_supervisors(stage); });
  on(first.plus_days(1), 20, [&stage] { make_interview_places(stage); });
  on(first.plus_days(1), 30, [&stage] { schedule_reports(stage); });
  for (int month = 1; month <= 12; ++month) {
    auto const begun = first.plus_months(month);
    on(Date(begun.year(), begun.month(), 2), 0, [&stage] { send_reports(stage); });
  }
  on(options.today.plus_days(-210), 200, [&stage] { spoil(stage, "UE0000499", "La impresora desalineó la hoja."); });
  on(options.today.plus_days(-95), 410, [&stage] { spoil(stage, "UE0000498", "Se derramó café sobre la hoja."); });
  on(options.today.plus_days(-11), 75, [&stage] { spoil(stage, "UE0000497", "La hoja llegó doblada en el paquete."); });
  on(first.plus_days(1), 40, [&stage] { box_blanks(stage); });
  on(options.today.plus_days(-90), 300, [&stage] { destroy_blank(stage, "UE0000499", true); });
  add_closings(stage, options.today, errands);
  auto const rows = static_cast<std::size_t>(std::clamp(options.cases / 16, 9, 18));
  on(options.today.plus_days(-9), 45, [&stage, &options, rows] {
    import_table(stage, "North Region, week 2.xlsx", options.seed + 21, rows, true);
  });
  on(options.today.plus_days(-4), 20, [&stage, &options, rows] {
    import_table(stage, "North Region, week 3.xlsx", options.seed + 22, rows, false);
  });
  on(options.today.plus_days(-13), 60, [&stage, today = options.today] {
    plan_absence(stage, "ramiro.uto", "sofia.uto", today.plus_days(-1), today.plus_days(9));
  });
  on(options.today.plus_days(-6), 25, [&stage, today = options.today] {
    plan_absence(stage, "martin.xar", "anna.xar", today.plus_days(8), today.plus_days(19));
  });
  add_arrivals(stage, options.today, errands);
  add_handover(stage, options.today, errands);
  on(options.today.plus_days(-3), 300, [&stage, &options] {
    set_coming_interviews(stage, std::clamp(options.cases / 10, 4, 14));
    set_coming_transports(stage);
  });
  std::stable_sort(errands.begin(), errands.end(), [](auto const& one, auto const& other) { return one.at < other.at; });
  return errands;
}

}  // namespace rcms::app
