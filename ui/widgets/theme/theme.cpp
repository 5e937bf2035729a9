// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/theme.h"

#include "widgets/theme/icon_cache.h"
#include "widgets/theme/line_icon_engine.h"
#include "widgets/theme/palette.h"
#include "widgets/theme/parlour_style.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QScopedValueRollback>
#include <QTimer>

// Outside the namespace, as Qt asks: the linker would drop the files of a static library otherwise.
static void initialiseResources()
{
    Q_INIT_RESOURCE(desktop);
}

namespace parlour::widgets {

namespace {

constexpr qreal DesignBody = 14; ///< px
constexpr int SmallestText = 9; ///< px

struct TypeStyle {
    qreal ratio;
    QFont::Weight weight;
};

TypeStyle styleOf(Theme::Type type)
{
    switch (type) {
    case Theme::Type::Display:
        return {2.0, QFont::DemiBold};
    case Theme::Type::Number:
        return {1.71, QFont::DemiBold};
    case Theme::Type::Heading:
        return {1.43, QFont::DemiBold};
    case Theme::Type::Title:
    case Theme::Type::FixedLarge:
        return {1.14, QFont::DemiBold};
    case Theme::Type::Strong:
        return {1.0, QFont::DemiBold};
    case Theme::Type::Small:
    case Theme::Type::Fixed:
        return {0.93, QFont::Normal};
    case Theme::Type::Caption:
        return {0.86, QFont::Normal};
    case Theme::Type::CaptionStrong:
        return {0.86, QFont::DemiBold};
    case Theme::Type::Body:
        break;
    }
    return {1.0, QFont::Normal};
}

qreal fontScale()
{
    return qMax(1.0, QFontInfo(QApplication::font()).pixelSize() / DesignBody);
}

/// The desktop's own palette: ours is taken off for the look.
bool isSystemDark()
{
    QApplication::setPalette(QPalette());
    const QPalette palette = QApplication::palette();
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme::Theme(QApplication &application, Mode mode, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_mode(mode)
    , m_icons(std::make_unique<IconCache>())
{
    initialiseResources();
    QApplication::setStyle(new ParlourStyle(*this)); // the application owns it
    apply();
    m_application.installEventFilter(this);
}

Theme::~Theme()
{
    // Nothing that the application keeps may look back at a theme that is gone.
    m_application.setStyleSheet({});
    QApplication::setStyle(QStringLiteral("Fusion"));
}

void Theme::setMode(Mode mode)
{
    if (mode != m_mode) {
        m_mode = mode;
        apply();
    }
}

QFont Theme::font(Type type) const
{
    const bool isFixed = type == Type::Fixed || type == Type::FixedLarge;
    QFont font =
        isFixed ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QApplication::font();
    const TypeStyle style = styleOf(type);
    const qreal body = QFontInfo(QApplication::font()).pixelSize();
    font.setPixelSize(qMax(SmallestText, qRound(body * style.ratio)));
    font.setWeight(style.weight);
    return font;
}

int Theme::px(int designPixels) const
{
    return qRound(designPixels * fontScale());
}

QPixmap Theme::pixmap(const QString &name, const QColor &colour, int size,
                      qreal devicePixelRatio) const
{
    return m_icons->pixmap(name, colour, size, devicePixelRatio);
}

QIcon Theme::icon(const QString &name) const
{
    return QIcon(new LineIconEngine(*this, name));
}

QIcon Theme::icon(const QString &name, const QColor &colour) const
{
    return QIcon(new LineIconEngine(*this, name, colour));
}

// The desktop changes its colours as a ThemeChange of each window or as a palette of its own, and
// its font through the application. All that comes in one turn is one change.
bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    const bool isOurs = m_isApplying || m_isApplyDue;
    const bool isChange = type == QEvent::ThemeChange
        || (watched == &m_application
            && (type == QEvent::ApplicationPaletteChange || type == QEvent::ApplicationFontChange));
    if (isChange && !isOurs) {
        m_isApplyDue = true;
        QTimer::singleShot(0, this, &Theme::apply);
    }
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    m_isApplyDue = false;
    const QScopedValueRollback<bool> applying(m_isApplying, true);
    const bool isDark = m_mode == Mode::System ? isSystemDark() : m_mode == Mode::Dark;
    m_tokens = isDark ? Tokens::dark() : Tokens::light();
    m_icons->clear();
    QApplication::setPalette(paletteOf(m_tokens));
    m_application.setStyleSheet(styleSheetOf(m_tokens, fontScale()));
    Q_EMIT changed();
}

} // namespace parlour::widgets
