// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

class QIODevice;

namespace parlour::chat {

/// Cuts a JSON document into its values by their brackets alone, so that one of any size is read in
/// little memory. What is in a value, whoever takes it sees to. A value of one thread.
class JsonPieces
{
public:
    /// `device` is open, and outlives this.
    explicit JsonPieces(QIODevice &device)
        : m_device(device)
    {
    }

    /// The next character that is no space, where it is this one.
    bool takes(char wanted);
    /// Whether nothing but spaces follows.
    bool isAtEnd();
    /// The text of the next value. Empty: there is none, or it is larger than `most` bytes or too
    /// deep; problem() says so.
    QByteArray value(qsizetype most);

    /// Where it is, counted from 1.
    qint64 line() const { return m_line; }
    const QString &problem() const { return m_problem; }

private:
    bool fill();
    bool skipSpaces();
    bool isWhole(char c);
    QByteArray fail(const QString &problem);

    QIODevice &m_device;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< in the buffer
    qint64 m_line = 1;
    QString m_problem;
    int m_depth = 0; ///< of the value that is taken, like the next three
    bool m_isText = false;
    bool m_isEscaped = false;
    bool m_isPlain = false; ///< a number or a word: ends before the next character that is none
};

} // namespace parlour::chat
