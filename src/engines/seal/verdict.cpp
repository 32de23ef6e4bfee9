#include "engines/seal/verdict.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace rcms::seal {
namespace {

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
  }

  Verdict run() {
    if (check_format() && check_signer() && check_sealed()) {
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
    auto opened = open_barcode(question_.seal, question_.accept);
    if (!opened) return fail(Step::format, SubIndication::wrong_format, opened.error().detail);
    verdict_.opened = std::move(*opened);
    if (!verdict_.opened->zone.empty()) verdict_.sealed = mrz::parse_mrz(verdict_.opened->zone);
    verdict_.indication = verdict_.opened->has_unknown_feature ? SubIndication::unknown_feature : SubIndication::none;
    return pass(Step::format);
  }

  bool is_listed(std::set<std::string, std::less<>> const& documents) const {
    auto const& document = *verdict_.sealed->document;
    return documents.contains(document.document_number) ||
           documents.contains(document.issuing_state + " " + document.document_number);
  }

  /// A certificate that the barcode names, and one of the authorities that may have issued it.
  struct Candidate {
    Certificate const* signer = nullptr;
    Certificate const* authority = nullptr;
  };

  /// Why a candidate does not carry the barcode.
  struct Failure {
    Step step;
    SubIndication indication;
    std::string detail;
    bool is_signed = false;  ///< the signature held all the same

    /// The greater, the nearer the candidate came.
    auto rank() const { return std::tuple(is_signed, step, indication); }
  };

  bool is_named(Certificate const& signer) const {
    auto const& opened = *verdict_.opened;
    if (!opened.seal) return !opened.barcode_reference.empty() && signer.barcode_reference == opened.barcode_reference;
    auto const& header = opened.seal->header;
    bool const named = upper(signer.country + signer.common_name) == header.signer;
    return named && without_zeros(signer.serial) == without_zeros(header.certificate_reference);
  }

  bool may_sign(Certificate const& signer) const {
    return verdict_.opened->kind == Kind::vds_nc ? signer.is_vds_nc_signer : signer.is_bar_code_signer;
  }

  /// Every certificate that the barcode names with every trusted authority of its country that issued it; with none such, the
  /// certificate alone.
  std::vector<Candidate> candidates() const {
    std::vector<Candidate> found;
    auto const add = [&](Certificate const& signer, auto const& is_issued_by) {
      auto const before = found.size();
      for (std::size_t place = 0; place < trust_.authorities.size(); ++place) {
        auto const& authority = trust_.authorities[place];
        if (authority.country == signer.country && is_issued_by(place)) found.push_back({&signer, &authority});
      }
      if (found.size() == before) found.push_back({&signer, nullptr});
    };
    for (std::size_t place = 0; place < trust_.signers.size(); ++place) {
      if (!is_named(trust_.signers[place])) continue;
      add(trust_.signers[place], [&](std::size_t authority) { return trust_.is_issued_by(place, authority); });
    }
    auto const& own = verdict_.opened->certificate;
    if (own) add(*own, [&](std::size_t authority) { return own->is_issued_by(trust_.authorities[authority]); });
    return found;
  }

  bool allows_document(Certificate const& signer) const {
    if (!signer.document_types || verdict_.opened->kind == Kind::vds_nc || verdict_.opened->is_zone_broken) return true;
    auto const& types = *signer.document_types;
    auto const code = document_code();
    bool const visa = verdict_.opened->kind == Kind::visa_seal;
    return std::any_of(types.begin(), types.end(),
                       [&](auto const& type) { return type == code || (visa && type == code.substr(0, 1)); });
  }

  std::string document_code() const {
    return verdict_.sealed && verdict_.sealed->document ? verdict_.sealed->document->document_code : std::string();
  }

  std::string issuing_state_of_zone() const {
    return verdict_.sealed && verdict_.sealed->document ? verdict_.sealed->document->issuing_state : std::string();
  }

  bool is_revoked(Candidate const& candidate) const {
    return std::any_of(trust_.revocation_lists.begin(), trust_.revocation_lists.end(), [&](auto const& list) {
      bool const listed = std::find(list.serials.begin(), list.serials.end(), candidate.signer->serial) != list.serials.end();
      return listed && list.is_issued_by(*candidate.authority);
    });
  }

  std::optional<Failure> find_failure_of_certificate(Candidate const& candidate) const {
    auto const& signer = *candidate.signer;
    auto const failure = [](SubIndication indication, std::string detail) {
      return Failure{Step::certificate, indication, std::move(detail)};
    };
    if (!candidate.authority || !may_sign(signer) || signer.not_before > question_.today) {
      return failure(SubIndication::untrusted_certificate,
                     "the signer's certificate is not issued by a trusted authority for seals");
    }
    // The barcode names its State twice: in its header and in the zone.
    for (auto const& state : {verdict_.opened->issuing_state, issuing_state_of_zone()}) {
      auto const country = trust_.countries.find(state);
      if (country == trust_.countries.end() || country->second == signer.country) continue;
      return failure(SubIndication::untrusted_certificate,
                     fmt::format("a signer of {} may not seal documents of {}", signer.country, state));
    }
    if (signer.not_after < question_.today) {
      return failure(SubIndication::expired_certificate,
                     fmt::format("the signer's certificate ended on {}", signer.not_after.text()));
    }
    if (is_revoked(candidate)) return failure(SubIndication::revoked_certificate, "the signer's certificate is revoked");
    return std::nullopt;
  }

  /// Whether the key was in its period when it signed. A day is allowed for on either side: the signer may stand in another time
  /// zone than its authority.
  bool was_key_in_use(Certificate const& signer) const {
    if (!verdict_.opened->seal) return true;
    auto const on = verdict_.opened->seal->header.signed_on;
    bool const begun = !signer.key_from || *signer.key_from <= on.plus_days(1);
    return begun && (!signer.key_until || on.plus_days(-1) <= *signer.key_until);
  }

  std::optional<Failure> find_failure(Candidate const& candidate) const {
    if (auto failure = find_failure_of_certificate(candidate)) return failure;
    auto const& opened = *verdict_.opened;
    if (!candidate.signer->key.verifies(opened.signed_bytes, opened.signature)) {
      return Failure{Step::signature, SubIndication::invalid_signature, "the signature does not belong to the content"};
    }
    // Only now: what nobody signed does not say which document it is.
    if (!allows_document(*candidate.signer)) {
      return Failure{Step::certificate, SubIndication::invalid_document_type,
                     fmt::format("the signer may not seal documents of type {}", document_code()), true};
    }
    // DEVIATION: the norm's table has no word for it. Whoever signs with a key that should have been destroyed has stolen it.
    if (!was_key_in_use(*candidate.signer)) {
      return Failure{Step::certificate, SubIndication::untrusted_certificate,
                     fmt::format("the signer's key was not in use on {}, when the seal was made",
                                 opened.seal->header.signed_on.text()),
                     true};
    }
    // Source: Doc 9303-13 Appendix D step 3. The authority is of the trust list; only its end is looked at, because the
    // operator may put a new one into the list before its first day.
    if (candidate.authority->not_after < question_.today) {
      return Failure{Step::trust, SubIndication::untrusted_certificate, "the certificate of the authority has run out", true};
    }
    return std::nullopt;
  }

  /// A number is used twice when a State renews its key: any of the certificates so named may carry the barcode.
  bool check_signer() {
    std::optional<Failure> nearest;
    for (auto const& candidate : candidates()) {
      auto failure = find_failure(candidate);
      if (!failure) {
        pass(Step::certificate);
        pass(Step::signature);
        return pass(Step::trust);
      }
      bool const nearer =
          !nearest || std::pair(failure->step, failure->indication) > std::pair(nearest->step, nearest->indication);
      if (nearer) nearest = std::move(failure);
    }
    if (!nearest) {
      nearest = Failure{Step::certificate, SubIndication::unknown_certificate,
                        fmt::format("no certificate {} is in the trust list", verdict_.opened->signer)};
    }
    if (nearest->step > Step::certificate) pass(Step::certificate);
    if (nearest->is_signed) pass(Step::signature);
    return fail(nearest->step, nearest->indication, std::move(nearest->detail));
  }

  bool check_sealed() {
    if (verdict_.opened->is_zone_broken)
      return fail(Step::sealed_check_digits, SubIndication::wrong_format, "the sealed zone is no text of the zone");
    if (!verdict_.sealed) return true;
    if (!verdict_.sealed->is_valid()) {
      return fail(Step::sealed_check_digits, SubIndication::invalid_seal_mrz,
                  fmt::format("the sealed zone fails the check {}", mrz::name_of(verdict_.sealed->failed.front())));
    }
    return pass(Step::sealed_check_digits);
  }

  bool check_printed() {
    if (question_.printed_mrz.empty() || !verdict_.sealed) return true;
    verdict_.printed = mrz::parse_mrz(question_.printed_mrz);
    if (!verdict_.printed->is_valid()) {
      return fail(Step::printed_check_digits, SubIndication::invalid_printed_mrz,
                  fmt::format("the printed zone fails the check {}", mrz::name_of(verdict_.printed->failed.front())));
    }
    pass(Step::printed_check_digits);
    auto letters = [](std::string text) {
      std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
      return text;
    };
    auto const printed = letters(question_.printed_mrz);
    auto const sealed = letters(verdict_.opened->zone);
    auto const compared = verdict_.opened->sealed_characters;
    if (printed.size() != sealed.size() || printed.compare(0, compared, sealed, 0, compared) != 0) {
      return fail(Step::comparison, SubIndication::seal_document_mismatch, "the printed zone differs from the sealed one");
    }
    return pass(Step::comparison);
  }

  void check_register() {
    if (!verdict_.sealed) return;
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

  /// A day is allowed for: the verifier may stand in another time zone than the issuer.
  bool is_clock_doubtful() const {
    if (question_.today.plus_days(1) < age_.issued_on) return true;
    bool const dated = verdict_.opened && verdict_.opened->seal;
    return dated && question_.today.plus_days(1) < verdict_.opened->seal->header.signed_on;
  }

  void conclude() {
    age_ = trust_.age_of(verdict_.opened ? verdict_.opened->issuing_state : std::string());
    verdict_.trust_age_days = days_between(age_.issued_on, question_.today);
    verdict_.is_trust_stale = question_.today > age_.next_update;
    verdict_.is_clock_doubtful = is_clock_doubtful();
    verdict_.level = level_of(verdict_.indication);
    bool register_held = verdict_.steps[static_cast<std::size_t>(Step::own_register)].outcome != Outcome::failed;
    if (verdict_.status == Status::invalid) {
      verdict_.conclusion = Conclusion::reject;
    } else if (verdict_.is_trust_stale || verdict_.is_clock_doubtful || !register_held) {
      verdict_.conclusion = Conclusion::refer;
    } else {
      verdict_.conclusion = verdict_.printed ? Conclusion::accept : Conclusion::compare_by_eye;
    }
  }

  Question const& question_;
  TrustStore const& trust_;
  Verdict verdict_;
  TrustAge age_;
};

}  // namespace

TrustAge TrustStore::age_of(std::string_view state) const {
  auto const own = ages.find(state);
  return own == ages.end() ? TrustAge{issued_on, next_update} : own->second;
}

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
