// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/parlour_style.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOptionSlider>

using namespace Qt::StringLiterals;

namespace parlour::widgets {

namespace {

constexpr int ScrollBarExtent = 10;
constexpr int ScrollBarThumb = 6;
constexpr int ShortestThumb = 24;
constexpr int IndicatorSize = 18;
constexpr int FocusRing = 3; ///< 2 px of ring, 1 px away from the control
constexpr int ToolTipDelay = 500; ///< ms

} // namespace

ParlourStyle::ParlourStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_theme(theme)
{
}

int ParlourStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return ScrollBarExtent;
    case PM_ScrollBarSliderMin:
        return ShortestThumb;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme.px(IndicatorSize);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 10;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return FocusRing;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ParlourStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ToolTip_WakeUpDelay:
        return ToolTipDelay;
    case SH_FocusFrame_Mask:
    case SH_ScrollBar_Transient:
    case SH_EtchDisabledText:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void ParlourStyle::drawControl(ControlElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    if (element != CE_FocusFrame) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_theme.tokens().acc, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 8, 8);
    painter->restore();
}

void ParlourStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        drawCheckBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadio(option, painter);
        return;
    case PE_FrameFocusRect: // the ring says it
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ParlourStyle::drawCheckBox(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isEnabled = option->state.testFlag(State_Enabled);
    const bool isOn = option->state.testFlag(State_On);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(!isEnabled ? tokens.line : isOn ? tokens.fill : tokens.edge);
    painter->setBrush(!isEnabled ? tokens.well : isOn ? tokens.fill : tokens.field);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (isOn) {
        const QRect inner = option->rect.adjusted(2, 2, -2, -2);
        painter->drawPixmap(inner.topLeft(),
                            m_theme.pixmap(u"check"_s, isEnabled ? tokens.onfill : tokens.text3,
                                           inner.width(), painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

void ParlourStyle::drawRadio(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isEnabled = option->state.testFlag(State_Enabled);
    const bool isOn = option->state.testFlag(State_On);
    const qreal line = isOn ? option->rect.width() * 5 / 18.0 : 1;
    const qreal half = line / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(!isEnabled ? tokens.line : isOn ? tokens.fill : tokens.edge, line));
    painter->setBrush(isEnabled ? tokens.field : tokens.well);
    painter->drawEllipse(QRectF(option->rect).adjusted(half, half, -half, -half));
    painter->restore();
}

void ParlourStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        drawScrollBar(option, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void ParlourStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (slider == nullptr || slider->minimum == slider->maximum) {
        return;
    }
    const QRect thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const int margin = (ScrollBarExtent - ScrollBarThumb) / 2;
    const QRect shape = slider->orientation == Qt::Vertical ? thumb.adjusted(margin, 0, -margin, 0)
                                                            : thumb.adjusted(0, margin, 0, -margin);
    const bool isTouched = slider->state.testFlag(State_MouseOver)
        || slider->activeSubControls.testFlag(SC_ScrollBarSlider);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(isTouched ? m_theme.tokens().edge : m_theme.tokens().press);
    painter->drawRoundedRect(shape, ScrollBarThumb / 2.0, ScrollBarThumb / 2.0);
    painter->restore();
}

// No buttons at the ends: the groove is the whole bar.
QRect ParlourStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                   SubControl subControl, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || slider == nullptr) {
        return QProxyStyle::subControlRect(control, option, subControl, widget);
    }
    const bool isVertical = slider->orientation == Qt::Vertical;
    const int length = isVertical ? slider->rect.height() : slider->rect.width();
    const qint64 range = qint64(slider->maximum) - slider->minimum;
    int thumb = length;
    if (range > 0) {
        thumb = static_cast<int>(qint64(length) * slider->pageStep / (range + slider->pageStep));
        thumb = qMin(length, qMax(thumb, ShortestThumb));
    }
    const int start =
        sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                length - thumb, slider->upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect = isVertical ? QRect(0, from, slider->rect.width(), size)
                                      : QRect(from, 0, size, slider->rect.height());
        return visualRect(slider->direction, slider->rect, rect.translated(slider->rect.topLeft()));
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return along(start, thumb);
    case SC_ScrollBarGroove:
        return slider->rect;
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

} // namespace parlour::widgets
