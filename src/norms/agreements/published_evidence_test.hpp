// What the evidence lists of the files must say, typed apart from them: agreement, heading, first 40 characters of the line,
// effect.
#pragma once

namespace rcms::agreements {

struct PublishedEvidence {
  char const* agreement;
  char const* category;
  char const* document;
  char const* effect;
};

// clang-format off
inline constexpr PublishedEvidence published_evidence[] = {
    {"EU-PK", "evidence_of_nationality(Annex 1)", "Genuine passport of any kind (national, ", "proof"},
    {"EU-PK", "evidence_of_nationality(Annex 1)", "Computerised national identity card (CNI", "proof"},
    {"EU-PK", "evidence_of_nationality(Annex 1)", "Genuine citizenship certificate", "proof"},
    {"EU-PK", "initiating(Annex 2)", "Digital fingerprints or other biometric ", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Temporary/provisional national ID, milit", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Officially authenticated photocopy of an", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Driving licence or authenticated photoco", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Authenticated photocopy of other officia", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Service card, seaman's registration card", "initiates"},
    {"EU-PK", "initiating(Annex 2)", "Statement by the person concerned", "initiates"},
    {"EU-PK", "tcn_conditions(Annex 3)", "Entry/departure stamps or endorsements i", "evidence"},
    {"EU-PK", "tcn_conditions(Annex 3)", "Valid visa and/or residence authorisatio", "evidence"},
    {"EU-MD", "proof(Annex 1)", "Passport of any kind (national, diplomat", "proof"},
    {"EU-MD", "proof(Annex 1)", "Identity card of any kind", "proof"},
    {"EU-MD", "proof(Annex 1)", "Seaman's registration book, skipper's se", "proof"},
    {"EU-MD", "proof(Annex 1)", "Citizenship certificate and other offici", "proof"},
    {"EU-MD", "prima_facie(Annex 2)", "Photocopy of any Annex 1 document", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Military service book or military ID", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Official statements for the accelerated ", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Driving licence or photocopy", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Birth certificate or photocopy", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Company identity card or photocopy", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Written statement by witnesses", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Written statement by the person and lang", "prima_facie"},
    {"EU-MD", "prima_facie(Annex 2)", "Any other document that may help establi", "prima_facie"},
    {"EU-MD", "tcn_proof(Annex 3)", "Visa or residence permit issued by the R", "proof"},
    {"EU-MD", "tcn_proof(Annex 3)", "Entry/departure stamps or other evidence", "proof"},
    {"EU-MD", "tcn_proof(Annex 3)", "Named documents, certificates and bills", "proof"},
    {"EU-MK", "proof(Annex 1)", "Passport of any kind (incl. emergency)", "proof"},
    {"EU-MK", "proof(Annex 1)", "Identity card (incl. temporary/provision", "proof"},
    {"EU-MK", "proof(Annex 1)", "Military identity card", "proof"},
    {"EU-MK", "proof(Annex 1)", "Seaman's registration book, skipper's se", "proof"},
    {"EU-MK", "proof(Annex 1)", "Citizenship certificate accompanied by a", "proof"},
    {"EU-MK", "prima_facie(Annex 2)", "Photocopy of Annex 1 documents", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Service book or photocopy", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Driving licence or photocopy", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Birth certificate or photocopy", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Official statement by credible witness", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Statement by the person and language spo", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Any other document", "prima_facie"},
    {"EU-MK", "prima_facie(Annex 2)", "Annex 1 documents whose validity has exp", "prima_facie"},
    {"CH-RS", "proof", "Swiss: valid passport of any kind; valid", "proof"},
    {"CH-RS", "proof", "Serbia: valid passports of the Federal R", "proof"},
    {"CH-RS", "prima_facie", "Expired documents of Art.1", "prima_facie"},
    {"CH-RS", "prima_facie", "Photocopies", "prima_facie"},
    {"CH-RS", "prima_facie", "Army ID, military book", "prima_facie"},
    {"CH-RS", "prima_facie", "Company ID", "prima_facie"},
    {"CH-RS", "prima_facie", "Seaman's book", "prima_facie"},
    {"CH-RS", "prima_facie", "Citizenship certificate", "prima_facie"},
    {"CH-RS", "prima_facie", "Driving licence", "prima_facie"},
    {"CH-RS", "prima_facie", "Birth certificate", "prima_facie"},
    {"CH-RS", "prima_facie", "Witness statements", "prima_facie"},
    {"CH-RS", "prima_facie", "Person's statement and language incl. of", "prima_facie"},
    {"CH-RS", "prima_facie", "DNA test result presented by requesting ", "prima_facie"},
    {"CH-RS", "prima_facie", "Passports issued 27.4.1992-27.7.1996; ID", "prima_facie"},
    {"CH-RS", "prima_facie", "Any other helpful document; photocopies ", "prima_facie"},
    {"CH-RS", "tcn_proof", "Entry/exit stamps or other evidence (pho", "proof"},
    {"CH-RS", "tcn_proof", "Named documents and bills (hotel, doctor", "proof"},
    {"CH-RS", "tcn_proof", "Named tickets / passenger lists (air, ra", "proof"},
    {"CH-RS", "tcn_proof", "Information that a guide or travel agenc", "proof"},
    {"CH-RS", "tcn_prima_facie", "Formal statement in court/administrative", "prima_facie"},
    {"CH-RS", "tcn_prima_facie", "Description of place and circumstances o", "prima_facie"},
    {"CH-RS", "tcn_prima_facie", "Information on identity/stay from an int", "prima_facie"},
    {"CH-RS", "tcn_prima_facie", "Reports/confirmation by family members, ", "prima_facie"},
    {"CH-RS", "tcn_prima_facie", "Statement of the person", "prima_facie"},
    {"CH-AZ", "rule", "Annex 1 document expired not more than 6", "rule"},
};
// clang-format on

}  // namespace rcms::agreements
