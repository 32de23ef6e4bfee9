// How the rows of a registry come to this node, and how a registry that answers by itself is asked.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "capabilities/registry/answer.hpp"
#include "capabilities/registry/question.hpp"
#include "capabilities/registry/reading.hpp"
#include "capabilities/registry/source.hpp"

namespace rcms::registry {

/// What a look brought.
struct Fetched {
  std::string taken;  ///< names the data: it has changed when this has
  Instant as_of;
};

/// Why it brought nothing.
struct Failure {
  std::string problem;  ///< a code of `problems`
  std::string detail;
};

/// Nothing inside: there is nothing new.
using Fetch = tl::expected<std::optional<Fetched>, Failure>;

/// Where a connector finds its things.
struct Site {
  std::filesystem::path folder;  ///< of the State: `drop`, `secret`, `registry.index`, `places.csv`
  Instant now;
};

/// Rows from the newest table of the drop folder, `.tsv` or `.csv`, that has not been written to for two seconds, is not `taken`
/// and is not the one that was `refused`. When it cannot be read it becomes the one that was refused.
Fetch fetch_file(Site const& site, std::string const& taken, std::string& refused, PersonRows& rows, Reading& reading);

/// Rows of a view, in one snapshot. The password is the first line of the file `secret` of the State's folder, if there is one.
Fetch fetch_view(Source const& source, Site const& site, PersonRows& rows);

/// The table behind an address, kept beside until it is whole. The bearer token is the first line of `secret`.
Fetch fetch_http_table(Source const& source, Site const& site, PersonRows& rows, Reading& reading);

/// A registry that answers: `GET <address>/health` gives {"as_of": instant, "persons": number}.
struct RemoteHealth {
  Instant as_of;
  std::uint64_t persons = 0;
};
tl::expected<RemoteHealth, Failure> ask_health(Source const& source, Site const& site);

/// `POST <address>/search` with the question; the answer is in the form of `rcms registry search --json`, each candidate with a
/// `person`.
tl::expected<Found, Failure> ask_remote(Source const& source, Site const& site, Question const& question);

}  // namespace rcms::registry
