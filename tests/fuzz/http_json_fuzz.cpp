// Any bytes given to the JSON reader, the query reader and the path table; what is read must be written and read again the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "foundation/http/describe.hpp"
#include "foundation/http/query.hpp"
#include "foundation/http/request_parts.hpp"

namespace fuzzed {

enum class Kind { first, second };
BOOST_DESCRIBE_ENUM(Kind, first, second)

struct Inner {
  rcms::http::Text<20> name;
  std::optional<rcms::http::TextBlock<50>> note;
  friend bool operator==(Inner const&, Inner const&) = default;
};
RCMS_VIEW_AND_INPUT(Inner, name, note)

struct Outer {
  std::optional<bool> flag;
  std::optional<int> number;
  std::optional<double> share;
  std::optional<std::string> plain;
  std::optional<rcms::Date> day;
  std::optional<rcms::PartialDate> part;
  std::optional<rcms::Instant> at;
  std::optional<rcms::CaseId> id;
  std::optional<Kind> kind;
  std::optional<std::vector<Inner>> items;
  std::optional<std::map<std::string, int>> counts;
  friend bool operator==(Outer const&, Outer const&) = default;
};
RCMS_VIEW_AND_INPUT(Outer, flag, number, share, plain, day, part, at, id, kind, items, counts)

}  // namespace fuzzed

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const read = rcms::http::read_input<fuzzed::Outer>(text);
  if (read) {
    auto const again = rcms::http::read_input<fuzzed::Outer>(rcms::http::to_json(*read));
    if (!again || !(*again == *read)) std::abort();
  } else {
    for (auto const& finding : read.error()) {
      if (!rcms::http::is_clean(finding.field)) std::abort();
    }
  }
  if (auto const values = rcms::http::parse_query(text)) {
    std::vector<rcms::http::QueryParameter> const declared = {rcms::http::integer_parameter("limit", "", 1, 100),
                                                              rcms::http::list_parameter("ids", "")};
    for (auto const& finding : rcms::http::check_query(declared, *values)) {
      if (!rcms::http::is_clean(finding.field)) std::abort();
    }
  }
  rcms::http::cookie_value(text, "rcms_session");
  rcms::http::revision_of_etag(text);
  rcms::http::has_etag(text, "\"7\"");
  rcms::http::accepts_coding(text, "br");
  if (rcms::http::content_disposition(text).find_first_of("\r\n") != std::string::npos) std::abort();
  return 0;
}
