// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/messages_page.h"

#include "models/monitor/format.h"
#include "models/monitor/live_message_model.h"
#include "widgets/monitor/live_message_delegate.h"
#include "widgets/monitor/parts.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::LiveMessageModel;

MessagesPage::MessagesPage(const Theme &theme, LiveMessageModel &messages, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_messages(messages)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_delegate(new LiveMessageDelegate(theme, this))
    , m_list(new QListView)
    , m_matches(new ElidedLabel(theme, Theme::Type::Small))
    , m_empty(makeLabel(theme, Theme::Type::Small, "text2"))
{
    m_proxy->setSourceModel(&messages);
    m_proxy->setFilterRole(models::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setUpList();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeBar());
    rows->addWidget(makeWatchedNote());
    rows->addWidget(makePauseStrip());
    rows->addWidget(new LiveMessageHead(theme));
    m_empty->setContentsMargins(16, 12, 16, 12);
    m_empty->setWordWrap(true);
    rows->addWidget(m_empty);
    rows->addWidget(m_list, 1);
    connect(&messages, &LiveMessageModel::countsChanged, this, &MessagesPage::showCounts);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setFilterFixedString(text);
        showCounts();
    });
    showCounts();
}

void MessagesPage::setUpList()
{
    m_list->setAccessibleName(tr("Live messages"));
    m_list->setModel(m_proxy);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMouseTracking(true);
    addCopyAction(*m_list);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (first == 0)
                    keepPlace(last + 1);
            });
}

QWidget *MessagesPage::makeBar()
{
    auto *bar = new Surface(m_theme, &Tokens::base, Qt::BottomEdge);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(8);
    m_filter = makeFilterField(m_theme, tr("Filter messages"), tr("Filter messages"));
    m_pause = new QPushButton(tr("Pause"));
    m_pause->setAccessibleName(tr("Pause"));
    m_clear = new QPushButton(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear"));
    row->addWidget(m_filter, 1);
    row->addWidget(m_pause);
    row->addWidget(m_clear);
    row->addStretch();
    row->addWidget(m_matches);
    connect(m_pause, &QPushButton::clicked, this, &MessagesPage::togglePause);
    connect(m_clear, &QPushButton::clicked, &m_messages, &LiveMessageModel::clear);
    return bar;
}

QWidget *MessagesPage::makePauseStrip()
{
    m_pauseStrip = new QFrame;
    m_pauseStrip->setObjectName(u"strip"_s);
    setTone(m_pauseStrip, "warn");
    auto *row = new QHBoxLayout(m_pauseStrip);
    row->setContentsMargins(16, 8, 16, 8);
    m_paused = makeLabel(m_theme, Theme::Type::Small, "warn");
    m_paused->setWordWrap(true);
    row->addWidget(m_paused);
    m_pauseStrip->hide();
    return m_pauseStrip;
}

QWidget *MessagesPage::makeWatchedNote()
{
    auto *note = new QFrame;
    note->setObjectName(u"strip"_s);
    setTone(note, "acc");
    auto *row = new QHBoxLayout(note);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(10);
    auto *eye = new QLabel;
    const auto draw = [eye, this] {
        eye->setPixmap(
            m_theme.pixmap(u"eye"_s, m_theme.tokens().acc, m_theme.px(20), devicePixelRatioF()));
    };
    draw();
    connect(&m_theme, &Theme::changed, eye, draw);
    auto *words = makeLabel(m_theme, Theme::Type::Small);
    words->setAccessibleName(tr("Watched"));
    words->setWordWrap(true);
    words->setText(tr("While this list is open, everybody in the rooms is told that messages are "
                      "being watched. Another section ends it."));
    row->addWidget(eye, 0, Qt::AlignTop);
    row->addWidget(words, 1);
    return note;
}

void MessagesPage::togglePause()
{
    m_pausedAt = QLocale().toString(QTime::currentTime(), u"HH:mm:ss"_s);
    m_messages.setPaused(!m_messages.isPaused());
}

void MessagesPage::keepPlace(int inserted)
{
    // At the top one sees what comes; further down the rows stand still under the reader's eyes.
    QScrollBar *bar = m_list->verticalScrollBar();
    if (bar->value() == 0)
        return;
    const int shift = inserted * m_list->sizeHintForRow(0);
    const int wanted = bar->value() + shift;
    bar->setMaximum(std::max(bar->maximum(), wanted)); // the list measures itself only later
    bar->setValue(wanted);
}

void MessagesPage::showCounts()
{
    const bool isPaused = m_messages.isPaused();
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pauseStrip->setVisible(isPaused);
    QString words = tr("Paused at %1. The list stands still, the rooms do not. Came meanwhile: %2.")
                        .arg(m_pausedAt, models::formatNumber(m_messages.cameInPause()));
    if (m_messages.lostInPause() > 0)
        words +=
            u' ' + tr("No longer kept: %1.").arg(models::formatNumber(m_messages.lostInPause()));
    m_paused->setText(words);

    const QString shown = models::formatNumber(m_proxy->rowCount());
    const QString seen = models::formatNumber(m_messages.seen());
    QString counts = tr("%1 of %2 shown", "events").arg(shown, seen);
    if (m_messages.skipped() > 0)
        counts += u", "_s + tr("skipped: %1").arg(models::formatNumber(m_messages.skipped()));
    m_matches->setText(counts);
    m_empty->setVisible(m_proxy->rowCount() == 0);
    m_empty->setText(m_filter->text().isEmpty()
                         ? tr("Nothing has happened since this list was opened.")
                         : tr("Nothing matches the filter. Went by: %1.").arg(seen));
}

void MessagesPage::setStale(bool isStale)
{
    m_delegate->setStale(isStale);
    m_list->viewport()->update();
}

} // namespace parlour::widgets::monitor
