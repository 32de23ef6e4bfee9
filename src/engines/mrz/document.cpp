#include "engines/mrz/document.hpp"

namespace rcms::mrz {

Shape shape_of(Format format) {
  switch (format) {
    case Format::td1: return {3, 30};
    case Format::td2:
    case Format::mrv_b: return {2, 36};
    case Format::td3:
    case Format::mrv_a: return {2, 44};
  }
  return {2, 36};
}

std::string_view name_of(Format format) {
  switch (format) {
    case Format::td1: return "TD1";
    case Format::td2: return "TD2";
    case Format::td3: return "TD3";
    case Format::mrv_a: return "MRVA";
    case Format::mrv_b: return "MRVB";
  }
  return "TD2";
}

std::optional<Format> find_format(std::string_view name) {
  for (auto format : {Format::td1, Format::td2, Format::td3, Format::mrv_a, Format::mrv_b}) {
    if (name_of(format) == name) return format;
  }
  return std::nullopt;
}

std::string_view name_of(Check check) {
  switch (check) {
    case Check::length: return "length";
    case Check::charset: return "charset";
    case Check::document_number: return "document_number";
    case Check::date_of_birth: return "date_of_birth";
    case Check::date_of_expiry: return "date_of_expiry";
    case Check::optional_data: return "optional_data";
    case Check::composite: return "composite";
    case Check::date_of_birth_format: return "date_of_birth_format";
    case Check::date_of_expiry_format: return "date_of_expiry_format";
    case Check::sex_code: return "sex_code";
    case Check::name_charset: return "name_charset";
  }
  return "charset";
}

std::string_view name_of(Remark remark) {
  switch (remark) {
    case Remark::issuing_state_unknown: return "issuing_state_unknown";
    case Remark::nationality_unknown: return "nationality_unknown";
    case Remark::document_code_nonconforming: return "document_code_nonconforming";
  }
  return "document_code_nonconforming";
}

}  // namespace rcms::mrz
