// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/groups_page.h"

#include "models/monitor/group_tree_model.h"
#include "widgets/monitor/parts.h"
#include "widgets/monitor/table_header.h"
#include "widgets/theme/theme.h"

#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QTreeView>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;
using models::GroupTreeModel;

namespace {

/// Draws the branches in the colours of the rows.
class GroupTree final : public QTreeView
{
public:
    explicit GroupTree(const Theme &theme)
        : m_theme(theme)
    {
        setHeader(new TableHeader(theme, this));
        header()->setSectionsClickable(true);
        header()->setSortIndicatorShown(true);
        header()->setStretchLastSection(false);
        header()->setMinimumSectionSize(theme.px(56));
        setFrameShape(QFrame::NoFrame);
        setUniformRowHeights(true);
        setIndentation(theme.px(28));
        setSelectionMode(QAbstractItemView::ExtendedSelection);
        setEditTriggers(QAbstractItemView::NoEditTriggers);
        setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        setMouseTracking(true);
        setSortingEnabled(true);
        addCopyAction(*this);
    }

protected:
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override
    {
        const Tokens &tokens = m_theme.tokens();
        const bool isGroup = !index.parent().isValid();
        const bool isChosen = selectionModel()->isSelected(index);
        painter->fillRect(rect, isChosen ? tokens.sel : isGroup ? tokens.pane : tokens.base);
        painter->fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.grid);
        if (!isGroup || !model()->hasChildren(index))
            return;
        const int side = m_theme.px(14);
        painter->drawPixmap(rect.right() - side - 2, rect.center().y() - side / 2,
                            m_theme.pixmap(isExpanded(index) ? u"down"_s : u"right"_s, tokens.text2,
                                           side, devicePixelRatioF()));
    }

private:
    const Theme &m_theme;
};

} // namespace

GroupsPage::GroupsPage(const Theme &theme, GroupTreeModel &groups)
    : TablePage(theme, groups, new GroupTree(theme),
                {tr("Find a group or a channel"), tr("Filter groups"),
                 tr("No groups. They appear with the first room that somebody enters.")})
{
    auto &tree = static_cast<QTreeView &>(view());
    tree.setAccessibleName(tr("Groups"));
    tree.sortByColumn(GroupTreeModel::Name, Qt::AscendingOrder);
    const QList<int> widths{320, 220, 110, 110, 140};
    for (int column = 0; column < widths.size(); ++column)
        tree.setColumnWidth(column, theme.px(widths.at(column)));
    tree.header()->setSectionResizeMode(GroupTreeModel::Name, QHeaderView::Stretch);
    // Groups open when they come: the members are what one looks for.
    connect(&proxy(), &QAbstractItemModel::rowsInserted, &tree,
            [&tree](const QModelIndex &parent, int first, int last) {
                if (parent.isValid() && first == 0 && tree.model()->rowCount(parent) == last + 1)
                    tree.expand(parent);
                for (int row = first; !parent.isValid() && row <= last; ++row)
                    tree.expand(tree.model()->index(row, 0));
            });
    connect(&filter(), &QLineEdit::textChanged, &tree, [&tree](const QString &text) {
        if (!text.isEmpty())
            tree.expandAll();
    });
}

} // namespace parlour::widgets::monitor
