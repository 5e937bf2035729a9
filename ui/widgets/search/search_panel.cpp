// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/search/search_panel.h"

#include "chat/search_words.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/search/search_delegate.h"

#include <QButtonGroup>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int Side = 16;

} // namespace

SearchPanel::SearchPanel(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_close(makeTool(theme, u"x"_s, tr("Close search"), this))
    , m_list(new QListView(this))
    , m_note(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Wrap, this))
    , m_status(new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Wrap, this))
    , m_all(makeButton(theme, tr("Search all rooms"), {.scale = u"strip"_s}, this))
    , m_more(makeButton(theme, tr("Show more"), {.scale = u"strip"_s}, this))
{
    setObjectName(u"searchPanel"_s);
    m_field->setAccessibleName(tr("Search messages"));
    m_field->setPlaceholderText(tr("Search messages"));
    m_field->setMaxLength(chat::MaxSearchLength);
    m_field->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("Found messages"));
    m_list->setItemDelegate(new SearchDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->installEventFilter(this);
    m_note->setTone(u"text2"_s);
    m_note->setName(tr("Search note"));
    m_status->setTone(u"text2"_s);
    m_status->setName(tr("Search state"));
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingPause);
    layOut(theme);
    connectParts();
    setNote({});
    setState(State::Idle);
}

QWidget *SearchPanel::makeScopes(const Theme &theme)
{
    auto *scopes = new QWidget(this);
    auto *group = new QButtonGroup(scopes);
    auto *row = new QHBoxLayout(scopes);
    makeTight(*row);
    row->setSpacing(4);
    const auto add = [&](const QString &icon, const QString &words, const QString &keys) {
        QToolButton *button = makeTool(theme, icon, words, scopes);
        button->setText(words);
        button->setToolTip(keys);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setProperty("kind", u"wide"_s);
        button->setCheckable(true);
        group->addButton(button);
        row->addWidget(button);
        return button;
    };
    m_here = add(u"hash"_s, tr("This room"), tr("Search this room (Ctrl+F)"));
    m_everywhere = add(u"layers"_s, tr("All rooms"), tr("Search all rooms (Ctrl+Shift+F)"));
    m_here->setChecked(true);
    row->addStretch(1);
    return scopes;
}

void SearchPanel::layOut(const Theme &theme)
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(Side, 12, 8, 0);
    head->setSpacing(4);
    head->addWidget(m_field, 1);
    head->addWidget(m_close);
    auto *scopes = new QHBoxLayout;
    scopes->setContentsMargins(Side, 8, Side, 8);
    scopes->addWidget(makeScopes(theme));
    auto *words = new QVBoxLayout;
    words->setContentsMargins(Side, 0, Side, 8);
    words->setSpacing(8);
    words->addWidget(m_note);
    words->addWidget(m_status);
    words->addWidget(m_all, 0, Qt::AlignLeft);
    auto *more = new QHBoxLayout;
    more->setContentsMargins(Side, 8, Side, 12);
    more->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    makeTight(*column);
    column->addLayout(head);
    column->addLayout(scopes);
    column->addLayout(words);
    column->addWidget(m_list, 1000);
    column->addLayout(more);
    column->addStretch(1);
}

void SearchPanel::connectParts()
{
    connect(m_close, &QToolButton::clicked, this, &SearchPanel::closed);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(&m_typing, &QTimer::timeout, this, &SearchPanel::searchNow);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_typing.isActive() || m_searched != text())
            searchNow();
        else
            choose();
    });
    connect(m_everywhere, &QToolButton::toggled, this, &SearchPanel::searchNow);
    connect(m_all, &QPushButton::clicked, this, [this] { open(true); });
    connect(m_more, &QPushButton::clicked, this, &SearchPanel::moreRequested);
    connect(m_list, &QListView::clicked, this, &SearchPanel::chosen);
    connect(&m_theme, &Theme::changed, m_list, [this] {
        m_list->doItemsLayout();
        m_list->viewport()->update();
    });
}

void SearchPanel::setModel(QAbstractItemModel *model)
{
    const std::unique_ptr<QItemSelectionModel> former(m_list->selectionModel());
    m_list->setModel(model);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SearchPanel::noteSelection, Qt::QueuedConnection);
}

/// Whoever has a row read aloud chooses it by selecting it, which does not make it the current one.
void SearchPanel::noteSelection()
{
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    if (selected.isEmpty() || selected.constFirst() == m_list->currentIndex())
        return;
    m_list->setCurrentIndex(selected.constFirst());
    choose();
}

void SearchPanel::open(bool isEverywhere)
{
    const bool isOther = isEverywhere != m_everywhere->isChecked();
    (isEverywhere ? m_everywhere : m_here)->setChecked(true);
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
    if (!isOther && !text().isEmpty())
        searchNow();
}

bool SearchPanel::isEverywhere() const
{
    return m_everywhere->isChecked();
}

QString SearchPanel::text() const
{
    return m_field->text().trimmed();
}

void SearchPanel::searchNow()
{
    m_typing.stop();
    m_searched = text();
    Q_EMIT searchRequested();
}

void SearchPanel::setState(State state, bool hasMore)
{
    m_state = state;
    m_hasMore = hasMore;
    update();
}

void SearchPanel::update()
{
    const bool hasRows = m_list->model() != nullptr && m_list->model()->rowCount() > 0;
    const bool isNothing = m_state == State::Done && !hasRows;
    QString words;
    if (m_state == State::Idle && text().isEmpty())
        words = tr("Type words that were said. The beginning of a word is enough.");
    else if (m_state == State::Searching && !hasRows)
        words = tr("Searching…");
    else if (isNothing)
        words = isEverywhere() ? tr("No messages with “%1” in any room.").arg(m_searched)
                               : tr("No messages with “%1” in this room.").arg(m_searched);
    m_status->setText(words);
    m_status->setVisible(!words.isEmpty());
    m_all->setVisible(isNothing && !isEverywhere());
    m_list->setVisible(hasRows);
    m_more->setVisible(hasRows && (m_hasMore || m_state == State::Searching));
    m_more->setEnabled(m_state == State::Done);
    m_more->setText(m_state == State::Searching ? tr("Searching…") : tr("Show more"));
}

void SearchPanel::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

// What was found and long names do not widen the panel.
QSize SearchPanel::sizeHint() const
{
    return {m_theme.px(DesignWidth), QFrame::sizeHint().height()};
}

/// The row that is chosen, else the first one.
void SearchPanel::choose()
{
    const QAbstractItemModel *model = m_list->model();
    if (model == nullptr || model->rowCount() == 0)
        return;
    const QModelIndex current = m_list->currentIndex();
    Q_EMIT chosen(current.isValid() ? current : model->index(0, 0));
}

bool SearchPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched == m_list && isEnter) {
        choose();
        return true;
    }
    if (watched == m_field && key == Qt::Key_Down && m_list->isVisible()) {
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_list->model()->index(0, 0));
        m_list->setFocus(Qt::TabFocusReason);
        return true;
    }
    if (watched == m_list && key == Qt::Key_Up && m_list->currentIndex().row() <= 0) {
        m_field->setFocus(Qt::BacktabFocusReason);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void SearchPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QFrame::keyPressEvent(event);
}

} // namespace parlour::widgets
