// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/common/sheet.h"
#include "widgets/host/hosting.h"

class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace parlour::widgets {

/// Asks how to host: title, port, and who reaches it. Stays open until the app accepts or says a
/// problem (a port in use).
class HostSheet final : public Sheet
{
    Q_OBJECT
public:
    HostSheet(const Theme &theme, const HostingRequest &before);

Q_SIGNALS:
    /// How the rooms are shared is to be changed first.
    void bridgeRequested();
    void hostRequested(const parlour::widgets::HostingRequest &request);

private:
    void addReach(bool isOnNetwork);
    void addBridge();
    HostingRequest request() const;

    QLineEdit *m_title;
    QSpinBox *m_port;
    QRadioButton *m_network = nullptr;
    QRadioButton *m_local = nullptr;
};

} // namespace parlour::widgets
