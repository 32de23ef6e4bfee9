// Sending of messages over SMTP. When and what is sent, and trying again, belongs to the outbox of the capability.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "foundation/base/result.hpp"
#include "foundation/mail/message.hpp"

namespace rcms::mail {

enum class Security {
  plain,     ///< only within the machine, or a network that is trusted
  starttls,  ///< must succeed
  tls,
};

struct Settings {
  std::string host = "127.0.0.1";
  int port = 25;
  Security security = Security::plain;
  std::string user = {};                     ///< empty: without signing in
  std::filesystem::path password_file = {};  ///< its first line; read at each sending, so that it can be changed
  std::filesystem::path certificates = {};   ///< authorities to trust instead of those of the system
  int timeout_ms = 20'000;                   ///< of the whole sending
};

/// Anything that takes messages away.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Refuses: unavailable (try again later); everything else is final: field_invalid (a receiver or the message was rejected),
  /// and what check_message finds (the first of it).
  virtual Result<std::monostate> send(Message const& message) = 0;
};

/// Blocks until the server has taken the message. From any thread.
Result<std::monostate> send(Message const& message, Settings const& settings);

std::unique_ptr<Transport> make_smtp(Settings settings);

}  // namespace rcms::mail
