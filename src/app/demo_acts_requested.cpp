// The acts of Utopia in a story.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/identification/actions.hpp"
#include "capabilities/travel_documents/actions.hpp"

namespace rcms::app {

namespace json = boost::json;
using applications::TaskResult;

void DemoStory::acknowledge() {
  done("acknowledge", applications::acknowledge(context(), officer("lucia.uto"), id_, std::nullopt));
}

void DemoStory::assign() {
  done("assign", applications::assign(context(), officer("lucia.uto"), id_, officer("jorge.uto").user, std::nullopt));
}

void DemoStory::declare_complete() {
  done("declare_complete", applications::declare_complete(context(), officer("lucia.uto"), id_, std::nullopt));
}

void DemoStory::request_documents() {
  applications::RequestInput input;
  input.due_on = stage_.calendar.add_working_days(today(), 10).text();
  auto const kind = context().labels.text("es", "codes.evidence_type." + case_.later_paper.kind);
  input.items.push_back({.item = "nationality_evidence", .language = "es", .note = kind + ": copia legible por ambos lados."});
  if (case_.applicant.birth.size() < 10)
    input.items.push_back({.item = "birth", .language = "es", .note = "Día y mes de nacimiento."});
  if (case_.applicant.seed % 3 == 0)
    input.items.push_back({.item = "parents", .language = "es", .note = "Nombres completos del padre y de la madre."});
  done("request_documents", applications::request_documents(context(), officer("lucia.uto"), id_, input, std::nullopt));
}

void DemoStory::open_tasks() {
  auto const& jorge = officer("jorge.uto");
  auto const open = [&](char const* kind, char const* organisation, int days, std::string note) {
    if (overtaken_) return;
    applications::NewTask task;
    task.kind = kind;
    task.organisation = stage_.officers.organisation(organisation);
    task.due_on = stage_.calendar.add_working_days(today(), days);
    task.note = std::move(note);
    done("open_task", applications::open_task(context(), jorge, id_, task));
  };
  open("registry_search", "uto-registry", 5, "Buscar a la persona; considerar variantes del nombre y de la fecha.");
  if (case_.papers.front().kind != "statement_person" && dice_.chance(40)) {
    open("document_check", "uto-passports", 6, "Confirmar que el documento fue expedido a esta persona.");
  }
  if (dice_.chance(30)) open("field_check", "uto-village", 8, "Preguntar si conocen a la persona y a su familia.");
}

void DemoStory::complete_tasks(std::string_view kind, char const* login, std::function<TaskResult()> const& result) {
  auto const& viewer = officer(login);
  for (auto const& task : applications::list_tasks_of_case(context().database, viewer.party, id_)) {
    if (task.kind != kind || task.state != "open" || overtaken_) continue;
    done("complete_task", applications::complete_task(context(), viewer, task.id, result()));
  }
}

void DemoStory::search_registry() {
  auto const& sofia = officer("sofia.uto");
  auto& population = stage_.node.population();
  auto const& who = case_.applicant;
  registry::Question question{.given = who.given, .surnames = who.surnames, .birth = who.birth, .sex = who.citizen.sex};
  if (who.seed % 11 != 0) question.place = who.citizen.place_name;
  std::tie(question.mother_given, question.mother_surnames) = registry::split_full_name(who.citizen.mother);
  for (auto const& task : applications::list_tasks_of_case(context().database, sofia.party, id_)) {
    if (task.kind != "registry_search" || task.state != "open" || overtaken_) continue;
    auto const found = population.search(sofia.party, question);
    if (!done("search_registry", found)) return;
    auto const is_person = [&](auto const& one) { return who.registered && one.person.id == who.citizen.id.value; };
    bool const is_found = std::any_of(found->candidates.begin(), found->candidates.end(), is_person);
    std::vector<identification::SearchSeen> const seen{{question, registry::fingerprint_of(question, *found)}};
    identification::OpinionInput opinion{"not_confirmed", {}, "No consta nadie con estos datos ni con variantes cercanas."};
    if (is_found) opinion = {"confirmed", who.citizen.id.value, "Coinciden nombres, padres y lugar de inscripción."};
    if (!done("identify", identification::identify(context(), population, sofia, task.id, opinion, seen)) || is_found) return;
    // One in four still waits for the colleague.
    if (who.seed % 4 == 0) return;
    done("second", identification::second(context(), officer("nora.uto"), task.id, true,
                                          "Busqué también con otras grafías y sin la fecha; nadie corresponde."));
  }
}

void DemoStory::check_document() {
  if (dice_.chance(15)) return;  // still open
  complete_tasks("document_check", "ramiro.uto", [&]() -> TaskResult {
    return {"confirmed", "El número corresponde a un documento expedido a esta persona.", {}, {}};
  });
}

void DemoStory::check_field() {
  if (dice_.chance(20)) return;  // still open
  complete_tasks("field_check", "beto.uto", [&]() -> TaskResult {
    bool const known = case_.applicant.registered;
    return {known ? "confirmed" : "inconclusive",
            known ? "La familia vive aquí y reconoció la fotografía." : "Nadie en la aldea pudo decirlo.",
            {},
            {}};
  });
}

void DemoStory::extend() {
  done("extend", applications::extend(context(), officer("elena.uto"), id_, case_.agreement == "uto-xar-2019" ? 45 : 8,
                                      "El registro de la municipalidad está en papel y se consulta por correo.", std::nullopt));
}

void DemoStory::ask_interview() {
  applications::ReplyInput reply;
  reply.kind = "interview";
  reply.note = "Se propone una entrevista consular por videollamada.";
  if (!done("reply_interview", applications::reply(context(), officer("jorge.uto"), id_, reply, std::nullopt))) return;
  applications::NewTask task;
  task.kind = "interview";
  task.organisation = stage_.officers.organisation("uto-consulate");
  task.due_on = stage_.calendar.add_working_days(today(), 8);
  task.note = "Entrevista por videollamada; acta firmada.";
  auto const opened = applications::open_task(context(), officer("jorge.uto"), id_, task);
  if (done("open interview", opened)) set_interview(opened->id);
}

void DemoStory::hold_interview() {
  if (hold_booked_interview() || overtaken_) return;
  complete_tasks("interview", "carmen.uto", []() -> TaskResult {
    return {"inconclusive", "La entrevista no llegó a celebrarse; la nacionalidad resulta de los documentos.", {}, {}};
  });
}

void DemoStory::accept() {
  applications::ReplyInput reply;
  reply.kind = "accepted";
  reply.note = is_in_transit(case_) ? "El tránsito se permite." : "Nacionalidad confirmada.";
  done("reply_accepted",
       applications::reply(context(), officer(index_ % 7 == 0 ? "elena.uto" : "jorge.uto"), id_, reply, std::nullopt));
}

void DemoStory::refuse() {
  applications::ReplyInput reply;
  reply.kind = "refused";
  if (is_in_transit(case_)) {
    reply.reasons.push_back(
        {"other", "No hay vuelo de conexión en la fecha pedida; la persona tendría que pernoctar en la zona."});
    done("reply_refused", applications::reply(context(), officer("jorge.uto"), id_, reply, std::nullopt));
    return;
  }
  bool const known = case_.applicant.registered;
  reply.reasons.push_back(
      {known ? "evidence_insufficient" : "not_a_national",
       known ? "Los documentos no permiten confirmar la identidad." : "La persona no consta en el registro de población."});
  done("reply_refused", applications::reply(context(), officer("jorge.uto"), id_, reply, std::nullopt));
}

void DemoStory::close_application() {
  done("close application",
       applications::do_plain_step(context(), officer("lucia.uto"), id_, "close", "Trámite concluido.", std::nullopt));
}

void DemoStory::issue_document() {
  if (case_.third_country) return record_document();
  travel_documents::IssueInput input;
  input.valid_days = 30;
  input.place_of_issue = "Consulado de Utopía en Arcadia";
  auto const issued = travel_documents::issue_document(stage_.desk, officer("carmen.uto"), id_, input, std::nullopt);
  // A name that cannot be printed, or half a date of birth: the officer has to clear it up first.
  if (!issued && (issued.error().why == Why::field_invalid || issued.error().why == Why::field_missing)) {
    overtaken_ = true;
    return;
  }
  if (!done("issue_document", issued) || !dice_.chance(6)) return;
  done("void_document", travel_documents::void_document(stage_.desk, officer("carmen.uto"), issued->number,
                                                        "La hoja se dañó antes de la entrega.", std::nullopt));
  if (!overtaken_)
    done("issue again", travel_documents::issue_document(stage_.desk, officer("carmen.uto"), id_, input, std::nullopt));
}

}  // namespace rcms::app
