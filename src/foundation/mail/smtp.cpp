// SMTP by libcurl; the only file that knows it. Source: RFC 5321, RFC 3207 (STARTTLS), RFC 4954 (AUTH).
#include <algorithm>
#include <cstring>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include <curl/curl.h>
#include <fmt/format.h>

#include "foundation/mail/transport.hpp"

namespace rcms::mail {

namespace {

struct Upload {
  std::string_view left;

  static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& upload = *static_cast<Upload*>(user);
    auto const taken = std::min(size * count, upload.left.size());
    std::memcpy(buffer, upload.left.data(), taken);
    upload.left.remove_prefix(taken);
    return taken;
  }
};

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
  });
}

bool is_this_machine(std::string const& host) { return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0; }

Result<std::string> read_password(Settings const& settings) {
  std::ifstream in(settings.password_file);
  std::string password;
  if (!std::getline(in, password) || password.empty()) {
    return refuse(Why::unavailable, "mail.password_file", fmt::format("{} cannot be read", settings.password_file.string()));
  }
  if (password.back() == '\r') password.pop_back();
  return password;
}

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
using Receivers = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

Result<std::monostate> sign_in(CURL* curl, Settings const& settings) {
  if (settings.user.empty()) return std::monostate{};
  if (settings.security == Security::plain && !is_this_machine(settings.host)) {
    return refuse(Why::unavailable, "mail.security", "a password is not sent over an open connection; set starttls or tls");
  }
  auto const password = read_password(settings);
  if (!password) return tl::unexpected(password.error());
  curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, password->c_str());
  return std::monostate{};
}

/// What the failure means for trying again: only an answer 5xx about this message is final.
Refused refused_for(CURLcode code, long answer, char const* words) {
  auto const detail = fmt::format("{}{}", words[0] != '\0' ? words : curl_easy_strerror(code),
                                  answer > 0 ? fmt::format(" (answer {})", answer) : "");
  bool const about_sign_in = code == CURLE_LOGIN_DENIED || answer == 530 || answer == 534 || answer == 535;
  bool const is_final = answer >= 500 && answer < 600 && !about_sign_in;
  return Refused{is_final ? Why::field_invalid : Why::unavailable, is_final ? "to" : "mail", detail, {}};
}

}  // namespace

Result<std::monostate> send(Message const& message, Settings const& settings) {
  if (auto const findings = check_message(message); !findings.empty()) return tl::unexpected(findings.front());
  start_curl();
  Handle const curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) throw std::bad_alloc();
  if (auto const signed_in = sign_in(curl.get(), settings); !signed_in) return signed_in;

  auto const scheme = settings.security == Security::tls ? "smtps" : "smtp";
  auto const host = settings.host.find(':') == std::string::npos ? settings.host : "[" + settings.host + "]";
  auto const url =
      fmt::format("{}://{}:{}/{}", scheme, host, settings.port, message.from.address.substr(message.from.address.find('@') + 1));
  auto const from = "<" + message.from.address + ">";
  Receivers receivers(nullptr, curl_slist_free_all);
  for (auto const& receiver : message.to) {
    auto* longer = curl_slist_append(receivers.get(), ("<" + receiver.address + ">").c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(receivers.release());
    receivers.reset(longer);
  }
  auto const content = render_message(message);
  Upload upload{content};
  char words[CURL_ERROR_SIZE] = {};
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_USE_SSL,
                   settings.security == Security::plain ? static_cast<long>(CURLUSESSL_NONE) : static_cast<long>(CURLUSESSL_ALL));
  if (!settings.certificates.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, settings.certificates.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, &Upload::read);
  curl_easy_setopt(curl.get(), CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout_ms));
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, words);
  auto const code = curl_easy_perform(curl.get());
  if (code == CURLE_OK) return std::monostate{};
  long answer = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
  return tl::unexpected(refused_for(code, answer, words));
}

namespace {

class Smtp final : public Transport {
 public:
  explicit Smtp(Settings settings) : settings_(std::move(settings)) {}
  Result<std::monostate> send(Message const& message) override { return mail::send(message, settings_); }

 private:
  Settings settings_;
};

}  // namespace

std::unique_ptr<Transport> make_smtp(Settings settings) { return std::make_unique<Smtp>(std::move(settings)); }

}  // namespace rcms::mail
