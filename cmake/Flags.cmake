# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# project_flags: what every target of ours is compiled with. project_library(): one way to make one.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(project_flags INTERFACE)
target_compile_options(
  project_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Woverloaded-virtual
                          $<$<BOOL:${PROJECT_IS_TOP_LEVEL}>:-Werror>
                          $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
                          "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
target_compile_definitions(
  project_flags
  INTERFACE QT_NO_KEYWORDS
            QT_NO_FOREACH
            QT_NO_CAST_FROM_ASCII
            QT_NO_CAST_TO_ASCII
            QT_NO_CAST_FROM_BYTEARRAY
            QT_NO_URL_CAST_FROM_STRING
            QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
            QT_NO_JAVA_STYLE_ITERATORS
            QT_STRICT_ITERATORS
            QT_DISABLE_DEPRECATED_BEFORE=0x060400
            PARLOUR_VERSION="${PROJECT_VERSION}")

# project_library(NAME SOURCES… [PUBLIC targets…] [PRIVATE targets…] [INCLUDE_ROOT dir] [PCH header | PCH_OF target])
# A static library parlour-NAME ("_" becomes "-"). Its include root is one top folder (core, server, ui), never the
# repository's root: what a target does not link, it cannot include.
function(project_library name)
  cmake_parse_arguments(arg "" "INCLUDE_ROOT;PCH;PCH_OF" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  string(REPLACE _ - output_name parlour-${name})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME ${output_name})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE}
                                                              $<BUILD_INTERFACE:project_flags>)
  if(arg_INCLUDE_ROOT)
    cmake_path(NORMAL_PATH arg_INCLUDE_ROOT)
    target_include_directories(${name} PUBLIC $<BUILD_INTERFACE:${arg_INCLUDE_ROOT}>)
    set_target_properties(${name} PROPERTIES PARLOUR_INCLUDE_ROOT ${arg_INCLUDE_ROOT})
  endif()
  if(arg_PCH_OF)
    target_precompile_headers(${name} REUSE_FROM ${arg_PCH_OF})
  elseif(arg_PCH)
    target_precompile_headers(${name} PRIVATE ${arg_PCH})
  else()
    target_precompile_headers(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch_core.h)
  endif()
endfunction()
