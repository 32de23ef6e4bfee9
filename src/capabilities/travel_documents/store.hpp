// SQL of the stock of blanks and the register of travel documents. Every function takes the State in whose space it works,
// but `list_revoked`, which is what the States publish.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/document.hpp"
#include "capabilities/travel_documents/stock.hpp"
#include "capabilities/travel_documents/stock_store.hpp"
#include "capabilities/travel_documents/trust_bundle.hpp"
#include "foundation/db/database.hpp"

namespace rcms::travel_documents {

/// Adds a range and all its sheets, in stock. The command fails as already_exists when a sheet is known.
void insert_range(db::Command& command, PartyId const& party, BlankRange const& range, UserId const& by);
/// Ranges of the State with what became of their sheets, by series and number.
std::vector<StockLine> list_stock(db::Database& database, PartyId const& party);

struct Blank {
  std::string number;
  OrganisationId organisation;
  BlankState state = BlankState::in_stock;
  std::string box;          ///< may be empty
  CaseId assigned_to;       ///< the case for which it is set aside; empty: none
  std::string destruction;  ///< the proposal in which it stands; empty: none
};
std::optional<Blank> find_blank(db::Database& database, PartyId const& party, std::string const& number);
/// The lowest sheet in stock of an office, of a series when one is named.
std::optional<Blank> find_next_blank(db::Database& database, PartyId const& party, OrganisationId const& organisation,
                                     std::string const& series);
/// Moves a sheet and writes it into the history of the number; superseded when it is no longer in the state `from`.
/// Throws std::logic_error for a move that stock.hpp does not allow.
void move_blank(db::Command& command, PartyId const& party, std::string const& number, BlankState from, BlankState to,
                std::string const& reason, UserId const& by, Instant at);

void insert_document(db::Command& command, TravelDocument const& document);
/// Replaces state, reason, holder and the times of its life; superseded when the revision has changed.
void save_life(db::Command& command, TravelDocument const& before, TravelDocument const& after);
std::optional<TravelDocument> find_document(db::Database& database, PartyId const& party, std::string const& number);
/// The document that `holder` holds, expired or not.
std::optional<TravelDocument> find_held(db::Database& database, PartyId const& party, std::string const& holder);
/// Frees the holder of documents that have run out before `today`.
void free_holder(db::Command& command, PartyId const& party, std::string const& holder, Date today);
std::vector<TravelDocument> list_documents_of_case(db::Database& database, PartyId const& party, CaseId const& id);

struct DocumentFilter {
  std::string state;  ///< of TravelDocument::state_on; empty: all
  std::string words;  ///< of name, number or reference
};
struct DocumentPageOfList {
  std::vector<TravelDocument> rows;
  std::string next;
};
/// Newest first. Refuses: field_invalid (cursor).
Result<DocumentPageOfList> list_documents(db::Database& database, PartyId const& party, DocumentFilter const& filter, Date today,
                                          std::string const& cursor, int limit);

/// Documents of all States of this node that are void, lost or used and have not run out before `today`. `states`: id → code.
std::vector<RevokedDocument> list_revoked(db::Database& database, std::map<std::string, std::string> const& states, Date today);

}  // namespace rcms::travel_documents
