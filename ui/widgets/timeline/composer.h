// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;

namespace parlour::widgets {

class MessageEditor;
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

    /// Of the room, as people see it.
    void setRoom(const QString &title);
    /// Messages wait until the host is back; writing goes on.
    void setOffline(bool isOffline);
    /// Why nothing can be sent here, for people; empty: everything is well. The text can still be
    /// read and copied.
    void setRefused(const QString &reason);

Q_SIGNALS:
    /// The field is empty already: a slot that cannot take the text puts it back with setText().
    void sendRequested(const QString &text);
    void textChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Standing { Empty, Good, TooLong, Refused };

    Standing standing() const;
    void submit();
    void update();
    void updateHint();
    void restyle();
    void showFocus(bool hasFocus);
    void say(const QString &words, bool isProblem);

    Theme &m_theme;
    QFrame *m_frame; ///< children, as are the others
    MessageEditor *m_editor;
    QToolButton *m_send;
    QLabel *m_hint;
    QString m_room;
    QString m_refused;
    bool m_isOffline = false;
    bool m_hasFocus = false;
};

} // namespace parlour::widgets
