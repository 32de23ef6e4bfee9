#include "norms/agreements/law.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/summary.hpp"

namespace rcms::agreements {

namespace {

using Held = std::map<std::string, std::vector<Agreement>, std::less<>>;  // agreements of a State, beside the versions

/// The index of the version for a case submitted on this day.
std::size_t choose(std::vector<Version> const& versions, std::optional<Date> on) {
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (!on || !versions[i].from || *versions[i].from <= *on) chosen = i;
  }
  return chosen;
}

std::string text_of(std::optional<Date> const& day) { return day ? day->text() : std::string(); }

std::string law_of(EvidenceRule const& each) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", each.purpose, fmt::join(each.types, ","), each.effect,
                     each.expired_effect, each.expired_grace_months, each.authenticated_copy_effect, each.copy_effect,
                     text_of(each.issued_from), text_of(each.issued_until), each.article, fmt::join(each.forms, ","),
                     each.only_expired, each.requested, each.when, each.confidence, fmt::join(each.grounds, ","));
}

std::string law_of(ChecklistRule const& each) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}\n", each.code, each.kind, fmt::join(each.fields, ","), each.purpose, each.exact,
                     fmt::join(each.when, ","), each.must, each.article);
}

std::string read_if_there(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

struct Law::Snapshot {
  Versions versions;
  std::map<std::string, Held, std::less<>> of_states;  ///< only where a State has said something

  Agreement const* find(std::string_view code, std::optional<Date> on, std::string_view party) const {
    auto const found = versions.find(code);
    return found == versions.end() ? nullptr : find_at(*found, choose(found->second, on), party);
  }

  Agreement const* find_at(Versions::value_type const& known, std::size_t index, std::string_view party) const {
    auto const& [code, list] = known;
    if (auto const state = of_states.find(party); state != of_states.end()) {
      if (auto const held = state->second.find(code); held != state->second.end()) return &held->second.at(index);
    }
    return &list.at(index).content;
  }
};

Law::Law() { snapshots_.push_back(std::make_unique<Snapshot>()); }
Law::~Law() = default;

Law::Snapshot const& Law::now() const {
  std::lock_guard const lock(mutex_);
  return *snapshots_.back();
}

void Law::put_in_force(Versions versions, Confirmations const& confirmations, Narrowings const& narrowings) {
  auto snapshot = std::make_unique<Snapshot>();
  snapshot->versions = std::move(versions);
  // The agreement of a State, beside the version for all: made when the State has said something of it.
  auto const held_by = [&](std::string const& party, std::string const& code) -> std::vector<Agreement>* {
    auto const found = snapshot->versions.find(code);
    if (found == snapshot->versions.end()) return nullptr;
    auto& held = snapshot->of_states[party][code];
    if (held.empty()) {
      for (auto const& version : found->second) held.push_back(version.content);
    }
    return &held;
  };
  for (auto const& [party, by_agreement] : confirmations) {
    for (auto const& [code, list] : by_agreement) {
      auto* held = list.empty() ? nullptr : held_by(party, code);
      if (held == nullptr) continue;
      for (auto& version : *held) version = with_confirmations(std::move(version), list);
    }
  }
  for (auto const& [party, by_agreement] : narrowings) {
    for (auto const& [code, list] : by_agreement) {
      auto* held = list.empty() ? nullptr : held_by(party, code);
      if (held == nullptr) continue;
      for (auto& version : *held) version.withheld = list;
    }
  }
  std::lock_guard const lock(mutex_);
  snapshots_.push_back(std::move(snapshot));
}

Agreement const* Law::find(std::string_view code, std::optional<Date> submitted_on, std::string_view party) const {
  return now().find(code, submitted_on, party);
}

Agreement const* Law::find_number(std::string_view code, int number, std::string_view party) const {
  auto const& snapshot = now();
  auto const found = snapshot.versions.find(code);
  if (found == snapshot.versions.end()) return nullptr;
  for (std::size_t i = 0; i < found->second.size(); ++i) {
    if (found->second[i].number == number) return snapshot.find_at(*found, i, party);
  }
  return nullptr;
}

std::vector<Agreement const*> Law::list(std::string_view party) const {
  auto const& snapshot = now();
  std::vector<Agreement const*> all;
  for (auto const& [code, versions] : snapshot.versions) all.push_back(snapshot.find(code, {}, party));
  return all;
}

Version const* Law::find_version(std::string_view code, std::optional<Date> submitted_on) const {
  auto const& versions = now().versions;
  auto const found = versions.find(code);
  return found == versions.end() ? nullptr : &found->second.at(choose(found->second, submitted_on));
}

namespace {

std::vector<std::filesystem::path> list_files(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// All files, when every one holds. OPTIMIZATION: the schema is compiled once, not for each file.
std::optional<FilesRead> read_all_good(std::filesystem::path const& data, Calendars const& calendars) {
  try {
    FilesRead read;
    auto agreements = load_agreements(data, calendars);
    for (auto& [code, agreement] : agreements) {
      auto const file = data / "agreements" / (lower_ascii(code) + ".toml");
      read.good.push_back({file, read_if_there(file), std::move(agreement)});
    }
    return read;
  } catch (std::runtime_error const&) {
    return std::nullopt;
  }
}

}  // namespace

FilesRead read_agreement_files(std::filesystem::path const& data, Calendars const& calendars) {
  if (auto all = read_all_good(data, calendars)) return std::move(*all);
  FilesRead read;
  for (auto const& file : list_files(data / "agreements")) {
    auto reasons = check_file(file, data, calendars);
    if (!reasons.empty()) {
      read.refused.push_back({file, std::move(reasons)});
      continue;
    }
    auto text = read_if_there(file);
    auto agreement = read_agreement(text, file.string(), data);
    if (lower_ascii(agreement.code) == file.stem().string())
      read.good.push_back({file, std::move(text), std::move(agreement)});
    else read.refused.push_back({file, {file.string() + ": the agreement has another code than its file"}});
  }
  return read;
}

std::string hash_of_law(Agreement const& agreement) {
  auto text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}\n", agreement.code, agreement.cited, agreement.fictional, agreement.kind,
                          fmt::join(agreement.parties, ","), fmt::join(agreement.requesting, ","),
                          fmt::join(agreement.requested, ","), fmt::join(agreement.covers, ","),
                          agreement.in_force ? agreement.in_force_from.text() : "", text_of(agreement.in_force_until));
  for (auto const& each : agreement.authorities)
    text += fmt::format("{}|{}|{}|{}\n", each.party, each.zone, each.calendar, each.region);
  for (auto const& rule : agreement.rules) {
    text +=
        fmt::format("{}|{}|{}|{}|{}\n", fingerprint_of(rule), rule.article, rule.confidence, rule.start_confidence, rule.hint);
  }
  for (auto const& each : agreement.practices)
    text += fmt::format("{}|{}|{}|{}\n", each.key, each.value, each.unit, each.confidence);
  for (auto const& each : agreement.agreed_fields) text += fmt::format("{}|{}\n", each.field, each.article);
  for (auto const& each : agreement.evidence) text += law_of(each);
  auto const& enough = agreement.enough;
  text += fmt::format("{}|{}\n", enough.prima_facie ? std::to_string(*enough.prima_facie) : "", enough.article);
  for (auto const& each : agreement.checklist) text += law_of(each);
  return to_hex(sha256(text));
}

std::string hash_of_calendars(Calendars const& calendars) {
  std::string text;
  for (auto const& [code, calendar] : calendars) {
    text += fmt::format("{}|{}|{}|{}|{}", code, calendar.confidence, fmt::join(calendar.weekend, ","), calendar.known_from,
                        calendar.known_until);
    for (auto const& free : calendar.days) {
      auto const& holiday = calendar.holidays[free.holiday];
      text += fmt::format("|{}{}{}", free.day.text(), fmt::join(holiday.regions, ","), holiday.verified ? "" : "?");
    }
    text += "\n";
  }
  return to_hex(sha256(text));
}

}  // namespace rcms::agreements
