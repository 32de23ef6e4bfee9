// Routes of travel documents, blanks, and the public check of a document.
#pragma once

#include <memory>

#include "capabilities/travel_documents/desk.hpp"
#include "foundation/http/route.hpp"

namespace rcms::travel_documents {

/// `desk` is kept by the routes.
void add_routes(http::Routes& routes, std::shared_ptr<Desk> desk);
/// Parts of add_routes: what happens after the issue, the ledger of blanks, the sealing key, the form of documents,
/// printers, documents for a flight.
void add_life_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
void add_stock_ledger_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
void add_key_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
void add_form_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
void add_batch_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
void add_printer_routes(http::Routes& routes, std::shared_ptr<Desk> const& desk);
/// Part of add_routes: what anybody may call.
void add_public_routes(http::Routes& routes, std::shared_ptr<Desk> desk);

}  // namespace rcms::travel_documents
