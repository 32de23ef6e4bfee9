#include "capabilities/case_files/api_norms.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/case_files/view.hpp"
#include "foundation/access/store.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::case_files {

struct AgreementRowView {
  std::string code;
  std::string title;
  std::string cited;
  std::vector<NamedView> parties;
  std::string in_force_from;
  std::optional<std::string> in_force_until;
  bool fictional = false;
};
RCMS_VIEW(AgreementRowView, code, title, cited, parties, in_force_from, in_force_until, fictional)

struct RuleView {
  std::string key;
  std::string label;
  std::optional<std::int64_t> value;
  std::optional<std::string> text;
  std::string unit;
  std::optional<std::string> start;
  std::string article;
  std::string confidence;
  std::optional<std::string> note;
};
RCMS_VIEW(RuleView, key, label, value, text, unit, start, article, confidence, note)

struct PracticeView {
  std::string key;
  std::string label;
  std::string value;
  std::string source;
  std::string confidence;
};
RCMS_VIEW(PracticeView, key, label, value, source, confidence)

struct EvidenceView {
  std::string purpose;
  std::string type;
  std::string label;
  std::string effect;
  std::string article;
};
RCMS_VIEW(EvidenceView, purpose, type, label, effect, article)

struct AgreementView {
  AgreementRowView agreement;
  std::vector<RuleView> rules;
  std::vector<PracticeView> practices;
  std::vector<EvidenceView> evidence;
  std::vector<std::string> agreed_fields;
};
RCMS_VIEW(AgreementView, agreement, rules, practices, evidence, agreed_fields)

struct FormView {
  http::Json form;  ///< as norms/forms describes it: sections, fields, codes with labels
};
RCMS_VIEW(FormView, form)

struct OfficerView {
  std::string id;
  std::string name;
  std::string organisation;
  std::vector<std::string> roles;
};
RCMS_VIEW(OfficerView, id, name, organisation, roles)

struct OfficeView {
  std::string id;
  std::string name;
  std::string kind;
};
RCMS_VIEW(OfficeView, id, name, kind)

namespace {

std::optional<std::string> optional_text(std::string const& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

AgreementRowView present_agreement(Context const& context, std::string_view language, agreements::Agreement const& agreement) {
  AgreementRowView view;
  view.code = agreement.code;
  auto const title = agreement.titles.find(std::string(language));
  view.title = title == agreement.titles.end() ? agreement.cited : title->second;
  view.cited = agreement.cited;
  for (auto const& code : agreement.parties) {
    auto const* party = context.directory.find_party(code);
    view.parties.push_back({code, party == nullptr ? code : party->names.in(language)});
  }
  view.in_force_from = agreement.in_force_from.text();
  if (agreement.in_force_until) view.in_force_until = agreement.in_force_until->text();
  view.fictional = agreement.fictional;
  return view;
}

std::string const& in_language(std::string const& text, agreements::Names const& translations, std::string_view language) {
  auto const found = translations.find(std::string(language));
  return found == translations.end() ? text : found->second;
}

std::string label_or(Context const& context, std::string_view language, std::string const& key, std::string const& otherwise) {
  return context.labels.has(key) ? context.labels.text(language, key) : otherwise;
}

AgreementView present_whole(Context const& context, std::string_view language, agreements::Agreement const& agreement) {
  AgreementView view;
  view.agreement = present_agreement(context, language, agreement);
  for (auto const& rule : agreement.rules) {
    RuleView line;
    line.key = rule.key;
    line.label = label_or(context, language, "agreements.rule." + rule.key, rule.key);
    if (rule.value) line.value = *rule.value;
    line.text = optional_text(in_language(rule.text, rule.text_in, language));
    line.unit = agreements::name_of(rule.unit);
    line.start = optional_text(rule.start);
    line.article = rule.article;
    line.confidence = agreements::confidence_of_value(rule);
    line.note = optional_text(in_language(rule.note, rule.note_in, language));
    view.rules.push_back(std::move(line));
  }
  for (auto const& practice : agreement.practices) {
    view.practices.push_back({practice.key, label_or(context, language, "agreements.rule." + practice.key, practice.key),
                              practice.value + " " + practice.unit, practice.source, practice.confidence});
  }
  for (auto const& one : agreement.evidence) {
    for (auto const& type : one.types) {
      view.evidence.push_back(
          {one.purpose, type, label_or(context, language, "codes.evidence_type." + type, type), one.effect, one.article});
    }
  }
  for (auto const& field : agreement.agreed_fields) {
    view.agreed_fields.push_back(forms::field_label(context.norms.application_form, context.labels, language, field.field));
  }
  return view;
}

void add_agreement_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreements")
                 .named("list_agreements")
                 .saying("Agreements that bind the viewer's State")
                 .signed_in()
                 .output<http::Items<AgreementRowView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<AgreementRowView>> {
                   http::Items<AgreementRowView> view;
                   for (auto const* agreement : context.norms.list_agreements()) {
                     auto const& parties = agreement->parties;
                     if (std::find(parties.begin(), parties.end(), request.viewer.party_code) == parties.end()) continue;
                     view.items.push_back(present_agreement(context, request.language, *agreement));
                   }
                   return view;
                 }));
  routes.add(http::get("/api/agreements/{code}")
                 .named("read_agreement")
                 .saying("One agreement: rules with article and confidence, evidence, what may leave")
                 .signed_in()
                 .output<AgreementView>()
                 .handler([&context](http::Request const& request) -> Result<AgreementView> {
                   auto const* agreement =
                       context.norms.find_agreement(request.path_value("code"), {}, request.viewer.party_code);
                   if (agreement == nullptr) return refuse(Why::not_found);
                   return present_whole(context, request.language, *agreement);
                 }));
}

}  // namespace

void add_norms_routes(http::Routes& routes, Context const& context) {
  add_agreement_routes(routes, context);
  routes.add(http::get("/api/forms/{code}")
                 .named("read_form")
                 .saying("The definition of a form, with labels in the viewer's language")
                 .signed_in()
                 .output<FormView>()
                 .handler([&context](http::Request const& request) -> Result<FormView> {
                   auto const found = context.norms.forms.find(request.path_value("code"));
                   if (found == context.norms.forms.end()) return refuse(Why::not_found);
                   return FormView{forms::describe_form(found->second, context.norms.codes, context.labels, request.language)};
                 }));
  routes.add(http::get("/api/officers")
                 .named("list_officers")
                 .saying("Officers of the viewer's State to whom work can be given")
                 .signed_in()
                 .output<http::Items<OfficerView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<OfficerView>> {
                   http::Items<OfficerView> view;
                   for (auto const& user : access::list_users(context.database, request.viewer)) {
                     if (!user.active) continue;
                     view.items.push_back(
                         {user.id.value, user.name,
                          context.directory.organisation_name(request.viewer.party, user.organisation, request.language),
                          user.roles});
                   }
                   return view;
                 }));
  routes.add(http::get("/api/offices")
                 .named("list_offices")
                 .saying("Bodies of the viewer's State to which a task can be given")
                 .signed_in()
                 .output<http::Items<OfficeView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<OfficeView>> {
                   http::Items<OfficeView> view;
                   for (auto const& office : access::list_organisations(context.database, request.viewer)) {
                     if (office.active) view.items.push_back({office.id.value, office.names.in(request.language), office.kind});
                   }
                   return view;
                 }));
}

}  // namespace rcms::case_files
