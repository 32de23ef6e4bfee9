#include "capabilities/travel_documents/life_rules.hpp"

#include <fmt/format.h>

namespace rcms::travel_documents {

namespace {

struct Act {
  std::string_view permission;
  bool (*is_possible)(TravelDocument const& document, bool is_over);
  std::string_view not_now;
};

Act act_of(LifeAct act) {
  switch (act) {
    case LifeAct::hand_over:
      return {"document.issue", [](TravelDocument const& one, bool is_over) { return one.state == "issued" && !is_over; },
              "only a valid document that was not handed over yet can be handed over"};
    case LifeAct::use:
      return {"document.use", [](TravelDocument const& one, bool is_over) { return one.is_live() && !is_over; },
              "only a valid document can be used, and only once"};
    case LifeAct::take_back:
      return {"document.return", [](TravelDocument const& one, bool) { return one.is_live() || one.state == "used"; },
              "the sheet came back before, or the document is void or lost"};
    case LifeAct::report_loss:
      return {"document.void", [](TravelDocument const& one, bool) { return one.is_live() || one.state == "used"; },
              "the document is void, lost or returned already"};
  }
  return {};
}

}  // namespace

Result<TravelDocument> decide_life(TravelDocument const& before, LifeAct act, access::Viewer const& viewer,
                                   std::string_view reason, std::optional<std::int64_t> if_match, Date today, Instant now) {
  auto const rules = act_of(act);
  if (!viewer.may(rules.permission)) return refuse(Why::not_permitted, {}, fmt::format("needs {}", rules.permission));
  if (if_match && *if_match != before.revision) return refuse(Why::stale_revision, "revision", "load it again and compare");
  if (!rules.is_possible(before, before.expires_on < today)) return refuse(Why::wrong_step, {}, std::string(rules.not_now));
  if (act == LifeAct::report_loss && reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  ++after.revision;
  switch (act) {
    case LifeAct::hand_over:
      after.state = "handed_over";
      after.handed_over_at = now;
      return after;
    case LifeAct::use:
      after.state = "used";
      after.used_at = now;
      break;
    case LifeAct::take_back:
      after.state = "returned";
      after.returned_at = now;
      break;
    case LifeAct::report_loss:
      after.state = "lost";
      after.voided_by = viewer.user;
      after.voided_at = now;
      after.void_reason = reason;
      break;
  }
  after.holder.clear();
  return after;
}

Result<Renewal> decide_renewal_request(TravelDocument const& document, agreements::Agreement const* agreement,
                                       agreements::Rule const* rule, access::Viewer const& viewer, std::string_view reason,
                                       Instant now) {
  if (!viewer.may("document.issue")) return refuse(Why::not_permitted, {}, "needs document.issue");
  if (!document.is_live())
    return refuse(Why::wrong_step, {}, "only a document that is issued or handed over is renewed, also when it ran out");
  if (agreement == nullptr || rule == nullptr) {
    return refuse(Why::agreement_does_not_apply, {}, "the agreement knows no renewal: a new application is needed");
  }
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  Renewal renewal;
  renewal.party = document.party;
  renewal.number = document.number;
  renewal.case_id = document.case_id;
  renewal.state = "requested";
  renewal.reason = reason;
  renewal.requested_by = viewer.user;
  renewal.requested_at = now;
  renewal.source = agreements::cite(*agreement, rule->article);
  return renewal;
}

Result<Renewal> decide_renewal(Renewal const& before, access::Viewer const& viewer, bool approves, std::string_view reason,
                               std::optional<std::int64_t> if_match, Instant now) {
  if (!viewer.may("document.approve")) return refuse(Why::not_permitted, {}, "needs document.approve");
  if (if_match && *if_match != before.revision) return refuse(Why::stale_revision, "revision", "load it again and compare");
  if (before.state != "requested") return refuse(Why::wrong_step, {}, "the renewal was decided already");
  if (before.requested_by == viewer.user)
    return refuse(Why::same_person, {}, "another person than the one who asked approves a renewal");
  if (!approves && reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = approves ? "approved" : "refused";
  after.decided_by = viewer.user;
  after.decided_at = now;
  after.decision_reason = reason;
  ++after.revision;
  return after;
}

TravelDocument replaced_by(TravelDocument const& before, std::string const& number, access::Viewer const& viewer, Date today,
                           Instant now) {
  auto after = before;
  ++after.revision;
  after.holder.clear();
  if (before.expires_on < today) return after;
  after.state = "void";
  after.voided_by = viewer.user;
  after.voided_at = now;
  after.void_reason = "→ " + number;
  return after;
}

}  // namespace rcms::travel_documents
