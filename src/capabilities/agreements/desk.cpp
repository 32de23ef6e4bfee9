#include "capabilities/agreements/desk.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "capabilities/agreements/narrowing_store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::agreement_desk {

/// What the files say beside what is in force.
struct Desk::Reading {
  std::vector<StoredVersion> accepted;  ///< at once: the first of an agreement, and other words of the same law
  LawState state;
};

namespace {

using Newest = std::map<std::string, StoredVersion const*, std::less<>>;

Newest newest_of(std::vector<StoredVersion> const& versions) {
  Newest newest;
  for (auto const& version : versions) newest[version.agreement] = &version;  // they are in the order of their numbers
  return newest;
}

std::string join_reasons(std::vector<agreements::FileRefused> const& refused) {
  std::vector<std::string> all;
  for (auto const& file : refused) all.insert(all.end(), file.reasons.begin(), file.reasons.end());
  return join(all, "\n");
}

/// The code of the agreement that a file of this name belongs to, when one is in force.
std::string code_of(std::filesystem::path const& file, Newest const& newest) {
  auto const stem = file.stem().string();
  for (auto const& [code, version] : newest) {
    if (lower_ascii(code) == stem) return code;
  }
  return {};
}

agreements::Confirmation confirmation_of(InForce const& one) {
  auto const& stored = one.confirmation;
  return {stored.rule,     stored.fingerprint,   stored.source, stored.place,
          one.proposed_by, one.countersigned_by, date_in_zone(*stored.countersigned_at, "UTC")};
}

agreements::Withheld withheld_of(NarrowingInForce const& one) {
  auto const& stored = one.narrowing;
  return {stored.field,         stored.reason, one.proposed_by, one.countersigned_by,
          date_in_zone(*stored.countersigned_at, "UTC"), stored.number};
}

agreements::Narrowings narrowings_of(std::vector<NarrowingInForce> const& stored) {
  agreements::Narrowings by_state;
  for (auto const& one : stored) {
    if (one.narrowing.countersigned_at) by_state[one.party_code][one.narrowing.agreement].push_back(withheld_of(one));
  }
  return by_state;
}

std::string fingerprint_of(std::string const& calendars, std::vector<StoredVersion> const& versions,
                           std::vector<InForce> const& confirmations) {
  std::string text = calendars;
  for (auto const& version : versions) {
    text += fmt::format("\n{} {} {} {}", version.agreement, version.number, version.law_hash,
                        version.valid_from ? version.valid_from->text() : "");
  }
  for (auto const& one : confirmations) text += "\n" + one.confirmation.id;
  return to_hex(sha256(text));
}

}  // namespace

Desk::Desk(db::Database& database, Clock const& clock, case_files::Norms& norms, std::filesystem::path data)
    : database_(database), clock_(clock), norms_(norms), data_(std::move(data)),
      calendars_(agreements::hash_of_calendars(norms.calendars)) {
  norms_.law = std::make_shared<agreements::Law>();
}

Desk::Reading Desk::compare(agreements::FilesRead const& files, std::vector<StoredVersion> const& known) const {
  auto const newest = newest_of(known);
  Reading reading;
  reading.state.read_at = clock_.now();
  std::set<std::string, std::less<>> seen;
  for (auto const& file : files.good) {
    auto const code = file.agreement.code;
    seen.insert(code);
    auto const hash = agreements::hash_of_law(file.agreement);
    auto const found = newest.find(code);
    auto const* held = found == newest.end() ? nullptr : found->second;
    if (held == nullptr) {
      reading.accepted.push_back({code, 1, hash, {}, file.text, reading.state.read_at, {}, {}});
    } else if (held->law_hash != hash) {
      reading.state.waiting.push_back({code, hash, file.text, file.agreement});
    } else if (held->content != file.text) {
      reading.accepted.push_back({code, held->number + 1, hash, held->valid_from, file.text, reading.state.read_at, {}, {}});
    }
  }
  for (auto const& file : files.refused) {
    auto const code = code_of(file.file, newest);
    seen.insert(code);
    reading.state.refused.push_back({file.file.filename().string(), file.reasons, code, reading.state.read_at});
  }
  for (auto const& [code, version] : newest) {
    if (!seen.contains(code)) reading.state.without_file.push_back(code);
  }
  return reading;
}

void Desk::accept(std::vector<StoredVersion> const& versions) {
  if (versions.empty()) return;
  std::vector<std::string> subjects;
  for (auto const& version : versions) subjects.push_back(ledger::subject_of("agreement", version.agreement));
  auto const written = ledger::carry_out(database_, subjects, [&]() -> Result<ledger::Decided<>> {
    auto const known = list_versions(database_);
    ledger::Decided<> decided;
    for (auto const& version : versions) {
      bool const there = std::any_of(known.begin(), known.end(), [&](auto const& one) {
        return one.agreement == version.agreement && one.number >= version.number;
      });
      if (there) continue;  // another process of the node was faster
      insert_version(decided.command, version);
      boost::json::object content{{"number", version.number}, {"law_hash", version.law_hash}};
      decided.entries.push_back({.subject = ledger::subject_of("agreement", version.agreement),
                                 .party = version.party,
                                 .actor = "installation",
                                 .action = version.number == 1 ? "agreement.accept" : "agreement.accept_words",
                                 .source = {},
                                 .content = boost::json::serialize(content),
                                 .revision = version.number,
                                 .at = version.accepted_at});
    }
    return decided;
  });
  bool const was_faster = !written && written.error().why == Why::already_exists;  // another process of the node, with the same
  if (!written && !was_faster) throw std::runtime_error("the agreements could not be kept: " + written.error().detail);
}

void Desk::put_in_force(Parsed parsed) {
  auto const versions = list_versions(database_);
  auto const confirmations = list_in_force(database_);
  auto const narrowings = list_narrowings_in_force(database_);
  auto fingerprint = fingerprint_of(calendars_, versions, confirmations);
  std::string withheld;  // changes no date, and so is no part of the fingerprint
  for (auto const& one : narrowings) withheld += one.narrowing.id + "\n";
  {
    std::lock_guard const lock(mutex_);
    state_.versions = versions;
    if (fingerprint == fingerprint_ && withheld == withheld_) return;
  }
  agreements::Versions in_force;
  for (auto const& version : versions) {
    auto const found = parsed.find(version.content);
    auto const name = fmt::format("version {} of {}", version.number, version.agreement);
    in_force[version.agreement].push_back(
        {version.number, version.valid_from, version.law_hash,
         found != parsed.end() ? found->second : agreements::read_agreement(version.content, name, data_)});
  }
  agreements::Confirmations confirmed;
  for (auto const& one : confirmations) {
    if (one.confirmation.countersigned_at) confirmed[one.party_code][one.confirmation.agreement].push_back(confirmation_of(one));
  }
  norms_.law->put_in_force(std::move(in_force), confirmed, narrowings_of(narrowings));
  std::lock_guard const lock(mutex_);
  fingerprint_ = std::move(fingerprint);
  withheld_ = std::move(withheld);
}

void Desk::read_files() {
  std::lock_guard const one_reading(reading_);
  auto const known = list_versions(database_);
  auto files = agreements::read_agreement_files(data_, norms_.calendars);
  if (known.empty() && !files.refused.empty()) throw std::runtime_error(join_reasons(files.refused));
  auto reading = compare(files, known);
  accept(reading.accepted);
  {
    std::lock_guard const lock(mutex_);
    state_ = std::move(reading.state);
  }
  Parsed parsed;
  for (auto& file : files.good) parsed.emplace(std::move(file.text), std::move(file.agreement));
  put_in_force(std::move(parsed));
}

void Desk::refresh() {
  std::lock_guard const one_reading(reading_);
  put_in_force({});
  std::lock_guard const lock(mutex_);
  std::erase_if(state_.waiting, [&](auto const& waiting) {
    return std::any_of(state_.versions.begin(), state_.versions.end(), [&](auto const& version) {
      return version.agreement == waiting.agreement && version.content == waiting.text;
    });
  });
}

LawState Desk::state() const {
  std::lock_guard const lock(mutex_);
  return state_;
}

std::pair<std::size_t, std::size_t> Desk::counts() const {
  std::lock_guard const lock(mutex_);
  return {state_.refused.size(), state_.waiting.size()};
}

std::optional<Waiting> Desk::find_waiting(std::string_view agreement) const {
  std::lock_guard const lock(mutex_);
  for (auto const& waiting : state_.waiting) {
    if (waiting.agreement == agreement) return waiting;
  }
  return std::nullopt;
}

std::string Desk::fingerprint() const {
  std::lock_guard const lock(mutex_);
  return fingerprint_;
}

}  // namespace rcms::agreement_desk
