#include "capabilities/case_files/context.hpp"

namespace rcms::case_files {

Norms load_norms(std::filesystem::path const& data) {
  auto norms = load_norms_without_agreements(data);
  norms.agreements = agreements::load_agreements(data, norms.calendars);
  return norms;
}

Norms load_norms_without_agreements(std::filesystem::path const& data) {
  Norms norms;
  norms.process = workflow::load_process(data, "individual");
  norms.roles = permissions::load_roles(data);
  norms.calendars = agreements::load_calendars(data);
  norms.codes = forms::load_codes(data);
  norms.application_form = forms::load_form(data, "application", norms.codes);
  norms.field_slip_form = forms::load_form(data, "field_slip", norms.codes);
  for (auto const* code : {"application", "reply", "field_slip", "interview_minutes", "reception_record"}) {
    norms.forms.emplace(code, forms::load_form(data, code, norms.codes));
  }
  norms.queues = load_queues(data);
  norms.gates = safeguards::load_gates(data);
  norms.departure_hours = safeguards::load_departure_hours(data);
  norms.word_list = safeguards::load_word_list(data);
  return norms;
}

agreements::Agreement const* Norms::find_agreement(std::string_view code, std::string_view submitted_on,
                                                   std::string_view party) const {
  if (!law) return agreements::find_agreement(agreements, code);
  return law->find(code, Date::parse(submitted_on), party);
}

std::vector<agreements::Agreement const*> Norms::list_agreements() const {
  if (law) return law->list();
  std::vector<agreements::Agreement const*> all;
  for (auto const& [code, agreement] : agreements) all.push_back(&agreement);
  return all;
}

}  // namespace rcms::case_files
