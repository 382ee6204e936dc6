# No public header pulls in a library that takes seconds to compile or a header that is not
# installed:  cmake -D SOURCE=… -P includes.cmake
file(GLOB_RECURSE headers RELATIVE ${SOURCE} ${SOURCE}/mgmt/*.hpp ${SOURCE}/emulator/*.hpp)
list(FILTER headers EXCLUDE REGEX "/detail/")
list(LENGTH headers count)
if(count LESS 40)
  message(FATAL_ERROR "only ${count} public headers found in ${SOURCE}")
endif()
foreach(header ${headers})
  file(STRINGS ${SOURCE}/${header} bad REGEX
    "^#include.*(<(cpprest|pplx|rapidjson|boost|openssl|sqlite3|yaml-cpp|fmt|CLI)|/detail/|\"akv/provision)")
  if(bad)
    message(SEND_ERROR "${header}: ${bad}")
  endif()
endforeach()
