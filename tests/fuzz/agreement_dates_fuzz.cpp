// Any bytes as a line of `rcms agreements dates`: answered or refused by field, the same every time, no date before its start.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <boost/json.hpp>

#include "norms/agreements/dates.hpp"

using namespace rcms;

namespace {

struct World {
  std::filesystem::path const data = RCMS_SOURCE_DIR "/data";
  agreements::Calendars const calendars = agreements::load_calendars(data);
  agreements::Agreements const agreements = agreements::load_agreements(data, calendars);
  Labels const labels = Labels::load(data / "languages");
  agreements::DatesLaw const law{agreements, calendars, labels};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static World const world;
  std::string_view const line(reinterpret_cast<char const*>(data), size);
  auto const answer = agreements::answer_line(world.law, line, 1, "en");
  if (answer != agreements::answer_line(world.law, line, 1, "en")) std::abort();
  if (auto const* error = answer.if_contains("error")) {
    for (char const* member : {"field", "message", "remedy"}) {
      if (error->at(member).as_string().empty()) std::abort();
    }
    return 0;
  }
  for (auto const& each : answer.at("deadlines").as_array()) {
    auto const& due = each.at("due");
    auto const start = Date::parse(std::string(each.at("start").at("on").as_string()));
    if (!start) std::abort();
    if (!due.is_string()) continue;
    auto const day = Date::parse(std::string(due.as_string()));
    bool const back = std::string_view(each.at("sentence").as_string()).substr(0, 13) == "At the latest";
    if (!day || (back ? *day > *start : *day < *start)) std::abort();
  }
  return 0;
}
