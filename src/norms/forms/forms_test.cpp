#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/base/labels.hpp"
#include "norms/forms/content.hpp"
#include "norms/forms/form.hpp"
#include "norms/forms/presentation.hpp"
#include "norms/forms/sharing.hpp"

using namespace rcms;
using namespace rcms::forms;
namespace json = boost::json;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
Date const today(2031, 3, 3);

struct World {
  Codes codes = load_codes(data);
  Labels labels = Labels::load(data / "languages");
  Form application = load_form(data, "application", codes);
  Form slip = load_form(data, "field_slip", codes);
};

World const& world() {
  static World const loaded;
  return loaded;
}

json::value minimal() {
  return json::parse(R"({"A_person":{"surname":"Quispe Luna","given_names":"Ana","dob":"1987-03","sex":"F","nationality":"UTO"},
    "D_evidence":{"nationality_evidence":[{"type":"passport","number":"P123","expires_on":"2033-01-01"}]}})");
}

std::string first_why(Findings const& findings) { return findings.empty() ? "" : std::string(name_of(findings.front().why)); }

}  // namespace

TEST_CASE("the application has all 44 fields of the common list, in their sections") {
  std::map<std::string, std::vector<std::string>> const expected = {
      {"header", {"requesting_authority", "requested_authority", "reference", "place_date", "procedure_flags"}},
      {"A_person",
       {"surname", "given_names", "maiden_name", "other_names", "photo", "dob", "pob", "sex", "physical_description",
        "father_name", "mother_name", "nationality", "previous_nationalities", "civil_status", "last_address_requested",
        "schools_workplaces", "relatives"}},
      {"B_family", {"spouse", "children"}},
      {"C_special", {"state_of_health", "assistance_needed", "protection_security", "criminal_information"}},
      {"D_evidence", {"nationality_evidence", "biometrics"}},
      {"E_tcn", {"tcn_evidence", "tcn_basis"}},
      {"F_other", {"observations", "signature_seal"}},
      {"reply", {"decision", "refusal_reason", "td_type_validity"}},
      {"transfer", {"date", "crossing_point", "means", "escorts"}},
      {"transit", {"transit_request"}},
      {"internal", {"return_decision_ref", "asylum_status_check"}},
  };
  std::map<std::string, std::vector<std::string>> found;
  std::size_t count = 0;
  for (auto const& section : world().application.sections) {
    for (auto const& field : section.fields) {
      if (field.extra) continue;
      found[section.code].push_back(field.code);
      ++count;
    }
  }
  CHECK(count == 44);
  CHECK(found == expected);
}

TEST_CASE("bad input is named by path, with the reason") {
  struct Row { char const* name; char const* section; char const* field; char const* value; char const* path; char const* why; };
  std::string const long_name = "\"" + std::string(500, 'a') + "\"";
  Row const rows[] = {
      {"unknown field", "A_person", "colour", "\"x\"", "A_person.colour", "field_unknown"},
      {"impossible day", "A_person", "dob", "\"1987-02-30\"", "A_person.dob", "field_invalid"},
      {"impossible month", "A_person", "dob", "\"1987-13\"", "A_person.dob", "field_invalid"},
      {"born tomorrow", "A_person", "dob", "\"2031-03-04\"", "A_person.dob", "field_invalid"},
      {"born in 1066", "A_person", "dob", "\"1066\"", "A_person.dob", "field_invalid"},
      {"number for text", "A_person", "surname", "12", "A_person.surname", "field_invalid"},
      {"500 letters", "A_person", "surname", long_name.c_str(), "A_person.surname", "field_too_long"},
      {"control character", "A_person", "surname", "\"a\\u0007b\"", "A_person.surname", "malformed"},
      {"right-to-left override", "A_person", "surname", "\"a\\u202eb\"", "A_person.surname", "malformed"},
      {"Cyrillic in the Latin field", "A_person", "surname", "\"Иванов\"", "A_person.surname", "field_invalid"},
      {"code off the list", "A_person", "sex", "\"female\"", "A_person.sex", "field_invalid"},
      {"photo is no file id", "A_person", "photo", "\"face.jpg\"", "A_person.photo", "field_invalid"},
      {"the same code twice", "A_person", "previous_nationalities", "[\"UTO\",\"UTO\"]", "A_person.previous_nationalities[1]",
       "field_invalid"},
      {"child without surname", "B_family", "children", "[{\"given_names\":\"Lu\"}]", "B_family.children[0].surname",
       "field_missing"},
      {"impossible day of a child", "B_family", "children", "[{\"surname\":\"A\"},{\"surname\":\"B\",\"dob\":\"2020-02-30\"}]",
       "B_family.children[1].dob", "field_invalid"},
      {"list is no list", "B_family", "children", "{}", "", ""},
      {"expires before issue", "D_evidence", "nationality_evidence",
       "[{\"type\":\"passport\",\"issued_on\":\"2030-01-02\",\"expires_on\":\"2030-01-01\"}]",
       "D_evidence.nationality_evidence[0].expires_on", "field_invalid"},
      {"transfer before its time", "transfer", "crossing_point", "\"X\"", "transfer", "field_unknown"},
      {"third-country section for a national", "E_tcn", "tcn_basis", "\"visa\"", "E_tcn", "field_unknown"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto content = minimal();
    auto& section = content.as_object()[row.section];
    if (!section.is_object()) section = json::object();
    section.as_object()[row.field] = json::parse(row.value);
    auto const tidy = normalise_content(world().application, content);
    auto const conditions = derive_conditions(tidy, "UTO", today);
    auto const findings = check_content(world().application, world().codes, tidy, conditions, Demand::complete, today);
    if (row.path[0] == '\0') {
      CHECK(findings.empty());
      continue;
    }
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].field == row.path);
    CHECK(first_why(findings) == row.why);
    for (char const* language : {"en", "es"}) {
      auto const words = render_finding(world().application, world().labels, language, findings[0]);
      CHECK(words.find('[') == std::string::npos);
      CHECK(words.size() > 20);
    }
  }
}

TEST_CASE("a complete application has no defects, an empty one names what is missing") {
  auto const& form = world().application;
  CHECK(check_content(form, world().codes, minimal(), {"own_national"}, Demand::complete, today).empty());
  CHECK(check_content(form, world().codes, json::object(), {}, Demand::draft).empty());
  auto const findings = check_content(form, world().codes, json::object(), {}, Demand::complete);
  std::set<std::string> paths;
  for (auto const& finding : findings) paths.insert(finding.field);
  CHECK(paths == std::set<std::string>{"A_person.surname", "A_person.given_names", "A_person.dob", "A_person.sex",
                                       "A_person.nationality", "D_evidence.nationality_evidence"});
  auto const interview = check_content(form, world().codes, json::object(), {"interview_requested"}, Demand::complete);
  CHECK(interview.size() == findings.size() - 1);
  auto const foreign = check_content(form, world().codes, minimal(), {"third_country_national"}, Demand::complete);
  CHECK(foreign.size() == 2);
  auto const release = check_content(form, world().codes, minimal(), {"release"}, Demand::complete);
  CHECK(release.size() == 5);  // The check of the status is asked by G02.
}

TEST_CASE("content is tidied, lines of blocks stay, empties go") {
  auto const content =
      json::parse(R"({"A_person":{"surname":"  Pe\u0301rez \u00a0 Luna ","given_names":"","other_names":["", " Nano "]},
    "F_other":{"observations":"\n one  \n\n two \n\n"},"B_family":{"spouse":{"surname":" "}},"bogus":{"x":1}})");
  auto const tidy = normalise_content(world().application, content);
  CHECK(
      json::serialize(tidy) ==
      json::serialize(json::parse(
          R"({"A_person":{"surname":"Pérez Luna","other_names":["Nano"]},)"
          R"("F_other":{"observations":"one\n\ntwo"},"bogus":{"x":1}})")));
  CHECK(normalise_content(world().application, tidy) == tidy);
}

TEST_CASE("conditions follow from the content") {
  struct Row { char const* name; char const* content; std::set<std::string> expected; };
  Row const rows[] = {
      {"national", R"({"A_person":{"nationality":"UTO","dob":"1987"}})", {"own_national"}},
      {"third country", R"({"A_person":{"nationality":"RUR"}})", {"third_country_national"}},
      {"eighteen today is no child", R"({"A_person":{"dob":"2013-03-03"}})", {}},
      {"eighteen tomorrow is a child", R"({"A_person":{"dob":"2013-03-04"}})", {"child"}},
      {"only the year known counts for the child", R"({"A_person":{"dob":"2013"}})", {"child"}},
      {"family and flags", R"({"B_family":{"spouse":{"surname":"A"}},"header":{"procedure_flags":["interview","accelerated"]}})",
       {"family", "interview_requested", "accelerated"}},
      {"health", R"({"C_special":{"state_of_health":"x"}})", {"health_data"}},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const found = derive_conditions(json::parse(row.content), "UTO", today);
    CHECK(std::set<std::string>(found.begin(), found.end()) == row.expected);
  }
}

namespace {

/// A value that fills the field, every text in it marked with the path of its field.
json::value marked_value(Field const& field, std::string const& path) {
  json::string const mark(("<" + path + ">").c_str());
  switch (field.type) {
    case Type::flag: return true;
    case Type::whole: return 1;
    case Type::texts: case Type::codes: case Type::files: return json::array{mark};
    case Type::record: case Type::records: {
      json::object group;
      for (auto const& part : field.parts) group[part.code] = marked_value(part, path + "." + part.code);
      group["smuggled"] = mark;
      if (field.type == Type::record) return group;
      return json::array{group};
    }
    default: return mark;
  }
}

json::object marked_content(Form const& form) {
  json::object content;
  for (auto const& section : form.sections) {
    json::object fields;
    for (auto const& field : section.fields) {
      fields[field.code] = marked_value(field, section.code + "." + field.code);
      fields[field.code + "_original"] = "<" + section.code + "." + field.code + ">";
    }
    fields["smuggled"] = "<smuggled>";
    content[section.code] = fields;
  }
  content["smuggled"] = json::object{{"x", "<smuggled>"}};
  return content;
}

}  // namespace

TEST_CASE("no byte of a field leaves that the whitelist does not name") {
  auto const& form = world().application;
  auto const content = marked_content(form);
  std::vector<std::string> const conditions = {
      "third_country_national", "health_consent", "vital_interest", "transfer", "transit", "reply"};
  std::vector<std::string> const fields = {"A_person.relatives", "A_person.schools_workplaces", "D_evidence.biometrics",
                                           "C_special.criminal_information", "internal.return_decision_ref"};
  CHECK(rc::check("whatever the agreement and the conditions", [&] {
    Conditions holding;
    AgreedFields agreed;
    for (auto const& condition : conditions) if (*rc::gen::arbitrary<bool>()) holding.insert(condition);
    for (auto const& field : fields) if (*rc::gen::arbitrary<bool>()) agreed.insert(field);
    auto const out = json::serialize(pick_shared(form, agreed, holding, content));
    RC_ASSERT(out.find("smuggled") == std::string::npos);
    for (auto const& section : form.sections) {
      for (auto const& field : section.fields) {
        auto const path = section.code + "." + field.code;
        bool const leaves = may_leave(section, field, agreed, holding);
        bool const found = out.find("<" + path) != std::string::npos;
        RC_ASSERT(found == (leaves && field.type != Type::flag));
        if (section.code == "internal") RC_ASSERT(!found);
      }
    }
    RC_ASSERT(out.find("evidence.note") == std::string::npos);
  }));
}

TEST_CASE("health leaves with consent only, relatives only under the agreement, the rest of the rule is told in the preview") {
  auto const content = json::parse(R"({"A_person":{"surname":"A","relatives":[{"relation":"mother","name":"B"}]},
    "C_special":{"state_of_health":"needs insulin"},"internal":{"asylum_status_check":{"result":"ok"}}})");
  auto const& form = world().application;
  CHECK(json::serialize(pick_shared(form, {}, {}, content)) == R"({"A_person":{"surname":"A"}})");
  CHECK(pick_shared(form, {}, {"health_consent"}, content).contains("C_special"));
  CHECK(pick_shared(form, {"A_person.relatives"}, {}, content).at("A_person").as_object().contains("relatives"));
  auto const lines = list_sharing(form, {}, {}, content);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].leaves);
  CHECK(lines[1].rule == Share::agreement);
  CHECK_FALSE(lines[2].leaves);
  CHECK(lines[3].rule == Share::never);
}

TEST_CASE("a field verifier sees neither the requesting State nor a reason nor health") {
  auto const slip = pick_known(world().slip, {}, marked_content(world().application));
  auto const text = json::serialize(slip);
  CHECK(text.find("<A_person.surname>") != std::string::npos);
  CHECK(text.find("<A_person.photo>") != std::string::npos);
  for (char const* hidden : {"header", "B_family", "C_special", "D_evidence", "E_tcn", "F_other", "internal", "transfer",
                             "nationality", "civil_status", "smuggled"}) {
    CAPTURE(hidden);
    CHECK(text.find(hidden) == std::string::npos);
  }
}

TEST_CASE("content is presented in words") {
  auto const sections = present_content(world().application, world().labels, "es", json::parse(
      R"({"A_person":{"surname":"Ivanova","surname_original":"Иванова","dob":"1987-03-01","sex":"F"},
      "D_evidence":{"nationality_evidence":[{"type":"passport","number":"P1","expires_on":"2033-01-01"}]}})"));
  REQUIRE(sections.size() == 2);
  CHECK(sections[0].label == "La persona");
  CHECK(sections[0].fields[1].label == "Apellidos (escritura original)");
  CHECK(sections[0].fields[1].lines.front() == "Иванова");
  CHECK(sections[0].fields[2].lines.front() == "1 de marzo de 1987");
  CHECK(sections[0].fields[3].lines.front() == "Femenino");
  CHECK(sections[1].fields[0].lines.front() ==
        "Tipo de documento: Pasaporte; Número: P1; Fecha de vencimiento: 1 de enero de 2033");
  CHECK(field_label(world().application, world().labels, "en", "B_family.children[2].dob") ==
        "Minor unmarried children 3: Date of birth");
}

TEST_CASE("every form loads and every section, field, part, help and code has a label") {
  auto const needs = [&](std::string const& key) { CHECK_MESSAGE(world().labels.has(key), key); };
  for (char const* code : {"application", "reply", "interview_minutes", "field_slip"}) {
    auto const form = load_form(data, code, world().codes);
    needs("forms.title." + form.code);
    for (auto const& section : form.sections) {
      needs("forms." + section.code);
      for (auto const& field : section.fields) {
        needs("forms." + section.code + "." + field.code);
        if (field.help) needs("forms.help." + section.code + "." + field.code);
        for (auto const& part : field.parts) needs("forms.part." + field.shape + "." + part.code);
      }
    }
    auto const described = json::serialize(describe_form(form, world().codes, world().labels, "es"));
    CHECK(described.find("\"[") == std::string::npos);
  }
  for (auto const& [list, codes] : world().codes) {
    for (auto const& code : codes) needs("codes." + list + "." + code);
  }
}
