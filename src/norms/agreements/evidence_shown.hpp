// What documents show, without the ways to more: for the checklist, which is made at each reading of a file.
#pragma once

#include "norms/agreements/evidence.hpp"

namespace rcms::agreements {

/// As assess_evidence; `ways` stays empty, which saves most of the work.
EvidenceResult assess_shown(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents, Date on,
                            CaseFacts const& facts, std::string_view ground = {});

}  // namespace rcms::agreements
