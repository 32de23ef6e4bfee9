// What the authorities of the two States write to each other about a case.
#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/messages/actions.hpp"

namespace rcms::app {

namespace {

using case_files::Side;

/// Who begins, what they write, what the other State answers.
struct Thread {
  Side begins;
  char const* first;
  char const* answer;
};

constexpr Thread threads[] = {
    {Side::requested, "¿En qué año salió la persona del país? Con ese dato buscamos en el archivo de la municipalidad.",
     "The person says that they left in the spring nine years ago, by land, with a cousin."},
    {Side::requesting, "The person can be reached by video in the mornings. Would the week after next suit the consulate?",
     "Sí. El consulado propone el martes a las diez, hora de Utopía; enviaremos el enlace un día antes."},
    {Side::requested, "Al número del documento parece faltarle un dígito. ¿Pueden verificarlo en el original?",
     "You are right: the last digit, a 4, is hidden by the fold. We have seen the original."},
    {Side::requesting, "Please tell us by when the answer can be expected; seats for the escort have to be booked early.",
     "La búsqueda en el registro está hecha; falta la visita a la aldea. Contamos con responder esta semana."},
    {Side::requesting, "The person wishes to return to the department of the mother, not to the place of birth. Is that noted?",
     "Anotado. La oficina de recepción de ese departamento ha sido informada."},
    {Side::requested, "La persona figura en el registro con el apellido de soltera de la madre. ¿Usa ambos apellidos?",
     "Yes. Both are on the residence card; the second one was left out by mistake."},
};

}  // namespace

void DemoStory::write(Side side, char const* text) {
  auto const& writer = side == Side::requesting ? case_officer() : officer("jorge.uto");
  auto const sent = messages::send_message(context(), writer, side, id_, text);
  // The case has ended, or has not arrived yet: then nobody writes.
  if (sent || sent.error().why == Why::wrong_step || sent.error().why == Why::not_found) return;
  throw std::runtime_error(
      fmt::format("The world of the demo cannot be made: case {}, message: {}", index_, sent.error().detail));
}

void DemoStory::write_first() {
  auto const& thread = threads[index_ % std::size(threads)];
  write(thread.begins, thread.first);
}

void DemoStory::write_answer() {
  auto const& thread = threads[index_ % std::size(threads)];
  write(thread.begins == Side::requesting ? Side::requested : Side::requesting, thread.answer);
}

void DemoStory::write_thanks() {
  auto const side = threads[index_ % std::size(threads)].begins;
  write(side, side == Side::requesting ? "Thank you, that settles it." : "Gracias, con esto podemos seguir.");
}

void DemoStory::plan_messages(registry::Dice dice) {
  if (!dice.chance(40)) return;
  // After the receipt was confirmed, while the case is being verified.
  auto at = std::find_if(steps_.begin(), steps_.end(), [](Step const& step) { return step.act == &DemoStory::acknowledge; });
  if (at == steps_.end()) return;
  at = std::next(at, std::min<std::ptrdiff_t>(dice.between(1, 3), steps_.end() - at));
  std::vector<Step> talk{{0, 1, &DemoStory::write_first}, {0, 1, &DemoStory::write_answer}};
  if (dice.chance(30)) talk.push_back({0, 0, &DemoStory::write_thanks});
  if (dice.chance(25)) talk.resize(1);
  steps_.insert(at, talk.begin(), talk.end());
}

}  // namespace rcms::app
