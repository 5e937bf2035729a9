// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/firstrun/first_run_page.h"

#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"
#include "widgets/firstrun/host_card.h"
#include "widgets/firstrun/join_card.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int PageWidth = 760;
constexpr int FieldWidth = 372;
constexpr int LongestName = 40;

} // namespace

FirstRunPage::FirstRunPage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_host(new HostCard(theme))
    , m_join(new JoinCard(theme))
{
    setObjectName(u"firstRun"_s);
    auto *inner = new QWidget;
    inner->setMaximumWidth(theme.px(PageWidth));
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 24, 0, 24);
    column->setSpacing(24);
    column->addStretch(1);
    column->addWidget(makeHead());
    column->addWidget(makeName());
    m_cards = new QBoxLayout(QBoxLayout::LeftToRight);
    m_cards->setSpacing(16);
    m_cards->addWidget(m_host, 1);
    m_cards->addWidget(m_join, 1);
    column->addLayout(m_cards);
    auto *promise = new TextLabel(theme, Theme::Type::Small, TextLabel::Fit::Wrap, inner);
    promise->setText(tr("Your name and messages go only to the room you join."));
    promise->setTone(u"text3"_s);
    promise->setAlignment(Qt::AlignCenter);
    column->addWidget(promise);
    column->addStretch(1);

    auto *centre = new QWidget;
    auto *middle = new QHBoxLayout(centre);
    middle->setContentsMargins(16, 0, 16, 0);
    middle->addStretch(1);
    middle->addWidget(inner, 1000);
    middle->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(centre);
    centre->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto *page = new QVBoxLayout(this);
    makeTight(*page);
    page->addWidget(scroll);
    connect(m_host, &HostCard::hostClicked, this, &FirstRunPage::host);
    connect(m_join, &JoinCard::joinRequested, this, &FirstRunPage::join);
}

QWidget *FirstRunPage::makeHead()
{
    auto *head = new QWidget(this);
    auto *logo = new QLabel(head);
    logo->setPixmap(QIcon(u":/logo/parlour.svg"_s).pixmap(QSize(48, 48), devicePixelRatioF()));
    auto *title = new TextLabel(m_theme, Theme::Type::Display, TextLabel::Fit::Wrap, head);
    title->setText(tr("Welcome to Parlour"));
    auto *words = new TextLabel(m_theme, Theme::Type::Body, TextLabel::Fit::Wrap, head);
    words->setText(tr("Talk with the people around you. No account, nothing to set up."));
    words->setTone(u"text2"_s);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(words);
    auto *row = new QHBoxLayout(head);
    makeTight(*row);
    row->setSpacing(16);
    row->addWidget(logo, 0, Qt::AlignVCenter);
    row->addLayout(column, 1);
    return head;
}

QWidget *FirstRunPage::makeName()
{
    auto *part = new QWidget(this);
    auto *caption = new TextLabel(m_theme, Theme::Type::Strong, TextLabel::Fit::Whole, part);
    caption->setText(tr("Your name"));
    m_name = new QLineEdit(part);
    m_name->setAccessibleName(tr("Your name"));
    m_name->setProperty("scale", u"large"_s);
    QFont large = m_theme.font(Theme::Type::Title);
    large.setWeight(QFont::Normal);
    m_name->setFont(large);
    m_name->setMaxLength(LongestName);
    m_name->setMaximumWidth(m_theme.px(FieldWidth));
    auto *hint = new TextLabel(m_theme, Theme::Type::Small, TextLabel::Fit::Wrap, part);
    hint->setText(tr("Others see it. You can change it at any time."));
    hint->setTone(u"text2"_s);
    m_nameProblem = new TextLabel(m_theme, Theme::Type::Small, TextLabel::Fit::Wrap, part);
    m_nameProblem->setTone(u"bad"_s);
    m_nameProblem->hide();

    m_nameRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_nameRow->setSpacing(16);
    m_nameRow->addWidget(m_name, 1);
    m_nameRow->addWidget(hint, 1);
    auto *column = new QVBoxLayout(part);
    makeTight(*column);
    column->setSpacing(8);
    column->addWidget(caption);
    column->addLayout(m_nameRow);
    column->addWidget(m_nameProblem);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_nameProblem->hide();
        setLook(*m_name, "error", false);
    });
    // No port opens by a stray key: Enter only leads on to the button.
    connect(m_name, &QLineEdit::returnPressed, this, [this] { m_host->focusButton(); });
    return part;
}

void FirstRunPage::setName(const QString &name)
{
    m_name->setText(name);
}

QString FirstRunPage::name() const
{
    return m_name->text().trimmed();
}

void FirstRunPage::setRecentHosts(const QList<RecentHost> &hosts)
{
    m_join->setRecentHosts(hosts);
}

void FirstRunPage::setAddress(const QString &address)
{
    m_join->setAddress(address);
}

void FirstRunPage::setHostProblem(const QString &sentence)
{
    setWaiting(false, false);
    m_host->setProblem(sentence);
}

void FirstRunPage::setJoinProblem(const QString &sentence)
{
    setWaiting(false, false);
    m_join->setJoinProblem(sentence);
}

void FirstRunPage::setWaiting(bool isHosting, bool isJoining)
{
    const bool isEnabled = !isHosting && !isJoining;
    m_host->setWaiting(isHosting, isEnabled);
    m_join->setWaiting(isJoining, isEnabled);
}

bool FirstRunPage::isNamed()
{
    const bool isThere = !name().isEmpty();
    m_nameProblem->setText(tr("Type your name first: others see it."));
    m_nameProblem->setVisible(!isThere);
    setLook(*m_name, "error", !isThere);
    if (!isThere) {
        m_name->setFocus();
    }
    return isThere;
}

void FirstRunPage::host()
{
    if (isNamed()) {
        setHostProblem({});
        setWaiting(true, false);
        Q_EMIT hostRequested(name());
    }
}

void FirstRunPage::join(const QString &address)
{
    if (!address.isEmpty() && isNamed()) {
        setJoinProblem({});
        setWaiting(false, true);
        Q_EMIT joinRequested(name(), address);
    }
}

void FirstRunPage::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const bool isNarrow = width() < m_theme.px(NarrowWidth);
    const auto direction = isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    m_cards->setDirection(direction);
    m_nameRow->setDirection(direction);
    m_nameRow->setSpacing(isNarrow ? 8 : 16);
}

void FirstRunPage::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_name->setFocus();
}

} // namespace parlour::widgets
