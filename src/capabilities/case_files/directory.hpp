// Names of States, organisations and users for views, kept in memory for a few seconds so that a list of cases asks for no
// names.
#pragma once

#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/access/people.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

class Directory {
 public:
  /// `parties` are read once: a new State needs a restart.
  Directory(db::Database& database, std::vector<access::Party> parties);

  access::Party const& get_party(PartyId const& id) const;  ///< throws std::out_of_range
  access::Party const* find_party(std::string_view code) const;
  std::vector<access::Party> const& parties() const { return parties_; }

  /// The user's name, only when they belong to `party`: officers of the other State stay unnamed. Empty when unknown.
  std::string user_name(PartyId const& party, UserId const& id) const;
  std::string organisation_of_user(PartyId const& party, UserId const& id, std::string_view language) const;
  std::vector<std::string> roles_of_user(PartyId const& party, UserId const& id) const;
  std::string organisation_name(PartyId const& party, OrganisationId const& id, std::string_view language) const;

 private:
  struct KnownUser {
    std::string name;
    std::string party;
    std::string organisation;
    std::vector<std::string> roles;
    std::int64_t read_ms = 0;
  };
  struct KnownOrganisation {
    access::Names names;
    std::string party;
    std::int64_t read_ms = 0;
  };
  KnownUser find_user(UserId const& id) const;
  KnownOrganisation find_organisation(std::string const& id) const;

  db::Database& database_;
  std::vector<access::Party> parties_;
  mutable std::shared_mutex mutex_;
  mutable std::map<std::string, KnownUser> users_;
  mutable std::map<std::string, KnownOrganisation> organisations_;
};

}  // namespace rcms::case_files
