// What reports need, made once at start and shared by all threads.
#pragma once

#include "capabilities/statistics/definitions.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/db/database.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::statistics {

struct Context {
  db::Database& database;
  Clock const& clock;
  Labels const& labels;
  agreements::Agreements const& agreements;
  Definitions definitions;
  bool demo = false;  ///< every page of a report says that its people are invented
};

}  // namespace rcms::statistics
