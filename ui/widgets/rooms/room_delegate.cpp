// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/room_delegate.h"

#include "models/room_tree_model.h"
#include "widgets/common/row_painting.h"
#include "widgets/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

using models::RoomTreeModel;

namespace {

constexpr int RoomHeight = 32;
constexpr int HostGap = 8; ///< above a host
constexpr int IconSize = 16;
constexpr int DraftIconSize = 14;
constexpr int MostUnread = 99;
constexpr int BadgeSpace = 8; ///< beside badges

QString unreadText(int count)
{
    return count > MostUnread ? u"%1+"_s.arg(MostUnread) : QString::number(count);
}

} // namespace

RoomDelegate::RoomDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                             const QModelIndex &index) const
{
    const bool isHost = index.data(RoomTreeModel::IsHostRole).toBool();
    return {0, m_theme.px(RoomHeight) + (isHost ? HostGap : 0)};
}

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    if (index.data(RoomTreeModel::IsHostRole).toBool()) {
        paintHost(*painter, option, index);
    } else {
        paintRoom(*painter, option, index);
    }
}

void RoomDelegate::paintHost(QPainter &painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const QRect row = option.rect.adjusted(0, HostGap, 0, 0);
    QStyleOptionViewItem ring = option;
    ring.state.setFlag(QStyle::State_Selected, false);
    ring.state.setFlag(QStyle::State_MouseOver, false);
    paintRowGround(painter, row.adjusted(RowSide, 0, -RowSide, 0), ring, m_theme);

    const bool isOpen = option.state.testFlag(QStyle::State_Open);
    paintIcon(painter, row.left() + 12, row, isOpen ? u"down"_s : u"right"_s,
              m_theme.tokens().text2);
    const int right = paintHostState(painter, row, index);
    const QRect place(row.left() + 36, row.top(), right - row.left() - 36 - 8, row.height());
    QFont font = m_theme.font(Theme::Type::Small);
    font.setWeight(QFont::DemiBold);
    paintName(painter, place, index.data().toString(), font, m_theme.tokens().text);
}

/// "Hosted here", or what the link is; gives the left end of what it took.
int RoomDelegate::paintHostState(QPainter &painter, const QRect &row,
                                 const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const int right = row.right() + 1 - 16;
    const auto link = index.data(RoomTreeModel::LinkRole).value<chat::Link>();
    if (index.data(RoomTreeModel::HostedHereRole).toBool()
        && link.state == chat::LinkState::Online) {
        return paintPill(painter, row, right,
                         {.text = tr("Hosted here"),
                          .fill = tokens.accsoft,
                          .ink = tokens.acc,
                          .icon = u"lamp"_s},
                         m_theme)
            .left();
    }
    QString words;
    QColor ink = tokens.text3;
    QColor dot = tokens.idle;
    switch (link.state) {
    case chat::LinkState::Online:
        dot = tokens.okdot;
        if (index.data(RoomTreeModel::CatchingUpRole).toBool()) {
            words = tr("catching up");
            ink = tokens.acc;
        }
        break;
    case chat::LinkState::Offline:
        words = tr("not connected");
        break;
    case chat::LinkState::Connecting:
    case chat::LinkState::Waiting:
        words = link.state == chat::LinkState::Connecting
            ? tr("connecting")
            : index.data(Qt::AccessibleDescriptionRole).toString();
        ink = tokens.warn;
        dot = tokens.warndot;
        break;
    case chat::LinkState::Refused:
        words = tr("refused");
        ink = tokens.bad;
        dot = tokens.bad;
        break;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dot);
    painter.drawEllipse(right - RowDotSize, row.center().y() - RowDotSize / 2 + 1, RowDotSize,
                        RowDotSize);
    painter.restore();
    int left = right - RowDotSize;
    if (!words.isEmpty()) {
        const QFont font = m_theme.font(Theme::Type::Caption);
        const int width = QFontMetrics(font).horizontalAdvance(words);
        left -= 8 + width;
        paintName(painter, QRect(left, row.top(), width + 1, row.height()), words, font, ink);
    }
    return left;
}

void RoomDelegate::paintRoom(QPainter &painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRect row = option.rect.adjusted(RowSide, 0, -RowSide, 0);
    paintRowGround(painter, row, option, m_theme);

    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    const int unread = index.data(RoomTreeModel::UnreadRole).toInt();
    paintIcon(painter, row.left() + 12, row, u"hash"_s, isChosen ? tokens.acc : tokens.text3);
    const int right = paintBadges(painter, row, index);
    const int failed = index.data(RoomTreeModel::FailedRole).toInt();
    const bool isStrong = isChosen || unread > 0 || failed > 0;
    const bool hasBadge = right < row.right() + 1 - BadgeSpace;
    const bool hasDraft = !isChosen && index.data(RoomTreeModel::DraftRole).toBool();
    const int end = hasDraft ? paintDraft(painter, row, right, hasBadge) : right;
    const int left = row.left() + 36;
    paintName(painter, QRect(left, row.top(), end - left, row.height()), index.data().toString(),
              m_theme.font(isStrong ? Theme::Type::Strong : Theme::Type::Body),
              isStrong                                             ? tokens.text
                  : index.data(RoomTreeModel::JoinedRole).toBool() ? tokens.text2
                                                                   : tokens.text3);
}

/// What was not sent, then what waits to be, or else is unread; gives the right end of what is
/// left.
int RoomDelegate::paintBadges(QPainter &painter, const QRect &row, const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    int right = row.right() + 1 - BadgeSpace;
    const auto paint = [&](const Pill &pill) {
        right = paintPill(painter, row, right, pill, m_theme).left() - BadgeSpace;
    };
    const int failed = index.data(RoomTreeModel::FailedRole).toInt();
    const int waiting = index.data(RoomTreeModel::WaitingRole).toInt();
    const int mentions = index.data(RoomTreeModel::MentionsRole).toInt();
    const int unread = index.data(RoomTreeModel::UnreadRole).toInt();
    if (failed > 0)
        paint({.text = unreadText(failed),
               .fill = tokens.badsoft,
               .ink = tokens.bad,
               .icon = u"error"_s});
    const bool isLinked =
        index.data(RoomTreeModel::LinkRole).value<chat::Link>().state == chat::LinkState::Online;
    if (waiting > 0)
        paint({.text = tr("%n waiting", "messages that are not sent", waiting),
               .fill = isLinked ? tokens.accsoft : tokens.warnsoft,
               .ink = isLinked ? tokens.acc : tokens.warn,
               .icon = u"clock"_s});
    else if (mentions > 0)
        paint({.text = u'@' + unreadText(mentions),
               .fill = tokens.mentfill,
               .ink = tokens.onfill,
               .icon = {},
               .isStrong = true});
    else if (unread > 0)
        paint({.text = unreadText(unread),
               .fill = tokens.pill,
               .ink = tokens.pilltext,
               .icon = {},
               .isStrong = true});
    return right;
}

/// A pencil, and the word where no badge takes its place; gives the right end of what is left.
int RoomDelegate::paintDraft(QPainter &painter, const QRect &row, int right, bool isBrief) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont font = m_theme.font(Theme::Type::Caption);
    const QString word = isBrief ? QString() : tr("Draft");
    const int width = QFontMetrics(font).horizontalAdvance(word);
    const int icon = m_theme.px(DraftIconSize);
    paintName(painter, QRect(right - width, row.top(), width + 1, row.height()), word, font,
              tokens.text2);
    const int left = right - width - (isBrief ? 0 : 4) - icon;
    painter.drawPixmap(
        left, row.center().y() - icon / 2 + 1,
        m_theme.pixmap(u"edit"_s, tokens.text2, icon, painter.device()->devicePixelRatioF()));
    return left - 8;
}

void RoomDelegate::paintName(QPainter &painter, const QRect &place, const QString &name,
                             const QFont &font, const QColor &colour) const
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(place, Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(name, Qt::ElideRight, place.width()));
}

void RoomDelegate::paintIcon(QPainter &painter, int x, const QRect &row, const QString &name,
                             const QColor &colour) const
{
    const int size = m_theme.px(IconSize);
    painter.drawPixmap(x, row.center().y() - size / 2 + 1,
                       m_theme.pixmap(name, colour, size, painter.device()->devicePixelRatioF()));
}

} // namespace parlour::widgets
