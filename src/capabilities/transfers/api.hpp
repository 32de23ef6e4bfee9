// Routes of transports.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::transfers {

/// `data`: the folder with transfers/manifest.toml and the tables of transliteration.
void add_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences,
                std::filesystem::path const& data);
void add_announcement_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences,
                             std::filesystem::path const& data);
void add_handover_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences);
void add_manifest_routes(http::Routes& routes, case_files::Context const& context, std::filesystem::path const& data);

}  // namespace rcms::transfers
