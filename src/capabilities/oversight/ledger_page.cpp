#include "capabilities/oversight/ledger_page.hpp"

#include <charconv>

#include <fmt/format.h>

namespace rcms::oversight {

namespace {

std::optional<std::int64_t> read_number(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

std::string cursor_of(LedgerPlace const& place) {
  return fmt::format("{}.{}.{}", place.commit_order, place.position, place.subject);
}

std::optional<LedgerPlace> read_cursor(std::string const& text) {
  auto const first = text.find('.');
  auto const second = first == std::string::npos ? first : text.find('.', first + 1);
  if (second == std::string::npos) return std::nullopt;
  auto const order = read_number(std::string_view(text).substr(0, first));
  auto const position = read_number(std::string_view(text).substr(first + 1, second - first - 1));
  if (!order || !position || text.size() == second + 1) return std::nullopt;
  return LedgerPlace{*order, text.substr(second + 1), *position};
}

}  // namespace rcms::oversight
