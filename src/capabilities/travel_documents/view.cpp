#include "capabilities/travel_documents/view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/view.hpp"
#include "capabilities/travel_documents/rules.hpp"

namespace rcms::travel_documents {

namespace {

template <class Text>
std::string text_of_input(std::optional<Text> const& input) {
  return input ? input->value : std::string();
}

/// The day until which a document issued today would last by the agreement alone.
std::optional<Date> latest_expiry(Desk const& desk, case_files::ListRow const& row, Date today,
                                  std::optional<std::string>& clause) {
  auto const* agreement = desk.context.norms.find_agreement(row.agreement, row.submitted_on);
  if (agreement == nullptr) return std::nullopt;
  auto const* rule = agreements::find_rule(*agreement, "td_validity", Date::parse(row.submitted_on).value_or(today));
  auto const last = decide_expiry(agreement, rule, std::nullopt, today);
  if (!last) return std::nullopt;
  clause = agreements::cite(*agreement, rule->article);
  return *last;
}

std::optional<std::string> birth_text(mrz::Document const& document, Date today) {
  auto const birth = mrz::birth_of(document, today);
  if (!birth) return std::nullopt;
  return birth->text();
}

std::optional<std::string> state_word(VerifyAnswer const& answer) {
  if (!answer.fields_are_sealed) return std::nullopt;
  switch (answer.word) {
    case VerdictWord::genuine:
    case VerdictWord::compare_by_eye:
    case VerdictWord::refer: return "issued";
    case VerdictWord::expired: return "expired";
    case VerdictWord::revoked: return "revoked";
    case VerdictWord::used: return "used";
    default: return std::nullopt;
  }
}

}  // namespace

TravelDocumentView present_document(Desk const& desk, access::Viewer const& viewer, TravelDocument const& document) {
  auto const& directory = desk.context.directory;
  TravelDocumentView view;
  view.number = document.number;
  view.state = document.state_on(case_files::today_of(desk.context, document.party));
  view.name = document.name();
  view.name_original = case_files::optional_text(document.name_original);
  view.birth = document.birth;
  view.sex = document.sex;
  view.nationality = document.nationality;
  view.application = document.case_id.value;
  view.reference = document.reference;
  view.issued_on = document.issued_on.text();
  view.expires_on = document.expires_on.text();
  view.blank = document.number;
  view.issued_by = directory.user_name(viewer.party, document.issued_by);
  view.office = directory.organisation_name(viewer.party, document.organisation, viewer.language);
  view.mrz = document.mrz();
  view.void_reason = case_files::optional_text(document.void_reason);
  view.voided_at = document.voided_at;
  if (!document.voided_by.empty())
    view.voided_by = case_files::optional_text(directory.user_name(viewer.party, document.voided_by));
  view.not_the_holder_of = case_files::optional_text(document.not_the_holder_of);
  view.handed_over_at = document.handed_over_at;
  view.used_at = document.used_at;
  view.returned_at = document.returned_at;
  view.replaces = case_files::optional_text(document.replaces);
  view.revision = document.revision;
  return view;
}

WaitingView present_waiting(Desk const& desk, access::Viewer const& viewer, case_files::ListRow const& row) {
  auto const today = case_files::today_of(desk.context, viewer.party);
  WaitingView view;
  view.application = row.id;
  view.reference = row.reference;
  view.name = row.person.name;
  view.name_original = case_files::optional_text(row.person.original);
  view.birth = case_files::optional_text(row.person.birth);
  view.sex = case_files::optional_text(row.person.sex);
  view.nationality = case_files::optional_text(row.person.nationality);
  view.has_portrait = !row.portrait.empty();
  view.agreement = row.agreement;
  if (auto const* agreement = desk.context.norms.find_agreement(row.agreement, row.submitted_on)) {
    auto const title = agreement->titles.find(viewer.language);
    view.agreement_title = title == agreement->titles.end() ? agreement->cited : title->second;
  }
  view.due_on = case_files::optional_text(row.next_due_on);
  if (auto const last = latest_expiry(desk, row, today, view.clause)) view.latest_expiry = last->text();
  view.revision = row.revision;
  return view;
}

BlankSeriesView present_stock(Desk const& desk, access::Viewer const& viewer, StockLine const& line) {
  BlankSeriesView view;
  view.series = line.range.series;
  view.from = line.range.number(line.range.first);
  view.to = line.range.number(line.range.last);
  view.total = line.range.received();
  view.used = line.issued;
  view.void_ = line.voided + line.spoilt;
  view.spoilt = line.spoilt;
  view.left = line.in_stock + line.assigned;
  view.lost = line.lost;
  view.returned = line.returned;
  view.organisation = desk.context.directory.organisation_name(viewer.party, line.range.organisation, viewer.language);
  view.balances = line.balances();
  return view;
}

VerdictView present_verdict(VerifyAnswer const& answer, Labels const& labels, std::string_view language, Date today) {
  VerdictView view;
  view.verdict = name_of(answer.word);
  view.title = labels.text(language, "documents.verdict." + view.verdict);
  view.advice = labels.text(language, "documents.advice." + view.verdict);
  if (answer.is_trust_stale) {
    view.advice += " " + labels.text(language, "documents.trust_is_stale", {{"days", std::to_string(answer.trust_age_days)}});
  }
  if (answer.is_clock_doubtful) view.advice += " " + labels.text(language, "documents.clock_is_wrong");
  if (answer.fields) {
    auto const& fields = *answer.fields;
    view.number = case_files::optional_text(fields.document_number);
    view.name = fields.secondary_identifier.empty() ? fields.primary_identifier
                                                    : fields.primary_identifier + ", " + fields.secondary_identifier;
    view.birth = birth_text(fields, today);
    view.nationality = case_files::optional_text(fields.nationality);
    view.issuing_state = case_files::optional_text(fields.issuing_state);
    if (auto const expiry = mrz::expiry_of(fields)) view.expires_on = expiry->text();
  }
  view.fields_are_sealed = answer.fields_are_sealed;
  view.state = state_word(answer);
  for (auto const& step : answer.steps) {
    auto const outcome = std::string(seal::name_of(step.outcome));
    VerdictStepView shown{step.step, step.outcome == seal::Outcome::passed,
                          labels.text(language, fmt::format("documents.step.{}.{}", step.step, outcome))};
    (step.outcome == seal::Outcome::not_done ? view.not_made : view.checks).push_back(std::move(shown));
  }
  view.indication = answer.indication;
  view.level = answer.level;
  view.trust_age_days = answer.trust_age_days;
  view.trust_is_stale = answer.is_trust_stale;
  return view;
}

FaceBox face_box_of_input(std::int64_t left, std::int64_t top, std::int64_t width) {
  // Anything beyond leaves every picture and is refused as such.
  auto const pixels = [](std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, -1, 1'000'000)); };
  return {pixels(left), pixels(top), pixels(width)};
}

PhotoNoteView present_note(PhotoNote const& note) {
  return {note.width,       note.height,          note.box.left, note.box.top,   note.box.width,
          note.box.height(), face_width_at_least, note.dpi,      note.background};
}

IssueInput input_of(IssueDocumentInput const& input) {
  IssueInput issue;
  // Anything beyond is refused with the same words as a day too many.
  if (input.valid_days) issue.valid_days = static_cast<int>(std::clamp<std::int64_t>(*input.valid_days, 0, 100'000));
  issue.series = text_of_input(input.series);
  issue.blank = text_of_input(input.blank);
  issue.destination = text_of_input(input.destination);
  if (input.transit) {
    for (auto const& point : *input.transit) issue.transit.push_back(point.value);
  }
  issue.place_of_issue = text_of_input(input.place_of_issue);
  issue.observations = text_of_input(input.observations);
  issue.not_the_holder_of = text_of_input(input.not_the_holder_of);
  if (input.photo) issue.face = face_box_of_input(input.photo->left, input.photo->top, input.photo->width);
  return issue;
}

}  // namespace rcms::travel_documents
