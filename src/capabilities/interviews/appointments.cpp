#include "capabilities/interviews/appointments.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/interviews/actions.hpp"
#include "capabilities/interviews/invitation.hpp"
#include "capabilities/interviews/mission_notice.hpp"
#include "capabilities/interviews/missions.hpp"
#include "capabilities/safeguards/board.hpp"
#include "capabilities/safeguards/rules.hpp"

namespace rcms::interviews {

using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

Decision about(CaseFile const& before, Appointment const& appointment, std::string action) {
  Decision decision;
  decision.after = before;
  decision.action = std::move(action);
  decision.told["interview"] = appointment.id.value;
  decision.told["starts_at"] = appointment.starts_at.text();
  return decision;
}

case_files::Sending answer_of(Appointment const& appointment, std::string_view variant) {
  return {exchange::EnvelopeKind::appointment, body_of(appointment, variant), {}};
}

/// The appointment of a case that this viewer may arrange.
Result<AppointmentRow> load_appointment(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                        IfMatch if_match) {
  if (!viewer.may("appointment.arrange")) return refuse(Why::not_permitted);
  auto row = find_appointment(context.database, viewer.party, id);
  if (!row) return refuse(Why::not_found);
  if (if_match && *if_match != row->appointment.revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  return std::move(*row);
}

/// `decide(before, appointment, more) -> Result<Decision>` changes the appointment, which is saved with the decision.
template <class Decide>
Result<AppointmentRow> act_on(Context const& context, access::Viewer const& viewer, InterviewId const& id, IfMatch if_match,
                              Decide&& decide) {
  auto const row = load_appointment(context, viewer, id, if_match);
  if (!row) return tl::unexpected(row.error());
  auto const answer = case_files::act(context, viewer, Side::requesting, row->appointment.case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto current = load_appointment(context, viewer, id, if_match);
    if (!current) return tl::unexpected(current.error());
    auto& appointment = current->appointment;
    appointment.changed_at = context.clock.now();
    auto decision = decide(before, appointment, more);
    if (decision) save_appointment(more, appointment);
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return *find_appointment(context.database, viewer.party, id);
}

Result<void> check_stands(Appointment const& appointment, Instant now) {
  if (!appointment.is_open()) return refuse(Why::wrong_step, "state", "this date does not stand any more");
  if (appointment.starts_at <= now) return refuse(Why::wrong_step, "starts_at", "this date has passed");
  return {};
}

void note_invitation(Context const& context, CaseFile const& file, Appointment& appointment, files::FileRecord const& record,
                     std::string const& language) {
  appointment.invitation = record.id;
  appointment.invitation_language = language;
  ++appointment.invitation_version;
  appointment.invitation_drawn_on = case_files::today_of(context, file.party).text();
}

/// In a file that stops, no interview is held.
bool has_stopped(std::string const& state) {
  static constexpr std::array<std::string_view, 9> states = {"suspended", "withdrawn", "closed",        "accepted", "refused",
                                                             "lapsed",    "blocked",   "document_issued", "consent_to_confirm"};
  return std::find(states.begin(), states.end(), state) != states.end();
}

/// A decision sends one envelope: the interviews that end with the first are named in it.
constexpr char const* others_of_file = "also";

void tell_also(boost::json::object& body, std::string const& interview) {
  auto& others = body[others_of_file];
  if (!others.is_array()) others.emplace_array();
  others.as_array().emplace_back(interview);
}

/// What `tell_also` wrote, as far as it names interviews.
std::vector<InterviewId> also_told(boost::json::object const& body) {
  constexpr std::size_t read_at_most = 100;
  std::vector<InterviewId> others;
  auto const* list = body.if_contains(others_of_file);
  if (list == nullptr || !list->is_array()) return others;
  for (auto const& one : list->get_array()) {
    if (others.size() == read_at_most || !one.is_string()) break;
    if (auto const id = InterviewId::parse(std::string(one.get_string()))) others.push_back(*id);
  }
  return others;
}

void stop_appointments(Context const& context, db::Command& command, CaseFile const& before, Decision& decision) {
  auto const now = context.clock.now();
  bool is_told = false;
  for (auto& row : list_appointments_of_case(context.database, before.party, before.id)) {
    auto& appointment = row.appointment;
    if (!appointment.is_open() || appointment.starts_at <= now) continue;
    bool const suspended = decision.after.state == "suspended";
    appointment.state = suspended ? "not_presented" : "cancelled";
    appointment.changed_at = now;
    save_appointment(command, appointment);
    if (!suspended) continue;
    if (is_told) {
      tell_also(decision.sending->body, appointment.id.value);
    } else if (!decision.sending) {
      decision.sending = answer_of(appointment, "not_presented");
      is_told = true;
    }
  }
}

void stop_with_file(Context const& context, db::Command& command, CaseFile const* before, Decision& decision) {
  if (before == nullptr || before->state == decision.after.state || !has_stopped(decision.after.state)) return;
  if (before->side == Side::requesting) {
    stop_appointments(context, command, *before, decision);
    return;
  }
  auto const stopped = stop_interviews(context, command, before->party, before->id, "file_stopped", context.clock.now());
  if (stopped.empty() || decision.sending || decision.after.state != "suspended") return;
  Interview interview;
  interview.id = stopped.front();
  decision.sending = case_files::Sending{exchange::EnvelopeKind::appointment, body_of(interview, Place{}, "cancelled"), {}};
  for (std::size_t at = 1; at < stopped.size(); ++at) tell_also(decision.sending->body, stopped[at].value);
}

/// The rights that an invitation tells, and what was drawn while the decision was made again.
struct Redrawing {
  std::shared_ptr<std::vector<Right> const> rights{};  ///< none: nothing is drawn by itself
  std::optional<files::FileRecord> record{};
};

/// The invitation of the old date is replaced; the person gets the new one from a person.
void redraw(Context const& context, Redrawing& redrawing, CaseFile const& before, Appointment& appointment,
            std::string const& language, db::Command& more, Decision& decision) {
  if (!redrawing.record) {
    auto taken = context.attachments.take_in(case_files::subject_of(before), "invitation.pdf", "invitation",
                                             render_invitation(context, *redrawing.rights, before, appointment, language),
                                             "exchange");
    if (!taken) return;  // it stays to be drawn by hand: the screen says so
    redrawing.record = std::move(*taken);
  }
  files::add_file(more, *redrawing.record);
  note_invitation(context, before, appointment, *redrawing.record, language);
  decision.told["invitation_version"] = appointment.invitation_version;
}

/// What it is called in the ledger, and so who is told of it (data/workflow/notices.toml).
std::string action_of(std::string const& variant) {
  if (variant == "booked") return "appointment_received";
  return variant == "moved" || variant == "cancelled" ? "appointment_" + variant : "appointment_news";
}

/// What the requested State tells: a row of one's own. A suspended file answers at once that nobody is presented.
Result<Decision> receive_notice(Context const& context, CaseFile const& before, exchange::Envelope const& envelope,
                                db::Command& more, Redrawing& redrawing) {
  auto const known =
      find_appointment(context.database, before.party, InterviewId{case_files::text_of(envelope.body, "interview")});
  if (known && known->appointment.case_id != before.id) return refuse(Why::not_found, "body.interview");
  auto taken = take_notice(known ? std::optional(known->appointment) : std::nullopt, envelope, context.clock.now());
  if (!taken) return tl::unexpected(taken.error());
  taken->party = before.party;
  auto const variant = case_files::text_of(envelope.body, "variant");
  auto decision = about(before, *taken, action_of(variant));
  decision.told["variant"] = variant;
  if (taken->state == "asked") {
    if (before.state == "suspended") {
      taken->state = "not_presented";
      decision.sending = answer_of(*taken, "not_presented");
    } else if (!case_files::find_event(before, "interview_reply") && !case_files::find_event(before, "interview_asked")) {
      // From here on the safeguards of an interview hold, whatever the reply was.
      case_files::happened(decision.after, "interview_asked", context.clock.now());
    }
  }
  // What the safeguard of the interview asks for is taken over from here: nobody types it again.
  if (variant == "held") case_files::happened(decision.after, "interview_came", context.clock.now(), taken->attendance);
  if (variant == "minutes_signed")
    case_files::happened(decision.after, "interview_signed", context.clock.now(), taken->minutes_signed_on);
  bool const is_moved = known && variant == "moved" && taken->state == "asked" && !known->appointment.invitation.empty();
  if (is_moved && redrawing.rights)
    redraw(context, redrawing, before, *taken, known->appointment.invitation_language, more, decision);
  save_appointment(more, *taken);
  if (variant != "cancelled") return decision;
  for (auto const& id : also_told(envelope.body)) {
    auto other = find_appointment(context.database, before.party, id);
    if (!other || other->appointment.case_id != before.id || !other->appointment.is_open()) continue;
    other->appointment.state = "cancelled";
    other->appointment.changed_at = context.clock.now();
    save_appointment(more, other->appointment);
  }
  return decision;
}

/// What the requesting State answers. Where nobody is presented, the task ends too: only a person opens a new one.
Result<Decision> receive_answer(Context const& context, CaseFile const& before, exchange::Envelope const& envelope,
                                db::Command& more) {
  auto const id = case_files::text_of(envelope.body, "interview");
  auto const row = find_interview(context.database, before.party, InterviewId{id});
  if (!row || row->interview.case_id != before.id) return refuse(Why::not_found, "body.interview");
  auto const after = take_answer(row->interview, envelope, context.clock.now());
  if (!after) return tl::unexpected(after.error());
  auto const variant = case_files::text_of(envelope.body, "variant");
  Decision decision;
  decision.after = before;
  decision.action = "presence_told";
  decision.told["interview"] = id;
  decision.told["variant"] = variant;
  auto const& was = row->interview;
  decision.told["task_id"] = was.task.value;
  decision.told["organisation"] = row->task_organisation.value;
  if (!was.interviewers.empty()) decision.told["assignee"] = was.interviewers.front().value;
  bool const is_changed = after->state != was.state || after->presence != was.presence || after->invited_on != was.invited_on;
  if (is_changed) save_interview(more, *after);
  if (variant != "not_presented") return decision;
  applications::stop_tasks(more, before.party, before.id, "interview");
  for (auto const& also : also_told(envelope.body)) {
    auto other = find_interview(context.database, before.party, also);
    if (!other || other->interview.case_id != before.id || other->interview.state != "booked") continue;
    other->interview.presence = variant;
    other->interview.state = "cancelled";
    other->interview.changed_at = context.clock.now();
    save_interview(more, other->interview);
  }
  return decision;
}

Result<void> receive(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                     db::Command const& inbox, std::shared_ptr<std::vector<Right> const> const& rights) {
  if (is_of_mission(envelope)) return receive_mission(context, to, envelope, inbox);
  auto const file = case_files::find_case_file(context.database, to.id, envelope.case_id);
  auto const* from = context.exchange.find_correspondent(envelope.from);
  if (!file || from == nullptr || from->id != file->partner) return refuse(Why::not_found, "case");
  Redrawing redrawing{rights, {}};
  auto const answer = case_files::act_as(context, to.id, file->side, envelope.case_id, std::nullopt, {{}, "exchange"},
                                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    more.append(inbox);
    return before.side == Side::requesting ? receive_notice(context, before, envelope, more, redrawing)
                                           : receive_answer(context, before, envelope, more);
  });
  if (!answer) return tl::unexpected(answer.error());
  return {};
}

}  // namespace

Result<AppointmentRow> arrange_presence(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                        IfMatch if_match) {
  if (auto const seen = load_appointment(context, viewer, id, if_match); seen && context.renew_status)
    (void)context.renew_status(viewer.party, seen->appointment.case_id);
  return act_on(context, viewer, id, if_match,
                [&](CaseFile const& before, Appointment& appointment, db::Command&) -> Result<Decision> {
    auto const now = context.clock.now();
    if (auto stands = check_stands(appointment, now); !stands) return tl::unexpected(stands.error());
    auto const board = safeguarding::load_board(context, before);
    auto const open = safeguarding::list_open(context, before, board, "interview");
    if (auto closed = safeguarding::check_open(open); !closed) return tl::unexpected(closed.error());
    appointment.state = "arranged";
    auto decision = about(before, appointment, "presence_arranged");
    decision.sending = answer_of(appointment, "arranged");
    return decision;
  });
}

Result<AppointmentRow> want_other_time(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                       std::string_view reason, IfMatch if_match) {
  return act_on(context, viewer, id, if_match,
                [&](CaseFile const& before, Appointment& appointment, db::Command&) -> Result<Decision> {
    if (auto stands = check_stands(appointment, context.clock.now()); !stands) return tl::unexpected(stands.error());
    if (reason.empty()) return refuse(Why::reason_missing, "reason");
    appointment.state = "other_time";
    auto decision = about(before, appointment, "other_time_wanted");
    decision.told["reason"] = reason;
    decision.sending = answer_of(appointment, "other_time");
    return decision;
  });
}

Result<AppointmentRow> make_invitation(Context const& context, std::vector<Right> const& rights, access::Viewer const& viewer,
                                       InterviewId const& id, std::string const& language, IfMatch if_match) {
  if (auto const seen = load_appointment(context, viewer, id, if_match); !seen) return tl::unexpected(seen.error());
  if (!forms::has_code(context.norms.codes, "language", language))
    return refuse(Why::field_invalid, "language", "choose a language of the list");
  std::optional<files::FileRecord> record;
  return act_on(context, viewer, id, if_match,
                [&](CaseFile const& before, Appointment& appointment, db::Command& more) -> Result<Decision> {
    if (auto stands = check_stands(appointment, context.clock.now()); !stands) return tl::unexpected(stands.error());
    if (!record) {
      auto taken =
          context.attachments.take_in(case_files::subject_of(before), "invitation.pdf", "invitation",
                                      render_invitation(context, rights, before, appointment, language), viewer.user.value);
      if (!taken) return tl::unexpected(taken.error());
      record = std::move(*taken);
    }
    files::add_file(more, *record);
    note_invitation(context, before, appointment, *record, language);
    auto decision = about(before, appointment, "invitation_made");
    decision.told["language"] = language;
    decision.told["version"] = appointment.invitation_version;
    decision.told["sha256"] = record->sha256;
    return decision;
  });
}

Result<AppointmentRow> serve_invitation(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                        std::string const& served_on, std::string const& how, IfMatch if_match) {
  return act_on(context, viewer, id, if_match,
                [&](CaseFile const& before, Appointment& appointment, db::Command&) -> Result<Decision> {
    if (!appointment.is_open()) return refuse(Why::wrong_step, "state", "this date does not stand any more");
    if (appointment.invitation.empty()) return refuse(Why::wrong_step, "invitation", "make the invitation first");
    auto const day = Date::parse(served_on);
    auto const today = case_files::today_of(context, before.party);
    if (!day || *day > today || *day > date_in_zone(appointment.starts_at, appointment.time_zone))
      return refuse(Why::field_invalid, "served_on", "a day that has come, and no later than the interview");
    if (!forms::has_code(context.norms.codes, "service_kind", how))
      return refuse(Why::field_invalid, "how", "choose how the person got it");
    appointment.invited_on = day->text();
    appointment.invited_how = how;
    auto decision = about(before, appointment, "invitation_served");
    case_files::happened(decision.after, "interview_invited", context.clock.now(), day->text());
    decision.told["served_on"] = day->text();
    decision.told["how"] = how;
    return decision;
  });
}

void connect(Context& context) {
  context.stop_interviews = [&context](db::Command& command, CaseFile const* before, Decision& decision) {
    stop_with_file(context, command, before, decision);
  };
  redraw_with(context, {});
}

void redraw_with(Context const& context, std::shared_ptr<std::vector<Right> const> const& rights) {
  context.exchange.receive_with(exchange::EnvelopeKind::appointment,
                                [&context, rights](auto const& to, auto const& envelope, auto const& inbox) {
    return receive(context, to, envelope, inbox, rights);
  });
}

}  // namespace rcms::interviews
