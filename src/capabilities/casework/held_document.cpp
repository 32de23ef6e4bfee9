#include "capabilities/casework/held_document.hpp"

#include <algorithm>
#include <cctype>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/text.hpp"
#include "norms/forms/content.hpp"

namespace rcms::casework {

namespace {

constexpr std::size_t number_limit = 40;

Result<std::string> read_number(std::string_view text) {
  auto number = tidy_text(text);
  if (number.empty()) return refuse(Why::field_missing, "number", "the number of the document, as it is printed");
  bool const is_number = number.size() <= number_limit && std::all_of(number.begin(), number.end(), [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == ' ' || letter == '-' || letter == '/';
  });
  if (!is_number) return refuse(Why::field_invalid, "number", "letters, digits, spaces, - and /, at most 40");
  return number;
}

/// What the law needs to know of the case. A person without nationality in the form is asked for as a national.
agreements::HeldFacts facts_of(Context const& context, CaseFile const& file, agreements::Agreement const& agreement, Date on) {
  auto const parties = case_files::parties_of(context, file);
  auto const conditions = forms::derive_conditions(file.content, parties.requested, on);
  std::vector<agreements::Event> events;
  for (auto const& event : file.clock) events.push_back({event.event, event.at, event.value});
  return {parties.requesting, parties.requested, !conditions.contains("third_country_national"),
          agreements::fallback_from(agreement, context.norms.calendars, parties.requested, std::move(events), on),
          conditions.contains("transit") ? forms::text_in(file.content, "transit.transit_request.destination") : std::string()};
}

Result<void> check_permitted(Context const& context, CaseFile const& file, HeldInput const& input) {
  auto const* agreement =
      context.norms.find_agreement(file.agreement, file.submitted_on, context.directory.get_party(file.party).code);
  auto const on = Date::parse(file.submitted_on);
  if (agreement == nullptr || !on) return refuse(Why::agreement_does_not_apply, "agreement");
  if (!forms::has_code(context.norms.codes, "country", input.issuer))
    return refuse(Why::field_invalid, "issuer", "choose the State from the list");
  return agreements::check_held_document(*agreement, {input.kind, input.issuer, input.issued_on, input.expires_on},
                                         facts_of(context, file, *agreement, *on), case_files::today_of(context, file.party),
                                         *on);
}

}  // namespace

Result<Decision> decide_held_document(workflow::Process const& process, CaseFile const& before, HeldInput const& input,
                                      Result<void> const& permitted, access::Viewer const& viewer, Instant now) {
  auto decision = case_files::take_step(process, before, "record_document", viewer, {}, now);
  if (!decision) return decision;
  auto number = read_number(input.number);
  if (!number) return tl::unexpected(number.error());
  auto const papers = case_files::list_travel_papers(before);
  if (std::any_of(papers.begin(), papers.end(),
                  [&](auto const& one) { return !one.is_void && one.number == *number && one.kind == input.kind; }))
    return refuse(Why::already_exists, "number", "this document is recorded already");
  if (!permitted) return tl::unexpected(permitted.error());
  case_files::happened(decision->after, "document_issue", now, *number);
  auto& event = decision->after.clock.back();
  event.issued_on = input.issued_on.text();
  event.expires_on = input.expires_on.text();
  event.document_kind = input.kind;
  event.document_issuer = input.issuer;
  auto& body = decision->sending->body;
  body["kind"] = input.kind;
  body["number"] = *number;
  body["issuer"] = input.issuer;
  body["issued_on"] = event.issued_on;
  body["expires_on"] = event.expires_on;
  decision->told["kind"] = input.kind;
  decision->told["number"] = *number;
  decision->told["expires_on"] = event.expires_on;
  return decision;
}

Result<Decision> decide_held_document_back(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                           std::string_view reason, Instant now) {
  auto decision = case_files::take_step(process, before, "take_back_document", viewer, reason, now);
  if (!decision) return decision;
  auto const papers = case_files::list_travel_papers(before);
  auto const newest =
      std::find_if(papers.rbegin(), papers.rend(), [](auto const& one) { return !one.is_void && !one.kind.empty(); });
  if (newest == papers.rend())
    return refuse(Why::not_found, "number", "your State has recorded none; what the other State issued only it can declare void");
  auto& after = decision->after;
  case_files::happened(after, "document_void", now, newest->number);
  after.clock.back().document_kind = newest->kind;
  // With another paper the person may still travel.
  if (case_files::has_other_paper(after, newest->number, newest->kind)) {
    after.state = before.state;
    after.stage = before.stage;
  }
  decision->sending->body.erase("reason");
  decision->sending->body["kind"] = newest->kind;
  decision->sending->body["number"] = newest->number;
  decision->told["kind"] = newest->kind;
  decision->told["number"] = newest->number;
  return decision;
}

Result<CaseFile> record_held_document(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                      HeldInput const& input, std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, case_files::Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_held_document(context.norms.process, before, input, check_permitted(context, before, input), viewer,
                                context.clock.now());
  });
}

Result<CaseFile> take_back_held_document(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         std::string_view reason, std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, case_files::Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_held_document_back(context.norms.process, before, viewer, reason, context.clock.now());
  });
}

}  // namespace rcms::casework
