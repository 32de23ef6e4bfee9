// What people of either State are told of the prints of a case; the template itself is never read back.
#pragma once

#include <optional>

#include "capabilities/case_files/prints.hpp"

namespace rcms::case_files {

/// Fills the members that the views of both sides share: `state` is none, kept or deleted.
template <class View>
void tell_prints(View& view, std::optional<Prints> const& prints) {
  view.state = !prints ? "none" : prints->ended_at ? "deleted" : "kept";
  if (!prints) return;
  view.fingers = prints->fingers;
  view.basis = prints->basis.basis;
  view.reference = prints->basis.reference;
  if (!prints->basis.given_on.empty()) view.given_on = prints->basis.given_on;
  view.added_at = prints->added_at;
  view.delete_on = prints->delete_on;
  view.deleted_at = prints->ended_at;
  if (prints->ended_at) view.deleted_why = prints->ended_why;
}

}  // namespace rcms::case_files
