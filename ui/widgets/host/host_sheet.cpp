// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/host_sheet.h"

#include "widgets/common/controls.h"

#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int LongestTitle = 200;

} // namespace

HostSheet::HostSheet(const Theme &theme, const HostingRequest &before)
    : Sheet(theme, 480, tr("Host a room"))
    , m_title(new QLineEdit(before.title, this))
    , m_port(new QSpinBox(this))
{
    addText(tr("The room lives on this computer and is open while Parlour runs. People join with "
               "the app or with any browser."));
    m_title->setAccessibleName(tr("Title"));
    m_title->setMaxLength(LongestTitle);
    addCaption(tr("Title"), m_title);
    m_port->setAccessibleName(tr("Port"));
    m_port->setButtonSymbols(QSpinBox::NoButtons);
    m_port->setRange(0, 65535);
    m_port->setValue(before.port);
    m_port->setSpecialValueText(tr("any free port"));
    m_port->setToolTip(tr("0 takes any port that is free"));
    addCaption(tr("Port"), m_port);
    addReach(before.onNetwork);
    addBridge();

    auto *cancel = addButton(tr("Cancel"), {.scale = u"sheet"_s});
    auto *host =
        addButton(tr("Host"), {.kind = u"primary"_s, .scale = u"sheet"_s, .icon = u"lamp"_s});
    setDefaultButton(host);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(host, &QPushButton::clicked, this, [this] {
        setBusy(tr("Opening…"));
        Q_EMIT hostRequested(request());
    });
    setFirstFocus(m_title);
    m_title->selectAll();
}

void HostSheet::addReach(bool isOnNetwork)
{
    m_network = new QRadioButton(tr("Everyone on this network can join"), this);
    m_local = new QRadioButton(tr("Only this computer"), this);
    body()->addSpacing(4);
    body()->addWidget(m_network);
    body()->addWidget(m_local);
    m_network->setChecked(isOnNetwork);
    m_local->setChecked(!isOnNetwork);
}

void HostSheet::addBridge()
{
    auto *bridge =
        makeButton(theme(), tr("Redis bridge…"), {.scale = u"strip"_s, .icon = u"db"_s}, this);
    bridge->setToolTip(tr("Share rooms with other servers"));
    body()->addSpacing(8);
    body()->addWidget(bridge, 0, Qt::AlignLeft);
    connect(bridge, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT bridgeRequested();
    });
}

HostingRequest HostSheet::request() const
{
    return {.title = m_title->text().trimmed(),
            .port = static_cast<quint16>(m_port->value()),
            .onNetwork = m_network->isChecked()};
}

} // namespace parlour::widgets
