// SQL of transports. Every function takes the party in whose data space it works; there is no other way in.
#pragma once

#include <optional>
#include <vector>

#include "capabilities/transfers/transport.hpp"
#include "foundation/db/database.hpp"

namespace rcms::transfers {

std::vector<CrossingPoint> list_crossing_points(db::Database& database, PartyId const& party);
/// Adds the point, or replaces the revision that it names.
void save_crossing_point(db::Command& command, CrossingPoint const& point);

std::optional<Transport> find_transport(db::Database& database, PartyId const& party, TransportId const& id);
/// The latest departure first; at most 200.
std::vector<Transport> list_transports(db::Database& database, PartyId const& party);
/// The planned transports that may arrive at a centre around a day in UTC: whoever arrives then, and some of the days about it.
std::vector<Transport> list_arriving(db::Database& database, PartyId const& party, std::string const& reception, Date day);
/// Adds the transport, or replaces the revision that it names.
void save_transport(db::Command& command, Transport const& transport);
/// Supersedes the command when the transport, or who has a seat on it, has changed; whoever changes seats adds it.
void expect_seats(db::Command& command, Transport const& transport);

std::vector<Passenger> list_passengers(db::Database& database, PartyId const& party, TransportId const& id);
/// The transport on which a case has a seat.
std::optional<TransportId> find_seat(db::Database& database, PartyId const& party, CaseId const& id);
/// Fails the command (already_exists) when the case has a seat.
void insert_passenger(db::Command& command, PartyId const& party, TransportId const& transport, Passenger const& passenger);
void erase_passenger(db::Command& command, PartyId const& party, CaseId const& id);

/// The newest certificate of a case.
std::optional<Fitness> find_fitness(db::Database& database, PartyId const& party, CaseId const& id);
void insert_fitness(db::Command& command, PartyId const& party, Fitness const& fitness);

/// Cases to one partner whose people have their document, no seat and no other departure; the oldest first, at most `limit`.
std::vector<CaseId> list_waiting(db::Database& database, PartyId const& party, PartyId const& partner, std::int64_t limit);
/// Cases under an agreement that are planned to depart, or departed since.
std::vector<CaseId> list_travelling(db::Database& database, PartyId const& party, std::string const& agreement, Instant since);

}  // namespace rcms::transfers
