#include "capabilities/statistics/sending.hpp"

#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/statistics/report.hpp"
#include "capabilities/statistics/report_store.hpp"
#include "capabilities/statistics/rules.hpp"
#include "capabilities/statistics/schedule_store.hpp"
#include "capabilities/statistics/small_cells.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::statistics {

namespace {

namespace json = boost::json;

/// An attempt that nobody has finished for so long was cut off.
constexpr std::int64_t cut_off_ms = 60 * 60 * 1000;

struct Made {
  ReportDocument document;
  ReportFile file;
};

class Sending {
 public:
  Sending(Context const& context, mail::Transport& transport, mail::Address const& from)
      : context_(context), transport_(transport), from_(from), states_(load_states(context)) {}

  SendingCounts run() {
    for (auto const& party : access::list_hosted_parties(context_.database)) {
      auto const today = date_in_zone(context_.clock.now(), party.time_zone);
      close_months(context_.database, party.id, today);
      for (auto const& schedule : list_schedules(context_.database, party.id)) {
        auto const period = decide_due_period(schedule, today, date_in_zone(schedule.created_at, party.time_zone));
        if (period) send(schedule, *period);
      }
    }
    return counts_;
  }

 private:
  void send(Schedule const& schedule, std::string const& period) {
    std::optional<Result<std::vector<Made>>> made;
    for (auto const& receiver : schedule.receivers) {
      auto delivery = claim(schedule, period, receiver);
      if (!delivery) continue;
      if (!made) made = make(schedule, period);
      if (*made) {
        delivery->report_revision = (*made)->front().document.revision;
        std::string attached;
        for (auto const& one : **made) attached += one.file.content;
        delivery->sha256 = to_hex(sha256(attached));
        finish(*delivery, transport_.send(message_of(schedule, **made, receiver, period)));
      } else {
        finish(*delivery, tl::unexpected((*made).error()));
      }
    }
  }

  /// Takes the sending for this process; empty when it is done, not due yet, or in other hands.
  std::optional<Delivery> claim(Schedule const& schedule, std::string const& period, std::string const& receiver) {
    auto const now = context_.clock.now();
    auto delivery = find_delivery(context_.database, schedule.id, period, receiver);
    db::Command command;
    if (!delivery) {
      delivery = Delivery{schedule.id, period, receiver, schedule.party, "sending", 1, now, now, 0, {}, {}};
      insert_delivery(command, *delivery);
    } else {
      bool const is_due = (delivery->status == "retry" && delivery->next_at <= now) ||
                          (delivery->status == "sending" && delivery->changed_at.plus_ms(cut_off_ms) <= now);
      if (!is_due || delivery->attempts >= attempts_at_most) return std::nullopt;
      int const before = delivery->attempts++;
      delivery->status = "sending";
      delivery->changed_at = now;
      save_delivery(command, *delivery, before);
    }
    if (context_.database.write(command).outcome != db::Outcome::written) return std::nullopt;
    return delivery;
  }

  /// A State that works on both sides gets the report of each.
  Result<std::vector<Made>> make(Schedule const& schedule, std::string const& period) {
    auto const party = states_.find(schedule.party.value);
    bool const both = party != states_.end() && party->second.sides == access::Sides::both;
    std::vector<std::string> const sides =
        both ? std::vector<std::string>{"requested", "requesting"} : std::vector<std::string>{""};
    std::vector<Made> all;
    for (auto const& side : sides) {
      auto const report = load_monthly_report(context_, schedule.party, {period, {}, side});
      if (!report) return tl::unexpected(report.error());
      auto document = make_document(context_, *report, states_, schedule.language);
      // Receivers of e-mails are not signed in: what they get names nobody, also not by few.
      suppress_small_cells(document, context_.labels);
      auto file = make_report_file(context_, document, schedule.format);
      if (!file) return tl::unexpected(file.error());
      if (side == "requesting") file->name.insert(file->name.rfind('.'), "-requesting");
      all.push_back({std::move(document), *std::move(file)});
    }
    return all;
  }

  std::string figures_of(ReportDocument const& document) const {
    std::string figures;
    auto const& table = document.table("figures");
    for (auto const& id : document.headlines) {
      for (std::size_t row = 0; row < table.keys.size(); ++row) {
        if (table.keys[row] != id) continue;
        if (!figures.empty()) figures += '\n';
        figures += fmt::format("{}: {}", std::get<std::string>(table.rows[row][0].value),
                               show(context_.labels, document.language, table.rows[row][1]));
      }
    }
    return figures;
  }

  mail::Message message_of(Schedule const& schedule, std::vector<Made> const& made, std::string const& receiver,
                           std::string const& period) const {
    auto const& document = made.front().document;
    std::string figures;
    for (auto const& one : made) {
      if (!figures.empty()) figures += "\n\n";
      if (made.size() > 1) figures += one.document.subject + "\n";
      figures += figures_of(one.document);
    }
    LabelArguments const words{{"title", document.title}, {"state", document.state}, {"month", document.month_text}};
    LabelArguments body = words;
    body.insert({{"figures", figures}, {"source", document.source}, {"instant", document.extracted},
                 {"revision", std::to_string(document.revision)}});
    mail::Message message;
    message.from = from_;
    message.to = {{{}, receiver}};
    message.subject = context_.labels.text(document.language, "reports.mail.subject", words);
    message.text = context_.labels.text(document.language, "reports.mail.body", body);
    for (auto const& one : made) message.attachments.push_back({one.file.name, one.file.media_type, one.file.content});
    message.id = fmt::format("report-{}-{}-{}", schedule.id.value, period, to_hex(sha256(receiver)).substr(0, 12));
    message.written_at = context_.clock.now();
    return message;
  }

  /// Records what became of it, in the ledger too.
  void finish(Delivery delivery, Result<std::monostate> const& outcome) {
    auto const now = context_.clock.now();
    if (outcome) {
      delivery.status = "sent";
      delivery.detail.clear();
      delivery.changed_at = now;
    } else {
      auto const& refused = outcome.error();
      decide_failure(delivery, refused.why == Why::unavailable,
                     refused.detail.empty() ? std::string(name_of(refused.why)) : refused.detail, now);
    }
    ++(outcome ? counts_.sent : counts_.failed);
    auto const subject = ledger::subject_of("schedule", delivery.schedule.value);
    auto const recorded = ledger::carry_out(context_.database, {subject}, [&]() -> Result<ledger::Decided<>> {
      ledger::Decided<> decided;
      save_delivery(decided.command, delivery, delivery.attempts);
      json::object const content{{"month", delivery.period},  {"receiver", delivery.receiver},
                                 {"status", delivery.status}, {"attempt", delivery.attempts},
                                 {"sha256", delivery.sha256}, {"revision", delivery.report_revision},
                                 {"detail", delivery.detail}};
      decided.entries.push_back({.subject = subject,
                                 .party = delivery.party,
                                 .actor = "clock",
                                 .action = outcome ? "schedule.sent" : "schedule.not_sent",
                                 .source = {},
                                 .content = json::serialize(content),
                                 .revision = 0,
                                 .at = now});
      return decided;
    });
    if (!recorded) throw db::Fault("what became of a scheduled report was not recorded: " + recorded.error().detail);
  }

  Context const& context_;
  mail::Transport& transport_;
  mail::Address const& from_;
  StateNames states_;
  SendingCounts counts_;
};

}  // namespace

SendingCounts send_due_reports(Context const& context, mail::Transport& transport, mail::Address const& from) {
  return Sending(context, transport, from).run();
}

}  // namespace rcms::statistics
