# The font of machine readable zones, converted to TrueType (scripts/make_ocrb.py says why), in the build's data folder.
set(RCMS_FONTS_DIR ${CMAKE_BINARY_DIR}/share/fonts)
add_custom_command(
  OUTPUT ${RCMS_FONTS_DIR}/OCRB.ttf
  COMMAND ${CMAKE_COMMAND} -E make_directory ${RCMS_FONTS_DIR}
  COMMAND /usr/bin/python3 ${PROJECT_SOURCE_DIR}/scripts/make_ocrb.py
    /usr/share/fonts/opentype/ocr-b/OCRB.otf ${RCMS_FONTS_DIR}/OCRB.ttf
  DEPENDS ${PROJECT_SOURCE_DIR}/scripts/make_ocrb.py
  VERBATIM)
add_custom_target(rcms_fonts ALL DEPENDS ${RCMS_FONTS_DIR}/OCRB.ttf)
