#include "capabilities/travel_documents/desk.hpp"

#include "capabilities/travel_documents/store.hpp"

namespace rcms::travel_documents {

namespace {

std::vector<std::string> hosted_codes(case_files::Context const& context) {
  std::vector<std::string> codes;
  for (auto const& party : context.directory.parties()) {
    if (party.hosted) codes.push_back(party.code);
  }
  return codes;
}

std::vector<RevokedDocument> revoked_in(case_files::Context const& context, Date today) {
  std::map<std::string, std::string> states;
  for (auto const& party : context.directory.parties()) {
    if (party.hosted) states[party.id.value] = party.code;
  }
  return list_revoked(context.database, states, today);
}

}  // namespace

Desk::Desk(case_files::Context const& cases, DeskOptions const& options)
    : context(cases),
      words(DocumentLabels::load(options.data)),
      layouts(Layouts::load(options.data)),
      tables(mrz::Transliteration::load(options.data)),
      keys(options.keys),
      trusted(options.keys / "trusted"),
      specimen(options.specimen),
      sentences(options.sentences) {}

seal::TrustStore trust_of(Desk& desk, Date today) {
  auto trust = make_trust_store(desk.keys.all(hosted_codes(desk.context)), revoked_in(desk.context, today), today);
  desk.trusted.add_to(trust);
  return trust;
}

seal::TrustStore trust_for(Desk& desk, std::string_view state, std::string const& number, std::string_view zone,
                           Date today) {
  std::vector<RevokedDocument> revoked;
  auto const* party = desk.context.directory.find_party(state);
  if (party != nullptr && party->hosted) {
    auto const document = find_document(desk.context.database, party->id, number);
    bool const is_it = document && (zone.empty() || document->mrz() == zone);
    if (is_it && !document->is_live()) {
      revoked.push_back({party->code, number, ends_as_used(document->state, document->used_at.has_value())});
    }
  }
  auto trust = make_trust_store(desk.keys.all(hosted_codes(desk.context)), revoked, today);
  desk.trusted.add_to(trust);
  return trust;
}

std::string trust_bundle_of(Desk& desk, Date today) {
  return render_trust_bundle(desk.keys.all(hosted_codes(desk.context)), revoked_in(desk.context, today), today,
                             desk.trusted.parts());
}

Date today_for_public(Desk const& desk) { return date_in_zone(desk.context.clock.now(), "UTC"); }

}  // namespace rcms::travel_documents
