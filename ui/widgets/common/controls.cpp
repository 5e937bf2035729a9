// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/common/controls.h"

#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int IconGap = 4; ///< between icon and text, more than Qt's own 4

QColor inkOf(const Tokens &tokens, const ButtonLook &look)
{
    if (look.kind == "primary"_L1 || look.kind == "danger"_L1) {
        return tokens.onfill;
    }
    if (look.tone == "bad"_L1) {
        return tokens.bad;
    }
    return look.kind == "ghost"_L1 ? tokens.text2 : tokens.text;
}

} // namespace

QPushButton *makeButton(const Theme &theme, const QString &text, const ButtonLook &look,
                        QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAccessibleName(text);
    button->setProperty("kind", look.kind);
    button->setProperty("scale", look.scale);
    button->setProperty("tone", look.tone);
    button->setAutoDefault(false);
    const auto dress = [button, look, &theme] {
        if (!look.icon.isEmpty()) {
            const int size = theme.px(look.scale == "large"_L1 ? 20 : 16);
            button->setIcon(theme.icon(look.icon, inkOf(theme.tokens(), look)));
            button->setIconSize(QSize(size + (button->text().isEmpty() ? 0 : IconGap), size));
        }
        if (look.scale == "strip"_L1) {
            button->setFont(theme.font(Theme::Type::Small));
        }
    };
    dress();
    QObject::connect(&theme, &Theme::changed, button, dress);
    return button;
}

QToolButton *makeTool(const Theme &theme, const QString &icon, const QString &name, QWidget *parent)
{
    auto *tool = new QToolButton(parent);
    tool->setAccessibleName(name);
    tool->setToolTip(name);
    tool->setIcon(theme.icon(icon));
    tool->setIconSize(QSize(theme.px(20), theme.px(20)));
    tool->setFocusPolicy(Qt::StrongFocus);
    return tool;
}

void tellDone(QAbstractButton &button, const QString &words)
{
    button.setAccessibleDescription(words);
    QAccessibleEvent alert(&button, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void setLook(QWidget &widget, const char *property, const QVariant &value)
{
    if (widget.property(property) != value) {
        widget.setProperty(property, value);
        widget.style()->unpolish(&widget);
        widget.style()->polish(&widget);
        widget.updateGeometry();
    }
}

void makeTight(QBoxLayout &layout)
{
    layout.setContentsMargins(0, 0, 0, 0);
    layout.setSpacing(0);
}

} // namespace parlour::widgets
