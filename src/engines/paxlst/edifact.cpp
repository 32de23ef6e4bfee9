#include "engines/paxlst/edifact.hpp"

#include <algorithm>

namespace rcms::paxlst {

namespace {

constexpr std::string_view service_string = "UNA:+.? '";
constexpr std::string_view special = ":+?'";

struct Marks {
  char component = ':';
  char element = '+';
  char release = '?';
  char end = '\'';
};

void write_text(std::string& out, std::string_view text) {
  for (char const one : text) {
    if (special.find(one) != std::string_view::npos) out += '?';
    out += one;
  }
}

bool is_tag(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char one) { return one >= 'A' && one <= 'Z'; });
}

}  // namespace

std::string_view Segment::at(std::size_t element, std::size_t component) const {
  if (element >= elements.size() || component >= elements[element].size()) return {};
  return elements[element][component];
}

std::string render_segments(std::vector<Segment> const& segments) {
  std::string out(service_string);
  out += '\n';
  for (auto const& segment : segments) {
    std::string line = segment.tag;
    std::size_t kept = line.size();
    for (auto const& element : segment.elements) {
      line += '+';
      std::size_t whole = line.size();
      for (std::size_t c = 0; c < element.size(); ++c) {
        if (c > 0) line += ':';
        write_text(line, element[c]);
        if (!element[c].empty()) whole = line.size();
      }
      line.resize(whole);
      if (line.back() != '+' || (line.size() > 1 && line[line.size() - 2] == '?')) kept = line.size();
    }
    line.resize(kept);
    out += line + "'\n";
  }
  return out;
}

Result<std::vector<Segment>> parse_segments(std::string_view text) {
  if (text.size() > interchange_limit) return refuse(Why::too_large, "message");
  Marks marks;
  if (text.starts_with("UNA") && text.size() >= service_string.size()) {
    marks = {text[3], text[4], text[6], text[8]};
    text.remove_prefix(service_string.size());
  }
  std::vector<Segment> segments;
  std::vector<std::vector<std::string>> elements{{""}};
  bool is_begun = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const one = text[i];
    if (!is_begun && (one == '\n' || one == '\r' || one == ' ')) continue;
    is_begun = true;
    if (one == marks.release) {
      if (++i == text.size()) return refuse(Why::malformed, "message", "a release character at the end");
      elements.back().back() += text[i];
    } else if (one == marks.component) {
      elements.back().emplace_back();
    } else if (one == marks.element) {
      elements.push_back({""});
    } else if (one == marks.end) {
      Segment segment{std::move(elements.front().front()), {elements.begin() + 1, elements.end()}};
      if (!is_tag(segment.tag)) return refuse(Why::malformed, "message", "a segment has no tag");
      segments.push_back(std::move(segment));
      elements = {{""}};
      is_begun = false;
    } else {
      elements.back().back() += one;
    }
  }
  if (is_begun) return refuse(Why::malformed, "message", "the last segment has no end");
  return segments;
}

}  // namespace rcms::paxlst
