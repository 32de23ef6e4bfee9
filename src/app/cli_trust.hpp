// `rcms trust`: the keys with which the States of this node seal, and whom else it trusts.
#pragma once

#include <string>
#include <vector>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct TrustOptions {
  Place place;
  std::string state;  ///< code of a hosted State; empty: the only one, or all
  std::string file;   ///< bundle to read or to write; empty: standard output
  std::vector<std::string> fingerprints;  ///< of authorities that are trusted from now on
  int persons = 0;                        ///< who open the key: 1 or 2; 0: as it is
  std::string token;                      ///< where keys are made; empty: as it is
};

/// Makes authority and signer of a hosted State before its first document; 1 when they exist already.
int init_trust(TrustOptions const& options);
/// Lists authorities and signers of the node with their periods, and the other States that are trusted.
int show_trust(TrustOptions const& options);
/// Settles what `options` names for the keys of a hosted State and prints it. A token is for keys that are made afterwards.
int set_trust(TrustOptions const& options);
int export_trust(TrustOptions const& options);
int import_trust(TrustOptions const& options);

}  // namespace rcms::app
