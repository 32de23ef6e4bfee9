#include "capabilities/reception/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/store.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/transfers/rules.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"
#include "norms/forms/content.hpp"

namespace rcms::reception {

namespace json = boost::json;

namespace {

std::string subject_of(Centre const& one) { return ledger::subject_of("reception_centre", one.id.value); }
std::string subject_of(Record const& one) { return ledger::subject_of("reception", one.id.value); }

ledger::Entry entry_of(access::Viewer const& viewer, std::string subject, char const* action, json::object told,
                       std::int64_t revision, Instant now) {
  return {std::move(subject), viewer.party, viewer.user.value, action, {}, json::serialize(told), revision, now};
}

/// Who of the arriving was received already, or stands on a list, in a sentence.
std::optional<Refused> find_received(Context const& context, access::Viewer const& viewer, Record const& one, Date today) {
  for (auto const& key : arrival_keys(one, today)) {
    auto const known = find_by_key(context.database, viewer.party, key);
    if (!known) continue;
    auto const centre = find_centre(context.database, viewer.party, known->centre);
    auto const wall = transfers::wall_clock(known->arrived_at, centre->time_zone);
    return Refused{Why::already_exists, "cases",
                   fmt::format("{} was checked in at desk {} of {} at {} on {}", known->person.name(), known->desk, centre->name,
                               transfers::text_of_wall(wall.minute), wall.day.text()),
                   {}};
  }
  return std::nullopt;
}

/// The announced transport near this hour that has the document.
std::optional<Refused> find_announced_document(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                               Person const& person, Instant now) {
  if (person.document_number.empty()) return std::nullopt;
  for (auto const& one : transfers::list_announced(context.database, viewer.party)) {
    if (one.state != "announced" || hours_of(one, rules, now) != ListHours::open) continue;
    for (auto const& listed : one.persons) {
      if (plain_number(listed.document_number) == plain_number(person.document_number))
        return Refused{Why::already_exists, "persons.document_number",
                       fmt::format("document {} stands on the list of {}: check in from that list", listed.document_number,
                                   one.name),
                       {}};
    }
  }
  return std::nullopt;
}

Result<std::vector<Record>> collect(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                    std::optional<transfers::AnnouncedTransport> const& transport, Arriving const& arriving,
                                    Instant now) {
  std::vector<Record> records;
  if (transport) {
    auto const expected = load_expected(context, rules, *transport, &arriving.cases);
    for (auto const& id : arriving.cases) {
      auto const found = std::find_if(expected.begin(), expected.end(), [&](auto const& one) { return one.case_id == id; });
      if (found == expected.end()) return refuse(Why::not_found, "cases");
      Record one;
      one.transport = transport->id;
      one.case_id = id;
      one.person = found->person;
      one.needs = found->needs;
      records.push_back(std::move(one));
    }
  }
  for (auto const& person : arriving.persons) {
    if (auto const listed = find_announced_document(context, viewer, rules, person, now)) return tl::unexpected(*listed);
    Record one;
    one.person = person;
    records.push_back(std::move(one));
  }
  return records;
}

/// The family of those who came before with the same letter of the list; a new one when there is none.
std::string family_of(Context const& context, access::Viewer const& viewer,
                      std::optional<transfers::AnnouncedTransport> const& transport, Arriving const& arriving, Instant now) {
  if (transport && !arriving.cases.empty()) {
    auto const letter_of = [&](CaseId const& id) {
      for (auto const& one : transport->persons) {
        if (one.case_id == id) return one.family;
      }
      return std::string();
    };
    auto const letter = letter_of(arriving.cases.front());
    if (!letter.empty()) {
      for (auto const& known : list_received(context.database, viewer.party, transport->id)) {
        if (letter_of(known.case_id) == letter) return known.family;
      }
    }
  }
  return make_uuid(now);
}

/// A document that is announced for somebody else says for whom.
Refused name_owner(Refused refused, CheckIn const& input, std::optional<transfers::AnnouncedTransport> const& transport,
                   Arriving const& arriving, Date today) {
  if (refused.why != Why::does_not_verify || !transport) return refused;
  auto const scanned = read_scan(input.scan, today);
  if (!scanned) return refused;
  for (auto const& one : transport->persons) {
    bool const is_chosen = std::find(arriving.cases.begin(), arriving.cases.end(), one.case_id) != arriving.cases.end();
    if (is_chosen || plain_number(one.document_number) != scanned->number) continue;
    refused.detail = fmt::format("document {} is announced for {} {}, who is not among those chosen", one.document_number,
                                 one.given_names, one.surname);
  }
  return refused;
}

}  // namespace

std::vector<Expected> load_expected(Context const& context, ArrivalRules const& rules,
                                    transfers::AnnouncedTransport const& transport, std::vector<CaseId> const* of) {
  auto const& languages = context.directory.get_party(transport.party).languages;
  return expect(
      transport, languages,
      [&](CaseId const& id) {
        if (of != nullptr && std::find(of->begin(), of->end(), id) == of->end()) return std::string();
        auto const file = case_files::find_case_file(context.database, transport.party, case_files::Side::requested, id);
        if (!file || file->partner != transport.partner) return std::string();
        return forms::text_in(json::value(file->content), "C_special.assistance_needed");
      },
      rules);
}

Result<Centre> get_centre(Context const& context, access::Viewer const& viewer, CentreId const& id) {
  auto centre = find_centre(context.database, viewer.party, id);
  if (!centre || !may_work_at(viewer, *centre)) return refuse(Why::not_found);
  return std::move(*centre);
}

Result<Centre> keep_centre(Context const& context, access::Viewer const& viewer, Centre wanted) {
  if (!viewer.may("reception.centres")) return refuse(Why::not_permitted);
  if (auto const right = check_centre(wanted); !right) return tl::unexpected(right.error());
  auto const now = context.clock.now();
  bool const is_new = wanted.id.empty();
  if (is_new) wanted.id = CentreId::make(now);
  wanted.party = viewer.party;
  auto const id = wanted.id;
  auto const written = ledger::carry_out(context.database, {subject_of(wanted)}, [&]() -> Result<ledger::Decided<>> {
    auto next = wanted;
    if (!is_new) {
      auto const before = find_centre(context.database, viewer.party, id);
      if (!before) return refuse(Why::not_found);
      if (before->revision != wanted.revision) return refuse(Why::stale_revision);
      next.state = before->state;
      next.diverted_to = before->diverted_to;
      next.reason = before->reason;
    }
    next.changed_at = now;
    ledger::Decided<> decided;
    save_centre(decided.command, next);
    decided.entries.push_back(entry_of(viewer, subject_of(next), is_new ? "reception_centre_added" : "reception_centre_changed",
                                       {{"name", next.name}, {"beds", next.beds}}, next.revision + 1, now));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_centre(context.database, viewer.party, id);
}

Result<Centre> set_state(Context const& context, access::Viewer const& viewer, CentreId const& id, std::string const& state,
                         CentreId const& to, std::string reason, std::optional<std::int64_t> revision) {
  auto const subject = ledger::subject_of("reception_centre", id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto const before = find_centre(context.database, viewer.party, id);
    if (!before) return refuse(Why::not_found);
    if (revision && *revision != before->revision) return refuse(Why::stale_revision);
    auto const target = to.empty() ? std::nullopt : find_centre(context.database, viewer.party, to);
    auto const now = context.clock.now();
    auto const after = decide_state(*before, state, target ? &*target : nullptr, reason, viewer, now);
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<> decided;
    save_centre(decided.command, *after);
    decided.entries.push_back(entry_of(viewer, subject, "reception_centre_state",
                                       {{"state", after->state}, {"diverted_to", after->diverted_to.value},
                                        {"reason", after->reason}},
                                       after->revision + 1, now));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_centre(context.database, viewer.party, id);
}

namespace {

Result<ledger::Decided<std::vector<Record>>> decide_arrival(Context const& context, access::Viewer const& viewer,
                                                            ArrivalRules const& rules, Centre const& centre,
                                                            Arriving const& arriving, CheckIn const& input) {
  auto const now = context.clock.now();
  auto const today = date_in_zone(now, centre.time_zone);
  std::optional<transfers::AnnouncedTransport> transport;
  if (!arriving.transport.empty()) {
    transport = transfers::find_announced(context.database, viewer.party, arriving.transport);
    if (!transport) return refuse(Why::not_found, "transport");
  }
  auto const diverted = centre.diverted_to.empty() ? std::nullopt
                                                   : find_centre(context.database, viewer.party, centre.diverted_to);
  auto const possible = check_arrival(centre, transport, diverted ? diverted->name : std::string(), rules, now);
  if (!possible) return tl::unexpected(possible.error());
  auto records = collect(context, viewer, rules, transport, arriving, now);
  if (!records) return tl::unexpected(records.error());
  auto const free_beds = centre.beds - count_present(context.database, viewer.party)[centre.id.value].beds;
  auto decided_records = decide_check_in(centre, std::move(*records), input, free_beds,
                                         family_of(context, viewer, transport, arriving, now), viewer, now);
  if (!decided_records)
    return tl::unexpected(name_owner(decided_records.error(), input, transport, arriving, today));
  ledger::Decided<std::vector<Record>> decided;
  for (auto const& one : *decided_records) {
    if (auto const received = find_received(context, viewer, one, today)) return tl::unexpected(*received);
    save_record(decided.command, one, arrival_keys(one, today));
    decided.entries.push_back(entry_of(viewer, subject_of(one), "person_received",
                                       {{"name", one.person.name()}, {"desk", one.desk}, {"identity", one.identity},
                                        {"centre", centre.name}},
                                       1, now));
  }
  decided.entries.push_back(entry_of(viewer, subject_of(centre), "people_checked_in",
                                     {{"persons", decided_records->size()}, {"desk", input.desk}}, centre.revision, now));
  decided.answer = std::move(*decided_records);
  return decided;
}

}  // namespace

Result<std::vector<Record>> check_in(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                     CentreId const& id, Arriving const& arriving, CheckIn const& input) {
  auto const subject = ledger::subject_of("reception_centre", id.value);
  auto const once = [&] {
    return ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<std::vector<Record>>> {
      auto const centre = get_centre(context, viewer, id);
      if (!centre) return tl::unexpected(centre.error());
      return decide_arrival(context, viewer, rules, *centre, arriving, input);
    });
  };
  auto written = once();
  // Another centre was faster with one of them: asked again, the answer says who, where and when.
  bool const was_outrun = !written && written.error().why == Why::already_exists && written.error().field.empty();
  if (was_outrun) written = once();
  if (!written) return tl::unexpected(written.error());
  for (auto& one : *written) one.revision = 1;
  if (context.after_write) context.after_write();
  return std::move(*written);
}

tl::expected<Record, Findings> write_details(Context const& context, access::Viewer const& viewer, RecordId const& id,
                                             json::object const& details, std::optional<std::int64_t> revision) {
  auto const& form = context.norms.forms.at("reception_record");
  auto const content = forms::normalise_content(form, json::value(details)).as_object();
  auto const now = context.clock.now();
  auto const defects = forms::check_content(form, context.norms.codes, json::value(content), {}, forms::Demand::draft,
                                            date_in_zone(now, context.directory.get_party(viewer.party).time_zone));
  auto const subject = ledger::subject_of("reception", id.value);
  Findings found;
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto record = find_record(context.database, viewer.party, id);
    if (!record || !get_centre(context, viewer, record->centre)) return refuse(Why::not_found);
    if (!viewer.may("reception.edit")) return refuse(Why::not_permitted);
    if (revision && *revision != record->revision) return refuse(Why::stale_revision);
    if (!defects.empty()) {
      found = defects;
      return tl::unexpected(defects.front());
    }
    record->details = content;
    record->changed_at = now;
    ledger::Decided<> decided;
    save_record(decided.command, *record);
    decided.entries.push_back(entry_of(viewer, subject, "reception_record_written", {}, record->revision + 1, now));
    return decided;
  });
  if (!written) return tl::unexpected(found.empty() ? Findings{written.error()} : found);
  return *find_record(context.database, viewer.party, id);
}

Result<Record> leave(Context const& context, access::Viewer const& viewer, RecordId const& id, std::string to,
                     std::optional<std::int64_t> revision) {
  auto const subject = ledger::subject_of("reception", id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto record = find_record(context.database, viewer.party, id);
    if (!record || !get_centre(context, viewer, record->centre)) return refuse(Why::not_found);
    if (!viewer.may("reception.check_in")) return refuse(Why::not_permitted);
    if (revision && *revision != record->revision) return refuse(Why::stale_revision);
    if (record->state == "left") return refuse(Why::wrong_step, "state", "has left the centre already");
    auto const now = context.clock.now();
    record->state = "left";
    record->has_bed = false;
    record->left_at = record->changed_at = now;
    record->left_to = to;
    ledger::Decided<> decided;
    save_record(decided.command, *record);
    decided.entries.push_back(entry_of(viewer, subject, "person_left_reception", {{"to", to}}, record->revision + 1, now));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_record(context.database, viewer.party, id);
}

}  // namespace rcms::reception
