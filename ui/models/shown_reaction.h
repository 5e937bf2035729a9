// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace parlour::models {

/// A reaction to a message, as one person sees it.
struct ShownReaction {
    QString emoji;
    QStringList people; ///< names, in the order in which they reacted
    bool isOwn = false; ///< the person is among them

    friend bool operator==(const ShownReaction &, const ShownReaction &) = default;
};

} // namespace parlour::models
