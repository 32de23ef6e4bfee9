#include "capabilities/casework/api_leaving.hpp"

#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/present.hpp"
#include "capabilities/casework/person_copy.hpp"
#include "capabilities/casework/release.hpp"
#include "capabilities/casework/view_leaving.hpp"
#include "foundation/base/text.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::casework {

using case_files::Side;
using http::Answer;
using http::Request;
using http::Response;

namespace {

/// "Observations"; "note.pdf, page 3"; "note.pdf (name of the file)".
std::string place_label(Context const& context, std::string_view language, Preview const& preview, std::string const& place) {
  constexpr std::string_view list = "attachments[";
  if (place.rfind(list, 0) != 0) return forms::field_label(context.norms.application_form, context.labels, language, place);
  auto const index = static_cast<std::size_t>(std::stoul(place.substr(list.size())));
  auto const& name = index < preview.files.size() ? preview.files[index].name : place;
  auto const page = place.find(".page[");
  if (page == std::string::npos) return context.labels.text(language, "packages.word_in_name", {{"file", name}});
  auto const number = std::to_string(std::stoul(place.substr(page + 6)) + 1);
  return context.labels.text(language, "packages.word_on_page", {{"file", name}, {"page", number}});
}

WordFoundView present_word(Context const& context, access::Viewer const& viewer, Preview const& preview, WordFound const& word) {
  WordFoundView view{word.place,
                     place_label(context, viewer.language, preview, word.place),
                     word.word,
                     context.labels.text(viewer.language, "gates.word." + word.category),
                     word.excerpt,
                     std::nullopt};
  if (word.cleared) {
    auto by = case_files::present_user(context, viewer, word.cleared->by);
    view.cleared = ClearedView{by ? std::move(*by) : case_files::NamedView{}, word.cleared->at, word.cleared->reason};
  }
  return view;
}

/// Why the State keeps the field at home.
std::optional<std::string> reason_withheld(Preview const& preview, forms::SharingLine const& line) {
  if (!line.withheld) return std::nullopt;
  for (auto const& one : preview.withheld) {
    if (one.field == line.path) return one.reason;
  }
  return std::nullopt;
}

PreviewView present_preview(Context const& context, access::Viewer const& viewer, CaseFile const& file, Preview const& preview) {
  PreviewView view;
  view.hash = preview.hash;
  auto const& partner = context.directory.get_party(file.partner);
  view.receiver = {partner.code, partner.names.in(viewer.language)};
  auto const& form = context.norms.application_form;
  std::map<std::string, std::vector<std::string>> values;
  for (auto const* content : {&file.content, &preview.package.form}) {
    for (auto const& section : forms::present_content(form, context.labels, viewer.language, http::Json(*content))) {
      for (auto const& field : section.fields) values[field.path] = field.lines;
    }
  }
  // What leaves names the States in the language of its reader; who looks at it reads them in their own.
  for (auto const& [path, party] : {std::pair("header.requesting_authority", file.party),
                                    std::pair("header.requested_authority", file.partner)}) {
    if (auto const shown = values.find(path); shown != values.end() && !shown->second.empty())
      shown->second = {context.directory.get_party(party).names.in(viewer.language)};
  }
  for (auto const& line : preview.lines) {
    view.lines.push_back({line.path, forms::field_label(form, context.labels, viewer.language, line.path), line.leaves,
                          line.withheld ? "withheld" : std::string(forms::name_of(line.rule)), reason_withheld(preview, line),
                          values[line.path]});
  }
  for (std::size_t i = 0; i < preview.package.attachments.size(); ++i) {
    auto const& note = preview.package.attachments[i];
    view.files.push_back({note.file.value, note.name, preview.files[i].name, note.kind, note.type, note.size, note.sha256,
                          preview.files[i].has_text});
  }
  for (auto const& id : preview.kept_files) {
    auto const record = context.attachments.find(case_files::subject_of(file), FileId{id});
    view.kept_files.push_back(record ? record->name : id);
  }
  for (auto const& word : preview.package.words) view.words.push_back(present_word(context, viewer, preview, word));
  view.may_answer = viewer.may("case.screen") && viewer.user != file.author && file.is_open;
  for (auto const& missing : preview.obstacles.missing) {
    view.missing.push_back({missing.field, forms::field_label(form, context.labels, viewer.language, missing.field)});
  }
  for (auto const& gate : preview.obstacles.open_gates) {
    view.open_gates.push_back(context.labels.text(viewer.language, "gates." + gate));
  }
  view.form = preview.package.form;
  return view;
}

Result<PreviewView> read_preview(Context const& context, Request const& request) {
  auto const file = case_files::load_requested(context, request, Side::requesting);
  if (!file) return tl::unexpected(file.error());
  auto const preview = build_preview(context, *file);
  if (!preview) return tl::unexpected(preview.error());
  return present_preview(context, request.viewer, *file, *preview);
}

Result<Response> send_leaving_file(Context const& context, Request const& request) {
  auto const id = request.id<CaseId>("id");
  auto const attachment = request.id<FileId>("file");
  if (!id || !attachment) return refuse(Why::not_found);
  auto leaving = preview_file(context, request.viewer, *id, *attachment);
  if (!leaving) return tl::unexpected(leaving.error());
  Response response;
  response.content_type = leaving->note.type;
  response.body = as_text(leaving->content);
  if (request.flag("download")) response.download_name = leaving->note.name;
  return response;
}

Result<Response> send_person_copy(Context const& context, Request const& request) {
  auto const file = case_files::load_requested(context, request, Side::requesting);
  if (!file) return tl::unexpected(file.error());
  auto const preview = build_preview(context, *file);
  if (!preview) return tl::unexpected(preview.error());
  auto const language = request.text("language").value_or(language_of_person(*file));
  Response response;
  response.content_type = "application/pdf";
  response.body = as_text(render_person_copy(context, language, *file, preview->package));
  response.download_name = fmt::format("{} {}.pdf", context.labels.text(language, "packages.person_copy.name"), file->reference);
  return response;
}

}  // namespace

void add_leaving_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/cases/{id}/envelope-preview")
                 .named("preview_release")
                 .saying("What would leave and what stays")
                 .permission("case.read")
                 .reads_personal_data()
                 .output<PreviewView>()
                 .handler([&context](Request const& request) { return read_preview(context, request); }));
  routes.add(http::get("/api/cases/{id}/envelope-preview/attachments/{file}")
                 .named("read_leaving_attachment")
                 .saying("An attachment byte for byte as the other State receives it")
                 .permission("case.read")
                 .query(http::flag_parameter("download", "Save it instead of showing it."))
                 .reads_personal_data()
                 .refuses({Why::must_not_leave, Why::unsupported_type})
                 .file("application/octet-stream")
                 .handler([&context](Request const& request) { return send_leaving_file(context, request); }));
  routes.add(http::post("/api/cases/{id}/word-clearances")
                 .named("clear_word")
                 .saying("Answer for a word that was found in what would leave; it holds for exactly this text")
                 .permission("case.screen")
                 .refuses({Why::same_person, Why::reason_missing, Why::wrong_step, Why::stale_revision})
                 .input<WordClearanceInput>()
                 .output<PreviewView>()
                 .handler([&context](WordClearanceInput const& input, Request const& request) -> Result<PreviewView> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const done = clear_word(context, request.viewer, *id,
                                                {input.place.value, input.word.value, input.reason.value}, request.if_match);
                   if (!done) return tl::unexpected(done.error());
                   return read_preview(context, request);
                 }));
  routes.add(http::get("/api/cases/{id}/person-copy")
                 .named("read_person_copy")
                 .saying("For the person: what leaves about them, without the data of others")
                 .permission("case.export")
                 .query(http::choice_parameter("language", "Of the copy; without it the person's own, or English.", {"en", "es"}))
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([&context](Request const& request) { return send_person_copy(context, request); }));
}

}  // namespace rcms::casework
