// Files of persons and of questions, as `rcms registry` reads them: TSV without a heading, CSV or XLSX with one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engines/matching/build.hpp"
#include "engines/matching/rows.hpp"

namespace rcms::app {

/// Tells defects as they come, the first of them by line.
class Defects {
 public:
  void add(std::uint64_t line, std::string const& what);
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

/// A line that overwrites itself at a terminal, and nothing elsewhere.
void show_progress(std::string const& text);
void end_progress();

/// Gives all persons of a file to a builder. Throws CommandRefused when the file cannot be read to its end.
void read_persons(std::string const& path, matching::Builder& builder, Defects& defects);

/// A question with its line; the texts are its own.
struct AskedRow {
  std::uint64_t line = 0;
  std::string id;
  matching::Query query;
};
/// Called with some thousand questions at once.
using EachBlock = std::function<void(std::vector<AskedRow>& rows)>;

/// Questions in the columns of `registry search`. Throws as above.
void read_questions(std::string const& path, Defects& defects, EachBlock const& each);
/// Persons in the columns of `registry build`, to be asked for. Throws as above.
void read_persons_to_ask(std::string const& path, Defects& defects, EachBlock const& each);

}  // namespace rcms::app
