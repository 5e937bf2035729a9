// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "redis/msgpack_writer.h"

#include <QStringEncoder>
#include <QtEndian>

#include <bit>
#include <msgpack/pack.hpp>

using namespace Qt::StringLiterals;

namespace parlour::redis {

using channels::Error;
using channels::Expected;

namespace {

/// Where a packer writes.
class ByteSink
{
public:
    explicit ByteSink(QByteArray &bytes)
        : m_bytes(bytes)
    {
    }
    void write(const char *bytes, size_t size) { m_bytes.append(bytes, qsizetype(size)); }

private:
    QByteArray &m_bytes;
};

/// Calls `write` with a packer that appends to `bytes`.
template <typename Write>
void pack(QByteArray &bytes, Write write)
{
    ByteSink sink(bytes);
    msgpack::packer<ByteSink> packer(sink);
    write(packer);
}

/// The part of a map before its first pair.
struct MapHeader {
    qsizetype bytes;
    qsizetype pairs;
};

MapHeader headerOf(const QByteArray &map)
{
    constexpr unsigned char Map16 = 0xde;
    constexpr unsigned char Map32 = 0xdf;
    const auto first = static_cast<unsigned char>(map.front());
    if (first == Map16)
        return {3, qFromBigEndian<quint16>(map.constData() + 1)};
    if (first == Map32)
        return {5, qFromBigEndian<quint32>(map.constData() + 1)};
    return {1, first & 0x0f};
}

} // namespace

MsgpackWriter::MsgpackWriter(const MsgpackLimits &limits)
    : m_limits(limits)
{
}

void MsgpackWriter::beginMap(qsizetype pairs)
{
    pack(m_bytes, [&](auto &packer) { packer.pack_map(quint32(pairs)); });
}

void MsgpackWriter::pair(const QString &key, const QVariant &value)
{
    constexpr int OfThePairsOwnMap = 1;
    text(key);
    this->value(value, OfThePairsOwnMap);
}

Expected<QByteArray> MsgpackWriter::result() const
{
    if (m_problem.isEmpty() && m_bytes.size() > m_limits.bytes)
        return Error{u"not_serializable"_s,
                     u"the message is longer than %1 bytes"_s.arg(m_limits.bytes)};
    if (!m_problem.isEmpty())
        return Error{u"not_serializable"_s, m_problem};
    return m_bytes;
}

void MsgpackWriter::text(const QString &text)
{
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    const QByteArray utf8 = encoder(text);
    if (encoder.hasError())
        return fail(u"the text \"%1\" has half a surrogate pair"_s.arg(text.left(40)));
    pack(m_bytes, [&](auto &packer) {
        packer.pack_str(quint32(utf8.size()));
        packer.pack_str_body(utf8.constData(), quint32(utf8.size()));
    });
}

// As deep as the limit lets it be.
void MsgpackWriter::value(const QVariant &value, int depth) // NOLINT(misc-no-recursion)
{
    if (!isWithinLimits())
        return;
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        pack(m_bytes, [](auto &packer) { packer.pack_nil(); });
        break;
    case QMetaType::QString:
        text(value.toString());
        break;
    case QMetaType::QByteArray:
        bytes(value.toByteArray());
        break;
    case QMetaType::QVariantList:
    case QMetaType::QStringList:
        list(value.toList(), depth + 1);
        break;
    case QMetaType::QVariantMap:
        map(value.toMap(), depth + 1);
        break;
    default:
        number(value);
    }
}

void MsgpackWriter::number(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        pack(m_bytes,
             [&](auto &packer) { value.toBool() ? packer.pack_true() : packer.pack_false(); });
        break;
    case QMetaType::Short:
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong:
        pack(m_bytes, [&](auto &packer) { packer.pack_int64(value.toLongLong()); });
        break;
    case QMetaType::UShort:
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        pack(m_bytes, [&](auto &packer) { packer.pack_uint64(value.toULongLong()); });
        break;
    case QMetaType::Float:
    case QMetaType::Double:
        float64(value.toDouble());
        break;
    default:
        fail(u"a value of the type %1 has no form in msgpack"_s.arg(
            QString::fromLatin1(value.metaType().name())));
    }
}

// The library's packer would make an integer of 1.0; Python keeps the two apart.
void MsgpackWriter::float64(double number)
{
    constexpr char Float64 = '\xcb';
    const auto bits = qToBigEndian(std::bit_cast<quint64>(number));
    m_bytes.append(Float64).append(reinterpret_cast<const char *>(&bits), sizeof(bits));
}

void MsgpackWriter::bytes(const QByteArray &bytes)
{
    pack(m_bytes, [&](auto &packer) {
        packer.pack_bin(quint32(bytes.size()));
        packer.pack_bin_body(bytes.constData(), quint32(bytes.size()));
    });
}

void MsgpackWriter::list(const QVariantList &list, int depth) // NOLINT(misc-no-recursion)
{
    if (isTooDeep(depth))
        return;
    pack(m_bytes, [&](auto &packer) { packer.pack_array(quint32(list.size())); });
    for (const QVariant &item : list)
        value(item, depth);
}

void MsgpackWriter::map(const QVariantMap &map, int depth) // NOLINT(misc-no-recursion)
{
    if (isTooDeep(depth))
        return;
    beginMap(map.size());
    for (auto it = map.cbegin(); it != map.cend(); ++it) {
        text(it.key());
        value(it.value(), depth);
    }
}

bool MsgpackWriter::isWithinLimits()
{
    if (++m_values > m_limits.values)
        fail(u"the message has more than %1 values"_s.arg(m_limits.values));
    return m_problem.isEmpty() && m_bytes.size() <= m_limits.bytes;
}

bool MsgpackWriter::isTooDeep(int depth)
{
    if (depth > m_limits.depth)
        fail(u"lists and maps lie deeper than %1 within each other"_s.arg(m_limits.depth));
    return depth > m_limits.depth;
}

void MsgpackWriter::fail(const QString &problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
}

QByteArray withPair(const QByteArray &map, const QByteArray &pair)
{
    const MapHeader header = headerOf(map);
    QByteArray longer;
    longer.reserve(map.size() + pair.size() + 4);
    pack(longer, [&](auto &packer) { packer.pack_map(quint32(header.pairs + 1)); });
    return longer + map.sliced(header.bytes) + pair;
}

} // namespace parlour::redis
