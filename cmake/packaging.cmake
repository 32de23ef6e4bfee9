# The Debian package, from the release build:  cmake --build build/release && cd build/release && cpack -G DEB
# The web application is taken from build/web, where ./setup puts it.
include(GNUInstallDirs)
set(SHARE share/rcms)

if(TARGET rcms)
  install(TARGETS rcms RUNTIME DESTINATION bin)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/data DESTINATION ${SHARE})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/db/migrations DESTINATION ${SHARE}/db)
install(DIRECTORY ${RCMS_FONTS_DIR} DESTINATION ${SHARE})
if(EXISTS ${PROJECT_SOURCE_DIR}/build/web/index.html)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/build/web DESTINATION ${SHARE} PATTERN ".*" EXCLUDE)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/packaging/rcms.toml DESTINATION ${SHARE})
install(PROGRAMS ${PROJECT_SOURCE_DIR}/packaging/backup.sh DESTINATION ${SHARE} RENAME backup)
install(FILES packaging/rcms.service packaging/rcms-backup.service packaging/rcms-backup.timer
  DESTINATION lib/systemd/system)
install(FILES docs/administrator_guide.md docs/security.md docs/dependencies.md
  packaging/postgresql.md packaging/nginx.conf LICENSE
  DESTINATION share/doc/rcms)

install(FILES LICENSE DESTINATION share/doc/rcms RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rcms)
set(CPACK_PACKAGE_VENDOR "RCMS")
set(CPACK_PACKAGE_CONTACT "RCMS administrators <rcms@rcms.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Readmission case management for two States")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, fonts-noto-core, tzdata, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql-client-15 | postgresql-client, nginx")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/postinst
  ${PROJECT_SOURCE_DIR}/packaging/debian/prerm)
include(CPack)
