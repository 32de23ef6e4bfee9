// The register that knows whether a person may stay: one interface, two connectors. What it knows beyond the answer stays there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/safeguards/rules.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::safeguarding {

inline constexpr std::int64_t future_ms = 5 * 60'000;  ///< how far the clock of a register may be ahead

/// Whom the register is asked about. `reference` is that of the case, `decision` the number of the return decision.
struct StatusQuestion {
  std::string reference;
  std::string decision;
  std::string name;
  std::string birth;
  std::string nationality;
};
StatusQuestion question_of(CaseFile const& file);

/// How a register is doing, for the screens and for operations.
struct RegisterState {
  std::string kind;  ///< file, http
  std::string name;
  bool answers = false;
  std::optional<Instant> as_of;  ///< when the newest file was written, or the last answer came
  std::string problem;           ///< empty when it answers
};

class StatusRegister {
 public:
  virtual ~StatusRegister() = default;
  /// From any thread. Refuses: unavailable with what is wrong; then nothing is known and the gate stays as it is.
  virtual Result<StatusAnswer> ask(StatusQuestion const& question) = 0;
  virtual RegisterState state() const = 0;
};

/// A folder into which the register's own system puts files. The newest by its own `generated_at` counts:
///   {"format":"rcms status 1","generated_at":"…Z","entries":[{"reference":"…","decision":"…","status":"clear","token":"…"}]}
/// or CSV: a first line "# rcms status 1,<generated_at>", then `reference,decision,status,token`. Beside `NAME` stands
/// `NAME.sig` (hexadecimal Ed25519 signature of the bytes) when `open_key` is set, else `NAME.sha256`. A file without, with a
/// wrong one, from the future or with an unknown word is passed over and told as the problem.
struct FileDropOptions {
  std::string name;
  std::filesystem::path folder;
  std::optional<Bytes> open_key;  ///< Ed25519 public key, 32 bytes
  std::int64_t oldest_ms = 24 * hour_ms;  ///< an older file answers nothing
  std::size_t size_limit = 64 << 20;
};
std::unique_ptr<StatusRegister> make_file_drop(FileDropOptions options, Clock const& clock);

/// POST with the question as JSON; answer {"status":"clear","token":"…","checked_at":"…Z"}. Tried again after a failure of the
/// network or of the server; after `open_after` failures in a row nobody asks for `rest_ms`.
struct HttpRegisterOptions {
  std::string name;
  std::string url;                      ///< https, or http on this machine only
  std::filesystem::path ca_file;        ///< authority of its certificate; empty: those of the system
  std::filesystem::path client_certificate;  ///< with its key in the same file; empty: none
  std::filesystem::path token_file;     ///< bearer token; empty: none
  std::int64_t timeout_ms = 5'000;
  int tries = 3;
  int open_after = 3;
  std::int64_t rest_ms = 60'000;
};
/// Throws std::runtime_error for a URL that is neither https nor of this machine.
std::unique_ptr<StatusRegister> make_http_register(HttpRegisterOptions options, Clock const& clock);

/// The registers of the States of this node: `folder`/status_registers.toml; none when it is absent.
///   [[register]]
///   party = "XAR"
///   kind = "file"        # or "http"
///   folder = "/srv/status"   open_key = "<64 hexadecimal digits>"   oldest_hours = 24
///   url = "https://…"    ca_file = "…"   client_certificate = "…"   token_file = "…"   timeout_ms = 5000
struct PartyRegister {
  std::string party;  ///< code
  std::shared_ptr<StatusRegister> asks;
};
/// Throws std::runtime_error that names file and key at fault.
std::vector<PartyRegister> load_registers(std::filesystem::path const& folder, Clock const& clock);

/// Reads a status word. Empty for another word.
std::optional<Status> parse_status_word(std::string_view word);

}  // namespace rcms::safeguarding
