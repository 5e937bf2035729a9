// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/conversation_view.h"

#include "widgets/theme/theme.h"
#include "widgets/timeline/composer.h"
#include "widgets/timeline/timeline_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

ConversationView::ConversationView(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_timeline(new TimelineView(theme, this))
    , m_noticeLine(new QWidget(this))
    , m_noticeIcon(new QLabel(m_noticeLine))
    , m_notice(new QLabel(m_noticeLine))
    , m_composer(new Composer(theme, this))
{
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setProperty("tone", u"text2"_s);
    m_notice->setAccessibleName(tr("Notice"));
    auto *line = new QHBoxLayout(m_noticeLine);
    line->addWidget(m_noticeIcon, 0, Qt::AlignTop);
    line->addWidget(m_notice, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_timeline, 1);
    column->addWidget(m_noticeLine);
    column->addWidget(m_composer);
    setAutoFillBackground(true);

    connect(m_composer, &Composer::sendRequested, this, &ConversationView::sendRequested);
    connect(m_composer, &Composer::textChanged, this, [this] {
        if (m_isSwitching)
            return;
        Q_EMIT draftChanged(m_composer->draft());
        Q_EMIT typingChanged(!m_composer->text().isEmpty());
    });
    connect(m_timeline, &TimelineView::retryRequested, this, &ConversationView::retryRequested);
    connect(m_timeline, &TimelineView::discardRequested, this, &ConversationView::discardRequested);
    connect(m_timeline, &TimelineView::linkActivated, this, &ConversationView::linkActivated);
    connect(m_timeline, &TimelineView::endSeen, this, &ConversationView::noteSeen);
    connect(m_timeline, &TimelineView::typed, this, [this](const QString &text) {
        focusComposer();
        m_composer->insert(text);
    });
    connect(&theme, &Theme::changed, this, &ConversationView::restyle);
    connectChanges();
    setNotice({});
    setConversation(nullptr, {}, {});
    restyle();
}

void ConversationView::connectChanges()
{
    connect(m_composer, &Composer::escaped, m_timeline, &TimelineView::leaveThePast);
    connect(m_composer, &Composer::editRequested, this, &ConversationView::editRequested);
    connect(m_composer, &Composer::editLastRequested, this, [this] {
        if (messages() == nullptr)
            return;
        m_timeline->leaveThePast();
        startEditOf(messages()->lastOwnId());
    });
    connect(m_timeline, &TimelineView::replyRequested, this, &ConversationView::startReply);
    connect(m_timeline, &TimelineView::editRequested, this, &ConversationView::startEditOf);
    connect(m_timeline, &TimelineView::deleteRequested, this, &ConversationView::deleteRequested);
    connect(m_timeline, &TimelineView::reactRequested, this, &ConversationView::reactRequested);
    connect(m_timeline, &TimelineView::endWanted, this, &ConversationView::endWanted);
    connect(m_timeline, &TimelineView::quoteMissing, this, &ConversationView::quoteMissing);
}

void ConversationView::startReply(const QString &id)
{
    const auto quote = messages() != nullptr ? messages()->quoteOf(id) : std::nullopt;
    if (!quote)
        return;
    setReply(*quote);
    focusComposer();
}

std::optional<chat::Quote> ConversationView::reply() const
{
    if (m_composer->reply().isEmpty())
        return std::nullopt;
    return m_replied;
}

void ConversationView::setReply(const chat::Quote &quote)
{
    m_replied = quote;
    m_composer->startReply(quote.id, quote.sender.name, quote.text);
}

void ConversationView::startEditOf(const QString &id)
{
    if (const QString text = textOf(id); !text.isEmpty())
        startEdit(id, text);
}

/// Empty: not known.
QString ConversationView::textOf(const QString &id) const
{
    if (const QString text = m_editedText ? m_editedText(id) : QString(); !text.isEmpty())
        return text;
    const int row = messages() != nullptr ? messages()->rowOf(id) : -1;
    if (row < 0)
        return {};
    return messages()->index(row).data(models::MessageListModel::TextRole).toString();
}

void ConversationView::startEdit(const QString &id, const QString &text)
{
    const QScopedValueRollback switching(m_isSwitching, true); // nobody types
    m_composer->startEdit(id, text, textOf(id));
    focusComposer();
}

void ConversationView::setTyping(const QStringList &names)
{
    m_composer->setTyping(names);
}

void ConversationView::setPeople(const QStringList &names)
{
    m_composer->setPeople(names);
}

void ConversationView::setRights(bool mayReact, bool mayModerate)
{
    m_timeline->setRights(mayReact, mayModerate);
}

void ConversationView::setConversation(models::MessageListModel *messages, const QString &title,
                                       const QString &draft)
{
    const QScopedValueRollback switching(m_isSwitching, true);
    m_seenEpoch.clear();
    m_seenNumber = 0;
    m_composer->setEnabled(messages != nullptr);
    m_composer->setRoom(title);
    m_composer->setDraft(draft);
    m_timeline->setMessages(messages);
}

models::MessageListModel *ConversationView::messages() const
{
    return m_timeline->messages();
}

QString ConversationView::draft() const
{
    return m_composer->draft();
}

bool ConversationView::isFree() const
{
    return m_composer->isFree();
}

void ConversationView::setDraft(const QString &text)
{
    m_composer->setDraft(text);
}

void ConversationView::setTitle(const QString &title)
{
    m_composer->setRoom(title);
}

void ConversationView::setOffline(bool isOffline)
{
    m_composer->setOffline(isOffline);
}

void ConversationView::setRefused(const QString &reason)
{
    m_composer->setRefused(reason);
}

void ConversationView::setNotice(const QString &notice)
{
    m_notice->setText(notice);
    m_noticeLine->setVisible(!notice.isEmpty());
}

void ConversationView::setWatched(bool isWatched)
{
    setNotice(isWatched ? tr("This room is being watched by the host") : QString());
}

void ConversationView::focusComposer()
{
    m_composer->setFocus(Qt::OtherFocusReason);
}

void ConversationView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    models::MessageListModel *model = messages();
    // Who looks away from the end finds a line above what came meanwhile.
    if (event->type() == QEvent::ActivationChange && !isActiveWindow() && model != nullptr
        && m_timeline->isAtEnd())
        model->setReadUpTo(model->lastEpoch(), model->lastNumber());
}

void ConversationView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int side = m_theme.px(window()->width() < m_theme.px(700) ? 12 : 20);
    m_noticeLine->layout()->setContentsMargins(side, m_theme.px(8), side, 0);
}

void ConversationView::noteSeen()
{
    models::MessageListModel *model = messages();
    if (!model->hasUnreadLine()) // what arrives before somebody's eyes is not unread
        model->setReadUpTo({}, 0);
    if (model->lastEpoch().isEmpty()
        || (model->lastEpoch() == m_seenEpoch && model->lastNumber() == m_seenNumber))
        return;
    m_seenEpoch = model->lastEpoch();
    m_seenNumber = model->lastNumber();
    Q_EMIT seen(m_seenEpoch, m_seenNumber);
}

void ConversationView::restyle()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Window, m_theme.tokens().base);
    setPalette(colours);
    m_notice->setFont(m_theme.font(Theme::Type::Caption));
    const int icon = m_theme.px(16);
    m_noticeIcon->setPixmap(
        m_theme.pixmap(u"eye"_s, m_theme.tokens().text2, icon, devicePixelRatioF()));
}

} // namespace parlour::widgets
