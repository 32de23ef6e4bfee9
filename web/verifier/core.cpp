// The verifier of the browser: the engines and the judgement of src/, asked and answered in JSON. One question at a time.
#include <boost/json/src.hpp>

#include "capabilities/travel_documents/trust_reading.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "engines/mrz/reading.hpp"
#include "foundation/base/hash.hpp"

namespace json = boost::json;
using namespace rcms;
namespace documents = rcms::travel_documents;

namespace {

std::string answer_text;
std::optional<seal::TrustStore> trust;

std::uint8_t const* give(json::object const& answer) {
  answer_text = json::serialize(answer);
  return reinterpret_cast<std::uint8_t const*>(answer_text.data());
}

json::object refused(Refused const& why) {
  return {{"refused", {{"why", name_of(why.why)}, {"field", why.field}, {"detail", why.detail}}}};
}

std::string text_in(json::object const& question, char const* key) {
  auto const* value = question.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::value text_or_null(std::string const& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::object fields_of(mrz::Document const& zone, Date today) {
  auto const birth = mrz::birth_of(zone, today);
  auto const expiry = mrz::expiry_of(zone);
  auto const name =
      zone.secondary_identifier.empty() ? zone.primary_identifier : zone.primary_identifier + ", " + zone.secondary_identifier;
  return {{"number", text_or_null(zone.document_number)},
          {"name", text_or_null(name)},
          {"birth", text_or_null(birth ? birth->text() : "")},
          {"issuing_state", text_or_null(zone.issuing_state)},
          {"expires_on", text_or_null(expiry ? expiry->text() : "")}};
}

json::object told(documents::VerifyAnswer const& answer, Date today) {
  json::array steps;
  for (auto const& step : answer.steps) {
    steps.push_back(json::object{{"step", step.step}, {"outcome", seal::name_of(step.outcome)}});
  }
  json::object out{{"verdict", documents::name_of(answer.word)},
                   {"steps", std::move(steps)},
                   {"fields_are_sealed", answer.fields_are_sealed},
                   {"indication", answer.indication},
                   {"trust_age_days", answer.trust_age_days},
                   {"is_trust_stale", answer.is_trust_stale},
                   {"is_clock_doubtful", answer.is_clock_doubtful}};
  if (answer.fields) out["fields"] = fields_of(*answer.fields, today);
  return out;
}

/// {"today","codes":[hexadecimal],"typed"}: what was read of a picture, or a text as a person or a hand scanner types it.
json::object judged(json::object const& question) {
  auto const today = Date::parse(text_in(question, "today"));
  if (!today || !trust) return {{"refused", {{"why", "field_missing"}, {"field", trust ? "today" : "trust"}, {"detail", ""}}}};
  auto const typed = text_in(question, "typed");
  documents::ReadFile read;
  if (auto const* codes = question.if_contains("codes"); codes && codes->is_array()) {
    for (auto const& code : codes->get_array()) {
      if (auto bytes = from_hex(std::string(code.as_string()))) read.barcodes.push_back(std::move(*bytes));
    }
    return told(documents::verify_read(read, typed, *trust, *today), *today);
  }
  if (auto barcode = documents::find_barcode_content(typed)) {
    read.barcodes.push_back(std::move(*barcode));
    return told(documents::verify_read(read, {}, *trust, *today), *today);
  }
  return told(documents::verify_lines(typed, *trust, *today), *today);
}

std::vector<Bytes> all_bytes(json::object const& question, char const* key) {
  std::vector<Bytes> all;
  if (auto const* list = question.if_contains(key); list && list->is_array()) {
    for (auto const& each : list->get_array()) {
      if (auto bytes = from_hex(std::string(each.as_string()))) all.push_back(std::move(*bytes));
    }
  }
  return all;
}

/// {"today","code","signers","authorities","lists","printed","any"}: bytes in hexadecimal; trust of its own.
json::object judged_case(json::object const& question) {
  auto const today = Date::parse(text_in(question, "today"));
  auto const code = from_hex(text_in(question, "code"));
  if (!today || !code) return {{"refused", {{"why", "malformed"}}}};
  seal::TrustStore own;
  for (auto const& der : all_bytes(question, "signers")) {
    if (auto certificate = seal::Certificate::read(der)) own.signers.push_back(std::move(*certificate));
  }
  for (auto const& der : all_bytes(question, "authorities")) {
    if (auto certificate = seal::Certificate::read(der)) own.authorities.push_back(std::move(*certificate));
  }
  for (auto const& der : all_bytes(question, "lists")) {
    auto list = seal::RevocationList::read(der);
    if (!list) return refused(list.error());
    own.revocation_lists.push_back(std::move(*list));
  }
  own.issued_on = own.next_update = *today;
  auto const accept = question.contains("any") ? seal::Accept::all : seal::Accept::travel_documents;
  auto const verdict = seal::judge({*code, text_in(question, "printed"), *today, accept}, own);
  return {{"status", verdict.status == seal::Status::valid ? "VALID" : "INVALID"},
          {"indication", seal::name_of(verdict.indication)},
          {"detail", verdict.detail}};
}

json::object trusted(std::string_view text) {
  auto read = documents::read_trust_bundle(text);
  if (!read) return refused(read.error());
  trust = std::move(*read);
  json::array states;
  for (auto const& [state, age] : trust->ages) {
    states.push_back(json::object{{"state", state}, {"issued_on", age.issued_on.text()}, {"next_update", age.next_update.text()}});
  }
  return {{"states", std::move(states)}};
}

}  // namespace

extern "C" {

[[clang::export_name("reserve")]] std::uint8_t* reserve(std::size_t size) { return static_cast<std::uint8_t*>(std::malloc(size)); }
[[clang::export_name("answer_size")]] std::size_t answer_size() { return answer_text.size(); }

/// Takes a trust bundle (and its memory); answers {"states"} or {"refused"}.
[[clang::export_name("take_trust")]] std::uint8_t const* take_trust(std::uint8_t* text, std::size_t size) {
  auto const answer = trusted({reinterpret_cast<char const*>(text), size});
  std::free(text);
  return give(answer);
}

/// Takes a question as JSON (and its memory).
[[clang::export_name("judge")]] std::uint8_t const* judge_question(std::uint8_t* text, std::size_t size) {
  boost::system::error_code error;
  auto const question = json::parse(json::string_view(reinterpret_cast<char const*>(text), size), error);
  std::free(text);
  return give(!error && question.is_object() ? judged(question.get_object()) : json::object{{"refused", {{"why", "malformed"}}}});
}

/// A case of the vectors, by which they hold this program to the other one.
[[clang::export_name("judge_case")]] std::uint8_t const* judge_case(std::uint8_t* text, std::size_t size) {
  boost::system::error_code error;
  auto const question = json::parse(json::string_view(reinterpret_cast<char const*>(text), size), error);
  std::free(text);
  return give(!error && question.is_object() ? judged_case(question.get_object()) : json::object{{"refused", {{"why", "malformed"}}}});
}
}
