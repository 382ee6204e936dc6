# Installs the development files to a fresh prefix, builds the consumer against them, runs it.
#   cmake -D BUILD=… -D SOURCE=… -D WORK=… -D COMPILER=… -D BUILD_TYPE=… -D FLAGS=… -D GENERATOR=… -P consumer.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --component development --prefix ${WORK}/prefix)

# Only what belongs to users is there: no detail, no sources, no place of this build.
file(GLOB_RECURSE installed RELATIVE ${WORK}/prefix ${WORK}/prefix/*)
foreach(file ${installed})
  if(file MATCHES "/detail/|/examples/|\\.cpp$")
    message(FATAL_ERROR "${file} should not be installed")
  endif()
endforeach()
file(GLOB package ${WORK}/prefix/lib*/cmake/akv/*.cmake ${WORK}/prefix/lib*/*/cmake/akv/*.cmake)
if(NOT package)
  message(FATAL_ERROR "no CMake package is installed")
endif()
foreach(file ${package})
  file(READ ${file} text)
  foreach(place ${BUILD} ${SOURCE})
    string(FIND "${text}" "${place}" found)
    if(NOT found EQUAL -1)
      message(FATAL_ERROR "${file} names ${place}")
    endif()
  endforeach()
endforeach()

run(${CMAKE_COMMAND} -S ${SOURCE}/tests/install/consumer -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${WORK}/prefix -D CMAKE_CXX_COMPILER=${COMPILER}
  -D CMAKE_BUILD_TYPE=${BUILD_TYPE} -D CMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer)
set(expected "created kv-dev\nlisted kv-dev, A premium, 2 secret words\ngroup left: 0\n")
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "the consumer printed\n${output}instead of\n${expected}")
endif()
