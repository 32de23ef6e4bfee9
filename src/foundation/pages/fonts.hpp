// The fonts of the process. FreeType, and with it Cairo and Pango, keeps faces that threads must not open, use or close at the
// same time, also when each thread has a font map of its own. So there is one font map, and whoever sets text holds it.
#pragma once

#include <mutex>

struct _PangoFontMap;

namespace rcms {

/// Waits until no other thread holds the fonts. Held while text is measured or set, while a page with text is finished, and
/// while what was drawn with is given up. The same thread may hold them again.
[[nodiscard]] std::unique_lock<std::recursive_mutex> hold_fonts();

/// The font map of the process, for who holds the fonts; it stays the property of this module.
_PangoFontMap* shared_font_map();

}  // namespace rcms
