// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "models/message_list_model.h"

#include "chat/mentions.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <utility>

namespace parlour::models {

using namespace Qt::StringLiterals;

namespace {

constexpr double GroupSpanMs = 5.0 * 60 * 1000;

} // namespace

MessageListModel::MessageListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

MessageListModel::~MessageListModel() = default;

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::AccessibleTextRole:
        return accessibleText(row);
    case Qt::AccessibleDescriptionRole:
        return accessibleDescription(row);
    case Qt::DisplayRole:
    case TextRole:
        return row.message.text;
    case IdRole:
        return row.message.id;
    case SenderIdRole:
        return row.message.sender.id;
    case SenderNameRole:
        return row.message.sender.name;
    case TimeRole:
        return row.message.time;
    case IsSelfRole:
        return isSelf(row);
    case DeliveryRole:
        return QVariant::fromValue(deliveryOf(row));
    case ProblemRole:
        return row.problem;
    case StartsGroupRole:
        return row.flags.startsGroup;
    case EndsGroupRole:
        return row.flags.endsGroup;
    case DayBreakRole:
        return row.flags.dayBreak;
    case UnreadLineRole:
        return row.flags.unreadLine;
    case GapRole:
        return row.flags.gap;
    case GapBelowRole:
        return row.flags.gapBelow;
    case EditedRole:
        return row.message.edited;
    case DeletedRole:
        return row.message.isDeleted;
    case ReplyRole:
        return row.message.reply ? QVariant::fromValue(*row.message.reply) : QVariant();
    case ReactionsRole:
        return QVariant::fromValue(reactionsOf(row));
    case MentionsRole:
        return QVariant::fromValue(chat::mentionsIn(row.message.text, m_names));
    case MentionsSelfRole:
        return row.mentionsSelf;
    case ChangingRole:
        return row.isChanging;
    default:
        return {};
    }
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"},
                  {TextRole, "text"},
                  {SenderIdRole, "senderId"},
                  {SenderNameRole, "senderName"},
                  {TimeRole, "time"},
                  {IsSelfRole, "isSelf"},
                  {DeliveryRole, "delivery"},
                  {ProblemRole, "problem"},
                  {StartsGroupRole, "startsGroup"},
                  {EndsGroupRole, "endsGroup"},
                  {DayBreakRole, "dayBreak"},
                  {UnreadLineRole, "unreadLine"},
                  {GapRole, "gap"},
                  {GapBelowRole, "gapBelow"},
                  {EditedRole, "edited"},
                  {DeletedRole, "deleted"},
                  {ReplyRole, "reply"},
                  {ReactionsRole, "reactions"},
                  {MentionsRole, "mentions"},
                  {MentionsSelfRole, "mentionsSelf"},
                  {ChangingRole, "changing"}});
    return names;
}

void MessageListModel::setSelf(const QString &personId)
{
    if (m_self == personId)
        return;
    m_self = personId;
    if (m_live)
        m_live->setSelf(personId);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1),
                           {IsSelfRole, DeliveryRole, ReactionsRole});
}

void MessageListModel::setHistory(const QString &epoch, const QList<chat::ChatMessage> &history,
                                  bool isAll)
{
    beIn(epoch);
    QList<chat::ChatMessage> sorted = history;
    for (auto &message : sorted)
        message.epoch = epoch;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto &a, const auto &b) { return a.number < b.number; });
    QList<chat::ChatMessage> news = (m_live ? *m_live : *this).newsOf(sorted);
    const auto isNew = [this](const auto &one) { return !isLatest(one.id); };
    const auto count = std::count_if(news.begin(), news.end(), isNew);
    keepReading(count);
    if (m_live) {
        renumberAside(sorted);
        m_live->setHistory(epoch, sorted);
        learn(m_live->m_moved);
        m_readEpoch = m_live->m_readEpoch;
        m_readNumber = m_live->m_readNumber;
        if (count > 0)
            Q_EMIT saidBelow(int(count));
        return;
    }
    renumber(sorted, true);
    const auto surplus = news.size() - MaxRows;
    if (surplus > 0) {
        news.remove(0, surplus);
        m_dropped += surplus;
    }
    if (isAll && confirmedCount() == 0)
        m_isFromBeginning = surplus <= 0;
    if (m_rows.isEmpty())
        insertConfirmed(0, news);
    else
        for (const auto &message : std::as_const(news))
            merge(message);
    trim();
    placeUnreadLine();
    if (!std::exchange(m_loaded, true))
        Q_EMIT loadedChanged();
    if (seam() > 0)
        wantOlder();
}

void MessageListModel::append(const chat::ChatMessage &message)
{
    const bool isNew = !m_ids.contains(message.id) && (!m_live || !isLatest(message.id));
    if (isNew)
        keepReading(1);
    beIn(message.epoch);
    if (m_live) {
        m_live->append(message);
        if (isNew)
            Q_EMIT saidBelow(1);
        return;
    }
    merge(message);
    trim();
    placeUnreadLine();
}

void MessageListModel::setReadUpTo(const QString &epoch, qint64 number)
{
    const chat::Position now = positionNow({epoch, number});
    m_readEpoch = now.epoch;
    m_readNumber = now.number;
    if (m_live)
        m_live->setReadUpTo(epoch, number);
    placeUnreadLineAgain();
}

QString MessageListModel::lastEpoch() const
{
    if (m_live)
        return m_live->lastEpoch();
    return confirmedCount() > 0 ? m_rows.at(confirmedCount() - 1).message.epoch : QString();
}

qint64 MessageListModel::lastNumber() const
{
    if (m_live)
        return m_live->lastNumber();
    return confirmedCount() > 0 ? m_rows.at(confirmedCount() - 1).message.number : 0;
}

int MessageListModel::rowOf(const QString &id) const
{
    if (!m_ids.contains(id))
        return -1;
    const auto found = std::find_if(m_rows.crbegin(), m_rows.crend(),
                                    [&id](const Row &row) { return row.message.id == id; });
    return int(m_rows.crend() - found) - 1;
}

qint64 MessageListModel::localDay(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).date().toJulianDay();
}

bool MessageListModel::isSelf(const Row &row) const
{
    return row.pending || (!m_self.isEmpty() && row.message.sender.id == m_self);
}

chat::Delivery MessageListModel::deliveryOf(const Row &row) const
{
    if (row.pending)
        return row.delivery;
    return isSelf(row) ? chat::Delivery::Sent : chat::Delivery::Received;
}

MessageListModel::Flags MessageListModel::flagsOf(int at) const
{
    const Row &row = m_rows.at(at);
    Flags flags;
    flags.unreadLine = hasUnreadLine() && row.message.id == m_unreadId;
    flags.gapBelow = at == confirmedCount() - 1 && row.message.id == m_lostBehind;
    flags.dayBreak = at == 0 || m_rows.at(at - 1).day != row.day;
    if (at > 0) {
        const Row &above = m_rows.at(at - 1);
        flags.gap = !row.pending && isGap(above.message, row.message);
        flags.startsGroup = flags.dayBreak || flags.unreadLine || flags.gap
            || above.message.sender != row.message.sender || above.message.isDeleted
            || std::abs(double(row.message.time) - double(above.message.time)) > GroupSpanMs;
    }
    if (at + 1 < m_rows.size()) {
        const Row &below = m_rows.at(at + 1);
        flags.endsGroup =
            below.pending || below.message.isDeleted || below.message.sender != row.message.sender;
    }
    return flags;
}

} // namespace parlour::models
