#include "engines/mrz/state_codes.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

#include "foundation/base/data_file.hpp"

namespace rcms::mrz {

StateCodes::StateCodes(std::vector<std::string> codes) : codes_(std::move(codes)) {
  std::sort(codes_.begin(), codes_.end());
}

StateCodes StateCodes::load(std::filesystem::path const& data_folder) {
  auto file = read_data_file(data_folder / "codes" / "state_codes.json", data_folder / "schema" / "state_codes.schema.json");
  std::vector<std::string> codes;
  for (auto const& code : file.at("iso").as_array()) codes.emplace_back(code.as_string());
  for (auto const* group : {"other", "fictional"}) {
    for (auto const& entry : file.at(group).as_object()) codes.emplace_back(entry.key());
  }
  return StateCodes(std::move(codes));
}

bool StateCodes::has(std::string_view code) const {
  return std::binary_search(codes_.begin(), codes_.end(), code, std::less<>());
}

}  // namespace rcms::mrz
