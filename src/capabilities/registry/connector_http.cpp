// A registry behind HTTP, by libcurl; the only file here that knows it. The forms are in docs/registry_connectors.md.
#include <curl/curl.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/registry/connector.hpp"
#include "capabilities/registry/secret.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::registry {

namespace json = boost::json;

namespace {

constexpr std::size_t answer_limit = 4 << 20;
constexpr long answer_timeout_ms = 5'000;
constexpr long connect_timeout_ms = 5'000;
constexpr long table_timeout_ms = 4 * 3'600'000;
constexpr long slowest_bytes = 1'000;  ///< a second, for a minute: slower is a line that is down

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
  });
}

std::size_t take_text(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& answer = *static_cast<std::string*>(user);
  if (answer.size() + size * count > answer_limit) return 0;  // ends the transfer
  answer.append(bytes, size * count);
  return size * count;
}

std::size_t take_file(char* bytes, std::size_t size, std::size_t count, void* user) {
  return std::fwrite(bytes, 1, size * count, static_cast<std::FILE*>(user));
}

/// One transfer with the token of the State's folder.
class Transfer {
 public:
  Transfer(std::string const& url, Site const& site)
      : handle_(nullptr, curl_easy_cleanup), headers_(nullptr, curl_slist_free_all) {
    start_curl();
    handle_.reset(curl_easy_init());
    if (!handle_) throw std::bad_alloc();
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    set(CURLOPT_ERRORBUFFER, words_);
    if (auto const token = read_secret(site.folder); !token.empty()) add_header("Authorization: Bearer " + token);
    if (auto const authority = site.folder / "ca.pem"; std::filesystem::exists(authority))
      set(CURLOPT_CAINFO, authority.c_str());
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_.get(), option, value);
  }

  void post(std::string const& body) {
    add_header("Content-Type: application/json");
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    set(CURLOPT_COPYPOSTFIELDS, body.c_str());
  }

  tl::expected<std::string, Failure> text() {
    std::string answer;
    set(CURLOPT_TIMEOUT_MS, answer_timeout_ms);
    set(CURLOPT_WRITEFUNCTION, take_text);
    set(CURLOPT_WRITEDATA, &answer);
    if (auto const failed = run()) return tl::unexpected(*failed);
    return answer;
  }

  std::optional<Failure> to_file(std::FILE* file) {
    set(CURLOPT_TIMEOUT_MS, table_timeout_ms);
    set(CURLOPT_LOW_SPEED_LIMIT, slowest_bytes);
    set(CURLOPT_LOW_SPEED_TIME, 60L);
    set(CURLOPT_WRITEFUNCTION, take_file);
    set(CURLOPT_WRITEDATA, file);
    return run();
  }

 private:
  void add_header(std::string const& header) {
    auto* longer = curl_slist_append(headers_.get(), header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }

  std::optional<Failure> run() {
    set(CURLOPT_HTTPHEADER, headers_.get());
    auto const code = curl_easy_perform(handle_.get());
    if (code == CURLE_WRITE_ERROR) return Failure{"no_room", curl_easy_strerror(code)};
    if (code != CURLE_OK) return Failure{"not_reached", words_[0] != '\0' ? words_ : curl_easy_strerror(code)};
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return Failure{"not_reached", fmt::format("HTTP {}", status)};
    return std::nullopt;
  }

  std::unique_ptr<CURL, void (*)(CURL*)> handle_;
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_;
  char words_[CURL_ERROR_SIZE] = {};
};

struct Closing {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

}  // namespace

Fetch fetch_http_table(Source const& source, Site const& site, PersonRows& rows, Reading& reading) {
  bool const is_csv = source.address.ends_with(".csv");
  auto const path = site.folder / (is_csv ? "fetched.csv" : "fetched.tsv");
  {
    std::unique_ptr<std::FILE, Closing> const file(std::fopen(path.c_str(), "wb"));
    if (!file) return tl::unexpected(Failure{"no_room", path.string()});
    if (auto const failed = Transfer(source.address, site).to_file(file.get())) return tl::unexpected(*failed);
    if (std::fflush(file.get()) != 0) return tl::unexpected(Failure{"no_room", path.string()});
  }
  auto const read = read_persons(path, rows, reading);
  std::error_code error;
  std::filesystem::remove(path, error);
  if (!read) return tl::unexpected(Failure{"not_a_table", read.error().detail});
  return std::optional(Fetched{fmt::format("{} {}", source.address, site.now.text()), site.now});
}

tl::expected<RemoteHealth, Failure> ask_health(Source const& source, Site const& site) {
  auto const text = Transfer(source.address + "/health", site).text();
  if (!text) return tl::unexpected(text.error());
  boost::system::error_code error;
  auto const value = json::parse(*text, error);
  auto const as_of = error ? std::nullopt : Instant::parse(text_at(value, "as_of"));
  auto const persons = error ? std::nullopt : find_whole(value, "persons");
  if (!as_of || !persons || *persons < 0) return tl::unexpected(Failure{"not_a_table", "health"});
  return RemoteHealth{*as_of, static_cast<std::uint64_t>(*persons)};
}

tl::expected<Found, Failure> ask_remote(Source const& source, Site const& site, Question const& question) {
  Transfer transfer(source.address + "/search", site);
  auto body = json_of(question);
  body["top"] = most_candidates;
  transfer.post(json::serialize(body));
  auto const text = transfer.text();
  if (!text) return tl::unexpected(text.error());
  auto found = parse_answer(*text);
  if (!found) return tl::unexpected(Failure{"not_a_table", found.error().detail});
  return std::move(*found);
}

}  // namespace rcms::registry
