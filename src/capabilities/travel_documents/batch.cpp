#include "capabilities/travel_documents/batch.hpp"

#include <algorithm>
#include <set>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "capabilities/travel_documents/printing.hpp"
#include "capabilities/travel_documents/store.hpp"
#include "foundation/pages/pdf_file.hpp"

namespace rcms::travel_documents {

namespace {

Result<void> check_may_issue(access::Viewer const& viewer) {
  if (viewer.may("document.issue")) return {};
  return refuse(Why::not_permitted, {}, "needs document.issue");
}

Result<void> check_count(std::string const& field, std::size_t count) {
  if (count > 0 && count <= batch_at_most) return {};
  return refuse(Why::field_invalid, field, "name at least one and at most 100");
}

BatchCandidate candidate_of(Desk const& desk, access::Viewer const& viewer, CaseId const& id, Date today) {
  BatchCandidate candidate;
  candidate.application = id;
  for (auto const& document : list_documents_of_case(desk.context.database, viewer.party, id)) {
    auto const state = document.state_on(today);
    if (state != "issued" && state != "handed_over") continue;
    candidate.due = Due::held;
    candidate.number = document.number;
    candidate.name = document.name();
    candidate.reference = document.reference;
  }
  if (candidate.due == Due::held) return candidate;
  auto const file = case_files::find_case_file(desk.context.database, viewer.party, case_files::Side::requested, id);
  if (!file || file->state != "accepted") return candidate;
  candidate.due = Due::due;
  candidate.name = file->person.name;
  candidate.reference = file->reference;
  candidate.has_portrait = find_photo(desk, *file).has_value();
  return candidate;
}

}  // namespace

std::string_view name_of(Due due) {
  switch (due) {
    case Due::due: return "due";
    case Due::held: return "held";
    case Due::not_yet: break;
  }
  return "not_yet";
}

Result<std::vector<BatchTransport>> list_batch_transports(Desk const& desk, access::Viewer const& viewer) {
  if (auto may = check_may_issue(viewer); !may) return tl::unexpected(may.error());
  auto const now = desk.context.clock.now();
  std::vector<BatchTransport> transports;
  for (auto const& one : transfers::list_announced(desk.context.database, viewer.party)) {
    if (one.state != "announced" || one.departs_at().ms < now.ms) continue;
    transports.push_back({one.id.value, one.name, one.departs_at(), one.persons.size()});
  }
  std::stable_sort(transports.begin(), transports.end(),
                   [](auto const& left, auto const& right) { return left.departs_at.ms < right.departs_at.ms; });
  return transports;
}

Result<std::vector<BatchCandidate>> list_batch_candidates(Desk const& desk, access::Viewer const& viewer,
                                                          std::string const& transport) {
  if (auto may = check_may_issue(viewer); !may) return tl::unexpected(may.error());
  auto const announced =
      transfers::find_announced(desk.context.database, viewer.party, transfers::TransportId{transport});
  if (!announced || announced->state != "announced") return refuse(Why::not_found);
  auto const today = case_files::today_of(desk.context, viewer.party);
  std::vector<BatchCandidate> candidates;
  for (auto const& person : announced->persons) candidates.push_back(candidate_of(desk, viewer, person.case_id, today));
  return candidates;
}

Result<std::vector<BatchItem>> issue_batch(Desk& desk, access::Viewer const& viewer, std::vector<CaseId> const& applications,
                                           IssueInput const& input) {
  if (auto may = check_may_issue(viewer); !may) return tl::unexpected(may.error());
  if (auto count = check_count("applications", applications.size()); !count) return tl::unexpected(count.error());
  if (std::set<CaseId>(applications.begin(), applications.end()).size() != applications.size())
    return refuse(Why::field_invalid, "applications", "an application is named twice");
  std::vector<BatchItem> items;
  for (auto const& id : applications) {
    auto made = issue_document(desk, viewer, id, input, std::nullopt);
    BatchItem item{id, {}, {}};
    if (made) item.document = std::move(*made);
    else item.refused = std::move(made.error());
    items.push_back(std::move(item));
  }
  return items;
}

Result<Bytes> render_sheets(Desk& desk, access::Viewer const& viewer, std::vector<std::string> numbers,
                            std::optional<std::string> const& printer) {
  if (auto count = check_count("numbers", numbers.size()); !count) return tl::unexpected(count.error());
  std::optional<Printer> chosen;
  if (printer) {
    auto found = get_printer(desk, viewer, PrinterId{*printer});
    if (!found) return refuse(Why::field_invalid, "printer", "your office has no such printer; choose one of its list");
    chosen = std::move(*found);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::vector<Bytes> pages;
  for (auto const& number : numbers) {
    auto const document = find_document(desk.context.database, viewer.party, number);
    if (!document) return refuse(Why::not_found);
    auto pdf = chosen ? render_print_copy(desk, *document, *chosen) : read_document_pdf(desk, *document);
    if (!pdf) return pdf;
    pages.push_back(std::move(*pdf));
  }
  return join_pdfs(pages);
}

}  // namespace rcms::travel_documents
