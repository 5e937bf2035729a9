// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QStackedLayout;

namespace parlour::widgets {

class Banner;
class BridgeStrip;
class CatchUpStrip;
class LinkStrip;
class PrivacyStrip;
class RoomHeader;
class Theme;

/// The middle: the room's header, what there is to say about connection and watching, and the
/// conversation, or what to do where there is none.
class CentrePane final : public QFrame
{
    Q_OBJECT
public:
    enum class Content {
        NoHost, ///< not in any room
        NoRoom, ///< a host is there, no room is chosen
        Conversation,
    };

    explicit CentrePane(const Theme &theme, QWidget *parent = nullptr);

    RoomHeader &header() const { return *m_header; }
    LinkStrip &linkStrip() const { return *m_link; }
    PrivacyStrip &privacyStrip() const { return *m_privacy; }
    BridgeStrip &bridgeStrip() const { return *m_bridge; }
    CatchUpStrip &catchUpStrip() const { return *m_catchUp; }
    /// Takes the widget; one only, set once.
    void setConversation(QWidget *conversation);
    QWidget *conversation() const { return m_conversation; }
    void setContent(Content content);
    Content content() const { return m_content; }
    /// Whether the host's monitor shows what is said.
    void setWatched(bool isWatched);

Q_SIGNALS:
    void hostClicked();
    void joinClicked();

private:
    QWidget *makeNoHost(const Theme &theme);

    RoomHeader *m_header;
    LinkStrip *m_link;
    PrivacyStrip *m_privacy;
    BridgeStrip *m_bridge;
    CatchUpStrip *m_catchUp;
    Banner *m_watched;
    QStackedLayout *m_stack;
    QWidget *m_noHost;
    QWidget *m_noRoom;
    QWidget *m_conversation = nullptr;
    Content m_content = Content::NoHost;
};

} // namespace parlour::widgets
