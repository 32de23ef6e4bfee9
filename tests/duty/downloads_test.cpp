// Every file that leaves, asked for over a socket: its type and name, and that it says what the API says.
#include <algorithm>
#include <map>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include "capabilities/case_files/deciding.hpp"
#include "duty/sample_world.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "foundation/sheets/archive.hpp"

using namespace rcms;
using namespace rcms::duty;
using case_files::text_of;
namespace json = boost::json;

namespace {

char const* const csv_type = "text/csv; charset=utf-8";
char const* const xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// 200, of that type, with its whole length.
std::string download(std::string const& login, std::string const& target, std::string_view type) {
  auto const answer = sample_world().node().get(login, target);
  CAPTURE(target);
  REQUIRE_MESSAGE(answer.status == 200, answer.body.substr(0, 300));
  CHECK_MESSAGE(answer.head.find(fmt::format("\r\nContent-Type: {}\r\n", type)) != std::string::npos, answer.head);
  CHECK(answer.head.find(fmt::format("\r\nContent-Length: {}\r\n", answer.body.size())) != std::string::npos);
  CHECK(answer.head.find("\r\nX-Content-Type-Options: nosniff\r\n") != std::string::npos);
  return answer.body;
}

json::value read(std::string const& login, std::string const& target) {
  auto const answer = sample_world().node().get(login, target);
  REQUIRE_MESSAGE(answer.status == 200, target << " " << answer.body.substr(0, 300));
  return answer.json();
}

std::string text_of_pdf(std::string const& pdf) {
  auto const pages = count_pdf_pages(as_bytes(pdf));
  REQUIRE(pages);
  std::string text;
  for (int page = 0; page < *pages; ++page) text += read_pdf_text(as_bytes(pdf), page).value();
  return text;
}

using Cells = std::vector<std::vector<std::string>>;

/// The rows of all sheets, without empty cells at their ends.
Cells cells_of(std::string const& file) {
  Cells cells;
  std::vector<std::string> names = {""};
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const table = sheets::read_table(file, {.sheet = names[i]});
    CHECK(table.report.is_complete());
    CHECK(table.report.defects.empty());
    if (i == 0 && !table.report.sheets.empty()) names = table.report.sheets;
    for (auto const& row : table.rows) {
      auto& line = cells.emplace_back();
      for (auto const& cell : row.cells) line.push_back(cell.text);
      while (!line.empty() && line.back().empty()) line.pop_back();
    }
  }
  return cells;
}

/// The first row that is not the same; empty when all are.
std::string difference(Cells const& one, Cells const& other) {
  if (one.size() != other.size()) return fmt::format("{} rows and {}", one.size(), other.size());
  for (std::size_t row = 0; row < one.size(); ++row) {
    if (one[row] != other[row]) return fmt::format("{}\n{}", fmt::join(one[row], "|"), fmt::join(other[row], "|"));
  }
  return {};
}

/// Every file of a ZIP by its name.
std::map<std::string, std::string> unpack(std::string const& zip) {
  auto archive = sheets::Archive::open(zip, {});
  REQUIRE(archive);
  std::map<std::string, std::string> files;
  for (auto const& name : archive->names()) {
    CHECK_FALSE(archive->read(name, [&](std::string_view piece) { return files[name] += piece, true; }));
  }
  return files;
}

/// The files of one package say what the API says of the same file, and the attachments are those of the API byte for byte.
void check_package(std::map<std::string, std::string> const& files, std::string const& folder, std::string const& login,
                   std::string const& at) {
  auto const of_api = read(login, at);
  REQUIRE(files.contains(folder + "application.json"));
  auto const machine = json::parse(files.at(folder + "application.json"));
  CHECK(machine.at("form") == of_api.at("content"));
  for (auto const* key : {"id", "reference", "state", "stage", "agreement"}) {
    CAPTURE(key);
    CHECK(machine.at(key) == of_api.at(key));
  }
  auto const& attachments = machine.at("attachments").as_array();
  CHECK(attachments.size() == of_api.at("attachments").as_array().size());
  for (auto const& one : attachments) {
    auto const& attachment = one.as_object();
    auto const name = folder + text_of(attachment, "path");
    CAPTURE(name);
    REQUIRE(files.contains(name));
    CHECK(files.at(name) == download(login, at + "/attachments/" + text_of(attachment, "id"), text_of(attachment, "type")));
    CHECK(to_hex(sha256(files.at(name))) == text_of(attachment, "sha256"));
  }
  auto const pdf = text_of_pdf(files.at(folder + "application.pdf"));
  for (auto const* words : {"Quispe Luna", "Puerto Lagos", "Utopia", "Arcadia"}) {
    CAPTURE(words);
    CHECK(pdf.find(words) != std::string::npos);
  }
  CHECK(pdf.find(text_of(of_api.as_object(), "reference")) != std::string::npos);
  CHECK(files.size() >= attachments.size() + 3);
}

}  // namespace

TEST_CASE("the slip of a task is a PDF with the card and nothing else") {
  auto const task = sample_world().find_path("/api/tasks/{id}")->target;
  auto const pdf = download("vera", task + "/slip", "application/pdf");
  CHECK(pdf.starts_with("%PDF-"));
  auto const text = text_of_pdf(pdf);
  for (auto const* words : {"Quispe Luna", "Ana María"}) CHECK_MESSAGE(text.find(words) != std::string::npos, words);
  CHECK(text.find(text_of(read("vera", task).as_object(), "reference")) != std::string::npos);
  for (auto const* words : {"RD-1/2031", "XAR-", secret_of_arcadia, secret_of_utopia})
    CHECK_MESSAGE(text.find(words) == std::string::npos, words);
  // A verifier of another body of the same State has no part in it.
  for (auto const* more : {"", "/slip"}) CHECK(sample_world().node().get("felipe", task + more).status == 404);
}

TEST_CASE("the table of the files is the same as CSV, as XLSX and in the API") {
  struct Row {
    char const* login;
    char const* noun;
  };
  for (auto const& row : {Row{"ana", "cases"}, Row{"ines", "applications"}}) {
    auto const [login, noun] = row;
    CAPTURE(row.noun);
    auto const base = std::string("/api/") + noun;
    auto const csv = cells_of(download(login, base + "/export?format=csv", csv_type));
    auto const xlsx = cells_of(download(login, base + "/export?format=xlsx", xlsx_type));
    CHECK(difference(csv, xlsx) == "");
    auto const listed = read(login, base + "?limit=100");
    auto const& items = listed.at("items").as_array();
    REQUIRE(csv.size() == items.size() + 1);
    CHECK(csv.size() > 3);
    for (auto const& item : items) {
      auto const reference = text_of(item.as_object(), "reference");
      auto const stands = std::count_if(csv.begin(), csv.end(), [&](auto const& line) {
        return std::find(line.begin(), line.end(), reference) != line.end();
      });
      CHECK_MESSAGE(stands == 1, reference);
    }
    auto const one = cells_of(download(login, base + "/export?format=csv&q=Berta", csv_type));
    REQUIRE(one.size() == 2);
    CHECK(std::find(one[1].begin(), one[1].end(), "Berta") != one[1].end());
  }
}

TEST_CASE("the complete package of a file holds what the API has of it, at either State") {
  auto const id = sample_world().case_id();
  for (auto const& row : {std::pair("ana", "/api/cases/" + id), std::pair("ines", "/api/applications/" + id)}) {
    auto const& [login, at] = row;
    CAPTURE(row.second);
    auto const files = unpack(download(login, at + "/package", "application/zip"));
    check_package(files, "", login, at);
    // The requesting State has the invitation to the interview besides; it stays there.
    std::size_t const expected = std::string_view(login) == "ana" ? 2 : 1;
    CHECK(json::parse(files.at("application.json")).at("attachments").as_array().size() == expected);
  }
  auto const requested = download("ines", "/api/applications/" + id + "/package", "application/zip");
  for (auto const& [name, content] : unpack(requested)) {
    CHECK_MESSAGE(content.find("RD-1/2031") == std::string::npos, name);
    if (name.ends_with(".pdf")) CHECK(text_of_pdf(content).find("RD-1/2031") == std::string::npos);
  }
}

TEST_CASE("packages of a selection stand in one ZIP, each in its folder") {
  auto& world = sample_world();
  std::vector<std::string> const ids = {world.case_id(), world.draft_id()};
  auto const answer =
      world.node().post("ana", "/api/cases/packages", json::serialize(json::object{{"ids", json::value_from(ids)}}));
  REQUIRE_MESSAGE(answer.status == 200, answer.body.substr(0, 300));
  auto const files = unpack(answer.body);
  for (auto const& id : ids) {
    auto const at = "/api/cases/" + id;
    auto const end = text_of(read("ana", at).as_object(), "reference") + "/application.json";
    auto const file = std::find_if(files.begin(), files.end(), [&](auto const& one) { return one.first.ends_with(end); });
    REQUIRE(file != files.end());
    check_package(files, file->first.substr(0, file->first.rfind('/') + 1), "ana", at);
  }
  auto const strange = world.node().post("ana", "/api/cases/packages",
                                         R"({"ids":["01890000-0000-7000-8000-00000000abcd"]})");
  CHECK(strange.status == 404);
}

TEST_CASE("the report of a month says the same as PDF, XLSX, CSV and in the API") {
  std::string const month = "?month=2031-01";
  auto const report = read("sara", "/api/reports/monthly" + month);
  auto const text = text_of_pdf(download("sara", "/api/reports/monthly/file" + month + "&format=pdf", "application/pdf"));
  auto const xlsx = cells_of(download("sara", "/api/reports/monthly/file" + month + "&format=xlsx", xlsx_type));
  auto const csv = cells_of(download("sara", "/api/reports/monthly/file" + month + "&format=csv", csv_type));
  auto const stands_in = [](Cells const& cells, std::string const& name, std::string const& value) {
    return std::any_of(cells.begin(), cells.end(), [&](auto const& row) {
      return std::find(row.begin(), row.end(), name) != row.end() && std::find(row.begin(), row.end(), value) != row.end();
    });
  };
  int compared = 0;
  for (auto const& one : report.at("figures").as_array()) {
    auto const& figure = one.as_object();
    if (figure.at("value").is_null() || !figure.at("unit").is_null()) continue;
    auto const name = text_of(figure, "name");
    auto const value = fmt::format("{}", figure.at("value").to_number<double>());
    CAPTURE(name);
    CAPTURE(value);
    CHECK(text.find(name) != std::string::npos);
    CHECK(stands_in(xlsx, name, value));
    CHECK(stands_in(csv, name, value));
    ++compared;
  }
  CHECK(compared > 2);
}
