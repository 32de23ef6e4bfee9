# Language level, warnings, sanitizers, ccache and mold: the same for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)  # see docs/decisions/0005

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(rcms_options INTERFACE)
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The hidden part of a class stands in one file; joined with others GCC takes that file for a header.
  target_compile_options(rcms_options INTERFACE -Wno-subobject-linkage)
endif()
target_compile_options(rcms_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 warns falsely inside libstdc++ and Boost at -O2 with sanitizers.
  target_compile_options(rcms_options INTERFACE -fcoroutines -Wno-maybe-uninitialized -Wno-stringop-overflow
    -Wno-stringop-overread -Wno-array-bounds -Wno-restrict -Wno-dangling-pointer -Wno-missing-field-initializers)
else()
  target_compile_options(rcms_options INTERFACE -Wno-missing-field-initializers)
  if(CMAKE_UNITY_BUILD)
    # A local name may be that of another file of the folder; the dev preset, file by file, asks for it within a file.
    target_compile_options(rcms_options INTERFACE -Wno-shadow)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT RCMS_FUZZ)
  find_program(MOLD mold)
  if(MOLD)
    target_link_options(rcms_options INTERFACE -fuse-ld=mold)
  endif()
endif()
if(RCMS_SANITIZE)
  # Test programs (RCMS_TEST_CODE) are checked for addresses only: in the macros of doctest the other check is a third of the
  # compile time. The code under test has both.
  target_compile_options(rcms_options INTERFACE -fsanitize=address
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:RCMS_TEST_CODE>>>:-fsanitize=undefined>
    -fno-sanitize-recover=all -fno-omit-frame-pointer -O0 -g1)
  target_link_options(rcms_options INTERFACE -fsanitize=address,undefined)
endif()
if(RCMS_FUZZ)
  target_compile_options(rcms_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined -g1)
  target_link_options(rcms_options INTERFACE -fsanitize=address,undefined)
endif()
target_include_directories(rcms_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
