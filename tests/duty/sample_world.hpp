// A node with one case in both States, and for every route a request that names real records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "foundation/http/route.hpp"
#include "stories/http_world.hpp"

namespace rcms::duty {

/// A path with real identifiers, and whose record it names.
struct SamplePath {
  std::string target;
  std::string owner;  ///< "XAR" or "UTO"
};

/// Text that stands in what Arcadia keeps to itself, and in what Utopia does.
inline constexpr char const* secret_of_arcadia = "Zyxwarcadia";
inline constexpr char const* secret_of_utopia = "Zyxwutopia";

class SampleWorld {
 public:
  SampleWorld();
  tests::NodeForTests& node() { return world_->node(); }
  std::vector<http::Route> const& routes() { return node().node().routes().all(); }

  std::optional<SamplePath> find_path(std::string const& pattern) const;
  /// A request to the route that is well formed; identifiers without a sample are random.
  tests::HttpAsk sample(http::Route const& route);
  tests::HttpAnswer ask(std::string const& login, http::Route const& route) { return node().ask(login, sample(route)); }
  std::string const& case_id() const { return case_id_; }
  std::string draft_id() const { return world_->id_of(2); }
  std::int64_t count_entries();

 private:
  std::unique_ptr<stories::NodeWorld> world_;
  std::string case_id_;
  std::string task_id_;
  std::string request_id_;
  std::string file_id_;
  std::string organisation_id_;
  std::string user_id_;
};

/// Made once for the program; people: the stories', omnia@XAR and totus@UTO with every role, nobody@XAR and nadie@UTO with none.
SampleWorld& sample_world();

}  // namespace rcms::duty
