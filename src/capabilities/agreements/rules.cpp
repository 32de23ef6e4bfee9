#include "capabilities/agreements/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::agreement_desk {

namespace {

Result<void> check_party(access::Viewer const& viewer, agreements::Agreement const& agreement) {
  auto const& parties = agreement.parties;
  if (std::find(parties.begin(), parties.end(), viewer.party_code) != parties.end()) return {};
  return refuse(Why::agreement_does_not_apply, "agreement", "your State is no party: only a party confirms it");
}

bool is_uncertain(agreements::Rule const& rule) {
  return rule.confidence == "unverified" || rule.start_confidence == "unverified";
}

}  // namespace

Result<void> check_may(access::Viewer const& viewer) {
  if (viewer.may(confirm_permission)) return {};
  return refuse(Why::not_permitted, {}, fmt::format("needs {}", confirm_permission));
}

Result<StoredConfirmation> decide_proposal(access::Viewer const& viewer, agreements::Agreement const& agreement, Date today,
                                           NewConfirmation const& input, std::vector<StoredConfirmation> const& known,
                                           Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  if (auto party = check_party(viewer, agreement); !party) return tl::unexpected(party.error());
  auto const* rule = agreements::find_rule(agreement, input.rule, today);
  if (rule == nullptr) return refuse(Why::field_invalid, "rule", "the agreement has no such rule today");
  auto const clause = agreements::cite(agreement, rule->article);
  if (!is_uncertain(*rule)) return refuse(Why::wrong_step, "rule", "its source is certain: there is nothing to confirm", clause);
  if (!rule->value && rule->text.empty())
    return refuse(Why::wrong_step, "rule", "no value is known: write it into the file of the agreement first", clause);
  if (input.source.empty()) return refuse(Why::field_missing, "source", "say in which official text you read it", clause);
  auto const fingerprint = agreements::fingerprint_of(*rule);
  bool const there = std::any_of(known.begin(), known.end(), [&](auto const& one) {
    return one.rule == input.rule && one.fingerprint == fingerprint && one.state != "revoked";
  });
  if (there) return refuse(Why::already_exists, "rule", "it is proposed or confirmed already", clause);
  StoredConfirmation made;
  made.id = make_uuid(now);
  made.party = viewer.party;
  made.agreement = agreement.code;
  made.rule = input.rule;
  made.fingerprint = fingerprint;
  made.source = input.source;
  made.place = input.place;
  made.state = "proposed";
  made.proposed_by = viewer.user;
  made.proposed_at = now;
  return made;
}

Result<StoredConfirmation> decide_countersignature(access::Viewer const& viewer, StoredConfirmation const& before,
                                                   agreements::Agreement const* agreement, Date today, Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  if (before.state != "proposed") return refuse(Why::wrong_step, {}, fmt::format("it is {} already", before.state));
  if (before.proposed_by == viewer.user)
    return refuse(Why::same_person, {}, "another administrator of your State must have read it too");
  auto const* rule = agreement == nullptr ? nullptr : agreements::find_rule(*agreement, before.rule, today);
  if (rule == nullptr || agreements::fingerprint_of(*rule) != before.fingerprint)
    return refuse(Why::wrong_step, "rule", "the rule says something else by now: revoke this and propose it anew");
  auto after = before;
  after.state = "confirmed";
  after.countersigned_by = viewer.user;
  after.countersigned_at = now;
  return after;
}

Result<StoredConfirmation> decide_revocation(access::Viewer const& viewer, StoredConfirmation const& before,
                                             std::string_view reason, Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  if (before.state == "revoked") return refuse(Why::wrong_step, {}, "it is revoked already");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = "revoked";
  after.revoked_by = viewer.user;
  after.revoked_at = now;
  after.reason = reason;
  return after;
}

Result<StoredVersion> decide_entry_into_force(access::Viewer const& viewer, agreements::Agreement const& agreement,
                                              std::vector<StoredVersion> const& known, std::optional<Date> from,
                                              std::string_view seen, std::string_view current, StoredVersion waiting,
                                              Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  if (auto party = check_party(viewer, agreement); !party) return tl::unexpected(party.error());
  StoredVersion const* newest = nullptr;
  for (auto const& version : known) {
    if (version.agreement == agreement.code) newest = &version;
  }
  bool const goes_back = newest != nullptr && newest->valid_from && from && *from < *newest->valid_from;
  if (goes_back)
    return refuse(Why::field_invalid, "from", fmt::format("not before {}, from which the version before is in force",
                                                          newest->valid_from->text()));
  if (seen != current)
    return refuse(Why::stale_revision, "effect",
                  "the effect on open cases is another than the one that was seen: look at it again");
  waiting.agreement = agreement.code;
  waiting.number = newest == nullptr ? 1 : newest->number + 1;
  waiting.valid_from = from;
  waiting.accepted_at = now;
  waiting.accepted_by = viewer.user;
  waiting.party = viewer.party;
  return waiting;
}

}  // namespace rcms::agreement_desk
