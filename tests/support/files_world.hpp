// Utopia and Arcadia with their officers and everything real but the clock: what acts on files of both States need.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "capabilities/case_files/context.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::tests {

inline std::filesystem::path const data_for_tests = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
inline constexpr char const* agreement_for_tests = "uto-xar-2019";
inline constexpr Instant start_for_tests{1'930'000'000'000};  ///< 2031-02-27

inline case_files::Norms const& norms_for_tests() {
  static auto const norms = case_files::load_norms(data_for_tests);
  return norms;
}

inline Labels const& labels_for_tests() {
  static auto const labels = Labels::load(data_for_tests / "languages");
  return labels;
}

/// Made anew on the same database and folder it is a restart.
class FilesWorld {
 public:
  FilesWorld(db::Database& database, std::filesystem::path const& folder, PeopleForTests const& people)
      : clock(start_for_tests),
        people_(people),
        store_(files::open_folder_store(folder / "attachments")),
        attachments_(database, *store_, files::NodeKey::load_or_make(folder / "attachments.key"), clock),
        exchange_(database, clock, {correspondent(people.utopia), correspondent(people.arcadia)}),
        directory_(database, {people.utopia, people.arcadia}),
        context{database, clock, labels_for_tests(), norms_for_tests(), directory_, exchange_, attachments_, {}} {}
  FilesWorld(FilesWorld const&) = delete;
  FilesWorld& operator=(FilesWorld const&) = delete;

  /// The user with every permission of their roles.
  access::Viewer viewer(access::User const& user, std::string_view party_code, std::string language = "en") const {
    auto viewer = viewer_of(user);
    viewer.party_code = party_code;
    viewer.language = std::move(language);
    for (auto const& role : norms_for_tests().roles.roles) {
      bool const has = std::find(user.roles.begin(), user.roles.end(), role.code) != user.roles.end();
      if (has) viewer.permissions.insert(role.permissions.begin(), role.permissions.end());
    }
    return viewer;
  }
  /// The case officer of Arcadia.
  access::Viewer ana(std::string language = "en") const { return viewer(people_.ana, "XAR", std::move(language)); }
  /// The decider of Utopia.
  access::Viewer uma(std::string language = "en") const { return viewer(people_.uma, "UTO", std::move(language)); }
  PeopleForTests const& people() const { return people_; }

  SetClock clock;

 private:
  static exchange::Correspondent correspondent(access::Party const& party) {
    auto key = exchange::make_signing_key();
    return {party.id, party.code, key.open, key};
  }

  PeopleForTests people_;
  std::unique_ptr<files::FileStore> store_;
  case_files::Attachments attachments_;
  exchange::Exchange exchange_;
  case_files::Directory directory_;

 public:
  case_files::Context context;
};

}  // namespace rcms::tests
