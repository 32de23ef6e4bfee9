// What a viewer is shown of documents, blanks and verdicts, and what they may send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/list.hpp"
#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "capabilities/travel_documents/stock.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::travel_documents {

struct TravelDocumentView {
  std::string number;
  std::string state;  ///< issued, handed_over, used, returned, expired, void, lost
  std::string name;   ///< "SURNAME, Given names"
  std::optional<std::string> name_original;
  std::string birth;  ///< partial date
  std::string sex;
  std::string nationality;
  std::string application;  ///< id of the application
  std::string reference;
  std::string issued_on;
  std::string expires_on;
  std::string blank;  ///< the sheet; it gave its number to the document
  std::string issued_by;
  std::string office;
  std::string mrz;  ///< two lines
  std::optional<std::string> void_reason;
  std::optional<Instant> voided_at;
  std::optional<std::string> voided_by;
  std::optional<std::string> not_the_holder_of;
  std::optional<Instant> handed_over_at;
  std::optional<Instant> used_at;
  std::optional<Instant> returned_at;
  std::optional<std::string> replaces;  ///< number of the document that this one renewed
  std::int64_t revision = 0;
};
RCMS_VIEW(TravelDocumentView, number, state, name, name_original, birth, sex, nationality, application, reference, issued_on,
          expires_on, blank, issued_by, office, mrz, void_reason, voided_at, voided_by, not_the_holder_of,
          handed_over_at, used_at, returned_at, replaces, revision)

/// An accepted application without a document: what the counter needs and nothing of the evidence.
struct WaitingView {
  std::string application;
  std::string reference;
  std::string name;
  std::optional<std::string> name_original;
  std::optional<std::string> birth;
  std::optional<std::string> sex;
  std::optional<std::string> nationality;
  bool has_portrait = false;
  std::string agreement;
  std::string agreement_title;
  std::optional<std::string> due_on;    ///< by when the document must be issued
  std::optional<std::string> latest_expiry;  ///< what the agreement allows if issued today; null: the officer says the days
  std::optional<std::string> clause;
  std::int64_t revision = 0;  ///< of the application, for If-Match
};
RCMS_VIEW(WaitingView, application, reference, name, name_original, birth, sex, nationality, has_portrait, agreement,
          agreement_title, due_on, latest_expiry, clause, revision)

/// A part of the photograph, in pixels of the picture as it is seen upright; its shape is 35 × 45.
struct FaceBoxInput {
  std::int64_t left = 0;
  std::int64_t top = 0;
  std::int64_t width = 0;
};
RCMS_INPUT(FaceBoxInput, left, top, width)

struct PhotoNoteView {
  std::int64_t width = 0;  ///< of the whole picture, pixels
  std::int64_t height = 0;
  std::int64_t box_left = 0;
  std::int64_t box_top = 0;
  std::int64_t box_width = 0;
  std::int64_t box_height = 0;
  std::int64_t box_width_at_least = 0;
  std::int64_t dpi = 0;    ///< on a print of 35 mm
  std::string background;  ///< even, uneven, dark
};
RCMS_VIEW(PhotoNoteView, width, height, box_left, box_top, box_width, box_height, box_width_at_least, dpi, background)

struct IssueDocumentInput {
  std::optional<std::int64_t> valid_days;
  std::optional<http::Text<3>> series;
  std::optional<http::Text<9>> blank;
  std::optional<http::Text<120>> destination;
  std::optional<http::List<http::Text<60>, 6>> transit;
  std::optional<http::Text<60>> place_of_issue;
  std::optional<http::Text<400>> observations;
  std::optional<http::Text<9>> not_the_holder_of;
  std::optional<FaceBoxInput> photo;  ///< what is printed of the photograph; null: all of it
};
RCMS_INPUT(IssueDocumentInput, valid_days, series, blank, destination, transit, place_of_issue, observations, not_the_holder_of,
           photo)

struct VoidDocumentInput {
  http::TextBlock<1000> reason;
};
RCMS_INPUT(VoidDocumentInput, reason)

struct KeyOpenerView {
  std::string name;
  Instant at;
  bool is_me = false;
};
RCMS_VIEW(KeyOpenerView, name, at, is_me)

/// The sealing key of the viewer's State.
struct SealingKeyView {
  bool is_open = false;
  std::int64_t persons = 1;             ///< officers who open it: 2, or 1 when it always stands open
  std::vector<KeyOpenerView> openers;   ///< whose opening counts now, newest first
  std::optional<Instant> until;         ///< when it closes by itself
};
RCMS_VIEW(SealingKeyView, is_open, persons, openers, until)

struct DocumentLayoutView {
  std::string id;
  std::string title;
  std::string document_code;
  double width_mm = 0;
  double height_mm = 0;
  std::string source;  ///< where the fields come from, and what is unverified
};
RCMS_VIEW(DocumentLayoutView, id, title, document_code, width_mm, height_mm, source)

/// How a State has its documents printed, and what it may choose from.
struct DocumentFormView {
  std::string layout;
  std::string symbol;  ///< data_matrix or qr
  std::optional<std::string> chosen_by;  ///< null: nobody has chosen, the standard layout is printed
  std::optional<Instant> chosen_at;
  std::vector<DocumentLayoutView> layouts;
  std::int64_t revision = 0;
};
RCMS_VIEW(DocumentFormView, layout, symbol, chosen_by, chosen_at, layouts, revision)

struct DocumentFormInput {
  http::Text<40> layout;
  http::Text<20> symbol;
};
RCMS_INPUT(DocumentFormInput, layout, symbol)

/// A range of the stock. used + void + left + lost + returned is total, or the stock does not balance.
struct BlankSeriesView {
  std::string series;
  std::string from;
  std::string to;
  std::int64_t total = 0;
  std::int64_t used = 0;
  std::int64_t void_ = 0;   ///< void and spoilt together
  std::int64_t spoilt = 0;  ///< of these, spoilt before use
  std::int64_t left = 0;    ///< in stock or set aside
  std::int64_t lost = 0;
  std::int64_t returned = 0;  ///< came back from the holder
  std::string organisation;
  bool balances = true;
};
RCMS_VIEW(BlankSeriesView, series, from, to, total, used, void_, spoilt, left, lost, returned, organisation, balances)

struct ReceiveBlanksInput {
  http::Text<3> series;
  http::Text<9> from;
  http::Text<9> to;
  std::optional<http::Text<40>> box;
};
RCMS_INPUT(ReceiveBlanksInput, series, from, to, box)

struct VerdictStepView {
  std::string check;
  bool ok = false;
  std::string text;
};
RCMS_VIEW(VerdictStepView, check, ok, text)

/// The verdict on what was presented, in the reader's language.
struct VerdictView {
  std::string verdict;  ///< see verification.hpp
  std::string title;
  std::string advice;  ///< what to do now
  std::optional<std::string> number;
  std::optional<std::string> name;
  std::optional<std::string> birth;  ///< yyyy-mm-dd, unknown parts left out
  std::optional<std::string> nationality;
  std::optional<std::string> issuing_state;
  std::optional<std::string> expires_on;
  bool fields_are_sealed = false;  ///< false: nothing proves the fields
  std::optional<std::string> state;  ///< issued, expired, revoked; null when the seal does not hold
  std::vector<VerdictStepView> checks;    ///< that were made, in their order
  std::vector<VerdictStepView> not_made;  ///< that could not be made
  std::string indication;  ///< of Doc 9303-13 Appendix D
  std::string level;
  std::int64_t trust_age_days = 0;
  bool trust_is_stale = false;
};
RCMS_VIEW(VerdictView, verdict, title, advice, number, name, birth, nationality, issuing_state, expires_on, fields_are_sealed,
          state, checks, not_made, indication, level, trust_age_days, trust_is_stale)

TravelDocumentView present_document(Desk const& desk, access::Viewer const& viewer, TravelDocument const& document);
WaitingView present_waiting(Desk const& desk, access::Viewer const& viewer, case_files::ListRow const& row);
BlankSeriesView present_stock(Desk const& desk, access::Viewer const& viewer, StockLine const& line);
/// For the public page and the command line alike.
VerdictView present_verdict(VerifyAnswer const& answer, Labels const& labels, std::string_view language, Date today);
FaceBox face_box_of_input(std::int64_t left, std::int64_t top, std::int64_t width);
PhotoNoteView present_note(PhotoNote const& note);
IssueInput input_of(IssueDocumentInput const& input);

}  // namespace rcms::travel_documents
