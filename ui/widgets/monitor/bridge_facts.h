// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

namespace parlour::models {
class BridgeModel;
}

namespace parlour::widgets {

class Theme;

namespace monitor {

class Fact;

/// The card that says what the bridge is: which server, which words, what is encrypted.
class BridgeFacts : public QFrame
{
    Q_OBJECT
public:
    explicit BridgeFacts(const Theme &theme, QWidget *parent = nullptr);
    /// Nothing changes while the model has no bridge.
    void show(const models::BridgeModel &model);

private:
    Fact *m_server;
    Fact *m_layer;
    Fact *m_prefix;
    Fact *m_link;
    Fact *m_messages;
    Fact *m_channel;
    Fact *m_counts;
    Fact *m_peers;
};

} // namespace monitor

} // namespace parlour::widgets
