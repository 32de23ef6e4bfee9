// What every act on a file needs, made once at start and shared by all threads.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "capabilities/case_files/attachments.hpp"
#include "capabilities/case_files/decision.hpp"
#include "capabilities/case_files/directory.hpp"
#include "capabilities/case_files/queues.hpp"
#include "capabilities/exchange/exchange.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/db/database.hpp"
#include "norms/agreements/law.hpp"
#include "norms/forms/form.hpp"
#include "norms/permissions/roles.hpp"
#include "norms/safeguards/gates.hpp"
#include "norms/safeguards/word_scan.hpp"
#include "norms/workflow/process.hpp"

namespace rcms::case_files {

/// The law as it was loaded from data/.
struct Norms {
  workflow::Process process;
  permissions::Roles roles;
  agreements::Calendars calendars;
  agreements::Agreements agreements;            ///< as the files were read at start
  std::shared_ptr<agreements::Law> law;         ///< versions in force and what States have confirmed; null: the files alone
  forms::Codes codes;
  forms::Form application_form;
  forms::Form field_slip_form;
  std::map<std::string, forms::Form, std::less<>> forms;  ///< all of them by code, for the screens
  std::vector<safeguards::Gate> gates;
  safeguards::DepartureHours departure_hours;
  safeguards::WordList word_list;
  std::vector<Queue> queues;

  /// The agreement for a case that was submitted on this day (empty: today's), as the State `party` ("UTO") has confirmed it.
  agreements::Agreement const* find_agreement(std::string_view code, std::string_view submitted_on = {},
                                              std::string_view party = {}) const;
  /// The newest version of each, by code.
  std::vector<agreements::Agreement const*> list_agreements() const;
};

/// Reads everything under `data`. Throws std::runtime_error that names the file at fault.
Norms load_norms(std::filesystem::path const& data);
/// The same without the agreements: of a node, which keeps the last good version of each (capabilities/agreements).
Norms load_norms_without_agreements(std::filesystem::path const& data);

/// Whether the register of status has spoken about a person just now.
enum class Renewed { no_register, silent, answered };

struct Context {
  db::Database& database;
  Clock const& clock;
  Labels const& labels;
  Norms const& norms;
  Directory const& directory;
  exchange::Exchange& exchange;
  Attachments& attachments;
  std::function<void()> after_write;  ///< wakes the delivery of envelopes
  /// Adds to a command what follows from it for the safeguards of the requesting State's file; null: nothing is kept.
  std::function<void(db::Command&, CaseFile const* before, Decision const&)> keep_safeguards{};
  /// Asks the register of status before a step that safeguards guard; null: no State of this node has one.
  std::function<Renewed(PartyId const&, CaseId const&)> renew_status{};
  /// Adds to a command what follows from it for the interviews of a file that stops; null: no interviews are kept.
  std::function<void(db::Command&, CaseFile const* before, Decision&)> stop_interviews{};
};

}  // namespace rcms::case_files
