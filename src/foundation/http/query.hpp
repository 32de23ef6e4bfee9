// Query parameters: declared with a route, checked before the handler runs, described in OpenAPI.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/base/result.hpp"

namespace rcms::http {

enum class QueryKind { text, integer, date, choice, flag };

struct QueryParameter {
  std::string name;
  std::string description;
  QueryKind kind = QueryKind::text;
  std::size_t max_length = 200;         ///< text, code points
  std::int64_t low = 0;                 ///< integer
  std::int64_t high = 0;
  std::vector<std::string> choices;     ///< choice; empty with `many` means any short texts
  bool many = false;                    ///< several, separated by commas or repeated
  bool required = false;
};

QueryParameter text_parameter(std::string name, std::string description, std::size_t max_length = 200);
QueryParameter integer_parameter(std::string name, std::string description, std::int64_t low, std::int64_t high);
QueryParameter date_parameter(std::string name, std::string description);
QueryParameter choice_parameter(std::string name, std::string description, std::vector<std::string> choices);
/// Several of `choices`; at most 200.
QueryParameter choices_parameter(std::string name, std::string description, std::vector<std::string> choices);
/// Several texts without commas, such as ids; at most 200.
QueryParameter list_parameter(std::string name, std::string description);
QueryParameter flag_parameter(std::string name, std::string description);
QueryParameter required(QueryParameter parameter);

using QueryValues = std::map<std::string, std::string, std::less<>>;

/// Percent-decoding; false when it is broken. `+` is a space in queries only.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& out);
/// Splits `a=1&b=2`; repeated names are joined with commas. Refuses: malformed.
Result<QueryValues> parse_query(std::string_view text);
/// All defects of `values`.
Findings check_query(std::vector<QueryParameter> const& declared, QueryValues const& values);
boost::json::value schema_of_parameter(QueryParameter const& parameter);

}  // namespace rcms::http
