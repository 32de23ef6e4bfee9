// `rcms serve` and `rcms demo`: a node that answers until it is told to stop.
#pragma once

#include <cstdint>
#include <string>

#include "app/cli_parts.hpp"

namespace rcms::app {

/// E-mails; without a server none are sent.
struct MailOptions {
  std::string server;  ///< smtp://HOST:PORT, starttls://HOST:PORT, smtps://HOST:PORT
  std::string from;
  std::string user;
  std::string password_file;
  std::string public_url;  ///< where people open this node
};

struct ServeOptions {
  Place place;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string web;  ///< folder of the built web application; empty: beside the program, when it is there
  std::string certificate_file;
  std::string key_file;
  MailOptions mail;
  int keep_imports_days = 30;
  int keep_failed_sign_ins_days = 90;
  std::uint64_t keep_free_mb = 0;  ///< 0: 256, on a small disk 5 % of it
  bool behind_tls = false;  ///< a proxy speaks TLS: cookies are sent over TLS only
};

/// Serves until SIGTERM or SIGINT.
int serve(ServeOptions const& options);

struct DemoOptions {
  ServeOptions serve;
  int cases = 300;
  int citizens = 1'000'000;
  std::uint64_t seed = 20'310'131;
};

/// Makes the world of the demo when there is none at this place, then serves.
int serve_demo(DemoOptions const& options);

}  // namespace rcms::app
