// What issuing and verifying need beyond the acts on files, made once at start and shared by all threads.
#pragma once

#include <filesystem>
#include <mutex>

#include "capabilities/case_files/context.hpp"
#include "capabilities/travel_documents/document_page.hpp"
#include "capabilities/travel_documents/seal_keys.hpp"
#include "capabilities/travel_documents/trusted_states.hpp"
#include "engines/mrz/transliteration.hpp"
#include "engines/seal/verdict.hpp"
#include "foundation/base/sentences.hpp"

namespace rcms::travel_documents {

struct DeskOptions {
  std::filesystem::path data;  ///< words and tables of data/codes
  std::filesystem::path keys;  ///< folder of the node's keys
  bool specimen = false;       ///< every document says SPECIMEN; in demonstrations
  Sentences const* sentences = nullptr;  ///< of refusals that stand in an answer; null: in English only. Outlives the desk
};

struct Desk {
  /// `cases` outlives the desk. Throws std::runtime_error when a data file is missing or wrong.
  Desk(case_files::Context const& cases, DeskOptions const& options);

  case_files::Context const& context;
  DocumentLabels words;
  Layouts layouts;
  mrz::Transliteration tables;
  SealKeys keys;
  TrustedStates trusted;  ///< other States, imported
  bool specimen = false;
  Sentences const* sentences = nullptr;  ///< may be null
  /// Issuing takes turns within a process: the sheets are used in their order and nobody draws a page in vain. Between processes
  /// the database decides.
  std::mutex issuing;
};

/// What this node trusts today: the States whose data it keeps, what their registers revoked, and other States as imported.
seal::TrustStore trust_of(Desk& desk, Date today);
/// The same for a presented document: only its own revocation is looked up. With `zone` (two lines) it is told only when the
/// register has exactly these lines, because a number alone is guessed easily.
seal::TrustStore trust_for(Desk& desk, std::string_view state, std::string const& number, std::string_view zone, Date today);
/// The signed bundle for verifiers elsewhere, as JSON text.
std::string trust_bundle_of(Desk& desk, Date today);
/// The day by which a public question is judged: that of UTC.
Date today_for_public(Desk const& desk);

}  // namespace rcms::travel_documents
