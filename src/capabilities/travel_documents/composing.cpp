#include "capabilities/travel_documents/composing.hpp"

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/rules.hpp"

namespace rcms::travel_documents {

namespace {

Result<Bytes> read_photo(Desk const& desk, case_files::CaseFile const& application, std::optional<FaceBox> const& face) {
  auto const record = find_photo(desk, application);
  if (!record) {
    return refuse(Why::field_missing, "photo",
                  "the application has no photograph (JPEG or PNG); a document is not issued without one", "Doc 9303-8");
  }
  auto content = desk.context.attachments.read(*record);
  if (!content || !face) return content;
  return crop_photo(record->type, *content, *face);
}

Result<Date> find_expiry(Desk const& desk, case_files::CaseFile const& application, IssueInput const& input, Date today) {
  auto const* agreement = desk.context.norms.find_agreement(application.agreement, application.submitted_on);
  auto const version_on = Date::parse(application.submitted_on).value_or(today);
  auto const* rule = agreement == nullptr ? nullptr : agreements::find_rule(*agreement, "td_validity", version_on);
  return decide_expiry(agreement, rule, input.valid_days, today);
}

/// What is printed in words.
DocumentPage page_of(Desk const& desk, access::Viewer const& viewer, case_files::CaseFile const& application,
                     Holder const& holder, IssueInput const& input) {
  auto const& context = desk.context;
  auto const& party = context.directory.get_party(application.party);
  DocumentPage page;
  page.language = document_language(party);
  page.state_name = party.names.in(page.language);
  page.state_name_english = party.names.en;
  page.state_code = party.code;
  page.surname = holder.surname;
  page.given_names = holder.given_names;
  page.original_name = holder.name_original;
  page.original_language = holder.original_language;
  page.nationality_code = holder.nationality;
  page.nationality_name = context.labels.text(page.language, "codes.country." + holder.nationality);
  page.born_on = holder.birth;
  page.sex = holder.sex;
  page.place_of_birth = holder.place_of_birth;
  page.authority = context.directory.organisation_name(viewer.party, viewer.organisation, page.language);
  page.place_of_issue = input.place_of_issue.empty() ? page.authority : input.place_of_issue;
  page.destination = input.destination.empty() ? page.state_name : input.destination;
  page.transit = input.transit;
  page.observations = input.observations;
  return page;
}

}  // namespace

std::string document_language(access::Party const& party) {
  for (auto const& language : party.languages) {
    if (language == "es" || language == "en") return language;
  }
  return "en";
}

std::optional<files::FileRecord> find_photo(Desk const& desk, case_files::CaseFile const& application) {
  std::optional<files::FileRecord> found;
  for (auto const& record : desk.context.attachments.list(case_files::subject_of(application))) {
    bool const drawn = record.type == files::FileType::jpeg || record.type == files::FileType::png;
    if (!drawn) continue;
    if (record.id.value == application.portrait) return record;
    if (record.kind == "photo") found = record;
  }
  return found;
}

Result<DraftDocument> compose_document(Desk const& desk, access::Viewer const& viewer, case_files::CaseFile const& application,
                                       IssueInput const& input, std::string const& number, SealingKey const& sealing) {
  auto const& context = desk.context;
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, application.party);
  auto const& state = context.directory.get_party(application.party).code;
  auto photo = read_photo(desk, application, input.face);
  if (!photo) return tl::unexpected(photo.error());
  auto const holder = read_holder(application, state, today);
  if (!holder) return tl::unexpected(holder.error());
  auto const expires_on = find_expiry(desk, application, input, today);
  if (!expires_on) return tl::unexpected(expires_on.error());
  mrz::LatinOptions const options;
  auto const zone = make_zone(*holder, state, number, *expires_on, desk.tables, options);
  if (!zone) return tl::unexpected(zone.error());
  seal::TravelDocumentSeal const content{state, sealing.name,     sealing.reference, today,
                                         today, zone->first_line, zone->second_line};
  auto seal = seal::make_travel_document_seal(content, sealing.key.signer());
  if (!seal) return tl::unexpected(seal.error());

  DraftDocument draft;
  draft.page = page_of(desk, viewer, application, *holder, input);
  draft.page.number = number;
  draft.page.issued_on = today;
  draft.page.expires_on = *expires_on;
  draft.page.photo = std::move(*photo);
  draft.page.first_line = zone->first_line;
  draft.page.second_line = zone->second_line;
  draft.page.seal = *seal;
  draft.page.created_at = now;
  auto& document = draft.document;
  document.party = application.party;
  document.number = number;
  document.case_id = application.id;
  document.reference = application.reference;
  document.organisation = viewer.organisation;
  document.surname = holder->surname;
  document.given_names = holder->given_names;
  document.name_original = holder->name_original;
  document.birth = holder->birth.text();
  document.sex = holder->sex;
  document.nationality = holder->nationality;
  document.first_line = zone->first_line;
  document.second_line = zone->second_line;
  document.latin_options = options;
  document.seal = std::move(*seal);
  document.issued_on = today;
  document.expires_on = *expires_on;
  document.state = "issued";
  document.issued_by = viewer.user;
  document.issued_at = now;
  document.holder = holder_key(*holder);
  document.face = input.face.value_or(FaceBox{});
  return draft;
}

}  // namespace rcms::travel_documents
