// With what a person travels whom the requested State has accepted, where it is no document that the requested State issues: a
// passport that they hold, a title of the requested State, or a document of the requesting State itself. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "norms/agreements/deadline.hpp"

namespace rcms::agreements {

/// `kind` is a code of the list held_document_type.
struct HeldDocument {
  std::string kind;    ///< passport, identity_card, residence_title, laissez_passer
  std::string issuer;  ///< three letters of the State that issued it
  Date issued_on;
  Date expires_on;
};

/// What the rule asks about the case.
struct HeldFacts {
  std::string requesting;
  std::string requested;
  bool own_national = false;           ///< of the requested State
  std::optional<Date> fallback_from{};  ///< since then the requesting State's own document may stand in
  std::string destination = {};  ///< of a transit: the State in which it ends
};

/// The term that `requested` has before a document of the requesting State may take the place of its own, under the key
/// td_fallback and with its trail; empty when the agreement allows none or nothing was ordered yet. The order of the document is
/// what the events say; without such an event it is the acceptance, which is never earlier than the application that asks for it.
/// Source: td_fallback of the agreement, and its td_issue where td_fallback has no term of its own.
std::optional<Deadline> find_fallback_term(Agreement const& agreement, Calendars const& calendars, std::string_view requested,
                                           std::vector<Event> events, Date version_on);

/// The first day on which that document may stand in: the day after the term; empty also while the clock stands still.
std::optional<Date> fallback_from(Agreement const& agreement, Calendars const& calendars, std::string_view requested,
                                  std::vector<Event> events, Date version_on);

/// Whether the person may travel with it. A passport or identity card does for everybody; a residence title only when it is of
/// the requested State (of a transit: of the State in which it ends) and the person is no national of it; a document of the
/// requesting State for nationals of third States and stateless persons, for a national of the requested State only where the
/// agreement lets the requesting State issue it or the requested State has let its term pass. Refuses: field_invalid (kind,
/// issuer, days), agreement_does_not_apply, too_early. Source: td_issuer and td_fallback of the agreement; Regulation (EU)
/// 2016/1953 for the document of a requesting State.
Result<void> check_held_document(Agreement const& agreement, HeldDocument const& document, HeldFacts const& facts, Date today,
                                 Date version_on);

}  // namespace rcms::agreements
