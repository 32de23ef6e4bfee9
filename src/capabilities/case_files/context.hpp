// What every act on a file needs, made once at start and shared by all threads.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "capabilities/case_files/attachments.hpp"
#include "capabilities/case_files/directory.hpp"
#include "capabilities/case_files/queues.hpp"
#include "capabilities/exchange/exchange.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/db/database.hpp"
#include "norms/agreements/agreement.hpp"
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
  agreements::Agreements agreements;
  forms::Codes codes;
  forms::Form application_form;
  forms::Form field_slip_form;
  std::map<std::string, forms::Form, std::less<>> forms;  ///< all of them by code, for the screens
  std::vector<safeguards::Gate> gates;
  safeguards::WordList word_list;
  std::vector<Queue> queues;
};

/// Reads everything under `data`. Throws std::runtime_error that names the file at fault.
Norms load_norms(std::filesystem::path const& data);

struct Context {
  db::Database& database;
  Clock const& clock;
  Labels const& labels;
  Norms const& norms;
  Directory const& directory;
  exchange::Exchange& exchange;
  Attachments& attachments;
  std::function<void()> after_write;  ///< wakes the delivery of envelopes
};

}  // namespace rcms::case_files
