#include "capabilities/case_files/queues.hpp"

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
    queues.push_back(std::move(queue));
  }
  return queues;
}

}  // namespace rcms::case_files
