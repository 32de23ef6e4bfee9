#include "capabilities/travel_documents/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "capabilities/travel_documents/issuing.hpp"
#include "capabilities/travel_documents/rules.hpp"
#include "capabilities/travel_documents/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::travel_documents {

namespace json = boost::json;
using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

Result<void> check_may(access::Viewer const& viewer, std::string_view permission) {
  if (viewer.may(permission)) return {};
  return refuse(Why::not_permitted, {}, "needs " + std::string(permission));
}

Result<Portrait> read_photo(Desk& desk, CaseFile const& file, FaceBox const& face = {}) {
  auto const record = find_photo(desk, file);
  if (!record) return refuse(Why::not_found);
  auto content = desk.context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  if (!face.empty()) {
    // The photograph may have been replaced since: then the whole of it is shown.
    if (auto cropped = crop_photo(record->type, *content, face)) return Portrait{"image/jpeg", std::move(*cropped)};
  }
  return Portrait{std::string(files::media_type_of(record->type)), std::move(*content)};
}

std::string stock_subject(OrganisationId const& organisation) { return ledger::subject_of("blanks", organisation.value); }

ledger::Entry stock_entry(Desk const& desk, access::Viewer const& viewer, std::string action, json::object content) {
  return {.subject = stock_subject(viewer.organisation),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(content),
          .revision = 0,
          .at = desk.context.clock.now()};
}

}  // namespace

Result<TravelDocument> issue_document(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input,
                                      IfMatch if_match) {
  if (auto may = check_may(viewer, "document.issue"); !may) return tl::unexpected(may.error());
  std::lock_guard const turn(desk.issuing);
  return act_on_file<TravelDocument>(desk, viewer, id, if_match,
                                     [&](CaseFile const& application, db::Command& more, TravelDocument& made) {
    return decide_issue(desk, viewer, application, input, nullptr, more, made);
  });
}

Result<Bytes> preview_document(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input) {
  if (auto may = check_may(viewer, "document.issue"); !may) return tl::unexpected(may.error());
  auto const& context = desk.context;
  auto const file = case_files::find_case_file(context.database, viewer.party, Side::requested, id);
  if (!file) return refuse(Why::not_found);
  auto const step = case_files::take_step(context.norms.process, *file, "issue_document", viewer, {}, context.clock.now());
  if (!step) return tl::unexpected(step.error());
  if (auto entitled = check_issuer(desk, *file); !entitled) return tl::unexpected(entitled.error());
  static seal::SigningKey const worthless = seal::SigningKey::make(seal::Curve::p256);
  auto draft = compose_document(desk, viewer, *file, input, "PREVIEW", SealingKey{"XX00", "0", worthless});
  if (!draft) return tl::unexpected(draft.error());
  draft->page.running_label = context.labels.text(draft->page.language, "documents.preview");
  auto const form = form_of(desk, file->party);
  if (!form) return tl::unexpected(form.error());
  return render_document_page(draft->page, desk.words, *form);
}

Result<Portrait> read_portrait(Desk& desk, access::Viewer const& viewer, CaseId const& id) {
  if (auto may = check_may(viewer, "document.issue"); !may) return tl::unexpected(may.error());
  auto const file = case_files::find_case_file(desk.context.database, viewer.party, Side::requested, id);
  if (!file || file->state != "accepted") return refuse(Why::not_found);
  return read_photo(desk, *file);
}

Result<Portrait> read_holder_portrait(Desk& desk, TravelDocument const& document) {
  auto const file = case_files::find_case_file(desk.context.database, document.party, Side::requested, document.case_id);
  if (!file) return refuse(Why::not_found);
  return read_photo(desk, *file, document.face);
}

Result<PhotoNote> note_on_portrait(Desk& desk, access::Viewer const& viewer, CaseId const& id,
                                   std::optional<FaceBox> const& face) {
  if (auto may = check_may(viewer, "document.issue"); !may) return tl::unexpected(may.error());
  auto const file = case_files::find_case_file(desk.context.database, viewer.party, Side::requested, id);
  if (!file || file->state != "accepted") return refuse(Why::not_found);
  auto const record = find_photo(desk, *file);
  if (!record) return refuse(Why::not_found);
  auto const content = desk.context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  return note_on_photo(record->type, *content, face);
}

Result<TravelDocument> void_document(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason,
                                     IfMatch if_match) {
  if (auto may = check_may(viewer, "document.void"); !may) return tl::unexpected(may.error());
  auto& database = desk.context.database;
  auto const known = find_document(database, viewer.party, number);
  if (!known) return refuse(Why::not_found);
  return act_on_file<TravelDocument>(
      desk, viewer, known->case_id, std::nullopt,
      [&](CaseFile const& application, db::Command& more, TravelDocument& after) -> Result<Decision> {
    auto const now = desk.context.clock.now();
    auto const before = find_document(database, viewer.party, number);
    if (!before) return refuse(Why::not_found);
    auto decided = decide_void(*before, viewer, reason, if_match, now);
    if (!decided) return tl::unexpected(decided.error());
    after = std::move(*decided);
    save_life(more, *before, after);
    move_blank(more, viewer.party, number, BlankState::issued, BlankState::void_, std::string(reason), viewer.user, now);
    return decide_voiding(desk, viewer, application, *before, reason);
  });
}

Result<BlankRange> receive_blanks(Desk& desk, access::Viewer const& viewer, std::string_view series, std::string_view first,
                                  std::string_view last, std::string_view box) {
  if (auto may = check_may(viewer, "document.stock"); !may) return tl::unexpected(may.error());
  auto range = make_range(series, first, last);
  if (!range) return range;
  range->received_at = desk.context.clock.now();
  range->id = make_uuid(range->received_at);
  range->organisation = viewer.organisation;
  range->box = box;
  auto const received =
      ledger::carry_out(desk.context.database, {stock_subject(viewer.organisation)}, [&]() -> Result<ledger::Decided<>> {
        ledger::Decided<> decided;
        insert_range(decided.command, viewer.party, *range, viewer.user);
        decided.entries.push_back(stock_entry(desk, viewer, "blanks.receive",
                                              {{"first", range->number(range->first)}, {"last", range->number(range->last)}}));
        return decided;
      });
  if (!received) {
    if (received.error().why != Why::already_exists) return tl::unexpected(received.error());
    return refuse(Why::already_exists, "from", "a sheet of these numbers was received before");
  }
  return range;
}

Result<void> spoil_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason) {
  if (auto may = check_may(viewer, "document.stock"); !may) return may;
  auto const spoilt =
      ledger::carry_out(desk.context.database, {stock_subject(viewer.organisation)}, [&]() -> Result<ledger::Decided<>> {
        auto const blank = find_blank(desk.context.database, viewer.party, number);
        if (!blank || blank->organisation != viewer.organisation) return refuse(Why::not_found);
        if (!may_become(blank->state, BlankState::spoilt)) return refuse(Why::wrong_step, {}, "the sheet is used already");
        if (reason.empty()) return refuse(Why::reason_missing, "reason");
        ledger::Decided<> decided;
        move_blank(decided.command, viewer.party, number, blank->state, BlankState::spoilt, std::string(reason), viewer.user,
                   desk.context.clock.now());
        decided.entries.push_back(
            stock_entry(desk, viewer, "blanks.spoil", {{"number", number}, {"reason", std::string(reason)}}));
        return decided;
      });
  if (!spoilt) return tl::unexpected(spoilt.error());
  return {};
}

Result<Bytes> read_document_pdf(Desk& desk, TravelDocument const& document) {
  auto const record = desk.context.attachments.find(case_files::subject_of(Side::requested, document.case_id), document.pdf);
  if (!record || record->removed_at) return refuse(Why::not_found);
  return desk.context.attachments.read(*record);
}

}  // namespace rcms::travel_documents
