// What people do with messages and with their own notices, and what a message that arrives does.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/messages/message.hpp"

namespace rcms::messages {

/// Sends a message about the case to the other State. Refuses: not_found; as decide_message.
Result<Message> send_message(case_files::Context const& context, access::Viewer const& viewer, case_files::Side side,
                             CaseId const& id, std::string const& text);

/// All messages of the case as the viewer's State has them, oldest first. Refuses: not_found.
Result<std::vector<Message>> list_messages(case_files::Context const& context, access::Viewer const& viewer,
                                           case_files::Side side, CaseId const& id);

/// What a message of the other State does to the case that it names.
exchange::Receiver receiver_of_cases(case_files::Context const& context);
/// Registers with the exchange what messages of the other State do. `context` outlives the exchange's use of it.
void receive_messages(case_files::Context const& context);

/// The viewer has seen these of their notifications; ids that are not theirs do nothing.
void read_notifications(case_files::Context const& context, access::Viewer const& viewer, std::vector<std::string> const& ids);
void read_all_notifications(case_files::Context const& context, access::Viewer const& viewer);

/// Whether the viewer gets e-mails besides the notifications.
Result<void> change_mail_preference(case_files::Context const& context, access::Viewer const& viewer, bool mail);

}  // namespace rcms::messages
