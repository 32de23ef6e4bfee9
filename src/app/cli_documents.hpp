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
/// Prints the zone that is seen on a PDF (its first page), PNG or JPEG; 1 when there is none, or it was not seen for certain.
int read_printed_zone(MrzOptions const& options);
/// Prints the lines for the fields; names are transliterated as ICAO says. Without a State it answers lines of JSON.
int build_zone(MrzOptions const& options);
/// One JSON object a line, each judged; 1 when a line could not be read.
int check_zones(MrzOptions const& options);
int transliterate_names(MrzOptions const& options);

struct EtdOptions {
  Place place;
  std::string file;   ///< PDF, PNG, JPEG, or text with the lines of the zone
  std::string trust;  ///< trust bundle; empty: the States of the node at `place`
  bool json = false;  ///< `file` has one JSON case a line, each with its own certificates; empty or "-": standard input
  std::string certificates;  ///< certificates that the lines name; may be empty
};

/// Judges a travel document as the counter does; 1 unless it is genuine.
int verify_document(EtdOptions const& options);

}  // namespace rcms::app
