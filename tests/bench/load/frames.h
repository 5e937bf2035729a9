// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parlour::bench {

/// One masked text frame, as a client sends it.
std::string textFrame(std::string_view payload);
std::string pongFrame(std::string_view payload);
/// A masked Close frame with code 1000.
std::string closeFrame();

struct Frame {
    enum class Kind { Text, Ping, Other };
    Kind kind = Kind::Other;
    std::string_view payload; ///< valid until the next FrameReader::feed()
};

/// Cuts what a server sends into frames. It trusts the server: no
/// fragments, no masks, no frame beyond what memory holds.
class FrameReader
{
public:
    /// The bytes are looked at in place; what is left of them is copied until the rest comes.
    void feed(std::string_view bytes);
    /// Nothing once no whole frame is left.
    std::optional<Frame> next();

private:
    std::string m_kept;
    std::string_view m_bytes;
};

} // namespace parlour::bench
