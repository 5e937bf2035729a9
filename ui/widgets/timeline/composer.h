// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <optional>

class QFrame;
class QLabel;
class QToolButton;

namespace parlour::widgets {

class ComposerBar;
class MessageEditor;
class NameCompletion;
class TextLabel;
class Theme;

/// Where a message is written. What is typed stays until it is sent or taken away with setText().
class Composer final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int MostCodePoints = 4000; ///< of one message, by the protocol

    /// theme outlives the widget.
    explicit Composer(Theme &theme, QWidget *parent = nullptr);

    QString text() const;
    /// The cursor goes to its end; undo starts anew.
    void setText(const QString &text);
    /// As if typed.
    void insert(const QString &text);

    /// What is written replies to that message, until it is sent or cancelled (Esc). `text`: how
    /// the message begins.
    void startReply(const QString &id, const QString &name, const QString &text);
    /// The message that the draft replies to; empty: none.
    QString reply() const;
    /// The person's own message is written anew. What stood in the field comes back afterwards.
    /// `before`: what it says now, if that is not `text`; empty: not known.
    void startEdit(const QString &id, const QString &text,
                   const std::optional<QString> &before = {});
    /// The message that is written anew; empty: none.
    QString edited() const { return m_about.isEdit ? m_about.id : QString(); }
    /// Nothing is being written, replied to or edited.
    bool isFree() const { return m_about.id.isEmpty() && text().isEmpty(); }
    /// No reply and no edit any more.
    void cancel();
    /// What was written as a message of its own, perhaps aside while another one is edited.
    QString draft() const;
    /// The same as setText(), and nothing is replied to or edited.
    void setDraft(const QString &text);

    /// Names of those who write now.
    void setTyping(const QStringList &names);
    /// Names that are proposed behind an '@'.
    void setPeople(const QStringList &names);

    /// Of the room, as people see it.
    void setRoom(const QString &title);
    /// Messages wait until the host is back; writing goes on.
    void setOffline(bool isOffline);
    /// Why nothing can be sent here, for people; empty: everything is well. The text can still be
    /// read and copied.
    void setRefused(const QString &reason);

Q_SIGNALS:
    /// The field is empty already: a slot that cannot take the text puts it back with setText().
    /// `reply`: the id of the message that it replies to; empty: of none.
    void sendRequested(const QString &text, const QString &reply);
    void editRequested(const QString &id, const QString &text);
    /// Up in an empty field.
    void editLastRequested();
    void textChanged();
    /// Esc where there is nothing to cancel.
    void escaped();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Standing { Empty, Good, TooLong, Refused };
    /// The message that this one is about.
    struct About {
        QString id; ///< empty: none
        bool isEdit = false; ///< else a reply
        QString before; ///< of an edit: the text to be changed
        QString aside; ///< of an edit: what was in the field
    };

    Standing standing() const;
    void submit();
    void update();
    void updateHint();
    void restyle();
    void showFocus(bool hasFocus);
    void say(const QString &words, bool isProblem);

    Theme &m_theme;
    ComposerBar *m_bar; ///< children, as are the others
    QFrame *m_frame;
    MessageEditor *m_editor;
    QToolButton *m_send;
    TextLabel *m_typing;
    QLabel *m_hint;
    NameCompletion *m_completion; ///< child of the parent
    About m_about;
    QString m_room;
    QString m_refused;
    bool m_isOffline = false;
    bool m_hasFocus = false;
};

} // namespace parlour::widgets
