// `rcms mrz` and `rcms etd verify`: machine readable zones and travel documents, without a node.
#pragma once

#include <string>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct MrzOptions {
  std::string file;  ///< empty or "-": standard input
  std::string format = "TD2";
  std::string code = "PU";
  std::string state;
  std::string number;
  std::string nationality;
  std::string birth;   ///< yyyy-mm-dd, or in part
  std::string sex;
  std::string expiry;  ///< yyyy-mm-dd
  std::string surname;
  std::string given;
  std::string optional_data;
};

/// Prints fields and checks; 1 when a check fails.
int parse_zone(MrzOptions const& options);
/// Prints the lines for the fields; names are transliterated as ICAO says.
int build_zone(MrzOptions const& options);

struct EtdOptions {
  Place place;
  std::string file;   ///< PDF, PNG, JPEG, or text with the lines of the zone
  std::string trust;  ///< trust bundle; empty: the States of the node at `place`
};

/// Judges a travel document as the counter does; 1 unless it is genuine.
int verify_document(EtdOptions const& options);

}  // namespace rcms::app
