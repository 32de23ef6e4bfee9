#include "capabilities/duplicates/api.hpp"

#include "capabilities/duplicates/view.hpp"

namespace rcms::duplicates {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

Result<PairPageView> list(Context const& context, Request const& request) {
  auto const side = http::find_enum<Side>(request.text("side").value_or(""));
  auto const shelf = shelf_of(request.viewer, side);
  if (!shelf) return tl::unexpected(shelf.error());
  PairPageView view;
  view.open = count_pairs(context.database, *shelf, "open");
  if (auto const of_case = request.text("case")) {
    auto const id = CaseId::parse(*of_case);
    if (!id) return refuse(Why::field_invalid, "case");
    view.items = rows_of(context, request.viewer, *shelf, list_pairs_of_case(context.database, *shelf, *id));
    return view;
  }
  std::optional<Pair> last;
  if (auto const cursor = request.text("cursor")) {
    auto const id = PairId::parse(*cursor);
    last = id ? find_pair(context.database, request.viewer.party, *id) : std::nullopt;
    if (!last) return refuse(Why::field_invalid, "cursor", "use the value of `next` of the page before");
  }
  auto const pairs = list_pairs(context.database, *shelf, request.text("state").value_or("open"), last ? &*last : nullptr);
  view.items = rows_of(context, request.viewer, *shelf, pairs);
  if (pairs.size() == pairs_of_a_page) view.next = pairs.back().id.value;
  return view;
}

Answer<Reply<PairView>> answer_with(Context const& context, Request const& request, Result<Pair> const& pair) {
  if (!pair) return tl::unexpected(http::Problem(pair.error()));
  auto view = view_of(context, request.viewer, *pair);
  if (!view) return tl::unexpected(http::Problem(view.error()));
  auto const revision = view->revision;
  return Reply<PairView>(std::move(*view), 0, revision);
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  auto const permission = std::string(pair_permission);
  routes.add(http::get("/api/pairs")
                 .named("list_pairs")
                 .saying("Pairs of files that may be about one person, the likeliest first")
                 .permission(permission)
                 .query(http::choice_parameter("side", "Which files; those that the viewer reads when not given.",
                                               {"requesting", "requested"}))
                 .query(http::choice_parameter("state", "What was decided; open when not given.",
                                               {"open", "same_person", "not_the_same"}))
                 .query(http::text_parameter("case", "All pairs of this file, whatever was decided.", 40))
                 .query(http::text_parameter("cursor", "Where the page begins: `next` of the page before.", 40))
                 .reads_personal_data()
                 .output<PairPageView>()
                 .handler([&context](Request const& request) { return list(context, request); }));
  routes.add(http::get("/api/pairs/{id}")
                 .named("read_pair")
                 .saying("Two files side by side, with every reason for and against their being of one person")
                 .permission(permission)
                 .reads_personal_data()
                 .output<PairView>()
                 .handler([&context](Request const& request) -> Answer<Reply<PairView>> {
                   auto const id = request.id<PairId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request, get_pair(context, request.viewer, *id));
                 }));
  routes.add(http::post("/api/pairs/{id}/decision")
                 .named("decide_pair")
                 .saying("Say that two files are about one person or are not, or take that back; no file is changed")
                 .permission(permission)
                 .refuses({Why::wrong_step, Why::field_invalid, Why::reason_missing, Why::stale_revision})
                 .input<PairInput>()
                 .output<PairView>()
                 .handler([&context](PairInput const& input, Request const& request) -> Answer<Reply<PairView>> {
                   auto const id = request.id<PairId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request, decide_pair(context, request.viewer, *id, input.decision.value,
                                                                    input.reason.value, request.if_match));
                 }));
}

}  // namespace rcms::duplicates
