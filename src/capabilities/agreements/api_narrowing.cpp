// What leaves under an agreement, and what the viewer's State keeps at home of it.
#include <algorithm>

#include "capabilities/agreements/api.hpp"
#include "capabilities/agreements/narrowing_acts.hpp"
#include "capabilities/agreements/narrowing_store.hpp"
#include "capabilities/agreements/present.hpp"
#include "capabilities/agreements/view_narrowing.hpp"
#include "foundation/access/store.hpp"
#include "norms/forms/presentation.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::agreement_desk {

namespace {

using http::Reply;
using http::Request;

std::optional<std::int64_t> number_or_none(int number) {
  if (number == 0) return std::nullopt;
  return number;
}

std::string section_label(Context const& context, std::string_view language, std::string_view path) {
  return context.files.labels.text(language, "forms." + std::string(path.substr(0, path.find('.'))));
}

NarrowingView present_narrowing(Context const& context, access::Viewer const& viewer, Narrowing const& one) {
  NarrowingView view;
  view.id = one.id;
  view.agreement = one.agreement;
  view.field = one.field;
  view.label = forms::field_label(context.files.norms.application_form, context.files.labels, viewer.language, one.field);
  view.section = section_label(context, viewer.language, one.field);
  view.reason = one.reason;
  view.state = one.state;
  view.proposed_by = user_name(context, viewer, one.proposed_by);
  view.own = viewer.user == (one.state == "lifting" ? one.lift_proposed_by : one.proposed_by);
  view.proposed_at = one.proposed_at;
  view.countersigned_by = optional_text(user_name(context, viewer, one.countersigned_by));
  view.countersigned_at = one.countersigned_at;
  view.number = number_or_none(one.number);
  view.lift_reason = optional_text(one.lift_reason);
  view.lift_proposed_by = optional_text(user_name(context, viewer, one.lift_proposed_by));
  view.lift_proposed_at = one.lift_proposed_at;
  view.lifted_by = optional_text(user_name(context, viewer, one.lifted_by));
  view.lifted_at = one.lifted_at;
  view.lifted_number = number_or_none(one.lifted_number);
  return view;
}

std::string rule_of(forms::Field const& field, std::string const& path, std::set<std::string, std::less<>> const& agreed,
                    std::set<std::string, std::less<>> const& withheld) {
  if (field.share == forms::Share::never) return "never";
  if (field.share == forms::Share::agreement && !agreed.contains(path)) return "never";
  if (withheld.contains(path)) return "withheld";
  return field.share == forms::Share::consent ? "consent" : "leaves";
}

Result<WhitelistView> present_whitelist(Context const& context, Request const& request) {
  auto const& viewer = request.viewer;
  auto const* agreement = context.files.norms.find_agreement(request.path_value("code"), {}, viewer.party_code);
  if (agreement == nullptr) return refuse(Why::not_found);
  auto const known = list_narrowings(context.files.database, viewer.party, agreement->code);
  WhitelistView view;
  view.agreement = agreement->code;
  view.version = whitelist_version(known);
  view.party = std::find(agreement->parties.begin(), agreement->parties.end(), viewer.party_code) != agreement->parties.end();
  auto const agreed = agreements::agreed_fields_of(*agreement);
  std::set<std::string, std::less<>> withheld;
  for (auto const& one : known) {
    if (holds_back(one)) withheld.insert(one.field);
  }
  auto const& form = context.files.norms.application_form;
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) {
      auto const path = section.code + "." + field.code;
      LeavingFieldView line{path, forms::field_label(form, context.files.labels, request.language, path),
                            section_label(context, request.language, path), rule_of(field, path, agreed, withheld), false};
      bool const waits = std::any_of(known.begin(), known.end(),
                                     [&](auto const& one) { return one.field == path && one.state == "proposed"; });
      line.may_narrow = view.party && !waits && may_be_narrowed(*agreement, form, path) && line.rule != "withheld";
      view.fields.push_back(std::move(line));
    }
  }
  for (auto one = known.rbegin(); one != known.rend(); ++one)
    view.narrowings.push_back(present_narrowing(context, viewer, *one));
  return view;
}

}  // namespace

void add_narrowing_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreements/{code}/whitelist")
                 .named("read_whitelist")
                 .saying("Which fields leave under this agreement, and what your State keeps at home of them.")
                 .signed_in()
                 .output<WhitelistView>()
                 .handler([&context](Request const& request) { return present_whitelist(context, request); }));
  routes.add(http::post("/api/agreements/{code}/narrowings")
                 .named("propose_narrowing")
                 .saying("Keep a field at home under this agreement, with the reason. A second administrator must countersign.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::field_invalid, Why::wrong_step, Why::reason_missing, Why::already_exists,
                           Why::agreement_does_not_apply})
                 .status(201)
                 .input<NarrowingInput>()
                 .output<NarrowingView>()
                 .handler([&context](NarrowingInput const& input, Request const& request) -> Result<Reply<NarrowingView>> {
                   auto const made = propose_narrowing(context, request.viewer, request.path_value("code"), input.field.value,
                                                       input.reason.value);
                   if (!made) return tl::unexpected(made.error());
                   return Reply<NarrowingView>(present_narrowing(context, request.viewer, *made), 201, made->revision);
                 }));
  routes.add(http::post("/api/agreement-narrowings/{id}/countersignature")
                 .named("countersign_narrowing")
                 .saying("You decide the same: from now on the field stays at home, or leaves again. Not by who proposed it.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::wrong_step, Why::same_person})
                 .output<NarrowingView>()
                 .handler([&context](Request const& request) -> Result<Reply<NarrowingView>> {
                   auto const after = countersign_narrowing(context, request.viewer, request.path_value("id"));
                   if (!after) return tl::unexpected(after.error());
                   return Reply<NarrowingView>(present_narrowing(context, request.viewer, *after), 0, after->revision);
                 }));
  routes.add(http::post("/api/agreement-narrowings/{id}/end")
                 .named("end_narrowing")
                 .saying("Let the field leave again, with the reason. What is in force ends when a second person countersigns.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::wrong_step, Why::reason_missing})
                 .input<NarrowingEndInput>()
                 .output<NarrowingView>()
                 .handler([&context](NarrowingEndInput const& input, Request const& request) -> Result<Reply<NarrowingView>> {
                   auto const after = end_narrowing(context, request.viewer, request.path_value("id"), input.reason.value);
                   if (!after) return tl::unexpected(after.error());
                   return Reply<NarrowingView>(present_narrowing(context, request.viewer, *after), 0, after->revision);
                 }));
}

}  // namespace rcms::agreement_desk
