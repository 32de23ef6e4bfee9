#include "stories/rules_world.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/waiting.hpp"
#include "capabilities/case_files/write_decision.hpp"
#include "norms/forms/content.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::stories {

namespace json = boost::json;
using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

constexpr std::string_view release_stage = "application";
case_files::CaseParties const parties{"XAR", "UTO"};

Side other(Side side) { return side == Side::requesting ? Side::requested : Side::requesting; }
Side side_of_party(std::string_view party) { return party == parties.requesting ? Side::requesting : Side::requested; }
std::string code_of(Side side) { return side == Side::requesting ? parties.requesting : parties.requested; }
Space& space_of(SharedCase& shared, Side side) { return side == Side::requesting ? shared.requesting : shared.requested; }

/// The defect that is told when there are several: as the server does.
tl::unexpected<Refused> first_of(Findings const& findings) {
  return tl::unexpected(
      *std::min_element(findings.begin(), findings.end(), [](auto const& a, auto const& b) { return a.why < b.why; }));
}

std::string reason_of(Line const& line) { return line.word("reason"); }

}  // namespace

RulesWorld::RulesWorld(case_files::Norms const& norms, std::vector<Person> people, std::string agreement)
    : norms_(norms), people_(std::move(people)), agreement_(std::move(agreement)) {}

void RulesWorld::set_day(Date day) {
  auto const noon = Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000};
  now_ = std::max(noon, now_.plus_ms(60'000));
  today_ = day;
}

access::Viewer RulesWorld::viewer_of(std::string_view login) const {
  auto const person = std::find_if(people_.begin(), people_.end(), [&](auto const& one) { return one.login == login; });
  if (person == people_.end()) throw std::runtime_error("nobody of people.txt is named " + std::string(login));
  access::Viewer viewer;
  viewer.user = UserId{person->login};
  viewer.party = PartyId{person->party};
  viewer.party_code = person->party;
  viewer.organisation = OrganisationId{person->organisation};
  viewer.roles = person->roles;
  viewer.permissions = permissions::permissions_of(norms_.roles, person->roles);
  return viewer;
}

Outcome RulesWorld::act(Line const& line) {
  if (line.day != today_) set_day(line.day);
  now_ = now_.plus_ms(60'000);
  Outcome outcome;
  if (line.login == "clock") {
    if (line.act != "tick") throw std::runtime_error(line.place() + ": the clock only ticks");
    end_terms();
    return outcome;
  }
  auto& shared = cases_[line.application];
  Acting const acting{line, viewer_of(line.login)};
  auto const side = side_of_party(line.party);
  if (acting.viewer.party_code != line.party)
    throw std::runtime_error(line.place() + ": " + line.login + " works for another State");
  Done done;
  if (line.act != "create" && !space_of(shared, side).file) done = refuse(Why::not_found);
  else if (line.act == "sees") done = {};
  else done = side == Side::requesting ? act_requesting(acting, shared) : act_requested(acting, shared);
  if (!done) {
    outcome.refused = name_of(done.error().why);
    outcome.detail = done.error().field + " " + done.error().detail;
    return outcome;
  }
  if (!post_waits) deliver_all(shared);
  carry_prints(shared);
  auto const& space = space_of(shared, side);
  outcome.state = space.file->state;
  for (auto const& deadline : space.deadlines) {
    if (deadline.state == "open" || deadline.state == "paused")
      outcome.due[deadline.kind] = deadline.state == "open" ? deadline.due_on->text() : "paused";
  }
  if (space.file->hold) outcome.due["hold"] = space.file->hold->until;
  if (!space.file->tell_on.empty()) outcome.due["waiting"] = space.file->tell_on;
  if (line.expected && !line.expected->evidence_of.empty()) read_evidence(*space.file, outcome);
  return outcome;
}

void RulesWorld::read_evidence(CaseFile const& file, Outcome& outcome) const {
  json::value const content(file.content);
  auto const conditions = forms::derive_conditions(content, parties.requested, today_);
  auto const shown =
      agreements::check_completeness(norms_.agreements.at(file.agreement), content, {parties.requested, conditions},
                                     agreements::day_that_counts(file.submitted_on, today_), case_files::list_found_false(file));
  for (auto const purpose : agreements::list_purposes(conditions)) {
    auto const& result = purpose == "nationality" ? shown.nationality : shown.third_country;
    outcome.evidence[std::string(purpose)] =
        std::string(name_of(agreements::running_result(result))) + " " + std::string(agreements::sufficiency_of(result));
  }
}

RulesWorld::Done RulesWorld::act_requesting(Acting const& acting, SharedCase& shared) {
  auto const& act = acting.line.act;
  if (act == "create") return create(acting, shared);
  auto const& file = *shared.requesting.file;
  if (act == "edit") return edit(acting, shared);
  if (act == "send_to_screening") return screen(acting, shared);
  if (act == "close_gates") return close_gates(acting, shared);
  if (act == "decide_gate") {
    auto const* gate = safeguards::find_gate(norms_.gates, acting.line.word("gate"));
    if (gate == nullptr) return refuse(Why::not_found, "gate");
    return decide_gate(acting, shared, *gate, acting.line.has("status") ? acting.line.word("status") : "closed");
  }
  if (act == "close_in_bulk") return close_in_bulk(acting, shared);
  if (act == "release") return release(acting, shared);
  static std::set<std::string, std::less<>> const desks = {"override_gate",   "withdraw_consent",     "refuse_contact",
                                                           "group_family",    "ask_family_exception", "review_family_exception",
                                                           "check_status",    "permit"};
  if (desks.contains(act)) return act_on_safeguards(acting, shared);
  static std::set<std::string, std::less<>> const departure = {"present_for_interview", "plan_transfer", "postpone_transfer",
                                                               "check_departure", "depart"};
  if (departure.contains(act)) return act_on_departure(acting, shared);
  if (auto const done = act_at_desk(acting, shared, Side::requesting)) return *done;
  if (auto const done = act_on_prints(acting, shared, Side::requesting)) return *done;
  if (act == "answer") return answer(acting, shared);
  if (act == "correct") return correct(acting, shared);
  if (act == "confirm") return confirm(acting, shared);
  if (act == "withdraw") {
    return apply(shared, Side::requesting,
                 casework::decide_withdrawal(norms_.process, file, acting.viewer, reason_of(acting.line), now_, today_));
  }
  return apply(shared, Side::requesting,
               case_files::take_step(norms_.process, file, act, acting.viewer, reason_of(acting.line), now_));
}

RulesWorld::Done RulesWorld::act_requested(Acting const& acting, SharedCase& shared) {
  auto const& act = acting.line.act;
  auto const& file = *shared.requested.file;
  auto const& viewer = acting.viewer;
  if (act == "acknowledge") {
    return apply(shared, Side::requested, applications::decide_acknowledgement(norms_.process, file, viewer, now_, today_));
  }
  if (auto const done = act_at_desk(acting, shared, Side::requested)) return *done;
  if (auto const done = act_on_prints(acting, shared, Side::requested)) return *done;
  if (act == "declare_complete") {
    return apply(shared, Side::requested, applications::decide_completeness(norms_.process, file, viewer, now_, today_));
  }
  if (act == "assess") {
    auto const& line = acting.line;
    auto const of = line.has("of") ? line.word("of") : "nationality";
    applications::EvidenceFinding const finding{of, std::stoul(line.word("document")), line.word("finding") == "false"};
    return apply(shared, Side::requested,
                 applications::decide_assessment(norms_.process, file, finding, viewer, reason_of(line), now_));
  }
  if (act == "request_documents") return request_documents(acting, shared);
  if (act == "extend") return extend(acting, shared);
  if (act == "reply") return reply(acting, shared);
  if (act == "open_task") return open_task(acting, shared);
  if (act == "complete_task") return complete_task(acting, shared);
  if (auto const done = act_on_documents(acting, shared)) return *done;
  return apply(shared, Side::requested, case_files::take_step(norms_.process, file, act, viewer, reason_of(acting.line), now_));
}

RulesWorld::Done RulesWorld::create(Acting const& acting, SharedCase& shared) {
  auto const content = forms::normalise_content(norms_.application_form, sample_content(acting.line));
  auto const conditions = forms::derive_conditions(content, parties.requested, today_);
  auto const findings =
      forms::check_content(norms_.application_form, norms_.codes, content, conditions, forms::Demand::draft, today_);
  CaseFile file;
  file.party = acting.viewer.party;
  file.partner = PartyId{code_of(other(side_of_party(acting.viewer.party_code)))};
  file.id = CaseId::make(now_);
  file.agreement = agreement_;
  file.author = acting.viewer.user;
  file.owner = acting.viewer.user;
  file.reference = acting.viewer.party_code + "-" + std::to_string(acting.line.application);
  file.created_at = now_;
  file.content = content.as_object();
  auto decision = case_files::take_first_step(norms_.process, std::move(file), "create", acting.viewer);
  if (decision && !findings.empty()) return first_of(findings);
  return apply(shared, Side::requesting, std::move(decision));
}

RulesWorld::Done RulesWorld::edit(Acting const& acting, SharedCase& shared) {
  auto content = shared.requesting.file->content;
  change_content(content, acting.line);
  auto const tidy = forms::normalise_content(norms_.application_form, content);
  auto const conditions = forms::derive_conditions(tidy, parties.requested, today_);
  auto const findings =
      forms::check_content(norms_.application_form, norms_.codes, tidy, conditions, forms::Demand::draft, today_);
  auto decision = casework::decide_edit(norms_.process, *shared.requesting.file, tidy.as_object(), acting.viewer, now_);
  if (decision && !findings.empty()) return first_of(findings);
  return apply(shared, Side::requesting, std::move(decision));
}

RulesWorld::Done RulesWorld::screen(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requesting;
  auto findings = list_missing(space);
  if (auto const is_new = casework::check_new_evidence(*space.file, build_package(space).form); !is_new)
    findings.push_back(is_new.error());
  return apply(shared, Side::requesting, casework::decide_screening(norms_.process, *space.file, findings, acting.viewer, now_));
}

std::vector<safeguards::Decision> RulesWorld::decisions_of(Space const& space) const {
  std::vector<safeguards::Decision> decisions;
  for (auto const& [code, stored] : space.gates) {
    safeguards::Decision decision;
    decision.gate = code;
    decision.status = safeguards::parse_status(stored.status).value_or(safeguards::Status::failed);
    decision.decided_on = date_in_zone(stored.decided_at, "UTC");
    decision.decided_at = stored.decided_at;
    decision.actor = stored.decided_by.value;
    decision.evidence = stored.evidence;
    decision.reason = stored.reason;
    decisions.push_back(std::move(decision));
  }
  for (auto const& [gate, signature] : space.signatures) {
    auto found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& one) { return one.gate == gate; });
    if (found == decisions.end()) {
      decisions.emplace_back();
      decisions.back().gate = gate;
      decisions.back().status = safeguards::Status::open;
      found = std::prev(decisions.end());
    }
    found->overrides.push_back(signature);
  }
  return decisions;
}

safeguarding::Given RulesWorld::given_of(Space const& space) const {
  safeguarding::Given given;
  given.requested_state = parties.requested;
  given.family.id = space.family;
  for (auto const& [number, shared] : cases_) {
    auto const& other = shared.requesting;
    bool const same = other.file && (other.file->id == space.file->id || (!space.family.empty() && other.family == space.family));
    if (!same) continue;
    auto const plan = safeguarding::find_plan(*other.file);
    auto const state = case_files::find_event(*other.file, "departure") ? std::string("departed") : other.file->state;
    given.family.members.push_back({other.file->id, state, plan ? std::optional(plan->departs_at) : std::nullopt,
                                    other.exception == "granted"});
  }
  return given;
}

std::vector<safeguards::OpenGate> RulesWorld::list_open(Space const& space, std::string_view stage) const {
  auto const decisions = decisions_of(space);
  auto const conditions =
      safeguarding::conditions_of(*space.file, norms_.gates, decisions, given_of(space), stage, moment());
  return safeguards::list_open_gates(norms_.gates, decisions, conditions, stage, moment());
}

forms::Conditions RulesWorld::conditions_of(Space const& space) const {
  auto conditions = forms::derive_conditions(space.file->content, parties.requested, today_);
  conditions.merge(safeguards::granted_conditions(norms_.gates, decisions_of(space), moment()));
  return conditions;
}

Findings RulesWorld::list_missing(Space const& space) const {
  auto content = space.file->content;
  // What the system fills in when the package is built.
  content["header"] = json::object{{"requesting_authority", parties.requesting},
                                   {"requested_authority", parties.requested},
                                   {"reference", space.file->reference},
                                   {"place_date", json::object{{"date", today_.text()}}}};
  auto conditions = conditions_of(space);
  conditions.insert("release");
  return forms::check_content(norms_.application_form, norms_.codes, content, conditions, forms::Demand::complete, today_);
}

std::vector<std::string> RulesWorld::list_open_gates(Space const& space) const {
  std::vector<std::string> open;
  for (auto const& gate : list_open(space, release_stage)) {
    if (gate.blocks) open.push_back(gate.gate->code);
  }
  return open;
}

RulesWorld::Done RulesWorld::close_gates(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requesting;
  auto const& next = safeguarding::next_stage(norms_.process, *space.file);
  std::string const stage = next.empty() ? std::string(release_stage) : next;
  auto const conditions =
      safeguarding::conditions_of(*space.file, norms_.gates, decisions_of(space), given_of(space), stage, moment());
  bool mine = false;
  for (auto const& gate : norms_.gates) {
    bool const body = gate.bodies.empty() ||
                      std::find(gate.bodies.begin(), gate.bodies.end(), acting.viewer.organisation.value) != gate.bodies.end();
    if (!gate.is_asked_at(stage) || !gate.applies_under(conditions) || !safeguarding::may_decide(gate, acting.viewer, "closed") ||
        !body)
      continue;
    mine = true;
    if (auto done = decide_gate(acting, shared, gate, "closed"); !done) return done;
  }
  if (!mine) return refuse(Why::not_permitted, "gate");
  return {};
}

RulesWorld::Done RulesWorld::decide_gate(Acting const& acting, SharedCase& shared, safeguards::Gate const& gate,
                                         std::string const& status) {
  if (!safeguards::parse_status(status)) return refuse(Why::field_invalid, "status");
  case_files::GateDecision decided;
  decided.status = status;
  decided.reason = reason_of(acting.line);
  if (status == "closed") decided.evidence = plausible_evidence(gate, today_);
  safeguards::Decision checked;
  checked.gate = gate.code;
  checked.status = *safeguards::parse_status(status);
  checked.decided_on = today_;
  checked.decided_at = now_;
  checked.actor = acting.viewer.user.value;
  checked.evidence = decided.evidence;
  checked.reason = decided.reason;
  std::vector<safeguards::Act> acts;
  for (auto const& act : shared.requesting.file->acts) acts.push_back({act.action, act.actor});
  auto const defects = safeguards::check_decision(gate, checked, acts);
  auto const& space = shared.requesting;
  auto const conditions = safeguarding::conditions_of(*space.file, norms_.gates, decisions_of(space), given_of(space),
                                                      gate.stages.front(), moment());
  auto done = apply(shared, Side::requesting,
                    safeguarding::decide_gate(norms_.process, *space.file, gate, std::move(decided), defects,
                                              acting.viewer.organisation.value, conditions, acting.viewer, now_));
  if (done) (void)stop_if_open(shared);
  return done;
}

RulesWorld::Done RulesWorld::close_in_bulk(Acting const& acting, SharedCase& shared) {
  auto const* gate = safeguards::find_gate(norms_.gates, acting.line.word("gate"));
  if (auto may = safeguarding::check_in_bulk(gate, acting.viewer, reason_of(acting.line)); !may) return may;
  for (auto const& [name, value] : acting.line.words) {
    if (name == "with") (void)decide_gate(acting, cases_.at(std::stoi(value)), *gate, "closed");
  }
  return decide_gate(acting, shared, *gate, "closed");
}

std::vector<casework::WordFound> RulesWorld::scan(std::string const& place, std::string_view text) const {
  std::vector<casework::WordFound> words;
  for (auto const& hit : safeguards::scan_free_text(norms_.word_list, text)) words.push_back({place, hit.text});
  return words;
}

casework::Package RulesWorld::build_package(Space const& space) const {
  casework::Package package;
  auto const* agreement = agreements::find_agreement(norms_.agreements, space.file->agreement);
  package.form = forms::pick_shared(norms_.application_form, agreements::agreed_fields_of(*agreement), conditions_of(space),
                                    space.file->content);
  for (auto const& placed :
       safeguards::scan_content(norms_.word_list, json::value(package.form), forms::free_text_fields(norms_.application_form))) {
    package.words.push_back({placed.path, placed.hit.text});
  }
  return package;
}

RulesWorld::Done RulesWorld::release(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requesting;
  if (space.file->state == "screening") (void)ask_register(shared);
  return apply(shared, Side::requesting,
               casework::decide_release(norms_.process, *space.file, build_package(space),
                                        {list_missing(space), list_open_gates(space)}, acting.viewer, now_, today_));
}

RulesWorld::Done RulesWorld::correct(Acting const& acting, SharedCase& shared) {
  auto corrected = shared.requesting;
  change_content(corrected.file->content, acting.line);
  corrected.file->content =
      forms::normalise_content(norms_.application_form, json::value(corrected.file->content)).as_object();
  return apply(shared, Side::requesting,
               casework::decide_correction(norms_.process, *shared.requesting.file, corrected.file->content,
                                           build_package(corrected), build_package(shared.requesting).form,
                                           list_missing(corrected), acting.viewer, reason_of(acting.line), now_));
}

RulesWorld::Done RulesWorld::answer(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requesting;
  if (space.requests.empty()) return refuse(Why::not_found, "request");
  auto const& request = space.requests.back();
  casework::Package package;
  std::vector<casework::ItemAnswer> answers;
  for (auto const& item : request.items) {
    answers.push_back({item.item, acting.line.word("text"), {}});
    package.words = scan("items." + item.item, acting.line.word("text"));
  }
  return apply(shared, Side::requesting,
               casework::decide_answer(norms_.process, *space.file, request, answers, std::move(package), acting.viewer, now_));
}

RulesWorld::Done RulesWorld::confirm(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requesting;
  auto const term = case_files::find_reply_term(space.deadlines);
  return apply(shared, Side::requesting,
               casework::decide_confirmation(norms_.process, *space.file, acting.viewer, reason_of(acting.line),
                                             term ? term->source : "", term && term->due ? term->due->text() : "", now_));
}

RulesWorld::Done RulesWorld::extend(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requested;
  auto const term = case_files::find_reply_term(space.deadlines);
  auto const* agreement = agreements::find_agreement(norms_.agreements, space.file->agreement);
  int const days = std::stoi(acting.line.word("days"));
  Result<void> permitted = refuse(Why::wrong_step);
  if (term && agreement != nullptr) {
    permitted = agreements::check_extension(*agreement, *term, days, today_, Date::parse(space.file->submitted_on).value());
  }
  return apply(shared, Side::requested,
               applications::decide_extension(norms_.process, *space.file, permitted, days, term ? term->source : "",
                                              acting.viewer, reason_of(acting.line), now_));
}

RulesWorld::Done RulesWorld::request_documents(Acting const& acting, SharedCase& shared) {
  case_files::DocumentRequest request;
  request.id = make_uuid(now_);
  request.due_on = acting.line.word("until");
  auto const& line = acting.line;
  request.items.push_back({line.word("item"), line.word("language"), line.word("note"), {}, {}, false});
  if (line.has("enough")) request.items.back().any_of.push_back({line.word("enough"), line.word("paper")});
  request.items.back().count = line.has("enough") ? 1 : 0;
  return apply(shared, Side::requested,
               applications::decide_document_request(norms_.process, *shared.requested.file, std::move(request), acting.viewer,
                                                     now_, today_));
}

RulesWorld::Done RulesWorld::reply(Acting const& acting, SharedCase& shared) {
  auto const& space = shared.requested;
  applications::ReplyInput input;
  input.kind = acting.line.word("kind");
  input.note = acting.line.word("note");
  input.request_id = make_uuid(now_);
  if (acting.line.has("reason")) input.reasons.push_back({acting.line.word("reason"), {}});
  if (acting.line.has("item")) input.items.push_back({acting.line.word("item"), {}, {}, {}, {}, false});
  auto const term = case_files::find_reply_term(space.deadlines);
  return apply(
      shared, Side::requested,
      applications::decide_reply(norms_.process, *space.file, input, term ? term->due : std::nullopt, term ? term->source : "",
                                 case_files::agreed_conditions(norms_.agreements, *space.file), acting.viewer, now_, today_));
}

RulesWorld::Done RulesWorld::apply(SharedCase& shared, Side side, Result<Decision> decision) {
  if (!decision) return tl::unexpected(decision.error());
  auto& space = space_of(shared, side);
  auto& after = decision->after;
  after.changed_at = now_;
  after.person = case_files::summarise(after.content);
  case_files::keep_waiting(desks(side), space.file ? &*space.file : nullptr, after);
  if (space.file) after.revision = space.file->revision + 1;
  auto const changes = case_files::compare_deadlines(space.deadlines, case_files::plan_deadlines(law(), after, parties),
                                                     decision->missed_deadlines, today_, now_);
  after.next_due_on.clear();
  for (auto const* records : {&changes.open, &changes.overdue}) {
    for (auto const& record : *records) {
      if (record.state == "paused" || !record.due_on) continue;
      if (after.next_due_on.empty() || record.due_on->text() < after.next_due_on) after.next_due_on = record.due_on->text();
    }
  }
  for (auto const& end : changes.ended) {
    for (auto& stored : space.deadlines) {
      if (stored.id == end.id) stored.state = end.state;
    }
  }
  for (auto const& added : changes.added) space.deadlines.push_back(added);
  if (decision->gate) space.gates[decision->gate->gate] = *decision->gate;
  for (auto const& request : decision->new_requests) space.requests.push_back(request);
  for (auto const& changed : decision->changed_requests) {
    for (auto& request : space.requests) {
      if (request.id == changed.id) request = changed;
    }
  }
  if (decision->sending) {
    exchange::Envelope envelope;
    envelope.id = EnvelopeId::make(now_);
    envelope.case_id = after.id;
    envelope.from = code_of(side);
    envelope.to = code_of(other(side));
    envelope.kind = decision->sending->kind;
    envelope.at = now_;
    envelope.body = decision->sending->body;
    envelope.attachments = decision->sending->attachments;
    (side == Side::requesting ? shared.to_requested : shared.to_requesting).push_back(std::move(envelope));
  }
  space.ledger.push_back(decision->action);
  space.file = std::move(after);
  return {};
}

RulesWorld::Done RulesWorld::receive(SharedCase& shared, Side to, exchange::Envelope const& envelope) {
  auto& space = space_of(shared, to);
  if (to == Side::requesting) {
    auto holding = case_files::agreed_conditions(norms_.agreements, *space.file);
    if (case_files::extension_in_time(space.deadlines, envelope.at)) holding.insert("extension_in_time");
    return apply(shared, to, casework::decide_receipt(norms_.process, *space.file, envelope, holding, now_, today_));
  }
  if (envelope.kind == exchange::EnvelopeKind::application) {
    if (space.file) return apply(shared, to, applications::decide_reopening(norms_.process, *space.file, envelope, now_, today_));
    CaseFile blank;
    blank.party = PartyId{parties.requested};
    blank.partner = PartyId{parties.requesting};
    blank.id = envelope.case_id;
    blank.side = Side::requested;
    blank.reference = "UTO-" + envelope.case_id.value;
    blank.created_at = now_;
    return apply(shared, to, applications::decide_opening(norms_.process, std::move(blank), envelope, now_, today_));
  }
  if (!space.file) return refuse(Why::not_found);
  std::optional<case_files::DocumentRequest> request;
  for (auto const& one : space.requests) {
    if (one.id == case_files::text_of(envelope.body, "request")) request = one;
  }
  return apply(shared, to, applications::decide_receipt(norms_.process, *space.file, envelope, request, now_, today_));
}

bool RulesWorld::deliver_one(SharedCase& shared, Side to) {
  auto& post = to == Side::requesting ? shared.to_requesting : shared.to_requested;
  if (post.empty()) return false;
  auto const envelope = post.front();
  post.pop_front();
  auto const done = receive(shared, to, envelope);
  if (!done) {
    shared.undelivered.push_back(done.error());
    return true;
  }
  shared.delivered.push_back(envelope);
  // The signed receipt of the application starts the clock of the requesting State.
  auto& sender = shared.requesting;
  if (envelope.kind == exchange::EnvelopeKind::application && !case_files::find_event(*sender.file, "receipt")) {
    Decision decision;
    decision.after = *sender.file;
    decision.action = "application_delivered";
    case_files::happened(decision.after, "receipt", now_);
    (void)apply(shared, Side::requesting, std::move(decision));
  }
  return true;
}

void RulesWorld::deliver_all(SharedCase& shared) {
  while (deliver_one(shared, Side::requested) || deliver_one(shared, Side::requesting)) {
  }
}

void RulesWorld::end_terms() {
  for (auto& [number, shared] : cases_) {
    forget_prints(shared);
    for (auto const side : {Side::requesting, Side::requested}) {
      auto& space = space_of(shared, side);
      for (auto const& record : std::vector<case_files::DeadlineRecord>(space.deadlines)) {
        if (record.state != "open" || !record.due_on || *record.due_on >= today_) continue;
        (void)apply(shared, side, case_files::decide_term_over(law(), *space.file, record.kind, now_));
      }
      if (!space.file) continue;
      (void)apply(shared, side, case_files::decide_return(desks(side), *space.file));
      (void)apply(shared, side, case_files::decide_telling(desks(side), *space.file, {space.file->owner, {}, {}}));
    }
  }
}

}  // namespace rcms::stories
