// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/monitor/parts.h"

#include "widgets/monitor/cell_painter.h"
#include "widgets/monitor/table_header.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QTableView>

namespace parlour::widgets::monitor {

using namespace Qt::StringLiterals;

QLabel *makeLabel(const Theme &theme, Theme::Type type, const char *tone)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme.font(type));
    if (tone)
        label->setProperty("tone", QString::fromLatin1(tone));
    QObject::connect(&theme, &Theme::changed, label,
                     [label, &theme, type] { label->setFont(theme.font(type)); });
    return label;
}

void setTone(QWidget *widget, const char *tone)
{
    const QString value = QString::fromLatin1(tone);
    if (widget->property("tone").toString() == value)
        return;
    widget->setProperty("tone", value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QLineEdit *makeFilterField(const Theme &theme, const QString &placeholder, const QString &name)
{
    auto *field = new QLineEdit;
    field->setPlaceholderText(placeholder);
    field->setAccessibleName(name);
    field->setClearButtonEnabled(true);
    field->setMaxLength(200);
    QAction *icon = field->addAction(theme.icon(u"filter"_s), QLineEdit::LeadingPosition);
    QObject::connect(&theme, &Theme::changed, icon,
                     [icon, &theme] { icon->setIcon(theme.icon(u"filter"_s)); });
    field->setMaximumWidth(theme.px(280));
    return field;
}

void setUpTable(QTableView &table, const Theme &theme)
{
    table.setHorizontalHeader(new TableHeader(theme, &table));
    table.horizontalHeader()->setSectionsClickable(true);
    table.horizontalHeader()->setSortIndicatorShown(true);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setMinimumSectionSize(theme.px(56));
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const auto fit = [&table, &theme] {
        table.verticalHeader()->setMinimumSectionSize(theme.px(34));
        table.verticalHeader()->setDefaultSectionSize(theme.px(34));
    };
    fit();
    QObject::connect(&theme, &Theme::changed, &table, fit);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setMouseTracking(true);
    table.setSortingEnabled(true);
    addCopyAction(table);
}

void addCopyAction(QAbstractItemView &view)
{
    auto *copy = new QAction(QObject::tr("Copy"), &view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(copy);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(copy, &QAction::triggered, &view, [&view] {
        if (!view.selectionModel())
            return;
        QModelIndexList rows = view.selectionModel()->selectedRows();
        std::sort(rows.begin(), rows.end());
        QStringList lines;
        for (const QModelIndex &row : std::as_const(rows)) {
            QStringList cells;
            for (int column = 0; column < view.model()->columnCount(row.parent()); ++column)
                cells << row.siblingAtColumn(column).data().toString();
            lines << cells.join(u'\t');
        }
        if (!lines.isEmpty())
            QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
}

ElidedLabel::ElidedLabel(const Theme &theme, Theme::Type type, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_type(type)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    setToolTip(text.toHtmlEscaped());
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_type), this);
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_type), this);
    return {std::min(metrics.horizontalAdvance(m_text) + 2, m_theme.px(60)), metrics.height()};
}

void ElidedLabel::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(m_type));
    painter.setPen(m_theme.tokens().text);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

Surface::Surface(const Theme &theme, QColor Tokens::*fill, Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_fill(fill)
    , m_lines(lines)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Surface::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().*m_fill);
    const QColor line = m_theme.tokens().line;
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_lines & Qt::LeftEdge)
        painter.fillRect(0, 0, 1, height(), line);
    if (m_lines & Qt::RightEdge)
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

Fact::Fact(const Theme &theme, const QString &label, bool isCode, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(label)
    , m_isCode(isCode)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
}

void Fact::setValue(const QString &value, models::CellTone tone)
{
    if (m_value == value && m_tone == tone)
        return;
    m_value = value;
    m_tone = tone;
    setAccessibleName(m_label + u": "_s + value);
    setToolTip(value.toHtmlEscaped());
    update();
}

QSize Fact::sizeHint() const
{
    return {m_theme.px(200), m_theme.px(28)};
}

QSize Fact::minimumSizeHint() const
{
    return {m_theme.px(80), m_theme.px(28)};
}

void Fact::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const QFont small = m_theme.font(Theme::Type::Small);
    const QFontMetrics smallMetrics(small, this);
    const int labelWidth = smallMetrics.horizontalAdvance(m_label);
    painter.setFont(small);
    painter.setPen(m_theme.tokens().text2);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     smallMetrics.elidedText(m_label, Qt::ElideRight, width()));
    const QFont font = m_isCode ? m_theme.font(Theme::Type::Fixed) : small;
    painter.setFont(font);
    painter.setPen(CellPainter(m_theme, false).colour(m_tone));
    const QRect place = rect().adjusted(labelWidth + m_theme.px(12), 0, 0, 0);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetrics(font, this).elidedText(m_value, Qt::ElideMiddle, place.width()));
}

void Fact::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(tr("Copy"));
    connect(copy, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_value); });
    menu->popup(event->globalPos());
}

} // namespace parlour::widgets::monitor
