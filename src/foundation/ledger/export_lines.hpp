// The lines of an exported ledger (JSON, one object a line), written and read in exactly one way.
//
//   {"kind":"ledger",…}            first line
//   {"kind":"entry",…}             an entry; key and content are null where the content was erased
//   {"kind":"other",…}             number and hash of an entry outside the scope of the export
//   {"kind":"seal",…}              after the entries that it seals
//   {"kind":"end",…}               counts, digest of all lines before it, signature
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "foundation/ledger/entry.hpp"
#include "foundation/ledger/seal.hpp"

namespace rcms::ledger {

struct HeaderLine {
  std::string scope;  ///< `all`, `party:<id>` or a subject
};

struct EntryLine {
  std::int64_t number = 0;
  Record record;
  std::optional<Content> content;
};

struct OtherLine {
  std::int64_t number = 0;
  Bytes hash;
};

struct SealLine {
  Seal seal;
  bool has_leaves = true;  ///< false: none of its entries is in the scope, and their hashes are left out
};

struct EndLine {
  std::int64_t entries = 0;
  std::int64_t seals = 0;
  Bytes digest;  ///< SHA-256 of all bytes before this line
  Bytes signer;
  Bytes signature;  ///< of `digest`
};

using Line = std::variant<HeaderLine, EntryLine, OtherLine, SealLine, EndLine>;

/// Without the line feed.
std::string render_line(Line const& line);
/// Empty unless `text` is a line in exactly the form that `render_line` gives.
std::optional<Line> parse_line(std::string_view text);

}  // namespace rcms::ledger
