// The face box: what is refused, that exactly the box is printed, and what is said of the background.
#include <doctest/doctest.h>

#include "capabilities/travel_documents/photo_crop.hpp"
#include "foundation/files/picture.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// White paper with a dark face in the box of 280 × 360 at 100, 40.
Bytes photograph(std::uint8_t left = 235, std::uint8_t right = 235) {
  Picture picture{480, 440, std::vector<std::uint8_t>(480 * 440)};
  for (int y = 0; y < 440; ++y) {
    for (int x = 0; x < 480; ++x) {
      bool const is_face = x >= 170 && x < 310 && y >= 90 && y < 350;
      picture.grey[static_cast<std::size_t>(y * 480 + x)] = is_face ? 60 : x < 240 ? left : right;
    }
  }
  return encode_png(picture);
}

TEST_CASE("a face box is proposed in the middle, and one that leaves the picture or is too small is refused") {
  auto const photo = photograph();
  auto const proposed = note_on_photo(files::FileType::png, photo, {}).value();
  CHECK(proposed.width == 480);
  CHECK(proposed.box.width == 342);
  CHECK(proposed.box.height() == 440);
  CHECK(proposed.box.left == 69);
  CHECK(proposed.dpi == 248);
  CHECK(proposed.background == "even");
  CHECK(crop_photo(files::FileType::png, photo, proposed.box).has_value());
  struct Row {
    FaceBox box;
    char const* said;
  };
  for (auto const& row :
       {Row{{100, 40, 209}, "209 pixels wide; 210 are needed"}, Row{{-1, 0, 300}, "480 × 440"}, Row{{0, 56, 300}, "480 × 440"},
        Row{{181, 0, 300}, "move it inside"}, Row{{0, 0, 0}, "move it inside"}, Row{{0, 0, 1'000'000}, "move it inside"},
        Row{{1'000'000, 1'000'000, 300}, "move it inside"}}) {
    CAPTURE(row.box.left);
    CAPTURE(row.box.width);
    for (auto const& refused : {note_on_photo(files::FileType::png, photo, row.box).error(),
                                crop_photo(files::FileType::png, photo, row.box).error()}) {
      CHECK(refused.why == Why::field_invalid);
      CHECK(refused.field == "photo");
      CHECK(refused.detail.find(row.said) != std::string::npos);
    }
  }
  CHECK(crop_photo(files::FileType::png, photo, {0, 55, 299}).has_value());
  Picture const narrow{210, 400, std::vector<std::uint8_t>(210 * 400, 255)};
  CHECK(note_on_photo(files::FileType::png, encode_png(narrow), {})->box == FaceBox{0, 65, 210});
  CHECK(face_box_of(text_of(FaceBox{3, 40, 300})) == FaceBox{3, 40, 300});
  CHECK(face_box_of("").empty());
}

TEST_CASE("the background is called even, uneven or dark by both sides of the head") {
  FaceBox const box{100, 40, 280};
  auto const said = [&](std::uint8_t left, std::uint8_t right) {
    return note_on_photo(files::FileType::png, photograph(left, right), box)->background;
  };
  CHECK(said(235, 235) == "even");
  CHECK(said(235, 200) == "uneven");
  CHECK(said(90, 90) == "dark");
  CHECK(said(235, 90) == "dark");
}

TEST_CASE("exactly the box is cut out, in colour, and large pictures are made smaller") {
  auto const cut = crop_photo(files::FileType::png, photograph(), {170, 90, 210}).value();
  auto const face = files::decode_picture(files::FileType::jpeg, cut, 1'000'000).value();
  CHECK(face.width == 210);
  CHECK(face.height == 270);
  auto const at = [&](std::uint32_t x, std::uint32_t y) { return face.pixels[(y * face.width + x) * 3]; };
  CHECK(at(2, 2) < 75);
  CHECK(at(135, 255) < 75);
  CHECK(at(145, 255) > 220);
  CHECK(at(135, 264) > 220);
  files::Picture large{1400, 1800, Bytes(std::size_t{1400} * 1800 * 3)};
  for (std::size_t i = 0; i < large.pixels.size(); i += 3) large.pixels[i] = 200;  // red
  auto const jpeg = files::render_jpeg(large);
  auto const small = files::decode_picture(files::FileType::jpeg,
                                           crop_photo(files::FileType::jpeg, jpeg, {0, 0, 1400}).value(), 1'000'000)
                         .value();
  CHECK(small.height == 771);
  CHECK(small.pixels[0] > 180);
  CHECK(small.pixels[1] < 30);
}

TEST_CASE("a document carries the chosen part of the photograph; the register shows the same") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application({}, false);
    auto file = case_files::find_case_file(world.database, world.people.utopia.id, Side::requested, id).value();
    db::Command command;
    auto const record = world.attachments
                            .take_in(case_files::subject_of(file), "face.png", "photo", photograph(), "exchange")
                            .value();
    files::add_file(command, record);
    REQUIRE(world.database.write(command).outcome == db::Outcome::written);
    auto nobody = world.carla;
    nobody.permissions.erase("document.issue");
    CHECK(note_on_portrait(world.desk, nobody, id, {}).error().why == Why::not_permitted);
    CHECK(note_on_portrait(world.desk, world.carla, id, {})->box.width == 342);
    IssueInput input;
    input.face = FaceBox{170, 90, 100};
    CHECK(preview_document(world.desk, world.carla, id, input).error().field == "photo");
    CHECK(issue_document(world.desk, world.carla, id, input, {}).error().field == "photo");
    CHECK(world.state_of(id) == "accepted");
    input.face = FaceBox{100, 40, 280};
    auto const document = world.issue(id, input);
    auto const kept = find_document(world.database, world.people.utopia.id, document.number).value();
    CHECK(kept.face == *input.face);
    auto const shown = read_holder_portrait(world.desk, kept).value();
    CHECK(shown.media_type == "image/jpeg");
    CHECK(files::decode_picture(files::FileType::jpeg, shown.content, 1'000'000)->width == 280);
    // In the frame of 35 × 45 mm at 15, 93 of the A4 sheet the dark face begins where it does in the box.
    auto const page = render_pdf_page(read_document_pdf(world.desk, document).value(), 0, 127).value();  // 5 pixels a mm
    auto const shade = [&](double x_mm, double y_mm) {
      return static_cast<int>(page.at(static_cast<int>((15 + x_mm) * 5), static_cast<int>((93 + y_mm) * 5)));
    };
    CHECK(shade(35 * 60 / 280.0, 22) > 200);
    CHECK(shade(35 * 80 / 280.0, 22) < 100);
    CHECK(shade(35 * 200 / 280.0, 22) < 100);
    CHECK(shade(35 * 220 / 280.0, 22) > 200);
  });
}

}  // namespace
}  // namespace rcms::travel_documents
