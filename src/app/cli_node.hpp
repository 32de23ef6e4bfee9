// Commands that set a node up: `init`, `organisation`, `user`, `registry load`, `openapi`.
#pragma once

#include <string>
#include <vector>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct InitOptions {
  Place place;
  std::string code;     ///< three letters; asked for when empty and somebody sits at the terminal
  std::string name_en;
  std::string name_es;
  std::string zone;     ///< IANA, "America/Guatemala"
  std::string sides = "both";
  std::string language = "en";
  std::string login;    ///< of the first administrator
  std::string admin_name;
};

/// Sets up a State with its node operator and its first administrator; may be repeated for another State of the same node.
int init(InitOptions options);

struct OrganisationOptions {
  Place place;
  std::string state;
  std::string name_en;
  std::string name_es;
  std::string kind;
  std::string email;
};

int add_organisation(OrganisationOptions const& options);
int list_all_organisations(OrganisationOptions const& options);

struct UserOptions {
  Place place;
  std::string state;
  std::string login;
  std::string name;
  std::string organisation;  ///< its name in any language; the only one of a kind that fits the roles when empty
  std::vector<std::string> roles;
  std::string email;
  std::string language = "en";
};

/// Prints the password that is good for one sign-in.
int add_user(UserOptions const& options);
int reset_user(UserOptions const& options);
int list_all_users(UserOptions const& options);

struct RegistryOptions {
  Place place;
  std::string state;
  std::string file;
  bool dry_run = false;
};

/// Puts the table of a State's registry into its folder and searches it from then on; every bad line is told and left out.
int load_registry(RegistryOptions const& options);

/// Prints OpenAPI 3.1 of all routes; needs neither server nor node.
int print_openapi();

}  // namespace rcms::app
