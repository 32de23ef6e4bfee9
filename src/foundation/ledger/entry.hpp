// What one entry of the ledger is, how it is hashed and how it joins the chain of its subject.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::ledger {

/// What a decision tells the ledger.
struct Entry {
  std::string subject;         ///< `application:<id>`; see subject.hpp
  PartyId party;               ///< the State in whose data space it happened
  std::string actor;           ///< id of the user, or `clock`, `exchange`, `installation`
  std::string action;          ///< `application.reply`
  std::string source;          ///< the norm on which it rests, or empty
  std::string content;         ///< JSON text; the only part that may hold personal data, erasable
  std::int64_t revision = 0;   ///< of the subject after the write; 0 when it has none
  Instant at;
};

/// An entry as it stands in the ledger: without its content.
struct Record {
  std::string subject;
  std::int64_t position = 0;  ///< 1 for the first of its subject
  std::string party;
  std::string actor;
  std::string action;
  std::string source;
  std::int64_t revision = 0;
  Instant at;
  Bytes commitment;
  Bytes previous;  ///< hash of the entry before of the same subject; 32 zero bytes for the first
  Bytes hash;
};

/// The erasable part of an entry.
struct Content {
  Bytes key;  ///< 32 random bytes
  std::string text;
};

/// The newest entry of a subject; `length` is 0 when it has none.
struct ChainHead {
  std::string subject;
  std::int64_t length = 0;
  Bytes hash = Bytes(32);
};

/// HMAC-SHA-256 of the content under its key. Without the key nothing can be learnt from it by guessing contents.
Bytes commitment_of(Content const& content);
/// SHA-256 of every field but `hash`, each with its length before it, after the words "rcms ledger entry 1".
Bytes hash_of(Record const& record);

ChainHead load_head(db::Database& database, std::string const& subject);

/// Adds to `command` what makes `entry` the newest of its chain: superseded when the chain has grown since `head` was
/// loaded. `head` moves on, so that a second entry on the same subject can follow in the same command.
void append(db::Command& command, ChainHead& head, Entry const& entry);

/// Erases what the entries of a subject say. Chains and seals stay valid.
db::Command erase_contents(std::string const& subject);

/// The content of one entry; empty when it was erased or never was.
std::optional<std::string> find_content(db::Database& database, std::string const& subject, std::int64_t position);

/// An entry with what it says, for timelines.
struct Told {
  Record record;
  std::optional<std::string> content;
};

/// The chain of a subject, oldest first.
std::vector<Told> list_entries(db::Database& database, std::string const& subject);

}  // namespace rcms::ledger
