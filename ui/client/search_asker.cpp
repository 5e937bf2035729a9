// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "client/search_asker.h"

#include "chat/text_rules.h"

#include <algorithm>

namespace parlour::client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using chat::SearchFrame;

SearchAsker::SearchAsker(std::chrono::milliseconds answerTimeout, QObject *parent)
    : QObject(parent)
{
    m_answer.setSingleShot(true);
    m_answer.setInterval(answerTimeout);
    // A host of before searches does not know what it is asked.
    connect(&m_answer, &QTimer::timeout, this, [this] {
        fail(*std::exchange(m_asked, std::nullopt), u"not_answered"_s,
             tr("The host did not answer the search. It may be an older one that cannot search."));
        askNext();
    });
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &SearchAsker::askNext);
}

QString SearchAsker::ask(SearchFrame search)
{
    search.id = chat::newUuid();
    m_waiting = std::move(search);
    const QString id = m_waiting->id;
    askNext();
    return id;
}

void SearchAsker::askNext()
{
    if (m_asked || !m_waiting || m_pause.isActive())
        return;
    m_asked = std::exchange(m_waiting, std::nullopt);
    m_answer.start();
    Q_EMIT due(*m_asked);
}

void SearchAsker::suspend()
{
    m_answer.stop();
    m_pause.stop();
    for (auto *search : {&m_asked, &m_waiting}) {
        if (*search)
            fail(**search, u"offline"_s,
                 tr("There is no connection to the host. Search again when it is back."));
        search->reset();
    }
}

void SearchAsker::take(const chat::FoundFrame &answer)
{
    if (!m_asked || answer.id != m_asked->id)
        return;
    m_asked.reset();
    m_answer.stop();
    askNext();
    Q_EMIT found(answer);
}

bool SearchAsker::refuse(const chat::ErrorFrame &error)
{
    if (!m_asked || error.id != m_asked->id)
        return false;
    const SearchFrame search = *std::exchange(m_asked, std::nullopt);
    m_answer.stop();
    if (error.code == "too_fast"_L1) {
        m_pause.start(std::clamp(std::chrono::milliseconds(error.retryMs), 100ms, 60000ms));
        if (!m_waiting)
            m_waiting = search;
        return true;
    }
    askNext();
    fail(search, error.code, error.message);
    return true;
}

void SearchAsker::fail(const SearchFrame &search, const QString &code, const QString &why)
{
    const chat::ErrorFrame error{code, why, search.room, search.id, 0};
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

} // namespace parlour::client
