// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/message_list_model.h"
#include "widgets/timeline/message_layout.h"
#include "widgets/timeline/scroll_anchor.h"

#include <QListView>
#include <QPointer>
#include <QTimer>

class QPushButton;

namespace parlour::widgets {

class EmptyState;
class MessageActions;
class MessageDelegate;
class TextLabel;
class Theme;

/// The messages of one room. Follows the newest while it is at the end; elsewhere nothing moves,
/// further messages come before an edge is reached, and a button says how many came at the end and
/// leads there. Opens nothing and sends nothing itself.
class TimelineView final : public QListView
{
    Q_OBJECT
public:
    /// theme outlives the view.
    explicit TimelineView(Theme &theme, QWidget *parent = nullptr);

    /// Not owned; nullptr: no room. Shows what is unread of it, else its end.
    void setMessages(models::MessageListModel *messages);
    models::MessageListModel *messages() const { return m_messages; }

    /// Never before anything of the room was shown.
    bool isAtEnd() const { return m_anchor.isAtEnd() && !m_isLanding; }
    /// Others' messages that came below while the view stood elsewhere.
    int newMessages() const { return m_newMessages; }
    void scrollToEnd();
    /// The same, where the end is not among the rows.
    void leaveThePast();
    /// The selected messages as text: one message alone as it was said, several with name and time.
    QString selectedText() const;
    void copySelected() const;
    /// Selects a message and brings it into the middle. False: it is not loaded.
    bool jumpTo(const QString &id);
    /// Puts the first unread message to the top, once it is laid out.
    void showUnread();
    /// What the person may do beside talking: react, and delete what others said.
    void setRights(bool mayReact, bool mayModerate);

Q_SIGNALS:
    void replyRequested(const QString &id);
    void editRequested(const QString &id);
    void deleteRequested(const QString &id);
    void reactRequested(const QString &id, const QString &emoji, bool isOn);
    /// What a message quotes is not loaded; number 0: nobody knows where it stands.
    void quoteMissing(const QString &id, const parlour::chat::Position &position);
    void retryRequested(const QString &id);
    void discardRequested(const QString &id);
    /// http or https, by a person's click.
    void linkActivated(const QUrl &url);
    /// The newest message is on the screen of an active window.
    void endSeen();
    /// The person wants to be at the end, and nowhere else.
    void endWanted();
    /// Keys that belong to the composer: text, or nothing for Esc.
    void typed(const QString &text);

protected:
    void doItemsLayout() override;
    void reset() override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &text) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                     const QList<int> &roles) override;

private:
    struct Target {
        QModelIndex index;
        MessageLayout::Hit hit;
    };

    void ensureCurrent();
    void noteScroll();
    void noteReading();
    void wantMore();
    void connectMessages(const models::MessageListModel &messages);
    void restyle();
    void updateEmpty();
    void updateJump();
    void announceEnd();
    void landAtUnread();
    void placeChildren();
    bool scrollsInsideRow(int key);
    Target targetAt(QPoint position) const;
    void activate(const Target &target);
    bool isFailed(const QModelIndex &index) const;
    bool isSaid(const QModelIndex &index) const;
    bool mayEdit(const QModelIndex &index) const;
    bool mayDelete(const QModelIndex &index) const;
    bool act(const QKeyEvent &event);
    bool actOnFailed(int key);
    bool moveChip(int key);
    void toggle(const QModelIndex &index, int chip);
    QMenu *menuFor(const Target &target);
    void addChanges(QMenu &menu, const QModelIndex &index);
    void openMenu(const Target &target, QPoint place);
    void openReactions(const QModelIndex &index, QPoint place);
    QPoint menuPlace(const QModelIndex &index) const;
    QString tooltipFor(const Target &target) const;
    void connectActions();
    void showActions(const QModelIndex &index);

    Theme &m_theme;
    QPointer<models::MessageListModel> m_messages;
    MessageDelegate *m_delegate; ///< child
    EmptyState *m_empty; ///< children of the viewport
    TextLabel *m_loading;
    QPushButton *m_jump; ///< child
    MessageActions *m_actions; ///< child of the viewport
    QPersistentModelIndex m_hovered; ///< that they are for
    bool m_mayReact = true;
    bool m_mayModerate = false;
    QTimer m_stateDue; ///< "sending…" becomes visible
    ScrollAnchor m_anchor;
    Target m_pressed;
    int m_newMessages = 0;
    bool m_isLanding = false; ///< the room was opened, and nothing of it is shown yet
    bool m_isLayingOut = false; ///< the scroll bar moves by itself
};

} // namespace parlour::widgets
