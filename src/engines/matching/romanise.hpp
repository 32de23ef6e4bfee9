// Letters of Arabic, Urdu, Persian, Bengali and Cyrillic in capital Latin ones, for comparing only; never for writing a document.
#pragma once

#include <string>
#include <string_view>

namespace rcms::matching {

/// The word in Latin letters: capitals, or small letters when its script leaves out short vowels; letters of other scripts
/// stay. `word` is NFC without case, as `search_form` gives it.
/// Source: values of the letters as in the Unicode names; Cyrillic as in Doc 9303-3 table B, but one letter where it has two.
std::string romanised(std::string_view word);

}  // namespace rcms::matching
