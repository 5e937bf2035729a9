// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/monitor/table_page.h"

namespace parlour::models {
class ChannelTableModel;
class ConnectionTableModel;
} // namespace parlour::models

namespace parlour::widgets::monitor {

class ChannelDetails;

/// The table of channels, and beside it the chosen one.
class ChannelsPage : public TablePage
{
    Q_OBJECT
public:
    ChannelsPage(const Theme &theme, models::ChannelTableModel &channels,
                 const models::ConnectionTableModel &connections);

    /// After both models took a snapshot of that time.
    void refresh(qint64 now);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void choose(const QModelIndex &current);
    void openDetails();
    void closeDetails();
    void showDetails();
    bool isNarrow() const;

    const models::ChannelTableModel &m_channels;
    const models::ConnectionTableModel &m_connections;
    ChannelDetails *m_details;
    QString m_chosen; ///< name of the channel in the pane; empty: none
    qint64 m_now = 0;
    bool m_isOpen = true; ///< the pane may show
};

} // namespace parlour::widgets::monitor
