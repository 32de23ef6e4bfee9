// What every act on a file needs, made once at start and shared by all threads.
#pragma once

#include <functional>

#include "capabilities/case_files/attachments.hpp"
#include "capabilities/case_files/directory.hpp"
#include "capabilities/exchange/exchange.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/db/database.hpp"
#include "norms/agreements/agreement.hpp"
#include "norms/forms/form.hpp"
#include "norms/permissions/roles.hpp"
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
};

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
