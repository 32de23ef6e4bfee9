// A package as a court verifies it: from the ZIP alone, without a node.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/result.hpp"

namespace rcms::case_files {

/// One thing that was verified.
struct PackagePoint {
  std::string what;    ///< "attachments/02 Passport - scan.pdf"
  bool holds = false;
  std::string why;     ///< when it does not hold
};

struct PackageCheck {
  std::string reference;
  std::string fingerprint;  ///< to be compared with what either State prints; empty: nothing has crossed
  std::vector<std::pair<std::string, std::string>> keys;  ///< code of the State, SHA-256 of its open key: to be compared too
  std::vector<PackagePoint> points;
  bool holds() const;
};

/// Every file of every folder: its hash as the machine-readable file and CONTENTS.txt tell it, nothing missing, nothing added;
/// every envelope: its hash, the signature of its sender, its number and the envelope before; every receipt: its signature; the
/// fingerprint. Refuses: malformed (no package at all).
Result<std::vector<PackageCheck>> check_package(std::string_view zip);

}  // namespace rcms::case_files
