// What may leave: a new content, built field by field from the whitelist. Never a filtered copy.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "norms/forms/form.hpp"

namespace rcms::forms {

/// "section.field" of the fields that an agreement adds to the whitelist.
using AgreedFields = std::set<std::string, std::less<>>;

/// "section.field" of the fields that the sending State keeps at home though the agreement lets them leave. It only narrows: what
/// the agreement does not let leave stays whatever stands here.
using WithheldFields = std::set<std::string, std::less<>>;

/// Whether a field may leave under this agreement and these conditions ("health_consent", "vital_interest" open Share::consent).
bool may_leave(Section const& section, Field const& field, AgreedFields const& agreed, Conditions const& conditions,
               WithheldFields const& withheld = {});

/// Whether a State may withhold the field: not one that every application needs. Source: docs/agreements.md, what leaves.
bool may_be_withheld(Field const& field);

/// The content that the other State may receive: a new object with only the fields that may leave, in the order of the form, each
/// value rebuilt by its type; whatever does not have the form of its type is left out. Content must have been checked before.
boost::json::object pick_shared(Form const& form, AgreedFields const& agreed, Conditions const& conditions,
                                boost::json::value const& content, WithheldFields const& withheld = {});

/// A new object with only what `target` knows: the slip of a field verifier from the content of an application.
boost::json::object pick_known(Form const& target, Conditions const& conditions, boost::json::value const& content);

/// Whether a field holds the data of another person than the one the form is about: relatives, escorts, parents. It does not
/// stand in the copy for the person.
bool is_of_others(Field const& field);

/// For the preview before release: every field that is filled in, whether it leaves, and if not which rule holds it back.
struct SharingLine {
  std::string path;   ///< "C_special.state_of_health"
  bool leaves = false;
  Share rule = Share::yes;
  bool withheld = false;  ///< would leave, had the State not narrowed the whitelist
};
std::vector<SharingLine> list_sharing(Form const& form, AgreedFields const& agreed, Conditions const& conditions,
                                      boost::json::value const& content, WithheldFields const& withheld = {});

}  // namespace rcms::forms
