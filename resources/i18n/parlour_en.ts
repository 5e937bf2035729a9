<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>parlour::Desktop</name>
    <message numerus="yes">
        <source>%n Parlour host(s) share rooms there now.</source>
        <translation>
            <numerusform>%n Parlour host shares its rooms there now.</numerusform>
            <numerusform>%n Parlour hosts share their rooms there now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::client::RoomExport</name>
    <message numerus="yes">
        <source>Up to %n message(s) are missing in it, which this computer never got; the file says where.</source>
        <translation>
            <numerusform>Up to %n message is missing in it, which this computer never got; the file says where.</numerusform>
            <numerusform>Up to %n messages are missing in it, which this computer never got; the file says where.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::models::BridgeModel</name>
    <message numerus="yes">
        <source>%n of %1 Redis servers do(es) not answer. The room goes on here.</source>
        <translation>
            <numerusform>%n of %1 Redis servers does not answer. The room goes on here.</numerusform>
            <numerusform>%n of %1 Redis servers do not answer. The room goes on here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait for its return.</source>
        <translation>
            <numerusform>%n message waits for its return.</numerusform>
            <numerusform>%n messages wait for its return.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Next try in %n s.</numerusform>
            <numerusform>Next try in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::models::MessageListModel</name>
    <message numerus="yes">
        <source>, %n reactions</source>
        <translation>
            <numerusform>, %n reaction</numerusform>
            <numerusform>, %n reactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::models::RoomTreeModel</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>messages that are not sent</comment>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mentions</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>next try in %n s</source>
        <translation>
            <numerusform>next try in %n s</numerusform>
            <numerusform>next try in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::Composer</name>
    <message numerus="yes">
        <source>%1, %2 and %n others are typing…</source>
        <translation>
            <numerusform>%1, %2 and %n other are typing…</numerusform>
            <numerusform>%1, %2 and %n others are typing…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostBar</name>
    <message numerus="yes">
        <source>%n guests</source>
        <translation>
            <numerusform>%n guest</numerusform>
            <numerusform>%n guests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n in a browser</source>
        <translation>
            <numerusform>, %n in a browser</numerusform>
            <numerusform>, %n in a browser</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostNotice</name>
    <message numerus="yes">
        <source>The history was damaged: %Ln messages were saved, the rest is in %1 until %2</source>
        <translation>
            <numerusform>The history was damaged: %Ln message was saved, the rest is in %1 until %2</numerusform>
            <numerusform>The history was damaged: %Ln messages were saved, the rest is in %1 until %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::LeaveSheet</name>
    <message numerus="yes">
        <source>%n messages were not sent yet. They stay on this computer and are sent when you join again.</source>
        <translation>
            <numerusform>%n message was not sent yet. It stays on this computer and is sent when you join again.</numerusform>
            <numerusform>%n messages were not sent yet. They stay on this computer and are sent when you join again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent, nor was what you typed. If you leave, all of it is deleted.</source>
        <translation>
            <numerusform>%n message was not sent, nor was what you typed. If you leave, both are deleted.</numerusform>
            <numerusform>%n messages were not sent, nor was what you typed. If you leave, all of it is deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent. If you leave, they are deleted.</source>
        <translation>
            <numerusform>%n message was not sent. If you leave, it is deleted.</numerusform>
            <numerusform>%n messages were not sent. If you leave, they are deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::LinkStrip</name>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Next try in %n s.</numerusform>
            <numerusform>Next try in %n s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages are kept and will go out in order.</source>
        <translation>
            <numerusform>%n message is kept and will go out.</numerusform>
            <numerusform>%n messages are kept and will go out in order.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MessageWords</name>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation>
            <numerusform>%1 and %n other</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::QuitSheet</name>
    <message numerus="yes">
        <source>%n people are in your room</source>
        <translation>
            <numerusform>%n person is in your room</numerusform>
            <numerusform>%n people are in your room</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RoomDelegate</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>messages that are not sent</comment>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RoomHeader</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::BridgeFacts</name>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n server</numerusform>
            <numerusform>%n servers</numerusform>
        </translation>
    </message>
</context>
</TS>
