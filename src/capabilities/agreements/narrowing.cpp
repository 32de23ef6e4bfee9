#include "capabilities/agreements/narrowing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/agreements/rules.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::agreement_desk {

namespace {

/// The field of a section, not one of its parts.
forms::Field const* find_whole_field(forms::Form const& form, std::string_view path) {
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) {
      if (section.code + "." + field.code == path) return &field;
    }
  }
  return nullptr;
}

/// Whether the agreement's own list asks for exactly this field in every application.
bool is_demanded(agreements::Agreement const& agreement, std::string_view path) {
  return std::any_of(agreement.checklist.begin(), agreement.checklist.end(), [&](auto const& item) {
    return item.must && item.when.empty() && item.fields.size() == 1 && item.fields.front() == path;
  });
}

Result<void> check_field(agreements::Agreement const& agreement, forms::Form const& form, std::string_view path) {
  auto const* field = find_whole_field(form, path);
  if (field == nullptr) return refuse(Why::field_invalid, "field", "the application has no such field");
  bool const agreed = field->share != forms::Share::agreement || agreements::agreed_fields_of(agreement).contains(path);
  if (field->share == forms::Share::never || !agreed)
    return refuse(Why::wrong_step, "field", "it stays at home under this agreement already");
  if (!forms::may_be_withheld(*field) || is_demanded(agreement, path))
    return refuse(Why::field_invalid, "field", "every application needs it: it cannot be kept at home");
  return {};
}

}  // namespace

bool holds_back(Narrowing const& narrowing) { return narrowing.state == "in_force" || narrowing.state == "lifting"; }

int whitelist_version(std::vector<Narrowing> const& known) {
  int version = 1;
  for (auto const& one : known) version = std::max({version, one.number, one.lifted_number});
  return version;
}

bool may_be_narrowed(agreements::Agreement const& agreement, forms::Form const& form, std::string_view field) {
  return check_field(agreement, form, field).has_value();
}

Result<Narrowing> decide_narrowing(access::Viewer const& viewer, agreements::Agreement const& agreement, forms::Form const& form,
                                   std::string_view field, std::string_view reason, std::vector<Narrowing> const& known,
                                   Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto const& parties = agreement.parties;
  if (std::find(parties.begin(), parties.end(), viewer.party_code) == parties.end())
    return refuse(Why::agreement_does_not_apply, "agreement", "your State is no party: it sends nothing under this agreement");
  if (auto may_be = check_field(agreement, form, field); !may_be) return tl::unexpected(may_be.error());
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  bool const there = std::any_of(known.begin(), known.end(), [&](auto const& one) {
    return one.field == field && one.state != "lifted" && one.state != "withdrawn";
  });
  if (there) return refuse(Why::already_exists, "field", "it is kept at home or proposed already");
  Narrowing made;
  made.id = make_uuid(now);
  made.party = viewer.party;
  made.agreement = agreement.code;
  made.field = field;
  made.reason = reason;
  made.state = "proposed";
  made.proposed_by = viewer.user;
  made.proposed_at = now;
  return made;
}

Result<Narrowing> decide_narrowing_countersignature(access::Viewer const& viewer, Narrowing const& before,
                                                    std::vector<Narrowing> const& known, Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  bool const lifts = before.state == "lifting";
  if (before.state != "proposed" && !lifts) return refuse(Why::wrong_step, {}, "nothing waits for a second signature");
  if ((lifts ? before.lift_proposed_by : before.proposed_by) == viewer.user)
    return refuse(Why::same_person, {}, "another administrator of your State must decide the same");
  auto after = before;
  auto const number = whitelist_version(known) + 1;
  after.state = lifts ? "lifted" : "in_force";
  (lifts ? after.lifted_by : after.countersigned_by) = viewer.user;
  (lifts ? after.lifted_at : after.countersigned_at) = now;
  (lifts ? after.lifted_number : after.number) = number;
  return after;
}

Result<Narrowing> decide_narrowing_end(access::Viewer const& viewer, Narrowing const& before, std::string_view reason,
                                       Instant now) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  if (before.state == "lifted" || before.state == "withdrawn") return refuse(Why::wrong_step, {}, "it is over already");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  if (before.state == "lifting") {
    // The field goes on staying at home: who thinks better of a lifting needs nobody else.
    after.state = "in_force";
    after.lift_reason.clear();
    after.lift_proposed_by = {};
    after.lift_proposed_at.reset();
    return after;
  }
  after.state = before.state == "proposed" ? "withdrawn" : "lifting";
  after.lift_reason = reason;
  after.lift_proposed_by = viewer.user;
  after.lift_proposed_at = now;
  return after;
}

}  // namespace rcms::agreement_desk
