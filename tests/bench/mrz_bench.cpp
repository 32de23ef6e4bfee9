// Reading and building of a TD2 zone, documents per second on one core.
#include <benchmark/benchmark.h>

#include "engines/mrz/reading.hpp"
#include "engines/mrz/writing.hpp"

namespace {

constexpr std::string_view first = "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<";
constexpr std::string_view second = "E1234567<4XXA9001011F2701312<<<<<<<0";

void read_td2(benchmark::State& state) {
  std::string_view const lines[] = {first, second};
  for (auto _ : state) benchmark::DoNotOptimize(rcms::mrz::parse_mrz(std::span<std::string_view const>(lines)));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_td2);

void build_td2(benchmark::State& state) {
  std::string_view const lines[] = {first, second};
  auto document = *rcms::mrz::parse_mrz(std::span<std::string_view const>(lines)).document;
  for (auto _ : state) benchmark::DoNotOptimize(rcms::mrz::build_mrz(document));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(build_td2);

}  // namespace
