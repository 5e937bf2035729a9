// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/host/host_bar.h"

#include "widgets/common/avatar.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/host/host_notice.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr std::chrono::milliseconds CopiedFor{1500};

} // namespace

HostBar::HostBar(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_title(new TextLabel(theme, Theme::Type::Strong, TextLabel::Fit::Elide, this))
    , m_address(new TextLabel(theme, Theme::Type::Fixed, TextLabel::Fit::Whole, this))
    , m_guests(new TextLabel(theme, Theme::Type::Body, TextLabel::Fit::Whole, this))
    , m_notice(new QWidget(this))
    , m_alert(new QLabel(m_notice))
    , m_noticeText(new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Elide, m_notice))
    , m_copy(makeTool(theme, u"copy"_s, tr("Copy address"), this))
    , m_more(makeAddressMenu(theme))
    , m_safety(makeTool(theme, u"shield"_s, tr("Safety number"), this))
    , m_bridge(makeTool(theme, u"db"_s, tr("Redis bridge"), this))
    , m_monitor(makeButton(theme, tr("Monitor"),
                           {.kind = u"ghost"_s, .scale = u"strip"_s, .icon = u"pulse"_s}, this))
    , m_stop(makeButton(
          theme, tr("Stop"),
          {.kind = u"clear"_s, .scale = u"strip"_s, .tone = u"bad"_s, .icon = u"stop"_s}, this))
{
    setObjectName(u"hostBar"_s);
    setFixedHeight(theme.px(44));
    m_title->setName(tr("Hosting"));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_address->setName(tr("Address"));
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_guests->setName(tr("Guests"));
    m_guests->setTone(u"text2"_s);
    m_noticeText->setName(tr("Warning"));
    m_noticeText->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_noticeText->setTone(u"warn"_s);
    m_stop->setAccessibleName(tr("Stop hosting"));
    m_stop->setToolTip(tr("Stop hosting"));
    m_copied.setSingleShot(true);
    m_copied.setInterval(CopiedFor);
    build(theme);

    connect(m_copy, &QToolButton::clicked, this, [this] {
        showCopied(true);
        m_copied.start();
        Q_EMIT copyRequested(m_address->text());
    });
    connect(&m_copied, &QTimer::timeout, this, [this] { showCopied(false); });
    connect(m_safety, &QToolButton::clicked, this, &HostBar::safetyNumberRequested);
    connect(m_bridge, &QToolButton::clicked, this, &HostBar::bridgeRequested);
    connect(m_monitor, &QPushButton::clicked, this, &HostBar::monitorRequested);
    connect(m_stop, &QPushButton::clicked, this, &HostBar::stopRequested);
    connect(&theme, &Theme::changed, this, [this] { setFixedHeight(m_theme.px(44)); });
}

void HostBar::build(const Theme &theme)
{
    m_copy->setProperty("scale", u"strip"_s);
    m_copy->setIconSize(QSize(theme.px(16), theme.px(16)));
    for (QToolButton *tool : {m_safety, m_bridge}) {
        tool->setProperty("scale", u"strip"_s);
        tool->setIconSize(QSize(theme.px(16), theme.px(16)));
    }
    dressAlert();
    connect(&theme, &Theme::changed, this, &HostBar::dressAlert);
    auto *notice = new QHBoxLayout(m_notice);
    makeTight(*notice);
    notice->setSpacing(6);
    notice->addWidget(m_alert);
    notice->addWidget(m_noticeText);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(new IconDisc(
        theme, {.icon = u"lamp"_s, .size = 24, .iconSize = 16, .isFilled = true}, this));
    row->addSpacing(8);
    row->addWidget(m_title);
    row->addSpacing(20);
    row->addWidget(m_address);
    row->addWidget(m_copy);
    row->addWidget(m_more);
    row->addWidget(m_safety);
    row->addWidget(m_bridge);
    row->addSpacing(20);
    row->addWidget(m_guests);
    row->addStretch(1);
    row->addWidget(m_notice);
    row->addSpacing(12);
    row->addWidget(m_monitor);
    row->addWidget(m_stop);
}

QToolButton *HostBar::makeAddressMenu(const Theme &theme)
{
    auto *tool = makeTool(theme, u"down"_s, tr("Other addresses"), this);
    tool->setProperty("scale", u"strip"_s);
    tool->setIconSize(QSize(theme.px(16), theme.px(16)));
    tool->setMenu(new QMenu(tool));
    tool->setPopupMode(QToolButton::InstantPopup);
    return tool;
}

void HostBar::setHosting(const HostingState &state)
{
    if (state.addresses != m_state.addresses) {
        m_which = 0;
        m_more->menu()->clear();
        for (int i = 0; i < state.addresses.size(); ++i) {
            connect(m_more->menu()->addAction(state.addresses.at(i)), &QAction::triggered, this,
                    [this, i] { chooseAddress(i); });
        }
    }
    m_state = state;
    tell();
}

void HostBar::chooseAddress(int which)
{
    m_which = which;
    tell();
}

void HostBar::tell()
{
    const bool isWhole = width() >= m_theme.px(WholeWidth);
    const bool hasAddress = width() >= m_theme.px(AddressWidth) && !m_state.addresses.isEmpty();
    m_title->setText(hasAddress ? tr("Hosting %1").arg(m_state.title) : m_state.title);
    m_address->setText(m_state.addresses.value(m_which));
    m_address->setVisible(hasAddress);
    m_copy->setVisible(!m_state.addresses.isEmpty());
    m_more->setVisible(hasAddress && m_state.addresses.size() > 1);
    m_bridge->setVisible(hasAddress);
    m_safety->setVisible(!m_state.key.fingerprint.isEmpty());
    QString guests =
        m_state.guests == 0 ? tr("nobody here yet") : tr("%n guests", nullptr, m_state.guests);
    if (isWhole && m_state.inBrowser > 0) {
        guests += tr(", %n in a browser", nullptr, m_state.inBrowser);
    }
    m_guests->setText(guests);
    tell(HostNotice::of(m_state));
    m_monitor->setText(width() >= m_theme.px(MonitorWidth) ? tr("Monitor") : QString());
    m_monitor->setToolTip(tr("Monitor"));
    m_stop->setText(width() >= m_theme.px(StopWidth) ? tr("Stop") : QString());
}

void HostBar::tell(const HostNotice &notice)
{
    m_notice->setVisible(!notice.whole.isEmpty());
    m_notice->setToolTip(notice.whole);
    m_notice->setAccessibleName(notice.whole);
    m_noticeText->setText(width() >= m_theme.px(WholeWidth) ? notice.whole : notice.brief);
    m_noticeText->setTone(notice.isBad ? u"bad"_s : u"warn"_s);
    m_noticeText->setAccessibleDescription(notice.whole);
    m_noticeText->setVisible(width() >= m_theme.px(NoticeWidth));
    dressAlert();
}

void HostBar::dressAlert()
{
    const QColor colour =
        HostNotice::of(m_state).isBad ? m_theme.tokens().bad : m_theme.tokens().warn;
    m_alert->setPixmap(
        m_theme.pixmap(u"alert"_s, colour, m_theme.px(16), m_alert->devicePixelRatioF()));
}

void HostBar::showCopied(bool isCopied)
{
    m_copy->setIcon(m_theme.icon(isCopied ? u"check"_s : u"copy"_s));
    m_copy->setToolTip(isCopied ? tr("Copied") : tr("Copy address"));
    if (isCopied)
        tellDone(*m_copy, tr("Copied"));
    else
        m_copy->setAccessibleDescription({});
}

void HostBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    tell();
}

} // namespace parlour::widgets
