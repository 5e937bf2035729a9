// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/timeline/message_actions.h"

#include "widgets/common/controls.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace parlour::widgets {

using namespace Qt::StringLiterals;

MessageActions::MessageActions(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setObjectName(u"messageActions"_s);
    setCursor(Qt::ArrowCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    const auto add = [&](const QString &icon, const QString &name, auto signal) {
        QToolButton *tool = makeTool(theme, icon, name, this);
        setLook(*tool, "scale", u"strip"_s);
        tool->setFocusPolicy(Qt::NoFocus);
        connect(tool, &QToolButton::clicked, this, signal);
        row->addWidget(tool);
        m_tools.append(tool);
    };
    add(u"smile"_s, tr("React"), &MessageActions::reactRequested);
    add(u"reply"_s, tr("Reply"), &MessageActions::replyRequested);
    add(u"more"_s, tr("More"), &MessageActions::moreRequested);
    connect(&theme, &Theme::changed, this, &MessageActions::restyle);
    restyle();
    hide();
}

void MessageActions::restyle()
{
    for (QToolButton *tool : std::as_const(m_tools))
        tool->setIconSize(QSize(m_theme.px(18), m_theme.px(18)));
    adjustSize();
}

} // namespace parlour::widgets
