// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

class QApplication;

namespace parlour {

/// Installs the translations, Qt's own and ours, for the first language of the system that there is
/// one for. English needs none.
void installTranslations(QApplication &application);

} // namespace parlour
