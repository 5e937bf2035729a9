# SPDX-FileCopyrightText: 2026 The Parlour developers
# SPDX-License-Identifier: MIT
#
# parlour_add_web_resources(target): compiles the web page into the target, as :/web/lobby.html,
# :/web/room.html and :/web/static/<file>. The logo and the icons are the desktop app's own; the icons are
# written into one style sheet, static/icons.css, so that none has to be fetched while a host is away.

set(PARLOUR_WEB_DIR ${CMAKE_CURRENT_LIST_DIR})

function(parlour_write_icon_styles file)
  set(styles "/* Made of resources/icons by resources/web/web.cmake. */\n")
  foreach(icon ${ARGN})
    set(drawing ${PARLOUR_WEB_DIR}/../icons/${icon}.svg)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${drawing})
    file(READ ${drawing} svg)
    string(STRIP "${svg}" svg)
    string(REPLACE "\"" "'" svg "${svg}")
    string(REPLACE "#" "%23" svg "${svg}")
    string(REPLACE "<" "%3C" svg "${svg}")
    string(REPLACE ">" "%3E" svg "${svg}")
    string(APPEND styles ".icon-${icon} { --shape: url(\"data:image/svg+xml,${svg}\"); }\n")
  endforeach()
  file(CONFIGURE OUTPUT ${file} CONTENT "${styles}" @ONLY)
endfunction()

function(parlour_add_web_resources target)
  set(pages lobby.html room.html)
  set(styles lobby log message page room search theme)
  set(scripts avatar away_watch changes composer composer_context dom drafts entry kept_outbox known_rooms link links lobby_page local_outbox log_place
      log_view members_view mentions message message_actions message_parts name_editor names outbox outbox_store panels presence probe
      reading refusals room room_frames room_page rooms_view row_focus rows search search_rows search_view search_words sending session status_view storage strings strings_en strings_ru
      typing visits way_in)
  set(icons alert arrowdown check clock door download edit error eye globe hash inbox info lock logout menu
      refresh reply search send smile trash users x)

  list(TRANSFORM pages PREPEND ${PARLOUR_WEB_DIR}/)
  list(TRANSFORM styles REPLACE "(.+)" "${PARLOUR_WEB_DIR}/static/\\1.css")
  list(TRANSFORM scripts REPLACE "(.+)" "${PARLOUR_WEB_DIR}/static/\\1.js")
  set(icon_styles ${CMAKE_CURRENT_BINARY_DIR}/web/icons.css)
  parlour_write_icon_styles(${icon_styles} ${icons})
  set(logo ${PARLOUR_WEB_DIR}/../logo/parlour.svg)
  set_source_files_properties(${icon_styles} PROPERTIES QT_RESOURCE_ALIAS static/icons.css)
  set_source_files_properties(${logo} PROPERTIES QT_RESOURCE_ALIAS static/parlour.svg)

  qt_add_resources(${target} web PREFIX /web BASE ${PARLOUR_WEB_DIR}
                   FILES ${pages} ${styles} ${scripts} ${icon_styles} ${logo})
endfunction()
