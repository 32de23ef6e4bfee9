#include "capabilities/applications/slip.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/canvas.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::applications {

namespace {

constexpr double left = 16;
constexpr double right = 194;
constexpr double photo_width = 42;
constexpr double photo_height = 54;
/// Where the part begins that is filled in by hand.
constexpr double answer_top = 190;
constexpr auto ink = Colour::hex(0x1B1F24);
constexpr auto grey = Colour::hex(0x56606B);
constexpr auto accent = Colour::hex(0x1F3A5F);

struct Line {
  std::string label;
  std::string text;
};

class Slip {
 public:
  Slip(Context const& context, access::Viewer const& receiver, VerificationTask const& task, Bytes const& photo)
      : context_(context),
        receiver_(receiver),
        language_(receiver.language),
        task_(task),
        photo_(photo),
        canvas_(a4, information()) {}

  Bytes run() {
    head();
    person();
    answer();
    return canvas_.finish();
  }

 private:
  std::string say(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(language_, key, arguments);
  }

  std::string reference() const { return case_files::text_of(task_.card, "reference"); }

  DocumentInformation information() const {
    DocumentInformation information;
    information.title = say("packages.slip.title") + " " + reference();
    information.author = context_.directory.get_party(task_.party).names.in(language_);
    information.language = language_;
    information.created_at = task_.created_at;
    return information;
  }

  TextStyle style(double size_pt, Weight weight = Weight::normal, Colour const& colour = ink, double width = 0) const {
    TextStyle style;
    style.size_pt = size_pt;
    style.weight = weight;
    style.colour = colour;
    style.width_mm = width;
    style.language = language_;
    return style;
  }

  void head() {
    canvas_.rectangle(0, 0, 210, 27, accent);
    canvas_.text(left, 6, context_.directory.get_party(task_.party).names.in(language_),
                 style(10, Weight::normal, Colour::hex(0xFFFFFF)));
    canvas_.text(left, 12, say("codes.task_kind." + task_.kind), style(20, Weight::bold, Colour::hex(0xFFFFFF)));
    auto end = style(11, Weight::normal, Colour::hex(0xFFFFFF), 80);
    end.align = Align::end;
    canvas_.text(right - 80, 6, reference(), end);
    end.size_pt = 13;
    end.weight = Weight::bold;
    canvas_.text(right - 80, 14, say("packages.slip.due", {{"day", context_.labels.date(language_, task_.due_on)}}), end);
  }

  std::string part_words(forms::Field const& part, boost::json::value const& held) const {
    if (!held.is_string()) return {};
    std::string const text(held.get_string());
    if (part.type == forms::Type::code) return say("codes." + part.codes + "." + text);
    auto const day = Date::parse(text);
    return day ? context_.labels.date(language_, *day) : text;
  }

  /// "Mother, Rosa Solano, Barrio San Juan": an entry without the names of its parts, so that the type can be large.
  std::string entry_words(forms::Field const& field, boost::json::value const& entry) const {
    std::vector<std::string> words;
    for (auto const& part : field.parts) {
      if (part.type == forms::Type::file || part.type == forms::Type::files) continue;  // not for paper
      auto const* held = find_member(entry, part.code);
      auto text = held == nullptr ? std::string() : part_words(part, *held);
      if (!text.empty()) words.push_back(std::move(text));
    }
    return join(words, ", ");
  }

  std::string words_of(forms::Form const& form, forms::PresentedField const& shown) const {
    auto const* field = forms::find_field(form, shown.path);
    auto const dot = shown.path.find('.');
    auto const* section = find_member(task_.card.at("content"), shown.path.substr(0, dot));
    auto const* held =
        field == nullptr || field->parts.empty() || section == nullptr ? nullptr : find_member(*section, field->code);
    if (held == nullptr) return join(shown.lines, "\n");
    if (!held->is_array()) return entry_words(*field, *held);
    std::vector<std::string> entries;
    for (auto const& entry : held->get_array()) entries.push_back(entry_words(*field, entry));
    return join(entries, "\n");
  }

  std::vector<Line> lines() const {
    auto const& form = task_.kind == "field_check" ? context_.norms.field_slip_form : context_.norms.application_form;
    std::vector<Line> lines;
    for (auto const& section : forms::present_content(form, context_.labels, language_, task_.card.at("content"))) {
      for (auto const& field : section.fields) {
        bool const in_title = field.path == "A_person.surname" || field.path == "A_person.given_names";
        if (in_title || field.type == forms::Type::file || field.type == forms::Type::files) continue;
        lines.push_back({field.label, words_of(form, field)});
      }
    }
    return lines;
  }

  /// Places where the photo stands are narrower.
  double width_at(double y) const { return y < 34 + photo_height + 4 ? right - left - photo_width - 6 : right - left; }

  double set_line(double y, Line const& line, double size, bool draw) {
    auto const width = width_at(y);
    auto key = style(size * 0.68, Weight::normal, grey, width);
    auto value = style(size, Weight::bold, ink, width);
    auto const key_height = canvas_.measure(line.label, key).height_mm;
    auto const height = key_height + canvas_.measure(line.text, value).height_mm;
    if (draw) {
      canvas_.text(left, y, line.label, key);
      canvas_.text(left, y + key_height, line.text, value);
    }
    return height + size * 0.18;
  }

  double set_lines(double top, std::vector<Line> const& lines, double size, bool draw) {
    auto y = top;
    for (auto const& line : lines) {
      if (draw && y > answer_top - 8) break;
      y += set_line(y, line, size, draw);
    }
    return y;
  }

  void person() {
    auto const& content = task_.card.at("content").as_object();
    auto const x = right - photo_width;
    canvas_.rectangle(x, 34, photo_width, photo_height, Colour::hex(0xF4F6F8));
    if (auto drawn = canvas_.image(x, 34, photo_width, photo_height, photo_); !drawn) {
      auto none = style(9, Weight::normal, grey, photo_width - 4);
      none.align = Align::centre;
      canvas_.text(x + 2, 34 + photo_height / 2 - 3, say("packages.no_photo"), none);
    }
    canvas_.frame(x, 34, photo_width, photo_height, {Colour::hex(0x9AA5B1), 0.3});
    auto name = style(24, Weight::bold, ink, right - left - photo_width - 6);
    name.lines_at_most = 3;
    auto const top = 34 + canvas_.text(left, 34, case_files::summarise(content).name, name).height_mm + 3;
    auto all = lines();
    if (!task_.note.empty()) all.push_back({say("packages.slip.asked"), task_.note});
    double size = 15;
    while (size > 7 && set_lines(top, all, size, false) > answer_top - 4) size -= 0.5;
    set_lines(top, all, size, true);
  }

  void box(double x, double y, std::string const& text, double width) {
    canvas_.frame(x, y, 6, 6, {ink, 0.5}, 0.8);
    canvas_.text(x + 9, y + 0.4, text, style(12.5, Weight::normal, ink, width - 9));
  }

  void writing_line(double y, std::string const& label, double from, double to) {
    canvas_.line({from, y}, {to, y}, {grey, 0.25});
    canvas_.text(from, y + 0.8, label, style(8.5, Weight::normal, grey));
  }

  /// What the verifier ticks, writes and signs.
  void answer() {
    canvas_.line({left, answer_top}, {right, answer_top}, {accent, 0.7});
    canvas_.text(left, answer_top + 3, say("packages.slip.found"), style(14, Weight::bold, accent));
    auto const list = task_.kind == "field_check" ? "field_result" : "task_result";
    auto const& options = context_.norms.codes.at(list);
    double const column = (right - left) / 2;
    double y = answer_top + 13;
    for (std::size_t i = 0; i < options.size(); ++i) {
      box(left + (i % 2 == 0 ? 0 : column), y, say(std::string("codes.") + list + "." + options[i]), column - 4);
      if (i % 2 == 1 || i + 1 == options.size()) y += 10;
    }
    writing_line(y + 9, say("packages.slip.asked_whom"), left, right);
    writing_line(y + 23, say("packages.slip.remarks"), left, right);
    writing_line(y + 36, "", left, right);
    writing_line(273, say("packages.slip.visited_on"), left, left + 50);
    writing_line(273, say("packages.slip.signature"), left + 60, right);
    auto small = style(8, Weight::normal, grey, right - left);
    small.align = Align::centre;
    canvas_.text(left, 284, say("packages.slip.discretion"), small);
    auto const day = context_.labels.date(language_, case_files::today_of(context_, receiver_.party));
    small.weight = Weight::bold;
    canvas_.text(left, 289, say("packages.slip.copy", {{"name", receiver_.name}, {"day", day}}), small);
  }

  Context const& context_;
  access::Viewer const& receiver_;
  std::string language_;
  VerificationTask const& task_;
  Bytes const& photo_;
  Canvas canvas_;
};

}  // namespace

Bytes render_slip(Context const& context, access::Viewer const& receiver, VerificationTask const& task, Bytes const& photo) {
  return Slip(context, receiver, task, photo).run();
}

}  // namespace rcms::applications
