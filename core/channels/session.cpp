// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "channels/session.h"

#include "channels/secrets.h"

#include <utility>

namespace parlour::channels {

namespace {

// In letters that a cookie may have.
QByteArray newKey()
{
    return randomSecret().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

Session::Session(SessionStore &store, QByteArray key, std::chrono::seconds lifetime)
    : m_store(store)
    , m_lifetime(lifetime)
    , m_key(std::move(key))
    , m_cameWithCookie(!m_key.isEmpty())
{
}

// A key that the store does not know (any more) is never taken over from a client.
void Session::load() const
{
    if (std::exchange(m_isLoaded, true) || m_key.isEmpty())
        return;
    if (const auto stored = m_store.load(m_key)) {
        m_data = *stored;
        m_storedKey = m_key;
    } else {
        m_key.clear();
    }
}

bool Session::contains(const QString &name) const
{
    load();
    return m_data.contains(name);
}

QVariant Session::value(const QString &name, const QVariant &otherwise) const
{
    load();
    return m_data.value(name, otherwise);
}

void Session::set(const QString &name, const QVariant &value)
{
    load();
    m_data.insert(name, value);
    m_changes.insert(name, value);
    changed();
}

void Session::remove(const QString &name)
{
    load();
    if (m_data.remove(name) == 0)
        return;
    m_changes.insert(name, std::nullopt);
    changed();
}

const QByteArray &Session::key() const
{
    load();
    return m_key;
}

void Session::cycleKey()
{
    load();
    m_key = newKey();
    m_isRenewed = true;
    changed();
}

void Session::flush()
{
    load();
    m_store.remove(m_storedKey);
    forget();
    changed();
}

void Session::forget()
{
    m_key.clear();
    m_storedKey.clear();
    m_data.clear();
    m_changes.clear();
}

void Session::changed()
{
    m_isModified = true;
    if (m_savesAtOnce)
        save();
}

Session::Saved Session::save()
{
    if (!std::exchange(m_isModified, false))
        return Saved::Unchanged;
    if (m_key.isEmpty() && m_data.isEmpty())
        return m_cameWithCookie ? Saved::Ended : Saved::Unchanged;
    QVariantMap data;
    if (!m_storedKey.isEmpty()) {
        const auto stored = m_store.load(m_storedKey);
        if (!stored && !m_isRenewed) { // ended elsewhere
            forget();
            return Saved::Ended;
        }
        // A sign-in stands by itself: where another request has renewed or ended the old session
        // meanwhile (a double click), it begins anew, without that one's values.
        data = stored.value_or(QVariantMap());
    }
    m_isRenewed = false;
    const auto changes = std::exchange(m_changes, {});
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (*it)
            data.insert(it.key(), **it);
        else
            data.remove(it.key());
    }
    if (m_key.isEmpty())
        m_key = newKey();
    m_store.save(m_key, data, m_lifetime);
    if (m_storedKey != m_key)
        m_store.remove(m_storedKey);
    m_storedKey = m_key;
    m_data = data;
    return Saved::Kept;
}

} // namespace parlour::channels
