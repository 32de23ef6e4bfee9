// SQL of versions and confirmations. Versions belong to the node, confirmations to one State.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/agreements/confirmation.hpp"
#include "foundation/db/database.hpp"

namespace rcms::agreement_desk {

/// By agreement and number.
std::vector<StoredVersion> list_versions(db::Database& database);
void insert_version(db::Command& command, StoredVersion const& version);

/// Of one State and agreement (empty: of all), oldest first.
std::vector<StoredConfirmation> list_confirmations(db::Database& database, PartyId const& party, std::string_view agreement = {});
std::optional<StoredConfirmation> find_confirmation(db::Database& database, PartyId const& party, std::string_view id);
/// A confirmation in force, with the code of the State and the names of who signed: for the law of the node.
struct InForce {
  std::string party_code;
  std::string proposed_by;
  std::string countersigned_by;
  StoredConfirmation confirmation;
};
std::vector<InForce> list_in_force(db::Database& database);
void insert_confirmation(db::Command& command, StoredConfirmation const& confirmation);
/// Replaces the revision that was loaded.
void save_confirmation(db::Command& command, StoredConfirmation const& before, StoredConfirmation& after);

/// By what the open deadlines were computed last; empty: never.
std::string find_evaluation(db::Database& database);
void save_evaluation(db::Command& command, std::string const& fingerprint, Instant at);

/// A page of the open files with a submission, by State and case, at most 500, after (`party`, `id`). Of one agreement of a
/// State, or of all where they are empty.
struct OpenFile {
  PartyId party;
  CaseId id;
};
std::vector<OpenFile> list_open_files(db::Database& database, OpenFile const& after, PartyId const& party = {},
                                      std::string_view agreement = {});

}  // namespace rcms::agreement_desk
