// Routes of minutes.
#include <algorithm>

#include <boost/json/object.hpp>

#include "capabilities/case_files/present.hpp"
#include "capabilities/interviews/api_parts.hpp"
#include "capabilities/interviews/minutes_actions.hpp"
#include "capabilities/interviews/minutes_view.hpp"
#include "capabilities/interviews/present.hpp"

namespace rcms::interviews {

using case_files::optional_text;

using http::Answer;
using http::Reply;
using http::Request;

namespace {

/// The minutes as they are begun: what is known of the interview.
boost::json::object begun_content(Context const& context, InterviewRow const& row) {
  auto const& interview = row.interview;
  auto const place = find_place(context.database, interview.party, interview.place);
  boost::json::array attendants;
  for (auto const& one : interview.attendance) {
    if (one.attendance != "absent" && one.role != "person")
      attendants.push_back(boost::json::object{{"name", one.name}, {"function", one.role}});
  }
  boost::json::object held{{"held_at", interview.starts_at.text()}, {"language", interview.language}, {"attendants", attendants}};
  if (place) {
    held["place"] = place->name;
    held["mode"] = place->mode;
  }
  if (!interview.interpreter.empty()) held["interpreter"] = interview.interpreter;
  boost::json::object content{{"interview", std::move(held)}};
  if (!interview.invited_on.empty()) content["rights"] = boost::json::object{{"invited_on", interview.invited_on}};
  return content;
}

InterviewMinutesView present_minutes(Context const& context, access::Viewer const& viewer, InterviewRow const& row) {
  auto const versions = list_minutes(context.database, row.interview.id);
  bool const conducts = viewer.may("interview.conduct");
  InterviewMinutesView view;
  view.interview = row.interview.id.value;
  view.may_write = conducts && row.interview.state == "held" && row.task_state == "open";
  if (versions.empty()) {
    view.state = "none";
    view.content = begun_content(context, row);
    return view;
  }
  auto const& minutes = versions.front();
  view.version = minutes.version;
  view.state = minutes.state;
  view.content = minutes.content;
  view.content_hash = minutes.content_hash;
  for (auto const& one : minutes.signatures) {
    bool const is_open = minutes.state == "signing" && one.mark.empty() && conducts;
    view.signatures.push_back({one.role, one.name, !one.user.empty(), optional_text(one.mark), optional_text(one.reason), one.at,
                               is_open && one.user == viewer.user, is_open && one.user.empty()});
  }
  view.written_by = case_files::present_user(context, viewer, minutes.written_by);
  view.written_at = minutes.written_at;
  view.closed_at = minutes.closed_at;
  view.older_versions = static_cast<std::int64_t>(versions.size()) - 1;
  view.may_give_result = minutes.state == "closed" && row.task_state == "open" && viewer.may("task.complete");
  return view;
}

Answer<Reply<InterviewMinutesView>> answer_with(Context const& context, Request const& request) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const row = find_visible(context, request.viewer, *id);
  if (!row) return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
  return Reply<InterviewMinutesView>(present_minutes(context, request.viewer, *row));
}

Answer<Reply<InterviewMinutesView>> write(Context const& context, MinutesInput const& input, Request const& request) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  if (!input.content.is_object()) return tl::unexpected(http::Problem(Refused{Why::field_invalid, "content", "an object", {}}));
  auto written = write_minutes(context, request.viewer, *id, input.content.get_object());
  if (!written) return http::refuse_all(std::move(written.error()));
  return answer_with(context, request);
}

Answer<Reply<InterviewMinutesView>> sign(Context const& context, SignatureInput const& input, Request const& request) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  MarkInput mark{static_cast<int>(std::clamp<std::int64_t>(input.version, 0, 1'000'000)), input.role.value,
                 input.name ? input.name->value : std::string(), input.mark.value,
                 input.reason ? input.reason->value : std::string()};
  auto const marked = mark_minutes(context, request.viewer, *id, mark);
  if (!marked) return tl::unexpected(http::Problem(marked.error()));
  return answer_with(context, request);
}

Answer<Reply<InterviewView>> give(Context const& context, InterviewResultInput const& input, Request const& request) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto given = give_result(context, request.viewer, *id, input.outcome.value, input.note ? input.note->value : std::string());
  if (!given) return http::refuse_all(std::move(given.error()));
  return Reply<InterviewView>(
      present_interview(context, request.viewer, *given, list_places(context.database, request.viewer.party)), 0,
      given->interview.revision);
}

}  // namespace

void add_minutes_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interviews/{id}/minutes")
                 .named("read_interview_minutes")
                 .saying("The newest version of the minutes and who has signed it")
                 .permission("interview.read")
                 .reads_personal_data()
                 .output<InterviewMinutesView>()
                 .handler([&context](Request const& request) { return answer_with(context, request); }));
  routes.add(
      http::put("/api/interviews/{id}/minutes")
          .named("write_interview_minutes")
          .saying("Write the minutes; what somebody has signed becomes an older version and is signed anew")
          .permission("interview.conduct")
          .refuses({Why::wrong_step, Why::field_invalid, Why::field_missing, Why::field_unknown, Why::field_too_long})
          .input<MinutesInput>()
          .output<InterviewMinutesView>()
          .handler([&context](MinutesInput const& input, Request const& request) { return write(context, input, request); }));
  routes.add(
      http::post("/api/interviews/{id}/signatures")
          .named("sign_interview_minutes")
          .saying("Sign with one's own session, or record what somebody did on paper; with the last mark they are closed")
          .permission("interview.conduct")
          .refuses({Why::wrong_step, Why::already_exists, Why::field_invalid, Why::reason_missing})
          .input<SignatureInput>()
          .output<InterviewMinutesView>()
          .handler([&context](SignatureInput const& input, Request const& request) { return sign(context, input, request); }));
  routes.add(http::post("/api/interviews/{id}/result")
                 .named("give_interview_result")
                 .saying("Complete the task with the closed minutes")
                 .permission("task.complete")
                 .refuses({Why::wrong_step, Why::field_invalid, Why::reason_missing, Why::field_missing})
                 .input<InterviewResultInput>()
                 .output<InterviewView>()
                 .handler([&context](InterviewResultInput const& input, Request const& request) {
                   return give(context, input, request);
                 }));
}

}  // namespace rcms::interviews
