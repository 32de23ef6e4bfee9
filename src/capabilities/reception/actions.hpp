// Acts of reception: centres are kept, opened and closed; people are checked in, their records completed, they leave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/reception/rules.hpp"
#include "capabilities/reception/store.hpp"

namespace rcms::reception {

using case_files::Context;

/// A new centre, or the description of a known one (its state stays). Refuses: not_permitted; already_exists (the name); as
/// check_centre; stale_revision.
Result<Centre> keep_centre(Context const& context, access::Viewer const& viewer, Centre wanted);
/// Refuses: not_found; stale_revision; as decide_state.
Result<Centre> set_state(Context const& context, access::Viewer const& viewer, CentreId const& id, std::string const& state,
                         CentreId const& to, std::string reason, std::optional<std::int64_t> revision);

/// Who is to be received together: cases of an announced transport, or persons whom nobody announced.
struct Arriving {
  transfers::TransportId transport;  ///< empty: not announced
  std::vector<CaseId> cases;
  std::vector<Person> persons;
};
/// All of them in one write, or nobody. Refuses: not_found; already_exists (who was received where and when; or stands on a
/// list); as check_arrival and decide_check_in. The ledger of the centre is the lock of its beds.
Result<std::vector<Record>> check_in(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                     CentreId const& id, Arriving const& arriving, CheckIn const& input);

/// What is written of the person later. Refuses: not_found, not_permitted, stale_revision, wrong_step (has left), and every
/// defect of the form.
tl::expected<Record, Findings> write_details(Context const& context, access::Viewer const& viewer, RecordId const& id,
                                             boost::json::object const& details, std::optional<std::int64_t> revision);
/// The person goes on; the bed is free. Refuses: not_found, not_permitted, wrong_step, stale_revision.
Result<Record> leave(Context const& context, access::Viewer const& viewer, RecordId const& id, std::string to,
                     std::optional<std::int64_t> revision);

/// Those of an announced transport with what their files say of help; of the cases of `of` alone, when it is given. A read for
/// each.
std::vector<Expected> load_expected(Context const& context, ArrivalRules const& rules,
                                    transfers::AnnouncedTransport const& transport,
                                    std::vector<CaseId> const* of = nullptr);
/// Whose records the viewer may read. Refuses: not_found.
Result<Centre> get_centre(Context const& context, access::Viewer const& viewer, CentreId const& id);

}  // namespace rcms::reception
