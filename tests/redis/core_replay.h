// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "redis/fake_redis.h"
#include "redis/redis_channel_layer.h"

#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <memory>

namespace parlour::tests {

/// Does with our core layers what a scenario of the vectors did with channels_redis' ones, against
/// a Redis that answers as the real one did then. One layer stands for each process.
class CoreReplay
{
public:
    explicit CoreReplay(const QJsonObject &scenario);
    ~CoreReplay();

    /// What the layers could not store or share, of all processes.
    qint64 notShared(const QString &cause) const;

    /// What is wrong with that step; empty: all is as it was, or differs as it is to.
    QString play(const QJsonObject &step);

    /// The commands of a step that wrote, as we are to send them: with our deliberate differences.
    QList<QByteArrayList> expected(const QJsonObject &step);

private:
    class Listener;
    struct Process {
        std::unique_ptr<redis::RedisChannelLayer> layer;
        std::map<QString, std::unique_ptr<Listener>> listeners; ///< by channel
        double lastScore = 0;
    };

    QByteArray answer(const FakeRedis::Heard &heard);
    QByteArray storedAnswer(int keys) const;
    Process &processOf(const QJsonObject &step);
    Process &processNamed(const QString &prefix);
    Listener &listener(Process &process, const QString &channel);
    void call(const QJsonObject &step, Process &process);
    QString receive(const QJsonObject &step, Process &process);
    QByteArray score(const QByteArray &pythons);
    QByteArrayList expectedStore(QByteArrayList words, const Process &process);
    QByteArrayList withForgotten(QByteArrayList words, const QJsonObject &step,
                                 QList<QByteArrayList> &commands);
    QList<QByteArrayList> expectedSend(const QJsonObject &step, const Process &process);
    static QList<QByteArrayList> expectedFlush(const Process &process);
    QList<QByteArrayList> written() const;
    void giveBack(const QByteArrayList &command);

    QJsonObject m_config;
    std::shared_ptr<double> m_now = std::make_shared<double>(1.7e9);
    std::shared_ptr<QStringList> m_uuids = std::make_shared<QStringList>();
    std::shared_ptr<QByteArrayList> m_stamps = std::make_shared<QByteArrayList>();
    QJsonObject m_step; ///< whose answers are given
    std::map<int, QByteArrayList> m_blocked; ///< what each connection waits for
    std::map<QString, int> m_connections; ///< of the vectors, by process
    QString m_lastPrefix;
    qsizetype m_heardBefore = 0;
    FakeRedis m_redis;
    std::map<QString, Process> m_processes;
};

/// Words of a command, and a message, in the vectors' notation.
QByteArrayList wordsOf(const QJsonArray &command);
channels::Message messageIn(const QJsonValue &noted);

} // namespace parlour::tests
