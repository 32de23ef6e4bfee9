#include "capabilities/oversight/api.hpp"

#include "capabilities/case_files/present.hpp"
#include "capabilities/oversight/store.hpp"
#include "capabilities/oversight/view.hpp"
#include "foundation/ledger/seal.hpp"

namespace rcms::oversight {

using http::Answer;
using http::Request;

namespace {

http::Problem wrong(Why why, char const* field, char const* remedy) { return http::Problem(Refused{why, field, remedy, {}}); }

/// "case" of "case:0194…".
std::string noun_of(std::string const& subject) { return subject.substr(0, subject.find(':')); }

void name_file(Context const& context, access::Viewer const& viewer, std::string const& subject, LedgerLineView& view) {
  bool const is_case = view.about == "case";
  if (!is_case && view.about != "application") return;
  auto const id = CaseId::parse(subject.substr(subject.find(':') + 1));
  auto const file = id ? find_file(context.database, viewer.party, *id) : std::nullopt;
  if (!file) return;
  view.reference = file->reference;
  if (viewer.may(is_case ? "case.read" : "application.read")) view.case_id = file->id.value;
}

void name_actor(Context const& context, access::Viewer const& viewer, std::string const& actor, LedgerLineView& view) {
  view.by = actor == "clock" || actor == "exchange" || actor == "installation" ? actor : "person";
  if (view.by != "person") return;
  UserId const user{actor};
  auto const name = context.directory.user_name(viewer.party, user);
  if (name.empty()) return;
  view.who = name;
  view.office = context.directory.organisation_of_user(viewer.party, user, viewer.language);
  auto const roles = context.directory.roles_of_user(viewer.party, user);
  if (!roles.empty()) view.role = context.labels.text(viewer.language, "roles." + roles.front());
}

std::string words_of(Labels const& labels, std::string_view language, std::string const& action) {
  auto const key = "oversight.action." + action;
  return labels.has(key) ? labels.text(language, key) : case_files::ledger_label(labels, language, action);
}

LedgerLineView present_line(Context const& context, access::Viewer const& viewer, LedgerLine const& line) {
  LedgerLineView view{.number = line.number,
                      .at = line.at,
                      .about = noun_of(line.place.subject),
                      .action = line.action,
                      .text = words_of(context.labels, viewer.language, line.action),
                      .hash = to_hex(line.hash)};
  name_file(context, viewer, line.place.subject, view);
  name_actor(context, viewer, line.actor, view);
  if (!line.source.empty()) view.source = line.source;
  return view;
}

Answer<http::Page<LedgerLineView>> list_lines(Context const& context, Request const& request) {
  LedgerQuestion question{.party = request.viewer.party,
                          .limit = static_cast<int>(request.integer("limit").value_or(25))};
  if (auto const cursor = request.text("cursor"); cursor && !cursor->empty()) {
    question.before = read_cursor(*cursor);
    if (!question.before) return tl::unexpected(wrong(Why::field_invalid, "cursor", "take `next` of the page before"));
  }
  if (auto const reference = request.text("case"); reference && !reference->empty()) {
    auto const file = find_file_by_reference(context.database, request.viewer.party, *reference);
    if (!file) return http::Page<LedgerLineView>{};
    question.subject = file->subject;
  }
  auto lines = list_ledger(context.database, question);
  http::Page<LedgerLineView> page;
  if (static_cast<int>(lines.size()) > question.limit) {
    lines.resize(static_cast<std::size_t>(question.limit));
    page.next = cursor_of(lines.back().place);
  }
  for (auto const& line : lines) page.items.push_back(present_line(context, request.viewer, line));
  return page;
}

LedgerSealView present_seal(db::Database& database) {
  auto const seal = ledger::load_last_seal(database);
  LedgerSealView view{.entries = seal.last, .seal = seal.seal};
  if (seal.seal == 0) return view;
  view.at = seal.at;
  view.root = to_hex(seal.root);
  view.hash = to_hex(seal.hash);
  view.signer = to_hex(seal.signer);
  return view;
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/ledger")
                 .named("list_ledger")
                 .saying("What was done in this State and by whom, newest first; never what a file says")
                 .permission("ledger.read")
                 .query(http::text_parameter("case", "Only the file with this reference, as it is printed.", 40))
                 .paged()
                 .refuses({Why::field_invalid})
                 .reads_personal_data()
                 .output<http::Page<LedgerLineView>>()
                 .handler([&context](Request const& request) { return list_lines(context, request); }));
  routes.add(http::get("/api/ledger/seal")
                 .named("read_ledger_seal")
                 .saying("The newest seal of the ledger: what an export is compared with")
                 .permission("ledger.read")
                 .output<LedgerSealView>()
                 .handler([&context](Request const&) -> Result<LedgerSealView> { return present_seal(context.database); }));
}

}  // namespace rcms::oversight
