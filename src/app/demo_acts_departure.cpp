// The acts of Arcadia from the travel document to the departure: the hour is planned, every safeguard is asked again, the person
// leaves.
#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/applications/error_claim.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/store.hpp"
#include "capabilities/casework/error_answer.hpp"

namespace rcms::app {

namespace {

constexpr std::int64_t demo_hour_ms = 60 * demo_minute_ms;

}  // namespace

void DemoStory::plan_transfer() {
  check_status();
  if (overtaken_) return;
  if (auto const file = case_files::find_case_file(context().database, case_officer().party, id_);
      file && file->state == "transfer_planned") {  // has a seat on a transport already
    departs_at_ = safeguarding::find_plan(*file)->departs_at;
    wait_until(departs_at_.plus_ms(-24 * demo_hour_ms));
    return;
  }
  departs_at_ = stage_.calendar.working_instant(stage_.calendar.add_working_days(today(), dice_.between(4, 10)),
                                                dice_.between(60, 400));
  done("plan_transfer", safeguarding::plan_transfer(context(), officer("tomas.xar"), id_,
                                                    {departs_at_, false, "Airport of Arcadia"}, {}));
  wait_until(departs_at_.plus_ms(-dice_.between(1, 2) * 24 * demo_hour_ms));
}

void DemoStory::check_departure() {
  auto const day = today();
  check_status();
  if (auto const file = case_files::find_case_file(context().database, case_officer().party, id_);
      file && case_files::find_event(*file, "interview_reply")) {
    decide_gate(case_officer(), "G12", {{"invitation_date", day.plus_days(-20).text()},
                                        {"interpreter", "Interpreter no. 12 of the list of the Ministry"},
                                        {"attendance", "The person attended with a companion of their choice."},
                                        {"minutes_signed_on", day.plus_days(-10).text()}});
  }
  decide_gate(case_officer(), "G17", {{"notice_date", day.plus_days(-3).text()}, {"lawyer_told_on", day.plus_days(-3).text()}});
  decide_gate(officer("irene.xar"), "G18", {{"certificate", fmt::format("FT-{}", case_.applicant.seed % 9'000 + 1'000)},
                                            {"valid_until", day.plus_days(14).text()}});
  call_not_applicable(officer("ruth.xar"), "G19", "The person is not in detention.");
  decide_gate(officer("tomas.xar"), "G20", {{"monitor_id", "MON-7"}});
  decide_gate(officer("tomas.xar"), "G26", {{"count", "1"}});
  if (overtaken_) return;
  done("check_departure", safeguarding::check_departure(context(), officer("dora.xar"), id_, {}));
  wait_until(departs_at_);
}

void DemoStory::depart() {
  check_status();
  decide_gate(officer("tomas.xar"), "G22", {{"inventory", fmt::format("INV-{}: two bags, a telephone", index_ + 100)}});
  if (overtaken_) return;
  done("depart", safeguarding::depart(context(), officer("tomas.xar"), id_, {}));
}

void DemoStory::claim_error() {
  done("claim_error",
       applications::claim_error(context(), officer("jorge.uto"), id_, "another_person",
                                 "Las huellas tomadas a la llegada son de otra persona; el registro civil lo confirma.", {}));
}

/// Who neither released the case nor recorded the departure answers.
void DemoStory::answer_error() {
  auto const& supervisor = officer("ruth.xar");
  if (index_ % 24 == 7) {
    done("take_back", casework::take_back(context(), supervisor, id_, "The fingerprints of the register settle it.", {}));
    return;
  }
  done("reject_error_claim",
       casework::reject_error_claim(context(), supervisor, id_,
                                    "The letter of the register is not attached. Send it and we look at it again.", {}));
}

void DemoStory::record_return() {
  done("record_return", casework::record_return(context(), case_officer(), id_, today(), {}));
}

}  // namespace rcms::app
