# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# What `cmake --install` gives to other programs: find_package(Parlour COMPONENTS channels server redis testing).
# project_installs(TARGET COMPONENT name HEADERS …): headers are relative to the calling folder. They keep their
# place under the target's include root, so that an #include reads the same here and there.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(PARLOUR_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Parlour)
set(PARLOUR_COMPONENTS channels server redis testing)

function(project_installs target)
  cmake_parse_arguments(arg "" "COMPONENT" "HEADERS" ${ARGN})
  add_library(Parlour::${target} ALIAS ${target})
  target_compile_features(${target} PUBLIC cxx_std_20)
  get_target_property(root ${target} PARLOUR_INCLUDE_ROOT)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${root} FILES ${arg_HEADERS})
  if(PARLOUR_INSTALL)
    install(
      TARGETS ${target}
      EXPORT Parlour_${arg_COMPONENT}
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT devel
      FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/parlour COMPONENT devel)
  endif()
endfunction()

# To be called when all of these targets are there.
function(project_install_package)
  foreach(component ${PARLOUR_COMPONENTS})
    install(
      EXPORT Parlour_${component}
      NAMESPACE Parlour::
      FILE ParlourTargets_${component}.cmake
      DESTINATION ${PARLOUR_PACKAGE_DIR}
      COMPONENT devel)
  endforeach()
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/ParlourConfig.cmake.in ${PROJECT_BINARY_DIR}/ParlourConfig.cmake
    INSTALL_DESTINATION ${PARLOUR_PACKAGE_DIR})
  # Until 1.0 a minor version may change the interface.
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/ParlourConfigVersion.cmake
                                   COMPATIBILITY SameMinorVersion)
  install(
    FILES ${PROJECT_BINARY_DIR}/ParlourConfig.cmake ${PROJECT_BINARY_DIR}/ParlourConfigVersion.cmake
    DESTINATION ${PARLOUR_PACKAGE_DIR}
    COMPONENT devel)
endfunction()
