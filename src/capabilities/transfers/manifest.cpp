#include "capabilities/transfers/manifest.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::transfers {

namespace {

constexpr std::size_t fingerprint_digits = 16;

/// The document that lasts longest, as the rules of the allocation take it.
void take_document(Context const& context, case_files::CaseFile const& file, ListedTraveller& listed) {
  for (auto const& paper : case_files::list_travel_papers(file)) {
    if (paper.is_void || paper.expires_on <= listed.document_until) continue;
    listed.document_number = paper.number;
    listed.document_until = paper.expires_on;
    listed.document_issuer = paper.issuer.empty() ? context.directory.get_party(file.partner).code : paper.issuer;
  }
}

ListedTraveller list_one(Context const& context, Manifest const& manifest, Traveller const& traveller) {
  auto const& file = traveller.file;
  ListedTraveller listed;
  listed.case_id = file.id;
  if (auto const* person = file.content.if_contains("A_person")) {
    listed.surname = text_at(*person, "surname");
    listed.given_names = text_at(*person, "given_names");
    listed.language = text_at(*person, "language");
  }
  if (listed.surname.empty()) listed.surname = file.person.name;
  listed.sex = file.person.sex;
  listed.birth_date = file.person.birth;
  listed.nationality = file.person.nationality;
  listed.reference = file.reference;
  take_document(context, file, listed);
  listed.is_child = may_be_child(file.person.birth, seats_of(manifest.transport, manifest.points).departs_on);
  listed.needs_medical_seat = traveller.fitness && traveller.fitness->needs_medical_seat;
  return listed;
}

/// "A" to "Z", "AA" to "ZZ".
std::string letters_of(std::size_t index) {
  std::string letters;
  if (index >= 26) letters += static_cast<char>('A' + (index / 26 - 1) % 26);
  return letters + static_cast<char>('A' + index % 26);
}

std::string needs_of(ListedTraveller const& person, Labels const& labels, std::string_view language) {
  std::string needs;
  auto const add = [&](bool has, char const* need) {
    if (has) needs += (needs.empty() ? "" : ", ") + labels.text(language, std::string("transfers.need.") + need);
  };
  add(person.is_child, "child");
  add(person.needs_escort, "escort");
  add(person.needs_medical_seat, "medical_seat");
  return needs;
}

}  // namespace

bool ManifestCopy::is_for(access::Viewer const& viewer) const {
  return std::any_of(permissions.begin(), permissions.end(), [&](auto const& one) { return viewer.may(one); });
}

std::vector<ManifestCopy> load_manifest_copies(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "transfers/manifest.toml", data / "schema/manifest.schema.json");
  std::vector<ManifestCopy> copies;
  for (auto const& one : list_at(file, "copy"))
    copies.push_back({text_at(one, "code"), texts_at(one, "permissions"), texts_at(one, "columns"), flag_at(one, "staff")});
  return copies;
}

ManifestCopy const* find_copy(std::vector<ManifestCopy> const& copies, std::string_view code) {
  auto const found = std::find_if(copies.begin(), copies.end(), [&](auto const& one) { return one.code == code; });
  return found == copies.end() ? nullptr : &*found;
}

void set_in_order(std::vector<ListedTraveller>& persons, std::vector<std::string> const& families) {
  struct Placed {
    std::string group;  ///< name of the first of the family, or the own
    std::string family;
    std::string own;
    ListedTraveller person;
  };
  auto const name_of_one = [](ListedTraveller const& one) {
    return search_form(one.surname) + "\t" + search_form(one.given_names) + "\t" + one.reference;
  };
  std::map<std::string, std::pair<bool, std::string>> first;  // by family: whether an adult, the name
  std::map<std::string, int> members;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    if (families[i].empty()) continue;
    ++members[families[i]];
    std::pair const candidate{persons[i].is_child, name_of_one(persons[i])};
    auto const [known, is_new] = first.try_emplace(families[i], candidate);
    if (!is_new) known->second = std::min(known->second, candidate);
  }
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    auto const own = name_of_one(persons[i]);
    bool const has_family = !families[i].empty() && members[families[i]] > 1;
    placed.push_back({has_family ? first[families[i]].second : own, has_family ? families[i] : "", own, std::move(persons[i])});
    placed.back().person.needs_escort = placed.back().person.is_child && (!has_family || first[families[i]].first);
  }
  std::sort(placed.begin(), placed.end(), [](auto const& a, auto const& b) {
    return std::tie(a.group, a.family, a.person.is_child, a.own) < std::tie(b.group, b.family, b.person.is_child, b.own);
  });
  std::map<std::string, std::string> letters;
  persons.clear();
  for (auto& one : placed) {
    if (!one.family.empty()) one.person.family = letters.try_emplace(one.family, letters_of(letters.size())).first->second;
    one.person.number = static_cast<int>(persons.size()) + 1;
    persons.push_back(std::move(one.person));
  }
}

Manifest make_manifest(Context const& context, Transport const& transport) {
  Manifest manifest;
  manifest.transport = transport;
  manifest.points = list_crossing_points(context.database, transport.party);
  manifest.made_at = context.clock.now();
  std::vector<std::string> families;
  for (auto const& one : load_passengers(context, transport)) {
    if (!is_aboard(transport, one.file)) continue;
    manifest.persons.push_back(list_one(context, manifest, one));
    families.push_back(one.family);
  }
  set_in_order(manifest.persons, families);
  return manifest;
}

std::string Manifest::fingerprint() const {
  std::string all = transport.id.value + "\n" + transport.departs_at().text() + "\n" + transport.arrives_at().text() + "\n";
  for (auto const& one : persons) {
    for (auto const* text : {&one.case_id.value, &one.surname, &one.given_names, &one.sex, &one.birth_date, &one.nationality,
                             &one.document_number, &one.document_until, &one.reference})
      all += *text + "\t";
    all += "\n";
  }
  auto digits = to_hex(sha256(as_bytes(all))).substr(0, fingerprint_digits);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](char one) { return one >= 'a' ? static_cast<char>(one - 'a' + 'A') : one; });
  return digits;
}

std::string cell_of(ListedTraveller const& person, std::string_view column, Labels const& labels, std::string_view language) {
  if (column == "number") return std::to_string(person.number);
  if (column == "family") return person.family;
  if (column == "surname") return person.surname;
  if (column == "given_names") return person.given_names;
  if (column == "sex") return person.sex;
  if (column == "birth_date") return person.birth_date;
  if (column == "nationality") return person.nationality;
  if (column == "document_number") return person.document_number;
  if (column == "document_issuer") return person.document_issuer;
  if (column == "document_until") return person.document_until;
  if (column == "reference") return person.reference;
  if (column == "language")
    return person.language.empty() ? std::string() : labels.text(language, "codes.language." + person.language);
  return needs_of(person, labels, language);
}

std::string title_of(std::string_view column, Labels const& labels, std::string_view language) {
  return labels.text(language, "transfers.column." + std::string(column));
}

std::vector<ManifestTotal> count_totals(Manifest const& manifest) {
  auto const& all = manifest.persons;
  auto const count = [&](auto has) { return static_cast<std::int64_t>(std::count_if(all.begin(), all.end(), has)); };
  std::set<std::string> families;
  for (auto const& one : all) {
    if (!one.family.empty()) families.insert(one.family);
  }
  std::vector<ManifestTotal> totals{{"persons", static_cast<std::int64_t>(all.size())},
                                    {"women", count([](auto const& one) { return !one.is_child && one.sex == "F"; })},
                                    {"men", count([](auto const& one) { return !one.is_child && one.sex == "M"; })}};
  auto const others = count([](auto const& one) { return !one.is_child && one.sex != "F" && one.sex != "M"; });
  if (others > 0) totals.push_back({"others", others});
  totals.push_back({"children", count([](auto const& one) { return one.is_child; })});
  totals.push_back({"families", static_cast<std::int64_t>(families.size())});
  totals.push_back({"medical_seats", count([](auto const& one) { return one.needs_medical_seat; })});
  return totals;
}

}  // namespace rcms::transfers
