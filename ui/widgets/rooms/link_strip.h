// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT
#pragma once

#include "chat/client_state.h"
#include "widgets/common/banner.h"

#include <QElapsedTimer>
#include <QTimer>

namespace parlour::widgets {

/// How the shown host's connection stands, in words, while it is not well: it appears after some
/// patience (at once where a person must decide), counts down to the next try, and goes by itself.
/// Its label is named "Connection state" and always says the state, shown or not; the seconds in it
/// are counted only while somebody may see them.
class LinkStrip final : public Banner
{
    Q_OBJECT
public:
    explicit LinkStrip(const Theme &theme, QWidget *parent = nullptr);

    /// Trouble shorter than this is not shown.
    void setPatience(std::chrono::milliseconds patience) { m_appear.setInterval(patience); }
    void setLink(const QString &hostTitle, const chat::Link &link);
    /// Own messages that go out once the host is back.
    void setKept(int messages);
    const chat::Link &link() const { return m_link; }

    static constexpr std::chrono::milliseconds Patience{2000};

Q_SIGNALS:
    void retryRequested();
    /// The two keys of a host that has another one than before are to be compared.
    void compareRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void tell();
    QString waitingSentence();
    QString withKept(const QString &sentence) const;

    QString m_host;
    chat::Link m_link;
    int m_kept = 0;
    QElapsedTimer m_since; ///< when the link was told
    bool m_isSeen = false; ///< nor is its window minimised
    QTimer m_change{this}; ///< of what is said while Waiting
    QTimer m_appear{this};
};

} // namespace parlour::widgets
