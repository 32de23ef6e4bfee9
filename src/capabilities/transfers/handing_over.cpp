#include "capabilities/transfers/handing_over.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/transfers/announcing.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

constexpr std::string_view tick_permission = "handover.tick";
constexpr std::string_view settle_permission = "handover.settle";

std::string handover_subject(Side side, TransportId const& id) {
  return ledger::subject_of(side == Side::requesting ? "transport" : "announced_transport", id.value);
}

ledger::Entry handover_entry(Side side, TransportId const& id, access::Viewer const& viewer, char const* action,
                             json::object told, Instant now) {
  return {handover_subject(side, id), viewer.party, viewer.user.value, action, {}, json::serialize(told), 0, now};
}

/// What the requesting State may show at the gate, as the border of the other State has it.
ListedTraveller for_handover(ListedTraveller const& one) {
  ListedTraveller person;
  person.case_id = one.case_id;
  person.number = one.number;
  person.family = one.family;
  person.surname = one.surname;
  person.given_names = one.given_names;
  person.sex = one.sex;
  person.birth_date = one.birth_date;
  person.document_number = one.document_number;
  person.is_child = one.is_child;
  return person;
}

/// Names, hour and list in force.
Result<Handover> load_list(Context const& context, PartyId const& party, Side side, TransportId const& id) {
  Handover one;
  one.side = side;
  one.id = id;
  one.party = party;
  if (side == Side::requesting) {
    auto const transport = find_transport(context.database, party, id);
    if (!transport) return refuse(Why::not_found);
    auto const manifest = make_manifest(context, *transport);
    one.partner = transport->partner;
    one.name = transport->name;
    one.is_cancelled = transport->state == "cancelled";
    one.departs_at = transport->departs_at();
    one.arrives_at = transport->arrives_at();
    one.list = {manifest.fingerprint(), {}, manifest.made_at};
    for (auto const& person : manifest.persons) one.list.persons.push_back(for_handover(person));
    return one;
  }
  auto const announced = find_announced(context.database, party, id);
  if (!announced) return refuse(Why::not_found);
  one.partner = announced->partner;
  one.name = announced->name;
  one.is_cancelled = announced->state == "cancelled";
  one.departs_at = announced->departs_at();
  one.arrives_at = announced->arrives_at();
  one.list = {announced->fingerprint, {}, context.clock.now()};
  auto const arrives_on = wall_clock(announced->arrives_at(), announced->legs.back().to.time_zone).day;
  for (auto const& listed : announced->persons) {
    auto person = for_handover(listed);
    person.is_child = may_be_child(person.birth_date, arrives_on);
    one.list.persons.push_back(std::move(person));
  }
  return one;
}

template <class List>
auto find_id(List const& list, TakingId const& id) {
  return std::find_if(list.begin(), list.end(), [&](auto const& one) { return one.id == id; });
}

/// The report that would be told now.
HandoverReport report_of(Handover const& one, UserId const& by, Instant now) {
  HandoverReport report{"sent", 1, one.list.number, {}, {}, now, by};
  for (auto const& [person, standing] : stand(one.ticks)) {
    if (!standing.value.empty()) report.marks.push_back({person, standing.value, standing.heads.back().at()});
  }
  for (auto const& difference : one.differences()) {
    if (difference.explanation) report.explanations.push_back(*difference.explanation);
  }
  for (auto const& known : one.reports) report.number += known.direction == "sent" ? 1 : 0;
  return report;
}

Result<void> check_report(Handover const& one, HandoverReport const& report) {
  for (auto const& [person, standing] : stand(one.ticks)) {
    if (standing.is_clash)
      return refuse(Why::wrong_step, "ticks", "two devices say different things of a person: settle it first");
  }
  if (report.marks.empty()) return refuse(Why::field_missing, "ticks", "nobody is ticked yet");
  auto const* before = one.newest_report("sent");
  if (before != nullptr && body_of(one.id, *before) == body_of(one.id, report))
    return refuse(Why::already_exists, "ticks", "the other State was told this already");
  return {};
}

/// Writes what `decide(handover, decided)` adds.
template <class Decide>
Result<Handover> change_handover(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                                 Decide&& decide) {
  auto const written =
      ledger::carry_out(context.database, {handover_subject(side, id)}, [&]() -> Result<ledger::Decided<>> {
        auto const before = load_handover(context, viewer, side, id);
        if (!before) return tl::unexpected(before.error());
        ledger::Decided<> decided;
        Result<void> done = decide(*before, decided);
        if (!done) return tl::unexpected(done.error());
        return decided;
      });
  if (!written) return tl::unexpected(written.error());
  return load_handover(context, viewer, side, id);
}

Result<void> receive_report(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                            db::Command const& inbox) {
  auto const* from = context.exchange.find_correspondent(envelope.from);
  auto const body = json::value(envelope.body);
  auto const id = TransportId::parse(text_at(body, "transport"));
  if (from == nullptr) return refuse(Why::not_found, "from");
  if (!id || chain_of(*id) != envelope.case_id) return refuse(Why::field_invalid, "body.transport");
  // Whoever has the transport itself is the requesting State.
  auto const own = find_transport(context.database, to.id, *id);
  auto const told = own ? std::nullopt : find_announced(context.database, to.id, *id);
  if ((!own || own->partner != from->id) && (!told || told->partner != from->id))
    return refuse(Why::not_found, "body.transport");
  auto const side = own ? Side::requesting : Side::requested;
  auto const written =
      ledger::carry_out(context.database, {handover_subject(side, *id)}, [&]() -> Result<ledger::Decided<>> {
        auto report = take_report(own ? Side::requested : Side::requesting, body);
        if (!report) return tl::unexpected(report.error());
        for (auto const& known : list_reports(context.database, to.id, *id, side))
          report->number += known.direction == "received" ? 1 : 0;
        report->at = context.clock.now();
        ledger::Decided<> decided;
        decided.command.append(inbox);
        insert_report(decided.command, to.id, *id, *report);
        decided.entries.push_back({handover_subject(side, *id), to.id, "exchange", "handover_report_received", {},
                                   json::serialize(json::object{{"persons", report->marks.size()}, {"list", report->list}}), 0,
                                   report->at});
        return decided;
      });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace

HandoverReport const* Handover::newest_report(std::string_view direction) const {
  HandoverReport const* newest = nullptr;
  for (auto const& one : reports) {
    if (one.direction == direction) newest = &one;
  }
  return newest;
}

std::vector<Difference> Handover::differences() const {
  return compare_lists(side, list, stand(ticks), newest_report("received"), explanations);
}

Result<Handover> load_handover(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id) {
  auto one = load_list(context, viewer.party, side, id);
  if (!one) return one;
  one->taken = list_handover_lists(context.database, viewer.party, id);
  one->takings = list_takings(context.database, viewer.party, id);
  one->ticks = list_ticks(context.database, viewer.party, id);
  one->reports = list_reports(context.database, viewer.party, id, side);
  one->explanations = list_explanations(context.database, viewer.party, id);
  return one;
}

Result<Taking> take_list(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                         std::string_view device, Instant device_now) {
  if (!viewer.may(tick_permission)) return refuse(Why::not_permitted);
  auto const written = ledger::carry_out(
      context.database, {handover_subject(side, id)}, [&]() -> Result<ledger::Decided<Taking>> {
        auto const one = load_list(context, viewer.party, side, id);
        if (!one) return tl::unexpected(one.error());
        if (one->is_cancelled) return refuse(Why::wrong_step, "transport", "it was called off");
        if (one->list.persons.empty()) return refuse(Why::field_missing, "cases", "nobody has a seat yet");
        auto const now = context.clock.now();
        ledger::Decided<Taking> decided;
        decided.answer = {TakingId::make(now),           one->list.number, std::string(device), viewer.user, now,
                          device_now.ms - now.ms};
        insert_handover_list(decided.command, viewer.party, id, one->list);
        insert_taking(decided.command, viewer.party, id, decided.answer);
        decided.entries.push_back(handover_entry(side, id, viewer, "handover_list_taken",
                                                 {{"name", one->name},
                                                  {"list", one->list.number},
                                                  {"persons", one->list.persons.size()},
                                                  {"device", device}},
                                                 now));
        return decided;
      });
  return written;
}

Result<Synced> receive_ticks(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                             TakingId const& taking, Instant device_now, std::vector<Tick> ticks) {
  if (!viewer.may(tick_permission)) return refuse(Why::not_permitted);
  if (ticks.size() > ticks_limit) return refuse(Why::limit_reached, "ticks", "at most 500 ticks at once");
  return ledger::carry_out(context.database, {handover_subject(side, id)}, [&]() -> Result<ledger::Decided<Synced>> {
    auto const takings = list_takings(context.database, viewer.party, id);
    auto const taken = find_id(takings, taking);
    if (taken == takings.end()) return refuse(Why::not_found, "taking");
    if (taken->by != viewer.user)
      return refuse(Why::not_permitted, "taking", "the list was taken by another person, who sends their own ticks");
    auto const lists = list_handover_lists(context.database, viewer.party, id);
    auto const list = std::find_if(lists.begin(), lists.end(), [&](auto const& one) { return one.number == taken->list; });
    if (list == lists.end()) return refuse(Why::not_found, "taking");
    auto known = list_ticks(context.database, viewer.party, id);
    auto const now = context.clock.now();
    ledger::Decided<Synced> decided;
    decided.answer.clock_ahead_ms = device_now.ms - now.ms;
    json::array told;
    for (auto tick : ticks) {
      tick.taking = taking;
      tick.clock_ahead_ms = decided.answer.clock_ahead_ms;
      tick.received_at = now;
      tick.by = viewer.user;
      std::erase_if(tick.replaces, [&](auto const& replaced) {
        return std::none_of(known.begin(), known.end(),
                            [&](auto const& one) { return one.id == replaced && one.case_id == tick.case_id; });
      });
      auto const is_new = decide_tick(side, tick, known, *taken, *list);
      decided.answer.outcomes.push_back({tick.id, is_new && *is_new, {}});
      if (!is_new) decided.answer.outcomes.back().refused = is_new.error();
      if (!is_new || !*is_new) continue;
      insert_tick(decided.command, viewer.party, id, tick);
      told.push_back(json::object{{"tick", tick.id.value}, {"case", tick.case_id.value}, {"value", tick.value}});
      known.push_back(std::move(tick));
    }
    if (told.empty()) return decided;
    decided.entries.push_back(handover_entry(side, id, viewer, "handover_ticked",
                                             {{"list", taken->list},
                                              {"device", taken->device},
                                              {"clock_ahead_seconds", decided.answer.clock_ahead_ms / 1000},
                                              {"ticks", std::move(told)}},
                                             now));
    return decided;
  });
}

Result<Handover> settle_person(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                               CaseId const& person, std::string_view value, std::string_view reason,
                               std::vector<TickId> const& seen) {
  if (!viewer.may(settle_permission)) return refuse(Why::not_permitted);
  auto const now = context.clock.now();
  return change_handover(context, viewer, side, id, [&](Handover const& one, ledger::Decided<>& decided) -> Result<void> {
    auto const tick = decide_settlement(side, person, value, reason, seen, one.ticks, one.list, viewer.user, now);
    if (!tick) return tl::unexpected(tick.error());
    insert_tick(decided.command, viewer.party, id, *tick);
    json::array over;
    for (auto const& known : one.ticks) {
      if (std::find(tick->replaces.begin(), tick->replaces.end(), known.id) != tick->replaces.end())
        over.push_back(json::object{{"tick", known.id.value}, {"value", known.value}});
    }
    decided.entries.push_back(handover_entry(
        side, id, viewer, "handover_settled",
        {{"case", person.value}, {"value", value}, {"reason", reason}, {"over", std::move(over)}}, now));
    return {};
  });
}

Result<Handover> tell_handover(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id) {
  if (!viewer.may(settle_permission)) return refuse(Why::not_permitted);
  auto const now = context.clock.now();
  auto done = change_handover(context, viewer, side, id, [&](Handover const& one, ledger::Decided<>& decided) -> Result<void> {
    if (side == Side::requesting && list_announcements(context.database, viewer.party, id).empty())
      return refuse(Why::wrong_step, "transport", "the requested State was not told of this transport yet");
    auto const report = report_of(one, viewer.user, now);
    if (auto checked = check_report(one, report); !checked) return checked;
    context.exchange.post(decided.command, viewer.party, one.partner, chain_of(id), exchange::EnvelopeKind::message,
                          body_of(id, report), {});
    insert_report(decided.command, viewer.party, id, report);
    decided.entries.push_back(handover_entry(side, id, viewer, "handover_reported",
                                             {{"name", one.name}, {"list", report.list}, {"persons", report.marks.size()}}, now));
    return {};
  });
  if (done && context.after_write) context.after_write();
  return done;
}

Result<Handover> explain_difference(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                                    Explanation wanted) {
  if (!viewer.may(settle_permission)) return refuse(Why::not_permitted);
  if (wanted.reason.empty()) return refuse(Why::reason_missing, "reason");
  if (length_of(wanted.reason) > note_limit) return refuse(Why::field_too_long, "reason");
  wanted.by = viewer.user;
  wanted.at = context.clock.now();
  return change_handover(context, viewer, side, id, [&](Handover const& one, ledger::Decided<>& decided) -> Result<void> {
    auto const all = one.differences();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& known) { return known.case_id == wanted.case_id; });
    if (found == all.end()) return refuse(Why::not_found, "case_id");
    if (found->ours != wanted.ours || found->theirs != wanted.theirs)
      return refuse(Why::stale_revision, "case_id", "the difference is another by now: look at it again");
    insert_explanation(decided.command, viewer.party, id, wanted);
    decided.entries.push_back(handover_entry(side, id, viewer, "handover_explained",
                                             {{"case", wanted.case_id.value},
                                              {"ours", wanted.ours},
                                              {"theirs", wanted.theirs},
                                              {"reason", wanted.reason}},
                                             wanted.at));
    return {};
  });
}

Result<void> receive_message(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                             db::Command const& inbox) {
  bool const is_report = text_at(json::value(envelope.body), "variant") == report_variant;
  return is_report ? receive_report(context, to, envelope, inbox) : receive_announcement(context, to, envelope, inbox);
}

}  // namespace rcms::transfers
