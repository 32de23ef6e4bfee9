#include "capabilities/travel_documents/document_form.hpp"

#include <cmath>

#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "engines/mrz/writing.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::travel_documents {

namespace {

db::Sql const select_form{"travel_documents.form",
                          "SELECT layout, symbol, chosen_by, chosen_at, revision FROM document_forms WHERE party = $1"};
db::Sql const insert_form{"travel_documents.insert_form",
                          "INSERT INTO document_forms (party, layout, symbol, chosen_by, chosen_at, revision)"
                          " VALUES ($1, $2, $3, $4, $5, 1)"};
db::Sql const update_form{"travel_documents.update_form",
                          "UPDATE document_forms SET layout = $2, symbol = $3, chosen_by = $4, chosen_at = $5,"
                          " revision = revision + 1 WHERE party = $1 AND revision = $6"};

std::optional<Symbol> parse_symbol(std::string_view name) {
  if (name == "data_matrix") return Symbol::data_matrix;
  if (name == "qr") return Symbol::qr;
  return std::nullopt;
}

/// A drawn head and shoulders of nobody.
Bytes drawn_person() {
  constexpr int width = 350;
  constexpr int height = 450;
  Picture picture{width, height, std::vector<std::uint8_t>(width * height, 226)};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      auto& pixel = picture.grey[static_cast<std::size_t>(y * width + x)];
      if (std::hypot((x - 175) / 150.0, (y - 450) / 150.0) < 1) pixel = 120;
      if (std::hypot((x - 175) / 78.0, (y - 175) / 102.0) < 1) pixel = 168;
    }
  }
  return encode_png(picture);
}

DocumentPage sample_page(Desk const& desk, access::Party const& party, Date today) {
  DocumentPage page;
  page.language = document_language(party);
  page.state_name = party.names.in(page.language);
  page.state_name_english = party.names.en;
  page.state_code = party.code;
  page.number = "ZZ0000000";
  page.surname = "SPECIMEN";
  page.given_names = "EXAMPLE";
  page.nationality_code = party.code;
  page.nationality_name = desk.context.labels.text(page.language, "codes.country." + party.code);
  page.born_on = {1990, 5, 0};
  page.sex = "F";
  page.issued_on = today;
  page.expires_on = today.plus_days(30);
  page.authority = page.destination = page.place_of_issue = page.state_name;
  page.photo = drawn_person();
  page.created_at = desk.context.clock.now();
  page.running_label = "SPECIMEN";
  return page;
}

}  // namespace

std::string name_of(Symbol symbol) { return symbol == Symbol::qr ? "qr" : "data_matrix"; }

ChosenForm chosen_form(Desk const& desk, PartyId const& party) {
  ChosenForm form;
  for (auto const& row : desk.context.database.read(select_form, {party.value})) {
    form.layout = row.text(0);
    form.symbol = parse_symbol(row.text(1)).value_or(Symbol::data_matrix);
    form.by = UserId{std::string(row.text(2))};
    form.at = Instant{row.integer(3)};
    form.revision = row.integer(4);
  }
  return form;
}

Result<DocumentForm> form_of(Desk const& desk, PartyId const& party) {
  auto const chosen = chosen_form(desk, party);
  auto const* layout = desk.layouts.find(chosen.layout);
  if (layout != nullptr) return DocumentForm{*layout, chosen.symbol};
  return refuse(Why::wrong_step, {},
                "the layout of documents that your State has chosen is no longer installed; an administrator chooses another");
}

Result<ChosenForm> choose_form(Desk& desk, access::Viewer const& viewer, std::string const& layout, std::string const& symbol,
                               std::optional<std::int64_t> if_match) {
  if (!viewer.may("document.layout")) return refuse(Why::not_permitted, {}, "needs document.layout");
  if (desk.layouts.find(layout) == nullptr)
    return refuse(Why::field_invalid, "layout", "there is no layout of this name; choose one of the list");
  if (!parse_symbol(symbol)) return refuse(Why::field_invalid, "symbol", "the barcode is data_matrix or qr");
  auto const subject = ledger::subject_of("document_form", viewer.party.value);
  return ledger::carry_out(desk.context.database, {subject}, [&]() -> Result<ledger::Decided<ChosenForm>> {
    auto const before = chosen_form(desk, viewer.party);
    if (if_match && *if_match != before.revision) return refuse(Why::stale_revision);
    ledger::Decided<ChosenForm> decided;
    auto const now = desk.context.clock.now();
    decided.answer = {layout, *parse_symbol(symbol), viewer.user, now, before.revision + 1};
    if (before.revision == 0) {
      decided.command.add(insert_form, {viewer.party.value, layout, symbol, viewer.user.value, now.ms});
    } else {
      decided.command.add(update_form, {viewer.party.value, layout, symbol, viewer.user.value, now.ms, before.revision});
    }
    decided.entries.push_back({.subject = subject,
                               .party = viewer.party,
                               .actor = viewer.user.value,
                               .action = "document_form.chosen",
                               .source = {},
                               .content = boost::json::serialize(boost::json::object{
                                   {"layout", layout}, {"symbol", symbol}, {"before", before.layout}}),
                               .revision = decided.answer.revision,
                               .at = now});
    return decided;
  });
}

Result<Bytes> render_sample(Desk const& desk, PartyId const& party, DocumentForm const& form) {
  static seal::SigningKey const worthless = seal::SigningKey::make(seal::Curve::p256);
  auto page = sample_page(desk, desk.context.directory.get_party(party), case_files::today_of(desk.context, party));
  mrz::Document document;
  document.document_code = page.document_code = form.layout.document_code;
  document.issuing_state = page.state_code;
  document.document_number = page.number;
  document.nationality = page.nationality_code;
  document.date_of_birth = mrz::mrz_date(page.born_on);
  document.sex = 'F';
  document.date_of_expiry = mrz::mrz_date(page.expires_on);
  document.primary_identifier = page.surname;
  document.secondary_identifier = page.given_names;
  auto const lines = mrz::build_mrz(document);
  if (!lines) return tl::unexpected(lines.error());
  page.first_line = lines->at(0);
  page.second_line = lines->at(1);
  seal::TravelDocumentSeal const content{page.state_code,  "XX00",         "0", page.issued_on, page.issued_on, page.first_line,
                                         page.second_line};
  auto seal = seal::make_travel_document_seal(content, worthless.signer());
  if (!seal) return tl::unexpected(seal.error());
  page.seal = std::move(*seal);
  return render_document_page(page, desk.words, form);
}

}  // namespace rcms::travel_documents
