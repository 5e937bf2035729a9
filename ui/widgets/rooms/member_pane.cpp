// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/rooms/member_pane.h"

#include "widgets/common/text_label.h"
#include "widgets/rooms/member_delegate.h"
#include "widgets/timeline/message_words.h"

#include <QListView>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

MemberPane::MemberPane(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_list(new QListView(this))
    , m_delegate(new MemberDelegate(theme, m_list))
    , m_stale(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Wrap, this))
    , m_head(new TextLabel(theme, Theme::Type::CaptionStrong, TextLabel::Fit::Elide, this))
    , m_count(new TextLabel(theme, Theme::Type::Caption, TextLabel::Fit::Whole, this))
    , m_hint(new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Wrap, this))
{
    setObjectName(u"memberPane"_s);
    m_list->setAccessibleName(tr("Members"));
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    for (TextLabel *label : {m_stale, m_head, m_hint}) {
        label->setTone(u"text2"_s);
    }
    m_count->setTone(u"text3"_s);
    m_hint->setText(tr("Guests appear here as they come in."));
    m_stale->hide();

    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 8);
    head->addWidget(m_head, 1);
    head->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *stale = new QHBoxLayout;
    stale->setContentsMargins(16, 12, 16, 0);
    stale->addWidget(m_stale);
    auto *hint = new QHBoxLayout;
    hint->setContentsMargins(16, 8, 16, 0);
    hint->addWidget(m_hint);
    column->addLayout(stale);
    column->addLayout(head);
    column->addWidget(m_list, 1000);
    column->addLayout(hint);
    column->addStretch(1);
    connect(&theme, &Theme::changed, m_list, [this] {
        m_list->doItemsLayout();
        m_list->viewport()->update();
    });
    setAsSeenAt(0);
}

// Long names and sentences do not widen the pane.
QSize MemberPane::sizeHint() const
{
    return {m_theme.px(DesignWidth), QFrame::sizeHint().height()};
}

void MemberPane::setModel(QAbstractItemModel *model)
{
    if (m_list->model() != nullptr) {
        m_list->model()->disconnect(this);
    }
    m_list->setModel(model);
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &MemberPane::count);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &MemberPane::count);
        connect(model, &QAbstractItemModel::modelReset, this, &MemberPane::count);
    }
    count();
}

void MemberPane::setAsSeenAt(qint64 time)
{
    const bool isLive = time == 0;
    m_delegate->setLive(isLive);
    m_head->setText(isLive ? tr("Here now") : tr("Here then"));
    m_stale->setVisible(!isLive);
    if (!isLive) {
        m_stale->setText(
            tr("As seen at %1, before the connection was lost").arg(MessageWords::time(time)));
    }
    count();
    m_list->viewport()->update();
}

void MemberPane::count()
{
    const int people = m_list->model() == nullptr ? 0 : m_list->model()->rowCount();
    m_count->setText(QLocale().toString(people));
    // The hint stands right under the one row.
    const bool isAlone = people == 1;
    m_hint->setVisible(isAlone && m_stale->isHidden()); // nobody comes in while it is away
    m_list->setMaximumHeight(isAlone ? m_list->sizeHintForRow(0) : QWIDGETSIZE_MAX);
}

} // namespace parlour::widgets
