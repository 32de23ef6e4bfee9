#include "capabilities/travel_documents/verification.hpp"

#include <algorithm>

#include "engines/mrz/reading.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::travel_documents {

namespace {

using seal::Outcome;
using seal::SubIndication;

constexpr std::size_t zone_columns = 36;

bool is_pdf(std::span<std::uint8_t const> file) { return as_text(file.first(std::min<std::size_t>(file.size(), 5))) == "%PDF-"; }
bool is_picture(std::span<std::uint8_t const> file) {
  return file.size() > 3 && ((file[0] == 0xFF && file[1] == 0xD8) || (file[0] == 0x89 && file[1] == 'P'));
}

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

void take_trust_age(VerifyAnswer& answer, seal::TrustStore const& trust, Date today) {
  answer.trust_age_days = days_between(trust.issued_on, today);
  answer.is_trust_stale = today > trust.next_update;
}

bool is_revoked(seal::TrustStore const& trust, mrz::Document const& document) {
  return trust.revoked_documents.contains(document.document_number) ||
         trust.revoked_documents.contains(document.issuing_state + " " + document.document_number);
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

ReadFile read_presented(std::span<std::uint8_t const> file) {
  ReadFile read;
  if (file.size() > presented_at_most) {
    read.unread = Refused{Why::too_large, "file", "at most 8 MB", {}};
    return read;
  }
  auto found = read_document_picture(file);
  if (found) {
    read.seal = std::move(found->bytes);
  } else {
    read.unread = found.error();
  }
  if (is_pdf(file)) {
    if (auto const text = read_pdf_text(file, 0)) read.printed_mrz = find_zone(*text);
  }
  return read;
}

std::optional<Claim> claim_of(std::string_view typed) {
  auto const reading = mrz::parse_mrz(tidy_lines(typed));
  if (!reading.document) return std::nullopt;
  return Claim{reading.document->issuing_state, reading.document->document_number};
}

std::optional<Claim> claim_of(ReadFile const& file) {
  if (!file.seal) return std::nullopt;
  auto const opened = seal::open_barcode(*file.seal, seal::Accept::all);
  return opened && !opened->zone.empty() ? claim_of(opened->zone) : std::nullopt;
}

VerifyAnswer verify_read(ReadFile const& file, std::string_view typed, seal::TrustStore const& trust, Date today) {
  VerifyAnswer answer;
  take_trust_age(answer, trust, today);
  if (!file.seal) {
    answer.steps.push_back({"barcode", Outcome::failed});
    answer.unread = file.unread;
    auto const verdict = seal::read_error();
    answer.indication = seal::name_of(verdict.indication);
    answer.level = seal::name_of(verdict.level);
    answer.detail = file.unread ? file.unread->detail : verdict.detail;
    return answer;
  }
  auto const printed = typed.empty() ? file.printed_mrz : tidy_lines(typed);
  auto const verdict = seal::judge({*file.seal, printed, today, seal::Accept::all}, trust);
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
  return answer;
}

VerifyAnswer verify_file(std::span<std::uint8_t const> file, std::string_view typed, seal::TrustStore const& trust, Date today) {
  return verify_read(read_presented(file), typed, trust, today);
}

VerifyAnswer verify_lines(std::string_view typed, seal::TrustStore const& trust, Date today) {
  VerifyAnswer answer;
  take_trust_age(answer, trust, today);
  auto const reading = mrz::parse_mrz(tidy_lines(typed));
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
  bool const revoked = is_revoked(trust, *reading.document);
  if (expired) answer.word = VerdictWord::expired;
  if (revoked) answer.word = VerdictWord::revoked;
  answer.steps.push_back({"own_register", expired || revoked ? Outcome::failed : Outcome::not_done});
  answer.steps.push_back({"signature", Outcome::not_done});
  return answer;
}

VerifyAnswer verify_presented(std::span<std::uint8_t const> content, seal::TrustStore const& trust, Date today) {
  if (is_pdf(content) || is_picture(content)) return verify_file(content, {}, trust, today);
  auto const text = as_text(content.first(std::min<std::size_t>(content.size(), 4096)));
  return verify_lines(text, trust, today);
}

}  // namespace rcms::travel_documents
