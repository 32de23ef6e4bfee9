// Who is told what (data/workflow/notices.toml), and what a notification is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include "capabilities/case_files/case_file.hpp"
#include "norms/permissions/roles.hpp"
#include "norms/workflow/process.hpp"

namespace rcms::messages {

/// What a notification opens, and so who may get it.
BOOST_DEFINE_ENUM_CLASS(Page, file, task, documents, safeguards, ledger)

struct Notice {
  std::string action;  ///< the ledger's word
  case_files::Side side = case_files::Side::requesting;
  std::string state;               ///< only when the file is in it afterwards; empty: always
  std::vector<std::string> first;  ///< the first that names anybody: owner, author, holder, assignee, task_organisation,
                                   ///< named or people (by the entry itself), cover (of the person in charge today), a role
  std::vector<std::string> also;   ///< roles, or cover
  Page page = Page::file;
  bool mail = false;
};

/// Reads `data`/workflow/notices.toml. Throws std::runtime_error when it names an action or a role that does not exist.
std::vector<Notice> load_notices(std::filesystem::path const& data, workflow::Process const& process,
                                 permissions::Roles const& roles);

/// What happened to a file, as the ledger has it.
struct Happening {
  std::int64_t number = 0;  ///< global number of the entry
  std::string action;
  std::string actor;  ///< user id, "clock", "exchange"
  Instant at;
  boost::json::object told;  ///< empty when it was erased
  case_files::CaseFile file;  ///< as it is now
  UserId cover;               ///< of the officer in charge, when they are away; empty when not
};

/// One line under the bell of one user.
struct Notification {
  std::string id;
  UserId user;
  PartyId party;
  std::int64_t number = 0;  ///< of the ledger entry; a user gets at most one for each
  Instant at;
  std::string kind;  ///< the ledger's word; label "messages.notice.<kind>"
  Page page = Page::file;
  case_files::Side side = case_files::Side::requesting;
  CaseId case_id;
  boost::json::object arguments;  ///< reference, partner (code of the State), task, day, term (key of a rule); nothing personal
  std::optional<Instant> read_at;
};

/// The path in the web application: "/cases/<id>", "/tasks/<id>", "/documents", "/safeguards/<id>",
/// "/ledger?case=<reference>".
std::string link_of(Notification const& notification);

}  // namespace rcms::messages
