// A message as people mean it, and its form on the wire (RFC 5322, MIME). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::mail {

struct Address {
  std::string name;     ///< shown; any script; may be empty
  std::string address;  ///< local@domain, ASCII

  friend bool operator==(Address const&, Address const&) = default;
};

struct Attachment {
  std::string name;
  std::string media_type;  ///< "application/pdf"
  std::string content;
};

struct Message {
  Address from;
  std::vector<Address> to;
  std::string subject;
  std::string text;       ///< plain text, lines end with \n
  std::string html = {};  ///< the same as HTML; may be empty
  std::vector<Attachment> attachments = {};
  std::string id;         ///< unique, for Message-ID: letters, digits and hyphens
  Instant written_at;
};

/// Whether it can be used as an address: ASCII, one @, a domain of labels or an address of a host, at most 254 characters.
bool is_address(std::string_view address);

/// Everything that must not be sent, each with its field: from, to, subject, text, attachments. Names and subject must be UTF-8
/// without control characters (a line end would add headers); at most 100 receivers, 25 MB.
Findings check_message(Message const& message);

/// The message for the wire, lines end with CRLF. The message must have been checked.
/// Source: RFC 5322 section 3, RFC 2045 to 2047, RFC 2231 (names of attachments).
std::string render_message(Message const& message);

/// "=?UTF-8?B?…?=" in words of at most 75 characters, or the text itself when it is plain ASCII. Source: RFC 2047 section 2.
std::string encoded_words(std::string_view text);
/// Source: RFC 2045 section 6.7.
std::string quoted_printable(std::string_view text);

}  // namespace rcms::mail
