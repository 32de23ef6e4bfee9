#include "capabilities/statistics/rules.hpp"

#include <algorithm>

#include "capabilities/statistics/monthly_report.hpp"
#include "capabilities/statistics/report_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms::statistics {

Findings check_schedule(Schedule& schedule, std::vector<std::string> const& languages, std::size_t existing,
                        bool (*is_address)(std::string_view)) {
  Findings findings;
  auto const wrong = [&](Why why, std::string field, std::string detail) {
    findings.push_back({why, std::move(field), std::move(detail), {}});
  };
  if (schedule.report != "monthly") wrong(Why::field_invalid, "report", "monthly");
  if (schedule.day_of_month < 1 || schedule.day_of_month > 28)
    wrong(Why::field_invalid, "day", "a day from 1 to 28, which every month has");
  if (!is_format(schedule.format)) wrong(Why::field_invalid, "format", "pdf, xlsx or csv");
  if (std::find(languages.begin(), languages.end(), schedule.language) == languages.end()) {
    wrong(Why::field_invalid, "language", "one of " + join(languages, ", "));
  }
  std::vector<std::string> receivers;
  for (auto const& given : schedule.receivers) {
    auto const address = lower_ascii(tidy_text(given));
    if (!is_address(address)) wrong(Why::field_invalid, "recipients", "\"" + cut(address, 80) + "\" is no e-mail address");
    else if (std::find(receivers.begin(), receivers.end(), address) == receivers.end()) receivers.push_back(address);
  }
  if (schedule.receivers.empty()) wrong(Why::field_missing, "recipients", "name at least one e-mail address");
  if (receivers.size() > receivers_at_most)
    wrong(Why::limit_reached, "recipients", "at most 20 addresses; make a second schedule");
  if (existing >= schedules_at_most)
    wrong(Why::limit_reached, {}, "a State has at most 50 schedules; stop one that is not needed");
  schedule.receivers = std::move(receivers);
  return findings;
}

std::optional<std::string> decide_due_period(Schedule const& schedule, Date today, Date created_on) {
  if (today.day() < schedule.day_of_month) return std::nullopt;
  auto const period = month_plus(month_of(today), -1);
  // A schedule made after its day begins with the next month.
  auto const day_of_sending = first_day(month_of(today)).plus_days(schedule.day_of_month - 1);
  if (created_on > day_of_sending) return std::nullopt;
  return period;
}

void decide_failure(Delivery& delivery, bool is_temporary, std::string detail, Instant now) {
  constexpr std::int64_t quarter_hour_ms = 15 * 60 * 1000;
  constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;
  bool const again = is_temporary && delivery.attempts < attempts_at_most;
  delivery.status = again ? "retry" : "failed";
  delivery.detail = std::move(detail);
  delivery.changed_at = now;
  auto const wait = std::min(day_ms, quarter_hour_ms << std::min(delivery.attempts - 1, 10));
  delivery.next_at = again ? now.plus_ms(wait) : now;
}

}  // namespace rcms::statistics
