#include "capabilities/case_files/package.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/form_pdf.hpp"
#include "capabilities/case_files/present.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/archive.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

/// An attachment with its place in the package.
struct Packed {
  files::FileRecord record;
  std::string name;
};

/// "attachments/02 Passport – scan.pdf": in the order of the file, with what it shows.
std::vector<Packed> pack_attachments(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  std::vector<Packed> packed;
  for (auto& record : context.attachments.list(subject_of(file))) {
    auto const number = packed.size() + 1;
    auto const kind = attachment_kind(context.labels, viewer.language, record.kind);
    auto name = sheets::safe_zip_name(fmt::format("{:02} {} - {}", number, kind, record.name));
    std::replace(name.begin(), name.end(), '/', '_');
    packed.push_back({std::move(record), "attachments/" + name});
  }
  return packed;
}

json::object party_json(NamedView const& party) { return {{"code", party.id}, {"name", party.name}}; }

/// "envelopes/03 in reply.json": in the order in which they were made.
std::string proof_name(std::size_t index, exchange::Proof const& proof) {
  return fmt::format("envelopes/{:02} {} {}.json", index + 1, proof.direction, proof.kind);
}

/// The envelope as it was sealed and the receipt as it was signed: whoever has the open keys can verify both.
std::string proof_text(exchange::Proof const& proof) {
  json::object out{{"text", proof.sealed.text}, {"hash", proof.sealed.hash}, {"signature", proof.sealed.signature}};
  if (proof.receipt) out["receipt"] = exchange::render_receipt(*proof.receipt);
  return json::serialize(out);
}

json::object keys_of(Context const& context, CaseFileView const& view) {
  json::object keys;
  for (auto const* party : {&view.party, &view.partner}) {
    if (auto const* known = context.exchange.find_correspondent(party->id)) keys[party->id] = to_base64url(known->open_key);
  }
  return keys;
}

/// What stands in the package beside the form itself.
struct Inside {
  std::vector<Packed> packed;
  std::vector<exchange::Proof> proofs;
  json::object keys;
  std::string pdf_hash;
};

std::string machine_readable(CaseFileView const& view, Inside const& inside, Instant made_at) {
  auto const& packed = inside.packed;
  json::array attachments;
  for (auto const& one : packed) {
    attachments.push_back(json::object{{"path", one.name},
                                       {"id", one.record.id.value},
                                       {"name", one.record.name},
                                       {"kind", one.record.kind},
                                       {"type", files::media_type_of(one.record.type)},
                                       {"size", one.record.size},
                                       {"sha256", one.record.sha256}});
  }
  json::array envelopes;
  for (std::size_t i = 0; i < inside.proofs.size(); ++i) {
    auto const& proof = inside.proofs[i];
    envelopes.push_back(json::object{{"path", proof_name(i, proof)},
                                     {"direction", proof.direction},
                                     {"kind", proof.kind},
                                     {"number", proof.number},
                                     {"hash", proof.sealed.hash},
                                     {"state", proof.state},
                                     {"created_at", proof.created_at.text()}});
  }
  json::object out{{"format", "rcms-application/1"},
                   {"made_at", made_at.text()},
                   {"id", view.id},
                   {"side", view.side},
                   {"reference", view.reference},
                   {"partner_reference", view.partner_reference ? json::value(*view.partner_reference) : json::value()},
                   {"party", party_json(view.party)},
                   {"partner", party_json(view.partner)},
                   {"agreement", view.agreement},
                   {"state", view.state},
                   {"stage", view.stage},
                   {"submitted_on", view.submitted_on ? json::value(*view.submitted_on) : json::value()},
                   {"form", view.content},
                   {"attachments", std::move(attachments)},
                   {"pdf", json::object{{"path", "application.pdf"}, {"sha256", inside.pdf_hash}}},
                   {"envelopes", std::move(envelopes)},
                   {"keys", inside.keys},
                   {"fingerprint", view.fingerprint ? json::value(*view.fingerprint) : json::value()}};
  return json::serialize(out);
}

std::string contents_text(Context const& context, std::string_view language, CaseFileView const& view, Inside const& inside,
                          std::string const& json_hash, std::string const& made) {
  auto const say = [&](std::string const& key) { return context.labels.text(language, key); };
  std::string text = fmt::format("{} {}\r\n{}: {}\r\n{}: {}\r\n{}\r\n\r\n{}\r\n\r\n", say("packages.title." + view.side),
                                 view.reference, say("forms.A_person"), view.person.name, say("packages.column.partner"),
                                 view.partner.name, made, say("packages.contents_lead"));
  auto const line = [&](std::string const& name, std::string const& what, std::string const& hash) {
    text += fmt::format("{}\r\n    {}\r\n    SHA-256 {}\r\n", name, what, hash);
  };
  line("application.pdf", say("packages.contents_pdf"), inside.pdf_hash);
  line("application.json", say("packages.contents_json"), json_hash);
  for (auto const& one : inside.packed) {
    line(one.name, fmt::format("{}, {} bytes", attachment_kind(context.labels, language, one.record.kind), one.record.size),
         one.record.sha256);
  }
  for (std::size_t i = 0; i < inside.proofs.size(); ++i) {
    auto const& proof = inside.proofs[i];
    line(proof_name(i, proof), say("workflow.envelope." + proof.kind), to_hex(sha256(proof_text(proof))));
  }
  text += fmt::format("\r\n{}\r\n", say("packages.contents_verify"));
  if (view.fingerprint)
    text += fmt::format("\r\n{}\r\n", context.labels.text(language, "packages.fingerprint", {{"hash", *view.fingerprint}}));
  return text;
}

/// Reads an attachment when its turn comes, so that only one is in memory.
sheets::ZipEntry entry_of(Attachments& attachments, std::string name, files::FileRecord record) {
  return {std::move(name), std::function<sheets::PullBytes()>([&attachments, record = std::move(record)]() -> sheets::PullBytes {
            auto read = attachments.read(record);
            if (!read) throw std::runtime_error("an attachment cannot be read: " + record.id.value);
            auto content = std::make_shared<Bytes>(std::move(*read));
            auto at = std::make_shared<std::size_t>(0);
            return [content, at](std::span<std::uint8_t> buffer) {
              auto const count = std::min(buffer.size(), content->size() - *at);
              std::copy_n(content->begin() + static_cast<std::ptrdiff_t>(*at), count, buffer.begin());
              *at += count;
              return count;
            };
          })};
}

Result<void> add_file(Context const& context, access::Viewer const& viewer, CaseFile const& file, std::string const& folder,
                      std::vector<sheets::ZipEntry>& entries) {
  auto const now = context.clock.now();
  FormPages pages;
  pages.file = present_file(context, viewer, file);
  pages.timeline = present_timeline(context, viewer, file);
  pages.made_at = now;
  pages.made_by = viewer.name;
  pages.zone = context.directory.get_party(viewer.party).time_zone;
  pages.proofs = exchange::list_proofs(context.database, file.party, file.id);
  Inside inside{pack_attachments(context, viewer, file), pages.proofs, keys_of(context, pages.file), {}};
  for (auto const& one : inside.packed) {
    if (file.portrait.empty() || one.record.id.value != file.portrait || !files::is_picture(one.record.type)) continue;
    auto photo = context.attachments.read(one.record);
    if (!photo) return tl::unexpected(photo.error());
    pages.photo = std::move(*photo);
  }
  auto const pdf = render_form_pdf(context, viewer.language, pages);
  inside.pdf_hash = to_hex(sha256(pdf));
  auto machine = machine_readable(pages.file, inside, now);
  auto const made =
      context.labels.text(viewer.language, "packages.made",
                          {{"day", context.labels.date(viewer.language, date_in_zone(now, pages.zone))}, {"name", viewer.name}});
  auto contents = contents_text(context, viewer.language, pages.file, inside, to_hex(sha256(machine)), made);
  entries.push_back({folder + "CONTENTS.txt", std::move(contents)});
  entries.push_back({folder + "application.pdf", std::string(as_text(pdf))});
  entries.push_back({folder + "application.json", std::move(machine)});
  for (auto const& one : inside.packed) entries.push_back(entry_of(context.attachments, folder + one.name, one.record));
  for (std::size_t i = 0; i < inside.proofs.size(); ++i)
    entries.push_back({folder + proof_name(i, inside.proofs[i]), proof_text(inside.proofs[i])});
  return {};
}

}  // namespace

std::string package_name(CaseFile const& file) {
  auto const surname = split(search_form(file.person.name), ' ').front();
  return sheets::safe_zip_name(fmt::format("{}{}{}.zip", surname, surname.empty() ? "" : "_", file.reference));
}

Result<void> write_package(Context const& context, access::Viewer const& viewer, std::vector<CaseFile> const& files,
                           std::filesystem::path const& path) {
  std::vector<sheets::ZipEntry> entries;
  for (auto const& file : files) {
    auto name = package_name(file);
    auto const folder = files.size() == 1 ? std::string() : name.substr(0, name.size() - 4) + "/";
    if (auto added = add_file(context, viewer, file, folder, entries); !added) return added;
  }
  if (auto written = sheets::write_zip(path, std::move(entries), context.clock.now()); !written)
    return tl::unexpected(written.error());
  return {};
}

}  // namespace rcms::case_files
