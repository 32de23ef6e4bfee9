// Any bytes as the worksheet, the styles, the texts or the whole of a workbook. The first byte chooses which, because a fuzzer
// hardly finds its way through the compression.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/sheets/sheet.hpp"

namespace {

std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (char c : bytes) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
  }
  return ~crc;
}

void add(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// A ZIP with stored entries.
std::string zip_of(std::vector<std::pair<std::string, std::string>> const& parts) {
  std::string out;
  std::string directory;
  for (auto const& [name, content] : parts) {
    auto const offset = out.size();
    std::string common;
    for (auto value : {20, 0, 0, 0, 0x21}) add(common, static_cast<std::uint64_t>(value), 2);
    add(common, crc_of(content), 4);
    add(common, content.size(), 4);
    add(common, content.size(), 4);
    add(common, name.size(), 2);
    add(common, 0, 2);
    out += "PK\x03\x04" + common + name + content;
    directory += "PK\x01\x02";
    add(directory, 20, 2);
    directory += common;
    add(directory, 0, 2);
    add(directory, 0, 4);
    add(directory, 0, 4);
    add(directory, offset, 4);
    directory += name;
  }
  auto const start = out.size();
  out += directory + "PK\x05\x06";
  add(out, 0, 4);
  add(out, parts.size(), 2);
  add(out, parts.size(), 2);
  add(out, directory.size(), 4);
  add(out, start, 4);
  add(out, 0, 2);
  return out;
}

std::string const relations =
    "<R><Relationship Id='a' Type='/worksheet' Target='s.xml'/><Relationship Id='b' Type='/styles' Target='t.xml'/>"
    "<Relationship Id='c' Type='/sharedStrings' Target='u.xml'/></R>";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string const rest(reinterpret_cast<char const*>(data) + 1, size - 1);
  std::string content = rest;
  if (data[0] % 4 != 0) {
    std::vector<std::pair<std::string, std::string>> parts = {
        {"_rels/.rels", "<R><Relationship Id='a' Type='/officeDocument' Target='w.xml'/></R>"},
        {"w.xml", "<workbook><sheets><sheet name='A' id='a'/></sheets></workbook>"},
        {"_rels/w.xml.rels", relations},
        {"s.xml", "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>4e4</v></c></row></sheetData></worksheet>"},
        {"t.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
        {"u.xml", "<sst><si><t>x</t></si></sst>"}};
    parts[2 + data[0] % 4].second = rest;
    content = zip_of(parts);
  }
  rcms::sheets::ReadOptions options;
  options.limits.cell_bytes = 64;
  options.limits.columns = 8;
  auto const report = rcms::sheets::read_xlsx(content, options, [](rcms::sheets::Row const& row) {
    if (row.cells.size() > 8) std::abort();
    return true;
  });
  for (auto const& defect : report.defects) static_cast<void>(rcms::sheets::sentence_of(defect));
  return 0;
}
