#include "capabilities/statistics/actions.hpp"

#include <boost/json.hpp>

#include "capabilities/statistics/rules.hpp"
#include "capabilities/statistics/schedule_store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"
#include "foundation/mail/message.hpp"

namespace rcms::statistics {

namespace {

namespace json = boost::json;
using ledger::Decided;

Result<void> check_may(access::Viewer const& viewer) {
  if (viewer.may("report.schedule")) return {};
  return refuse(Why::not_permitted, {}, "needs report.schedule");
}

ledger::Entry entry_of(Context const& context, access::Viewer const& viewer, Schedule const& schedule, std::string action,
                       std::int64_t revision) {
  json::object const content{{"report", schedule.report},     {"day", schedule.day_of_month}, {"format", schedule.format},
                             {"language", schedule.language}, {"receivers", json::value_from(schedule.receivers)}};
  return {.subject = ledger::subject_of("schedule", schedule.id.value),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(content),
          .revision = revision,
          .at = context.clock.now()};
}

}  // namespace

Result<std::vector<Schedule>> list_schedules(Context const& context, access::Viewer const& viewer) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  return list_schedules(context.database, viewer.party);
}

Result<std::vector<Delivery>> list_deliveries(Context const& context, access::Viewer const& viewer) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  return list_deliveries(context.database, viewer.party);
}

tl::expected<Schedule, Findings> create_schedule(Context const& context, access::Viewer const& viewer, Schedule wanted) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected<Findings>(Findings{may.error()});
  auto const existing = list_schedules(context.database, viewer.party).size();
  if (auto findings = check_schedule(wanted, context.labels.languages(), existing, mail::is_address); !findings.empty()) {
    return tl::unexpected<Findings>(std::move(findings));
  }
  wanted.created_at = context.clock.now();
  wanted.id = ScheduleId::make(wanted.created_at);
  wanted.party = viewer.party;
  wanted.created_by = viewer.user;
  auto made =
      ledger::carry_out(context.database, {ledger::subject_of("schedule", wanted.id.value)}, [&]() -> Result<Decided<Schedule>> {
        Decided<Schedule> decided{.answer = wanted};
        insert_schedule(decided.command, wanted);
        decided.entries.push_back(entry_of(context, viewer, wanted, "schedule.create", 1));
        return decided;
      });
  if (!made) return tl::unexpected<Findings>(Findings{made.error()});
  return *std::move(made);
}

Result<void> erase_schedule(Context const& context, access::Viewer const& viewer, ScheduleId const& id) {
  if (auto const may = check_may(viewer); !may) return may;
  auto const erased = ledger::carry_out(context.database, {ledger::subject_of("schedule", id.value)}, [&]() -> Result<Decided<>> {
    auto const schedule = find_schedule(context.database, viewer.party, id);
    if (!schedule) return refuse(Why::not_found);
    Decided<> decided;
    erase_schedule(decided.command, *schedule);
    decided.entries.push_back(entry_of(context, viewer, *schedule, "schedule.remove", 2));
    return decided;
  });
  if (!erased) return tl::unexpected(erased.error());
  return {};
}

}  // namespace rcms::statistics
