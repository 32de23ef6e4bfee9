#include <doctest/doctest.h>

#include "capabilities/administration/rules.hpp"

namespace rcms::administration {
namespace {

permissions::Roles const& roles() {
  static auto const loaded = permissions::load_roles(RCMS_SOURCE_DIR "/data");
  return loaded;
}

std::set<std::string, std::less<>> const kinds{"central_authority", "police"};

TEST_CASE("which roles a person may hold") {
  using access::Sides;
  struct Row {
    char const* name;
    std::vector<std::string> held;
    Sides sides;
    char const* kind;
    std::optional<Why> refused;
  };
  for (auto const& row : {
           Row{"one of the side", {"decider"}, Sides::requested, "central_authority", {}},
           Row{"one of both sides", {"analyst"}, Sides::requested, "central_authority", {}},
           Row{"a State on both sides", {"decider"}, Sides::both, "central_authority", {}},
           Row{"none", {}, Sides::requested, "central_authority", Why::field_missing},
           Row{"unknown", {"king"}, Sides::requested, "central_authority", Why::field_invalid},
           Row{"of the other side", {"case_officer"}, Sides::requested, "central_authority", Why::field_invalid},
           Row{"not in this kind of organisation", {"decider"}, Sides::requested, "police", Why::field_invalid},
           Row{"two that exclude each other",
               {"case_officer", "release_officer"},
               Sides::requesting,
               "central_authority",
               Why::same_person},
           Row{"an administrator who decides",
               {"administrator", "decider"},
               Sides::requested,
               "central_authority",
               Why::same_person},
       }) {
    CAPTURE(row.name);
    auto const checked = check_roles(roles(), row.held, row.sides, row.kind);
    CHECK(checked.has_value() == !row.refused.has_value());
    if (!checked && row.refused) CHECK(checked.error().why == *row.refused);
    if (!checked) CHECK(checked.error().field == "roles");
  }
}

TEST_CASE("administrators change neither their own roles nor their own access") {
  access::Party const party{.id = {"p"}, .sides = access::Sides::requested};
  access::Organisation const office{.id = {"o"}, .party = {"p"}, .kind = "central_authority"};
  access::User const admin{
      .id = {"a"}, .party = {"p"}, .organisation = {"o"}, .login = "admin", .name = "Admin", .roles = {"administrator"}};
  access::User const other{
      .id = {"b"}, .party = {"p"}, .organisation = {"o"}, .login = "other", .name = "Other", .roles = {"decider"}};
  access::Viewer const actor{.user = {"a"}};
  auto const decide = [&](access::User const& user, UserChange const& change) {
    return decide_user_change(user, change, actor, party, office, roles());
  };
  CHECK(decide(admin, {.active = false}).error().why == Why::same_person);
  CHECK(decide(admin, {.roles = std::vector<std::string>{"decider"}}).error().why == Why::same_person);
  CHECK(decide(admin, {.roles = std::vector<std::string>{"administrator"}}).has_value());
  CHECK(decide(admin, {.name = "New name"})->name == "New name");
  CHECK_FALSE(decide(other, {.active = false})->active);
  CHECK(decide(other, {.roles = std::vector<std::string>{"supervisor"}})->roles == std::vector<std::string>{"supervisor"});
  CHECK(decide(other, {.language = "fr"}).error().field == "language");
  CHECK(decide(other, {.email = "not an address"}).error().field == "email");
  CHECK(decide(other, {.email = "other@office.example"}).has_value());
}

TEST_CASE("a closed organisation takes nobody new") {
  access::Party const party{.id = {"p"}, .sides = access::Sides::requested};
  access::Organisation const closed{.id = {"o"}, .party = {"p"}, .kind = "central_authority", .active = false};
  NewUser const input{.login = "ana.mora", .name = "Ana", .organisation = {"o"}, .roles = {"decider"}};
  CHECK(decide_new_user(input, {"u"}, party, closed, roles()).error().field == "organisation");
  auto open = closed;
  open.active = true;
  CHECK(decide_new_user(input, {"u"}, party, open, roles()).has_value());
  auto bad = input;
  bad.login = "Ana Mora";
  CHECK(decide_new_user(bad, {"u"}, party, open, roles()).error().field == "login");
}

TEST_CASE("an organisation is not closed over the heads of its people") {
  access::Organisation const office{.id = {"o"}, .party = {"p"}, .kind = "police", .names = {"Police", "Policía"}};
  CHECK(decide_organisation_change(office, {.active = false}, 3, kinds).error().why == Why::wrong_step);
  CHECK(decide_organisation_change(office, {.kind = "central_authority"}, 3, kinds).error().why == Why::wrong_step);
  CHECK_FALSE(decide_organisation_change(office, {.active = false}, 0, kinds)->active);
  CHECK(decide_organisation_change(office, {.kind = "circus"}, 0, kinds).error().why == Why::field_invalid);
  auto const renamed = decide_organisation_change(office, {.name = "Guardia", .language = "es"}, 3, kinds);
  CHECK(renamed->names == access::Names{"Police", "Guardia"});
  access::Organisation const one_name{.id = {"o"}, .party = {"p"}, .kind = "police", .names = {"Interpol", "Interpol"}};
  CHECK(decide_organisation_change(one_name, {.name = "Policía", .language = "es"}, 0, kinds)->names ==
        access::Names{"Policía", "Policía"});
}

}  // namespace
}  // namespace rcms::administration
