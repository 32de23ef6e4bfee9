// Work on many rows by several threads, each with a room of its own.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace rcms::matching {

/// As many as were asked for; 0: one for each processor.
inline unsigned threads_of(unsigned asked) { return asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency()); }

/// Does `work(room, row)` for rows `begin` to `end`, a thread for each room; the order among rows is not known. Returns when all
/// are done.
template <class Room, class Work>
void for_all(std::vector<Room>& rooms, std::size_t begin, std::size_t end, Work const& work) {
  constexpr std::size_t rows_at_once = 64;
  std::atomic<std::size_t> next{begin};
  auto const run = [&](Room& room) {
    for (auto first = next.fetch_add(rows_at_once); first < end; first = next.fetch_add(rows_at_once))
      for (auto row = first; row < std::min(end, first + rows_at_once); ++row) work(room, row);
  };
  std::vector<std::thread> others;
  for (std::size_t other = 1; other < rooms.size(); ++other) others.emplace_back(run, std::ref(rooms[other]));
  run(rooms.front());
  for (auto& other : others) other.join();
}

}  // namespace rcms::matching
