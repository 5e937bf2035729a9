# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# project_tests(FOLDER LINK targets… SOURCES tst_….cpp … [GUI])
# One executable per folder (few link steps), one ctest per file: the file tst_url_router.cpp holds the
# class UrlRouterTest and says PARLOUR_TEST(UrlRouterTest) at its end; ctest calls it FOLDER.url_router.

find_package(Qt6 6.4 REQUIRED COMPONENTS Test)

set(PARLOUR_TEST_FLAGS "" CACHE STRING "Flags of the tests' own sources, behind all others")

function(project_tests folder)
  cmake_parse_arguments(arg "GUI" "TIMEOUT" "LINK;SOURCES;EXTRA" ${ARGN})
  set(target tests_${folder})
  add_executable(${target} ${arg_SOURCES} ${arg_EXTRA})
  target_link_libraries(${target} PRIVATE ${arg_LINK} Qt6::Test project_flags)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_options(${target} PRIVATE ${PARLOUR_TEST_FLAGS})
  # Tests have helpers of the same names.
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  target_compile_definitions(${target} PRIVATE TEST_SOURCE_DIR="${CMAKE_CURRENT_SOURCE_DIR}")
  if(arg_GUI)
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/main_gui.cpp)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch_widgets.h)
  else()
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support/main_core.cpp)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch_core.h)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  foreach(source ${arg_SOURCES})
    if(source MATCHES "^tst_(.*)\\.cpp$")
      set(name ${CMAKE_MATCH_1})
      add_test(NAME ${folder}.${name} COMMAND ${target} ${name})
      set_tests_properties(${folder}.${name} PROPERTIES TIMEOUT ${arg_TIMEOUT}
                           ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")
    endif()
  endforeach()
endfunction()
