#include "capabilities/travel_documents/stock.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace rcms::travel_documents {

namespace {

constexpr auto stock_source = "Doc 9303-6 section 4.2.2";

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number_in(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::string_view name_of(BlankState state) {
  switch (state) {
    case BlankState::in_stock: return "in_stock";
    case BlankState::assigned: return "assigned";
    case BlankState::issued: return "issued";
    case BlankState::spoilt: return "spoilt";
    case BlankState::void_: return "void";
    case BlankState::lost: return "lost";
    case BlankState::returned: return "returned";
  }
  return "in_stock";
}

std::optional<BlankState> find_blank_state(std::string_view name) {
  for (auto const state : all_blank_states) {
    if (name_of(state) == name) return state;
  }
  return std::nullopt;
}

bool may_become(BlankState from, BlankState to) {
  using enum BlankState;
  switch (from) {
    case in_stock: return to == assigned || to == issued || to == spoilt || to == lost;
    case assigned: return to == issued || to == spoilt || to == lost;
    case issued: return to == void_ || to == lost || to == returned;
    case lost: return to == void_;
    case spoilt:
    case void_:
    case returned: return false;
  }
  return false;
}

std::string BlankRange::number(std::int64_t one) const { return fmt::format("{}{:0{}}", series, one, digits); }

Result<BlankRange> make_range(std::string_view series, std::string_view first, std::string_view last) {
  bool const letters = !series.empty() && series.size() <= 3 &&
                       std::all_of(series.begin(), series.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!letters) return refuse(Why::field_invalid, "series", "1 to 3 letters A to Z, as printed on the sheets", stock_source);
  if (!is_digits(first))
    return refuse(Why::field_invalid, "from", "the digits on the first sheet, without the series", stock_source);
  if (!is_digits(last)) return refuse(Why::field_invalid, "to", "the digits on the last sheet, without the series", stock_source);
  if (first.size() != last.size()) {
    return refuse(Why::field_invalid, "to", "first and last number have the same number of digits; write the zeros in front",
                  stock_source);
  }
  if (series.size() + first.size() < 6 || series.size() + first.size() > 9) {
    return refuse(Why::field_invalid, "from", "series and digits together have 6 to 9 characters", stock_source);
  }
  BlankRange range;
  range.series = series;
  range.first = number_in(first);
  range.last = number_in(last);
  range.digits = static_cast<int>(first.size());
  if (range.last < range.first) return refuse(Why::field_invalid, "to", "the last number lies before the first");
  if (range.received() > range_limit) return refuse(Why::limit_reached, "to", "at most 100,000 sheets at once");
  return range;
}

}  // namespace rcms::travel_documents
