// The codes of issuing States and nationalities that a machine readable zone may hold, from data/codes/state_codes.json.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::mrz {

class StateCodes {
 public:
  /// Throws std::runtime_error when the file is missing or does not satisfy its schema.
  static StateCodes load(std::filesystem::path const& data_folder);
  explicit StateCodes(std::vector<std::string> codes);

  /// `code` without fillers: "UTO", "D".
  bool has(std::string_view code) const;

 private:
  std::vector<std::string> codes_;  // sorted
};

}  // namespace rcms::mrz
