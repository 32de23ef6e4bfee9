// Which registers this node asks: status_registers.toml of its folder. Source of the form: status.hpp.
#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/safeguards/status.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "norms/forms/content.hpp"

namespace rcms::safeguarding {

namespace json = boost::json;

namespace {

void check_keys(json::value const& item, std::string const& place) {
  static constexpr std::string_view known[] = {"party", "kind", "name", "folder", "open_key", "oldest_hours", "url", "ca_file",
                                               "client_certificate", "token_file", "timeout_ms"};
  for (auto const& member : item.as_object()) {
    if (std::find(std::begin(known), std::end(known), member.key()) == std::end(known))
      throw std::runtime_error(fmt::format("{}: there is no key '{}'", place, std::string(member.key())));
  }
}

std::shared_ptr<StatusRegister> make_register(json::value const& item, std::string const& place, Clock const& clock) {
  auto const kind = text_at(item, "kind");
  auto const name = text_at(item, "name", "status register");
  if (kind == "file") {
    FileDropOptions options;
    options.name = name;
    options.folder = text_at(item, "folder");
    if (options.folder.empty()) throw std::runtime_error(place + ": folder is missing");
    options.oldest_ms = whole_at(item, "oldest_hours", 24) * hour_ms;
    if (auto const key = text_at(item, "open_key"); !key.empty()) {
      options.open_key = from_hex(key);
      if (!options.open_key || options.open_key->size() != 32)
        throw std::runtime_error(place + ": open_key must be 64 hexadecimal digits");
    }
    return make_file_drop(std::move(options), clock);
  }
  if (kind != "http") throw std::runtime_error(place + ": kind must be file or http");
  HttpRegisterOptions options;
  options.name = name;
  options.url = text_at(item, "url");
  options.ca_file = text_at(item, "ca_file");
  options.client_certificate = text_at(item, "client_certificate");
  options.token_file = text_at(item, "token_file");
  options.timeout_ms = whole_at(item, "timeout_ms", 5'000);
  if (options.timeout_ms < 100 || options.timeout_ms > 60'000)
    throw std::runtime_error(place + ": timeout_ms must be 100 to 60000");
  return make_http_register(std::move(options), clock);
}

}  // namespace

StatusQuestion question_of(CaseFile const& file) {
  return {file.reference, forms::text_in(json::value(file.content), "internal.return_decision_ref.number"), file.person.name,
          file.person.birth, file.person.nationality};
}

std::vector<PartyRegister> load_registers(std::filesystem::path const& folder, Clock const& clock) {
  auto const file = folder / "status_registers.toml";
  std::vector<PartyRegister> registers;
  if (!std::filesystem::exists(file)) return registers;
  auto const content = read_data_file(file);
  for (auto const& item : list_at(content, "register")) {
    auto const place = fmt::format("{}, register {}", file.string(), registers.size() + 1);
    check_keys(item, place);
    auto const party = text_at(item, "party");
    if (party.empty()) throw std::runtime_error(place + ": party is missing");
    registers.push_back({party, make_register(item, place, clock)});
  }
  return registers;
}

}  // namespace rcms::safeguarding
