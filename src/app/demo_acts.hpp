// What both halves of the acts of a story share.
#pragma once

#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_story.hpp"

namespace rcms::app {

inline Refused const& first_of(Refused const& refused) { return refused; }
inline Refused const& first_of(Findings const& findings) { return findings.front(); }

/// The answer, or a runtime_error that says what could not be done.
template <class Answer>
Answer const& must(char const* what, Answer const& answer) {
  if (!answer)
    throw std::runtime_error(fmt::format("The world of the demo cannot be made: {}: {}", what, first_of(answer.error()).detail));
  return answer;
}

/// True when the act was done; a refusal ends the story, or the making of the world.
template <class Answer>
bool DemoStory::done(char const* what, Answer const& answer) {
  if (!answer) {
    stop_with(what, first_of(answer.error()));
    return false;
  }
  return true;
}

}  // namespace rcms::app
