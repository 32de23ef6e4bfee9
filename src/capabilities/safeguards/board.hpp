// What is decided about the safeguards of a file, loaded, and what is open of them. The one answer that every act asks for.
#pragma once

#include <string_view>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/safeguards/store.hpp"

namespace rcms::safeguarding {

using case_files::Context;

struct Board {
  std::vector<case_files::GateDecision> stored;  ///< in force, newest of each gate
  std::vector<safeguards::Decision> decisions;   ///< the same, with the signatures of overrides
  std::vector<StoredSignature> signatures;
  Given given;
};

/// Reads the board of a file of the requesting State.
Board load_board(Context const& context, CaseFile const& file);
/// The same with decisions that were read already.
Board load_board(Context const& context, CaseFile const& file, std::vector<case_files::GateDecision> stored);

Moment moment_of(Context const& context, CaseFile const& file);

/// The signatures for a gate that are in force.
std::vector<safeguards::Signature> signatures_in_force(Board const& board, safeguards::Gate const& gate, Moment const& now);

Conditions conditions_at(Context const& context, CaseFile const& file, Board const& board, std::string_view stage);
std::vector<OpenGate> list_open(Context const& context, CaseFile const& file, Board const& board, std::string_view stage);

/// Adds to `command` what the queue says of the file after `decision`.
void keep_queue(Context const& context, db::Command& command, CaseFile const* before, Decision const& decision);
/// The same when nothing was decided but time has passed: a command of its own.
db::Command look_again(Context const& context, CaseFile const& file);

}  // namespace rcms::safeguarding
