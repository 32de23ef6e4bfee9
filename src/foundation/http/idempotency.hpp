// One POST, one effect: the same Idempotency-Key of the same user is carried out once in 24 hours, also when two requests
// arrive at once, at two processes, or when the process ends between effect and answer.
//
// The row of the key is the first statement of the first Command that the handler writes: both are in force or neither is,
// and the primary key lets only one of two win. Capabilities need not know: they write through `guarded()`, which adds the row
// while a keyed request runs on this thread. So a handler of a POST writes one Command; what it writes in a second one is not
// protected. The answer is added to the row afterwards, before it leaves. A replay gets the stored answer; when the process
// ended before it was stored, the caller's `recover` (the resource as it is now), else `already_exists`. What the Command made
// or changed stands in the row as its subject ("case:<id>"), so that also what was new is found again.
//
// Answers may hold what is shown once (a password, the token of a machine), requests a password: with a box, neither the answer
// nor the hash of the request stands in the database in the clear.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "foundation/access/secret_box.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"
#include "foundation/http/request.hpp"

namespace rcms::http {

class Idempotency {
 public:
  /// The subject of what a Command does, "noun:id", or empty.
  using SubjectOf = std::function<std::string(db::Command const&)>;

  /// Both outlive this object.
  Idempotency(db::Database& database, Clock const& clock, SubjectOf subject_of = {}, std::optional<access::SecretBox> box = {});
  ~Idempotency();

  /// The database for the capabilities: all goes through to the one given, Commands of keyed requests carry the key. What
  /// asks for the kind of database (backup, migrate) takes the one given.
  db::Database& guarded();

  using Handle = std::function<Answer<Response>()>;
  /// `subject` of the Command that was carried out; may be empty.
  using Recover = std::function<Answer<Response>(std::string const& subject)>;
  /// Runs `handle` unless the key of the request was carried out before. Without key or user it just runs.
  /// Refuses: field_invalid (a key that is no key, or was used for another request), already_exists, with the subject
  /// in `detail` where it is known.
  Answer<Response> run(Request const& request, std::string_view request_hash, Handle const& handle, Recover const& recover);

  /// Removes keys older than 24 hours; returns how many. For the background loop.
  std::int64_t forget_old();

 private:
  struct Row;
  std::optional<Row> find_row(Request const& request);
  Answer<Response> replay(Request const& request, std::string_view request_hash, Recover const& recover);
  void keep_answer(Request const& request, std::string_view request_hash, Response const& response, bool row_written);

  /// As it stands in the row of this key, and back; empty when it was closed with another key of the node.
  std::string close(Request const& request, std::string_view text) const;
  std::optional<std::string> open(Request const& request, std::string const& closed) const;

  class Guarded;
  db::Database& database_;
  Clock const& clock_;
  std::optional<access::SecretBox> box_;
  std::unique_ptr<Guarded> guarded_;
};

}  // namespace rcms::http
