// Any bytes as an index: refused, or, when every sum is right, read without touching what is outside. The first bytes that
// are given alter a good index, so that the sections are reached and not only the sums.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "engines/matching/build.hpp"
#include "engines/matching/search.hpp"

using namespace rcms::matching;

namespace {

std::filesystem::path file() {
  static auto const path = std::filesystem::temp_directory_path() / ("rcms-index-fuzz-" + std::to_string(::getpid()));
  return path;
}

std::string const& good_index() {
  static std::string const bytes = [] {
    Builder builder({});
    for (int number = 0; number < 20; ++number) {
      auto const id = std::to_string(number);
      auto const birth = std::to_string(1950 + number) + "-04-09";
      if (!builder.add({id, "ANA LUCIA", "LOPEZ", "IXCOY", birth, "F", "0901", "PEDRO", "LOPEZ", "ANA", "IXCOY", id + "123456"}))
        std::abort();
    }
    if (!builder.finish(file())) std::abort();
    std::ifstream in(file(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return bytes;
}

void open_and_ask(std::string const& bytes) {
  std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  auto const index = Index::open(file());
  if (!index) return;
  Query query;
  query.given = "ANA";
  query.surname1 = "LOPEZ";
  query.birth = "1960-04-09";
  static_cast<void>(Searcher(*index).search(query));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  open_and_ask({reinterpret_cast<char const*>(data), size});
  auto bytes = good_index();
  for (std::size_t at = 0; at + 3 < size && at < 40; at += 4) {
    auto const place = (std::size_t{data[at]} << 16 | std::size_t{data[at + 1]} << 8 | data[at + 2]) % bytes.size();
    bytes[place] = static_cast<char>(bytes[place] ^ data[at + 3]);
  }
  open_and_ask(bytes);
  return 0;
}
