// What may not leave appears in no byte of what leaves: every field of the form is filled with a marker of its own.
#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "norms/forms/sharing.hpp"
#include "stories/rules_world.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;

case_files::Norms const& norms() {
  static case_files::Norms const loaded = case_files::load_norms(source / "data");
  return loaded;
}

/// Every filled place with its marker and the rule of the strictest field above it.
struct Marked {
  json::object content;
  std::map<std::string, std::string> marker_of;  ///< path of the section's field, or field and part → marker
};

json::value fill(forms::Field const& field, std::string const& path, Marked& marked, bool optional) {
  if (optional && !field.required && *rc::gen::inRange(0, 4) == 0) return nullptr;
  auto const marker = fmt::format("Mark{:03}x", marked.marker_of.size());
  auto const note = [&] { marked.marker_of[path] = marker; };
  switch (field.type) {
    case forms::Type::text:
    case forms::Type::text_block: note(); return json::string(marker);
    case forms::Type::texts: note(); return json::array{json::string(marker)};
    case forms::Type::date:
    case forms::Type::partial_date: return "1987-03-14";
    case forms::Type::instant: return "2031-01-01T00:00:00Z";
    case forms::Type::code: return json::string(norms().codes.at(field.codes).front());
    case forms::Type::codes: return json::array{json::string(norms().codes.at(field.codes).front())};
    case forms::Type::file: note(); return json::string(marker);
    case forms::Type::files: note(); return json::array{json::string(marker)};
    case forms::Type::whole: return 3;
    case forms::Type::flag: return true;
    case forms::Type::record:
    case forms::Type::records: {
      json::object record;
      for (auto const& part : field.parts) {
        if (auto value = fill(part, path + "." + part.code, marked, optional); !value.is_null())
          record[part.code] = std::move(value);
      }
      if (field.type == forms::Type::record) return record;
      return json::array{std::move(record)};
    }
  }
  return nullptr;
}

/// Random content; every section also has a field that the form does not know.
Marked random_content() {
  Marked marked;
  for (auto const& section : norms().application_form.sections) {
    json::object fields;
    for (auto const& field : section.fields) {
      if (auto value = fill(field, section.code + "." + field.code, marked, true); !value.is_null())
        fields[field.code] = std::move(value);
    }
    fields["unknown_field"] = "Unknown" + section.code;
    marked.content[section.code] = std::move(fields);
  }
  marked.content["unknown_section"] = json::object{{"x", "UnknownSection"}};
  return marked;
}

/// Whether the rules let a path leave, told from the definition of the form and not from the code that builds envelopes.
bool may_leave(std::string const& path, std::set<std::string, std::less<>> const& agreed, bool consent) {
  std::string const field_path = path.substr(0, path.find('.', path.find('.') + 1));
  auto const* field = forms::find_field(norms().application_form, field_path);
  bool allowed = field->share == forms::Share::yes || (field->share == forms::Share::agreement && agreed.contains(field_path)) ||
                 (field->share == forms::Share::consent && consent);
  for (auto const& part : field->parts) {
    if (path == field_path + "." + part.code && part.share == forms::Share::never) allowed = false;
  }
  return allowed;
}

}  // namespace

TEST_CASE("no envelope holds a byte of a field that the whitelist does not name") {
  int kept_back = 0;
  CHECK(rc::check([&] {
    auto const code = *rc::gen::element<std::string>("uto-xar-2019", "uto-xar-protocol-2022");
    bool const consent = *rc::gen::arbitrary<bool>();
    auto const marked = random_content();
    auto const agreed = agreements::agreed_fields_of(*agreements::find_agreement(norms().agreements, code));
    forms::Conditions conditions;
    if (consent) conditions.insert("health_consent");
    exchange::Envelope envelope;
    envelope.id = EnvelopeId::make(Instant{1'900'000'000'000});
    envelope.case_id = CaseId::make(Instant{1'900'000'000'000});
    envelope.from = "XAR";
    envelope.to = "UTO";
    envelope.kind = exchange::EnvelopeKind::application;
    envelope.body["form"] = forms::pick_shared(norms().application_form, agreed, conditions, marked.content);
    auto const text = exchange::render_envelope(envelope);
    RC_ASSERT(text.find("Unknown") == std::string::npos);
    RC_ASSERT(text.find("unknown_") == std::string::npos);
    for (auto const& [path, marker] : marked.marker_of) {
      if (may_leave(path, agreed, consent)) continue;
      ++kept_back;
      RC_LOG() << path << " leaves with " << marker;
      RC_ASSERT(text.find(marker) == std::string::npos);
    }
  }));
  CHECK(kept_back > 0);
}

TEST_CASE("a field verifier's card names neither the State that asks nor health, and no card leaves its sections") {
  CHECK(rc::check([&] {
    auto const marked = random_content();
    case_files::CaseFile file;
    file.reference = "UTO-2031-000001";
    file.partner_reference = "SecretPartner";
    file.content = marked.content;
    auto const card =
        json::serialize(applications::make_card("field_check", file, norms().application_form, norms().field_slip_form));
    RC_ASSERT(card.find("SecretPartner") == std::string::npos);
    for (auto const& [path, marker] : marked.marker_of) {
      bool const secret = path.starts_with("C_special") || path.starts_with("header") || path.starts_with("internal") ||
                          path.starts_with("F_other");
      if (secret) RC_ASSERT(card.find(marker) == std::string::npos);
    }
  }));
}
