// The register behind HTTP, by libcurl; the only file here that knows it. Source of the form: status.hpp.
#include <curl/curl.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/safeguards/status.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::safeguarding {

namespace json = boost::json;

namespace {

constexpr std::size_t answer_limit = 64 << 10;

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
  });
}

std::size_t take_answer(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& answer = *static_cast<std::string*>(user);
  if (answer.size() + size * count > answer_limit) return 0;  // ends the transfer
  answer.append(bytes, size * count);
  return size * count;
}

bool is_of_this_machine(std::string_view url) {
  return url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost") || url.starts_with("http://[::1]");
}

struct Attempt {
  bool again = false;  ///< the network or the server failed: another try may help
  Result<StatusAnswer> answer = refuse(Why::unavailable, "register");
};

class HttpRegister final : public StatusRegister {
 public:
  HttpRegister(HttpRegisterOptions options, Clock const& clock) : options_(std::move(options)), clock_(clock) {
    if (!options_.url.starts_with("https://") && !is_of_this_machine(options_.url))
      throw std::runtime_error("the register " + options_.name + " must be asked by https");
    start_curl();
  }

  Result<StatusAnswer> ask(StatusQuestion const& question) override {
    {
      std::lock_guard const lock(mutex_);
      if (failures_ >= options_.open_after && monotonic_ms() < rests_until_)
        return refuse(Why::unavailable, "register", "the register does not answer: " + problem_);
    }
    Attempt attempt;
    for (int i = 0; i < options_.tries; ++i) {
      if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100LL << i));
      attempt = try_once(question);
      if (!attempt.again) break;
    }
    note(attempt.answer);
    return attempt.answer;
  }

  RegisterState state() const override {
    std::lock_guard const lock(mutex_);
    return {"http", options_.name, problem_.empty() && as_of_.has_value(), as_of_, problem_};
  }

 private:
  void note(Result<StatusAnswer> const& answer) {
    std::lock_guard const lock(mutex_);
    if (answer) {
      failures_ = 0;
      problem_.clear();
      as_of_ = answer->checked_at;
      return;
    }
    problem_ = answer.error().detail;
    ++failures_;
    if (failures_ >= options_.open_after) rests_until_ = monotonic_ms() + options_.rest_ms;
  }

  std::string token() const {
    if (options_.token_file.empty()) return {};
    std::ifstream in(options_.token_file);
    std::string line;
    std::getline(in, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    return line;
  }

  Attempt try_once(StatusQuestion const& question) const {
    std::unique_ptr<CURL, void (*)(CURL*)> const handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle) throw std::bad_alloc();
    auto* curl = handle.get();
    auto const body = json::serialize(json::object{{"reference", question.reference},
                                                   {"decision", question.decision},
                                                   {"name", question.name},
                                                   {"birth", question.birth},
                                                   {"nationality", question.nationality}});
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(curl_slist_append(nullptr, "Content-Type: application/json"),
                                                               curl_slist_free_all);
    if (auto const bearer = token(); !bearer.empty()) {
      auto* longer = curl_slist_append(headers.get(), ("Authorization: Bearer " + bearer).c_str());
      if (longer != nullptr) static_cast<void>(headers.release()), headers.reset(longer);
    }
    std::string answer;
    char words[CURL_ERROR_SIZE] = {};
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout_ms));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    if (!options_.client_certificate.empty()) {
      curl_easy_setopt(curl, CURLOPT_SSLCERT, options_.client_certificate.c_str());
      curl_easy_setopt(curl, CURLOPT_SSLKEY, options_.client_certificate.c_str());
    }
    auto const code = curl_easy_perform(curl);
    if (code != CURLE_OK)
      return {true, refuse(Why::unavailable, "register", words[0] != '\0' ? words : curl_easy_strerror(code))};
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
      return {status >= 500 || status == 429,
              refuse(Why::unavailable, "register", fmt::format("the register answers {}", status))};
    return {false, read_answer(answer)};
  }

  Result<StatusAnswer> read_answer(std::string const& text) const {
    boost::system::error_code error;
    auto const value = json::parse(text, error);
    auto const status = error ? std::nullopt : parse_status_word(text_at(value, "status"));
    auto const at = error ? std::nullopt : Instant::parse(text_at(value, "checked_at"));
    if (!status || !at || at->ms > clock_.now().ms + future_ms)
      return refuse(Why::unavailable, "register", "the answer of the register is not of its form");
    StatusAnswer answer;
    answer.status = *status;
    answer.checked_at = *at;
    answer.token = text_at(value, "token").substr(0, 200);
    answer.register_name = options_.name;
    if (answer.token.empty()) answer.token = options_.name + " " + at->text();
    return answer;
  }

  HttpRegisterOptions options_;
  Clock const& clock_;
  mutable std::mutex mutex_;
  int failures_ = 0;
  std::int64_t rests_until_ = 0;
  std::optional<Instant> as_of_;
  std::string problem_;
};

}  // namespace

std::unique_ptr<StatusRegister> make_http_register(HttpRegisterOptions options, Clock const& clock) {
  return std::make_unique<HttpRegister>(std::move(options), clock);
}

}  // namespace rcms::safeguarding
