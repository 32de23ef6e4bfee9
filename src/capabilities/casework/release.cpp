#include "capabilities/casework/release.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/prints.hpp"
#include "capabilities/casework/gates.hpp"
#include "norms/forms/content.hpp"

namespace rcms::casework {

namespace json = boost::json;
using case_files::Side;

namespace {

/// The form as it is at release: what the system knows is filled in.
json::object completed_content(Context const& context, CaseFile const& file) {
  json::object content = file.content;
  auto& header = content["header"].is_object() ? content["header"].get_object() : content["header"].emplace_object();
  auto const& own = context.directory.get_party(file.party);
  auto const& partner = context.directory.get_party(file.partner);
  // The sender is the State's authority, never the unit in which the officer works.
  auto const reader = case_files::language_of(partner);
  header["requesting_authority"] = own.names.in(reader);
  header["requested_authority"] = partner.names.in(reader);
  // The office's own number, where it has given one; the envelope has the reference of the file besides.
  auto const* own_reference = header.if_contains("reference");
  if (own_reference == nullptr || !own_reference->is_string() || own_reference->get_string().empty())
    header["reference"] = file.reference;
  header["place_date"] = json::object{{"date", case_files::today_of(context, file.party).text()}};
  return content;
}

/// What stays or leaves of a file under its agreement, as it is now.
struct Shared {
  json::object content;  ///< with what the system fills in
  forms::Conditions conditions;
  agreements::Agreement const* agreement = nullptr;
  forms::AgreedFields agreed;
  forms::WithheldFields withheld;
  json::object form;  ///< what would leave
};

Shared share(Context const& context, CaseFile const& file) {
  Shared shared;
  shared.content = completed_content(context, file);
  shared.conditions = conditions_of(context, file);
  shared.agreement =
      context.norms.find_agreement(file.agreement, file.submitted_on, context.directory.get_party(file.party).code);
  if (shared.agreement != nullptr) {
    shared.agreed = agreements::agreed_fields_of(*shared.agreement);
    shared.withheld = agreements::withheld_fields_of(*shared.agreement);
  }
  shared.form =
      forms::pick_shared(context.norms.application_form, shared.agreed, shared.conditions, shared.content, shared.withheld);
  return shared;
}

/// What the form lacks for the release, and whom the agreement does not cover: only a draft can be mended.
Findings list_missing(Context const& context, CaseFile const& file, Shared const& shared) {
  auto at_release = shared.conditions;
  at_release.insert("release");
  auto missing = forms::check_content(context.norms.application_form, context.norms.codes, shared.content, at_release,
                                      forms::Demand::complete, case_files::today_of(context, file.party));
  auto uncovered = coverage_of(context, file, shared.content, forms::Demand::complete);
  missing.insert(missing.end(), uncovered.begin(), uncovered.end());
  return missing;
}

/// Attachments that the shared form names, and nothing else.
std::set<std::string> files_named(Context const& context, json::object const& shared) {
  std::set<std::string> named;
  for (auto const& use : forms::list_files(context.norms.application_form, json::value(shared))) named.insert(use.file);
  return named;
}

std::string hash_of(Package const& package) {
  json::array notes;
  for (auto const& note : package.attachments) notes.push_back(json::array{note.file.value, note.name, note.kind, note.sha256});
  return to_hex(sha256(json::serialize(json::array{package.form, notes, package.print})));
}

/// The register of status is asked before anything leaves. What it says is an act of its own: the revision that the viewer knows
/// is compared before it. Refuses: stale_revision.
Result<std::optional<std::int64_t>> ask_register(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                                 std::optional<std::int64_t> if_match) {
  if (!context.renew_status || !viewer.may("case.release")) return if_match;
  auto const file = case_files::find_case_file(context.database, viewer.party, Side::requesting, id);
  if (!file || file->state != "screening") return if_match;
  if (if_match && *if_match != file->revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  if (context.renew_status(viewer.party, id) == case_files::Renewed::no_register) return if_match;
  return std::optional<std::int64_t>();
}

}  // namespace

Result<Preview> build_preview(Context const& context, CaseFile const& file) {
  auto shared = share(context, file);
  Preview preview;
  preview.obstacles.missing = list_missing(context, file, shared);
  preview.lines = forms::list_sharing(context.norms.application_form, shared.agreed, shared.conditions, shared.content,
                                      shared.withheld);
  if (shared.agreement != nullptr) preview.withheld = shared.agreement->withheld;
  preview.package.form = std::move(shared.form);
  scan_form(context, preview.package.form, preview.package.words);
  auto const named = files_named(context, preview.package.form);
  for (auto const& record : context.attachments.list(case_files::subject_of(file))) {
    if (!named.contains(record.id.value)) {
      preview.kept_files.push_back(record.id.value);
      continue;
    }
    auto leaving = case_files::make_leaving(context, file, record);
    if (!leaving) return tl::unexpected(leaving.error());
    scan_file(context, fmt::format("attachments[{}]", preview.package.attachments.size()), record, *leaving,
              preview.package.words);
    preview.files.push_back({record.name, !case_files::list_texts(*leaving).empty()});
    preview.package.attachments.push_back(std::move(leaving->note));
  }
  if (auto prints = case_files::leaving_prints(context, file)) {
    preview.files.push_back({prints->note.name, false});
    preview.package.attachments.push_back(std::move(prints->note));
    preview.package.print = std::move(prints->basis);
  }
  find_clearances(context, file, preview.package.words);
  preview.obstacles.open_gates = list_open_gates(context, file, release_stage);
  preview.hash = hash_of(preview.package);
  return preview;
}

Findings list_defects(Context const& context, CaseFile const& file) {
  auto const shared = share(context, file);
  auto defects = list_missing(context, file, shared);
  for (auto const& use : forms::list_files(context.norms.application_form, json::value(shared.form))) {
    auto const record = context.attachments.find(case_files::subject_of(file), FileId{use.file});
    if (!record || record->removed_at) {
      defects.push_back({Why::field_invalid, use.path, "the file is not attached to the case any more: attach it again", {}});
      continue;
    }
    if (auto leaving = case_files::make_leaving(context, file, *record); !leaving) {
      auto refused = leaving.error();
      refused.field = use.path;
      defects.push_back(std::move(refused));
    }
  }
  if (auto is_new = check_new_evidence(file, shared.form); !is_new) defects.push_back(is_new.error());
  return defects;
}

Result<std::vector<WordFound>> find_words(Context const& context, CaseFile const& file) {
  auto preview = build_preview(context, file);
  if (!preview) return tl::unexpected(preview.error());
  return std::move(preview->package.words);
}

Result<case_files::LeavingFile> preview_file(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                             FileId const& attachment) {
  auto const file = case_files::find_case_file(context.database, viewer.party, Side::requesting, id);
  auto const record = file ? context.attachments.find(case_files::subject_of(*file), attachment) : std::nullopt;
  if (!record || record->removed_at) return refuse(Why::not_found);
  return case_files::make_leaving(context, *file, *record);
}

Result<Preview> preview_release(Context const& context, access::Viewer const& viewer, CaseId const& id) {
  auto const file = case_files::find_case_file(context.database, viewer.party, Side::requesting, id);
  if (!file) return refuse(Why::not_found);
  return build_preview(context, *file);
}

tl::expected<CaseFile, Findings> release(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         std::string_view preview_hash, std::optional<std::int64_t> if_match) {
  Findings missing;
  auto const asked = ask_register(context, viewer, id, if_match);
  if (!asked) return tl::unexpected(Findings{asked.error()});
  auto answer = case_files::act(context, viewer, Side::requesting, id, *asked,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto preview = build_preview(context, before);
    if (!preview) return tl::unexpected(preview.error());
    missing = preview->obstacles.missing;
    auto const now = context.clock.now();
    auto decision = decide_release(context.norms.process, before, preview->package, preview->obstacles, viewer, now,
                                   case_files::today_of(context, before.party));
    if (decision && preview->hash != preview_hash) {
      return refuse(Why::stale_revision, "preview_hash", "what would leave is not what was previewed: look at the preview again");
    }
    if (decision) decision->told["preview_hash"] = preview->hash;
    return decision;
  });
  if (answer) return std::move(*answer);
  bool const is_missing = !missing.empty() && answer.error() == missing.front();
  return tl::unexpected(is_missing ? std::move(missing) : Findings{answer.error()});
}

Result<Package> build_answer_package(Context const& context, CaseFile const& file, std::vector<ItemAnswer> const& items) {
  Package package;
  std::set<std::string> seen;
  for (auto const& item : items) {
    scan_text(context, "items." + item.item, item.text, package.words);
    for (auto const& id : item.files) {
      if (!seen.insert(id).second) continue;
      auto const record = context.attachments.find(case_files::subject_of(file), FileId{id});
      if (!record || record->removed_at) return refuse(Why::not_found, "items." + item.item + ".files");
      auto leaving = case_files::make_leaving(context, file, *record);
      if (!leaving) return tl::unexpected(leaving.error());
      scan_file(context, "items." + item.item + ".files", *record, *leaving, package.words);
      package.attachments.push_back(std::move(leaving->note));
    }
  }
  find_clearances(context, file, package.words);
  return package;
}

}  // namespace rcms::casework
