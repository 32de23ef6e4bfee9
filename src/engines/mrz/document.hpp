// The content of a machine readable zone: formats, fields and the names of the checks. No reading or writing here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::mrz {

/// TD1 3×30, TD2 2×36, TD3 2×44, and the visas MRV-A 2×44 and MRV-B 2×36.
enum class Format { td1, td2, td3, mrv_a, mrv_b };

struct Shape {
  int lines;
  int columns;
};
/// Source: Doc 9303-4 to 9303-7, MRZ layout tables.
Shape shape_of(Format format);
/// "TD1", "TD2", "TD3", "MRVA", "MRVB".
std::string_view name_of(Format format);
std::optional<Format> find_format(std::string_view name);

/// What can fail while reading, in the order in which failures are told.
enum class Check {
  length,
  charset,
  document_number,
  date_of_birth,
  date_of_expiry,
  optional_data,
  composite,
  date_of_birth_format,
  date_of_expiry_format,
  sex_code,
  name_charset,
};
std::string_view name_of(Check check);

/// Remarks that do not make a document invalid.
enum class Remark { issuing_state_unknown, nationality_unknown, document_code_nonconforming };
std::string_view name_of(Remark remark);

/// The fields as they stand in the zone: trailing fillers removed, fillers inside names are spaces, dates are YYMMDD
/// with `<<` for each unknown part, `sex` is 'M', 'F' or '<'.
struct Document {
  Format format = Format::td2;
  std::string document_code;
  std::string issuing_state;
  std::string document_number;
  std::string nationality;
  std::string date_of_birth;
  char sex = '<';
  std::string date_of_expiry;
  std::string primary_identifier;
  std::string secondary_identifier;
  std::string optional_data_1;
  std::string optional_data_2;  ///< TD1 only

  friend bool operator==(Document const&, Document const&) = default;
};

}  // namespace rcms::mrz
