// Any bytes as a day, a day known in part, an instant or an identifier; what is read is written as it was given.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

using namespace rcms;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  if (auto const day = Date::parse(text)) {
    if (day->text() != text || Date(day->year(), day->month(), day->day()) != *day) std::abort();
    if (day->plus_months(1) <= *day || day->weekday() < 1 || day->weekday() > 7) std::abort();
  }
  if (auto const part = PartialDate::parse(text)) {
    if (part->text() != text || part->last() < part->first()) std::abort();
    if (part->is_complete() != (part->first() == part->last())) std::abort();
  }
  if (auto const instant = Instant::parse(text)) {
    if (Instant::parse(instant->text()) != instant) std::abort();
    static_cast<void>(date_in_zone(*instant, "Pacific/Apia"));
  }
  if (auto const id = CaseId::parse(text); id && id->value != text) std::abort();
  return 0;
}
