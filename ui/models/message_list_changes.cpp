// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
//
// What becomes of messages after they were said, and what is known around them.
#include "chat/mentions.h"
#include "chat/message_change.h"
#include "models/message_list_model.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace parlour::models {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxNames = 1000;
// Of rows there are no more epochs than rows; hosts may name others.
constexpr qsizetype MaxEpochs = 2000;

bool isSame(const chat::ChatMessage &one, const chat::ChatMessage &other)
{
    return one.text == other.text && one.edited == other.edited && one.isDeleted == other.isDeleted
        && one.reactions == other.reactions && one.reply == other.reply;
}

} // namespace

void MessageListModel::setNames(const QString &self, const QStringList &others)
{
    QStringList names;
    if (!self.isEmpty())
        names = QStringList(self) + others.first(std::min(others.size(), MaxNames));
    if (names == m_names)
        return;
    m_names = names;
    if (m_live)
        m_live->setNames(self, others);
    for (int at = 0; at < m_rows.size(); ++at) {
        if (!m_rows.at(at).message.text.contains(u'@'))
            continue;
        m_rows[at].mentionsSelf = mentionsSelf(m_rows.at(at).message);
        Q_EMIT dataChanged(index(at), index(at),
                           {MentionsRole, MentionsSelfRole, Qt::AccessibleTextRole});
    }
}

bool MessageListModel::mentionsSelf(const chat::ChatMessage &message) const
{
    if (m_names.isEmpty() || (!m_self.isEmpty() && message.sender.id == m_self))
        return false;
    const auto mentions = chat::mentionsIn(message.text, m_names);
    return std::any_of(mentions.begin(), mentions.end(),
                       [](const chat::Mention &mention) { return mention.name == 0; });
}

void MessageListModel::cover(const QString &epoch, const chat::NumberRanges::Range &numbers)
{
    if (m_live)
        return m_live->cover(epoch, numbers);
    if (m_known.contains(epoch) || m_known.size() < MaxEpochs)
        m_known[epoch].add(numbers);
}

/// Whether something may lie between two neighbours: numbers of which nobody knows, the end of an
/// epoch, or what a host has lost.
bool MessageListModel::isGap(const chat::ChatMessage &above, const chat::ChatMessage &below) const
{
    if (m_moved.lostBehind.contains(above.id))
        return true;
    if (above.epoch != below.epoch)
        return m_moved.adjoining.value(below.id) != above.id;
    return below.number > 0 && below.number - std::max<qint64>(above.number, 0) > 1
        && !m_known.value(above.epoch).hold(above.number, below.number);
}

void MessageListModel::change(const chat::ChatMessage &message)
{
    if (m_live)
        m_live->change(message);
    if (const int at = rowOf(message.id); at >= 0 && at < confirmedCount())
        replace(at, message);
    quoteAgain(message);
}

void MessageListModel::replace(int at, const chat::ChatMessage &message)
{
    Row row = m_rows.at(at);
    if (isSame(row.message, message))
        return;
    row.message.text = message.text;
    row.message.edited = message.edited;
    row.message.isDeleted = message.isDeleted;
    row.message.reactions = message.reactions;
    row.message.reply = message.reply;
    row.mentionsSelf = mentionsSelf(row.message);
    m_rows.replace(at, row);
    Q_EMIT dataChanged(index(at), index(at));
    refresh(at - 1, at + 1);
}

/// The host does not send those again that quote it.
void MessageListModel::quoteAgain(const chat::ChatMessage &message)
{
    const chat::Quote quote = chat::quoteOf(message);
    for (int at = 0; at < m_rows.size(); ++at) {
        const std::optional<chat::Quote> &reply = m_rows.at(at).message.reply;
        if (!reply || reply->id != message.id || *reply == quote)
            continue;
        m_rows[at].message.reply = quote;
        Q_EMIT dataChanged(index(at), index(at), {ReplyRole, Qt::AccessibleTextRole});
    }
}

void MessageListModel::setChanging(const QString &id, bool isChanging)
{
    if (m_live)
        m_live->setChanging(id, isChanging);
    const int at = rowOf(id);
    if (at < 0 || m_rows.at(at).isChanging == isChanging)
        return;
    m_rows[at].isChanging = isChanging;
    Q_EMIT dataChanged(index(at), index(at), {ChangingRole, Qt::AccessibleTextRole});
}

QString MessageListModel::lastOwnId() const
{
    if (m_live)
        return m_live->lastOwnId();
    for (int at = confirmedCount() - 1; at >= 0; --at) {
        if (isSelf(m_rows.at(at)) && !m_rows.at(at).message.isDeleted)
            return m_rows.at(at).message.id;
    }
    return {};
}

std::optional<chat::Quote> MessageListModel::quoteOf(const QString &id) const
{
    const int at = rowOf(id);
    if (at < 0 && m_live)
        return m_live->quoteOf(id);
    if (at < 0 || at >= confirmedCount() || m_rows.at(at).message.isDeleted)
        return std::nullopt;
    return chat::quoteOf(m_rows.at(at).message);
}

chat::Position MessageListModel::quotedBy(int row) const
{
    const chat::ChatMessage &message = m_rows.at(row).message;
    return {message.epoch, message.reply ? message.reply->number : 0};
}

QList<ShownReaction> MessageListModel::reactionsOf(const Row &row) const
{
    QList<ShownReaction> shown;
    for (const chat::Reaction &reaction : row.message.reactions) {
        ShownReaction one{reaction.emoji, {}, false};
        for (const chat::Sender &person : reaction.people) {
            one.people.append(person.name);
            one.isOwn = one.isOwn || (!m_self.isEmpty() && person.id == m_self);
        }
        shown.append(one);
    }
    return shown;
}

QString MessageListModel::accessibleText(const Row &row) const
{
    // A contract with scripts and screen readers: the same form in every locale.
    const auto time = QDateTime::fromMSecsSinceEpoch(row.message.time).toString(u"HH:mm"_s);
    QString said = row.message.sender.name + ", "_L1 + time + ": "_L1;
    if (row.message.isDeleted)
        return said + tr("message removed");
    said += row.message.text;
    if (row.message.edited > 0)
        said += tr(", edited");
    if (row.message.reply)
        said += row.message.reply->sender.name.isEmpty()
            ? tr(", a reply")
            : tr(", a reply to %1").arg(row.message.reply->sender.name);
    if (const int count = int(row.message.reactions.size()); count > 0)
        said += tr(", %n reactions", nullptr, count);
    if (row.mentionsSelf)
        said += tr(", mentions you");
    switch (deliveryOf(row)) {
    case chat::Delivery::Waiting:
        return said + tr(", waiting");
    case chat::Delivery::Sending:
        return said + tr(", sending");
    case chat::Delivery::Failed:
        return said + tr(", not sent");
    case chat::Delivery::Received:
    case chat::Delivery::Sent:
        break;
    }
    return said;
}

/// What is drawn above and below the row.
QString MessageListModel::accessibleDescription(const Row &row)
{
    QStringList parts;
    if (row.flags.gap)
        parts.append(tr("Messages before this one may be missing."));
    if (row.flags.dayBreak) {
        const QDate day = QDateTime::fromMSecsSinceEpoch(row.message.time).date();
        const QString format = tr("d MMMM yyyy", "date with a year");
        parts.append(QLocale().toString(day, format) + u'.');
    }
    if (row.flags.unreadLine)
        parts.append(tr("New messages begin here."));
    if (row.flags.gapBelow)
        parts.append(tr("Messages after this one may be missing."));
    return parts.join(u' ');
}

} // namespace parlour::models
