#include "stories/story.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

namespace rcms::stories {

namespace {

/// Words of a line; what stands in double quotes is one word. A `#` outside quotes ends the line.
std::vector<std::string> split_words(std::string const& line, std::string const& place) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == ' ' || line[at] == '\t') {
      ++at;
    } else if (line[at] == '#') {
      break;
    } else if (line[at] == '"') {
      auto const end = line.find('"', at + 1);
      if (end == std::string::npos) throw std::runtime_error(place + ": a quotation mark is not closed");
      words.push_back(line.substr(at + 1, end - at - 1));
      at = end + 1;
    } else {
      auto const end = std::min(line.find_first_of(" \t", at), line.size());
      words.push_back(line.substr(at, end - at));
      at = end;
    }
  }
  return words;
}

Expected read_expected(std::vector<std::string> const& words, std::string const& place) {
  Expected expected;
  std::size_t at = 0;
  auto const next = [&] { return at < words.size() ? words[at++] : std::string(); };
  expected.state = next();
  if (expected.state.empty()) throw std::runtime_error(place + ": nothing stands after ->");
  if (expected.state == "refused" && at < words.size() && words[at] != "due" && words[at] != "evidence") {
    expected.state.clear();
    expected.refused = next();
  }
  if (at < words.size() && words[at] == "due") {
    ++at;
    expected.due_kind = next();
    expected.due_on = next();
    bool const known = expected.due_on == "paused" || expected.due_on == "none" || Date::parse(expected.due_on);
    if (!known) throw std::runtime_error(place + ": write 'due KIND yyyy-mm-dd', 'due KIND paused' or 'due KIND none'");
  }
  if (at < words.size() && words[at] == "evidence") {
    if (words.size() - at < 4) throw std::runtime_error(place + ": write 'evidence PURPOSE RESULT SUFFICIENT'");
    expected.evidence_of = words[at + 1];
    expected.evidence_result = words[at + 2] + " " + words[at + 3];
    at += 4;
  }
  if (at < words.size())
    throw std::runtime_error(place + ": after the state only 'due KIND DAY' and 'evidence PURPOSE RESULT SUFFICIENT' may stand");
  return expected;
}

Line read_line(std::vector<std::string> words, std::string const& file, int number) {
  Line line;
  line.file = file;
  line.number = number;
  if (auto const arrow = std::find(words.begin(), words.end(), "->"); arrow != words.end()) {
    line.expected = read_expected({arrow + 1, words.end()}, line.place());
    words.erase(arrow, words.end());
  }
  auto const day = words.empty() ? std::nullopt : Date::parse(words[0]);
  if (!day || words.size() < 3) throw std::runtime_error(line.place() + ": a line is a day, who acts, what they do");
  line.day = *day;
  auto const at = words[1].find('@');
  line.login = words[1].substr(0, at);
  if (at != std::string::npos) line.party = words[1].substr(at + 1);
  line.act = words[2];
  if (line.login != "clock" && line.party.empty()) throw std::runtime_error(line.place() + ": write the person as login@STATE");
  std::size_t next = 3;
  if (next < words.size() && words[next] == "application") {
    if (next + 1 == words.size()) throw std::runtime_error(line.place() + ": which application?");
    line.application = std::stoi(words[next + 1]);
    next += 2;
  }
  if ((words.size() - next) % 2 != 0)
    throw std::runtime_error(line.place() + ": words after the application are pairs of name and value");
  for (; next < words.size(); next += 2) line.words.emplace_back(words[next], words[next + 1]);
  return line;
}

void read_lines(std::filesystem::path const& path, Story& story) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path.string() + " cannot be read");
  auto const file = path.filename().string();
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (number == 1 && story.title.empty() && text.starts_with("# ")) story.title = text.substr(2);
    auto words = split_words(text, fmt::format("{}:{}", file, number));
    if (words.empty()) continue;
    if (words[0] == "agreement" && words.size() == 2) {
      story.agreement = words[1];
    } else if (words[0] == "begin" && words.size() == 2) {
      auto const folder = path.extension() == ".part" ? path.parent_path() : path.parent_path() / "parts";
      read_lines(folder / (words[1] + ".part"), story);
    } else {
      story.lines.push_back(read_line(std::move(words), file, number));
    }
  }
}

}  // namespace

std::string Line::word(std::string_view name) const {
  for (auto const& [key, value] : words) {
    if (key == name) return value;
  }
  return {};
}

bool Line::has(std::string_view name) const {
  return std::any_of(words.begin(), words.end(), [&](auto const& pair) { return pair.first == name; });
}

std::vector<Person> read_people(std::filesystem::path const& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + " cannot be read");
  std::vector<Person> people;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    auto const words = split_words(text, fmt::format("{}:{}", file.filename().string(), number));
    if (words.empty()) continue;
    if (words.size() < 4)
      throw std::runtime_error(fmt::format("{}:{}: login, State, body, roles", file.filename().string(), number));
    people.push_back({words[0], words[1], {words.begin() + 3, words.end()}, words[2]});
  }
  return people;
}

Story read_story(std::filesystem::path const& file) {
  Story story;
  story.name = file.stem().string();
  read_lines(file, story);
  if (story.agreement.empty()) throw std::runtime_error(file.filename().string() + ": name the agreement");
  return story;
}

std::vector<Story> read_stories(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".story") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Story> stories;
  for (auto const& file : files) stories.push_back(read_story(file));
  return stories;
}

}  // namespace rcms::stories
