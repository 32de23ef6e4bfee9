// What is in force at a node: the accepted versions of every agreement, each from a day on, and what each State has confirmed of
// them. Read by all threads, replaced as a whole.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

/// One accepted version.
struct Version {
  int number = 1;
  std::optional<Date> from;  ///< for cases submitted on this day or later; empty: for all
  std::string hash;          ///< of its law, as of hash_of_law
  Agreement content;
};

/// By code; each list by number.
using Versions = std::map<std::string, std::vector<Version>, std::less<>>;
/// By code of the State, then by code of the agreement.
using Confirmations = std::map<std::string, std::map<std::string, std::vector<Confirmation>, std::less<>>, std::less<>>;

/// What States keep at home, in the same order.
using Narrowings = std::map<std::string, std::map<std::string, std::vector<Withheld>, std::less<>>, std::less<>>;

class Law {
 public:
  Law();
  ~Law();
  Law(Law const&) = delete;
  Law& operator=(Law const&) = delete;

  /// Takes the place of what was in force. Threads go on with what they hold: nothing is freed before the law itself is, so it
  /// is for changes that people make.
  void put_in_force(Versions versions, Confirmations const& confirmations, Narrowings const& narrowings = {});

  /// The version for a case that was submitted on this day (empty: the newest), with what the State `party` has confirmed and
  /// withholds (empty: nothing). A case from before all versions has the first. nullptr when there is no such agreement.
  Agreement const* find(std::string_view code, std::optional<Date> submitted_on = {}, std::string_view party = {}) const;
  /// The version of this number, with what the State `party` has confirmed; nullptr when there is none.
  Agreement const* find_number(std::string_view code, int number, std::string_view party = {}) const;
  /// The newest version of each agreement, by code.
  std::vector<Agreement const*> list(std::string_view party = {}) const;
  /// The version that `find` gives, with its number; nullptr as there.
  Version const* find_version(std::string_view code, std::optional<Date> submitted_on = {}) const;

 private:
  struct Snapshot;
  Snapshot const& now() const;

  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Snapshot>> snapshots_;
};

/// A file of an agreement that was read and holds.
struct FileRead {
  std::filesystem::path file;
  std::string text;
  Agreement agreement;
};

/// A file that does not hold, with its place ("…/ch-az.toml, line 31") and the reason.
struct FileRefused {
  std::filesystem::path file;
  std::vector<std::string> reasons;
};

struct FilesRead {
  std::vector<FileRead> good;
  std::vector<FileRefused> refused;
};

/// Reads every file of `data`/agreements; what is wrong with one keeps no other from being read.
FilesRead read_agreement_files(std::filesystem::path const& data, Calendars const& calendars);

/// SHA-256 of everything that a case can depend on: without the words of titles, notes, sources and translations, without
/// comments, order and worked examples.
std::string hash_of_law(Agreement const& agreement);
/// SHA-256 of what calendars leave out from 2000 to 2050.
std::string hash_of_calendars(Calendars const& calendars);

}  // namespace rcms::agreements
