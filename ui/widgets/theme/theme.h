// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/theme/tokens.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

#include <memory>

class QApplication;

namespace parlour::widgets {

class IconCache;

/// Colours, fonts and icons of the program, and the switch between light and dark. One object, made
/// by the app and passed by reference to every widget and delegate; it outlives them.
class Theme final : public QObject
{
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)
    /// Type styles of the design; sizes are ratios of the system font.
    enum class Type {
        Display,
        Number,
        Heading,
        Title,
        Body,
        Strong,
        Small,
        Caption,
        CaptionStrong,
        Fixed,
        FixedLarge
    };

    /// Sets style, palette and style sheet of the application.
    explicit Theme(QApplication &application, Mode mode = Mode::System, QObject *parent = nullptr);
    ~Theme() override;

    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    const Tokens &tokens() const { return m_tokens; }
    QFont font(Type type) const;
    /// A length of the design's 14 px grid, grown with the system font; never under the given
    /// value.
    int px(int designPixels) const;

    /// A line icon (name without ".svg") in one colour; cached.
    QPixmap pixmap(const QString &name, const QColor &colour, int size,
                   qreal devicePixelRatio) const;
    /// Normal text2, active text, disabled idle, on acc.
    QIcon icon(const QString &name) const;
    /// The same in one colour for all states.
    QIcon icon(const QString &name, const QColor &colour) const;

Q_SIGNALS:
    /// Colours or fonts changed: repaint, and drop what was rendered.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    Mode m_mode;
    Tokens m_tokens;
    std::unique_ptr<IconCache> m_icons;
    bool m_isApplying = false; ///< the events of a change of our own are not the desktop's
    bool m_isApplyDue = false;
};

/// Colour of a person's or host's avatar: FNV-1a of the id, modulo the palette.
QColor avatarColour(const QString &id);
/// One or two letters for it.
QString avatarLetters(const QString &name);

} // namespace parlour::widgets
