// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#include "dialect.h"

#include <cstdio>

namespace parlour::bench {

Dialect::~Dialect() = default;

std::string Dialect::greeting(int) const
{
    return {};
}

bool Dialect::isWelcome(std::string_view) const
{
    return true;
}

namespace {

class Plain : public Dialect
{
    std::string path(const std::string &room) const override { return "/ws/chat/" + room + '/'; }
    std::string message(const std::string &, std::string_view text) const override
    {
        return R"({"message":")" + std::string(text) + "\"}";
    }
};

class Echo : public Plain
{
    std::string path(const std::string &) const override { return "/ws/echo/"; }
};

class ParlourV1 : public Dialect
{
    std::string path(const std::string &room) const override { return "/ws/chat/" + room + '/'; }
    std::string subprotocol() const override { return "parlour.v1"; }
    std::string greeting(int client) const override
    {
        return R"({"type":"hello","client":"app","name":"Member )" + std::to_string(client) + "\"}";
    }
    bool isWelcome(std::string_view frame) const override
    {
        return frame.starts_with(R"({"type":"members")")
            && frame.find(R"("people":)") != std::string_view::npos;
    }
    std::string message(const std::string &room, std::string_view text) const override
    {
        char id[40];
        std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012llx", ++m_lastId);
        return R"({"type":"say","room":")" + room + R"(","id":")" + id + R"(","text":")"
            + std::string(text) + "\"}";
    }
    bool isDelivery(std::string_view frame) const override
    {
        return frame.starts_with(R"({"type":"message")");
    }

    mutable unsigned long long m_lastId = 0;
};

/// Over the WebSocket transport of Engine.IO 4.
class SocketIo : public Dialect
{
    std::string path(const std::string &room) const override
    {
        return "/socket.io/?EIO=4&transport=websocket&room=" + room;
    }
    std::string greeting(int) const override { return "40"; }
    bool isWelcome(std::string_view frame) const override { return frame.starts_with("40"); }
    std::string message(const std::string &, std::string_view text) const override
    {
        return R"(42["message",{"message":")" + std::string(text) + "\"}]";
    }
    bool isDelivery(std::string_view frame) const override { return frame.starts_with("42"); }
    std::string answer(std::string_view frame) const override { return frame == "2" ? "3" : ""; }
};

} // namespace

std::unique_ptr<Dialect> makeDialect(std::string_view name)
{
    if (name == "plain")
        return std::make_unique<Plain>();
    if (name == "echo")
        return std::make_unique<Echo>();
    if (name == "parlour")
        return std::make_unique<ParlourV1>();
    if (name == "socket.io")
        return std::make_unique<SocketIo>();
    return nullptr;
}

} // namespace parlour::bench
