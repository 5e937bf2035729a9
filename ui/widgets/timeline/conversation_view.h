// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/message_list_model.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;

namespace parlour::widgets {

class Composer;
class Theme;
class TimelineView;

/// The talk of one room: its messages, a line of notice, and where one writes. Knows no host; what
/// a person wants leaves it as a signal.
class ConversationView final : public QWidget
{
    Q_OBJECT
public:
    /// theme outlives the widget.
    explicit ConversationView(Theme &theme, QWidget *parent = nullptr);

    /// Shows another room. messages is not owned; nullptr: none, and nothing can be written. draft
    /// is what was typed there before; take draft() of the former room first. Call the model's
    /// setReadUpTo() before, so that the unread line is there.
    void setConversation(models::MessageListModel *messages, const QString &title,
                         const QString &draft);
    models::MessageListModel *messages() const;
    QString draft() const;
    /// The message that the draft replies to; none: it is no reply.
    std::optional<chat::Quote> reply() const;
    /// Goes on with a reply; the message need not be loaded.
    void setReply(const chat::Quote &quote);
    /// Puts back what could not be taken.
    void setDraft(const QString &text);
    /// Nothing is being written.
    bool isFree() const;
    /// Goes on with a text that a message was to get.
    void startEdit(const QString &id, const QString &text);
    /// What a message is to say by edits that the host has yet to take; empty: there are none. An
    /// edit begins with it.
    using EditedText = std::function<QString(const QString &id)>;
    void setEditedText(const EditedText &editedText) { m_editedText = editedText; }
    /// See TimelineView.
    void setRights(bool mayReact, bool mayModerate);
    /// Names of those who write now.
    void setTyping(const QStringList &names);
    /// Names that are proposed behind an '@'.
    void setPeople(const QStringList &names);

    /// Of the current room; see Composer.
    void setTitle(const QString &title);
    void setOffline(bool isOffline);
    void setRefused(const QString &reason);
    /// A line above the composer; empty: none.
    void setNotice(const QString &notice);
    /// The notice that a monitor shows what is said here.
    void setWatched(bool isWatched);
    void focusComposer();

    TimelineView &timeline() { return *m_timeline; }
    Composer &composer() { return *m_composer; }

Q_SIGNALS:
    void sendRequested(const QString &text, const QString &reply);
    void editRequested(const QString &id, const QString &text);
    void deleteRequested(const QString &id);
    void reactRequested(const QString &id, const QString &emoji, bool isOn);
    void retryRequested(const QString &id);
    void discardRequested(const QString &id);
    /// What a message quotes is not among those that are loaded; see TimelineView.
    void quoteMissing(const QString &id, const parlour::chat::Position &position);
    /// As the timeline's.
    void endWanted();
    /// http or https only.
    void linkActivated(const QUrl &url);
    void draftChanged(const QString &text);
    /// The person has typed in the field; false: it is empty.
    void typingChanged(bool isTyping);
    /// Everything of the current room up to here was on the screen of an active window.
    void seen(const QString &epoch, qint64 number);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectChanges();
    void startReply(const QString &id);
    void startEditOf(const QString &id);
    QString textOf(const QString &id) const;
    void noteSeen();
    void restyle();

    Theme &m_theme;
    TimelineView *m_timeline; ///< children, as are the others
    QWidget *m_noticeLine;
    QLabel *m_noticeIcon;
    QLabel *m_notice;
    Composer *m_composer;
    QString m_seenEpoch;
    qint64 m_seenNumber = 0;
    EditedText m_editedText;
    chat::Quote m_replied; ///< of the reply that was begun last
    bool m_isSwitching = false;
};

} // namespace parlour::widgets
