// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QTimer>

class QAbstractItemModel;
class QLineEdit;
class QListView;
class QModelIndex;
class QPushButton;
class QToolButton;

namespace parlour::widgets {

class TextLabel;
class Theme;

/// Where one searches what was said, and what was found: a field, this room or all, and the
/// messages. Searches nothing itself. Works on models::SearchResultModel.
class SearchPanel final : public QFrame
{
    Q_OBJECT
public:
    enum class State {
        Idle, ///< nothing is looked for
        Searching,
        Done, ///< all of a page is there; perhaps there is none
    };

    explicit SearchPanel(const Theme &theme, QWidget *parent = nullptr);

    /// The model outlives the panel.
    void setModel(QAbstractItemModel *model);
    /// Begins to search this room, or all; what was typed before is proposed.
    void open(bool isEverywhere);
    bool isEverywhere() const;
    QString text() const;
    void setState(State state, bool hasMore = false);
    /// What there is to say beside: that a host is away, or why a search was not done; empty:
    /// nothing.
    void setNote(const QString &note);

    QSize sizeHint() const override;

    static constexpr int DesignWidth = 320;
    /// How long nobody types before it is searched.
    static constexpr std::chrono::milliseconds TypingPause{250};

Q_SIGNALS:
    /// Search for text() now; empty: for nothing.
    void searchRequested();
    void moreRequested();
    void chosen(const QModelIndex &result);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeScopes(const Theme &theme);
    void layOut(const Theme &theme);
    void connectParts();
    void searchNow();
    void choose();
    void noteSelection();
    void update();

    const Theme &m_theme;
    QLineEdit *m_field; ///< children, as are the others
    QToolButton *m_close;
    QToolButton *m_here = nullptr;
    QToolButton *m_everywhere = nullptr;
    QListView *m_list;
    TextLabel *m_note;
    TextLabel *m_status;
    QPushButton *m_all;
    QPushButton *m_more;
    QTimer m_typing;
    QString m_searched; ///< the text of the last search
    State m_state = State::Idle;
    bool m_hasMore = false;
};

} // namespace parlour::widgets
