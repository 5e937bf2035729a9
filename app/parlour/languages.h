// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

class QApplication;

namespace parlour {

/// Installs the translations, ours and Qt's own, for the first language of the system that there is
/// a catalogue of ours for, else for English.
void installTranslations(QApplication &application);

} // namespace parlour
