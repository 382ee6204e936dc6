# A stripped program with the static akv::mgmt stays under 3 MB:  cmake -D PROGRAM=… -P size.cmake
file(SIZE ${PROGRAM} bytes)
math(EXPR kilobytes "${bytes} / 1000")
message(STATUS "A minimal program with akv::mgmt is ${kilobytes} kB, stripped.")
if(bytes GREATER 3000000)
  message(FATAL_ERROR "That is more than 3 MB.")
endif()
