// What an administrator sees of the weights of their State, and what they send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::registry {

/// Answers that said about as much: how often they were right.
struct ReliabilityView {
  double from = 0;           ///< 0 to 1, where the bin begins
  std::int64_t answers = 0;
  double said = 0;           ///< on average, 0 to 1
  double right = 0;          ///< 0 to 1
};
RCMS_VIEW(ReliabilityView, from, answers, said, right)

/// How weights did on decisions that they were not learnt from.
struct MeasuredView {
  std::int64_t asked = 0;
  std::int64_t there = 0;             ///< whom the decision found in the registry
  std::int64_t first = 0;             ///< found, before all others
  std::int64_t among_ten = 0;
  std::int64_t proposed = 0;
  std::int64_t proposed_wrongly = 0;
  double recall_at_99 = 0;            ///< 0 to 1, of those there, when one in a hundred proposals may be wrong
  double recall_at_999 = 0;           ///< the same with one in a thousand
  double surprise_bits = 0;           ///< of the truth, on average; 0 is perfect
  std::vector<ReliabilityView> reliability;
};
RCMS_VIEW(MeasuredView, asked, there, first, among_ten, proposed, proposed_wrongly, recall_at_99, recall_at_999, surprise_bits,
          reliability)

/// What weights were learnt from, and how they did beside those before them on the same decisions.
struct WeightsComparisonView {
  std::string compared_with;  ///< version
  std::string questions;      ///< names of files
  std::string decisions;
  std::int64_t persons = 0;   ///< of the registry
  std::int64_t lessons = 0;
  std::int64_t decided = 0;
  std::int64_t held_out = 0;
  MeasuredView before;
  MeasuredView after;
};
RCMS_VIEW(WeightsComparisonView, compared_with, questions, decisions, persons, lessons, decided, held_out, before, after)

struct WeightsEditionView {
  std::string id;
  std::string version;
  std::string state;       ///< proposed, in_force, replaced, withdrawn
  bool goes_back = false;  ///< they were in force before
  bool usable = true;      ///< this release has the same parts; else the weights that come with it are searched with
  std::string reason;
  std::string proposed_by;
  bool own = false;        ///< the viewer proposed them, and so cannot sign second
  Instant proposed_at;
  std::optional<std::string> put_in_force_by;
  std::optional<Instant> put_in_force_at;
  std::optional<Instant> ended_at;
  std::optional<std::string> end_reason;
  std::optional<WeightsComparisonView> comparison;  ///< none: those that come with RCMS
};
RCMS_VIEW(WeightsEditionView, id, version, state, goes_back, usable, reason, proposed_by, own, proposed_at, put_in_force_by,
          put_in_force_at, ended_at, end_reason, comparison)

struct WeightsView {
  std::string in_force;                      ///< version
  http::Json file;                           ///< of those in force, to learn on from; null: those that come with RCMS
  std::vector<std::string> may_go_back_to;   ///< versions
  std::vector<WeightsEditionView> editions;  ///< newest first
};
RCMS_VIEW(WeightsView, in_force, file, may_go_back_to, editions)

/// Either a file of learnt weights, or a version that was in force before.
struct WeightsInput {
  std::optional<http::Json> weights;
  std::optional<http::Text<80>> version;
  http::Text<500> reason;
};
RCMS_INPUT(WeightsInput, weights, version, reason)

struct WeightsWithdrawalInput {
  http::Text<500> reason;
};
RCMS_INPUT(WeightsWithdrawalInput, reason)

}  // namespace rcms::registry
