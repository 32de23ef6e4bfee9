#include "capabilities/registry/place.hpp"

#include <charconv>
#include <map>

#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::registry {

namespace {

constexpr std::size_t several = ~std::size_t{0};

std::optional<int> coordinate_of(std::string const& text) {
  int value = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0 || value > 1000) return std::nullopt;
  return value;
}

}  // namespace

Places::Places(std::vector<KnownPlace> places) : places_(std::move(places)) {
  for (std::size_t at = 0; at < places_.size(); ++at) {
    by_form_.insert_or_assign(search_form(places_[at].code), at);
    auto const [known, is_new] = by_form_.try_emplace(search_form(places_[at].name), at);
    if (!is_new && known->second != at) known->second = several;
  }
}

Places Places::read(std::filesystem::path const& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  std::vector<KnownPlace> places;
  std::map<std::string, std::size_t> columns;
  (void)sheets::read_sheet(file, {}, [&](sheets::Row const& row) {
    if (columns.empty()) {
      for (std::size_t at = 0; at < row.cells.size(); ++at) columns.emplace(lower_ascii(tidy_text(row.cells[at].text)), at);
      return columns.contains("code") && columns.contains("name");
    }
    auto const text = [&](char const* name) {
      auto const found = columns.find(name);
      return found == columns.end() || found->second >= row.cells.size() ? std::string()
                                                                         : tidy_text(row.cells[found->second].text);
    };
    KnownPlace place{text("code"), text("name"), text("region"), coordinate_of(text("x")), coordinate_of(text("y"))};
    if (!place.code.empty() && !place.name.empty()) places.push_back(std::move(place));
    return true;
  });
  return Places(std::move(places));
}

KnownPlace const* Places::find(std::string_view code_or_name) const {
  auto const found = by_form_.find(search_form(code_or_name));
  return found == by_form_.end() || found->second == several ? nullptr : &places_[found->second];
}

}  // namespace rcms::registry
