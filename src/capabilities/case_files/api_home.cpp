#include "capabilities/case_files/api_home.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/covering.hpp"
#include "capabilities/case_files/desks.hpp"
#include "capabilities/case_files/present.hpp"
#include "capabilities/case_files/queues.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::case_files {

struct StageCountView {
  std::string stage;
  std::int64_t count = 0;
};
RCMS_VIEW(StageCountView, stage, count)

struct QueueCountView {
  std::string id;
  std::string side;
  std::vector<std::string> states;
  std::string sort;
  std::int64_t count = 0;
};
RCMS_VIEW(QueueCountView, id, side, states, sort, count)

/// A colleague who is away and whom the viewer covers.
struct CoveringView {
  NamedView colleague;
  std::string to_on;
  std::int64_t files = 0;  ///< open and not on hold
};
RCMS_VIEW(CoveringView, colleague, to_on, files)

struct HomeView {
  std::string side;  ///< requesting or requested: where the viewer works
  std::int64_t overdue = 0;
  std::int64_t due_week = 0;
  std::int64_t waiting_for_me = 0;  ///< open files of the viewer, or of their queue
  std::vector<std::string> waiting_states;  ///< what waiting_for_me counts, to make it a link
  std::int64_t returned = 0;        ///< files of the viewer that came back: to correct, to answer, or answered
  std::vector<StageCountView> stages;
  std::vector<QueueCountView> queues;
  std::vector<CaseRowView> next;
  std::int64_t outbox = 0;  ///< envelopes that wait for delivery
  std::int64_t on_hold = 0;  ///< files of the viewer that come back on their day
  std::vector<CoveringView> covering;
};
RCMS_VIEW(HomeView, side, overdue, due_week, waiting_for_me, waiting_states, returned, stages, queues, next, outbox, on_hold,
          covering)

struct FoundView {
  std::string kind;  ///< case, application
  std::string id;
  std::string title;
  std::string detail;
};
RCMS_VIEW(FoundView, kind, id, title, detail)

namespace {

db::Sql const count_due{"home.count_due",
                        "SELECT count(*) FROM (SELECT 1 FROM case_files WHERE party = $1 AND side = $2 AND is_open = 1"
                        " AND next_due_on < $3 LIMIT 10000) AS due"};
db::Sql const count_between{"home.count_between",
                            "SELECT count(*) FROM (SELECT 1 FROM case_files WHERE party = $1 AND side = $2 AND is_open = 1"
                            " AND next_due_on >= $3 AND next_due_on <= $4 LIMIT 10000) AS due"};
db::Sql const count_stages{"home.count_stages",
                           "SELECT stage, state, count(*) FROM case_files WHERE party = $1 AND side = $2 AND is_open = 1"
                           " GROUP BY stage, state"};

constexpr std::int64_t counts_kept_ms = 500;
constexpr std::string_view stages_in_order[] = {"draft",    "sent",     "completeness", "verification",
                                                "answered", "document", "travel",       "arrived"};

/// Whether an open file of this side can be in the stage.
bool has_stage(workflow::Process const& process, Side side, std::string_view stage) {
  return std::any_of(process.states.begin(), process.states.end(), [&](auto const& state) {
    return workflow::name_of(state.side) == name_of(side) && state.stage == stage;
  });
}

/// An act of a person that moves a case on and that safeguards may keep back: the release.
bool is_guarded(workflow::Action const& action, Side side) {
  return action.by == workflow::By::person && workflow::name_of(action.side) == name_of(side) && !action.gates.empty() &&
         action.to != "same";
}

/// Numbers that are the same for everybody of a State; counted at most twice a second, however many look.
struct Counts {
  std::map<std::string, std::int64_t> by_state;
  std::map<std::string, std::int64_t> by_stage;
  std::map<std::string, std::int64_t> unguarded;  ///< by state: nothing keeps back the act that safeguards guard
  std::int64_t foreign = 0;  ///< accepted, and no document of this State is to come
  std::int64_t overdue = 0;
  std::int64_t due_week = 0;
  std::int64_t counted_ms = 0;
};

class Counter {
 public:
  Counts counts_of(Context const& context, PartyId const& party, Side side) {
    auto const key = party.value + name_of(side);
    {
      std::lock_guard const lock(mutex_);
      auto const found = counts_.find(key);
      if (found != counts_.end() && monotonic_ms() - found->second.counted_ms < counts_kept_ms) return found->second;
    }
    auto const counts = count(context, party, side);
    std::lock_guard const lock(mutex_);
    counts_[key] = counts;
    return counts;
  }

 private:
  static Counts count(Context const& context, PartyId const& party, Side side) {
    Counts counts;
    counts.counted_ms = monotonic_ms();
    auto const today = today_of(context, party);
    for (auto const& row : context.database.read(count_stages, {party.value, name_of(side)})) {
      counts.by_stage[row.text(0)] += row.integer(2);
      counts.by_state[row.text(1)] += row.integer(2);
    }
    // What is on hold is on no desk; overdue and due count it, because no term stops.
    for (auto const& [state, held] : count_on_hold(context.database, party, side)) counts.by_state[state] -= held;
    if (side == Side::requested && counts.by_state[std::string(state_to_document)] > 0)
      counts.foreign = count_foreign(context.database, party, context.directory.get_party(party).code);
    for (auto const& action : context.norms.process.actions) {
      if (!is_guarded(action, side)) continue;
      for (auto const& state : action.from) {
        if (counts.by_state[state] > 0 && !counts.unguarded.contains(state))
          counts.unguarded[state] = count_unguarded(context.database, party, side, state);
      }
    }
    counts.overdue = context.database.find(count_due, {party.value, name_of(side), today.text()})->integer(0);
    counts.due_week =
        context.database.find(count_between, {party.value, name_of(side), today.text(), today.plus_days(7).text()})->integer(0);
    return counts;
  }

  std::mutex mutex_;
  std::map<std::string, Counts> counts_;
};

/// Files that stand in the queue.
std::int64_t count_in(Counts& counts, Queue const& queue) {
  if (queue.foreign == Foreign::only) return counts.foreign;
  std::int64_t count = queue.foreign == Foreign::without ? -counts.foreign : 0;
  for (auto const& state : queue.states) count += counts.by_state[state];
  return count;
}

/// The side on which the viewer works: their permissions say it.
std::optional<Side> side_of(access::Viewer const& viewer) {
  if (viewer.may("case.read")) return Side::requesting;
  if (viewer.may("application.read")) return Side::requested;
  return std::nullopt;
}

/// States whose next act is one of the viewer's permissions.
bool can_act_in(Context const& context, access::Viewer const& viewer, Side side, std::string const& state_code) {
  auto const process_side = side == Side::requesting ? workflow::Side::requesting : workflow::Side::requested;
  auto const& state = workflow::get_state(context.norms.process, process_side, state_code);
  return std::find(viewer.roles.begin(), viewer.roles.end(), state.holder) != viewer.roles.end() && state.ball == name_of(side);
}

/// Files in a state that another role holds, but where nothing keeps back the act that the viewer may do: a release officer sees
/// what is ready for release.
std::int64_t count_ready(Context const& context, Counts const& counts, access::Viewer const& viewer, Side side,
                         std::string const& state) {
  auto const found = counts.unguarded.find(state);
  if (found == counts.unguarded.end()) return 0;
  for (auto const& action : context.norms.process.actions) {
    bool const here = std::find(action.from.begin(), action.from.end(), state) != action.from.end();
    if (here && is_guarded(action, side) && viewer.may(action.permission)) return found->second;
  }
  return 0;
}

HomeView present_home(Context const& context, Counter& counter, std::vector<Queue> const& queues, access::Viewer const& viewer) {
  HomeView view;
  auto const side = side_of(viewer);
  if (!side) return view;
  view.side = name_of(*side);
  auto counts = counter.counts_of(context, viewer.party, *side);
  view.overdue = counts.overdue;
  view.due_week = counts.due_week;
  for (auto const& [state, count] : counts.by_state) {
    auto const own = state == state_to_document ? count - counts.foreign : count;
    auto const mine = can_act_in(context, viewer, *side, state) ? own : count_ready(context, counts, viewer, *side, state);
    if (mine == 0) continue;
    view.waiting_for_me += mine;
    view.waiting_states.push_back(state);
  }
  view.returned = count_returned(context.database, viewer.party, *side, viewer.user);
  for (auto stage : stages_in_order) {
    if (has_stage(context.norms.process, *side, stage))
      view.stages.push_back({std::string(stage), counts.by_stage[std::string(stage)]});
  }
  for (auto const& queue : queues) {
    if (queue.side != *side) continue;
    view.queues.push_back({queue.id, name_of(queue.side), queue.states, std::string(http::enum_name(queue.sort)),
                           count_in(counts, queue)});
  }
  for (auto const& absence : list_covered(context.database, viewer.user, today_of(context, viewer.party))) {
    auto const colleague = present_user(context, viewer, absence.user);
    if (colleague)
      view.covering.push_back({*colleague, absence.to_on.text(),
                               count_open_of(context.database, viewer.party, *side, absence.user)});
  }
  view.on_hold = count_held_of(context.database, viewer.party, viewer.user);
  ListFilter filter;
  filter.open_only = true;
  filter.on_desks = true;
  auto const page = list_case_files(context.database, viewer.party, *side, filter, Sort::due, "", 10);
  if (page) {
    for (auto const& row : page->rows) view.next.push_back(present_row(context, viewer, *side, row));
  }
  view.outbox = context.exchange.count_queued(viewer.party);
  return view;
}

http::Items<FoundView> search_files(Context const& context, access::Viewer const& viewer, std::string const& words) {
  http::Items<FoundView> view;
  auto const side = side_of(viewer);
  if (!side || !viewer.may("search.use")) return view;
  ListFilter filter;
  filter.words = words;
  auto const page = list_case_files(context.database, viewer.party, *side, filter, Sort::newest, "", 20);
  if (!page) return view;
  for (auto const& row : page->rows) {
    auto const state = context.labels.text(viewer.language, "workflow.state." + row.state);
    view.items.push_back({*side == Side::requesting ? "case" : "application", row.id, row.person.name,
                          row.reference + " · " + (row.person.birth.empty() ? "" : row.person.birth + " · ") + state});
  }
  return view;
}

}  // namespace

void add_home_routes(http::Routes& routes, Context const& context) {
  auto const counter = std::make_shared<Counter>();
  auto const queues = std::make_shared<std::vector<Queue>>(context.norms.queues);
  routes.add(http::get("/api/home")
                 .named("read_home")
                 .saying("What needs the viewer now")
                 .signed_in()
                 .reads_personal_data()
                 .output<HomeView>()
                 .handler([&context, counter, queues](http::Request const& request) -> Result<HomeView> {
                   return present_home(context, *counter, *queues, request.viewer);
                 }));
  routes.add(http::get("/api/search")
                 .named("search")
                 .saying("Files by words of a name, a reference, a document number or a date of birth")
                 .permission("search.use")
                 .query(http::required(http::text_parameter("q", "The words; the last may be incomplete.", 200)))
                 .reads_personal_data()
                 .output<http::Items<FoundView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<FoundView>> {
                   return search_files(context, request.viewer, *request.text("q"));
                 }));
}

}  // namespace rcms::case_files
