// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/avatar.h"

#include "widgets/theme/theme.h"

#include <QPainter>

namespace parlour::widgets {

namespace {

constexpr qreal LetterRatio = 0.39; ///< of the diameter
constexpr qreal AvatarRadius = 8;

} // namespace

void paintAvatar(QPainter &painter, const QRectF &square, const AvatarLook &look,
                 const Theme &theme)
{
    const Tokens &tokens = theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.isHere ? avatarColour(look.id) : tokens.pill);
    const qreal radius =
        look.isSquare ? qMin(AvatarRadius, square.width() / 4) : square.width() / 2;
    painter.drawRoundedRect(square, radius, radius);

    QFont font = theme.font(Theme::Type::Strong);
    font.setPixelSize(qRound(square.width() * LetterRatio));
    painter.setFont(font);
    painter.setPen(look.isHere ? tokens.onfill : tokens.pilltext);
    const QString letters = avatarLetters(look.name);
    const QRectF ink = QFontMetricsF(font).tightBoundingRect(letters);
    painter.drawText(square.center() - ink.center(), letters);
    painter.restore();
}

Avatar::Avatar(const Theme &theme, int size, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(theme.px(size), theme.px(size));
    connect(&theme, &Theme::changed, this, [this, size] {
        setFixedSize(m_theme.px(size), m_theme.px(size));
        update();
    });
}

void Avatar::setLook(const AvatarLook &look)
{
    m_look = look;
    update();
}

void Avatar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintAvatar(painter, rect(), m_look, m_theme);
}

IconDisc::IconDisc(const Theme &theme, Look look, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_look(std::move(look))
{
    const auto resize = [this] { setFixedSize(m_theme.px(m_look.size), m_theme.px(m_look.size)); };
    resize();
    connect(&theme, &Theme::changed, this, [this, resize] {
        resize();
        update();
    });
}

void IconDisc::paintEvent(QPaintEvent * /*event*/)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QColor soft = m_look.isBad ? tokens.badsoft : tokens.accsoft;
    const QColor ink = m_look.isBad ? tokens.bad : tokens.acc;
    painter.setBrush(m_look.isFilled ? tokens.fill : soft);
    painter.drawEllipse(rect());
    const int size = m_theme.px(m_look.iconSize);
    const QPoint at((width() - size) / 2, (height() - size) / 2);
    painter.drawPixmap(at,
                       m_theme.pixmap(m_look.icon, m_look.isFilled ? tokens.onfill : ink, size,
                                      devicePixelRatioF()));
}

} // namespace parlour::widgets
