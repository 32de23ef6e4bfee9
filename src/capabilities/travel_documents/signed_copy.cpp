#include "capabilities/travel_documents/signed_copy.hpp"

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/actions.hpp"
#include "capabilities/travel_documents/composing.hpp"
#include "engines/seal/cms.hpp"
#include "foundation/pages/pdf_archive.hpp"

namespace rcms::travel_documents {

Result<Bytes> render_signed_copy(Desk& desk, TravelDocument const& document) {
  auto const stored = read_document_pdf(desk, document);
  if (!stored) return stored;
  auto const& context = desk.context;
  auto const& party = context.directory.get_party(document.party);
  auto const language = document_language(party);
  auto const today = case_files::today_of(context, document.party);
  auto const signer = desk.keys.copy_signer(party.code, today);
  auto const state = context.labels.text(language, "documents.copy.state." + document.state_on(today));
  SignatureWords const words{
      party.names.in(language),
      context.labels.text(language, "documents.copy.reason", {{"number", document.number}, {"state", state}}),
      context.directory.organisation_name(document.party, document.organisation, language), context.clock.now()};
  auto const authority = desk.keys.all({party.code}).at(0).authority;
  return sign_archive_copy(*stored, words, [&](std::span<std::uint8_t const> content) {
    return seal::make_detached_signature(content, signer.certificate, authority, signer.key);
  });
}

}  // namespace rcms::travel_documents
