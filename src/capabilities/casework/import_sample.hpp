// A spreadsheet of invented applications, for the demo and to try the import with. The people do not exist.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::casework {

struct SamplePerson {
  std::string surname;
  std::string given_names;
  Date birth;
  std::string sex;  ///< F or M
  std::string birth_place;
  std::string department;
  std::string municipality;
  std::string village;
  std::string father;
  std::string mother;
  std::string document_type;  ///< in words, as an officer writes it
  std::string document_number;
};

/// `count` people of Utopia from the name and place lists under `data`; the same for the same seed. Throws std::runtime_error
/// when a list cannot be read.
std::vector<SamplePerson> invent_people(std::filesystem::path const& data, std::uint64_t seed, std::size_t count);

/// `few`: one day that does not exist, one unknown word, one person twice, to show the report. `some`: every eighth row.
enum class SampleDefects { none, few, some };

/// Writes applications of Arcadia for these people as a spreadsheet that imports without a question, but for the defects.
/// Refuses: unavailable (the file cannot be written).
Result<std::monostate> write_sample_applications(std::filesystem::path const& path, std::vector<SamplePerson> const& people,
                                                 Date today, SampleDefects defects = SampleDefects::none);

}  // namespace rcms::casework
