#include "foundation/http/idempotency.hpp"

#include <chrono>
#include <thread>

#include "foundation/base/hash.hpp"

namespace rcms::http {

namespace {

constexpr std::int64_t key_life_ms = 24LL * 60 * 60 * 1000;
constexpr std::size_t stored_answer_limit = 256 * 1024;
constexpr int answer_wait_steps = 60;  // of 50 ms, while another request with the key is being answered

constexpr db::Sql insert_key{"http_insert_key",
                             "INSERT INTO http_idempotency (user_id, request_key, request_hash, at, subject) "
                             "VALUES ($1, $2, $3, $4, $5)"};
constexpr db::Sql insert_answer{"http_insert_answer",
                                "INSERT INTO http_idempotency (user_id, request_key, request_hash, at, status, content_type, "
                                "revision, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr db::Sql update_answer{"http_update_answer",
                                "UPDATE http_idempotency SET status = $3, content_type = $4, revision = $5, answer = $6 "
                                "WHERE user_id = $1 AND request_key = $2"};
constexpr db::Sql find_key{"http_find_key",
                           "SELECT request_hash, at, status, content_type, revision, answer, subject FROM http_idempotency "
                           "WHERE user_id = $1 AND request_key = $2"};
constexpr db::Sql delete_key{"http_delete_key",
                             "DELETE FROM http_idempotency WHERE user_id = $1 AND request_key = $2 AND at = $3"};
constexpr db::Sql delete_old_keys{"http_delete_old_keys", "DELETE FROM http_idempotency WHERE at < $1 RETURNING at"};

/// The key that the Command written next on this thread must carry.
struct PendingKey {
  db::Values values;
  bool written = false;
};
thread_local PendingKey* pending_key = nullptr;

struct PendingScope {
  explicit PendingScope(PendingKey& key) { pending_key = &key; }
  ~PendingScope() { pending_key = nullptr; }
  PendingScope(PendingScope const&) = delete;
  PendingScope& operator=(PendingScope const&) = delete;
};

/// Another request with the key was faster. Thrown through the handler, which has written nothing.
struct CarriedOutBefore {};

bool is_key(std::string_view key) {
  if (key.empty() || key.size() > 100) return false;
  for (char const c : key) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

/// A row opens for its own user and key only.
std::string context_of(Request const& request) {
  return "idempotency " + request.viewer.user.value + " " + request.idempotency_key;
}

db::Value revision_value(Response const& response) { return db::value_or_null(response.revision); }

}  // namespace

struct Idempotency::Row {
  std::string hash;
  std::int64_t at = 0;
  std::optional<std::int64_t> status;
  std::string content_type;
  std::optional<std::int64_t> revision;
  std::string answer;
  std::string subject;
};

class Idempotency::Guarded final : public db::Database {
 public:
  Guarded(db::Database& inner, SubjectOf subject_of) : inner_(inner), subject_of_(std::move(subject_of)) {}

  db::Engine engine() const override { return inner_.engine(); }
  db::Rows read(db::Sql const& sql, db::Values const& values) override { return inner_.read(sql, values); }
  void read_each(db::Sql const& sql, db::Values const& values, std::function<bool(db::Row const&)> const& each) override {
    inner_.read_each(sql, values, each);
  }
  db::Rows read_text(std::string const& text, db::Values const& values, db::Planning planning) override {
    return inner_.read_text(text, values, planning);
  }
  void listen(std::string_view channel, std::function<void()> on_notice) override {
    inner_.listen(channel, std::move(on_notice));
  }
  void notify(std::string_view channel) override { inner_.notify(channel); }
  bool is_leader(std::string_view name) override { return inner_.is_leader(name); }
  std::vector<std::pair<std::string, double>> figures() const override { return inner_.figures(); }

  db::Written write(db::Command const& command) override {
    PendingKey* const key = pending_key;
    if (key == nullptr || key->written) return inner_.write(command);
    db::Command whole;
    auto values = key->values;
    values.emplace_back(subject_of_ ? subject_of_(command) : std::string());
    whole.add_expecting(insert_key, std::move(values));
    whole.append(command);
    db::Written written = inner_.write(whole);
    if (written.outcome == db::Outcome::written) {
      key->written = true;
      if (!written.rows.empty()) written.rows.erase(written.rows.begin());
      return written;
    }
    if (written.statement == 0) throw CarriedOutBefore{};
    --written.statement;
    return written;
  }

 private:
  db::Database& inner_;
  SubjectOf subject_of_;
};

Idempotency::Idempotency(db::Database& database, Clock const& clock, SubjectOf subject_of, std::optional<access::SecretBox> box)
    : database_(database),
      clock_(clock),
      box_(std::move(box)),
      guarded_(std::make_unique<Guarded>(database, std::move(subject_of))) {}

Idempotency::~Idempotency() = default;

db::Database& Idempotency::guarded() { return *guarded_; }

std::string Idempotency::close(Request const& request, std::string_view text) const {
  if (!box_) return std::string(text);
  auto const bytes = as_bytes(text);
  return to_base64url(box_->close(Bytes(bytes.begin(), bytes.end()), context_of(request)));
}

std::optional<std::string> Idempotency::open(Request const& request, std::string const& closed) const {
  if (!box_) return closed;
  auto const bytes = from_base64url(closed);
  auto const opened = bytes ? box_->open(*bytes, context_of(request)) : std::nullopt;
  if (!opened) return std::nullopt;
  return std::string(as_text(*opened));
}

std::optional<Idempotency::Row> Idempotency::find_row(Request const& request) {
  auto const found = database_.find(find_key, {request.viewer.user.value, request.idempotency_key});
  if (!found) return std::nullopt;
  Row row{open(request, found->text(0)).value_or(""), found->integer(1), found->find_integer(2),
          found->find_text(3).value_or(""), found->find_integer(4), {}, found->find_text(6).value_or("")};
  if (row.status) row.answer = open(request, found->text(5)).value_or("");
  if (row.at >= clock_.now().ms - key_life_ms) return row;
  db::Command command;
  command.add(delete_key, {request.viewer.user.value, request.idempotency_key, row.at});
  database_.write(command);
  return std::nullopt;
}

Answer<Response> Idempotency::replay(Request const& request, std::string_view request_hash, Recover const& recover) {
  std::string subject;
  for (int step = 0; step < answer_wait_steps; ++step) {
    auto const row = find_row(request);
    if (row && row->hash != request_hash) {
      return refuse(Why::field_invalid, "Idempotency-Key", "The key was used for another request; use a new one.");
    }
    if (row && row->status) {
      Response response;
      response.status = static_cast<int>(*row->status);
      response.content_type = row->content_type;
      response.body = row->answer;
      response.revision = row->revision;
      response.headers.emplace_back("Idempotency-Replayed", "true");
      return response;
    }
    if (row) subject = row->subject;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  Answer<Response> recovered = recover(subject);
  if (recovered) return recovered;
  std::string detail = "The request was carried out before; its answer is no longer known.";
  if (!subject.empty()) detail += " It concerned " + subject + ".";
  return refuse(Why::already_exists, "Idempotency-Key", std::move(detail));
}

void Idempotency::keep_answer(Request const& request, std::string_view request_hash, Response const& response, bool row_written) {
  if (!response.file.empty() || response.body.size() > stored_answer_limit) return;
  db::Values const answer{static_cast<std::int64_t>(response.status), response.content_type, revision_value(response),
                          close(request, response.body)};
  db::Values values{request.viewer.user.value, request.idempotency_key};
  db::Command command;
  if (!row_written) values.insert(values.end(), {close(request, request_hash), clock_.now().ms});
  values.insert(values.end(), answer.begin(), answer.end());
  command.add(row_written ? update_answer : insert_answer, std::move(values));
  database_.write(command);
}

Answer<Response> Idempotency::run(Request const& request, std::string_view request_hash, Handle const& handle,
                                  Recover const& recover) {
  if (request.idempotency_key.empty() || request.method != Method::post || !request.signed_in()) return handle();
  if (!is_key(request.idempotency_key)) {
    return refuse(Why::field_invalid, "Idempotency-Key", "Must be 1 to 100 visible ASCII characters.");
  }
  if (find_row(request)) return replay(request, request_hash, recover);
  PendingKey key{{request.viewer.user.value, request.idempotency_key, close(request, request_hash), clock_.now().ms}, false};
  std::optional<Answer<Response>> answer;
  try {
    PendingScope const scope(key);
    answer = handle();
  } catch (CarriedOutBefore const&) {
    return replay(request, request_hash, recover);
  }
  if (*answer) keep_answer(request, request_hash, **answer, key.written);
  return *answer;
}

std::int64_t Idempotency::forget_old() {
  db::Command command;
  command.add(delete_old_keys, {clock_.now().ms - key_life_ms});
  auto const written = database_.write(command);
  return written.rows.empty() ? 0 : static_cast<std::int64_t>(written.rows.front().size());
}

}  // namespace rcms::http
