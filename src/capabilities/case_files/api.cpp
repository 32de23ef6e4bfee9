#include "capabilities/case_files/api.hpp"

#include "capabilities/case_files/evidence.hpp"
#include "capabilities/case_files/present.hpp"
#include "capabilities/case_files/store.hpp"

namespace rcms::case_files {

using http::Request;

namespace {

Result<http::Page<CaseRowView>> list_rows(Context const& context, Side side, Request const& request) {
  auto const filter = read_filter(request);
  if (!filter) return tl::unexpected(filter.error());
  auto const sort = http::find_enum<Sort>(request.text("sort").value_or("newest")).value_or(Sort::newest);
  auto const limit = static_cast<int>(request.integer("limit").value_or(25));
  auto const page =
      list_case_files(context.database, request.viewer.party, side, *filter, sort, request.text("cursor").value_or(""), limit);
  if (!page) return tl::unexpected(page.error());
  http::Page<CaseRowView> view;
  for (auto const& row : page->rows) view.items.push_back(present_row(context, request.viewer, side, row));
  if (!page->next.empty()) view.next = page->next;
  return view;
}

Result<http::Response> send_attachment(Context const& context, Side side, Request const& request) {
  auto const file = load_requested(context, request, side);
  if (!file) return tl::unexpected(file.error());
  auto const id = request.id<FileId>("file");
  if (!id) return tl::unexpected(id.error());
  auto const record = context.attachments.find(subject_of(*file), *id);
  if (!record || record->removed_at) return refuse(Why::not_found);
  auto content = context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  http::Response response;
  response.content_type = files::media_type_of(record->type);
  response.body.assign(as_text(*content));
  if (request.flag("download")) response.download_name = record->name;
  return response;
}

}  // namespace

std::string noun_of(Side side) { return side == Side::requesting ? "cases" : "applications"; }
std::string permission_to_read(Side side) { return side == Side::requesting ? "case.read" : "application.read"; }

std::string refusal_words(Labels const& labels, Sentences const& sentences, std::string_view language, Refused const& refused) {
  auto const words = labels.text(language, "refused." + std::string(name_of(refused.why)));
  auto detail = sentences.say(language, refused.detail);
  if (detail.empty()) return words;
  // Written in small letters where English stands behind the name of a field; here it is a sentence.
  if (detail.front() >= 'a' && detail.front() <= 'z') detail.front() = static_cast<char>(detail.front() - 'a' + 'A');
  if (!detail.ends_with('.')) detail += '.';
  return words + " " + detail;
}

Result<CaseFile> load_requested(Context const& context, Request const& request, Side side) {
  auto const id = request.id<CaseId>("id");
  if (!id) return tl::unexpected(id.error());
  auto file = find_case_file(context.database, request.viewer.party, side, *id);
  if (!file) return refuse(Why::not_found);
  return std::move(*file);
}

Result<ListFilter> read_filter(Request const& request) {
  ListFilter filter;
  filter.states = request.list("state");
  filter.stage = request.text("stage").value_or("");
  filter.agreement = request.text("agreement").value_or("");
  filter.words = request.text("q").value_or("");
  filter.ids = request.list("ids");
  filter.open_only = request.flag("open");
  filter.returned = request.flag("returned");
  filter.ready = request.flag("ready");
  filter.on_desks = request.text("hold") == "without";
  filter.on_hold = request.text("hold") == "only";
  filter.foreign = http::find_enum<Foreign>(request.text("foreign").value_or("any")).value_or(Foreign::any);
  filter.own_code = request.viewer.party_code;
  if (auto const owner = request.text("owner")) {
    auto const id = *owner == "me" ? std::optional(request.viewer.user) : UserId::parse(*owner);
    if (!id) return refuse(Why::field_invalid, "owner", "`me` or the id of a user");
    filter.owner = *id;
  }
  if (auto const day = request.date("due_before")) filter.due_before = day->text();
  for (auto const& id : filter.ids) {
    if (!CaseId::parse(id)) return refuse(Why::field_invalid, "ids");
  }
  return filter;
}

std::vector<http::QueryParameter> filter_parameters(Context const& context, Side side) {
  std::vector<std::string> states;
  for (auto const& state : context.norms.process.states) {
    if (state.side == (side == Side::requesting ? workflow::Side::requesting : workflow::Side::requested))
      states.push_back(state.code);
  }
  std::vector<http::QueryParameter> parameters{
      http::choices_parameter("state", "Only files in one of these states.", states),
      http::text_parameter("stage", "Only files of this stage.", 40),
      http::text_parameter("agreement", "Only files under this agreement.", 60),
      http::text_parameter("owner", "Only open files of this officer; `me` for one's own.", 40),
      http::date_parameter("due_before", "Only open files whose next deadline is on or before this day."),
      http::text_parameter("q", "Words of a name, a reference or a document number; the last may be incomplete.", 200),
      http::list_parameter("ids", "Only these files."),
      http::flag_parameter("open", "Only files that are not closed."),
      http::choice_parameter("hold", "Without the files that are on hold, or only these.", {"without", "only"}),
      http::flag_parameter("ready", "Only open files whose next step no safeguard holds back."),
      http::flag_parameter("returned", "Only files that came back to their officer: to correct, to answer, or answered.")};
  if (side == Side::requested)
    parameters.push_back(http::choice_parameter(
        "foreign", "Without the accepted files of persons to whom this State issues no travel document, or only these.",
        {"without", "only"}));
  return parameters;
}

void add_side_routes(http::Routes& routes, Context const& context, Side side) {
  auto const base = "/api/" + noun_of(side);
  auto const read = permission_to_read(side);
  auto list = http::get(base).named("list_" + noun_of(side)).saying("Files of the State, page by page").permission(read).paged();
  for (auto& parameter : filter_parameters(context, side)) std::move(list).query(std::move(parameter));
  routes.add(std::move(list)
                 .query(http::choice_parameter("sort", "Order of the rows.", {"newest", "oldest", "due", "name"}))
                 .reads_personal_data()
                 .output<http::Page<CaseRowView>>()
                 .handler([&context, side](Request const& request) { return list_rows(context, side, request); }));
  routes.add(http::get(base + "/{id}/evidence")
                 .named("read_" + noun_of(side) + "_evidence")
                 .saying("What the documents show so far, with clause and confidence, and what would be enough")
                 .permission(read)
                 .reads_personal_data()
                 .output<CaseEvidenceView>()
                 .handler([&context, side](Request const& request) -> Result<CaseEvidenceView> {
                   auto const file = load_requested(context, request, side);
                   if (!file) return tl::unexpected(file.error());
                   return present_evidence(context, request.viewer.language, *file, file->content);
                 }));
  routes.add(http::get(base + "/{id}/timeline")
                 .named("read_" + noun_of(side) + "_timeline")
                 .saying("What happened, what is to come")
                 .permission(read)
                 .reads_personal_data()
                 .output<TimelineView>()
                 .handler([&context, side](Request const& request) -> Result<TimelineView> {
                   auto const file = load_requested(context, request, side);
                   if (!file) return tl::unexpected(file.error());
                   return present_timeline(context, request.viewer, *file);
                 }));
  routes.add(http::get(base + "/{id}/attachments/{file}")
                 .named("read_" + noun_of(side) + "_attachment")
                 .saying("The bytes of an attachment")
                 .permission(read)
                 .query(http::flag_parameter("download", "Save it instead of showing it."))
                 .reads_personal_data()
                 .file("application/octet-stream")
                 .handler([&context, side](Request const& request) { return send_attachment(context, side, request); }));
}

}  // namespace rcms::case_files
