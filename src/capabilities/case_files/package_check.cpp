#include "capabilities/case_files/package_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/exchange/envelope.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/sheets/archive.hpp"

namespace rcms::case_files {

namespace json = boost::json;

bool PackageCheck::holds() const {
  return std::all_of(points.begin(), points.end(), [](auto const& point) { return point.holds; });
}

namespace {

constexpr std::string_view machine_name = "application.json";

std::optional<std::string> unpack(sheets::Archive& archive, std::string const& name) {
  if (!archive.has(name)) return std::nullopt;
  std::string text;
  if (archive.read(name, [&](std::string_view piece) { return text += piece, true; })) return std::nullopt;
  return text;
}

json::value parse_or_null(std::string_view text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  return error ? json::value() : value;
}

/// One folder of a package.
class FolderCheck {
 public:
  FolderCheck(sheets::Archive& archive, std::string folder) : archive_(archive), folder_(std::move(folder)) {}

  PackageCheck run() {
    auto const text = unpack(archive_, folder_ + std::string(machine_name)).value_or("");
    machine_ = parse_or_null(text);
    check_.reference = text_at(machine_, "reference");
    contents_ = unpack(archive_, folder_ + "CONTENTS.txt").value_or("");
    point("application.json", text_at(machine_, "format") == "rcms-application/1" ? "" : "cannot be read");
    if (auto const* keys = find_member(machine_, "keys"); keys != nullptr && keys->is_object()) {
      for (auto const& member : keys->get_object()) take_key(std::string(member.key()), member.value());
    }
    tell("application.json", text);
    if (auto const* pdf = find_member(machine_, "pdf")) file(*pdf);
    for (auto const& one : list_at(machine_, "attachments")) file(one);
    for (auto const& one : list_at(machine_, "envelopes")) envelope(one);
    fingerprint();
    nothing_added();
    return std::move(check_);
  }

 private:
  void point(std::string what, std::string why) {
    bool const holds = why.empty();
    check_.points.push_back({std::move(what), holds, std::move(why)});
  }

  void take_key(std::string const& state, json::value const& value) {
    auto key = value.is_string() ? from_base64url(value.get_string()) : std::nullopt;
    if (!key || key->size() != 32) return point("key of " + state, "is no key");
    check_.keys.emplace_back(state, to_hex(sha256(*key)));
    keys_[state] = std::move(*key);
  }

  /// CONTENTS.txt, which people read, tells the same hash in the entry of the file.
  void tell(std::string const& path, std::string_view bytes) {
    known_.insert(folder_ + path);
    auto const name = contents_.find(path + "\r\n");
    auto const hash = "SHA-256 " + to_hex(sha256(bytes));
    bool const there = name != std::string::npos && contents_.find(hash, name) != std::string::npos;
    if (!there) point(path, "CONTENTS.txt tells another hash");
  }

  void file(json::value const& told) {
    auto const path = text_at(told, "path");
    auto const bytes = unpack(archive_, folder_ + path);
    if (!bytes) return point(path, "is missing");
    tell(path, *bytes);
    auto const size = find_whole(told, "size");
    if (size && *size != static_cast<std::int64_t>(bytes->size())) return point(path, "has another size");
    point(path, to_hex(sha256(*bytes)) == text_at(told, "sha256") ? "" : "has another hash");
  }

  void envelope(json::value const& told) {
    auto const path = text_at(told, "path");
    auto const bytes = unpack(archive_, folder_ + path);
    if (!bytes) return point(path, "is missing");
    tell(path, *bytes);
    auto const held = parse_or_null(*bytes);
    exchange::SealedEnvelope const sealed{text_at(held, "text"), text_at(held, "hash"), text_at(held, "signature")};
    auto const written = exchange::parse_envelope(sealed.text);
    if (!written) return point(path, "is no envelope");
    if (sealed.hash != text_at(told, "hash")) return point(path, "has another hash");
    auto const opened = exchange::open_envelope(sealed, keys_[written->from]);
    if (!opened) return point(path, "is not signed by " + written->from);
    auto& before = last_[opened->from];
    if (!before.empty() && opened->previous_hash != before) return point(path, "does not follow the envelope before");
    before = sealed.hash;
    receipt(path, *opened, sealed.hash, text_at(held, "receipt"));
  }

  void receipt(std::string const& path, exchange::Envelope const& envelope, std::string const& hash, std::string const& text) {
    if (text.empty()) return point(path, "");
    auto const receipt = exchange::parse_receipt(text);
    bool const fits = receipt && receipt->by == envelope.to && receipt->envelope_hash == hash &&
                      receipt->envelope.value == envelope.id.value && exchange::receipt_holds(*receipt, keys_[receipt->by]);
    point(path, fits ? "" : "its receipt is not signed by " + envelope.to);
  }

  void fingerprint() {
    auto const told = text_at(machine_, "fingerprint");
    if (last_.empty() && told.empty()) return;
    check_.fingerprint = told;
    auto const code_of = [this](std::string_view which) {
      auto const* party = find_member(machine_, which);
      return party == nullptr ? std::string() : text_at(*party, "code");
    };
    auto const own = code_of("party");
    auto const other = code_of("partner");
    point("fingerprint",
          told == exchange::case_fingerprint(own, last_[own], other, last_[other]) ? "" : "is not that of the last envelopes");
  }

  void nothing_added() {
    known_.insert(folder_ + "CONTENTS.txt");
    for (auto const& name : archive_.names()) {
      if (name.starts_with(folder_) && !known_.contains(name)) point(name.substr(folder_.size()), "is not told of");
    }
  }

  sheets::Archive& archive_;
  std::string folder_;
  json::value machine_;
  std::string contents_;
  std::map<std::string, Bytes> keys_;
  std::map<std::string, std::string> last_;  ///< hash of the last envelope of each State
  std::set<std::string> known_;
  PackageCheck check_;
};

}  // namespace

Result<std::vector<PackageCheck>> check_package(std::string_view zip) {
  sheets::Limits limits;
  limits.unpacked_bytes = 4ull << 30;
  limits.archive_entries = 20'000;
  auto archive = sheets::Archive::open(zip, limits);
  if (!archive) return refuse(Why::malformed, "file", "the file is no package");
  std::vector<PackageCheck> checks;
  auto const names = archive->names();
  for (auto const& name : names) {
    bool const is_machine = name == machine_name || name.ends_with("/" + std::string(machine_name));
    if (!is_machine) continue;
    checks.push_back(FolderCheck(*archive, name.substr(0, name.size() - machine_name.size())).run());
  }
  if (checks.empty()) return refuse(Why::malformed, "file", "the file is no package: it has no application.json");
  return checks;
}

}  // namespace rcms::case_files
