// Routes that both sides have in the same form: lists, counts, attachments, timeline, transmissions.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/list.hpp"
#include "capabilities/case_files/view.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// "cases" for the requesting State, "applications" for the requested State.
std::string noun_of(Side side);
std::string permission_to_read(Side side);

/// GET /api/<noun>, …/{id}/timeline, …/{id}/attachments/{file}.
void add_side_routes(http::Routes& routes, Context const& context, Side side);

/// The filter of a list from the query of a request. Refuses: field_invalid.
Result<ListFilter> read_filter(http::Request const& request);
/// The query parameters that read_filter knows.
std::vector<http::QueryParameter> filter_parameters(Context const& context, Side side);

/// The file of the request's `{id}`, in the space of its viewer. Refuses: not_found.
Result<CaseFile> load_requested(Context const& context, http::Request const& request, Side side);

/// Why one of several files was refused, as whoever asks for it alone reads it: the kind, then what is wrong in this file.
std::string refusal_words(Labels const& labels, Sentences const& sentences, std::string_view language, Refused const& refused);

/// What a route of an act is called and what it needs.
struct ActWords {
  std::string noun;        ///< last part of the path: "extension"
  std::string name;        ///< the operation
  std::string summary;
  std::string permission;
  std::vector<Why> refusals;  ///< beyond wrong_step and stale_revision, which every act may refuse
};

/// A POST on a file that returns it. `act` takes the id, the input and the request and gives the file as it is then; `answer`
/// makes of it what the person may see.
template <class In, class Act, class AnswerWith>
http::Route act_route(Side side, ActWords words, Act act, AnswerWith answer) {
  words.refusals.push_back(Why::wrong_step);
  words.refusals.push_back(Why::stale_revision);
  return http::post("/api/" + noun_of(side) + "/{id}/" + words.noun)
      .named(std::move(words.name))
      .saying(std::move(words.summary))
      .permission(std::move(words.permission))
      .refuses(std::move(words.refusals))
      .template input<In>()
      .template output<CaseFileView>()
      .handler([act, answer](In const& input, http::Request const& request) -> http::Answer<http::Reply<CaseFileView>> {
        auto const id = request.id<CaseId>("id");
        if (!id) return tl::unexpected(http::Problem(id.error()));
        return answer(request, act(*id, input, request));
      });
}

}  // namespace rcms::case_files
