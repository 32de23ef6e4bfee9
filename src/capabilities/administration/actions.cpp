#include "capabilities/administration/actions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "capabilities/administration/store.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::administration {

namespace {

namespace json = boost::json;
using access::Viewer;
using ledger::Decided;

Result<void> check_may(Viewer const& viewer) {
  if (viewer.may("administration.users")) return {};
  return refuse(Why::not_permitted, {}, "needs administration.users");
}

json::value content_of(access::User const& user) {
  json::array roles;
  for (auto const& role : user.roles) roles.emplace_back(role);
  return {{"login", user.login},       {"name", user.name},         {"email", user.email},
          {"roles", std::move(roles)}, {"organisation", user.organisation.value}, {"language", user.language},
          {"active", user.active}};
}

json::value content_of(access::Organisation const& organisation) {
  return {{"name_en", organisation.names.en}, {"name_es", organisation.names.es}, {"kind", organisation.kind},
          {"email", organisation.email},      {"active", organisation.active}};
}

ledger::Entry entry_of(Context const& context, Viewer const& viewer, std::string subject, std::string action,
                       json::value const& content, std::int64_t revision) {
  return {.subject = std::move(subject),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(content),
          .revision = revision,
          .at = context.clock.now()};
}

Result<access::Party> load_party(Context const& context, Viewer const& viewer) {
  auto party = access::find_party(context.database, viewer, viewer.party);
  if (!party) return refuse(Why::not_found);
  return *std::move(party);
}

Result<access::Organisation> load_organisation(Context const& context, Viewer const& viewer, OrganisationId const& id) {
  auto organisation = access::find_organisation(context.database, viewer, id);
  if (!organisation) return refuse(Why::field_invalid, "organisation", "there is no such organisation in your State");
  return *std::move(organisation);
}

Result<access::User> load_user(Context const& context, Viewer const& viewer, UserId const& id) {
  auto user = access::find_user(context.database, viewer, id);
  if (!user) return refuse(Why::not_found);
  return *std::move(user);
}

Result<void> check_revision(std::optional<std::int64_t> if_match, std::int64_t revision) {
  if (!if_match || *if_match == revision) return {};
  return refuse(Why::stale_revision, {}, "it has revision " + std::to_string(revision) + " by now");
}

/// A second factor or password of somebody else, not of the administrator who asks: that has its own way.
Result<void> check_other(Viewer const& viewer, UserId const& id) {
  if (auto const may = check_may(viewer); !may) return may;
  if (viewer.user == id) return refuse(Why::same_person, {}, "change your own password and authenticator in your own settings");
  return {};
}

}  // namespace

Result<WithPassword> create_user(Context const& context, Viewer const& viewer, NewUser const& input) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto const password = access::make_one_time_password();
  auto const hash = context.sessions.hasher().hash(password);
  if (!hash) return tl::unexpected(hash.error());
  auto const now = context.clock.now();
  auto const id = UserId::make(now);
  return ledger::carry_out(context.database, {ledger::user_subject(id)}, [&]() -> Result<Decided<WithPassword>> {
    auto const party = load_party(context, viewer);
    if (!party) return tl::unexpected(party.error());
    auto const organisation = load_organisation(context, viewer, input.organisation);
    if (!organisation) return tl::unexpected(organisation.error());
    if (access::find_user_by_login(context.database, input.login)) {
      return refuse(Why::already_exists, "login", "somebody has this login");
    }
    auto user = decide_new_user(input, id, *party, *organisation, context.roles);
    if (!user) return tl::unexpected(user.error());
    Decided<WithPassword> decided;
    access::save_user(decided.command, *user);
    access::save_password(decided.command, id, *hash, access::PasswordUse::once, now);
    user->revision = 1;
    decided.entries.push_back(entry_of(context, viewer, ledger::user_subject(id), "user.create", content_of(*user), 1));
    decided.answer = {*user, password};
    return decided;
  });
}

Result<access::User> change_user(Context const& context, Viewer const& viewer, UserId const& id, UserChange const& change,
                                 std::optional<std::int64_t> if_match) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto changed = ledger::carry_out(context.database, {ledger::user_subject(id)}, [&]() -> Result<Decided<access::User>> {
    auto const user = load_user(context, viewer, id);
    if (!user) return tl::unexpected(user.error());
    if (auto const current = check_revision(if_match, user->revision); !current) return tl::unexpected(current.error());
    auto const party = load_party(context, viewer);
    if (!party) return tl::unexpected(party.error());
    auto const organisation = load_organisation(context, viewer, change.organisation.value_or(user->organisation));
    if (!organisation) return tl::unexpected(organisation.error());
    auto after = decide_user_change(*user, change, viewer, *party, *organisation, context.roles);
    if (!after) return tl::unexpected(after.error());
    Decided<access::User> decided;
    access::save_user(decided.command, *after);
    if (!after->active) context.sessions.add_revoke_all(decided.command, id);
    ++after->revision;
    decided.entries.push_back(
        entry_of(context, viewer, ledger::user_subject(id), "user.change", content_of(*after), after->revision));
    decided.answer = *after;
    return decided;
  });
  if (changed) context.sessions.forget(id);
  return changed;
}

Result<WithPassword> reset_password(Context const& context, Viewer const& viewer, UserId const& id) {
  if (auto const may = check_other(viewer, id); !may) return tl::unexpected(may.error());
  auto const password = access::make_one_time_password();
  auto const hash = context.sessions.hasher().hash(password);
  if (!hash) return tl::unexpected(hash.error());
  auto reset = ledger::carry_out(context.database, {ledger::user_subject(id)}, [&]() -> Result<Decided<WithPassword>> {
    auto const user = load_user(context, viewer, id);
    if (!user) return tl::unexpected(user.error());
    Decided<WithPassword> decided{.answer = {*user, password}};
    access::save_password(decided.command, id, *hash, access::PasswordUse::once, context.clock.now());
    context.sessions.add_revoke_all(decided.command, id);
    decided.entries.push_back(
        entry_of(context, viewer, ledger::user_subject(id), "user.reset_password", json::object(), user->revision));
    return decided;
  });
  if (reset) context.sessions.forget(id);
  return reset;
}

Result<void> remove_second_factor(Context const& context, Viewer const& viewer, UserId const& id) {
  if (auto const may = check_other(viewer, id); !may) return tl::unexpected(may.error());
  auto const removed = ledger::carry_out(context.database, {ledger::user_subject(id)}, [&]() -> Result<Decided<>> {
    auto const user = load_user(context, viewer, id);
    if (!user) return tl::unexpected(user.error());
    Decided<> decided;
    access::remove_totp(decided.command, id);
    context.sessions.add_revoke_all(decided.command, id);
    decided.entries.push_back(
        entry_of(context, viewer, ledger::user_subject(id), "user.remove_second_factor", json::object(), user->revision));
    return decided;
  });
  if (!removed) return tl::unexpected(removed.error());
  context.sessions.forget(id);
  return {};
}

Result<access::Organisation> create_organisation(Context const& context, Viewer const& viewer, NewOrganisation const& input) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto const id = OrganisationId::make(context.clock.now());
  auto const subject = ledger::organisation_subject(id);
  return ledger::carry_out(context.database, {subject}, [&]() -> Result<Decided<access::Organisation>> {
    auto organisation = decide_new_organisation(input, id, viewer.party, context.organisation_kinds);
    if (!organisation) return tl::unexpected(organisation.error());
    Decided<access::Organisation> decided;
    access::save_organisation(decided.command, *organisation);
    organisation->revision = 1;
    decided.entries.push_back(entry_of(context, viewer, subject, "organisation.create", content_of(*organisation), 1));
    decided.answer = *organisation;
    return decided;
  });
}

Result<access::Organisation> change_organisation(Context const& context, Viewer const& viewer, OrganisationId const& id,
                                                 OrganisationChange const& change, std::optional<std::int64_t> if_match) {
  if (auto const may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto const subject = ledger::organisation_subject(id);
  return ledger::carry_out(context.database, {subject}, [&]() -> Result<Decided<access::Organisation>> {
    auto const organisation = access::find_organisation(context.database, viewer, id);
    if (!organisation) return refuse(Why::not_found);
    if (auto const current = check_revision(if_match, organisation->revision); !current) return tl::unexpected(current.error());
    auto const users = count_users(context.database, viewer)[id.value];
    auto after = decide_organisation_change(*organisation, change, users, context.organisation_kinds);
    if (!after) return tl::unexpected(after.error());
    Decided<access::Organisation> decided;
    access::save_organisation(decided.command, *after);
    ++after->revision;
    decided.entries.push_back(entry_of(context, viewer, subject, "organisation.change", content_of(*after), after->revision));
    decided.answer = *after;
    return decided;
  });
}

}  // namespace rcms::administration
