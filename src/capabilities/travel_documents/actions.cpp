#include "capabilities/travel_documents/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/applications/rules.hpp"
#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/travel_documents/composing.hpp"
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

/// The sheet on which to print. Refuses: field_invalid (the named one is not in stock here), limit_reached (none).
Result<Blank> choose_blank(Desk& desk, access::Viewer const& viewer, IssueInput const& input) {
  if (!input.blank.empty()) {
    auto const blank = find_blank(desk.context.database, viewer.party, input.blank);
    bool const usable = blank && blank->state == BlankState::in_stock && blank->organisation == viewer.organisation;
    if (!usable) return refuse(Why::field_invalid, "blank", "this sheet is not in the stock of your office");
    return *blank;
  }
  auto const blank = find_next_blank(desk.context.database, viewer.party, viewer.organisation, input.series);
  if (!blank) return refuse(Why::limit_reached, "series", "no blank is left in the stock of your office; receive sheets first");
  return *blank;
}

/// Sets the holder of the draft, so that nobody holds two valid ones.
Result<void> take_holder(Desk& desk, TravelDocument& document, IssueInput const& input, Date today, db::Command& more) {
  auto held = find_held(desk.context.database, document.party, document.holder);
  if (held && held->state_on(today) != "issued") held.reset();
  if (auto checked = check_no_second(held, input); !checked) return checked;
  if (held) {
    document.not_the_holder_of = held->number;
    document.holder += " # " + document.number;
  }
  free_holder(more, document.party, document.holder, today);
  return {};
}

/// Everything of one issue but the writing.
Result<Decision> decide_issue(Desk& desk, access::Viewer const& viewer, CaseFile const& before, IssueInput const& input,
                              db::Command& more, TravelDocument& made) {
  auto const& context = desk.context;
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, before.party);
  if (auto step = case_files::take_step(context.norms.process, before, "issue_document", viewer, {}, now); !step) return step;
  auto const blank = choose_blank(desk, viewer, input);
  auto const number = blank ? blank->number : std::string("PREVIEW");
  auto const signer = desk.keys.signer(context.directory.get_party(before.party).code, today);
  auto draft =
      compose_document(desk, viewer, before, input, number, SealingKey{signer.name(), signer.certificate.serial, signer.key});
  if (!draft) return tl::unexpected(draft.error());
  if (!blank) return tl::unexpected(blank.error());
  made = std::move(draft->document);
  if (auto taken = take_holder(desk, made, input, today, more); !taken) return tl::unexpected(taken.error());
  auto decision = applications::decide_document_issue(context.norms.process, before, {number, made.issued_on, made.expires_on},
                                                      viewer, now, today);
  if (!decision) return decision;
  if (desk.specimen) draft->page.running_label = "SPECIMEN";
  auto const pdf = render_document_page(draft->page, desk.words);
  if (!pdf) return tl::unexpected(pdf.error());
  auto const record =
      context.attachments.take_in(case_files::subject_of(before), number + ".pdf", "travel_document", *pdf, viewer.user.value);
  if (!record) return tl::unexpected(record.error());
  made.pdf = record->id;
  files::add_file(more, *record);
  move_blank(more, before.party, number, blank->state, BlankState::issued, {}, viewer.user, now);
  insert_document(more, made);
  decision->told["expires_on"] = made.expires_on.text();
  if (!made.not_the_holder_of.empty()) decision->told["not_the_holder_of"] = made.not_the_holder_of;
  return decision;
}

/// The notice goes out while the process knows the document; afterwards the register alone changes.
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

Result<Portrait> read_photo(Desk& desk, CaseFile const& file) {
  auto const record = find_photo(desk, file);
  if (!record) return refuse(Why::not_found);
  auto content = desk.context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
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
  TravelDocument made;
  auto const file = case_files::act(
      desk.context, viewer, Side::requested, id, if_match,
      [&](CaseFile const& before, db::Command& more) { return decide_issue(desk, viewer, before, input, more, made); });
  if (!file) return tl::unexpected(file.error());
  return made;
}

Result<Bytes> preview_document(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input) {
  if (auto may = check_may(viewer, "document.issue"); !may) return tl::unexpected(may.error());
  auto const& context = desk.context;
  auto const file = case_files::find_case_file(context.database, viewer.party, Side::requested, id);
  if (!file) return refuse(Why::not_found);
  auto const step = case_files::take_step(context.norms.process, *file, "issue_document", viewer, {}, context.clock.now());
  if (!step) return tl::unexpected(step.error());
  static seal::SigningKey const worthless = seal::SigningKey::make(seal::Curve::p256);
  auto draft = compose_document(desk, viewer, *file, input, "PREVIEW", SealingKey{"XX00", "0", worthless});
  if (!draft) return tl::unexpected(draft.error());
  draft->page.running_label = context.labels.text(draft->page.language, "documents.preview");
  return render_document_page(draft->page, desk.words);
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
  return read_photo(desk, *file);
}

Result<TravelDocument> void_document(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason,
                                     IfMatch if_match) {
  if (auto may = check_may(viewer, "document.void"); !may) return tl::unexpected(may.error());
  auto& database = desk.context.database;
  auto const known = find_document(database, viewer.party, number);
  if (!known) return refuse(Why::not_found);
  TravelDocument after;
  auto const file = case_files::act(desk.context, viewer, Side::requested, known->case_id, std::nullopt,
                                    [&](CaseFile const& application, db::Command& more) -> Result<Decision> {
    auto const now = desk.context.clock.now();
    auto const before = find_document(database, viewer.party, number);
    if (!before) return refuse(Why::not_found);
    auto decided = decide_void(*before, viewer, reason, if_match, now);
    if (!decided) return tl::unexpected(decided.error());
    after = std::move(*decided);
    save_void(more, *before, after);
    move_blank(more, viewer.party, number, BlankState::issued, BlankState::void_, std::string(reason), viewer.user, now);
    return decide_voiding(desk, viewer, application, *before, reason);
  });
  if (!file) return tl::unexpected(file.error());
  return after;
}

Result<BlankRange> receive_blanks(Desk& desk, access::Viewer const& viewer, std::string_view series, std::string_view first,
                                  std::string_view last) {
  if (auto may = check_may(viewer, "document.stock"); !may) return tl::unexpected(may.error());
  auto range = make_range(series, first, last);
  if (!range) return range;
  range->received_at = desk.context.clock.now();
  range->id = make_uuid(range->received_at);
  range->organisation = viewer.organisation;
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
