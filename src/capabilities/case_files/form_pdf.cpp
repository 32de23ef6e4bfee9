#include "capabilities/case_files/form_pdf.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/report.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

/// As many pairs as stand well beside a portrait.
constexpr std::size_t pairs_beside_portrait = 10;
/// Columns of a table of groups; what is more stands in lines.
constexpr std::size_t columns_at_most = 6;

std::string size_words(std::int64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  if (bytes < 1024 * 1024) return fmt::format("{} KB", (bytes + 512) / 1024);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / (1024.0 * 1024.0));
}

class FormPdf {
 public:
  FormPdf(Context const& context, std::string_view language, FormPages const& pages)
      : context_(context), language_(language), pages_(pages), report_(options()) {}

  Bytes run() {
    head();
    report_.contents(say("packages.index"));
    person();
    for (auto const& section : context_.norms.application_form.sections) {
      if (section.code != "A_person") add_section(section);
    }
    attachments();
    requests();
    reply();
    timeline();
    proof();
    return report_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(language_, key, arguments);
  }

  std::string day(std::string const& text) const {
    auto const date = Date::parse(text.substr(0, 10));
    return date ? context_.labels.date(language_, *date) : text;
  }

  Column day_column(std::string const& title) const { return {say(title), 1, Align::start, true}; }

  /// The name of one of the two States in the language of the reader.
  std::string name_of_party(std::string const& code) const {
    for (auto const* party : {&pages_.file.party, &pages_.file.partner}) {
      if (party->id == code) return party->name;
    }
    return code;
  }

  /// The envelope names the States in one language; a reader of another one reads theirs.
  std::string name_in_language(NamedView const& party, std::string written) const {
    auto const* known = context_.directory.find_party(party.id);
    return known != nullptr && (written == known->names.en || written == known->names.es) ? party.name : written;
  }

  std::string moment(Instant at) const { return context_.labels.date(language_, date_in_zone(at, pages_.zone)); }

  std::string optional_day(std::optional<std::string> const& text) const { return text ? day(*text) : std::string(); }

  std::string title() const { return say("packages.title." + pages_.file.side); }

  NamedView const& requesting() const { return pages_.file.side == "requesting" ? pages_.file.party : pages_.file.partner; }
  NamedView const& requested() const { return pages_.file.side == "requesting" ? pages_.file.partner : pages_.file.party; }

  ReportOptions options() const {
    ReportOptions options;
    options.information.title = title() + " " + pages_.file.reference;
    options.information.author = pages_.file.party.name;
    options.information.subject = pages_.file.agreement_title;
    options.information.language = language_;
    options.information.created_at = pages_.made_at;
    options.header = fmt::format("{} → {}  ·  {}  ·  {}", requesting().name, requested().name, title(), pages_.file.reference);
    options.footer = say("packages.made", {{"day", moment(pages_.made_at)}, {"name", pages_.made_by}});
    auto const* agreement = context_.norms.find_agreement(pages_.file.agreement, pages_.file.submitted_on.value_or(""));
    if (agreement != nullptr && agreement->fictional) options.running_label = say("packages.fictional");
    return options;
  }

  void head() {
    auto const& file = pages_.file;
    report_.heading(title(), 1);
    report_.notice(say("packages.from_to", {{"from", fmt::format("{} ({})", requesting().name, requesting().id)},
                                            {"to", fmt::format("{} ({})", requested().name, requested().id)}}) +
                   "\n" + file.agreement_title);
    std::vector<KeyValue> pairs{{say("packages.column.reference"), file.reference},
                                {say("packages.column.partner_reference"), file.partner_reference.value_or("")},
                                {say("packages.column.state"), say("workflow.state." + file.state)},
                                {say("packages.column.submitted_on"), optional_day(file.submitted_on)},
                                {say("packages.column.owner"), file.owner ? file.owner->name : std::string()}};
    for (auto const& deadline : file.deadlines) {
      if (deadline.state == "open" && !deadline.due_on.empty()) {
        pairs.push_back(
            {say("agreements.rule." + deadline.kind) + ": " + say("packages.column.next_due_on"), day(deadline.due_on)});
      }
    }
    report_.fields(std::move(pairs), 3);
  }

  /// Fields of one value of a section as pairs, in the order of the form.
  std::vector<KeyValue> pairs_of(forms::Section const& section) const {
    std::vector<KeyValue> pairs;
    for (auto const& shown :
         forms::present_content(context_.norms.application_form, context_.labels, language_, pages_.file.content)) {
      if (shown.code != section.code) continue;
      for (auto const& field : shown.fields) {
        bool const elsewhere =
            field.type == forms::Type::records || field.type == forms::Type::file || field.type == forms::Type::files;
        if (elsewhere) continue;
        auto const separator = field.type == forms::Type::record || field.type == forms::Type::text_block ? "\n" : ", ";
        auto text = join(field.lines, separator);
        if (field.type == forms::Type::record) text = join(split_pairs(text), "\n");
        if (field.path == "header.requesting_authority") text = name_in_language(requesting(), std::move(text));
        if (field.path == "header.requested_authority") text = name_in_language(requested(), std::move(text));
        pairs.push_back({field.label, std::move(text)});
      }
    }
    return pairs;
  }

  /// "Country: X; Place: Y" in lines.
  static std::vector<std::string> split_pairs(std::string text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    for (auto at = text.find("; "); at != std::string::npos; at = text.find("; ", from)) {
      lines.push_back(text.substr(from, at - from));
      from = at + 2;
    }
    lines.push_back(text.substr(from));
    return lines;
  }

  std::string part_value(forms::Field const& part, json::value const& held) const {
    if (held.is_bool()) return say(held.get_bool() ? "forms.yes" : "forms.no");
    if (held.is_int64()) return std::to_string(held.get_int64());
    if (!held.is_string()) return {};
    std::string const text(held.get_string());
    if (part.type == forms::Type::code) return say("codes." + part.codes + "." + text);
    if (part.type == forms::Type::date || part.type == forms::Type::partial_date) return day(text);
    if (part.type == forms::Type::file) return file_name(text);
    return text;
  }

  std::string file_name(std::string const& id) const {
    for (auto const& attachment : pages_.file.attachments) {
      if (attachment.id == id) return attachment.name;
    }
    return say("forms.attached");
  }

  /// A group of entries as a table: a column for each part that any of them has.
  void add_table(forms::Section const& section, forms::Field const& field, json::array const& entries) {
    std::vector<forms::Field const*> parts;
    for (auto const& part : field.parts) {
      bool const used = std::any_of(entries.begin(), entries.end(),
                                    [&](auto const& entry) { return find_member(entry, part.code) != nullptr; });
      if (used) parts.push_back(&part);
    }
    if (parts.empty()) return;
    if (parts.size() > columns_at_most) return add_lines(section, field, parts, entries);
    Table table;
    for (auto const* part : parts) {
      bool const is_day = part->type == forms::Type::date || part->type == forms::Type::partial_date;
      bool const is_short = is_day || part->type == forms::Type::code;
      table.columns.push_back({say("forms.part." + field.shape + "." + part->code), is_short ? 1.0 : 1.4, Align::start, is_day});
    }
    for (auto const& entry : entries) {
      std::vector<std::string> row;
      for (auto const* part : parts) {
        auto const* value = find_member(entry, part->code);
        row.push_back(value == nullptr ? std::string() : part_value(*part, *value));
      }
      table.rows.push_back(std::move(row));
    }
    report_.heading(say("forms." + section.code + "." + field.code), 3);
    report_.table(std::move(table));
  }

  /// A group with more parts than a table has room for: each entry with its filled-in parts as pairs.
  void add_lines(forms::Section const& section, forms::Field const& field, std::vector<forms::Field const*> const& parts,
                 json::array const& entries) {
    auto const name = say("forms." + section.code + "." + field.code);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      std::vector<KeyValue> pairs;
      for (auto const* part : parts) {
        auto const* value = find_member(entries[i], part->code);
        if (value != nullptr) pairs.push_back({say("forms.part." + field.shape + "." + part->code), part_value(*part, *value)});
      }
      report_.heading(entries.size() == 1 ? name : fmt::format("{} · {}", name, i + 1), 3).fields(std::move(pairs), 3);
    }
  }

  void add_tables(forms::Section const& section) {
    auto const* given = find_member(pages_.file.content, section.code);
    if (given == nullptr) return;
    for (auto const& field : section.fields) {
      auto const* held = field.type == forms::Type::records ? find_member(*given, field.code) : nullptr;
      if (held != nullptr && held->is_array() && !held->get_array().empty()) add_table(section, field, held->get_array());
    }
  }

  void person() {
    auto const& form = context_.norms.application_form;
    for (auto const& section : form.sections) {
      if (section.code != "A_person") continue;
      report_.heading(say("forms.A_person"));
      auto pairs = pairs_of(section);
      auto const beside = std::min(pairs.size(), pairs_beside_portrait);
      std::vector<KeyValue> rest(pairs.begin() + static_cast<std::ptrdiff_t>(beside), pairs.end());
      pairs.resize(beside);
      report_.portrait(pages_.photo, std::move(pairs), 2, say("packages.no_photo"));
      if (!rest.empty()) report_.fields(std::move(rest), 2);
      add_tables(section);
    }
  }

  void add_section(forms::Section const& section) {
    auto const* given = find_member(pages_.file.content, section.code);
    if (given == nullptr || !given->is_object() || given->get_object().empty()) return;
    report_.heading(say("forms." + section.code));
    auto pairs = pairs_of(section);
    bool const is_long = std::any_of(pairs.begin(), pairs.end(), [](auto const& pair) { return length_of(pair.value) > 90; });
    if (!pairs.empty()) report_.fields(std::move(pairs), is_long ? 1 : 2);
    add_tables(section);
  }

  void attachments() {
    if (pages_.file.attachments.empty()) return;
    report_.heading(say("packages.attachments"));
    Table table;
    table.columns = {{say("packages.number"), 0.4, Align::end}, {say("packages.name"), 2.6}, {say("packages.kind"), 1.6},
                     {say("packages.size"), 0.8, Align::end}};
    for (auto const& attachment : pages_.file.attachments) {
      auto const number = std::to_string(table.rows.size() + 1);
      table.rows.push_back({number, attachment.name, attachment_kind(context_.labels, language_, attachment.kind),
                            size_words(attachment.size)});
    }
    report_.table(std::move(table));
    Table hashes;
    hashes.columns = {{say("packages.number"), 0.4, Align::end}, {say("packages.sha256"), 5, Align::start, true}};
    hashes.size_pt = 7.5;
    for (auto const& attachment : pages_.file.attachments)
      hashes.rows.push_back({std::to_string(hashes.rows.size() + 1), attachment.sha256});
    report_.table(std::move(hashes));
  }

  /// "One of these would be enough: passport (original), proof, art. 3(1); …": what an item of evidence asks for.
  std::string wanted(RequestItemView const& item) const {
    if (item.any_of.empty()) return {};
    std::vector<std::string> documents;
    for (auto const& one : item.any_of) {
      auto text = one.form_label ? fmt::format("{} ({})", one.label, *one.form_label) : one.label;
      if (one.effect_label) text += ", " + *one.effect_label;
      if (one.clause) text += ", " + *one.clause;
      documents.push_back(std::move(text));
    }
    auto const key = item.count > 0 ? "packages.wanted" : "packages.wanted_any";
    return say(key, {{"count", std::to_string(item.count)}, {"list", join(documents, "; ")}});
  }

  void requests() {
    if (pages_.file.requests.empty()) return;
    report_.heading(say("packages.requests"));
    Table table;
    table.columns = {day_column("packages.asked_on"), {say("packages.item"), 2}, {say("packages.note"), 2},
                     {say("packages.answer"), 2}};
    for (auto const& request : pages_.file.requests) {
      for (auto const& item : request.items) {
        auto const lines = std::vector<std::string>{item.note.value_or(""), wanted(item)};
        table.rows.push_back({moment(request.asked_at), item.label,
                              lines[0].empty() || lines[1].empty() ? lines[0] + lines[1] : join(lines, "\n"),
                              item.answer.value_or(item.state == "open" ? say("packages.open") : std::string())});
      }
    }
    report_.table(std::move(table));
  }

  void reply() {
    if (!pages_.file.reply) return;
    auto const& reply = *pages_.file.reply;
    report_.heading(say("packages.reply"));
    auto const key = "codes.reply_decision." + reply.kind;
    auto text = (context_.labels.has(key) ? say(key) : reply.kind) + " · " + moment(reply.at);
    for (auto const& reason : reply.reasons) text += "\n" + reason.label + (reason.text ? ": " + *reason.text : std::string());
    if (reply.note) text += "\n" + *reply.note;
    report_.notice(text, Notice::important);
  }

  void timeline() {
    Table table;
    table.columns = {day_column("packages.day"), {say("packages.what"), 1.7}, {say("packages.who"), 1.2}};
    for (auto const& entry : pages_.timeline.entries) {
      // What is to come stands at the head, with its term.
      if (entry.tense != "done") continue;
      auto who = entry.who.value_or("");
      if (entry.office) who += (who.empty() ? "" : ", ") + *entry.office;
      table.rows.push_back({day(entry.when), entry.text, who.empty() ? name_of_party(entry.party.value_or("")) : who});
    }
    if (table.rows.empty()) return;
    report_.heading(say("packages.timeline"));
    report_.table(std::move(table));
  }

  /// What both States can compare.
  void proof() {
    auto const& file = pages_.file;
    if (file.transmissions.empty()) return;
    report_.heading(say("packages.transmissions"));
    Table table;
    table.columns = {day_column("packages.day"), {say("packages.envelope"), 2},
                     {say("packages.sha256"), 3.2, Align::start, true}};
    table.size_pt = 7.5;
    for (auto const& sent : file.transmissions) table.rows.push_back({moment(sent.created_at), sent.label, sent.hash});
    report_.table(std::move(table));
    receipts();
    if (file.fingerprint) report_.small_print(say("packages.fingerprint", {{"hash", *file.fingerprint}}));
  }

  /// Who has signed for which envelope, and when.
  void receipts() {
    Table table;
    table.columns = {day_column("packages.day"), {say("packages.envelope"), 2}, {say("packages.received_by"), 1.4},
                     {say("packages.signature"), 3}};
    table.size_pt = 7.5;
    for (auto const& proof : pages_.proofs) {
      if (!proof.receipt) continue;
      table.rows.push_back({moment(proof.receipt->at), say("workflow.envelope." + proof.kind),
                            name_of_party(proof.receipt->by), proof.receipt->signature});
    }
    if (table.rows.empty()) return;
    report_.heading(say("packages.receipts"));
    report_.table(std::move(table));
  }

  Context const& context_;
  std::string language_;
  FormPages const& pages_;
  Report report_;
};

}  // namespace

std::string attachment_kind(Labels const& labels, std::string_view language, std::string const& kind) {
  for (auto const& key : {"codes.evidence_type." + kind, "packages.kind." + kind}) {
    if (labels.has(key)) return labels.text(language, key);
  }
  return labels.text(language, "packages.kind.other");
}

Bytes render_form_pdf(Context const& context, std::string_view language, FormPages const& pages) {
  return FormPdf(context, language, pages).run();
}

}  // namespace rcms::case_files
