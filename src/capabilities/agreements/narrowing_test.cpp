// A State narrows what leaves under an agreement: two persons, a reason, a version; it never widens.
#include "capabilities/agreements/narrowing.hpp"

#include <doctest/doctest.h>

#include "capabilities/agreements/rules.hpp"
#include "capabilities/case_files/context.hpp"
#include "norms/forms/sharing.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::agreement_desk;

namespace {

Instant const now = tests::start_for_tests;

struct World {
  case_files::Norms const& norms = tests::norms_for_tests();
  agreements::Agreement const& agreement = norms.agreements.at("uto-xar-2019");

  static access::Viewer viewer(std::string const& id, bool may = true, std::string const& state = "XAR") {
    access::Viewer one;
    one.user = UserId{id};
    one.party = PartyId{"arcadia"};
    one.party_code = state;
    if (may) one.permissions = {std::string(confirm_permission)};
    return one;
  }
  Result<Narrowing> propose(std::string_view field, std::string_view reason = "The office's name is in it",
                            std::vector<Narrowing> const& known = {}) const {
    return decide_narrowing(viewer("ana"), agreement, norms.application_form, field, reason, known, now);
  }
};

World const& world() {
  static World const one;
  return one;
}

}  // namespace

TEST_CASE("what may be kept at home: nothing that every application needs, nothing that stays anyhow") {
  struct Row { char const* field; std::optional<Why> refused; };
  Row const rows[] = {
      {"F_other.observations", std::nullopt},
      {"A_person.maiden_name", std::nullopt},
      {"A_person.surname", Why::field_invalid},
      {"header.reference", Why::field_invalid},
      {"header.requesting_authority", Why::field_invalid},
      {"A_person.nowhere", Why::field_invalid},
      {"A_person", Why::field_invalid},
      {"", Why::field_invalid},
      {"internal.notes", Why::field_invalid},
      {"internal.return_decision_ref", Why::wrong_step},
      {"C_special.criminal_information", Why::wrong_step},
  };
  for (auto const& row : rows) {
    CAPTURE(row.field);
    auto const made = world().propose(row.field);
    CHECK(made.has_value() == !row.refused.has_value());
    if (!made && row.refused) CHECK(made.error().why == *row.refused);
    CHECK(may_be_narrowed(world().agreement, world().norms.application_form, row.field) == made.has_value());
  }
}

TEST_CASE("who may narrow, and with which reason") {
  auto const& form = world().norms.application_form;
  auto const field = "F_other.observations";
  CHECK(world().propose(field, "").error().why == Why::reason_missing);
  CHECK(decide_narrowing(World::viewer("ana", false), world().agreement, form, field, "r", {}, now).error().why ==
        Why::not_permitted);
  CHECK(decide_narrowing(World::viewer("ana", true, "CHE"), world().agreement, form, field, "r", {}, now).error().why ==
        Why::agreement_does_not_apply);
  auto const made = world().propose(field);
  REQUIRE(made);
  CHECK(made->state == "proposed");
  CHECK_FALSE(holds_back(*made));
  CHECK(world().propose(field, "again", {*made}).error().why == Why::already_exists);
}

TEST_CASE("two persons keep a field at home, and two let it leave again; each makes a version") {
  auto const ana = World::viewer("ana");
  auto const luis = World::viewer("luis");
  auto const made = *world().propose("F_other.observations");
  CHECK(decide_narrowing_countersignature(ana, made, {made}, now).error().why == Why::same_person);
  CHECK(decide_narrowing_countersignature(World::viewer("luis", false), made, {made}, now).error().why == Why::not_permitted);
  auto const held = *decide_narrowing_countersignature(luis, made, {made}, now);
  CHECK(holds_back(held));
  CHECK(held.number == 2);
  CHECK(whitelist_version({held}) == 2);
  CHECK(decide_narrowing_countersignature(luis, held, {held}, now).error().why == Why::wrong_step);

  CHECK(decide_narrowing_end(ana, held, "", now).error().why == Why::reason_missing);
  auto const lifting = *decide_narrowing_end(luis, held, "The office has no name any more", now);
  CHECK(holds_back(lifting));  // until a second person has signed
  CHECK(decide_narrowing_countersignature(luis, lifting, {lifting}, now).error().why == Why::same_person);
  auto const kept = *decide_narrowing_end(ana, lifting, "Not yet", now);
  CHECK(kept.state == "in_force");
  CHECK(kept.lift_reason.empty());
  auto const lifted = *decide_narrowing_countersignature(ana, lifting, {lifting}, now);
  CHECK_FALSE(holds_back(lifted));
  CHECK(lifted.lifted_number == 3);
  CHECK(decide_narrowing_end(ana, lifted, "again", now).error().why == Why::wrong_step);
  auto const again = world().propose("F_other.observations", "After all", {lifted});
  REQUIRE(again);
  CHECK(decide_narrowing_countersignature(luis, *again, {lifted, *again}, now)->number == 4);

  auto const withdrawn = *decide_narrowing_end(ana, made, "A mistake", now);
  CHECK(withdrawn.state == "withdrawn");
  CHECK(whitelist_version({withdrawn}) == 1);
}

TEST_CASE("whatever is withheld, no field leaves that did not, and what is demanded still does") {
  auto const& form = world().norms.application_form;
  auto const agreed = agreements::agreed_fields_of(world().agreement);
  forms::WithheldFields all;
  for (auto const& section : form.sections) {
    for (auto const& field : section.fields) all.insert(section.code + "." + field.code);
  }
  for (auto const& conditions : {forms::Conditions{}, forms::Conditions{"health_consent", "third_country_national"}}) {
    for (auto const& section : form.sections) {
      for (auto const& field : section.fields) {
        auto const path = section.code + "." + field.code;
        CAPTURE(path);
        bool const before = forms::may_leave(section, field, agreed, conditions);
        bool const alone = forms::may_leave(section, field, agreed, conditions, {path});
        CHECK((before || !alone));
        CHECK(alone == forms::may_leave(section, field, agreed, conditions, all));
        CHECK(alone == (before && !forms::may_be_withheld(field)));
        if (before && field.required) CHECK(alone);
      }
    }
  }
}
