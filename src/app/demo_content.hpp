// What the requesting State writes of an invented person: the form, and the pictures and papers that come with it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/json/object.hpp>

#include "app/demo_people.hpp"

namespace rcms::app {

/// A paper of a person, as an attachment.
struct DemoPaper {
  std::string kind;  ///< a code of evidence_type, or "photo"
  std::string name;  ///< of the file
  std::string number;
  Date issued_on;
  Date expires_on;
  bool has_file = true;
};

/// A person with everything that is decided about their application before it begins.
struct DemoCase {
  DemoApplicant applicant;
  std::string agreement;
  bool third_country = false;  ///< not a national of the requested State
  bool has_family = false;
  std::string language;  ///< of the person
  std::vector<DemoPaper> papers;  ///< the first time; a later paper answers a request
  DemoPaper later_paper;
  Date begins_on;
};

/// A national of Ruritania on the way home through Utopia: nobody is readmitted.
bool is_in_transit(DemoCase const& one);

/// The form as the case officer fills it in; `files` are the ids of the attached papers, the photograph first, empty before
/// they are there.
boost::json::object demo_content(DemoCase const& one, registry::Sources const& sources, std::vector<std::string> const& files);

/// Decides papers, language, family and agreement of an applicant.
DemoCase invent_case(DemoApplicant applicant, registry::Sources const& sources, Date begins_on, registry::Dice& dice);

/// Pictures of many cases, drawn ahead by a few threads in the order in which they are asked for.
class DemoPictures {
 public:
  struct Drawn {
    Bytes photo;
    std::vector<Bytes> papers;
    Bytes later_paper;
  };

  /// `cases` outlive this. Without threads each is drawn when it is asked for.
  DemoPictures(std::vector<DemoCase> const& cases, int threads);
  ~DemoPictures();
  DemoPictures(DemoPictures const&) = delete;

  /// Waits until they are drawn; valid until `forget`.
  Drawn const& of(std::size_t index);
  void forget_papers(std::size_t index);

 private:
  static Drawn draw_all_of(DemoCase const& one);
  void draw_until_done();

  std::vector<DemoCase> const& cases_;
  std::vector<Drawn> drawn_;
  std::vector<bool> is_drawn_;
  std::size_t next_ = 0;
  bool stop_ = false;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::vector<std::thread> threads_;
};

}  // namespace rcms::app
