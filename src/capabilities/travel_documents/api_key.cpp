// Routes of the sealing key: whether it is open, and the two officers who open it.
#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/key_opening.hpp"
#include "capabilities/travel_documents/view.hpp"

namespace rcms::travel_documents {

using http::Request;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

Result<SealingKeyView> present_key(Desk const& desk, Request const& request, Result<KeyState> const& state) {
  if (!state) return tl::unexpected(state.error());
  SealingKeyView view;
  view.is_open = state->is_open();
  view.persons = state->persons;
  view.until = state->until;
  for (auto const& opener : state->openers) {
    view.openers.push_back({desk.context.directory.user_name(request.viewer.party, opener.by), opener.at,
                            opener.by == request.viewer.user});
  }
  return view;
}

}  // namespace

void add_key_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/sealing-key")
                 .named("read_sealing_key")
                 .saying("Whether travel documents can be sealed now, and who has opened the key")
                 .permission("document.read")
                 .output<SealingKeyView>()
                 .handler([desk](Request const& request) -> Result<SealingKeyView> {
                   return present_key(*desk, request, key_state_of(*desk, request.viewer.party, desk->context.clock.now()));
                 }));
  routes.add(http::post("/api/sealing-key/openings")
                 .named("open_sealing_key")
                 .saying("Open the sealing key as one of two officers, for twelve hours")
                 .permission("document.key")
                 .refuses({Why::wrong_step, Why::already_exists})
                 .status(201)
                 .output<SealingKeyView>()
                 .handler([desk](Request const& request) -> Result<SealingKeyView> {
                   return present_key(*desk, request, open_key(*desk, request.viewer));
                 }));
  routes.add(http::post("/api/sealing-key/closing")
                 .named("close_sealing_key")
                 .saying("Close the sealing key at once, whoever opened it")
                 .permission("document.key")
                 .refuses({Why::wrong_step})
                 .output<SealingKeyView>()
                 .handler([desk](Request const& request) -> Result<SealingKeyView> {
                   return present_key(*desk, request, close_key(*desk, request.viewer));
                 }));
}

}  // namespace rcms::travel_documents
