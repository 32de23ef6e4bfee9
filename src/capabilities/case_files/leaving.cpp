#include "capabilities/case_files/leaving.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/case_files/form_pdf.hpp"
#include "foundation/files/metadata.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::case_files {

std::string language_of(access::Party const& party) {
  for (auto const& language : party.languages) {
    if (language == "es" || language == "en") return language;
  }
  return "en";
}

Result<LeavingFile> make_leaving(Context const& context, CaseFile const& file, files::FileRecord const& record) {
  auto const original = context.attachments.read(record);
  if (!original) return tl::unexpected(original.error());
  auto const& receiver = context.directory.get_party(file.partner);
  auto const language = language_of(receiver);
  auto const mark = context.labels.text(language, "packages.copy_for",
                                        {{"receiver", receiver.names.in(language)}, {"reference", file.reference}});
  auto content = files::strip_metadata(record.type, *original, mark);
  if (!content) return tl::unexpected(content.error());
  bool const is_known = context.labels.has("codes.evidence_type." + record.kind) ||
                        context.labels.has("packages.kind." + record.kind);
  LeavingFile leaving;
  leaving.note.file = record.id;
  leaving.note.kind = is_known ? record.kind : "other";
  auto kind = attachment_kind(context.labels, language, leaving.note.kind);
  std::replace(kind.begin(), kind.end(), '/', ' ');
  auto const& id = record.id.value;
  leaving.note.name = files::safe_file_name(
      fmt::format("{} {}{}", kind, id.substr(id.size() - 4), files::extension_of(record.type)), record.type);
  leaving.note.type = std::string(files::media_type_of(record.type));
  leaving.note.size = static_cast<std::int64_t>(content->size());
  leaving.note.sha256 = to_hex(sha256(*content));
  leaving.content = std::move(*content);
  return leaving;
}

Result<db::Command> take_over(Context const& context, CaseFile const& file, exchange::AttachmentNote const& note) {
  auto const receiver = subject_of(file.side == Side::requesting ? Side::requested : Side::requesting, file.id);
  db::Command command;
  if (auto const known = context.attachments.find(receiver, note.file)) {
    if (known->sha256 != note.sha256) return refuse(Why::does_not_verify, "attachments", "another file has this id");
    return command;
  }
  auto const original = context.attachments.find(subject_of(file), note.file);
  if (!original) return refuse(Why::unavailable, "attachments", "the sender does not have the file any more");
  auto const leaving = make_leaving(context, file, *original);
  if (!leaving) return tl::unexpected(leaving.error());
  if (leaving->note.sha256 != note.sha256) return refuse(Why::does_not_verify, "attachments", "the hash is another");
  auto record = context.attachments.take_in(receiver, note.name, note.kind, leaving->content, "exchange");
  if (!record) return tl::unexpected(record.error());
  record->id = note.file;
  files::add_file(command, *record);
  return command;
}

std::vector<std::string> list_texts(LeavingFile const& leaving) {
  std::vector<std::string> texts;
  if (leaving.note.type == files::media_type_of(files::FileType::plain_text)) {
    texts.emplace_back(as_text(leaving.content));
  } else if (leaving.note.type == files::media_type_of(files::FileType::pdf)) {
    auto const pages = count_pdf_pages(leaving.content);
    for (int page = 0; pages && page < *pages; ++page) texts.push_back(read_pdf_text(leaving.content, page).value_or(""));
  }
  return texts;
}

}  // namespace rcms::case_files
