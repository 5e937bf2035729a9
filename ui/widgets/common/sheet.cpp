// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/sheet.h"

#include "widgets/common/avatar.h"
#include "widgets/common/controls.h"
#include "widgets/common/text_label.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int SidePadding = 28;
constexpr qreal SheetRadius = 12;

} // namespace

Sheet::Sheet(const Theme &theme, int width, const QString &title)
    : m_theme(theme)
    , m_width(width)
{
    setWindowFlags(Qt::Widget);
    setWindowTitle(title);
    setAccessibleName(title);
    buildHead(title);
    buildBody();
    buildFoot();
    auto *column = new QVBoxLayout(this);
    makeTight(*column);
    column->addWidget(m_head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_foot);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sheet::buildHead(const QString &title)
{
    m_head = new QWidget(this);
    auto *label = new TextLabel(m_theme, Theme::Type::Heading, TextLabel::Fit::Wrap, m_head);
    label->setText(title);
    auto *close = makeTool(m_theme, u"x"_s, tr("Close"), m_head);
    connect(close, &QToolButton::clicked, this, &QDialog::reject);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(SidePadding, 24, 20, 0);
    row->addWidget(label, 1);
    row->addWidget(close, 0, Qt::AlignTop);
}

void Sheet::setHeadIcon(const QString &icon)
{
    auto *row = qobject_cast<QHBoxLayout *>(m_head->layout());
    auto *disc =
        new IconDisc(m_theme, {.icon = icon, .size = 40, .iconSize = 20, .isBad = true}, m_head);
    row->insertSpacing(0, 16);
    row->insertWidget(0, disc, 0, Qt::AlignTop);
}

void Sheet::buildBody()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(SidePadding, 12, SidePadding, 24);
    column->setSpacing(8);
    m_content = new QVBoxLayout;
    m_content->setSpacing(8);
    column->addLayout(m_content);

    m_problemRow = new QWidget(content);
    auto *icon = new QLabel(m_problemRow);
    icon->setPixmap(
        m_theme.pixmap(u"error"_s, m_theme.tokens().bad, m_theme.px(16), devicePixelRatioF()));
    m_problem = new TextLabel(m_theme, Theme::Type::Small, TextLabel::Fit::Wrap, m_problemRow);
    m_problem->setTone(u"bad"_s);
    m_problem->setName(tr("Problem"));
    auto *row = new QHBoxLayout(m_problemRow);
    makeTight(*row);
    row->setSpacing(8);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(m_problem, 1);
    column->addWidget(m_problemRow);
    column->addStretch(1);
    m_problemRow->hide();
    m_scroll->setWidget(content);
    content->setAutoFillBackground(false);
}

void Sheet::buildFoot()
{
    m_foot = new QWidget(this);
    m_buttons = new QHBoxLayout(m_foot);
    m_buttons->setContentsMargins(SidePadding, 16, SidePadding, 16);
    m_buttons->setSpacing(8);
    m_buttons->addStretch(1);
}

int Sheet::designWidth() const
{
    return m_theme.px(m_width);
}

int Sheet::heightForWidth(int width) const
{
    const QLayout *content = m_scroll->widget()->layout();
    return m_head->layout()->totalHeightForWidth(width) + content->totalHeightForWidth(width)
        + m_foot->sizeHint().height();
}

void Sheet::setFull(bool isFull)
{
    if (isFull != m_isFull) {
        m_isFull = isFull;
        update();
    }
}

void Sheet::setProblem(const QString &sentence)
{
    if (isBusy()) {
        m_default->setText(m_defaultText);
        m_default->setEnabled(true);
        m_defaultText.clear();
    }
    m_problem->setText(sentence);
    m_problemRow->setVisible(!sentence.isEmpty());
    updateGeometry();
    if (!sentence.isEmpty()) {
        QAccessibleEvent alert(m_problem, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

QString Sheet::problem() const
{
    return m_problem->text();
}

void Sheet::setBusy(const QString &label)
{
    setProblem({});
    if (m_default != nullptr) {
        m_defaultText = m_default->text();
        m_default->setText(label);
        m_default->setEnabled(false);
    }
}

TextLabel *Sheet::addText(const QString &text)
{
    auto *label = new TextLabel(m_theme, Theme::Type::Body, TextLabel::Fit::Wrap, this);
    label->setText(text);
    label->setTone(u"text2"_s);
    m_content->addWidget(label);
    return label;
}

void Sheet::addCaption(const QString &text, QWidget *field)
{
    auto *label = new TextLabel(m_theme, Theme::Type::CaptionStrong, TextLabel::Fit::Whole, this);
    label->setText(text);
    label->setTone(u"text2"_s);
    label->setBuddy(field);
    m_content->addWidget(label);
    m_content->addWidget(field);
}

QPushButton *Sheet::addButton(const QString &text, const ButtonLook &look, bool isApart)
{
    auto *button = makeButton(m_theme, text, look, m_foot);
    if (isApart) {
        m_buttons->insertWidget(0, button);
    } else {
        m_buttons->addWidget(button);
    }
    return button;
}

void Sheet::setDefaultButton(QPushButton *button)
{
    m_default = button;
    button->setDefault(true);
}

// The sheet is no window, so the Tab order would go on behind it.
bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *const start = focusWidget() != nullptr ? focusWidget() : this;
    QWidget *widget = start;
    do {
        widget = next ? widget->nextInFocusChain() : widget->previousInFocusChain();
        if (isAncestorOf(widget) && widget->isVisibleTo(this) && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus) {
            widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    } while (widget != start);
    return true;
}

void Sheet::paintEvent(QPaintEvent * /*event*/)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.sheet);
    const qreal radius = m_isFull ? 0 : SheetRadius;
    painter.drawRoundedRect(rect(), radius, radius);
    painter.fillRect(0, m_foot->y(), width(), 1, tokens.line);
}

// A scroll bar makes the text narrower, hence higher: it must not come, and stay, where all fits.
void Sheet::resizeEvent(QResizeEvent *event)
{
    const bool fits = height() >= heightForWidth(width());
    m_scroll->setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    QDialog::resizeEvent(event);
}

} // namespace parlour::widgets
