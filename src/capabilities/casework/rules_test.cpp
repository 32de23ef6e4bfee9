#include "capabilities/casework/rules.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/deciding.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;

namespace {

workflow::Process const& process() {
  static auto const loaded = workflow::load_process(std::filesystem::path(RCMS_SOURCE_DIR) / "data", "individual");
  return loaded;
}

Instant const noon{1'927'713'600'000};  // 2031-02-01T12:00:00Z
Date const today(2031, 2, 1);

access::Viewer viewer(std::string login, std::set<std::string, std::less<>> permissions) {
  access::Viewer viewer;
  viewer.user = UserId{std::move(login)};
  viewer.permissions = std::move(permissions);
  return viewer;
}

access::Viewer const ana = viewer("ana", {"case.read", "case.edit", "case.answer", "case.withdraw"});
access::Viewer const sofia = viewer("sofia", {"case.read", "case.screen"});
access::Viewer const rita = viewer("rita", {"case.read", "case.release"});
access::Viewer const dora = viewer("dora", {"case.read", "case.confirm"});

CaseFile a_case(std::string state) {
  CaseFile file;
  file.side = case_files::Side::requesting;
  file.state = std::move(state);
  file.agreement = "uto-xar-2019";
  file.reference = "XAR-2031-000001";
  file.acts = {{"create", "ana"}, {"edit", "ana"}};
  return file;
}

exchange::Envelope an_envelope(exchange::EnvelopeKind kind, json::object body) {
  exchange::Envelope envelope;
  envelope.kind = kind;
  envelope.body = std::move(body);
  envelope.at = noon;
  return envelope;
}

template <class T>
std::string why(Result<T> const& answer) {
  return answer ? "" : std::string(name_of(answer.error().why));
}

Package a_package(std::string number = "P1") {
  Package package;
  package.form["D_evidence"] = json::object{{"nationality_evidence", json::array{json::object{{"number", number}}}}};
  return package;
}

}  // namespace

TEST_CASE("a release needs the second person, a complete form, closed gates and clean words, in this order") {
  struct Row {
    char const* name;
    access::Viewer viewer;
    std::string state;
    Findings missing;
    std::vector<std::string> open_gates;
    std::vector<WordFound> words;
    char const* refused;
  };
  Findings const no_decision = {{Why::field_missing, "internal.return_decision_ref", "is required", {}}};
  std::vector<Row> const rows = {
      {"all is right", rita, "screening", {}, {}, {}, ""},
      {"not the role", ana, "screening", no_decision, {"G03"}, {{"F_other.observations", "asylum"}}, "not_permitted"},
      {"not the state", rita, "draft", no_decision, {"G03"}, {}, "wrong_step"},
      {"the author", viewer("ana", {"case.release"}), "screening", no_decision, {"G03"}, {}, "same_person"},
      {"a field", rita, "screening", no_decision, {"G03"}, {{"F_other.observations", "asylum"}}, "field_missing"},
      {"a gate", rita, "screening", {}, {"G03"}, {{"F_other.observations", "asylum"}}, "gate_open"},
      {"a word", rita, "screening", {}, {}, {{"F_other.observations", "asylum"}}, "must_not_leave"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto package = a_package();
    package.words = row.words;
    auto const decision =
        decide_release(process(), a_case(row.state), package, Obstacles{row.missing, row.open_gates}, row.viewer, noon, today);
    CHECK(why(decision) == row.refused);
    if (!decision) continue;
    CHECK(decision->after.state == "submitted");
    REQUIRE(decision->sending);
    CHECK(decision->sending->kind == exchange::EnvelopeKind::application);
    CHECK(decision->sending->body.at("form") == package.form);
    CHECK(decision->after.submitted_on == "2031-02-01");
  }
}

TEST_CASE("a refused case leaves again only with other evidence, and its clock begins anew") {
  auto first = decide_release(process(), a_case("screening"), a_package("P1"), Obstacles{}, rita, noon, today);
  REQUIRE(first);
  auto again = first->after;
  case_files::happened(again, "receipt", noon);
  again.reply = {{"kind", "refused"}};
  again.state = "screening";
  CHECK(why(decide_release(process(), again, a_package("P1"), Obstacles{}, rita, noon, today)) == "field_missing");
  auto const second = decide_release(process(), again, a_package("P2"), Obstacles{}, rita, noon.plus_ms(1), today);
  REQUIRE(second);
  CHECK(second->after.reply.empty());
  CHECK_FALSE(case_files::find_event(second->after, "receipt"));
  CHECK(case_files::find_event(second->after, "submission") == noon.plus_ms(1));
}

TEST_CASE("a late reply is kept and changes nothing of the answer in force") {
  auto accepted = a_case("accepted");
  accepted.reply = {{"kind", "deemed"}};
  for (auto const* variant : {"refused", "interview", "more_information"}) {
    CAPTURE(variant);
    auto const envelope = an_envelope(exchange::EnvelopeKind::reply, {{"variant", variant}});
    auto const decision = decide_receipt(process(), accepted, envelope, {}, noon, today);
    REQUIRE(decision);
    CHECK(decision->after.state == "accepted");
    CHECK(decision->after.reply.at("kind") == "deemed");
    CHECK(decision->after.clock.empty());
    CHECK(decision->new_requests.empty());
    CHECK(decision->told.at("reply") == variant);
  }
  auto const allowed = decide_receipt(process(), accepted, an_envelope(exchange::EnvelopeKind::reply, {{"variant", "refused"}}),
                                      {"late_refusal_allowed"}, noon, today);
  REQUIRE(allowed);
  CHECK(allowed->after.state == "refused");
  CHECK(allowed->after.reply.at("kind") == "refused");
}

TEST_CASE("what arrives for a withdrawn or closed case changes nothing, also behind a suspension") {
  for (std::string const state : {"withdrawn", "closed"}) {
    for (bool const suspended : {false, true}) {
      CAPTURE(state);
      CAPTURE(suspended);
      auto file = a_case(suspended ? "suspended" : state);
      if (suspended) file.state_before = state;
      auto const decision =
          decide_receipt(process(), file, an_envelope(exchange::EnvelopeKind::reply, {{"variant", "accepted"}}), {}, noon, today);
      REQUIRE(decision);
      CHECK(decision->after.reply.empty());
      CHECK(case_files::effective_state(decision->after) == state);
      CHECK(decision->facts.empty());
    }
  }
}

TEST_CASE("an acceptance that arrives behind a suspension is recorded and waits for the lifting") {
  auto file = a_case("suspended");
  file.state_before = "verification";
  auto const decision =
      decide_receipt(process(), file, an_envelope(exchange::EnvelopeKind::reply, {{"variant", "accepted"}}), {}, noon, today);
  REQUIRE(decision);
  CHECK(decision->after.state == "suspended");
  CHECK(decision->after.state_before == "accepted");
  CHECK(decision->after.reply.at("kind") == "accepted");
  CHECK(case_files::find_event(decision->after, "acceptance"));
}

TEST_CASE("an extension that crossed the end of the term brings the case back only when it was sent in time") {
  auto const envelope = an_envelope(exchange::EnvelopeKind::extension, {{"days", 45}, {"reason", "Archive flooded"}});
  auto const in_time = decide_receipt(process(), a_case("consent_to_confirm"), envelope, {"extension_in_time"}, noon, today);
  REQUIRE(in_time);
  CHECK(in_time->after.state == "verification");
  auto const late = decide_receipt(process(), a_case("consent_to_confirm"), envelope, {}, noon, today);
  REQUIRE(late);
  CHECK(late->after.state == "consent_to_confirm");
  for (json::value const& days : {json::value(0), json::value(-3), json::value(99'999), json::value("45"), json::value()}) {
    auto const bad = an_envelope(exchange::EnvelopeKind::extension, {{"days", days}});
    CHECK(why(decide_receipt(process(), a_case("verification"), bad, {}, noon, today)) == "field_invalid");
  }
}

TEST_CASE("the notice of a document tells from when to when it is valid") {
  auto const told = [](json::object body) {
    body["variant"] = "issued";
    body["number"] = "UE0000001";
    return decide_receipt(process(), a_case("accepted"),
                          an_envelope(exchange::EnvelopeKind::travel_document_notice, std::move(body)), {}, noon, today);
  };
  auto const decision = told({{"issued_on", "2031-02-12"}, {"expires_on", "2031-08-12"}});
  REQUIRE(decision);
  CHECK(decision->after.state == "document_issued");
  auto const& event = decision->after.clock.back();
  CHECK(event.note == "UE0000001");
  CHECK(event.issued_on == "2031-02-12");
  CHECK(event.expires_on == "2031-08-12");
  CHECK(why(told({{"issued_on", "2031-02-12"}})) == "field_invalid");
  CHECK(why(told({{"issued_on", "2031-02-12"}, {"expires_on", "2031-02-30"}})) == "field_invalid");
}

TEST_CASE("what would be enough arrives with the request; what cannot be read of it is passed over") {
  auto const item = [](json::object members) {
    members["item"] = "nationality_evidence";
    return members;
  };
  struct Row {
    char const* name;
    json::object item;
    std::size_t documents;
    int count;
  };
  json::object const passport{{"type", "passport"}, {"form", "original"}};
  Row const rows[] = {
      {"named", item({{"any_of", json::array{passport}}, {"count", 1}}), 1, 1},
      {"an older node names nothing", item({}), 0, 0},
      {"a number that is none", item({{"any_of", json::array{passport}}, {"count", "many"}}), 1, 0},
      {"a number without measure", item({{"any_of", json::array{passport}}, {"count", 4'000'000'000}}), 1, 5},
      {"a document without type", item({{"any_of", json::array{json::object{{"form", "copy"}}, passport, 7}}}), 1, 0},
      {"no list", item({{"any_of", "passport"}}), 0, 0},
      {"not for evidence", {{"item", "birth"}, {"any_of", json::array{passport}}, {"count", 1}}, 0, 0},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const file = a_case("acknowledged");
    auto const envelope = an_envelope(exchange::EnvelopeKind::document_request,
                                      {{"request", make_uuid(noon)}, {"items", json::array{row.item}}});
    auto const decision = decide_receipt(process(), file, envelope, {}, noon, today);
    REQUIRE(decision);
    auto const& kept = decision->new_requests.at(0).items.at(0);
    CHECK(kept.any_of.size() == row.documents);
    CHECK(kept.count == row.count);
  }
}

TEST_CASE("every item of a request is answered, and no other") {
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.state = "open";
  request.items = {{"birth", "es", "", "", {}, false}, {"identity", "", "", "", {}, false}};
  struct Row {
    char const* name;
    std::vector<ItemAnswer> answers;
    char const* refused;
  };
  std::vector<Row> const rows = {
      {"both", {{"birth", "attached", {}}, {"identity", "", {"file"}}}, ""},
      {"one is missing", {{"birth", "attached", {}}}, "field_missing"},
      {"one is empty", {{"birth", "attached", {}}, {"identity", "", {}}}, "field_missing"},
      {"one was not asked", {{"birth", "a", {}}, {"identity", "b", {}}, {"other", "c", {}}}, "not_found"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const decision = decide_answer(process(), a_case("documents_requested"), request, row.answers, {}, ana, noon);
    CHECK(why(decision) == row.refused);
    if (!decision) continue;
    CHECK(decision->after.state == "acknowledged");
    REQUIRE(decision->changed_requests.size() == 1);
    CHECK(decision->changed_requests[0].state == "answered");
    CHECK(decision->sending->body.at("items").as_array().size() == 2);
  }
  request.state = "answered";
  CHECK(why(decide_answer(process(), a_case("documents_requested"), request, rows[0].answers, {}, ana, noon)) == "not_found");
}

TEST_CASE("the photograph that answers a request becomes that of the form and the portrait of the file") {
  std::string const photo = "0190163d-8694-739b-aea5-966c26f8ad91";
  DocumentRequest request;
  request.id = make_uuid(noon);
  request.state = "open";
  request.items = {{"photograph", "", "", "", {}, false}};
  Package package;
  package.attachments = {{FileId{photo}, "photo", "other", "image/png", 1, ""}};
  auto const decision =
      decide_answer(process(), a_case("documents_requested"), request, {{"photograph", "", {photo}}}, package, ana, noon);
  REQUIRE(decision);
  CHECK(decision->after.portrait == photo);
  CHECK(decision->after.content.at("A_person").at("photo") == json::value(photo));
  CHECK(decision->sending->attachments.size() == 1);
}

TEST_CASE("a withdrawal tells the other State nothing but that") {
  auto const decision =
      decide_withdrawal(process(), a_case("verification"), ana, "Permit granted for medical reasons", noon, today);
  REQUIRE(decision);
  REQUIRE(decision->sending);
  CHECK(decision->sending->body.empty());
  CHECK(decision->told.at("reason") == "Permit granted for medical reasons");
  CHECK(why(decide_withdrawal(process(), a_case("verification"), ana, "", noon, today)) == "reason_missing");
}

TEST_CASE("only another person with the permission confirms silence, with the clause in the envelope") {
  auto file = a_case("consent_to_confirm");
  auto const decision = decide_confirmation(process(), file, dora, "No answer", "UTO-XAR 2019 art. 9(2)", "2031-03-02", noon);
  REQUIRE(decision);
  CHECK(decision->after.state == "accepted");
  CHECK(decision->source == "UTO-XAR 2019 art. 9(2)");
  CHECK(decision->sending->body.at("clause") == "UTO-XAR 2019 art. 9(2)");
  CHECK_FALSE(decision->sending->body.contains("reason"));
  file.acts.push_back({"release", "dora"});
  CHECK(why(decide_confirmation(process(), file, dora, "No answer", "", "", noon)) == "same_person");
  CHECK(why(decide_confirmation(process(), file, ana, "No answer", "", "", noon)) == "not_permitted");
}
