// The acts of Arcadia in a story.
#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "app/demo_prints.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/casework/gates.hpp"
#include "capabilities/casework/held_document.hpp"
#include "capabilities/casework/release.hpp"
#include "engines/fingerprints/writing.hpp"

namespace rcms::app {

using case_files::Side;

void DemoStory::stop_with(char const* what, Refused const& refused) {
  // The other State or the clock was faster, as happens in life.
  if (refused.why == Why::wrong_step || refused.why == Why::too_late || refused.why == Why::limit_reached) {
    overtaken_ = true;
    return;
  }
  throw std::runtime_error(fmt::format("The world of the demo cannot be made: case {}, {}: {} {} {}", index_, what,
                                       name_of(refused.why), refused.field, refused.detail));
}

void DemoStory::create() {
  auto const made = casework::create_case(context(), case_officer(), {case_.agreement, demo_content(case_, stage_.sources, {})});
  if (done("create", made)) id_ = made->id;
}

std::string DemoStory::attach(std::string const& name, std::string const& kind, Bytes const& content) {
  auto const record = casework::attach(context(), case_officer(), id_, name, kind, content);
  return done("attach", record) ? record->id.value : std::string();
}

void DemoStory::complete_draft() {
  auto const& pictures = stage_.pictures.of(index_);
  std::vector<std::string> files{attach("photo.jpg", "photo", pictures.photo)};
  for (std::size_t at = 0; at < case_.papers.size(); ++at) {
    auto const& paper = case_.papers[at];
    files.push_back(paper.has_file ? attach(paper.name, paper.kind, pictures.papers[at]) : std::string());
  }
  stage_.pictures.forget_papers(index_);
  done("edit", casework::edit_case(context(), case_officer(), id_, std::nullopt, demo_content(case_, stage_.sources, files)));
  if (has_demo_prints(case_)) add_prints();
}

/// Every fifth of them by law, the others with the consent of the person.
void DemoStory::add_prints() {
  bool const by_law = case_.applicant.seed % 5 == 0;
  case_files::PrintBasis const basis{by_law ? "law" : "consent", by_law ? "Fictional Act of Arcadia, s. 41" : "Form C-7",
                                     by_law ? std::string() : today().text()};
  done("add_prints",
       case_files::add_prints(context(), case_officer(), id_, basis, fingerprints::write_template(demo_prints(case_))));
}

void DemoStory::decide_gate(access::Viewer const& viewer, std::string gate, std::map<std::string, std::string> evidence) {
  if (overtaken_) return;
  done(gate.c_str(),
       safeguarding::decide_gate(context(), viewer, id_, {gate, "closed", std::move(evidence), {}}, std::nullopt));
}

void DemoStory::call_not_applicable(access::Viewer const& viewer, std::string gate, std::string reason) {
  if (overtaken_) return;
  done(gate.c_str(), safeguarding::decide_gate(context(), viewer, id_, {gate, "not_applicable", {}, std::move(reason)}, {}));
}

void DemoStory::check_status() {
  decide_gate(officer("dora.xar"), "G02",
              {{"status_token", fmt::format("ST-{}", stage_.clock.now().ms % 9'000 + 1'000)}, {"checked_on", today().text()}});
}

void DemoStory::send_to_screening() {
  auto const decided = case_.begins_on.plus_days(-20);
  decide_gate(case_officer(), "G01", {{"decision_number", fmt::format("RD-{}", case_.applicant.seed % 90'000 + 10'000)},
                                      {"decision_date", decided.text()}, {"service_date", decided.plus_days(2).text()},
                                      {"remedy_deadline", decided.plus_days(17).text()}});
  decide_gate(case_officer(), "G05", {{"offer_date", decided.plus_days(3).text()}, {"period_days", "14"},
                                      {"outcome", "The person did not take up the offer of voluntary return."}});
  done("send_to_screening", casework::send_to_screening(context(), case_officer(), id_, std::nullopt));
}

void DemoStory::screen() {
  auto const& dora = officer("dora.xar");
  auto const day = today().text();
  auto const number = case_.applicant.seed % 9'000 + 1'000;
  check_status();
  decide_gate(
      dora, "G03",
      {{"assessment_id", fmt::format("NR-{}", number)}, {"assessed_on", day}, {"expires_on", today().plus_months(6).text()}});
  decide_gate(dora, "G10", {{"screened_on", day}});
  if (case_.applicant.citizen.birth.plus_months(18 * 12) > today()) {
    decide_gate(officer("clara.xar"), "G08",
                {{"report_id", fmt::format("BIA-{}", number)},
                 {"report_date", day},
                 {"guardian", "Guardian of the Safeguards Board"},
                 {"reception", "Handed over to the mother in the presence of the child protection office"}});
  }
  if (case_.has_family)
    decide_gate(officer("ruth.xar"), "G09", {{"group", fmt::format("Family {}: all travel together", number)}});
}

void DemoStory::block() {
  done("block",
       casework::do_plain_step(context(), officer("dora.xar"), id_, "block",
                               "The assessment of the risk on return is not finished; a new report was ordered.", std::nullopt));
}

void DemoStory::cancel() {
  done("cancel", casework::do_plain_step(context(), officer("anna.xar"), id_, "cancel",
                                         "The person was granted a permit to stay.", std::nullopt));
}

void DemoStory::release() {
  auto const& henrik = officer("henrik.xar");
  auto const preview = casework::preview_release(context(), henrik, id_);
  if (!done("preview", preview)) return;
  done("release", casework::release(context(), henrik, id_, preview->hash, std::nullopt));
}

/// Utopia issues nothing to a national of Ruritania: Arcadia records a passport of theirs, or makes a document of its own.
void DemoStory::record_document() {
  bool const has_passport = is_in_transit(case_) || case_.applicant.seed % 3 == 0;
  casework::HeldInput const input{has_passport ? "passport" : "laissez_passer",
                                  fmt::format("{}{:07}", has_passport ? "RU" : "AL", case_.applicant.seed % 9'000'000 + 1),
                                  has_passport ? "RUR" : "XAR", has_passport ? today().plus_months(-30) : today(),
                                  has_passport ? today().plus_months(30) : today().plus_months(2)};
  done("record_document", casework::record_held_document(context(), case_officer(), id_, input, std::nullopt));
}

void DemoStory::answer() {
  auto const requests = case_files::list_document_requests(context().database, case_officer().party, id_);
  if (requests.empty() || requests.back().state != "open") {
    overtaken_ = true;
    return;
  }
  auto const paper = attach(case_.later_paper.name, case_.later_paper.kind, stage_.pictures.of(index_).later_paper);
  if (overtaken_) return;
  casework::AnswerInput input;
  input.request = requests.back().id;
  for (auto const& item : requests.back().items) {
    bool const with_paper = &item == &requests.back().items.front();
    input.items.push_back({item.item, with_paper ? "The person has handed over this document; a copy is attached."
                                                 : "The person states this and has signed it.",
                           with_paper ? std::vector<std::string>{paper} : std::vector<std::string>{}});
  }
  done("answer", casework::answer_request(context(), case_officer(), id_, input, std::nullopt));
}

void DemoStory::confirm_silence() {
  done("confirm",
       casework::confirm_silence(context(), officer("ruth.xar"), id_,
                                 "No answer came within the term; the receipt of the application is on file.", std::nullopt));
}

void DemoStory::withdraw() {
  static char const* const reasons[] = {"The person left voluntarily with assistance.", "A permit to stay was granted.",
                                        "The whereabouts of the person are unknown."};
  done("withdraw", casework::withdraw(context(), case_officer(), id_, reasons[index_ % 3], std::nullopt));
}

void DemoStory::suspend() {
  done("suspend", casework::do_plain_step(context(), officer(index_ % 2 == 0 ? "dora.xar" : "ruth.xar"), id_, "suspend",
                                          "The court has ordered that nothing is done until it decides.", std::nullopt));
}

void DemoStory::suspend_both() {
  suspend();
  if (overtaken_) return;
  done("suspend application", applications::do_plain_step(context(), officer("elena.uto"), id_, "suspend",
                                                          "The identity is being clarified with the family.", std::nullopt));
}

void DemoStory::lift() {
  done("lift", casework::do_plain_step(context(), officer(index_ % 2 == 0 ? "ruth.xar" : "dora.xar"), id_, "lift_suspension",
                                       "The court has decided.", std::nullopt));
}

void DemoStory::close() {
  done("close", casework::do_plain_step(context(), case_officer(), id_, "close", "Everything that was to be done has been done.",
                                        std::nullopt));
}

}  // namespace rcms::app
