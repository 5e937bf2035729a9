// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "channels/inspector.h"
#include "models/monitor/connection_table_model.h"
#include "widgets/monitor/parts.h"

namespace parlour::widgets::monitor {

class Fact;

/// All that is known of one channel and of the connection that it belongs to.
class ChannelDetails : public Surface
{
    Q_OBJECT
public:
    static constexpr int Width = 344;

    explicit ChannelDetails(const Theme &theme, QWidget *parent = nullptr);

    /// `connection`: nullptr where the channel has none.
    void show(const channels::ChannelInfo &channel, const models::ConnectionRow *connection,
              qint64 now);
    /// The channel closed: its last values stay, and the pane says so.
    void showClosed();

Q_SIGNALS:
    void closeWanted();

private:
    QWidget *makeHead();
    Fact *addFact(QLayout &layout, const QString &label, bool isCode = false);
    void showConnection(const models::ConnectionRow *connection, qint64 now);

    const Theme &m_theme;
    QLabel *m_person;
    QLabel *m_name;
    QLabel *m_state;
    Fact *m_queue = nullptr;
    Fact *m_delivered = nullptr;
    Fact *m_dropped = nullptr;
    Fact *m_consumer = nullptr;
    Fact *m_since = nullptr;
    QLabel *m_connectionTitle;
    QList<Fact *> m_connectionFacts;
    QLabel *m_groups;
};

} // namespace parlour::widgets::monitor
