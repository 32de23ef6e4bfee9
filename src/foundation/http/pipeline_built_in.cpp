// What the server answers itself: the web application, the OpenAPI document, health, readiness and metrics.
#include "foundation/http/pipeline.hpp"
#include "foundation/http/request_parts.hpp"

namespace rcms::http {

namespace {

bool is_reading(Incoming const& incoming) { return incoming.method == "GET" || incoming.method == "HEAD"; }

Outgoing plain_answer(int status, std::string type, std::string body) {
  Outgoing outgoing;
  outgoing.status = status;
  outgoing.headers.emplace_back("Content-Type", std::move(type));
  outgoing.headers.emplace_back("Cache-Control", "no-store");
  outgoing.body = std::move(body);
  outgoing.slot = static_cast<std::size_t>(-1);
  outgoing.operation = "other";
  return outgoing;
}

}  // namespace

std::string Pipeline::metrics_text() const {
  Metrics::Figures figures;
  if (own_figures) figures = own_figures();
  if (options_.figures) {
    auto more = options_.figures();
    figures.insert(figures.end(), more.begin(), more.end());
  }
  return metrics.text(figures);
}

void Pipeline::record(Incoming const& incoming, Outgoing const& outgoing, std::int64_t began_ms) {
  std::int64_t const duration_ms = monotonic_ms() - began_ms;
  metrics.count(outgoing.slot, outgoing.status, duration_ms);
  if (!options_.log) return;
  LogLine line{incoming.request_id, outgoing.operation, incoming.remote_address, outgoing.status, duration_ms, outgoing.fault};
  options_.log(line);
}

Outgoing Pipeline::answer_static(Incoming const& incoming, StaticFile const& file) const {
  Outgoing outgoing = plain_answer(200, file.type, {});
  outgoing.headers.back() = {"Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache"};
  outgoing.headers.emplace_back("Vary", "Accept-Encoding");
  std::string etag = file.etag;
  outgoing.shared_body = file.plain;
  if (file.brotli && accepts_coding(incoming.accept_encoding, "br")) {
    outgoing.shared_body = file.brotli;
    outgoing.headers.emplace_back("Content-Encoding", "br");
    etag.insert(etag.size() - 1, "-br");
  } else if (file.gzip && accepts_coding(incoming.accept_encoding, "gzip")) {
    outgoing.shared_body = file.gzip;
    outgoing.headers.emplace_back("Content-Encoding", "gzip");
    etag.insert(etag.size() - 1, "-gz");
  }
  outgoing.headers.emplace_back("ETag", etag);
  if (has_etag(incoming.if_none_match, etag)) {
    outgoing.status = 304;
    outgoing.shared_body = nullptr;
  }
  // The public page judges documents with a program of its own origin, also without a network.
  bool const runs_verifier = incoming.path == "/verify" || incoming.path == "/verify.html";
  add_security_headers(outgoing, options_.page_policy + (runs_verifier ? "; script-src 'self' 'wasm-unsafe-eval'" : ""));
  return outgoing;
}

std::optional<Outgoing> Pipeline::answer_at_once(Incoming const& incoming) const {
  if (incoming.path == "/healthz" && is_reading(incoming)) return plain_answer(200, "text/plain; charset=utf-8", "ok\n");
  if (incoming.method == "OPTIONS") {
    auto const allowed = table_.find(Method::get, incoming.path).allowed;
    std::string allow = "OPTIONS";
    for (auto const method : allowed) allow += ", " + std::string(name_of(method));
    Outgoing outgoing = plain_answer(204, "text/plain", {});
    outgoing.headers.emplace_back("Allow", allowed.empty() ? "GET, HEAD, OPTIONS" : allow);
    return outgoing;
  }
  if (files_.empty() || !is_reading(incoming)) return std::nullopt;
  if (incoming.path == "/readyz" || incoming.path == "/metrics") return std::nullopt;
  if (!table_.find(Method::get, incoming.path).allowed.empty()) return std::nullopt;
  auto const* file = files_.find(incoming.path);
  if (file == nullptr) return std::nullopt;
  return answer_static(incoming, *file);
}

std::optional<Outgoing> Pipeline::answer_built_in(Incoming const& incoming) {
  if (!is_reading(incoming)) return std::nullopt;
  if (incoming.path == "/readyz") {
    std::string const missing = options_.not_ready ? options_.not_ready() : std::string();
    return plain_answer(missing.empty() ? 200 : 503, "text/plain; charset=utf-8", missing.empty() ? "ready\n" : missing + "\n");
  }
  if (incoming.path == "/metrics") return plain_answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics_text());
  if (incoming.path != "/api/openapi.json") return std::nullopt;
  Outgoing outgoing = plain_answer(200, "application/json", {});
  outgoing.headers.back() = {"Cache-Control", "no-cache"};
  outgoing.headers.emplace_back("ETag", openapi_etag_);
  if (has_etag(incoming.if_none_match, openapi_etag_)) {
    outgoing.status = 304;
  } else {
    outgoing.body = openapi_;
  }
  add_security_headers(outgoing, options_.page_policy);
  return outgoing;
}

}  // namespace rcms::http
