#include "capabilities/travel_documents/verification.hpp"

#include <algorithm>

#include "engines/mrz/reading.hpp"
#include "foundation/base/text.hpp"

namespace rcms::travel_documents {

namespace {

using seal::Outcome;
using seal::SubIndication;

constexpr std::size_t zone_columns = 36;
constexpr std::size_t content_at_most = 6000;  // the largest seal in hexadecimal

bool is_zone_line(std::string_view line) {
  return line.size() == zone_columns && std::all_of(line.begin(), line.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<';
         });
}

VerdictWord word_of(seal::Verdict const& verdict) {
  switch (verdict.indication) {
    case SubIndication::document_revoked: return VerdictWord::revoked;
    case SubIndication::read_error: return VerdictWord::unreadable;
    default: break;
  }
  if (verdict.status == seal::Status::invalid) return VerdictWord::not_genuine;
  if (!verdict.opened->is_travel_document) return VerdictWord::other;
  if (verdict.indication == SubIndication::document_expired) return VerdictWord::expired;
  if (verdict.indication == SubIndication::document_used) return VerdictWord::used;
  switch (verdict.conclusion) {
    case seal::Conclusion::accept: return VerdictWord::genuine;
    case seal::Conclusion::compare_by_eye: return VerdictWord::compare_by_eye;
    case seal::Conclusion::refer: return VerdictWord::refer;
    case seal::Conclusion::reject: return VerdictWord::not_genuine;
  }
  return VerdictWord::not_genuine;
}

void take_trust_age(VerifyAnswer& answer, seal::TrustStore const& trust, std::string_view state, Date today) {
  auto const age = trust.age_of(state);
  answer.trust_age_days = days_between(age.issued_on, today);
  answer.is_trust_stale = today > age.next_update;
}

bool is_listed(std::set<std::string, std::less<>> const& numbers, mrz::Document const& document) {
  return numbers.contains(document.document_number) || numbers.contains(document.issuing_state + " " + document.document_number);
}

}  // namespace

std::string_view name_of(VerdictWord word) {
  switch (word) {
    case VerdictWord::genuine: return "genuine";
    case VerdictWord::compare_by_eye: return "compare_by_eye";
    case VerdictWord::expired: return "expired";
    case VerdictWord::revoked: return "revoked";
    case VerdictWord::used: return "used";
    case VerdictWord::refer: return "refer";
    case VerdictWord::other: return "other";
    case VerdictWord::unproven: return "unproven";
    case VerdictWord::not_genuine: return "not_genuine";
    case VerdictWord::unreadable: return "unreadable";
  }
  return "not_genuine";
}

std::string tidy_lines(std::string_view typed) {
  std::string lines;
  for (char const c : upper_ascii(typed.substr(0, 4096))) {
    if (c != ' ' && c != '\t' && c != '\r') lines += c;
  }
  while (!lines.empty() && lines.back() == '\n') lines.pop_back();
  while (!lines.empty() && lines.front() == '\n') lines.erase(0, 1);
  return lines;
}

std::string find_zone(std::string_view text) {
  std::string_view before;
  for (std::size_t at = 0; at <= text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\f')) line.remove_suffix(1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\f')) line.remove_prefix(1);
    if (is_zone_line(line)) {
      if (is_zone_line(before)) return std::string(before) + "\n" + std::string(line);
      before = line;
    } else if (!line.empty()) {
      before = {};
    }
    at = end + 1;
  }
  return {};
}

std::optional<Claim> claim_of(std::string_view typed) {
  auto const reading = mrz::parse_mrz(tidy_lines(typed));
  if (!reading.document) return std::nullopt;
  return Claim{reading.document->issuing_state, reading.document->document_number};
}

std::optional<Claim> claim_of(ReadFile const& file) {
  for (auto const& barcode : file.barcodes) {
    auto const opened = seal::open_barcode(barcode, seal::Accept::all);
    if (opened && !opened->zone.empty()) return claim_of(opened->zone);
  }
  return std::nullopt;
}

namespace {

VerifyAnswer answer_of(seal::Verdict const& verdict) {
  VerifyAnswer answer;
  answer.word = word_of(verdict);
  answer.steps.push_back({"barcode", Outcome::passed});
  for (auto const& one : verdict.steps) answer.steps.push_back({std::string(seal::name_of(one.step)), one.outcome});
  bool const other = verdict.opened && !verdict.opened->is_travel_document;
  if (other) answer.steps[1].step = "format_other";
  if (verdict.sealed) answer.fields = verdict.sealed->document;
  answer.fields_are_sealed = verdict.steps[static_cast<std::size_t>(seal::Step::trust)].outcome == Outcome::passed;
  answer.indication = seal::name_of(verdict.indication);
  answer.level = seal::name_of(verdict.level);
  answer.detail = verdict.detail;
  answer.is_clock_doubtful = verdict.is_clock_doubtful;
  answer.trust_age_days = verdict.trust_age_days;
  answer.is_trust_stale = verdict.is_trust_stale;
  return answer;
}

/// Whether a barcode wants to be a seal, well formed or not.
bool is_claimed_seal(Bytes const& barcode) {
  return (!barcode.empty() && barcode[0] == 0xDC) || as_text(barcode).substr(0, 4) == "RDB1" ||
         seal::open_barcode(barcode, seal::Accept::all).has_value();
}

/// What counts when a document has several seals; a visa beside a travel document counts least.
int severity_of(VerdictWord word) {
  constexpr VerdictWord order[] = {VerdictWord::other,   VerdictWord::genuine, VerdictWord::compare_by_eye,
                                   VerdictWord::refer,   VerdictWord::expired, VerdictWord::used,
                                   VerdictWord::revoked, VerdictWord::not_genuine};
  return static_cast<int>(std::find(std::begin(order), std::end(order), word) - std::begin(order));
}

VerifyAnswer unreadable(ReadFile const& file) {
  VerifyAnswer answer;
  answer.steps.push_back({"barcode", Outcome::failed});
  answer.unread = file.unread;
  auto const verdict = seal::read_error();
  answer.indication = seal::name_of(verdict.indication);
  answer.level = seal::name_of(verdict.level);
  answer.detail = file.unread ? file.unread->detail : verdict.detail;
  return answer;
}

}  // namespace

VerifyAnswer verify_read(ReadFile const& file, std::string_view typed, seal::TrustStore const& trust, Date today) {
  auto const printed = typed.empty() ? file.printed_mrz : tidy_lines(typed);
  std::optional<VerifyAnswer> worst;
  bool const any_seal = std::any_of(file.barcodes.begin(), file.barcodes.end(), is_claimed_seal);
  for (auto const& barcode : file.barcodes) {
    if (any_seal && !is_claimed_seal(barcode)) continue;
    auto answer = answer_of(seal::judge({barcode, printed, today, seal::Accept::all}, trust));
    if (!worst || severity_of(answer.word) > severity_of(worst->word)) worst = std::move(answer);
  }
  if (!worst) {
    worst = unreadable(file);
    take_trust_age(*worst, trust, {}, today);
  }
  return std::move(*worst);
}

std::optional<Bytes> find_barcode_content(std::string_view presented) {
  constexpr std::string_view spaces = " \t\r\n";
  if (presented.size() > content_at_most) return std::nullopt;
  if (!presented.empty() && static_cast<unsigned char>(presented[0]) == 0xDC) return Bytes(presented.begin(), presented.end());
  auto const first = presented.find_first_not_of(spaces);
  if (first == std::string_view::npos) return std::nullopt;
  auto const text = presented.substr(first, presented.find_last_not_of(spaces) - first + 1);
  bool const json = text[0] == '{' && text.find("\"sigvl\"") != std::string_view::npos;
  if (json || text.substr(0, 4) == "RDB1") return Bytes(text.begin(), text.end());
  if (upper_ascii(text.substr(0, 3)) != "DC0") return std::nullopt;
  return from_hex(lower_ascii(text));
}

VerifyAnswer verify_lines(std::string_view typed, seal::TrustStore const& trust, Date today) {
  VerifyAnswer answer;
  auto const reading = mrz::parse_mrz(tidy_lines(typed));
  take_trust_age(answer, trust, reading.document ? reading.document->issuing_state : std::string(), today);
  answer.fields = reading.document;
  answer.level = seal::name_of(seal::TrustLevel::medium_fraud_potential);
  answer.steps.push_back({"printed_check_digits", reading.is_valid() ? Outcome::passed : Outcome::failed});
  if (!reading.is_valid()) {
    answer.word = VerdictWord::not_genuine;
    answer.indication = seal::name_of(SubIndication::invalid_printed_mrz);
    answer.detail = "the lines fail the check " + std::string(mrz::name_of(reading.failed.front()));
    return answer;
  }
  answer.word = VerdictWord::unproven;
  auto const expiry = mrz::expiry_of(*reading.document);
  bool const expired = expiry && *expiry < today;
  bool const revoked = is_listed(trust.revoked_documents, *reading.document);
  bool const used = is_listed(trust.used_documents, *reading.document);
  if (expired) answer.word = VerdictWord::expired;
  if (used) answer.word = VerdictWord::used;
  if (revoked) answer.word = VerdictWord::revoked;
  answer.steps.push_back({"own_register", expired || revoked || used ? Outcome::failed : Outcome::not_done});
  answer.steps.push_back({"signature", Outcome::not_done});
  return answer;
}

}  // namespace rcms::travel_documents
