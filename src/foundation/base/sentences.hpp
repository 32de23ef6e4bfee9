// The sentences of refusals: written in English where something is refused, said to a person in their language.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/labels.hpp"

namespace rcms {

/// Finds the label whose English pattern a sentence was made of ("at most {a} characters") and says it in another language. An
/// argument that is a code of ours is named for what it is ({gate}, {gates}, {action}, {state}, {permission}, {role},
/// {role2}): its word stands in the sentence, in English too.
/// Immutable, shared by all threads.
class Sentences {
 public:
  /// `file`: `details.en.json`, flat object of key → pattern with text arguments only. `labels` has the same keys in every
  /// language and outlives this. Throws std::runtime_error when the file cannot be read or two keys have the same pattern.
  Sentences(Labels const& labels, std::filesystem::path const& file);

  /// The sentence in the language; as it is when it is asked for in English or no label says it.
  std::string say(std::string_view language, std::string_view english) const;
  bool knows(std::string_view english) const;

 private:
  /// The words between the arguments, one more than there are arguments.
  struct Pattern {
    std::string key;
    std::vector<std::string> pieces;
    std::vector<std::string> names;
  };
  struct Found {
    std::string key;
    LabelArguments arguments;
  };
  Found find(std::string_view english) const;

  Labels const& labels_;
  std::map<std::string, std::string, std::less<>> whole_;  ///< sentence without arguments → key
  std::vector<Pattern> patterns_;                          ///< those with most words first
};

}  // namespace rcms
