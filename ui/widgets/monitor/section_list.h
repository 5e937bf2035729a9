// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "models/monitor/roles.h"

#include <QListView>

class QStandardItemModel;

namespace parlour::widgets {

class Theme;

namespace monitor {

enum class Section { Overview, Channels, Groups, Connections, Messages, Bridge };

/// The monitor's table of contents: icon, name and a number or a dot each; icons alone where it is
/// narrow.
class SectionList : public QListView
{
    Q_OBJECT
public:
    explicit SectionList(const Theme &theme, QWidget *parent = nullptr);

    Section section() const;
    void setSection(Section section);
    void setCount(Section section, const QString &count);
    /// A dot in a colour of its own; `words` say the same to screen readers and in the tooltip.
    void setState(Section section, models::CellTone tone, const QString &words);
    void setNarrow(bool isNarrow);

Q_SIGNALS:
    void sectionChanged(parlour::widgets::monitor::Section section);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QStandardItemModel *m_sections; ///< a child
};

} // namespace monitor

} // namespace parlour::widgets
