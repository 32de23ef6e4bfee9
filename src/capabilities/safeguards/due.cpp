// What the clock of the node looks at: reviews of what is planned, and decisions that ended by themselves.
#include "capabilities/safeguards/actions.hpp"

namespace rcms::safeguarding {

using case_files::Side;

namespace {

constexpr int at_once = 200;

std::optional<CaseFile> find_file(Context const& context, Due const& due) {
  return case_files::find_case_file(context.database, due.party, Side::requesting, due.case_id);
}

/// One review: the register is asked, a readiness that fell is taken away. The outcome is for the record.
std::string review(Context const& context, Registers const& registers, Due const& due) {
  auto const renewed = renew_status(context, registers, due.party, due.case_id);
  auto const file = find_file(context, due);
  if (!file) return "gone";
  if (case_files::has_ended(*file)) return "ended";
  if (stop_if_open(context, due.party, due.case_id)) return "stopped";
  auto const open = list_open(context, *file, load_board(context, *file), due.stage);
  if (!check_open(open)) return renewed == case_files::Renewed::silent ? "register_silent" : "open";
  return "closed";
}

void write_again(Context const& context, CaseFile const& file) {
  // Superseded: somebody has just written the file, and with it its row.
  (void)context.database.write(look_again(context, file));
}

}  // namespace

bool stop_if_open(Context const& context, PartyId const& party, CaseId const& id) {
  auto const file = case_files::find_case_file(context.database, party, Side::requesting, id);
  if (!file || file->state != "ready_to_depart") return false;
  auto const closed = [&](CaseFile const& now) {
    return !has_fallen(list_open(context, now, load_board(context, now), "pre_departure"));
  };
  if (closed(*file)) return false;
  auto const stopped = case_files::act_as(context, party, Side::requesting, id, std::nullopt, {{}, "clock"},
                                          [&](CaseFile const& before, db::Command&) -> Result<Decision> {
                                            if (closed(before)) return refuse(Why::wrong_step);
                                            return case_files::take_system_step(context.norms.process, before, "stop_departure",
                                                                                context.clock.now());
                                          });
  return stopped.has_value();
}

std::size_t look_at_due(Context const& context, Registers const& registers) {
  std::size_t looked = 0;
  auto const now = context.clock.now();
  for (auto due = list_due_reviews(context.database, now, at_once); !due.empty();
       due = list_due_reviews(context.database, now, at_once)) {
    for (auto const& one : due) {
      auto const outcome = review(context, registers, one);
      (void)context.database.write(end_review(one.id, outcome, context.clock.now()));
      ++looked;
    }
  }
  for (auto const& one : list_ended(context.database, now, at_once)) {
    ++looked;
    if (stop_if_open(context, one.party, one.case_id)) continue;
    if (auto const file = find_file(context, one)) write_again(context, *file);
  }
  return looked;
}

void connect(Context& context, Registers const& registers) {
  context.keep_safeguards = [&context](db::Command& command, CaseFile const* before, Decision const& decision) {
    keep_queue(context, command, before, decision);
  };
  context.renew_status = [&context, &registers](PartyId const& party, CaseId const& id) {
    return renew_status(context, registers, party, id);
  };
}

}  // namespace rcms::safeguarding
