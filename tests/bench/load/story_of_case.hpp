// What becomes of the cases of the load: invented people of one seed, drafted as an import does, some carried on by officers.
#pragma once

#include <vector>

#include "app/demo_content.hpp"
#include "capabilities/casework/actions.hpp"
#include "capabilities/registry/invented.hpp"

namespace rcms::bench {

/// The officers of the requesting State who act.
struct Desk {
  std::vector<access::Viewer> case_officers;
  access::Viewer safeguards;
  access::Viewer release;
  access::Viewer supervisor;
};

/// The cases of one seed, in order. The same seed gives the same people, owners and fates.
class StoryMaker {
 public:
  StoryMaker(case_files::Context const& context, Desk const& desk, registry::Sources const& sources, std::uint64_t seed,
             std::size_t count);

  /// The next `count` drafts of one officer in one durable command; then each that has a further fate meets it.
  /// Throws std::runtime_error when an act is refused.
  void make(std::size_t count);

 private:
  struct Draft {
    CaseId id;
    std::uint64_t seed = 0;
  };

  std::vector<Draft> write_drafts(access::Viewer const& officer, std::size_t count);
  void carry_on(access::Viewer const& officer, Draft const& draft);
  void send_to_screening(access::Viewer const& officer, Draft const& draft);
  void release(Draft const& draft);
  void suspend(Draft const& draft);
  void cancel(access::Viewer const& officer, Draft const& draft);
  void close_gate(access::Viewer const& viewer, Draft const& draft, char const* gate,
                  std::map<std::string, std::string> evidence);
  std::string day(int days_ago) const;

  case_files::Context const& context_;
  Desk const& desk_;
  registry::Sources const& sources_;
  registry::Dice dice_;
  std::vector<app::DemoApplicant> applicants_;
  std::size_t next_ = 0;
};

}  // namespace rcms::bench
