#include "capabilities/case_files/directory.hpp"

#include <stdexcept>

#include "foundation/base/clock.hpp"
#include "foundation/base/text.hpp"

namespace rcms::case_files {

namespace {

constexpr std::int64_t names_kept_ms = 5'000;

db::Sql const find_user_row{"directory.user", "SELECT name, party, organisation, roles FROM users WHERE id = $1"};
db::Sql const find_organisation_row{"directory.organisation", "SELECT name_en, name_es, party FROM organisations WHERE id = $1"};

/// What `known` has for `key`, when it was read lately.
template <class Map>
typename Map::mapped_type const* find_fresh(Map const& known, std::string const& key) {
  auto const found = known.find(key);
  return found != known.end() && monotonic_ms() - found->second.read_ms < names_kept_ms ? &found->second : nullptr;
}

}  // namespace

Directory::Directory(db::Database& database, std::vector<access::Party> parties)
    : database_(database), parties_(std::move(parties)) {}

access::Party const& Directory::get_party(PartyId const& id) const {
  for (auto const& party : parties_) {
    if (party.id == id) return party;
  }
  throw std::out_of_range("no such State: " + id.value);
}

access::Party const* Directory::find_party(std::string_view code) const {
  for (auto const& party : parties_) {
    if (party.code == code) return &party;
  }
  return nullptr;
}

Directory::KnownUser Directory::find_user(UserId const& id) const {
  {
    std::shared_lock const lock(mutex_);
    if (auto const* known = find_fresh(users_, id.value)) return *known;
  }
  auto const row = database_.find(find_user_row, {id.value});
  KnownUser user;
  if (row) user = {row->text(0), row->text(1), row->text(2), split(row->text(3), ' '), monotonic_ms()};
  std::lock_guard const lock(mutex_);
  if (row) users_[id.value] = user;
  return user;
}

Directory::KnownOrganisation Directory::find_organisation(std::string const& id) const {
  {
    std::shared_lock const lock(mutex_);
    if (auto const* known = find_fresh(organisations_, id)) return *known;
  }
  auto const row = database_.find(find_organisation_row, {id});
  KnownOrganisation organisation;
  if (row) organisation = {{row->text(0), row->text(1)}, row->text(2), monotonic_ms()};
  std::lock_guard const lock(mutex_);
  if (row) organisations_[id] = organisation;
  return organisation;
}

std::string Directory::user_name(PartyId const& party, UserId const& id) const {
  if (id.empty()) return {};
  auto const user = find_user(id);
  return user.party == party.value ? user.name : std::string();
}

std::vector<std::string> Directory::roles_of_user(PartyId const& party, UserId const& id) const {
  auto const user = find_user(id);
  return user.party == party.value ? user.roles : std::vector<std::string>();
}

std::string Directory::organisation_of_user(PartyId const& party, UserId const& id, std::string_view language) const {
  auto const user = find_user(id);
  return user.party == party.value ? organisation_name(party, OrganisationId{user.organisation}, language) : std::string();
}

std::string Directory::organisation_name(PartyId const& party, OrganisationId const& id, std::string_view language) const {
  auto const organisation = find_organisation(id.value);
  return organisation.party == party.value ? organisation.names.in(language) : std::string();
}

}  // namespace rcms::case_files
