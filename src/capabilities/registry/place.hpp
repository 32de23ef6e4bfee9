// The places of a State: codes and names, and where they lie on a drawn map.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rcms::registry {

struct KnownPlace {
  std::string code;
  std::string name;
  std::string region;  ///< name of the department or province
  std::optional<int> x;  ///< 0 west to 1000 east
  std::optional<int> y;  ///< 0 north to 1000 south
};

class Places {
 public:
  Places() = default;
  explicit Places(std::vector<KnownPlace> places);

  /// Reads `places.csv` with the columns code, name, region and, where they are known, x and y. Empty when there is no such
  /// file; lines without code or name are left out.
  static Places read(std::filesystem::path const& file);

  std::vector<KnownPlace> const& all() const { return places_; }
  /// By code, or by a name that only one place has; in any spelling of case and accents. Null when there is none.
  KnownPlace const* find(std::string_view code_or_name) const;

 private:
  std::vector<KnownPlace> places_;
  std::unordered_map<std::string, std::size_t> by_form_;  ///< search form of code or name
};

}  // namespace rcms::registry
