#include "app/seal_lines.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "app/cli_parts.hpp"
#include "app/json_lines.hpp"
#include "engines/seal/verdict.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

constexpr std::string_view pem_head = "-----BEGIN";
constexpr std::size_t most_certificates = 1'000;
constexpr std::size_t most_bytes_of_file = 64U << 20U;

std::string in_small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}

/// Both alphabets, with or without padding and line ends.
std::optional<Bytes> from_any_base64(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '='; });
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return from_base64url(text);
}

/// What stands between the first line and the last of PEM.
std::string body_of_pem(std::string const& text) {
  auto const begin = text.find('\n');
  auto const end = text.find("-----END");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
  return text.substr(begin, end - begin);
}

std::optional<Bytes> read_der(std::string const& text) {
  if (text.starts_with(pem_head)) return from_any_base64(body_of_pem(text));
  if (text.starts_with("30") || text.starts_with("3082")) {
    if (auto bytes = from_hex(in_small_letters(text))) return bytes;
  }
  return from_any_base64(text);
}

Bytes der_of(json::value const& given, std::string const& field, NamedDer const& known) {
  if (given.is_object()) return der_of(json::value(needed_text(given.as_object(), "der_base64")), field, known);
  if (!given.is_string()) throw LineRefused(field, "must be DER in base64, PEM, or a name");
  std::string const text(given.as_string());
  if (auto const named = known.find(text); named != known.end()) return named->second;
  auto const bytes = read_der(text);
  if (!bytes || bytes->size() < 2 || bytes->front() != 0x30)
    throw LineRefused(field, "neither DER in base64 nor PEM, nor a name in the file of --certificates");
  return *bytes;
}

bool is_none(json::value const* given) {
  return !given || given->is_null() || (given->is_string() && (given->as_string().empty() || given->as_string() == "(none)"));
}

std::vector<Bytes> all_der(json::object const& question, std::string const& field, NamedDer const& known) {
  auto const* given = question.if_contains(field);
  std::vector<Bytes> all;
  if (is_none(given)) return all;
  if (!given->is_array()) return {der_of(*given, field, known)};
  if (given->as_array().size() > most_certificates) throw LineRefused(field, "holds more than 1,000");
  for (auto const& each : given->as_array()) {
    if (!is_none(&each)) all.push_back(der_of(each, field, known));
  }
  return all;
}

/// Bytes that are no certificate can carry no seal: they are left out, and the judgement says that nobody signed.
std::vector<seal::Certificate> certificates_of(json::object const& question, std::string const& field, NamedDer const& known) {
  std::vector<seal::Certificate> certificates;
  for (auto const& der : all_der(question, field, known)) {
    if (auto certificate = seal::Certificate::read(der)) certificates.push_back(std::move(*certificate));
  }
  return certificates;
}

/// A revocation list that cannot be read is refused: without it a revoked signer would pass.
std::vector<seal::RevocationList> lists_of(json::object const& question, std::string const& field, NamedDer const& known) {
  std::vector<seal::RevocationList> lists;
  for (auto const& der : all_der(question, field, known)) {
    auto list = seal::RevocationList::read(der);
    if (!list) throw LineRefused(field, list.error().detail);
    lists.push_back(std::move(*list));
  }
  return lists;
}

/// Certificates and lists that stand in the line under "certificates", beside those of the file.
NamedDer named_in(json::object const& question, NamedDer const& known) {
  auto const* given = question.if_contains("certificates");
  if (!given || given->is_null()) return known;
  NamedDer all = known;
  auto const add = [&](std::string const& name, json::value const& der) {
    all[name] = der_of(der, "certificates", {});
  };
  if (auto const* object = given->if_object()) {
    for (auto const& [name, der] : *object) add(std::string(name), der);
  } else if (auto const* list = given->if_array()) {
    for (auto const& each : *list) {
      if (!each.is_object()) throw LineRefused("certificates", "each must be an object with id and der_base64");
      add(needed_text(each.get_object(), "id"), each);
    }
  } else {
    throw LineRefused("certificates", "must be a list of {id, der_base64}, or an object of names");
  }
  return all;
}

/// The content of the barcode: a seal in hexadecimal, or the text of another kind. Empty when nothing could be read.
std::optional<Bytes> content_of(json::object const& question) {
  auto const* barcode = question.if_contains("barcode");
  if (barcode && !barcode->is_null()) {
    auto const text = barcode->is_object() ? json::serialize(*barcode) : text_of(question, "barcode");
    return Bytes(text.begin(), text.end());
  }
  auto const* given = question.if_contains("seal_hex");
  if (given && given->is_null()) return std::nullopt;
  auto const bytes = from_hex(in_small_letters(needed_text(question, "seal_hex")));
  if (!bytes) throw LineRefused("seal_hex", "must be hexadecimal, two digits a byte");
  return bytes;
}

/// "etd" (also when absent) or "any".
seal::Accept accepted_by(json::object const& question) {
  auto const profile = text_of(question, "profile");
  if (profile.empty() || profile == "etd") return seal::Accept::travel_documents;
  if (profile != "any") throw LineRefused("profile", "must be etd or any");
  return seal::Accept::all;
}

std::string printed_of(json::object const& question) {
  auto const* given = question.if_contains("printed_mrz");
  if (!given || !given->is_array()) return text_of(question, "printed_mrz");
  std::string printed;
  for (auto const& line : given->as_array()) {
    if (!line.is_string()) throw LineRefused("printed_mrz", "each line must be a text");
    if (!printed.empty()) printed += '\n';
    printed += std::string_view(line.as_string());
  }
  return printed;
}

std::set<std::string, std::less<>> numbers_of(json::object const& question, std::string_view key) {
  std::set<std::string, std::less<>> numbers;
  auto const* given = question.if_contains(key);
  if (!given || given->is_null()) return numbers;
  if (!given->is_array()) throw LineRefused(std::string(key), "must be a list of document numbers");
  for (auto const& each : given->as_array()) {
    if (!each.is_string()) throw LineRefused(std::string(key), "each number must be a text");
    numbers.emplace(each.as_string());
  }
  return numbers;
}

/// The day of a day or an instant.
Date day_of(json::object const& question) {
  auto const text = needed_text(question, "validation_time");
  auto const day = Date::parse(text.substr(0, 10));
  if (!day || (text.size() > 10 && text[10] != 'T' && text[10] != ' '))
    throw LineRefused("validation_time", "must be yyyy-mm-dd, or an instant that begins so");
  return *day;
}

bool is_own(seal::SubIndication indication) {
  using seal::SubIndication;
  return indication == SubIndication::document_revoked || indication == SubIndication::document_expired ||
         indication == SubIndication::document_used;
}

json::value name_or_null(std::string_view name) { return name.empty() ? json::value(nullptr) : json::value(name); }

json::object told(seal::Verdict const& verdict) {
  bool const own = is_own(verdict.indication);
  auto const name = seal::name_of(verdict.indication);
  json::object steps;
  for (auto const& each : verdict.steps) steps[seal::name_of(each.step)] = seal::name_of(each.outcome);
  return {{"status", verdict.status == seal::Status::valid ? "VALID" : "INVALID"},
          {"sub_indication", name_or_null(own ? std::string_view() : name)},
          {"trust_level", seal::name_of(verdict.level)},
          {"conclusion", seal::name_of(verdict.conclusion)},
          {"own_check", name_or_null(own ? name : std::string_view())},
          {"kind", verdict.opened ? json::value(seal::name_of(verdict.opened->kind)) : json::value(nullptr)},
          {"detail", verdict.detail},
          {"steps", std::move(steps)}};
}

}  // namespace

NamedDer read_named_der(std::string const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(in), {});
  if (!in || text.size() > most_bytes_of_file) throw CommandRefused(file + " cannot be read, or is larger than 64 MB");
  json::error_code fault;
  auto const read = json::parse(text, fault);
  if (fault || !read.is_object())
    throw CommandRefused(file + " is not JSON: {\"certificates\":[{\"id\":…,\"der_base64\":…}],\"crl\":[…]}");
  NamedDer known;
  for (auto const* list : {"certificates", "crl"}) {
    auto const* given = read.as_object().if_contains(list);
    if (!given || !given->is_array()) continue;
    for (auto const& each : given->as_array()) {
      auto const* entry = each.if_object();
      if (!entry) throw CommandRefused(file + ": " + list + " must hold objects with id and der_base64");
      auto const id = text_of(*entry, "id");
      auto const der = from_any_base64(text_of(*entry, "der_base64"));
      if (id.empty() || !der) throw CommandRefused(file + ": " + list + " has an entry without id, or without der_base64");
      known[id] = *der;
    }
  }
  return known;
}

json::object judge_seal_line(json::object const& question, NamedDer const& known) {
  auto const content = content_of(question);
  auto const accept = accepted_by(question);
  auto const named = named_in(question, known);
  seal::TrustStore trust;
  trust.signers = certificates_of(question, "signer_certificate", named);
  trust.authorities = certificates_of(question, "trust_anchor", named);
  trust.revocation_lists = lists_of(question, "crl", named);
  trust.revoked_documents = numbers_of(question, "revoked_documents");
  trust.used_documents = numbers_of(question, "used_documents");
  auto const today = day_of(question);
  trust.issued_on = today;
  trust.next_update = today;
  if (!content) return told(seal::read_error());
  return told(seal::judge({*content, printed_of(question), today, accept}, trust));
}

}  // namespace rcms::app
