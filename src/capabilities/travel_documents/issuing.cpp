#include "capabilities/travel_documents/issuing.hpp"

#include "capabilities/applications/rules.hpp"
#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "capabilities/travel_documents/key_opening.hpp"
#include "capabilities/travel_documents/life_rules.hpp"
#include "capabilities/travel_documents/rules.hpp"
#include "capabilities/travel_documents/store.hpp"

namespace rcms::travel_documents {

using case_files::CaseFile;
using case_files::Decision;

namespace {

/// The sheet on which to print. Refuses: field_invalid (the named one is not in stock here), limit_reached (none).
Result<Blank> choose_blank(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input) {
  auto& database = desk.context.database;
  auto const aside = input.blank.empty() ? find_assigned(database, viewer.party, viewer.organisation, id) : std::nullopt;
  if (aside || !input.blank.empty()) {
    auto const blank = find_blank(database, viewer.party, aside ? *aside : input.blank);
    bool const is_free = blank && (blank->state == BlankState::in_stock ||
                                   (blank->state == BlankState::assigned && blank->assigned_to == id));
    bool const usable = is_free && blank->organisation == viewer.organisation;
    if (!usable) return refuse(Why::field_invalid, "blank", "this sheet is not in the stock of your office");
    return *blank;
  }
  auto const blank = find_next_blank(database, viewer.party, viewer.organisation, input.series);
  if (!blank) return refuse(Why::limit_reached, "series", "no blank is left in the stock of your office; receive sheets first");
  return *blank;
}

/// A seal that outlives the certificate of its signer is no seal on the last days of the document.
Result<void> check_signer_lasts(seal::Certificate const& signer, Date expires_on) {
  if (expires_on <= signer.not_after) return {};
  return refuse(Why::limit_reached, "valid_days",
                "the seal can be verified until " + signer.not_after.text() + " only; choose an earlier last day",
                "Doc 9303-8 section 6.3.1");
}

/// A renewed document shows the face as before, unless the officer chose another part of the photograph.
IssueInput with_face_of(IssueInput input, TravelDocument const* renewed) {
  if (renewed != nullptr && !input.face && !renewed->face.empty()) input.face = renewed->face;
  return input;
}

/// Sets the holder of the draft, so that nobody holds two valid ones.
Result<void> take_holder(Desk& desk, TravelDocument& document, IssueInput const& input, TravelDocument const* renewed, Date today,
                         db::Command& more) {
  auto held = find_held(desk.context.database, document.party, document.holder);
  if (held && (held->state_on(today) == "expired" || (renewed != nullptr && held->number == renewed->number))) held.reset();
  if (auto checked = check_no_second(held, input); !checked) return checked;
  if (held) {
    document.not_the_holder_of = held->number;
    document.holder += " # " + document.number;
  }
  free_holder(more, document.party, document.holder, today);
  return {};
}

/// The earlier document is over when the new one is made; its sheet is void, unless it ran out with it.
void end_renewed(db::Command& more, TravelDocument const& renewed, TravelDocument const& made, access::Viewer const& viewer,
                 Date today, Instant now) {
  auto const after = replaced_by(renewed, made.number, viewer, today, now);
  save_life(more, renewed, after);
  if (after.state != "void") return;
  move_blank(more, renewed.party, renewed.number, BlankState::issued, BlankState::void_, after.void_reason, viewer.user, now);
}

Result<Decision> decide_notice(Desk const& desk, CaseFile const& before, TravelDocument const& made,
                               TravelDocument const* renewed, access::Viewer const& viewer, Instant now, Date today) {
  applications::IssuedDocument const issued{made.number, made.issued_on, made.expires_on};
  auto const& process = desk.context.norms.process;
  if (renewed == nullptr) return applications::decide_document_issue(process, before, issued, viewer, now, today);
  return applications::decide_document_renewal(process, before, issued, renewed->number, viewer, now, today);
}

}  // namespace

Result<void> check_issuer(Desk const& desk, CaseFile const& application) {
  auto const* agreement = desk.context.norms.find_agreement(application.agreement, application.submitted_on);
  if (agreement == nullptr) return {};
  auto const today = case_files::today_of(desk.context, application.party);
  auto const on = Date::parse(application.submitted_on).value_or(today);
  auto const& state = desk.context.directory.get_party(application.party).code;
  if (agreements::document_issuer(*agreement, state, on) == "requested") return {};
  auto const* rule = agreements::find_rule(*agreement, "td_issuer", on);
  return refuse(Why::agreement_does_not_apply, {}, "under this agreement the other State issues the travel document",
                agreements::cite(*agreement, rule == nullptr ? std::string_view() : std::string_view(rule->article)));
}

Result<Decision> decide_issue(Desk& desk, access::Viewer const& viewer, CaseFile const& before, IssueInput const& input,
                              TravelDocument const* renewed, db::Command& more, TravelDocument& made) {
  auto const& context = desk.context;
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, before.party);
  auto const* const action = renewed == nullptr ? "issue_document" : "renew_document";
  if (auto step = case_files::take_step(context.norms.process, before, action, viewer, {}, now); !step) return step;
  if (auto entitled = check_issuer(desk, before); !entitled) return tl::unexpected(entitled.error());
  if (auto open = check_key_open(desk, before.party, now); !open) return tl::unexpected(open.error());
  auto const blank = choose_blank(desk, viewer, before.id, input);
  auto const number = blank ? blank->number : std::string("PREVIEW");
  auto const signer = desk.keys.signer(context.directory.get_party(before.party).code, today);
  auto const asked = with_face_of(input, renewed);
  auto draft =
      compose_document(desk, viewer, before, asked, number, SealingKey{signer.name(), signer.certificate.serial, signer.key});
  if (!draft) return tl::unexpected(draft.error());
  if (!blank) return tl::unexpected(blank.error());
  if (auto lasts = check_signer_lasts(signer.certificate, draft->document.expires_on); !lasts)
    return tl::unexpected(lasts.error());
  made = std::move(draft->document);
  if (renewed != nullptr) made.replaces = renewed->number;
  if (auto taken = take_holder(desk, made, input, renewed, today, more); !taken) return tl::unexpected(taken.error());
  auto decision = decide_notice(desk, before, made, renewed, viewer, now, today);
  if (!decision) return decision;
  if (desk.specimen) draft->page.running_label = "SPECIMEN";
  auto const form = form_of(desk, before.party);
  if (!form) return tl::unexpected(form.error());
  auto const pdf = render_document_page(draft->page, desk.words, *form);
  if (!pdf) return tl::unexpected(pdf.error());
  auto const record =
      context.attachments.take_in(case_files::subject_of(before), number + ".pdf", "travel_document", *pdf, viewer.user.value);
  if (!record) return tl::unexpected(record.error());
  made.pdf = record->id;
  made.layout = form->layout.id;
  files::add_file(more, *record);
  if (renewed != nullptr) end_renewed(more, *renewed, made, viewer, today, now);
  move_blank(more, before.party, number, blank->state, BlankState::issued, before.reference, viewer.user, now);
  insert_document(more, made);
  decision->told["expires_on"] = made.expires_on.text();
  if (!made.not_the_holder_of.empty()) decision->told["not_the_holder_of"] = made.not_the_holder_of;
  return decision;
}

Result<Decision> decide_voiding(Desk& desk, access::Viewer const& viewer, CaseFile const& file, TravelDocument const& document,
                                std::string_view reason) {
  auto const& context = desk.context;
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, file.party);
  if (file.state == "document_issued") {
    return applications::decide_document_void(
        context.norms.process, file, {document.number, document.issued_on, document.expires_on}, viewer, reason, now, today);
  }
  Decision decision;
  decision.after = file;
  case_files::happened(decision.after, "document_void", now, document.number);
  decision.action = "document_voided";
  decision.told["number"] = document.number;
  decision.told["reason"] = std::string(reason);
  decision.facts.push_back(case_files::fact_of(file, "document_voided", today));
  return decision;
}

}  // namespace rcms::travel_documents
