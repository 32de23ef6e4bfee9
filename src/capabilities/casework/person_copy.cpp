#include "capabilities/casework/person_copy.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/form_pdf.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/report.hpp"
#include "norms/forms/content.hpp"
#include "norms/forms/presentation.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::casework {

using case_files::Context;

namespace {

class PersonCopy {
 public:
  PersonCopy(Context const& context, std::string_view language, CaseFile const& file, Package const& package)
      : context_(context), language_(language), file_(file), package_(package), report_(options()) {}

  Bytes run() {
    report_.heading(say("packages.person_copy.title"), 1);
    report_.paragraph(say(file_.submitted_on.empty() ? "packages.person_copy.lead" : "packages.person_copy.lead_sent",
                          {{"requesting", own()}, {"requested", partner()}, {"day", day(file_.submitted_on)}}));
    report_.fields({{say("packages.column.reference"), file_.reference}, {say("forms.A_person"), file_.person.name}}, 2);
    sections();
    attachments();
    if (!others_.empty()) report_.notice(say("packages.person_copy.others", {{"fields", join(others_, ", ")}}));
    report_.small_print(say("packages.person_copy.stays"));
    return report_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(language_, key, arguments);
  }
  std::string own() const { return context_.directory.get_party(file_.party).names.in(language_); }
  std::string partner() const { return context_.directory.get_party(file_.partner).names.in(language_); }
  std::string day(std::string const& text) const {
    auto const date = Date::parse(text);
    return date ? context_.labels.date(language_, *date) : text;
  }

  ReportOptions options() const {
    ReportOptions options;
    options.information.title = say("packages.person_copy.title") + " " + file_.reference;
    options.information.language = language_;
    options.information.created_at = context_.clock.now();
    options.header = say("packages.person_copy.title") + "  ·  " + file_.reference;
    options.footer = say("packages.person_copy.made", {{"day", day(case_files::today_of(context_, file_.party).text())}});
    auto const* agreement = context_.norms.find_agreement(file_.agreement, file_.submitted_on);
    if (agreement != nullptr && agreement->fictional) options.running_label = say("packages.fictional");
    return options;
  }

  void sections() {
    auto const& form = context_.norms.application_form;
    for (auto const& section : forms::present_content(form, context_.labels, language_, boost::json::value(package_.form))) {
      std::vector<KeyValue> pairs;
      for (auto const& shown : section.fields) {
        auto const* field = forms::find_field(form, shown.path);
        if (field == nullptr || field->type == forms::Type::file || field->type == forms::Type::files) continue;
        if (forms::is_of_others(*field)) others_.push_back(shown.label);
        else pairs.push_back({shown.label, join(shown.lines, "\n")});
      }
      if (pairs.empty()) continue;
      report_.heading(section.label);
      report_.fields(std::move(pairs), 2);
    }
  }

  void attachments() {
    if (package_.attachments.empty()) return;
    Table table;
    table.columns = {{say("packages.kind"), 3}, {say("packages.name"), 3}};
    for (auto const& note : package_.attachments) {
      auto const kind = case_files::attachment_kind(context_.labels, language_, note.kind);
      table.rows.push_back({kind, note.name});
    }
    report_.heading(say("packages.attachments"));
    report_.table(std::move(table));
  }

  Context const& context_;
  std::string language_;
  CaseFile const& file_;
  Package const& package_;
  Report report_;
  std::vector<std::string> others_;
};

}  // namespace

std::string language_of_person(CaseFile const& file) {
  return forms::text_in(boost::json::value(file.content), "A_person.language") == "es" ? "es" : "en";
}

Bytes render_person_copy(Context const& context, std::string_view language, CaseFile const& file, Package const& package) {
  return PersonCopy(context, language, file, package).run();
}

}  // namespace rcms::casework
