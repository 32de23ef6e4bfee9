#include "engines/seal/verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::seal {
namespace {

/// Readers of Data Matrix may hand over pad code words; more than the largest gap between symbol sizes is no padding.
constexpr std::size_t padding_at_most = 256;

/// Source: Doc 9303-13 table D.1, Doc 9303-8 table A-1.
TrustLevel level_of(SubIndication indication) {
  switch (indication) {
    case SubIndication::none:
    case SubIndication::unknown_feature: return TrustLevel::trustable;
    case SubIndication::read_error:
    case SubIndication::expired_certificate:
    case SubIndication::document_expired: return TrustLevel::medium_fraud_potential;
    default: return TrustLevel::high_fraud_potential;
  }
}

std::string_view without_zeros(std::string_view hex) {
  auto first = hex.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view() : hex.substr(first);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
  return text;
}

/// One walk through the steps; each gives false when it ended the judgement.
class Judgement {
 public:
  Judgement(Question const& question, TrustStore const& trust) : question_(question), trust_(trust) {
    for (auto step : {Step::format, Step::certificate, Step::signature, Step::trust, Step::sealed_check_digits,
                      Step::printed_check_digits, Step::comparison, Step::own_register}) {
      verdict_.steps.push_back({step, Outcome::not_done});
    }
    verdict_.trust_age_days = days_between(trust.issued_on, question.today);
    verdict_.is_trust_stale = question.today > trust.next_update;
  }

  Verdict run() {
    if (check_format() && check_certificate() && check_signature() && check_sealed()) {
      verdict_.status = Status::valid;
      if (check_printed()) check_register();
    }
    conclude();
    return std::move(verdict_);
  }

 private:
  bool pass(Step step) {
    verdict_.steps[static_cast<std::size_t>(step)].outcome = Outcome::passed;
    return true;
  }

  bool fail(Step step, SubIndication indication, std::string detail) {
    verdict_.steps[static_cast<std::size_t>(step)].outcome = Outcome::failed;
    verdict_.status = Status::invalid;
    verdict_.indication = indication;
    verdict_.detail = std::move(detail);
    return false;
  }

  bool check_format() {
    ParseLimits limits;
    limits.trailing = padding_at_most;
    auto seal = parse_seal(question_.seal, limits);
    if (!seal) return fail(Step::format, SubIndication::wrong_format, seal.error().detail);
    verdict_.seal = std::move(*seal);
    auto const& header = verdict_.seal->header;
    if (header.definition != travel_document_definition || header.category != travel_document_category) {
      return fail(Step::format, SubIndication::wrong_format,
                  fmt::format("profile {:02X}/{:02X} is not the emergency travel document", header.definition, header.category));
    }
    if (header.version != Version::four)
      return fail(Step::format, SubIndication::wrong_format, "an emergency travel document needs version 4");
    if (verdict_.seal->signature.empty()) return fail(Step::format, SubIndication::wrong_format, "the seal is not signed");
    auto zone = sealed_mrz(*verdict_.seal);
    if (!zone)
      return fail(Step::format, SubIndication::wrong_format, "the sealed machine readable zone is missing or not 48 bytes");
    verdict_.sealed = mrz::parse_mrz(*zone);
    bool unknown = std::any_of(verdict_.seal->features.begin(), verdict_.seal->features.end(),
                               [](auto const& f) { return f.tag != mrz_tag; });
    verdict_.indication = unknown ? SubIndication::unknown_feature : SubIndication::none;
    return pass(Step::format);
  }

  /// Places in the trust list.
  std::vector<std::size_t> named_signers() const {
    auto const& header = verdict_.seal->header;
    std::vector<std::size_t> found;
    for (std::size_t place = 0; place < trust_.signers.size(); ++place) {
      auto const& signer = trust_.signers[place];
      bool named = upper(signer.country + signer.common_name) == header.signer;
      if (named && without_zeros(signer.serial) == without_zeros(header.certificate_reference)) found.push_back(place);
    }
    return found;
  }

  bool is_listed(std::set<std::string, std::less<>> const& documents) const {
    auto const& document = *verdict_.sealed->document;
    return documents.contains(document.document_number) ||
           documents.contains(document.issuing_state + " " + document.document_number);
  }

  bool check_certificate() {
    auto signers = named_signers();
    if (signers.empty()) {
      auto const& header = verdict_.seal->header;
      return fail(Step::certificate, SubIndication::unknown_certificate,
                  fmt::format("no certificate {} {} is in the trust list", header.signer, header.certificate_reference));
    }
    for (auto const place : signers) {
      auto const& candidate = trust_.signers[place];
      for (std::size_t other = 0; other < trust_.authorities.size(); ++other) {
        auto const& authority = trust_.authorities[other];
        bool same_country = candidate.country == authority.country;
        if (!same_country || !candidate.is_bar_code_signer || candidate.not_before > question_.today) continue;
        if (!trust_.is_issued_by(place, other)) continue;
        signer_ = &candidate;
        authority_ = &authority;
      }
    }
    if (!signer_) {
      return fail(Step::certificate, SubIndication::untrusted_certificate,
                  "the signer's certificate is not issued by a trusted authority for seals");
    }
    auto country = trust_.countries.find(verdict_.seal->header.issuing_state);
    if (country != trust_.countries.end() && country->second != signer_->country) {
      return fail(Step::certificate, SubIndication::untrusted_certificate,
                  fmt::format("a signer of {} may not seal documents of {}", signer_->country, country->first));
    }
    auto type = verdict_.sealed->document ? verdict_.sealed->document->document_code : std::string();
    auto const& types = signer_->document_types;
    if (types && std::find(types->begin(), types->end(), type) == types->end()) {
      return fail(Step::certificate, SubIndication::invalid_document_type,
                  fmt::format("the signer may not seal documents of type {}", type));
    }
    if (signer_->not_after < question_.today) {
      return fail(Step::certificate, SubIndication::expired_certificate,
                  fmt::format("the signer's certificate ended on {}", signer_->not_after.text()));
    }
    for (auto const& list : trust_.revocation_lists) {
      bool listed = std::find(list.serials.begin(), list.serials.end(), signer_->serial) != list.serials.end();
      if (listed && list.is_issued_by(*authority_)) {
        return fail(Step::certificate, SubIndication::revoked_certificate, "the signer's certificate is revoked");
      }
    }
    return pass(Step::certificate);
  }

  bool check_signature() {
    auto const& seal = *verdict_.seal;
    if (!signer_->key.verifies(seal.signed_bytes, seal.signature)) {
      return fail(Step::signature, SubIndication::invalid_signature, "the signature does not belong to the content");
    }
    pass(Step::signature);
    // Source: Doc 9303-13 Appendix D step 3. The authority found above is of the trust list; only its end is looked at,
    // because the operator may put a new one into the list before its first day.
    if (authority_->not_after < question_.today) {
      return fail(Step::trust, SubIndication::untrusted_certificate, "the certificate of the authority has run out");
    }
    return pass(Step::trust);
  }

  bool check_sealed() {
    if (!verdict_.sealed->is_valid()) {
      return fail(Step::sealed_check_digits, SubIndication::invalid_seal_mrz,
                  fmt::format("the sealed zone fails the check {}", mrz::name_of(verdict_.sealed->failed.front())));
    }
    return pass(Step::sealed_check_digits);
  }

  bool check_printed() {
    if (question_.printed_mrz.empty()) return true;
    verdict_.printed = mrz::parse_mrz(question_.printed_mrz);
    if (!verdict_.printed->is_valid()) {
      return fail(Step::printed_check_digits, SubIndication::invalid_printed_mrz,
                  fmt::format("the printed zone fails the check {}", mrz::name_of(verdict_.printed->failed.front())));
    }
    pass(Step::printed_check_digits);
    auto letters = [](std::string text) {
      text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }),
                 text.end());
      return text;
    };
    if (letters(question_.printed_mrz) != letters(*sealed_mrz(*verdict_.seal))) {
      return fail(Step::comparison, SubIndication::seal_document_mismatch, "the printed zone differs from the sealed one");
    }
    return pass(Step::comparison);
  }

  void check_register() {
    auto const& document = *verdict_.sealed->document;
    if (is_listed(trust_.revoked_documents)) {
      fail(Step::own_register, SubIndication::document_revoked, "the document is revoked");
      return;
    }
    auto expiry = mrz::expiry_of(document);
    auto remark = SubIndication::none;
    if (is_listed(trust_.used_documents)) {
      remark = SubIndication::document_used;
      verdict_.detail = "the document was for a single journey and has been used";
    } else if (expiry && *expiry < question_.today) {
      remark = SubIndication::document_expired;
      verdict_.detail = fmt::format("the document ended on {}", expiry->text());
    }
    if (remark == SubIndication::none) {
      pass(Step::own_register);
      return;
    }
    verdict_.steps[static_cast<std::size_t>(Step::own_register)].outcome = Outcome::failed;
    verdict_.indication = remark;
  }

  void conclude() {
    verdict_.level = level_of(verdict_.indication);
    bool register_held = verdict_.steps[static_cast<std::size_t>(Step::own_register)].outcome == Outcome::passed;
    if (verdict_.status == Status::invalid) {
      verdict_.conclusion = Conclusion::reject;
    } else if (verdict_.is_trust_stale || !register_held) {
      verdict_.conclusion = Conclusion::refer;
    } else {
      verdict_.conclusion = verdict_.printed ? Conclusion::accept : Conclusion::compare_by_eye;
    }
  }

  Question const& question_;
  TrustStore const& trust_;
  Verdict verdict_;
  Certificate const* signer_ = nullptr;
  Certificate const* authority_ = nullptr;
};

}  // namespace

void TrustStore::remember_issuers() {
  issuers.clear();
  std::vector<std::vector<std::size_t>> found(signers.size());
  for (std::size_t signer = 0; signer < signers.size(); ++signer) {
    for (std::size_t authority = 0; authority < authorities.size(); ++authority) {
      if (signers[signer].is_issued_by(authorities[authority])) found[signer].push_back(authority);
    }
  }
  issuers = std::move(found);
}

bool TrustStore::is_issued_by(std::size_t signer, std::size_t authority) const {
  if (issuers.size() != signers.size()) return signers[signer].is_issued_by(authorities[authority]);
  auto const& known = issuers[signer];
  return std::find(known.begin(), known.end(), authority) != known.end();
}

Verdict judge(Question const& question, TrustStore const& trust) { return Judgement(question, trust).run(); }

Verdict read_error() {
  Verdict verdict;
  verdict.indication = SubIndication::read_error;
  verdict.level = level_of(verdict.indication);
  verdict.conclusion = Conclusion::refer;
  verdict.detail = "no barcode could be read";
  return verdict;
}

std::string_view name_of(SubIndication indication) {
  switch (indication) {
    case SubIndication::none: return "";
    case SubIndication::unknown_feature: return "UNKNOWN_FEATURE";
    case SubIndication::read_error: return "READ_ERROR";
    case SubIndication::wrong_format: return "WRONG_FORMAT";
    case SubIndication::unknown_certificate: return "UNKNOWN_CERTIFICATE";
    case SubIndication::untrusted_certificate: return "UNTRUSTED_CERTIFICATE";
    case SubIndication::invalid_document_type: return "INVALID_DOCUMENTTYPE";
    case SubIndication::expired_certificate: return "EXPIRED_CERTIFICATE";
    case SubIndication::revoked_certificate: return "REVOKED_CERTIFICATE";
    case SubIndication::invalid_signature: return "INVALID_SIGNATURE";
    case SubIndication::invalid_seal_mrz: return "INVALID_SEAL_MRZ";
    case SubIndication::invalid_printed_mrz: return "INVALID_PRINTED_MRZ";
    case SubIndication::seal_document_mismatch: return "SEAL_DOCUMENT_MISMATCH";
    case SubIndication::document_revoked: return "DOCUMENT_REVOKED";
    case SubIndication::document_expired: return "DOCUMENT_EXPIRED";
    case SubIndication::document_used: return "DOCUMENT_USED";
  }
  return "";
}

std::string_view name_of(TrustLevel level) {
  switch (level) {
    case TrustLevel::trustable: return "trustable";
    case TrustLevel::medium_fraud_potential: return "medium_fraud_potential";
    case TrustLevel::high_fraud_potential: return "high_fraud_potential";
  }
  return "high_fraud_potential";
}

std::string_view name_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::accept: return "accept";
    case Conclusion::compare_by_eye: return "compare_by_eye";
    case Conclusion::refer: return "refer";
    case Conclusion::reject: return "reject";
  }
  return "reject";
}

std::string_view name_of(Step step) {
  switch (step) {
    case Step::format: return "format";
    case Step::certificate: return "certificate";
    case Step::signature: return "signature";
    case Step::trust: return "trust";
    case Step::sealed_check_digits: return "sealed_check_digits";
    case Step::printed_check_digits: return "printed_check_digits";
    case Step::comparison: return "comparison";
    case Step::own_register: return "own_register";
  }
  return "format";
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed: return "passed";
    case Outcome::failed: return "failed";
    case Outcome::not_done: return "not_done";
  }
  return "not_done";
}

}  // namespace rcms::seal
