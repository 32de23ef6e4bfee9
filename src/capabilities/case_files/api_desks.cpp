#include "capabilities/case_files/api_desks.hpp"

#include <algorithm>
#include <map>

#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/covering.hpp"
#include "capabilities/case_files/desks.hpp"
#include "capabilities/case_files/present.hpp"
#include "foundation/access/store.hpp"

namespace rcms::case_files {

/// An absence that lasts or is to come.
struct AbsenceView {
  AbsenceId id;
  NamedView user;
  NamedView cover;
  std::string from_on;
  std::string to_on;
  bool may_end = false;
};
RCMS_VIEW(AbsenceView, id, user, cover, from_on, to_on, may_end)

/// Somebody with whom the viewer shares a role, or for whom they answer.
struct ColleagueView {
  NamedView user;
  std::string organisation;
  std::vector<std::string> roles;
  std::optional<NamedView> supervisor;
  bool may_plan = false;  ///< the viewer may say when they are away
  std::vector<AbsenceView> absences;
};
RCMS_VIEW(ColleagueView, user, organisation, roles, supervisor, may_plan, absences)

struct AbsenceInput {
  std::optional<UserId> user;  ///< who is away; oneself when left out
  UserId cover;
  Date from_on;
  Date to_on;
};
RCMS_INPUT(AbsenceInput, user, cover, from_on, to_on)

struct SupervisorInput {
  std::optional<UserId> supervisor;  ///< left out: nobody
};
RCMS_INPUT(SupervisorInput, supervisor)

struct AssignmentsInput {
  http::List<std::string, assignments_limit> ids;
  UserId user;
};
RCMS_INPUT(AssignmentsInput, ids, user)

struct NotAssignedView {
  std::string id;
  std::string reference;
  std::string why;
  std::string detail;  ///< in the viewer's language
};
RCMS_VIEW(NotAssignedView, id, reference, why, detail)

struct AssignmentsView {
  std::vector<std::string> done;
  std::vector<NotAssignedView> refused;
};
RCMS_VIEW(AssignmentsView, done, refused)

namespace {

using http::Request;

/// The people of a State and who answers for whom, read once for an answer.
class Staff {
 public:
  Staff(Context const& context, access::Viewer const& viewer) : context_(context), viewer_(viewer) {
    for (auto& user : access::list_users(context.database, viewer)) users_.emplace(user.id.value, std::move(user));
    for (auto& [user, supervisor] : list_supervisors(context.database, viewer.party)) supervisors_[user.value] = supervisor;
    for (auto& absence : list_absences(context.database, viewer.party, today_of(context, viewer.party)))
      absences_[absence.user.value].push_back(std::move(absence));
  }

  std::vector<ColleagueView> list_colleagues() const {
    std::vector<ColleagueView> views;
    for (auto const& [id, user] : users_) {
      if (!user.active || !is_colleague(user)) continue;
      views.push_back(present(user));
    }
    std::sort(views.begin(), views.end(), [](auto const& one, auto const& other) { return one.user.name < other.user.name; });
    return views;
  }

  AbsenceView present(Absence const& absence) const {
    return {absence.id, named(absence.user), named(absence.cover), absence.from_on.text(), absence.to_on.text(),
            may_plan(viewer_, absence.user, supervisor_of(absence.user))};
  }

  ColleagueView present(access::User const& user) const {
    ColleagueView view;
    view.user = {user.id.value, user.name};
    view.organisation = context_.directory.organisation_name(viewer_.party, user.organisation, viewer_.language);
    view.roles = user.roles;
    if (auto const supervisor = supervisor_of(user.id); !supervisor.empty()) view.supervisor = named(supervisor);
    view.may_plan = may_plan(viewer_, user.id, supervisor_of(user.id));
    if (auto const found = absences_.find(user.id.value); found != absences_.end()) {
      for (auto const& absence : found->second) view.absences.push_back(present(absence));
    }
    return view;
  }

  access::User const* find(UserId const& id) const {
    auto const found = users_.find(id.value);
    return found == users_.end() ? nullptr : &found->second;
  }

 private:
  NamedView named(UserId const& id) const {
    auto const* user = find(id);
    return {id.value, user == nullptr ? std::string() : user->name};
  }

  UserId supervisor_of(UserId const& id) const {
    auto const found = supervisors_.find(id.value);
    return found == supervisors_.end() ? UserId{} : found->second;
  }

  bool is_colleague(access::User const& user) const {
    if (viewer_.may("administration.read") || supervisor_of(user.id) == viewer_.user) return true;
    return std::any_of(user.roles.begin(), user.roles.end(), [&](auto const& role) {
      return std::find(viewer_.roles.begin(), viewer_.roles.end(), role) != viewer_.roles.end();
    });
  }

  Context const& context_;
  access::Viewer const& viewer_;
  std::map<std::string, access::User> users_;
  std::map<std::string, UserId> supervisors_;
  std::map<std::string, std::vector<Absence>> absences_;
};

AssignmentsView assign_all(Context const& context, Sentences const& sentences, Side side, AssignmentsInput const& input,
                           Request const& request) {
  auto const answer = assign_several(context, request.viewer, side, input.ids, input.user);
  AssignmentsView view{answer.done, {}};
  for (auto const& one : answer.refused) {
    view.refused.push_back({one.id, one.reference, std::string(name_of(one.refused.why)),
                            refusal_words(context.labels, sentences, request.viewer.language, one.refused)});
  }
  return view;
}

void add_assignment_route(http::Routes& routes, Context const& context, Sentences const& sentences, Side side) {
  routes.add(http::post("/api/" + noun_of(side) + "/assignments")
                 .named("assign_" + noun_of(side))
                 .saying("Give several files to an officer; what is refused does not hold back the others")
                 .permission(side == Side::requesting ? "case.assign" : "application.assign")
                 .input<AssignmentsInput>()
                 .output<AssignmentsView>()
                 .handler([&context, &sentences, side](AssignmentsInput const& input,
                                                       Request const& request) -> Result<AssignmentsView> {
                   return assign_all(context, sentences, side, input, request);
                 }));
}

void add_absence_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/colleagues")
                 .named("list_colleagues")
                 .saying("Colleagues with a role of the viewer, or for whom they answer: who is away, who covers")
                 .signed_in()
                 .output<http::Items<ColleagueView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<ColleagueView>> {
                   return http::Items<ColleagueView>{Staff(context, request.viewer).list_colleagues()};
                 }));
  routes.add(http::post("/api/absences")
                 .named("plan_absence")
                 .saying("Say when one is away and who covers; for others those who answer for them, and administrators")
                 .signed_in()
                 .refuses({Why::not_permitted, Why::not_found, Why::field_invalid})
                 .status(201)
                 .input<AbsenceInput>()
                 .output<AbsenceView>()
                 .handler([&context](AbsenceInput const& input, Request const& request) -> Result<AbsenceView> {
                   Absence absence;
                   absence.user = input.user.value_or(request.viewer.user);
                   absence.cover = input.cover;
                   absence.from_on = input.from_on;
                   absence.to_on = input.to_on;
                   auto const planned = plan_absence(context.database, request.viewer, absence,
                                                     today_of(context, request.viewer.party), context.clock.now());
                   if (!planned) return tl::unexpected(planned.error());
                   return Staff(context, request.viewer).present(*planned);
                 }));
  routes.add(http::delete_("/api/absences/{id}")
                 .named("end_absence")
                 .saying("Take an absence back, or come back earlier")
                 .signed_in()
                 .refuses({Why::not_permitted, Why::not_found})
                 .output<AbsenceView>()
                 .handler([&context](Request const& request) -> Result<AbsenceView> {
                   auto const id = request.id<AbsenceId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const ended = end_absence(context.database, request.viewer, *id, context.clock.now());
                   if (!ended) return tl::unexpected(ended.error());
                   return Staff(context, request.viewer).present(*ended);
                 }));
  routes.add(http::put("/api/users/{id}/supervisor")
                 .named("name_supervisor")
                 .saying("Name who answers for a person: they are told when the person's files wait too long")
                 .permission("administration.users")
                 .refuses({Why::not_found, Why::field_invalid})
                 .input<SupervisorInput>()
                 .output<ColleagueView>()
                 .handler([&context](SupervisorInput const& input, Request const& request) -> Result<ColleagueView> {
                   auto const id = request.id<UserId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const named = name_supervisor(context.database, request.viewer, *id,
                                                      input.supervisor.value_or(UserId{}), context.clock.now());
                   if (!named) return tl::unexpected(named.error());
                   Staff const staff(context, request.viewer);
                   auto const* user = staff.find(*id);
                   if (user == nullptr) return refuse(Why::not_found);
                   return staff.present(*user);
                 }));
}

}  // namespace

void add_desk_routes(http::Routes& routes, Context const& context, Sentences const& sentences) {
  add_assignment_route(routes, context, sentences, Side::requesting);
  add_assignment_route(routes, context, sentences, Side::requested);
  add_absence_routes(routes, context);
}

}  // namespace rcms::case_files
