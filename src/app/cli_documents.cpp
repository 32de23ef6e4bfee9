#include "app/cli_documents.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "app/json_lines.hpp"
#include "app/mrz_lines.hpp"
#include "app/seal_lines.hpp"
#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/trust_bundle.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/mrz/state_codes.hpp"
#include "engines/mrz/transliteration.hpp"
#include "engines/mrz/writing.hpp"
#include "engines/mrz/zone_reading.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::app {

namespace {

constexpr std::size_t zone_bytes = 4'096;

std::string read_text(std::string const& file) {
  std::string text;
  if (std::filesystem::is_directory(file)) throw CommandRefused(file + " is a folder: name a file");
  if (file.empty() || file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CommandRefused(file + " cannot be read: look at its name and permissions");
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  if (text.size() > zone_bytes)
    throw CommandRefused("A machine readable zone is two or three short lines, not " + std::to_string(text.size()) + " bytes");
  return text;
}

std::string transliterated(mrz::Transliteration const& tables, std::string const& name, char const* option) {
  if (name.empty()) return {};
  auto const written = tables.name(name);
  if (!written)
    throw CommandRefused(fmt::format("{} cannot be written in a machine readable zone: {}", option, written.error().detail));
  return written->name;
}

std::string read_presented_file(std::string const& file) {
  if (std::filesystem::is_directory(file)) throw CommandRefused(file + " is a folder: name a file");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw CommandRefused(file + " cannot be read: look at its name and permissions");
  std::string content(std::istreambuf_iterator<char>(in), {});
  if (content.size() > travel_documents::presented_at_most)
    throw CommandRefused(file + " is larger than 8 MB: scan the page with less resolution");
  return content;
}

bool can_be_a_page(std::string_view content) {
  return content.starts_with("%PDF-") || content.starts_with("\x89PNG") || content.starts_with("\xff\xd8\xff");
}

/// The node here, unless it serves: then whom it trusts is fetched from it.
std::unique_ptr<Node> open_for_trust(Place const& place) {
  try {
    return open_node(place);
  } catch (db::Fault const& fault) {
    if (std::string_view(fault.what()).find("is open for writing") == std::string_view::npos) throw;
    throw CommandRefused(
        "The node serves: fetch whom it trusts with curl -o trust-bundle.json ADDRESS/api/trust-bundle, and add "
        "--trust trust-bundle.json; or use its page /verify");
  }
}

/// Whom to trust: a bundle that was fetched, or the States of the node here.
seal::TrustStore trust_of(EtdOptions const& options, Date today) {
  if (!options.trust.empty()) {
    auto trust = travel_documents::read_trust_bundle(read_presented_file(options.trust));
    if (!trust) refuse_command(trust.error());
    return std::move(*trust);
  }
  auto const node = open_for_trust(options.place);
  travel_documents::Desk desk(node->context(), {node->settings().data, node->settings().folder / "keys", false});
  return travel_documents::trust_of(desk, today);
}

int judge_seals(EtdOptions const& options) {
  NamedDer const known = options.certificates.empty() ? NamedDer{} : read_named_der(options.certificates);
  return answer_json_file(options.file, [&](auto const& question) { return judge_seal_line(question, known); }) ? 0 : 1;
}

}  // namespace

int verify_document(EtdOptions const& options) {
  if (options.json) return judge_seals(options);
  if (options.file.empty())
    throw CommandRefused("Name a PDF, PNG or JPEG of the page, the content of its barcode, or a text with its two lines");
  use_program_fonts();
  auto const today = date_in_zone(system_clock().now(), "UTC");
  auto const content = read_presented_file(options.file);
  if (!can_be_a_page(content) && !travel_documents::find_barcode_content(content) &&
      travel_documents::find_zone(content).empty()) {
    throw CommandRefused(
        options.file +
        " is neither a PDF, PNG or JPEG, nor the content of a barcode, nor a text with two lines of 36 characters");
  }
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(content.data());
  auto const answer = travel_documents::verify_presented({bytes, content.size()}, trust_of(options, today), today);
  fmt::print("{}\n", travel_documents::name_of(answer.word));
  for (auto const& step : answer.steps) fmt::print("{}\t{}\n", step.step, seal::name_of(step.outcome));
  if (answer.fields) {
    auto const& zone = *answer.fields;
    fmt::print("number\t{}\nissuing_state\t{}\nsurname\t{}\ngiven_names\t{}\nbirth\t{}\nexpiry\t{}\nsealed\t{}\n",
               zone.document_number, zone.issuing_state, zone.primary_identifier, zone.secondary_identifier, zone.date_of_birth,
               zone.date_of_expiry, answer.fields_are_sealed ? "yes" : "no");
  }
  if (answer.is_clock_doubtful) fmt::print(stderr, "The clock of this machine lies before the seal or the trust list: set it.\n");
  if (answer.is_trust_stale) fmt::print(stderr, "The trust list is {} days old: fetch a new one.\n", answer.trust_age_days);
  using travel_documents::VerdictWord;
  return answer.word == VerdictWord::genuine || answer.word == VerdictWord::compare_by_eye ? 0 : 1;
}

int parse_zone(MrzOptions const& options) {
  auto const codes = mrz::StateCodes::load(find_share("data"));
  auto const reading = mrz::parse_mrz(read_text(options.file), &codes);
  if (reading.document) {
    auto const& zone = *reading.document;
    fmt::print("format\t{}\ncode\t{}\nissuing_state\t{}\nnumber\t{}\nsurname\t{}\ngiven_names\t{}\n", mrz::name_of(zone.format),
               zone.document_code, zone.issuing_state, zone.document_number, zone.primary_identifier, zone.secondary_identifier);
    fmt::print("nationality\t{}\nbirth\t{}\nsex\t{}\nexpiry\t{}\noptional\t{}\n", zone.nationality, zone.date_of_birth, zone.sex,
               zone.date_of_expiry, zone.optional_data_1);
  }
  for (auto const& remark : reading.remarks) fmt::print("remark\t{}\n", mrz::name_of(remark));
  for (auto const& failed : reading.failed) fmt::print("failed\t{}\n", mrz::name_of(failed));
  fmt::print("valid\t{}\n", reading.is_valid() ? "yes" : "no");
  if (!reading.document) {
    fmt::print(stderr,
               "This is no machine readable zone: two lines of 36 or 44 characters, or three of 30, of A-Z, 0-9 and <.\n");
  }
  return reading.is_valid() ? 0 : 1;
}

int read_printed_zone(MrzOptions const& options) {
  auto const content = read_presented_file(options.file);
  auto const bytes = as_bytes(content);
  if (!can_be_a_page(content)) throw CommandRefused(options.file + " is neither a PDF, PNG nor JPEG");
  auto const picture = content.starts_with("%PDF-") ? render_pdf_page(bytes, 0, 200) : decode_picture(bytes);
  if (!picture) refuse_command(picture.error());
  auto const seen = mrz::read_zone({picture->width, picture->height, picture->grey});
  if (!seen) {
    fmt::print(stderr, "No machine readable zone was seen: two lines of OCR-B, flat, sharp and nearly level.\n");
    return 1;
  }
  for (auto const& line : seen->lines) fmt::print("{}\n", line);
  if (seen->certainty >= mrz::certain_enough) return 0;
  fmt::print(stderr, "The lines were not seen well: compare them with the paper, letter by letter.\n");
  return 1;
}

int check_zones(MrzOptions const& options) {
  auto const codes = mrz::StateCodes::load(find_share("data"));
  return answer_json_file(options.file, [&](auto const& question) { return check_zone_line(question, codes); }) ? 0 : 1;
}

int transliterate_names(MrzOptions const& options) {
  auto const tables = mrz::Transliteration::load(find_share("data"));
  return answer_json_file(options.file, [&](auto const& question) { return transliterate_line(question, tables); }) ? 0 : 1;
}

int build_zone(MrzOptions const& options) {
  auto const tables = mrz::Transliteration::load(find_share("data"));
  if (options.state.empty())
    return answer_json_file(options.file, [&](auto const& question) { return build_zone_line(question, tables); }) ? 0 : 1;
  auto const format = mrz::find_format(options.format);
  if (!format) throw CommandRefused("--format must be TD1, TD2, TD3, MRVA or MRVB, not '" + options.format + "'");
  auto const birth = PartialDate::parse(options.birth);
  if (!birth) throw CommandRefused("--birth must be yyyy-mm-dd, yyyy-mm or yyyy, not '" + options.birth + "'");
  auto const expiry = Date::parse(options.expiry);
  if (!expiry) throw CommandRefused("--expiry must be yyyy-mm-dd, not '" + options.expiry + "'");
  mrz::Document zone;
  zone.format = *format;
  zone.document_code = options.code;
  zone.issuing_state = options.state;
  zone.document_number = options.number;
  zone.nationality = options.nationality.empty() ? options.state : options.nationality;
  zone.date_of_birth = mrz::mrz_date(*birth);
  zone.sex = mrz::mrz_sex(options.sex);
  zone.date_of_expiry = mrz::mrz_date(*expiry);
  zone.primary_identifier = transliterated(tables, options.surname, "--surname");
  zone.secondary_identifier = transliterated(tables, options.given, "--given");
  zone.optional_data_1 = options.optional_data;
  auto const lines = mrz::build_mrz(zone);
  if (!lines) refuse_command(lines.error());
  for (auto const& line : *lines) fmt::print("{}\n", line);
  return 0;
}

}  // namespace rcms::app
