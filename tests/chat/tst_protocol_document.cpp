// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "chat/frames.h"
#include "chat/monitor_frames.h"
#include "support/runner.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace parlour::chat;

namespace {

QList<QByteArray> examples()
{
    QFile file(QStringLiteral(TEST_SOURCE_DIR "/../../docs/protocol.md"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<QByteArray> found;
    bool inside = false;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("```")) {
            inside = line == "```json";
            if (inside)
                found.append(QByteArray());
        } else if (inside) {
            found.last() += line + '\n';
        }
    }
    return found;
}

/// The frame written again, or nothing where `parse` does not know it.
template <typename Frame>
QByteArray again(const Expected<Frame> &frame)
{
    if (!frame || std::holds_alternative<UnknownFrame>(*frame))
        return {};
    return encode(*frame);
}

bool isSame(const QByteArray &written, const QByteArray &example)
{
    return !written.isEmpty() && written.startsWith("{\"type\":")
        && QJsonDocument::fromJson(written).object() == QJsonDocument::fromJson(example).object();
}

} // namespace

/// docs/protocol.md and the code say the same.
class ProtocolDocumentTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDocumentHasItsExamples() { QVERIFY(examples().size() > 20); }
    void everyExampleIsAFrameAndIsWrittenAgain_data();
    void everyExampleIsAFrameAndIsWrittenAgain();
};

void ProtocolDocumentTest::everyExampleIsAFrameAndIsWrittenAgain_data()
{
    QTest::addColumn<QByteArray>("example");
    int number = 0;
    const auto all = examples();
    for (const QByteArray &example : all) {
        const auto type = QJsonDocument::fromJson(example)["type"_L1].toString();
        QTest::addRow("%d %s", ++number, qPrintable(type)) << example;
    }
}

void ProtocolDocumentTest::everyExampleIsAFrameAndIsWrittenAgain()
{
    QFETCH(QByteArray, example);
    const QByteArrayList written = {
        again(parseClientFrame(example)), again(parseServerFrame(example)),
        again(parseMonitorCommand(example)), again(parseMonitorFeed(example))};
    QVERIFY2(std::any_of(written.begin(), written.end(),
                         [&](const QByteArray &frame) { return isSame(frame, example); }),
             written.join("\n").constData());
}

PARLOUR_TEST(ProtocolDocumentTest)
#include "tst_protocol_document.moc"
