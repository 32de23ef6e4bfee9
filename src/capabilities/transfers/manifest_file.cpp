#include "capabilities/transfers/manifest_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "capabilities/case_files/private_file.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/xlsx_writer.hpp"

namespace rcms::transfers {

namespace {

constexpr std::size_t interchange_reference_limit = 14;

CrossingPoint const* find_point_of(Manifest const& manifest, CrossingPointId const& id) {
  auto const found =
      std::find_if(manifest.points.begin(), manifest.points.end(), [&](auto const& one) { return one.id == id; });
  return found == manifest.points.end() ? nullptr : &*found;
}

Instant whole_minute(Instant at) { return Instant{at.ms / 60'000 * 60'000}; }

/// Letters A to Z, components parted by a space; of a text that is no name, letters and digits.
Result<std::string> latin_name(mrz::Transliteration const& letters, std::string const& name, std::string const& reference) {
  if (name.empty()) return std::string();
  auto written = letters.name(name);
  if (!written) return refuse(Why::field_missing, "cases", reference + ": the name has no form in Latin letters");
  std::replace(written->name.begin(), written->name.end(), '<', ' ');
  return std::move(written->name);
}

std::string latin_words(std::string const& text) {
  std::string words = search_form(text);
  std::erase_if(words, [](char one) { return static_cast<unsigned char>(one) > 126; });
  return words;
}

std::string render_manifest_csv(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                                ManifestCopy const& copy) {
  std::string out;
  sheets::CsvWriter writer([&](std::string_view part) { out.append(part); });
  std::vector<std::string> cells;
  for (auto const& column : copy.columns) cells.push_back(title_of(column, context.labels, viewer.language));
  writer.row(cells);
  for (auto const& person : manifest.persons) {
    cells.clear();
    for (auto const& column : copy.columns) cells.push_back(cell_of(person, column, context.labels, viewer.language));
    writer.row(cells);
  }
  return out;
}

sheets::OutValue value_of(std::string const& column, std::string const& text) {
  if (column == "number") return static_cast<std::int64_t>(std::stoll(text));
  if (column == "birth_date" || column == "document_until") {
    if (auto const day = Date::parse(text)) return *day;
  }
  if (text.empty()) return std::monostate{};
  return text;
}

Result<std::string> render_manifest_xlsx(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                                         ManifestCopy const& copy) {
  auto const say = [&](std::string const& key) { return context.labels.text(viewer.language, "transfers." + key); };
  auto const path = case_files::new_private_file("manifest", context.clock.now());
  std::string content;
  {
    sheets::XlsxWriter writer(path);
    sheets::OutSheet sheet{say("manifest"), {}, true};
    for (auto const& column : copy.columns) {
      bool const is_short = column == "number" || column == "family" || column == "sex" || column == "nationality";
      sheet.columns.push_back({title_of(column, context.labels, viewer.language), is_short ? 9.0 : 20.0});
    }
    writer.add_sheet(sheet);
    for (auto const& person : manifest.persons) {
      std::vector<sheets::OutCell> cells;
      for (auto const& column : copy.columns)
        cells.push_back({value_of(column, cell_of(person, column, context.labels, viewer.language))});
      writer.row(cells);
    }
    writer.add_sheet({say("totals"), {{say("total"), 28}, {say("count"), 12}}, false});
    for (auto const& total : count_totals(manifest)) writer.row({{say("total." + total.code)}, {total.count}});
    if (copy.has_staff) {
      writer.add_sheet({say("staff"), {{say("name"), 28}, {say("function"), 20}, {say("document"), 18},
                                       {say("document_until"), 16}}, false});
      for (auto const& one : manifest.transport.escorts)
        writer.row({{one.name}, {context.labels.text(viewer.language, "codes.escort_function." + one.function)},
                    {one.document_number}, {value_of("document_until", one.document_until)}});
    }
    if (auto finished = writer.finish(); !finished) return tl::unexpected(finished.error());
    std::ifstream in(path, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (content.empty()) return refuse(Why::unavailable, {}, "the workbook could not be read back; check free space");
  return content;
}

}  // namespace

Result<paxlst::PassengerList> passenger_list_of(Context const& context, Manifest const& manifest,
                                                mrz::Transliteration const& letters) {
  auto const& transport = manifest.transport;
  paxlst::PassengerList list;
  list.sender = latin_words(context.directory.get_party(transport.party).code);
  list.receiver = latin_words(context.directory.get_party(transport.partner).code);
  list.reference = manifest.fingerprint().substr(0, interchange_reference_limit);
  list.made_at = whole_minute(manifest.made_at);
  if (!transport.legs.empty()) {
    auto const* from = find_point_of(manifest, transport.legs.front().from);
    auto const* to = find_point_of(manifest, transport.legs.back().to);
    for (auto const* point : {from, to}) {
      if (point == nullptr || point->code.empty())
        return refuse(Why::field_missing, "legs", "a carrier needs the code of each crossing point: give it one in the list");
    }
    list.from = latin_words(from->code);
    list.to = latin_words(to->code);
    list.number = latin_words(transport.legs.front().number);
    std::erase(list.number, ' ');
    list.carrier = latin_words(transport.legs.front().carrier);
  }
  list.departs_at = whole_minute(transport.departs_at());
  list.arrives_at = whole_minute(transport.arrives_at());
  for (auto const& one : manifest.persons) {
    auto surname = latin_name(letters, one.surname, one.reference);
    auto given_names = latin_name(letters, one.given_names, one.reference);
    if (!surname) return tl::unexpected(surname.error());
    if (!given_names) return tl::unexpected(given_names.error());
    // The reference of the file is not part of the copy for a carrier.
    list.persons.push_back({std::move(*surname), std::move(*given_names), one.sex == "X" ? std::string() : one.sex,
                            Date::parse(one.birth_date), one.nationality, latin_words(one.document_number),
                            one.document_issuer, Date::parse(one.document_until), {}});
  }
  return list;
}

Result<ManifestFile> make_manifest_file(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                                        ManifestCopy const& copy, mrz::Transliteration const& letters,
                                        std::string_view format) {
  auto const& say = context.labels;
  ManifestFile file;
  file.name = say.text(viewer.language, "transfers.manifest") + " " + manifest.transport.name + " – " +
              say.text(viewer.language, "transfers.copy." + copy.code) + "." + (format == "paxlst" ? "edi" : std::string(format));
  if (format == "pdf") {
    file.media_type = "application/pdf";
    file.content = as_text(detail::render_manifest_pdf(context, viewer, manifest, copy));
  } else if (format == "csv") {
    file.media_type = "text/csv; charset=utf-8";
    file.content = render_manifest_csv(context, viewer, manifest, copy);
  } else if (format == "xlsx") {
    file.media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    auto content = render_manifest_xlsx(context, viewer, manifest, copy);
    if (!content) return tl::unexpected(content.error());
    file.content = std::move(*content);
  } else if (format == "paxlst") {
    if (copy.code != "carrier")
      return refuse(Why::field_invalid, "copy", "a PAXLST is made from the copy for the carrier");
    auto const list = passenger_list_of(context, manifest, letters);
    if (!list) return tl::unexpected(list.error());
    file.media_type = "application/edifact";
    file.content = paxlst::render_paxlst(*list);
  } else {
    return refuse(Why::field_invalid, "format", "pdf, csv, xlsx or paxlst");
  }
  return file;
}

}  // namespace rcms::transfers
