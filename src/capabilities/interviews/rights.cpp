#include "capabilities/interviews/rights.hpp"

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::interviews {

std::vector<Right> load_rights(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "interviews/rights.toml", data / "schema/interview_rights.schema.json");
  std::vector<Right> rights;
  for (auto const& item : list_at(file, "right"))
    rights.push_back({text_at(item, "code"), text_at(item, "basis"), text_at(item, "confidence")});
  return rights;
}

}  // namespace rcms::interviews
