#include "capabilities/applications/rules.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/deciding.hpp"
#include "norms/forms/content.hpp"

using namespace rcms;
using namespace rcms::applications;
namespace json = boost::json;

namespace {

workflow::Process const& process() {
  static auto const loaded = workflow::load_process(std::filesystem::path(RCMS_SOURCE_DIR) / "data", "individual");
  return loaded;
}

Instant const noon{1'927'713'600'000};  // 2031-02-01T12:00:00Z
Date const today(2031, 2, 1);

access::Viewer decider() {
  access::Viewer viewer;
  viewer.user = UserId{"diego"};
  viewer.permissions = {"application.read", "application.reply", "application.extend", "application.request_documents"};
  return viewer;
}

CaseFile an_application(std::string state) {
  CaseFile file;
  file.side = case_files::Side::requested;
  file.state = std::move(state);
  file.agreement = "uto-xar-2019";
  file.submitted_on = "2031-01-31";
  return file;
}

exchange::Envelope an_envelope(exchange::EnvelopeKind kind, json::object body) {
  exchange::Envelope envelope;
  envelope.kind = kind;
  envelope.body = std::move(body);
  envelope.at = noon;
  return envelope;
}

json::object a_body() {
  return {{"agreement", "uto-xar-2019"}, {"reference", "XAR-1"}, {"submitted_on", "2031-01-31"},
          {"form", json::object{{"A_person", json::object{{"surname", "Quispe"}}}}}};
}

template <class T>
std::string why(Result<T> const& answer) {
  return answer ? "" : std::string(name_of(answer.error().why));
}

Result<Decision> reply_with(std::string state, ReplyInput const& input, std::set<std::string, std::less<>> const& agreed = {}) {
  return decide_reply(process(), an_application(std::move(state)), input, Date(2031, 1, 31), "art. 9(2)", agreed, decider(), noon,
                      today);
}

ReplyInput a_reply(std::string kind, std::vector<ReplyReason> reasons = {}) {
  ReplyInput input;
  input.kind = std::move(kind);
  input.reasons = std::move(reasons);
  input.request_id = make_uuid(noon);
  return input;
}

}  // namespace

TEST_CASE("an application opens a file, and a broken one does not") {
  struct Row {
    char const* name;
    char const* without;
    char const* refused;
  };
  for (auto const& row : {Row{"whole", "", ""}, Row{"no form", "form", "field_missing"},
                          Row{"no agreement", "agreement", "field_missing"}, Row{"no day", "submitted_on", "field_invalid"}}) {
    CAPTURE(row.name);
    auto body = a_body();
    body.erase(row.without);
    auto const decision =
        decide_opening(process(), an_application(""), an_envelope(exchange::EnvelopeKind::application, body), noon, today);
    CHECK(why(decision) == row.refused);
    if (!decision) continue;
    CHECK(decision->after.state == "received");
    CHECK(decision->after.partner_reference == "XAR-1");
    CHECK(case_files::find_event(decision->after, "receipt") == noon);
  }
}

TEST_CASE("a second application is taken only after a refusal, and begins the clock anew") {
  auto const envelope = an_envelope(exchange::EnvelopeKind::application, a_body());
  for (auto const* state :
       {"received", "completeness", "documents_requested", "verification", "interview", "lapsed", "accepted"}) {
    CAPTURE(state);
    CHECK(why(decide_reopening(process(), an_application(state), envelope, noon, today)) == "wrong_step");
  }
  auto refused = an_application("refused");
  refused.reply = {{"kind", "refused"}};
  case_files::happened(refused, "receipt", Instant{1});
  auto const decision = decide_reopening(process(), refused, envelope, noon, today);
  REQUIRE(decision);
  CHECK(decision->after.state == "received");
  CHECK(decision->after.reply.empty());
  CHECK(case_files::find_event(decision->after, "receipt") == noon);
}

TEST_CASE("a reply needs what its kind needs") {
  struct Row {
    char const* name;
    std::string state;
    ReplyInput input;
    char const* refused;
    char const* after;
  };
  auto question = a_reply("more_information");
  question.items = {{"birth", "es", "", "", {}, false}};
  auto twice = question;
  twice.items.push_back(twice.items[0]);
  std::vector<Row> const rows = {
      {"accepted", "verification", a_reply("accepted"), "", "accepted"},
      {"refused with a reason", "verification", a_reply("refused", {{"not_a_national", ""}}), "", "refused"},
      {"refused without", "verification", a_reply("refused"), "reason_missing", ""},
      {"a question", "verification", question, "", "documents_requested"},
      {"a question about nothing", "verification", a_reply("more_information"), "reason_missing", ""},
      {"a question asked twice", "verification", twice, "field_invalid", ""},
      {"an interview", "verification", a_reply("interview"), "", "interview"},
      {"something else", "verification", a_reply("perhaps"), "field_invalid", ""},
      {"too early", "received", a_reply("accepted"), "wrong_step", ""},
      {"after silence", "lapsed", a_reply("accepted"), "", "accepted"},
      {"a late refusal", "accepted", a_reply("refused", {{"nationality_lost", ""}}), "wrong_step", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const decision = reply_with(row.state, row.input);
    CHECK(why(decision) == row.refused);
    if (!decision) continue;
    CHECK(decision->after.state == row.after);
    CHECK(case_files::text_of(decision->sending->body, "variant") == row.input.kind);
    CHECK_FALSE(decision->sending->body.contains("by"));
    CHECK(decision->after.reply.at("in_time") == false);
    CHECK(decision->source == "art. 9(2)");
  }
  auto const late = reply_with("accepted", a_reply("refused", {{"nationality_lost", ""}}), {"late_refusal_allowed"});
  REQUIRE(late);
  CHECK(late->after.state == "refused");
  CHECK(late->sending->body.at("variant") == "refused");
}

TEST_CASE("a request names its items, each once, and a day that is not over") {
  struct Row {
    char const* name;
    std::vector<case_files::RequestItem> items;
    std::string due_on;
    char const* refused;
  };
  case_files::RequestItem const birth{"birth", "es", "", "", {}, false};
  case_files::RequestItem const other{"other", "", "a letter", "", {}, false};
  case_files::WantedDocument const passport{"passport", "original"};
  case_files::WantedDocument const card{"identity_card", "original"};
  auto const wanted = [](std::string item, std::vector<case_files::WantedDocument> any_of, int count) {
    return case_files::RequestItem{std::move(item), "", "", "", {}, false, std::move(any_of), count};
  };
  std::vector<Row> const rows = {
      {"one", {birth}, "", ""},
      {"today", {birth}, "2031-02-01", ""},
      {"others may repeat", {other, other}, "", ""},
      {"none", {}, "", "field_missing"},
      {"twice", {birth, birth}, "", "field_invalid"},
      {"yesterday", {birth}, "2031-01-31", "field_invalid"},
      {"no day", {birth}, "soon", "field_invalid"},
      {"too many", std::vector<case_files::RequestItem>(31, other), "", "limit_reached"},
      {"what would be enough", {wanted("nationality_evidence", {passport, card}, 1)}, "", ""},
      {"of the ground", {wanted("third_country_evidence", {{"visa", ""}}, 0)}, "", ""},
      {"enough of what is no evidence", {wanted("birth", {passport}, 1)}, "", "field_invalid"},
      {"more than are named", {wanted("nationality_evidence", {passport}, 2)}, "", "field_invalid"},
      {"fewer than none", {wanted("nationality_evidence", {passport}, -1)}, "", "field_invalid"},
      {"a document twice", {wanted("nationality_evidence", {passport, passport}, 1)}, "", "field_invalid"},
      {"a document without type", {wanted("nationality_evidence", {{"", "original"}}, 1)}, "", "field_missing"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    DocumentRequest request;
    request.id = make_uuid(noon);
    request.items = row.items;
    request.due_on = row.due_on;
    auto const decision = decide_document_request(process(), an_application("verification"), request, decider(), noon, today);
    CHECK(why(decision) == row.refused);
    if (decision) CHECK(decision->after.state == "documents_requested");
  }
}

TEST_CASE("what would be enough leaves with the request, and is kept as it was asked") {
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.items = {{"nationality_evidence", "", "", "", {}, false, {{"passport", "original"}, {"identity_card", "original"}}, 1}};
  auto const decision = decide_document_request(process(), an_application("verification"), request, decider(), noon, today);
  REQUIRE(decision);
  auto const& sent = decision->sending->body.at("items").as_array().at(0).as_object();
  CHECK(sent.at("count") == 1);
  CHECK(sent.at("any_of").as_array().size() == 2);
  CHECK(sent.at("any_of").as_array()[1].as_object().at("type") == "identity_card");
  auto const kept = case_files::read_items(case_files::items_json(decision->new_requests.at(0).items));
  CHECK(kept.at(0).count == 1);
  CHECK(kept.at(0).any_of.at(0).type == "passport");
  CHECK(kept.at(0).any_of.at(0).form == "original");
}

TEST_CASE("consent that was deemed behind a suspension is recorded") {
  auto file = an_application("suspended");
  file.state_before = "lapsed";
  auto const envelope = an_envelope(exchange::EnvelopeKind::deemed_consent, {{"clause", "art. 9(2)"}, {"due_on", "2031-03-02"}});
  auto const decision = decide_receipt(process(), file, envelope, std::nullopt, noon, today);
  REQUIRE(decision);
  CHECK(decision->after.state == "suspended");
  CHECK(decision->after.state_before == "accepted");
  CHECK(decision->after.reply.at("kind") == "deemed");
  auto crossed = an_application("refused");
  crossed.reply = {{"kind", "refused"}};
  auto const kept = decide_receipt(process(), crossed, envelope, std::nullopt, noon, today);
  REQUIRE(kept);
  CHECK(kept->after.state == "refused");
  CHECK(kept->after.reply.at("kind") == "refused");
}

TEST_CASE("an answer belongs to a request of this case") {
  auto const envelope =
      an_envelope(exchange::EnvelopeKind::answer, {{"items", json::array{json::object{{"item", "birth"}, {"answer", "x"}}}}});
  CHECK(why(decide_receipt(process(), an_application("documents_requested"), envelope, std::nullopt, noon, today)) ==
        "not_found");
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.items = {{"identity", "", "", "", {}, false}};
  CHECK(why(decide_receipt(process(), an_application("documents_requested"), envelope, request, noon, today)) == "field_invalid");
  request.items[0].item = "birth";
  auto const decision = decide_receipt(process(), an_application("documents_requested"), envelope, request, noon, today);
  REQUIRE(decision);
  CHECK(decision->after.state == "completeness");
  CHECK(decision->changed_requests.at(0).items.at(0).answer == "x");
}

TEST_CASE("a photograph that was asked for becomes that of the form and the portrait of the file") {
  std::string const photo = "0190163d-8694-739b-aea5-966c26f8ad91";
  auto envelope = an_envelope(exchange::EnvelopeKind::answer,
                              {{"items", json::array{json::object{{"item", "photograph"}, {"files", json::array{photo}}}}}});
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.items = {{"photograph", "", "", "", {}, false}};
  for (auto const* type : {"image/jpeg", "application/pdf"}) {
    CAPTURE(type);
    bool const is_picture = std::string_view(type) == "image/jpeg";
    envelope.attachments = {{FileId{photo}, "photo", "other", type, 1, ""}};
    auto const decision = decide_receipt(process(), an_application("documents_requested"), envelope, request, noon, today);
    REQUIRE(decision);
    CHECK(decision->after.portrait == (is_picture ? photo : ""));
    CHECK(forms::text_in(json::value(decision->after.content), "A_person.photo") == (is_picture ? photo : ""));
  }
}

TEST_CASE("an answer to an older question is kept, and the file waits on for the answer to the newer one") {
  auto const envelope =
      an_envelope(exchange::EnvelopeKind::answer, {{"items", json::array{json::object{{"item", "birth"}, {"answer", "x"}}}}});
  auto file = an_application("documents_requested");
  file.clock = {{"document_request", noon, "older", 0}, {"document_request", noon, "newer", 0}};
  struct Row {
    char const* request;
    char const* state;
  };
  for (auto const& row : {Row{"older", "documents_requested"}, Row{"newer", "completeness"}}) {
    CAPTURE(row.request);
    DocumentRequest request;
    request.id = row.request;
    request.items = {{"birth", "", "", "", {}, false}};
    auto const decision = decide_receipt(process(), file, envelope, request, noon, today);
    REQUIRE(decision);
    CHECK(decision->after.state == row.state);
    CHECK(decision->changed_requests.at(0).state == "answered");
    CHECK((decision->after.clock.back().event == "answer") == (std::string_view(row.request) == "newer"));
  }
}

TEST_CASE("an answer gives each item once") {
  json::object const item{{"item", "birth"}, {"answer", "x"}};
  auto const envelope = an_envelope(exchange::EnvelopeKind::answer, {{"items", json::array{item, item}}});
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.items = {{"birth", "", "", "", {}, false}};
  CHECK(why(decide_receipt(process(), an_application("documents_requested"), envelope, request, noon, today)) == "field_invalid");
}
