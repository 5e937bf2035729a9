// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "wiring/option_reader.h"

namespace parlour::wiring {

using namespace Qt::StringLiterals;

std::optional<qint64> OptionReader::wholeNumber(const QString &name, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 value = text(name).toLongLong(&isNumber);
    if (isNumber && value >= least && value <= most)
        return value;
    fail(u"--%1: \"%2\" is not a whole number from %3 to %4."_s.arg(name, text(name))
             .arg(least)
             .arg(most));
    return std::nullopt;
}

void OptionReader::seconds(const QString &name, std::chrono::milliseconds &target, qint64 least)
{
    constexpr qint64 Year = qint64(365) * 86400;
    qint64 value = std::chrono::duration_cast<std::chrono::seconds>(target).count();
    number<qint64>(name, least, Year, value);
    target = std::chrono::seconds(value);
}

void OptionReader::fail(const QString &message)
{
    if (!m_error)
        m_error = usageError(message);
}

} // namespace parlour::wiring
