// A node with one case in both States, and for every route a request that names real records.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "foundation/http/route.hpp"
#include "stories/http_world.hpp"

namespace rcms::duty {

/// A path with real identifiers, and whose record it names.
struct SamplePath {
  std::string target;
  std::string owner;               ///< "XAR" or "UTO"
  std::string seen_in;             ///< a path where its owner sees all of `names`; empty: none tells of single ones
  std::vector<std::string> names;  ///< what stands for the {…}
};

/// Text that stands in what Arcadia keeps to itself, and in what Utopia does.
inline constexpr char const* secret_of_arcadia = "Zyxwarcadia";
inline constexpr char const* secret_of_utopia = "Zyxwutopia";
/// A sheet of the counter that has not been used.
inline constexpr char const* blank_in_stock = "UE0000008";

/// The person of a State who may do everything, and that of the other.
inline char const* everything_at(std::string_view party) { return party == "XAR" ? "omnia" : "totus"; }
inline char const* stranger_to(std::string_view party) { return party == "XAR" ? "totus" : "omnia"; }

/// The id of what an answer says was made. Throws std::runtime_error when nothing was.
std::string id_in(tests::HttpAnswer const& answer);
/// Uploads a table with one good row and maps its columns; its id.
std::string upload_table(tests::NodeForTests& node, std::string const& login);

/// One case is at both States (1), one is a draft (2), one has its travel document (3), one waits for it (4).
/// People: the stories', omnia@XAR and totus@UTO with every role, nobody@XAR and nadie@UTO with none.
class SampleWorld {
 public:
  /// Throws std::runtime_error with the line or request that came otherwise.
  explicit SampleWorld(std::string const& engine);
  tests::NodeForTests& node() { return world_->node(); }
  /// Where the lines of stories happen.
  stories::NodeWorld& stories() { return *world_; }
  std::vector<http::Route> const& routes() { return node().node().routes().all(); }

  std::optional<SamplePath> find_path(std::string const& pattern);
  /// A request to the route that is well formed; identifiers without a sample are random.
  tests::HttpAsk sample(http::Route const& route);
  tests::HttpAnswer ask(std::string const& login, http::Route const& route) { return node().ask(login, sample(route)); }
  std::string case_id() const { return world_->id_of(1); }
  std::string draft_id() const { return world_->id_of(2); }
  std::string const& document() const { return document_; }
  std::string const& pair() const { return pair_id_; }
  std::int64_t count_entries();

 private:
  /// A record that stands for the first {…} of every route that begins so.
  struct Record {
    std::string pattern;
    std::string name;
    std::string owner;
    std::string seen_in;
  };
  /// A place, and the date of the interview of case 1 in forty days.
  void make_interview(boost::json::value const& application);
  /// Two crossing points and a transport of Arcadia in thirty days.
  void make_transport();
  /// What Utopia was told of another transport, with one person of the sample.
  void make_announced_transport();
  /// A reception centre of Utopia, and somebody who was received there.
  void make_reception();
  /// A destruction and a closing of the central authority, and a renewal of the document.
  void make_stock_records(
      std::function<tests::HttpAnswer(char const*, std::string, boost::json::object const&)> const& post);
  std::vector<Record> records();
  boost::json::object better_members(std::string const& operation);

  std::unique_ptr<stories::NodeWorld> world_;
  std::string task_id_;
  std::string place_id_;
  std::string interview_id_;
  std::string mission_id_;
  std::string point_id_;
  std::string transport_id_;
  std::string announced_id_;
  std::string centre_id_;
  std::string record_id_;
  std::string request_id_;
  std::string file_id_;
  std::string document_;
  std::string destruction_id_;
  std::string printer_id_;
  std::string closing_id_;
  std::string renewal_id_;
  std::string import_id_;
  std::string schedule_id_;
  std::string absence_id_;
  std::string confirmation_id_;
  std::string narrowing_id_;
  std::string weights_id_;
  std::string pair_id_;
  std::string session_id_;
  std::string token_id_;
};

/// Made once for the program, on SQLite. What changes its records makes one of its own.
SampleWorld& sample_world();

}  // namespace rcms::duty
