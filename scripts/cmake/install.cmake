# What a C++ program needs to build on akv: find_package(akv), then akv::mgmt and akv::emulator.
# It is the component "development": `cmake --install BUILD --component development --prefix DIR`.
include(CMakePackageConfigHelpers)
set(AKV_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/akv)

set_target_properties(akv_mgmt PROPERTIES EXPORT_NAME mgmt)
set_target_properties(akv_emulator PROPERTIES EXPORT_NAME emulator)
install(TARGETS akv_mgmt akv_emulator EXPORT akvTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(EXPORT akvTargets NAMESPACE akv:: DESTINATION ${AKV_CMAKE_DIR} COMPONENT development)

foreach(layer mgmt emulator)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/${layer}/
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/akv/${layer} COMPONENT development
    FILES_MATCHING PATTERN "*.hpp" PATTERN detail EXCLUDE PATTERN examples EXCLUDE)
endforeach()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/akvConfig.cmake.in
  ${CMAKE_BINARY_DIR}/akvConfig.cmake INSTALL_DESTINATION ${AKV_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/akvConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/akvConfig.cmake ${CMAKE_BINARY_DIR}/akvConfigVersion.cmake
  DESTINATION ${AKV_CMAKE_DIR} COMPONENT development)
