// Drawn portraits and papers of invented people, for the demo, its documentation and the tests. Nothing here is a
// photograph or resembles anybody on purpose. Pure functions: the same input gives the same bytes on one machine.
#pragma once

#include <cstdint>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::app {

/// What a portrait is drawn from. Everything that is not given comes from the seed.
struct Look {
  std::uint64_t seed = 1;
  bool female = false;
  int age = 30;          ///< years; 3 and more
  bool official = false;  ///< a jacket, as people wear at work in an authority
};

/// A portrait in the proportions of a passport photo, 35 to 45: JPEG of 420 × 540 pixels.
Bytes draw_portrait(Look const& look);

/// A person as their papers name them.
struct PaperPerson {
  std::string given;
  std::string surnames;
  std::string original_name;  ///< in another script, or empty
  bool female = false;
  Date birth;
  std::string place;
  std::string father;
  std::string mother;
  std::string document;  ///< number printed on the paper
  std::uint64_t seed = 1;
};

enum class PaperKind { birth_certificate, identity_card, passport_page };

/// The paper as an A4 page: PDF. `issued` and `expires` are printed where the kind has them.
Bytes draw_paper_pdf(PaperKind kind, PaperPerson const& person, Date issued, Date expires);

/// The paper as somebody photographed it with a telephone, a little askew on a table: JPEG of about 1200 pixels.
Bytes draw_paper_picture(PaperKind kind, PaperPerson const& person, Date issued, Date expires);

}  // namespace rcms::app
