// The form on paper with everything that it can hold: nothing is lost, nothing runs over the edge of a page.
#include "capabilities/case_files/form_pdf.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/present.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::case_files;
namespace json = boost::json;

namespace {

constexpr auto long_name = "Abd ar-Rahman ibn Muhammad al-Maghribi de la Santísima Trinidad y Fernández-Villanueva ";
constexpr auto arabic = "عبد الرحمن بن محمد المغربي";
constexpr auto bengali = "আমিনা রহমান চৌধুরী";

/// Every field of the form with the longest value that it takes; each text ends in a token of its own.
class FullForm {
 public:
  explicit FullForm(Context const& context) : context_(context) {
    for (auto const& section : context.norms.application_form.sections) {
      json::object values;
      for (auto const& field : section.fields) put(values, field);
      content_[section.code] = std::move(values);
    }
  }
  json::object const& content() const { return content_; }
  std::vector<std::string> const& tokens() const { return tokens_; }

 private:
  void put(json::object& into, forms::Field const& field) {
    into[field.code] = value_of(field);
    if (field.latin) into[field.code + "_original"] = tokens_.size() % 2 == 0 ? arabic : bengali;
  }

  std::string text(std::size_t at_most) {
    auto const token = fmt::format("Zq{}", tokens_.size());
    tokens_.push_back(token);
    std::string text;
    while (length_of(text + long_name + token) <= at_most) text += long_name;
    return text + token;
  }

  json::value value_of(forms::Field const& field) {
    auto const* list = field.codes.empty() ? nullptr : &context_.norms.codes.at(field.codes);
    switch (field.type) {
      case forms::Type::text:
      case forms::Type::text_block: return json::string(text(field.max_length));
      case forms::Type::date:
      case forms::Type::partial_date: return "2029-09-26";
      case forms::Type::instant: return "2029-09-26T15:00:00Z";
      case forms::Type::code: return json::string(list->front());
      case forms::Type::codes: return json::array{json::string(list->front()), json::string(list->back())};
      case forms::Type::texts: return json::array{json::string(text(field.max_length)), json::string(text(field.max_length))};
      case forms::Type::whole: return 7;
      case forms::Type::flag: return true;
      case forms::Type::record: return group(field);
      case forms::Type::records: return json::array{group(field), group(field), group(field)};
      case forms::Type::file: return "file";
      case forms::Type::files: return json::array{"file"};
    }
    return nullptr;
  }

  json::object group(forms::Field const& field) {
    json::object values;
    for (auto const& part : field.parts) put(values, part);
    return values;
  }

  Context const& context_;
  json::object content_;
  std::vector<std::string> tokens_;
};

FormPages pages_of(Context const& context, json::object content) {
  FormPages pages;
  auto& file = pages.file;
  file.side = "requesting";
  file.reference = "XAR-2031-000001";
  file.party = {"XAR", "Arcadia"};
  file.partner = {"UTO", "Utopía"};
  file.agreement = tests::agreement_for_tests;
  file.agreement_title = "Acuerdo entre Utopía y Arcadia sobre readmisión (2019)";
  file.state = "verification";
  file.content = json::value(std::move(content));
  for (int i = 0; i < 30; ++i) {
    TimelineEntryView entry;
    entry.when = "2031-09-26T10:00:00.000Z";
    entry.tense = "done";
    entry.text = std::string("Archivo adjuntado (") + std::string(120, 'x') + ".pdf)";
    entry.party = "UTO";
    pages.timeline.entries.push_back(entry);
    TransmissionView sent;
    sent.label = "Respuesta a la solicitud de documentos";
    sent.hash = to_hex(sha256(std::to_string(i)));
    sent.created_at = context.clock.now();
    file.transmissions.push_back(sent);
  }
  pages.made_by = long_name;
  pages.made_at = context.clock.now();
  pages.zone = "America/Guatemala";
  return pages;
}

/// True when the strip between `left` and `right`, in hundredths of the width, has no ink; the band at the top is left out.
bool is_white(Picture const& page, int left, int right) {
  for (int y = page.height / 20; y < page.height; ++y) {
    for (int x = page.width * left / 100; x < page.width * right / 100; ++x) {
      if (page.at(x, y) < 200) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("a form with all its fields at their greatest length loses nothing and stays within its margins") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  tests::TemporaryFolder const folder;
  tests::FilesWorld const world(fresh.database(), folder.path(), tests::add_people(fresh.database(), tests::start_for_tests));
  FullForm const form(world.context);
  REQUIRE(form.tokens().size() > 60);
  for (std::string const language : {"es", "en"}) {
    CAPTURE(language);
    auto const pdf = render_form_pdf(world.context, language, pages_of(world.context, form.content()));
    if (char const* look = std::getenv("RCMS_LOOK"))
      std::ofstream(std::filesystem::path(look) / ("full." + language + ".pdf"), std::ios::binary) << as_text(pdf);
    std::string text;
    int const pages = count_pdf_pages(pdf).value();
    for (int page = 0; page < pages; ++page) {
      text += read_pdf_text(pdf, page).value() + "\n";
      auto const picture = render_pdf_page(pdf, page, 60).value();
      CAPTURE(page);
      CHECK(is_white(picture, 0, 8));  // the margin is 18 mm of 210
      CHECK(is_white(picture, 92, 100));
    }
    for (auto const& token : form.tokens()) {
      CAPTURE(token);
      CHECK(text.find(token) != std::string::npos);
    }
    CHECK(text.find("رحمن") != std::string::npos);
    CHECK(text.find("রহমান") != std::string::npos);
    // Days and hashes are on one line; the State is told by its name.
    CHECK(text.find(world.context.labels.date(language, Date(2031, 9, 26))) != std::string::npos);
    CHECK(text.find(to_hex(sha256("7"))) != std::string::npos);
    CHECK(text.find("UTO ") == std::string::npos);
    CHECK(text.find("forms.") == std::string::npos);
  }
}
