# Warnings and sanitizers for our own code; linked PRIVATE, never exported.
add_library(akv_warnings INTERFACE)
target_compile_options(akv_warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wnon-virtual-dtor
                                              -Woverloaded-virtual)
if(AKV_WERROR)
  target_compile_options(akv_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports both falsely at -O2 (GCC bugs 105562 and 105329).
  target_compile_options(akv_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
  # GCC bug 96868: false warnings for designated initialisers, where defaults are the point.
  target_compile_options(akv_warnings INTERFACE -Wno-missing-field-initializers)
endif()
if(AKV_SANITIZE)
  add_compile_options(-fsanitize=${AKV_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${AKV_SANITIZE})
endif()

# akv_library(akv_json SOURCES a.cpp … [PUBLIC targets…] [PRIVATE targets…])
function(akv_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_include_directories(${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/include>
                                            $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:akv_warnings>)
endfunction()
