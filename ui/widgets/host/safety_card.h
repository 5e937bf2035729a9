// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

namespace parlour::widgets {

class TextLabel;
class Theme;

/// A safety number in a frame under a caption: two lines of three groups, to be read out.
class SafetyCard final : public QFrame
{
    Q_OBJECT
public:
    /// `name`: what assistive programs call the number. `isBad`: in the colour of what is refused.
    SafetyCard(const Theme &theme, const QString &name, bool isBad, QWidget *parent);

    /// "Known since 25 November 2026"; `time` in ms UTC, 0: not known since when.
    static QString knownSince(qint64 time);
    void setNumber(const QString &caption, const QByteArray &fingerprint);

private:
    TextLabel *m_caption;
    TextLabel *m_number;
};

} // namespace parlour::widgets
