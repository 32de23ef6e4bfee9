#include "capabilities/case_files/api.hpp"
#include "capabilities/safeguards/api.hpp"

#include <fmt/format.h>

#include "capabilities/safeguards/present.hpp"
#include "foundation/base/text.hpp"

namespace rcms::safeguarding {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

using FileReply = Answer<Reply<SafeguardFileView>>;

FileReply answer_with(Context const& context, Request const& request, Result<CaseFile> const& file) {
  if (!file) return tl::unexpected(http::Problem(file.error()));
  return Reply<SafeguardFileView>(present_safeguards(context, request.viewer, *file), 0, file->revision);
}

/// The act of the handler on the case of the path.
template <class Act>
FileReply on_case(Context const& context, Request const& request, Act act) {
  auto const id = request.id<CaseId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  return answer_with(context, request, act(*id));
}

std::string text_of(std::optional<http::TextBlock<2000>> const& block) { return block ? block->value : std::string(); }

/// "ms.case id" of the last row of a page.
std::optional<QueueFilter> read_cursor(std::string const& cursor) {
  QueueFilter filter;
  if (cursor.empty()) return filter;
  auto const dot = cursor.find('.');
  auto const id = dot == std::string::npos ? std::nullopt : CaseId::parse(cursor.substr(dot + 1));
  auto const number = cursor.substr(0, dot);
  if (!id || number.empty() || number.size() > 15 || number.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  filter.after = std::stoll(number);
  filter.after_id = *id;
  return filter;
}

/// Whether the viewer takes a step for which the safeguards of this stage must be closed.
bool takes_step_of(workflow::Process const& process, access::Viewer const& viewer, std::string_view stage) {
  return std::any_of(process.actions.begin(), process.actions.end(), [&](auto const& action) {
    return action.by == workflow::By::person && action.gates == stage && viewer.may(action.permission);
  });
}

http::Problem wrong(Why why, char const* field, char const* remedy) {
  return http::Problem(Refused{why, field, remedy, {}});
}

Answer<http::Page<SafeguardRowView>> list_rows(Context const& context, Request const& request) {
  auto const& viewer = request.viewer;
  auto filter = read_cursor(request.text("cursor").value_or(""));
  if (!filter) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "cursor", {}, {}}));
  filter->gate = request.text("gate").value_or("");
  auto const* gate = safeguards::find_gate(context.norms.gates, filter->gate);
  if (!filter->gate.empty() && gate == nullptr) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "gate", {}, {}}));
  filter->stage = request.text("stage").value_or("");
  if (!filter->stage.empty() && gate != nullptr)
    return tl::unexpected(wrong(Why::field_invalid, "stage", "name a safeguard or a step, not both"));
  http::Page<SafeguardRowView> page;
  filter->reference = upper_ascii(tidy_text(request.text("reference").value_or("")));
  if (!filter->reference.empty()) {
    // Whoever has a reference in the hand finds its file, when it is one that they may see at all.
    for (auto const& row : list_queue(context.database, viewer.party, *filter, 1)) {
      if (find_visible(context, viewer, row.id)) page.items.push_back(present_row(context, viewer, row));
    }
    return page;
  }
  if (!viewer.may("case.read")) {
    // Bodies outside see the files that wait for a gate or a step of theirs, guardians their wards.
    bool const mine = (gate != nullptr && may_decide(*gate, viewer, "closed")) ||
                      (!filter->stage.empty() && takes_step_of(context.norms.process, viewer, filter->stage));
    bool const guards = std::find(viewer.roles.begin(), viewer.roles.end(), "guardian") != viewer.roles.end();
    if (guards && filter->stage.empty()) filter->guardian = viewer.user;
    else if (!mine)
      return tl::unexpected(wrong(Why::field_missing, "gate", "name a gate that you decide, or a step that you take"));
  }
  auto const limit = static_cast<int>(request.integer("limit").value_or(25));
  auto rows = list_queue(context.database, viewer.party, *filter, limit);
  if (static_cast<int>(rows.size()) > limit) {
    rows.resize(static_cast<std::size_t>(limit));
    page.next = fmt::format("{}.{}", rows.back().open_since.ms, rows.back().id.value);
  }
  for (auto const& row : rows) page.items.push_back(present_row(context, viewer, row));
  return page;
}

void add_queue_routes(http::Routes& routes, Context const& context, Registers const& registers) {
  routes.add(http::get("/api/safeguards")
                 .named("list_open_safeguards")
                 .saying("Files with open safeguards, the longest open first")
                 .permission("safeguard.read")
                 .query(http::text_parameter("gate",
                                             "Only files on which this safeguard is open; needed by those who read no files.", 3))
                 .query(http::text_parameter("stage", "Only files whose next step is of this stage, the oldest first, whether a "
                                                      "safeguard is open or not; for those who take that step.", 40))
                 .query(http::text_parameter("reference", "Only the file with this reference, whatever is open on it.", 40))
                 .paged()
                 .refuses({Why::field_invalid, Why::field_missing})
                 .reads_personal_data()
                 .output<http::Page<SafeguardRowView>>()
                 .handler([&context](Request const& request) { return list_rows(context, request); }));
  routes.add(http::get("/api/safeguards/counts")
                 .named("count_open_safeguards")
                 .saying("How many files wait for each safeguard, and since when")
                 .permission("safeguard.read")
                 .output<QueueCountsView>()
                 .handler([&context](Request const& request) -> Result<QueueCountsView> {
                   return present_counts(context, request.viewer);
                 }));
  routes.add(http::get("/api/safeguards/register")
                 .named("read_status_register")
                 .saying("Whether the register of status answers, and how old its answer is")
                 .permission("safeguard.read")
                 .output<RegisterView>()
                 .handler([&context, &registers](Request const& request) -> Result<RegisterView> {
                   return present_register(context, registers.find(request.viewer.party));
                 }));
  routes.add(http::get("/api/safeguards/{id}")
                 .named("read_safeguards")
                 .saying("The safeguards of one case: what is open, what is missing, who can close it")
                 .permission("safeguard.read")
                 .reads_personal_data()
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) -> Result<CaseFile> {
                     auto file = find_visible(context, request.viewer, id);
                     if (!file) return refuse(Why::not_found);
                     return std::move(*file);
                   });
                 }));
  routes.add(http::get("/api/safeguards/{id}/gates/{gate}/history")
                 .named("read_safeguard_history")
                 .saying("Every decision on one safeguard of a case")
                 .permission("safeguard.read")
                 .reads_personal_data()
                 .output<GateHistoryView>()
                 .handler([&context](Request const& request) -> Result<GateHistoryView> {
                   auto const id = request.id<CaseId>("id");
                   auto const* gate = safeguards::find_gate(context.norms.gates, request.path_value("gate"));
                   auto const file = id ? find_visible(context, request.viewer, *id) : std::nullopt;
                   if (!file || gate == nullptr) return refuse(Why::not_found);
                   return present_history(context, request.viewer, *file, *gate);
                 }));
}

void add_gate_routes(http::Routes& routes, Context const& context) {
  routes.add(http::put("/api/safeguards/{id}/gates/{gate}")
                 .named("decide_safeguard")
                 .saying("Decide a safeguard at its desk")
                 .permission("safeguard.read")
                 .refuses({Why::wrong_step, Why::same_person, Why::reason_missing, Why::field_missing, Why::field_invalid,
                           Why::stale_revision})
                 .input<SafeguardInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](SafeguardInput const& input, Request const& request) -> FileReply {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   auto file = decide_gate(
                       context, request.viewer, *id,
                       {request.path_value("gate"), input.status.value, input.evidence, text_of(input.reason)}, request.if_match);
                   if (!file) return http::refuse_all(std::move(file.error()));
                   return answer_with(context, request, std::move(*file));
                 }));
  routes.add(http::post("/api/safeguards/{id}/gates/{gate}/overrides")
                 .named("sign_override")
                 .saying("Sign the override of a safeguard; two persons of two bodies are needed")
                 .permission("safeguard.override")
                 .refuses({Why::wrong_step, Why::same_person, Why::reason_missing, Why::stale_revision})
                 .input<SafeguardReasonInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](SafeguardReasonInput const& input, Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return sign_override(context, request.viewer, id, request.path_value("gate"), input.reason.value,
                                          request.if_match);
                   });
                 }));
  routes.add(http::post("/api/safeguards/{id}/gates/{gate}/withdrawal")
                 .named("withdraw_consent")
                 .saying("Record that a consent was taken back; what depended on it stops")
                 .permission("safeguard.read")
                 .refuses({Why::wrong_step, Why::stale_revision})
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return withdraw_consent(context, request.viewer, id, request.path_value("gate"), request.if_match);
                   });
                 }));
}

BulkClosingView close_several(Context const& context, Sentences const& sentences, Request const& request,
                              ClosedInBulk const& closed) {
  BulkClosingView view{closed.done, {}};
  auto const& language = request.viewer.language;
  for (auto const& one : closed.refused) {
    view.refused.push_back({one.id, one.reference, std::string(name_of(one.refused.why)),
                            case_files::refusal_words(context.labels, sentences, language, one.refused)});
  }
  return view;
}

void add_bulk_route(http::Routes& routes, Context const& context, Sentences const& sentences) {
  routes.add(http::post("/api/safeguards/gates/{gate}/closings")
                 .named("close_safeguard_in_bulk")
                 .saying("Close one safeguard for several files with one paper; each by itself, a refusal holds back no other")
                 .permission("safeguard.read")
                 .refuses({Why::wrong_step, Why::reason_missing})
                 .input<BulkClosingInput>()
                 .output<BulkClosingView>()
                 .handler([&context, &sentences](BulkClosingInput const& input,
                                                 Request const& request) -> Result<BulkClosingView> {
                   auto const closed = close_in_bulk(
                       context, request.viewer,
                       {request.path_value("gate"), "closed", input.evidence, input.reason.value}, input.ids);
                   if (!closed) return tl::unexpected(closed.error());
                   return close_several(context, sentences, request, *closed);
                 }));
}

/// What stops a case from outside: the person's word, the register's.
void add_stopping_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/safeguards/{id}/contact-refusal")
                 .named("refuse_contact")
                 .saying("Record that the person refuses contact on protection grounds; the case stops")
                 .permission("safeguard.read")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .input<SafeguardReasonInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](SafeguardReasonInput const& input, Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return refuse_contact(context, request.viewer, id, input.reason.value, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/safeguards/{id}/status-check")
                 .named("check_status")
                 .saying("Ask the register of status now")
                 .permission("case.screen")
                 .refuses({Why::unavailable, Why::wrong_step})
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) -> Result<CaseFile> {
                     if (!find_visible(context, request.viewer, id)) return refuse(Why::not_found);
                     auto const renewed = context.renew_status ? context.renew_status(request.viewer.party, id)
                                                               : case_files::Renewed::no_register;
                     if (renewed == case_files::Renewed::no_register)
                       return refuse(Why::wrong_step, "register", "this State has connected no register: an officer attests");
                     if (renewed == case_files::Renewed::silent)
                       return refuse(Why::unavailable, "register", "the register does not answer; nothing was changed");
                     return *case_files::find_case_file(context.database, request.viewer.party, case_files::Side::requesting, id);
                   });
                 }));
}

void add_family_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/safeguards/families")
                 .named("group_family")
                 .saying("Say that cases belong to one family; they leave together")
                 .permission("safeguard.family")
                 .refuses({Why::field_invalid, Why::wrong_step})
                 .status(201)
                 .input<FamilyInput>()
                 .output<FamilyView>()
                 .handler([&context](FamilyInput const& input, Request const& request) -> Result<FamilyView> {
                   std::vector<CaseId> cases;
                   for (auto const& text : input.cases) {
                     auto const id = CaseId::parse(text);
                     if (!id) return refuse(Why::not_found, "cases");
                     cases.push_back(*id);
                   }
                   auto const family = group_family(context, request.viewer, cases);
                   if (!family) return tl::unexpected(family.error());
                   return FamilyView{*family};
                 }));
  routes.add(http::post("/api/safeguards/{id}/family-exception")
                 .named("ask_family_exception")
                 .saying("Ask that one of a family may be separated, with reasons")
                 .permission("safeguard.family")
                 .refuses({Why::wrong_step, Why::reason_missing})
                 .input<SafeguardReasonInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](SafeguardReasonInput const& input, Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return ask_exception(context, request.viewer, id, input.reason.value);
                   });
                 }));
  routes.add(http::post("/api/safeguards/{id}/family-exception/review")
                 .named("review_family_exception")
                 .saying("Review an exception to family unity, by another person")
                 .permission("case.confirm")
                 .refuses({Why::wrong_step, Why::same_person, Why::reason_missing})
                 .input<ReviewInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](ReviewInput const& input, Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return review_exception(context, request.viewer, id, input.granted, input.reason.value);
                   });
                 }));
}

void add_departure_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/cases/{id}/presentation")
                 .named("present_for_interview")
                 .saying("Present the person for the interview")
                 .permission("case.edit")
                 .refuses({Why::wrong_step, Why::gate_open, Why::stale_revision})
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return present_for_interview(context, request.viewer, id, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/cases/{id}/transfer-plan")
                 .named("plan_transfer")
                 .saying("Plan when the person leaves")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::gate_open, Why::field_invalid, Why::limit_reached, Why::stale_revision})
                 .input<TransferPlanInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](TransferPlanInput const& input, Request const& request) {
                   PlanInput const plan{input.departs_at, input.charter.value_or(false), input.place ? input.place->value : ""};
                   return on_case(context, request, [&](CaseId const& id) {
                     return plan_transfer(context, request.viewer, id, plan, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/cases/{id}/postponement")
                 .named("postpone_transfer")
                 .saying("Take back the plan of a transfer")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .input<SafeguardReasonInput>()
                 .output<SafeguardFileView>()
                 .handler([&context](SafeguardReasonInput const& input, Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return postpone_transfer(context, request.viewer, id, input.reason.value, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/cases/{id}/departure-check")
                 .named("check_departure")
                 .saying("Check every safeguard again, in the hours before the departure")
                 .permission("case.screen")
                 .refuses({Why::wrong_step, Why::same_person, Why::gate_open, Why::stale_revision})
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request, [&](CaseId const& id) {
                     return check_departure(context, request.viewer, id, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/cases/{id}/departure")
                 .named("depart")
                 .saying("Record that the person, and all of their family, leave now")
                 .permission("case.transfer")
                 .refuses({Why::wrong_step, Why::same_person, Why::gate_open, Why::stale_revision})
                 .output<SafeguardFileView>()
                 .handler([&context](Request const& request) {
                   return on_case(context, request,
                                  [&](CaseId const& id) { return depart(context, request.viewer, id, request.if_match); });
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context, Registers const& registers, Sentences const& sentences) {
  add_queue_routes(routes, context, registers);
  add_gate_routes(routes, context);
  add_bulk_route(routes, context, sentences);
  add_stopping_routes(routes, context);
  add_family_routes(routes, context);
  add_departure_routes(routes, context);
}

}  // namespace rcms::safeguarding
