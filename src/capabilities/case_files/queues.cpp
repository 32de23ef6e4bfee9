#include "capabilities/case_files/queues.hpp"

#include <algorithm>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "foundation/base/data_file.hpp"

namespace rcms::case_files {

std::vector<Queue> load_queues(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "workflow/queues.toml", data / "schema/queues.schema.json");
  std::vector<Queue> queues;
  for (auto const& value : file.at("queue").as_array()) {
    Queue queue;
    queue.id = value.at("id").as_string();
    queue.side = value.at("side").as_string() == "requesting" ? Side::requesting : Side::requested;
    for (auto const& state : value.at("states").as_array()) queue.states.emplace_back(state.as_string());
    std::string const sort(value.at("sort").as_string());
    if (!boost::describe::enum_from_string(sort.c_str(), queue.sort))
      throw std::runtime_error("queues.toml: no such sort: " + sort);
    if (auto const* foreign = value.as_object().if_contains("foreign")) {
      if (!boost::describe::enum_from_string(foreign->as_string().c_str(), queue.foreign))
        throw std::runtime_error("queues.toml: `foreign` of \"" + queue.id + "\" is without or only");
      if (queue.side != Side::requested || queue.states != std::vector<std::string>{std::string(state_to_document)})
        throw std::runtime_error("queues.toml: `foreign` of \"" + queue.id +
                                 "\" is said of accepted files of the requested State");
    }
    auto const days_at = [&](char const* key) {
      auto const* days = value.as_object().if_contains(key);
      return days == nullptr ? 0 : static_cast<int>(days->as_int64());
    };
    queue.officer_days = days_at("officer_days");
    queue.supervisor_days = days_at("supervisor_days");
    if (queue.supervisor_days != 0 && queue.supervisor_days <= queue.officer_days)
      throw std::runtime_error("queues.toml: the supervisor of \"" + queue.id + "\" is told after the officer");
    queues.push_back(std::move(queue));
  }
  return queues;
}

bool is_foreign(Side side, std::string_view nationality, std::string_view own_code) {
  return side == Side::requested && !nationality.empty() && nationality != own_code;
}

Queue const* find_queue(std::vector<Queue> const& queues, Side side, std::string_view state, bool foreign) {
  for (auto const& queue : queues) {
    bool const here = std::find(queue.states.begin(), queue.states.end(), state) != queue.states.end();
    bool const other = queue.foreign == (foreign ? Foreign::without : Foreign::only);
    if (queue.side == side && here && !other) return &queue;
  }
  return nullptr;
}

}  // namespace rcms::case_files
