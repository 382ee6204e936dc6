# Once is enough: the strict build does it.
if(NOT AKV_WERROR)
  return()
endif()

# Each public header says all it needs: it is compiled alone, in a source file of its own.
file(GLOB_RECURSE headers RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/mgmt/*.hpp ${CMAKE_SOURCE_DIR}/emulator/*.hpp)
list(FILTER headers EXCLUDE REGEX "/detail/")
set(sources "")
foreach(header ${headers})
  string(MAKE_C_IDENTIFIER ${header} name)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/public_headers/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"akv/${header}\"\n")
  list(APPEND sources ${source})
endforeach()
add_library(public_headers OBJECT ${sources})
target_compile_features(public_headers PRIVATE cxx_std_20)
target_include_directories(public_headers PRIVATE ${CMAKE_BINARY_DIR}/include)
target_compile_options(public_headers PRIVATE -O0 -g0)
