// The law of a node: reads the files of the agreements, keeps the last good version of each in force, and says what waits or was
// refused. Source: docs/decisions/0014-last-good-version.md.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "capabilities/agreements/store.hpp"
#include "capabilities/case_files/context.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::agreement_desk {

/// The channel on which the processes of a node tell each other that the law has changed.
inline constexpr std::string_view law_channel = "law";

/// A file that holds and is not in force yet: its law is another than that of the newest version.
struct Waiting {
  std::string agreement;
  std::string law_hash;
  std::string text;
  agreements::Agreement content;
};

/// A file that does not hold; what was in force stays so.
struct RefusedFile {
  std::string file;                  ///< name
  std::vector<std::string> reasons;  ///< each with file and line, where it is known
  std::string in_force;              ///< code of the agreement whose last good version stays in force; empty: none
  Instant at;
};

/// What administrators see.
struct LawState {
  std::vector<StoredVersion> versions;
  std::vector<Waiting> waiting;
  std::vector<RefusedFile> refused;
  std::vector<std::string> without_file;  ///< codes of agreements in force whose file is gone
  Instant read_at;
};

class Desk {
 public:
  /// `norms` gets its `law` here and outlives the desk. Nothing is read before `read_files`.
  Desk(db::Database& database, Clock const& clock, case_files::Norms& norms, std::filesystem::path data);

  /// Reads the files. The first version of an agreement, and a file whose law has not changed, are accepted; another law waits
  /// for an administrator. Throws std::runtime_error when a file does not hold and the node has no version at all: a first start.
  void read_files();
  /// Reads what was accepted, confirmed and narrowed; cheap, and nothing is made anew when nothing has changed. From any thread.
  void refresh();

  LawState state() const;
  /// Files that were refused, and versions that wait.
  std::pair<std::size_t, std::size_t> counts() const;
  std::optional<Waiting> find_waiting(std::string_view agreement) const;
  /// Of everything that a stored deadline was computed by: versions, confirmations, calendars.
  std::string fingerprint() const;

  db::Database& database() const { return database_; }
  Clock const& clock() const { return clock_; }
  case_files::Norms const& norms() const { return norms_; }
  std::filesystem::path const& data() const { return data_; }

 private:
  struct Reading;
  using Parsed = std::map<std::string, agreements::Agreement, std::less<>>;  ///< by text
  void accept(std::vector<StoredVersion> const& versions);
  Reading compare(agreements::FilesRead const& files, std::vector<StoredVersion> const& known) const;
  /// What the tables say comes in force; `parsed` spares reading a text again.
  void put_in_force(Parsed parsed);

  db::Database& database_;
  Clock const& clock_;
  case_files::Norms& norms_;
  std::filesystem::path data_;
  std::string calendars_;  ///< hash

  std::mutex reading_;        ///< one reading of files or tables at a time
  mutable std::mutex mutex_;  ///< of what follows
  LawState state_;
  std::string fingerprint_;
  std::string withheld_;  ///< the narrowings in force
};

}  // namespace rcms::agreement_desk
