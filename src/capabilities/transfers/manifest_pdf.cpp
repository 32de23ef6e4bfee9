#include <algorithm>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/transfers/manifest_file.hpp"
#include "foundation/pages/report.hpp"

namespace rcms::transfers {

namespace {

/// A4 across, to be signed: the journey, the totals, the list by family, the staff, signatures, the words for the codes.
class ManifestSheet {
 public:
  ManifestSheet(Context const& context, access::Viewer const& viewer, Manifest const& manifest, ManifestCopy const& copy)
      : context_(context), viewer_(viewer), manifest_(manifest), copy_(copy), report_(options()) {}

  Bytes run() {
    report_.heading(say("manifest"), 1);
    report_.paragraph(manifest_.transport.name + "  ·  " + say("copy." + copy_.code));
    add_head();
    add_people();
    if (copy_.has_staff) add_staff();
    add_signatures();
    add_codes();
    report_.small_print(say("manifest_confidential"));
    return report_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(viewer_.language, "transfers." + key, arguments);
  }
  std::string state(PartyId const& party) const { return context_.directory.get_party(party).names.in(viewer_.language); }
  std::string code(char const* list, std::string const& value) const {
    return value.empty() ? "" : context_.labels.text(viewer_.language, std::string("codes.") + list + "." + value);
  }

  ReportOptions options() const {
    auto const& transport = manifest_.transport;
    ReportOptions options;
    options.size = a4_landscape;
    options.margin_mm = 14;
    options.information.title = say("manifest") + " " + transport.name;
    options.information.author = state(transport.party);
    options.information.language = viewer_.language;
    options.information.created_at = manifest_.made_at;
    options.header = state(transport.party) + "  ·  " + transport.name + "  ·  " + say("copy." + copy_.code);
    auto const made = wall_clock(manifest_.made_at, context_.directory.get_party(transport.party).time_zone);
    options.footer = say("manifest_made", {{"day", context_.labels.date(viewer_.language, made.day)},
                                           {"time", text_of_wall(made.minute)},
                                           {"fingerprint", manifest_.fingerprint()}});
    auto const agreements = context_.norms.list_agreements();
    auto const& partner = context_.directory.get_party(transport.partner).code;
    bool const is_invented = std::any_of(agreements.begin(), agreements.end(), [&](auto const* one) {
      return one->fictional && std::any_of(one->authorities.begin(), one->authorities.end(),
                                           [&](auto const& authority) { return authority.party == partner; });
    });
    if (is_invented) options.running_label = context_.labels.text(viewer_.language, "packages.fictional");
    return options;
  }

  std::string at(CrossingPointId const& id, Instant instant) const {
    for (auto const& point : manifest_.points) {
      if (point.id != id) continue;
      auto const wall = wall_clock(instant, point.time_zone);
      auto const name = point.code.empty() ? point.name : point.name + " (" + point.code + ")";
      return name + ", " + context_.labels.date(viewer_.language, wall.day) + ", " + text_of_wall(wall.minute);
    }
    return "—";
  }

  void add_head() {
    auto const& transport = manifest_.transport;
    std::vector<KeyValue> pairs{{say("kind"), code("transport_kind", transport.kind)},
                                {say("partner"), state(transport.partner)}};
    for (auto const& leg : transport.legs) {
      pairs.push_back({say("departs"), at(leg.from, leg.departs_at)});
      pairs.push_back({say("arrives"), at(leg.to, leg.arrives_at)});
      pairs.push_back({say("carrier"), leg.carrier.empty() ? "—" : leg.carrier});
      pairs.push_back({say("number"), leg.number.empty() ? "—" : leg.number});
    }
    report_.fields(std::move(pairs), 4);
    std::vector<KeyValue> totals;
    for (auto const& total : count_totals(manifest_)) totals.push_back({say("total." + total.code), std::to_string(total.count)});
    totals.push_back({say("fingerprint"), manifest_.fingerprint()});
    report_.fields(std::move(totals), 4);
  }

  void add_people() {
    bool const has_family = std::any_of(manifest_.persons.begin(), manifest_.persons.end(),
                                        [](auto const& one) { return !one.family.empty(); });
    Table table;
    table.title = say("people");
    std::vector<std::string> columns;
    for (auto const& column : copy_.columns) {
      if (column == "family" && !has_family) continue;
      columns.push_back(column);
      bool const is_wide = column == "surname" || column == "given_names" || column == "needs";
      table.columns.push_back({title_of(column, context_.labels, viewer_.language), is_wide ? 2.0 : 1.0, Align::start, !is_wide});
    }
    for (auto const& person : manifest_.persons) {
      auto& row = table.rows.emplace_back();
      for (auto const& column : columns) {
        auto cell = cell_of(person, column, context_.labels, viewer_.language);
        row.push_back(cell.empty() && column != "family" && column != "needs" ? "—" : cell);
      }
    }
    if (table.rows.empty()) {
      report_.notice(say("no_people"));
      return;
    }
    report_.table(std::move(table));
  }

  void add_staff() {
    Table table;
    table.title = say("staff");
    table.columns = {{say("name"), 2}, {say("function"), 1.5}, {say("document"), 1.2, Align::start, true},
                     {say("document_until"), 1.2, Align::start, true}, {say("languages"), 2}};
    for (auto const& one : manifest_.transport.escorts) {
      std::string languages;
      for (auto const& language : one.languages) languages += (languages.empty() ? "" : ", ") + code("language", language);
      table.rows.push_back({one.name, code("escort_function", one.function), one.document_number, one.document_until,
                            languages.empty() ? "—" : languages});
    }
    if (!table.rows.empty()) report_.table(std::move(table));
  }

  /// Room above a line to write on.
  static std::string line(int length) { return "\n\n" + std::string(static_cast<std::size_t>(length), '_'); }

  void add_signatures() {
    Table table;
    table.title = say("signatures");
    table.columns = {
        {say("signs_for"), 2}, {say("name"), 2}, {say("counted"), 1}, {say("signed_at"), 1.4}, {say("signature"), 2.4}};
    for (auto const* role : {"handing_over", "leader", "receiving"})
      table.rows.push_back({say(std::string("signs.") + role), line(26), line(8), line(18), line(30)});
    report_.table(std::move(table));
  }

  /// What the codes of the list mean, as far as they stand in it.
  void add_codes() {
    std::vector<std::string> words;
    auto const add = [&](std::string const& column, char const* list, auto value_of) {
      if (std::find(copy_.columns.begin(), copy_.columns.end(), column) == copy_.columns.end()) return;
      for (auto const& person : manifest_.persons) {
        auto const value = value_of(person);
        auto const word = value.empty() ? std::string() : value + " = " + code(list, value);
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
      }
    };
    add("sex", "sex", [](auto const& one) { return one.sex; });
    add("nationality", "country", [](auto const& one) { return one.nationality; });
    add("document_issuer", "country", [](auto const& one) { return one.document_issuer; });
    if (words.empty()) return;
    std::string line = say("codes") + ": ";
    for (std::size_t i = 0; i < words.size(); ++i) line += (i == 0 ? "" : "  ·  ") + words[i];
    report_.small_print(line);
  }

  Context const& context_;
  access::Viewer const& viewer_;
  Manifest const& manifest_;
  ManifestCopy const& copy_;
  Report report_;
};

}  // namespace

Bytes detail::render_manifest_pdf(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                                  ManifestCopy const& copy) {
  return ManifestSheet(context, viewer, manifest, copy).run();
}

}  // namespace rcms::transfers
