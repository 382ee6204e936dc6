# Does it compile? Sets `result` to TRUE or FALSE, anew in each configuration of the build, because
# the answer is what the test is about.
function(akv_try_required result)
  unset(${result} CACHE)
  try_compile(${result} ${CMAKE_CURRENT_BINARY_DIR}/required_members
    ${CMAKE_CURRENT_SOURCE_DIR}/json/required_members.in.cpp
    CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${CMAKE_BINARY_DIR}/include
    COMPILE_DEFINITIONS ${ARGN}
    CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON)
  target_compile_definitions(json_tests PRIVATE "${result}=\"${${result}}\"")
endfunction()

akv_try_required(AKV_COMPILES_WITH_ALL)
akv_try_required(AKV_COMPILES_WITHOUT_ONE -DWITHOUT_ONE)
akv_try_required(AKV_COMPILES_WITHOUT_INNER -DWITHOUT_INNER)
