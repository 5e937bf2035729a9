<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
<context>
    <name>QObject</name>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
</context>
<context>
    <name>parlour::ConversationPanel</name>
    <message>
        <source>Too many messages wait to be sent. Send this one when the host is back.</source>
        <translation>Слишком много сообщений ждут отправки. Отправьте это, когда связь вернётся.</translation>
    </message>
    <message>
        <source>The host shows another key than before.</source>
        <translation>Ключ не тот, что раньше.</translation>
    </message>
    <message>
        <source>The host does not have this message any more.</source>
        <translation>На сервере этого сообщения больше нет.</translation>
    </message>
    <message>
        <source>This message is not kept here. It can be shown when the host is back.</source>
        <translation>На этом компьютере этого сообщения нет. Его можно будет показать, когда вернётся связь с сервером.</translation>
    </message>
</context>
<context>
    <name>parlour::Desktop</name>
    <message>
        <source>%1’s place</source>
        <translation>%1 и гости</translation>
    </message>
    <message>
        <source>Connected, %1 ms.</source>
        <translation>Есть связь, %1 мс.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>address, problem</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No Parlour host shares its rooms there yet.</source>
        <translation>Пока там не делит комнаты ни один сервер Parlour.</translation>
    </message>
    <message numerus="yes">
        <source>%n Parlour host(s) share rooms there now.</source>
        <translation>
            <numerusform>Сейчас там делит комнаты %n сервер Parlour.</numerusform>
            <numerusform>Сейчас там делят комнаты %n сервера Parlour.</numerusform>
            <numerusform>Сейчас там делят комнаты %n серверов Parlour.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::Hosting</name>
    <message>
        <source>Port %1 is in use by another program. Choose another port, or 0 for a free one.</source>
        <translation>Порт %1 занят другой программой. Выберите другой или 0, чтобы взять любой свободный.</translation>
    </message>
    <message>
        <source>This computer cannot host at %1. Choose an address of its own, or 0.0.0.0 for all of them.</source>
        <translation>На адресе %1 комнату открыть нельзя. Выберите один из адресов этого компьютера или 0.0.0.0, то есть все.</translation>
    </message>
    <message>
        <source>Hosting at port %1 is not allowed. Ports under 1024 need rights: choose a higher one.</source>
        <translation>Открыть комнату на порту %1 не разрешено. Портам до 1024 нужны особые права: выберите порт побольше.</translation>
    </message>
</context>
<context>
    <name>parlour::RoomTransfer</name>
    <message>
        <source>Web page to read (*.html)</source>
        <translation>Веб-страница для чтения (*.html)</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Простой текст (*.txt)</translation>
    </message>
    <message>
        <source>JSON, which a host can import (*.json)</source>
        <translation>JSON, чтобы импортировать на сервер (*.json)</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>Экспорт «%1»</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>Экспорт «%1»</translation>
    </message>
    <message>
        <source>The host cannot be reached. Try again when it is back.</source>
        <translation>Нет связи с сервером. Повторите, когда она вернётся.</translation>
    </message>
    <message>
        <source>The host could not be reached: this is what was kept of it on this computer.</source>
        <translation>Связи с сервером не было: здесь то, что сохранилось на этом компьютере.</translation>
    </message>
    <message>
        <source>Waiting for the host…</source>
        <translation>Ждём сервер…</translation>
    </message>
    <message>
        <source>The room was exported to %1</source>
        <translation>Комната сохранена в %1</translation>
    </message>
    <message>
        <source>Exported from “%1” on %2</source>
        <translation>Экспорт с «%1», %2</translation>
    </message>
    <message>
        <source>Topic: %1</source>
        <translation>Тема: %1</translation>
    </message>
    <message>
        <source>Times are those of %1.</source>
        <translation>Время указано по поясу %1.</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>изменено</translation>
    </message>
    <message>
        <source>Message removed</source>
        <translation>Сообщение удалено</translation>
    </message>
    <message>
        <source>a message that is not here</source>
        <translation>сообщение, которого здесь нет</translation>
    </message>
    <message>
        <source>The room “%1” is there. But it has more, or older, messages than your host keeps: those will be gone within a minute.</source>
        <translation>Комната «%1» импортирована. Но сообщений в ней больше или они старше, чем хранит ваш сервер: лишние исчезнут в течение минуты.</translation>
    </message>
    <message>
        <source>Import a room</source>
        <translation>Импорт комнаты</translation>
    </message>
    <message>
        <source>Rooms as JSON (*.json)</source>
        <translation>Комнаты в JSON (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Importing a room</source>
        <translation>Импорт комнаты</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>Не удаётся записать файл: %1</translation>
    </message>
    <message>
        <source>There is nothing in this room to export.</source>
        <translation>В этой комнате нечего экспортировать.</translation>
    </message>
    <message>
        <source>The file is no room that can be imported. %1</source>
        <translation>Этот файл нельзя импортировать как комнату. %1</translation>
    </message>
    <message>
        <source>The file cannot be read. %1</source>
        <translation>Не удаётся прочитать файл. %1</translation>
    </message>
    <message>
        <source>A room cannot be called so. Choose another name.</source>
        <translation>Комнату нельзя так назвать. Выберите другое название.</translation>
    </message>
    <message>
        <source>Your host has no place for a further room.</source>
        <translation>На вашем сервере нет места для ещё одной комнаты.</translation>
    </message>
    <message>
        <source>Your host keeps nothing on disk, so it cannot import a room.</source>
        <translation>Ваш сервер ничего не хранит на диске, поэтому не может импортировать комнату.</translation>
    </message>
    <message>
        <source>You have stopped hosting. Nothing was imported.</source>
        <translation>Ваш сервер остановлен. Ничего не импортировано.</translation>
    </message>
    <message>
        <source>It did not work: %1</source>
        <translation>Не получилось: %1</translation>
    </message>
    <message>
        <source>Messages are missing here</source>
        <translation>Здесь не хватает сообщений</translation>
    </message>
</context>
<context>
    <name>parlour::SearchSession</name>
    <message>
        <source>Search for one to ten words.</source>
        <translation>Введите от одного до десяти слов.</translation>
    </message>
    <message>
        <source>Of %1 only what is kept on this computer is searched.</source>
        <translation>%1: поиск только по тому, что хранится на этом компьютере.</translation>
    </message>
</context>
<context>
    <name>parlour::client::ClientStore</name>
    <message>
        <source>What is said cannot be kept on this computer: %1.</source>
        <translation>Сообщения не удаётся сохранить на этом компьютере: %1.</translation>
    </message>
</context>
<context>
    <name>parlour::client::ErrorWords</name>
    <message>
        <source>This name cannot be used. It has 1 to 40 characters, none of them invisible, and does not look like that of somebody here.</source>
        <translation>Такое имя не подойдёт. Нужно от 1 до 40 знаков, без невидимых, и не похоже на имя того, кто уже здесь.</translation>
    </message>
    <message>
        <source>This is no name for a room. It has 1 to 200 characters, no slash, and no space at either end.</source>
        <translation>Такое название не подойдёт. Нужно от 1 до 200 знаков, без косой черты и без пробелов по краям.</translation>
    </message>
    <message>
        <source>This topic cannot be used. It has at most 200 characters, none of them invisible.</source>
        <translation>Такая тема не подойдёт. Нужно не больше 200 знаков, без невидимых.</translation>
    </message>
    <message>
        <source>This connection is for another room.</source>
        <translation>Это соединение для другой комнаты.</translation>
    </message>
    <message>
        <source>There is a room of this name already.</source>
        <translation>Комната с таким названием уже есть.</translation>
    </message>
    <message>
        <source>There are too many rooms, of the host or of yours. Leave one that you do not need.</source>
        <translation>Комнат слишком много: на сервере или у вас. Выйдите из той, что не нужна.</translation>
    </message>
    <message>
        <source>You are not in this room. Join it first.</source>
        <translation>Вы не в этой комнате. Сначала войдите в неё.</translation>
    </message>
    <message>
        <source>You may not do this here. The host&apos;s owner may.</source>
        <translation>Здесь у вас нет на это прав. Они есть у владельца.</translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation>Сообщение пустое.</translation>
    </message>
    <message>
        <source>The message is too long: 4,000 characters fit. Send it in parts.</source>
        <translation>Сообщение слишком длинное: помещается 4000 знаков. Отправьте по частям.</translation>
    </message>
    <message>
        <source>Too many messages at once. Wait a few seconds.</source>
        <translation>Слишком много сообщений сразу. Подождите несколько секунд.</translation>
    </message>
    <message>
        <source>The host has no place for another person. Try again in a minute.</source>
        <translation>Мест больше нет. Попробуйте через минуту.</translation>
    </message>
    <message>
        <source>The host could not keep the message, so it was not said. Try again.</source>
        <translation>Сервер не смог сохранить сообщение, никто его не получил. Повторите.</translation>
    </message>
    <message>
        <source>It was not said: the host&apos;s disk is full. Tell its owner.</source>
        <translation>Не сказано: на диске сервера нет места. Сообщите владельцу.</translation>
    </message>
    <message>
        <source>It was not said: another program on the host&apos;s computer keeps the history locked. Try again.</source>
        <translation>Не сказано: история на сервере занята другой программой. Повторите.</translation>
    </message>
    <message>
        <source>It was not said: the host may not write its history. Tell its owner.</source>
        <translation>Не сказано: серверу запрещено записывать историю. Сообщите владельцу.</translation>
    </message>
    <message>
        <source>It was not said: the host&apos;s history is damaged. Tell its owner.</source>
        <translation>Не сказано: история на сервере повреждена. Сообщите владельцу.</translation>
    </message>
    <message>
        <source>It was not said: the host&apos;s disk does not keep up. Try again in a moment.</source>
        <translation>Не сказано: диск сервера не успевает. Повторите чуть позже.</translation>
    </message>
    <message>
        <source>It was not said: the room was closed.</source>
        <translation>Не сказано: комната закрыта.</translation>
    </message>
    <message>
        <source>It was not said: the host cannot read or write its history. Tell its owner.</source>
        <translation>Не сказано: сервер не может прочитать или записать историю. Сообщите владельцу.</translation>
    </message>
    <message>
        <source>This connection is not open any more.</source>
        <translation>Это соединение уже закрыто.</translation>
    </message>
    <message>
        <source>The host did not believe that your key is yours.</source>
        <translation>Хозяин не признал ваш ключ вашим.</translation>
    </message>
    <message>
        <source>The message is not there any more.</source>
        <translation>Этого сообщения больше нет.</translation>
    </message>
    <message>
        <source>This is no emoji.</source>
        <translation>Это не эмодзи.</translation>
    </message>
    <message>
        <source>There are too many reactions to this message.</source>
        <translation>У этого сообщения слишком много реакций.</translation>
    </message>
    <message>
        <source>Type a word to search for, of letters or digits. 10 words and 200 characters fit.</source>
        <translation>Введите слово из букв или цифр. Поместится 10 слов и 200 знаков.</translation>
    </message>
    <message>
        <source>The host is still busy with what it was asked before. Try again.</source>
        <translation>Сервер ещё занят предыдущим запросом. Повторите попытку.</translation>
    </message>
    <message>
        <source>The host could not read what was said. Try again later.</source>
        <translation>Сервер не смог прочитать сообщения. Повторите попытку позже.</translation>
    </message>
    <message>
        <source>Too many links wait at this host to be used. Try again in a few minutes.</source>
        <translation>На сервере слишком много неиспользованных ссылок. Повторите попытку через несколько минут.</translation>
    </message>
</context>
<context>
    <name>parlour::client::HostAddress</name>
    <message>
        <source>%1:// is not how the address of a host begins. Type the name and the port alone, such as studio.local:8765.</source>
        <translation>С %1:// адрес комнаты не начинается. Введите только имя и порт, например studio.local:8765.</translation>
    </message>
    <message>
        <source>“%1” is no port. Type a number from 1 to 65535 after the colon, or leave both out.</source>
        <translation>«%1» — не порт. Введите после двоеточия число от 1 до 65535 или уберите и то и другое.</translation>
    </message>
    <message>
        <source>“%1” is no IPv6 address. Type it in brackets, such as [fd00::20]:8765, or use the name of the host.</source>
        <translation>«%1» — не адрес IPv6. Введите его в скобках, например [fd00::20]:8765, или укажите имя компьютера.</translation>
    </message>
    <message>
        <source>“%1” is no IPv4 address: these are four numbers from 0 to 255, such as 192.168.1.20.</source>
        <translation>«%1» — не адрес IPv4: это четыре числа от 0 до 255, например 192.168.1.20.</translation>
    </message>
    <message>
        <source>The name of the host is missing. Type it before the port, such as studio.local:8765.</source>
        <translation>Нет имени компьютера. Введите его перед портом, например studio.local:8765.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a host. Type a name such as studio.local or an address such as 192.168.1.20.</source>
        <translation>«%1» — не имя компьютера. Введите имя вроде studio.local или адрес вроде 192.168.1.20.</translation>
    </message>
    <message>
        <source>%1 means “every address of that computer” and cannot be called. Type one of its addresses or its name.</source>
        <translation>%1 означает «все адреса того компьютера», подключиться к нему нельзя. Введите один из его адресов или имя.</translation>
    </message>
    <message>
        <source>The address of a host has no user name in it. Type what stands after the @.</source>
        <translation>В адресе не бывает имени пользователя. Введите то, что стоит после @.</translation>
    </message>
    <message>
        <source>The closing bracket is missing. Type an IPv6 address such as [fd00::20]:8765.</source>
        <translation>Не хватает закрывающей скобки. Адрес IPv6 пишут так: [fd00::20]:8765.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a room. Type the address of the host alone and choose the room after joining.</source>
        <translation>«%1» не может быть названием комнаты. Введите только адрес, а комнату выберите, когда войдёте.</translation>
    </message>
    <message>
        <source>“%1” is no page of a Parlour host. Type the address alone, or one that ends in /chat/ and the name of a room.</source>
        <translation>Страницы «%1» у Parlour нет. Введите только адрес или адрес, который кончается на /chat/ и название комнаты.</translation>
    </message>
    <message>
        <source>No address was typed. Type the one the host shows, such as 192.168.1.20:8765.</source>
        <translation>Адрес не введён. Введите тот, что показан у открывшего комнату, например 192.168.1.20:8765.</translation>
    </message>
    <message>
        <source>This is too long for an address. Type the one the host shows, such as 192.168.1.20:8765.</source>
        <translation>Это слишком длинно для адреса. Введите тот, что показан у открывшего комнату, например 192.168.1.20:8765.</translation>
    </message>
    <message>
        <source>An address has no spaces. Type the one the host shows, such as 192.168.1.20:8765.</source>
        <translation>В адресе не бывает пробелов. Введите тот, что показан у открывшего комнату, например 192.168.1.20:8765.</translation>
    </message>
</context>
<context>
    <name>parlour::client::HostClient</name>
    <message>
        <source>You left the room before this was sent.</source>
        <translation>Вы вышли из комнаты раньше, чем это ушло.</translation>
    </message>
    <message>
        <source>You are not in this room. Join it first.</source>
        <translation>Вы не в этой комнате. Сначала войдите в неё.</translation>
    </message>
    <message>
        <source>There is no connection to the host. Try again when it is back.</source>
        <translation>Нет связи с сервером. Повторите, когда она вернётся.</translation>
    </message>
    <message>
        <source>The host did not answer. It may be an older one, where every device is a person of its own.</source>
        <translation>Сервер не ответил. Возможно, он старый: на нём каждое устройство — отдельный человек.</translation>
    </message>
    <message>
        <source>The connection to the host was lost.</source>
        <translation>Связь с сервером потеряна.</translation>
    </message>
</context>
<context>
    <name>parlour::client::LinkProblem</name>
    <message>
        <source>Nobody is hosting at %1. Check the address and the port, and that the host is running.</source>
        <translation>По адресу %1 никто не отвечает. Проверьте адрес и порт и открыта ли комната.</translation>
    </message>
    <message>
        <source>No computer called %1 was found. Check the spelling, or type its address in numbers.</source>
        <translation>Компьютер %1 не найден. Проверьте, верно ли набрано имя, или введите адрес цифрами.</translation>
    </message>
    <message>
        <source>%1 cannot be reached from this network. Check that you are connected to the same network as the host.</source>
        <translation>Из этой сети до %1 не добраться. Проверьте, что вы в одной сети с тем, кто открыл комнату.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost. Trying again by itself.</source>
        <translation>Связь с %1 потеряна. Повторяем сами.</translation>
    </message>
    <message>
        <source>The connection to %1 failed (%2). Trying again by itself.</source>
        <translation>Не удалось соединиться с %1 (%2). Повторяем сами.</translation>
    </message>
    <message>
        <source>%1 did not accept the connection. If it is a Parlour host, it does not know itself by this name: type its address in numbers.</source>
        <translation>%1 не принимает соединение. Если там Parlour, то он не знает себя под этим именем: введите адрес цифрами.</translation>
    </message>
    <message>
        <source>%1 does not let this program in. Ask whoever runs the host.</source>
        <translation>%1 не впускает эту программу. Спросите того, кто открыл комнату.</translation>
    </message>
    <message>
        <source>%1 has too many connections from this computer. Close some of them; trying again by itself.</source>
        <translation>С этого компьютера к %1 слишком много соединений. Закройте лишние; повторяем сами.</translation>
    </message>
    <message>
        <source>The host behind %1 is not running. Trying again by itself.</source>
        <translation>Сервер за %1 не запущен. Повторяем сами.</translation>
    </message>
    <message>
        <source>%1 is full or is stopping. Trying again by itself.</source>
        <translation>%1: мест нет или комната закрывается. Повторяем сами.</translation>
    </message>
    <message>
        <source>The host stopped. Trying again by itself, in case it comes back.</source>
        <translation>Комнату закрыли. Повторяем сами: вдруг её откроют снова.</translation>
    </message>
    <message>
        <source>The host did not accept your name: %1 Choose another one.</source>
        <translation>Ваше имя не принято: %1 Выберите другое.</translation>
    </message>
    <message>
        <source>no reason was given.</source>
        <translation>причина не названа.</translation>
    </message>
    <message>
        <source>The host does not let you in: %1 Ask whoever runs it.</source>
        <translation>Вас не впускают: %1 Спросите того, кто открыл комнату.</translation>
    </message>
    <message>
        <source>The host is full. Trying again in a minute.</source>
        <translation>Мест нет. Повторим через минуту.</translation>
    </message>
    <message>
        <source>This connection was too slow for what is being said. Coming back to catch up.</source>
        <translation>Связь не успевала за разговором. Возвращаемся, чтобы догнать.</translation>
    </message>
    <message>
        <source>The host is restarting. Coming back by itself.</source>
        <translation>Сервер перезапускается. Вернёмся сами.</translation>
    </message>
    <message>
        <source>The host is too busy. Trying again in half a minute.</source>
        <translation>Сервер перегружен. Повторим через полминуты.</translation>
    </message>
    <message>
        <source>The host closed the connection because too much was sent: %1 Coming back by itself.</source>
        <translation>Сервер закрыл соединение: отправлено слишком много. %1 Вернёмся сами.</translation>
    </message>
    <message>
        <source>A message between you and %1 was too big. Coming back by itself.</source>
        <translation>Сообщение между вами и %1 слишком велико. Вернёмся сами.</translation>
    </message>
    <message>
        <source>%1 closed the connection (%2). Coming back by itself.</source>
        <translation>%1: соединение закрыто (%2). Вернёмся сами.</translation>
    </message>
    <message>
        <source>Something answers at %1, but it is no Parlour host. Check the address and the port.</source>
        <translation>По адресу %1 кто-то отвечает, но это не Parlour. Проверьте адрес и порт.</translation>
    </message>
    <message>
        <source>%1 does not answer. Check the address, and that no firewall blocks the port.</source>
        <translation>%1 не отвечает. Проверьте адрес и не закрыт ли порт брандмауэром.</translation>
    </message>
    <message>
        <source>%1 has stopped answering. Coming back by itself.</source>
        <translation>%1 перестал отвечать. Вернёмся сами.</translation>
    </message>
    <message>
        <source>The host did not believe that your key is yours. Start Parlour anew; if that does not help, ask whoever runs the host.</source>
        <translation>Хозяин не признал ваш ключ вашим. Перезапустите Parlour; если не поможет, спросите того, кто открыл комнату.</translation>
    </message>
    <message>
        <source>Somebody may be between you and %1: its key is not the one that arrived here. Nothing was said to it. Ask whoever runs the host.</source>
        <translation>Между вами и %1 кто-то может стоять: ключ хозяина не тот, что дошёл сюда. Ему ничего не сказано. Спросите того, кто открыл комнату.</translation>
    </message>
    <message>
        <source>%1 answers with another key than before. Known: %2. Shown now: %3. Nothing was sent.</source>
        <translation>%1 отвечает не тем ключом, что раньше. Известен: %2. Показан сейчас: %3. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>%1 was encrypted before and is not any more. Somebody may be reading along; nothing was sent. Ask whoever runs the host.</source>
        <translation>Раньше связь с %1 была зашифрована, а теперь нет. Возможно, кто-то читает разговор; ничего не отправлено. Спросите того, кто открыл комнату.</translation>
    </message>
    <message>
        <source>%1 does not speak encrypted. Type the address without https://, if you trust the network.</source>
        <translation>%1 не умеет шифровать. Если доверяете сети, введите адрес без https://.</translation>
    </message>
    <message>
        <source>%1 ended the connection before it was encrypted. Trying again by itself.</source>
        <translation>%1 оборвал соединение раньше, чем оно было зашифровано. Повторяем сами.</translation>
    </message>
</context>
<context>
    <name>parlour::client::MessageSender</name>
    <message>
        <source>The host did not confirm this message. Try again: it will not be doubled.</source>
        <translation>Сервер не подтвердил это сообщение. Повторите: дважды оно не появится.</translation>
    </message>
    <message>
        <source>This message is too long: %L1 characters fit. Send it in parts.</source>
        <translation>Сообщение слишком длинное: помещается %L1 знаков. Отправьте по частям.</translation>
    </message>
    <message>
        <source>%L1 messages are waiting already. Try again when they are sent.</source>
        <translation>Уже ждут сообщения: %L1. Повторите, когда они уйдут.</translation>
    </message>
    <message>
        <source>The host did not confirm that a message was changed. Try again.</source>
        <translation>Сервер не подтвердил, что сообщение изменено. Попробуйте ещё раз.</translation>
    </message>
</context>
<context>
    <name>parlour::client::RoomExport</name>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>Не удаётся записать файл: %1</translation>
    </message>
    <message>
        <source>There is no place for temporary files: %1</source>
        <translation>Нет места для временных файлов: %1</translation>
    </message>
    <message>
        <source>The room was closed meanwhile.</source>
        <translation>Комната тем временем закрылась.</translation>
    </message>
    <message>
        <source>The room has begun anew meanwhile. Export it again.</source>
        <translation>Комната тем временем началась заново. Повторите экспорт.</translation>
    </message>
    <message>
        <source>The host does not hand out what was said earlier. Try again later.</source>
        <translation>Сервер не отдаёт то, что было сказано раньше. Повторите позже.</translation>
    </message>
    <message>
        <source>Too much was changed meanwhile. Export the room again.</source>
        <translation>За это время слишком многое изменилось. Повторите экспорт.</translation>
    </message>
    <message>
        <source>You have left the host meanwhile.</source>
        <translation>Вы тем временем отключились от сервера.</translation>
    </message>
    <message>
        <source>Nothing of this room is kept on this computer.</source>
        <translation>На этом компьютере ничего не сохранено из этой комнаты.</translation>
    </message>
    <message>
        <source>What was read could not be read again: %1</source>
        <translation>Не удаётся снова прочитать полученное: %1</translation>
    </message>
    <message>
        <source>The host says what cannot be: its numbers do not follow each other.</source>
        <translation>Сервер сообщает невозможное: его номера не идут подряд.</translation>
    </message>
    <message>
        <source>What was said before %1 is not in it.</source>
        <translation>Того, что сказано до %1, в нём нет.</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n message(s) are missing in it, which this computer never got; the file says where.</source>
        <translation>
            <numerusform>В нём может не хватать до %n сообщения, которого этот компьютер не получал; где — сказано в файле.</numerusform>
            <numerusform>В нём может не хватать до %n сообщений, которых этот компьютер не получал; где — сказано в файле.</numerusform>
            <numerusform>В нём может не хватать до %n сообщений, которых этот компьютер не получал; где — сказано в файле.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::client::SearchAsker</name>
    <message>
        <source>The host did not answer the search. It may be an older one that cannot search.</source>
        <translation>Сервер не ответил на поиск. Возможно, это старая версия, которая не умеет искать.</translation>
    </message>
    <message>
        <source>There is no connection to the host. Search again when it is back.</source>
        <translation>Нет связи с сервером. Повторите поиск, когда она вернётся.</translation>
    </message>
</context>
<context>
    <name>parlour::client::StoreDatabase</name>
    <message>
        <source>What was said before cannot be read from %1: %2. Nothing is kept until this file can be used, or is moved away.</source>
        <translation>Прежние сообщения не удаётся прочитать из %1: %2. Пока этот файл не станет доступен или не будет убран, ничего не сохраняется.</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>в него нельзя записать</translation>
    </message>
    <message>
        <source>a newer Parlour wrote it</source>
        <translation>его записал более новый Parlour</translation>
    </message>
</context>
<context>
    <name>parlour::models::BridgeHostModel</name>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Round trip, ms</source>
        <translation>Отклик, мс</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Переподключения</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Что случилось</translation>
    </message>
</context>
<context>
    <name>parlour::models::BridgeModel</name>
    <message>
        <source>Redis does not answer. The room goes on here.</source>
        <translation>Redis не отвечает. Комната работает здесь.</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 Redis servers do(es) not answer. The room goes on here.</source>
        <translation>
            <numerusform>Не отвечает %n из %1 серверов Redis. Комната работает здесь.</numerusform>
            <numerusform>Не отвечают %n из %1 серверов Redis. Комната работает здесь.</numerusform>
            <numerusform>Не отвечают %n из %1 серверов Redis. Комната работает здесь.</numerusform>
        </translation>
    </message>
    <message>
        <source>People connected to this host notice nothing.</source>
        <translation>Подключённые сюда люди этого не замечают.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait for its return.</source>
        <translation>
            <numerusform>%n сообщение ждёт его возвращения.</numerusform>
            <numerusform>%n сообщения ждут его возвращения.</numerusform>
            <numerusform>%n сообщений ждут его возвращения.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is tried again and again.</source>
        <translation>Попытки повторяются.</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Повтор через %n с.</numerusform>
            <numerusform>Повтор через %n с.</numerusform>
            <numerusform>Повтор через %n с.</numerusform>
        </translation>
    </message>
    <message>
        <source>No</source>
        <comment>encrypted link</comment>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Not needed, on the same computer</source>
        <translation>Не нужна: тот же компьютер</translation>
    </message>
    <message>
        <source>Yes</source>
        <comment>encrypted link</comment>
        <translation>Да</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Есть связь</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Нет ответа</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Отклик</translation>
    </message>
    <message>
        <source>Waiting to go out</source>
        <translation>Ждут отправки</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Переподключения</translation>
    </message>
    <message>
        <source>Unreadable messages</source>
        <translation>Нечитаемые сообщения</translation>
    </message>
    <message>
        <source>%1 of %2 servers answer</source>
        <translation>отвечают %1 из %2 серверов</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>с %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <comment>a duration</comment>
        <translation>уже %1</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>не измерено</translation>
    </message>
    <message>
        <source>was %1 ms</source>
        <translation>было %1 мс</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>of the slowest server</source>
        <translation>у самого медленного</translation>
    </message>
    <message>
        <source>messages, until Redis is back</source>
        <translation>сообщений, до возвращения Redis</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>ничего не ждёт</translation>
    </message>
    <message>
        <source>last %1</source>
        <comment>time of day</comment>
        <translation>последнее в %1</translation>
    </message>
    <message>
        <source>since the start</source>
        <comment>reconnects</comment>
        <translation>с запуска</translation>
    </message>
    <message>
        <source>all could be read</source>
        <translation>все прочитаны</translation>
    </message>
    <message>
        <source>another key, or damaged</source>
        <translation>другой ключ или повреждены</translation>
    </message>
    <message>
        <source>encrypted, or damaged</source>
        <translation>зашифрованы или повреждены</translation>
    </message>
    <message>
        <source>Redis does not do all that is asked of it.</source>
        <translation>Redis выполняет не всё, о чём его просят.</translation>
    </message>
</context>
<context>
    <name>parlour::models::ChannelTableModel</name>
    <message>
        <source>Channel</source>
        <translation>Канал</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Доставлено</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Потеряно</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Сокет</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Местный</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Работник</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>kind of channel, consumer class</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>queued, capacity</comment>
        <translation>%1 из %2</translation>
    </message>
</context>
<context>
    <name>parlour::models::ConnectionTableModel</name>
    <message>
        <source>No.</source>
        <comment>of a connection</comment>
        <translation>№</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Транспорт</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Путь</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>In</source>
        <comment>messages from the client</comment>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Out</source>
        <comment>messages to the client</comment>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Трафик</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>messages that the socket has not taken</comment>
        <translation>Ждёт</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Отклик</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С</translation>
    </message>
    <message>
        <source>%1 with TLS</source>
        <translation>%1 с TLS</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 мс</translation>
    </message>
</context>
<context>
    <name>parlour::models::GroupTreeModel</name>
    <message>
        <source>Group and members</source>
        <translation>Группа и участники</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Per second</source>
        <translation>В секунду</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Последнее</translation>
    </message>
</context>
<context>
    <name>parlour::models::LiveMessageModel</name>
    <message>
        <source>in</source>
        <comment>a message into the layer</comment>
        <translation>вход</translation>
    </message>
    <message>
        <source>out</source>
        <comment>a message to channels</comment>
        <translation>выход</translation>
    </message>
    <message>
        <source>drop</source>
        <comment>a message was dropped</comment>
        <translation>потеря</translation>
    </message>
    <message>
        <source>open</source>
        <comment>a channel opened</comment>
        <translation>открыт</translation>
    </message>
    <message>
        <source>close</source>
        <comment>a channel closed</comment>
        <translation>закрыт</translation>
    </message>
    <message>
        <source>join</source>
        <comment>a channel joined a group</comment>
        <translation>вошёл</translation>
    </message>
    <message>
        <source>leave</source>
        <comment>a channel left a group</comment>
        <translation>вышел</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>group, number of channels</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Not shown, there was too much at once: %1</source>
        <translation>Не показано, слишком много сразу: %1</translation>
    </message>
    <message>
        <source>%1 B</source>
        <comment>bytes</comment>
        <translation>%1 Б</translation>
    </message>
</context>
<context>
    <name>parlour::models::MemberListModel</name>
    <message>
        <source>Host</source>
        <comment>role</comment>
        <translation>Владелец</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>Модератор</translation>
    </message>
    <message>
        <source>in a browser</source>
        <translation>в браузере</translation>
    </message>
    <message>
        <source>you</source>
        <translation>вы</translation>
    </message>
    <message>
        <source>at %1</source>
        <comment>person of another host</comment>
        <translation>с сервера %1</translation>
    </message>
    <message>
        <source>away</source>
        <comment>person</comment>
        <translation>отошли</translation>
    </message>
</context>
<context>
    <name>parlour::models::MessageListModel</name>
    <message>
        <source>, waiting</source>
        <translation>, ждёт</translation>
    </message>
    <message>
        <source>, sending</source>
        <translation>, отправляется</translation>
    </message>
    <message>
        <source>, not sent</source>
        <translation>, не отправлено</translation>
    </message>
    <message>
        <source>message removed</source>
        <translation>сообщение удалено</translation>
    </message>
    <message>
        <source>, edited</source>
        <translation>, изменено</translation>
    </message>
    <message>
        <source>, a reply</source>
        <translation>, ответ</translation>
    </message>
    <message>
        <source>, a reply to %1</source>
        <translation>, ответ для %1</translation>
    </message>
    <message numerus="yes">
        <source>, %n reactions</source>
        <translation>
            <numerusform>, %n реакция</numerusform>
            <numerusform>, %n реакции</numerusform>
            <numerusform>, %n реакций</numerusform>
        </translation>
    </message>
    <message>
        <source>, mentions you</source>
        <translation>, упоминает вас</translation>
    </message>
    <message>
        <source>Messages before this one may be missing.</source>
        <translation>Перед этим может не хватать сообщений.</translation>
    </message>
    <message>
        <source>New messages begin here.</source>
        <translation>Отсюда новые.</translation>
    </message>
    <message>
        <source>Messages after this one may be missing.</source>
        <translation>После этого может не хватать сообщений.</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>date with a year</comment>
        <translation>d MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>parlour::models::NotSharedModel</name>
    <message>
        <source>Why</source>
        <comment>messages were not shared</comment>
        <translation>Почему</translation>
    </message>
    <message>
        <source>Name in the metrics</source>
        <translation>Имя в метриках</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщений</translation>
    </message>
    <message>
        <source>Redis was away longer than they are kept</source>
        <translation>Redis не было дольше, чем их хранят</translation>
    </message>
    <message>
        <source>Too many waited already</source>
        <translation>Слишком много уже ждало</translation>
    </message>
    <message>
        <source>On their way when the link broke; some may have arrived</source>
        <translation>Были в пути, когда связь оборвалась; часть могла дойти</translation>
    </message>
    <message>
        <source>Too long to be shared</source>
        <translation>Слишком длинные для пересылки</translation>
    </message>
    <message>
        <source>A reader was full: its capacity was reached</source>
        <translation>У получателя не было места: достигнута его вместимость</translation>
    </message>
    <message>
        <source>Another program keeps something else under the name in Redis</source>
        <translation>Под этим именем в Redis другая программа хранит иное</translation>
    </message>
    <message>
        <source>Redis refused them</source>
        <translation>Redis их не принял</translation>
    </message>
    <message>
        <source>More readers in one room than are served</source>
        <translation>В комнате больше получателей, чем обслуживается</translation>
    </message>
    <message>
        <source>The link broke while waiting for one: it may be lost on its way here</source>
        <translation>Связь оборвалась в ожидании сообщения: по пути сюда оно могло пропасть</translation>
    </message>
</context>
<context>
    <name>parlour::models::OverviewModel</name>
    <message>
        <source>Connections</source>
        <translation>Соединения</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
    <message>
        <source>Messages in</source>
        <translation>Сообщения: вход</translation>
    </message>
    <message>
        <source>Messages out</source>
        <translation>Сообщения: выход</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Трафик</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Потеряно</translation>
    </message>
    <message>
        <source>Event loop lag</source>
        <translation>Задержка цикла</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Комнаты</translation>
    </message>
    <message>
        <source>Refused</source>
        <comment>handshakes</comment>
        <translation>Отказы</translation>
    </message>
    <message>
        <source>/s</source>
        <comment>per second</comment>
        <translation>/с</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>KiB per second</comment>
        <translation>%1/с</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>мс</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>since the start</source>
        <comment>handshakes refused</comment>
        <translation>с запуска</translation>
    </message>
    <message>
        <source>since the start: %1</source>
        <comment>connections</comment>
        <translation>с запуска: %1</translation>
    </message>
    <message>
        <source>nothing since %1</source>
        <translation>ни одного с %1</translation>
    </message>
</context>
<context>
    <name>parlour::models::RedisWords</name>
    <message>
        <source>Nobody listens at this address. Is Redis running there, and is the port right?</source>
        <translation>По этому адресу никто не отвечает. Запущен ли там Redis и верен ли порт?</translation>
    </message>
    <message>
        <source>Nobody listens at this socket. Is Redis running?</source>
        <translation>Этот сокет никто не слушает. Запущен ли Redis?</translation>
    </message>
    <message>
        <source>There is no such socket. Is Redis running?</source>
        <translation>Такого сокета нет. Запущен ли Redis?</translation>
    </message>
    <message>
        <source>Parlour may not open this socket. Its file has to allow it.</source>
        <translation>Parlour нельзя открыть этот сокет: нужны права на его файл.</translation>
    </message>
    <message>
        <source>No computer of this name is known. Is it written right?</source>
        <translation>Компьютер с таким именем неизвестен. Верно ли оно написано?</translation>
    </message>
    <message>
        <source>There is no way to this computer. Check the network.</source>
        <translation>К этому компьютеру нет пути. Проверьте сеть.</translation>
    </message>
    <message>
        <source>No answer in time. If this Redis speaks no TLS, write redis://.</source>
        <translation>Ответа вовремя нет. Если этот Redis не говорит по TLS, пишите redis://.</translation>
    </message>
    <message>
        <source>No answer in time. Is the address right, and does a firewall let it through?</source>
        <translation>Ответа вовремя нет. Верен ли адрес и пропускает ли сетевой экран?</translation>
    </message>
    <message>
        <source>Redis does not answer any more.</source>
        <translation>Redis больше не отвечает.</translation>
    </message>
    <message>
        <source>Redis ended the connection. If it wants TLS, write rediss://.</source>
        <translation>Redis закрыл соединение. Если ему нужен TLS, пишите rediss://.</translation>
    </message>
    <message>
        <source>Redis ended the connection.</source>
        <translation>Redis закрыл соединение.</translation>
    </message>
    <message>
        <source>What answers there is not Redis.</source>
        <translation>Там отвечает не Redis.</translation>
    </message>
    <message>
        <source>TLS does not come about. If this Redis speaks none, write redis://.</source>
        <translation>Связь по TLS не получается. Если этот Redis не говорит по TLS, пишите redis://.</translation>
    </message>
    <message>
        <source>The certificate of Redis is not to be trusted. Name the file of who has signed it: rediss://host?ssl_ca_certs=/path/ca.pem</source>
        <translation>Сертификату Redis нельзя доверять. Укажите файл того, кто его подписал: rediss://host?ssl_ca_certs=/path/ca.pem</translation>
    </message>
    <message>
        <source>The certificate files in the address cannot be read.</source>
        <translation>Файлы сертификатов из адреса не читаются.</translation>
    </message>
    <message>
        <source>Redis asks for a password: redis://:password@host</source>
        <translation>Redis спрашивает пароль: redis://:password@host</translation>
    </message>
    <message>
        <source>Redis does not take this password.</source>
        <translation>Этот пароль не принят.</translation>
    </message>
    <message>
        <source>Redis has no password. Take it out of the address.</source>
        <translation>У Redis нет пароля. Уберите его из адреса.</translation>
    </message>
    <message>
        <source>Redis has no database of this number.</source>
        <translation>В Redis нет базы с таким номером.</translation>
    </message>
    <message>
        <source>Redis has as many clients as it may have.</source>
        <translation>У Redis больше нет мест для подключений.</translation>
    </message>
    <message>
        <source>Redis takes programs of its own computer alone (protected mode). Give it a password.</source>
        <translation>Redis принимает программы только своего компьютера (protected mode). Задайте ему пароль.</translation>
    </message>
    <message>
        <source>This user may not do in Redis what is needed (ACL).</source>
        <translation>Этому пользователю Redis не разрешено нужное (ACL).</translation>
    </message>
    <message>
        <source>Redis is still loading its data.</source>
        <translation>Redis ещё загружает свои данные.</translation>
    </message>
    <message>
        <source>Redis has no memory left and keeps nothing new.</source>
        <translation>У Redis кончилась память, нового он не хранит.</translation>
    </message>
    <message>
        <source>This Redis is a replica and takes nothing new. Connect to its master.</source>
        <translation>Этот Redis — реплика и нового не принимает. Подключитесь к главному.</translation>
    </message>
    <message>
        <source>Redis cannot save to its disk and takes nothing new.</source>
        <translation>Redis не может записать на диск и нового не принимает.</translation>
    </message>
    <message>
        <source>An address of Redis begins with redis://, rediss:// (encrypted) or unix://.</source>
        <translation>Адрес Redis начинается с redis://, rediss:// (с шифрованием) или unix://.</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535: redis://localhost:6379</source>
        <translation>Порт — число от 1 до 65535: redis://localhost:6379</translation>
    </message>
    <message>
        <source>The database is a number from 0 on: redis://localhost:6379/1</source>
        <translation>База — число от 0: redis://localhost:6379/1</translation>
    </message>
    <message>
        <source>A user needs a password: redis://user:password@host</source>
        <translation>Пользователю нужен пароль: redis://user:password@host</translation>
    </message>
    <message>
        <source>A socket needs its whole path: unix:///run/redis/redis.sock</source>
        <translation>Сокету нужен полный путь: unix:///run/redis/redis.sock</translation>
    </message>
    <message>
        <source>The prefix is too long.</source>
        <translation>Префикс слишком длинный.</translation>
    </message>
</context>
<context>
    <name>parlour::models::RoomTreeModel</name>
    <message>
        <source>hosted here</source>
        <translation>открыта здесь</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>подключение</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>восстановление связи</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>не впускают</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n непрочитанное</numerusform>
            <numerusform>%n непрочитанных</numerusform>
            <numerusform>%n непрочитанных</numerusform>
        </translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>догоняем</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>messages that are not sent</comment>
        <translation>
            <numerusform>%n ждёт</numerusform>
            <numerusform>%n ждут</numerusform>
            <numerusform>%n ждут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mentions</source>
        <translation>
            <numerusform>%n упоминание</numerusform>
            <numerusform>%n упоминания</numerusform>
            <numerusform>%n упоминаний</numerusform>
        </translation>
    </message>
    <message>
        <source>draft</source>
        <translation>черновик</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n не отправлено</numerusform>
            <numerusform>%n не отправлено</numerusform>
            <numerusform>%n не отправлено</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>next try in %n s</source>
        <translation>
            <numerusform>повтор через %n с</numerusform>
            <numerusform>повтор через %n с</numerusform>
            <numerusform>повтор через %n с</numerusform>
        </translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>повторяем</translation>
    </message>
</context>
<context>
    <name>parlour::models::Words</name>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 д %2 ч</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 ч %2 мин</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::BridgeSheet</name>
    <message>
        <source>Redis bridge</source>
        <translation>Мост Redis</translation>
    </message>
    <message>
        <source>Share rooms with other servers</source>
        <translation>Делить комнаты с другими серверами</translation>
    </message>
    <message>
        <source>For Django sites and more hosts</source>
        <translation>Для сайтов на Django и других серверов</translation>
    </message>
    <message>
        <source>redis://, rediss:// (encrypted) or unix://; several servers apart by spaces</source>
        <translation>redis://, rediss:// (с шифрованием) или unix://; несколько серверов — через пробел</translation>
    </message>
    <message>
        <source>Address of Redis</source>
        <translation>Адрес Redis</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Проверить связь</translation>
    </message>
    <message>
        <source>Result of the test</source>
        <translation>Итог проверки</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Take the one that stands in the Django site’s CHANNEL_LAYERS. Without a site, take pub/sub. All hosts take the same one.</source>
        <translation>Возьмите тот, что записан в CHANNEL_LAYERS сайта на Django. Без сайта берите pub/sub. У всех серверов он один и тот же.</translation>
    </message>
    <message>
        <source>Pub/sub</source>
        <translation>Pub/sub</translation>
    </message>
    <message>
        <source>Core</source>
        <translation>Core</translation>
    </message>
    <message>
        <source>As in the Django site: “asgi” unless it says otherwise</source>
        <translation>Как у сайта на Django: «asgi», если там не сказано иначе</translation>
    </message>
    <message>
        <source>Messages that may wait for one reader</source>
        <translation>Сколько сообщений может ждать одного получателя</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds after a number</comment>
        <translation> с</translation>
    </message>
    <message>
        <source>How long a message waits, also for the return of Redis</source>
        <translation>Сколько сообщение ждёт, в том числе возвращения Redis</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Префикс</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Вместимость</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>As in symmetric_encryption_keys: who has it reads along, nobody else</source>
        <translation>Как в symmetric_encryption_keys: читает тот, у кого он есть, и никто больше</translation>
    </message>
    <message>
        <source>Encryption key</source>
        <translation>Ключ шифрования</translation>
    </message>
    <message>
        <source>Parlour was started with options for Redis, and they win.</source>
        <translation>Parlour запущен с параметрами для Redis, действуют они.</translation>
    </message>
    <message>
        <source>Takes effect when you host again.</source>
        <translation>Подействует, когда вы откроете комнату снова.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохраняем…</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>What is greyed out was set when Parlour was started.</source>
        <translation>Что здесь нельзя изменить, задано при запуске Parlour.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::BridgeStrip</name>
    <message>
        <source>Other servers</source>
        <translation>Другие серверы</translation>
    </message>
    <message>
        <source>Redis does not answer. The room goes on here.</source>
        <translation>Redis не отвечает. Комната работает здесь.</translation>
    </message>
    <message>
        <source>People on other servers get what you write when it is back.</source>
        <translation>Люди на других серверах получат написанное, когда он вернётся.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::CatchUpStrip</name>
    <message>
        <source>Catching up</source>
        <translation>Догоняем</translation>
    </message>
    <message>
        <source>%1 of %2 messages</source>
        <translation>%1 из %2 сообщений</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::CentrePane</name>
    <message>
        <source>No room is open</source>
        <translation>Ни одна комната не открыта</translation>
    </message>
    <message>
        <source>Choose a room on the left.</source>
        <translation>Выберите комнату слева.</translation>
    </message>
    <message>
        <source>This room is being watched by the host</source>
        <translation>За этой комнатой наблюдает владелец</translation>
    </message>
    <message>
        <source>Not in any room</source>
        <translation>Вы не в комнате</translation>
    </message>
    <message>
        <source>Open a room on this computer or go into one by its address.</source>
        <translation>Откройте комнату на этом компьютере или войдите по адресу.</translation>
    </message>
    <message>
        <source>Host a room</source>
        <translation>Открыть комнату</translation>
    </message>
    <message>
        <source>Join a room</source>
        <translation>Войти в комнату</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::Composer</name>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>Too long to paste. Send it in parts.</source>
        <translation>Слишком длинно для вставки. Отправьте по частям.</translation>
    </message>
    <message>
        <source>Message %1. It is kept here until the room is back</source>
        <translation>Сообщение в %1. Оно останется здесь, пока нет связи</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>Сообщение в %1</translation>
    </message>
    <message>
        <source>The message is too long</source>
        <translation>Сообщение слишком длинное</translation>
    </message>
    <message>
        <source>Nothing to send yet</source>
        <translation>Пока нечего отправлять</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Отправить (Enter)</translation>
    </message>
    <message>
        <source>%1 of %2 characters. Shorten it, or send it in parts.</source>
        <translation>%1 из %2 знаков. Сократите или отправьте по частям.</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 из %2 знаков</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>Enter отправляет, Shift+Enter переносит строку</translation>
    </message>
    <message>
        <source>Who is typing</source>
        <translation>Кто печатает</translation>
    </message>
    <message>
        <source>Replying to %1: %2</source>
        <translation>Ответ для %1: %2</translation>
    </message>
    <message>
        <source>Editing your message</source>
        <translation>Изменение вашего сообщения</translation>
    </message>
    <message>
        <source>%1 is typing…</source>
        <translation>%1 печатает…</translation>
    </message>
    <message>
        <source>%1 and %2 are typing…</source>
        <translation>%1 и %2 печатают…</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 and %n others are typing…</source>
        <translation>
            <numerusform>%1, %2 и ещё %n печатают…</numerusform>
            <numerusform>%1, %2 и ещё %n печатают…</numerusform>
            <numerusform>%1, %2 и ещё %n печатают…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::ComposerBar</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>Что пишется</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Отмена (Esc)</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::ConversationView</name>
    <message>
        <source>Notice</source>
        <translation>Уведомление</translation>
    </message>
    <message>
        <source>This room is being watched by the host</source>
        <translation>За этой комнатой наблюдает владелец</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::DeleteSheet</name>
    <message>
        <source>Delete this message?</source>
        <translation>Удалить это сообщение?</translation>
    </message>
    <message>
        <source>Its text and the reactions to it are deleted for everybody. That cannot be undone.</source>
        <translation>Его текст и реакции на него будут удалены у всех. Отменить это нельзя.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::FirstRunPage</name>
    <message>
        <source>Your name and messages go only to the room you join.</source>
        <translation>Имя и сообщения получает только та комната, в которую вы вошли.</translation>
    </message>
    <message>
        <source>Welcome to Parlour</source>
        <translation>Добро пожаловать в Parlour</translation>
    </message>
    <message>
        <source>Talk with the people around you. No account, nothing to set up.</source>
        <translation>Общайтесь с теми, кто рядом. Без учётной записи и без настройки.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Others see it. You can change it at any time.</source>
        <translation>Его видят другие. Имя можно сменить в любой момент.</translation>
    </message>
    <message>
        <source>Type your name first: others see it.</source>
        <translation>Сначала введите имя: его видят другие.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostBar</name>
    <message>
        <source>Copy address</source>
        <translation>Скопировать адрес</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Монитор</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Hosting</source>
        <translation>Открыта здесь</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Guests</source>
        <translation>Гости</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Предупреждение</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>Закрыть комнату</translation>
    </message>
    <message>
        <source>Other addresses</source>
        <translation>Другие адреса</translation>
    </message>
    <message>
        <source>Hosting %1</source>
        <translation>Открыта здесь: %1</translation>
    </message>
    <message>
        <source>nobody here yet</source>
        <translation>пока никого</translation>
    </message>
    <message numerus="yes">
        <source>%n guests</source>
        <translation>
            <numerusform>%n гость</numerusform>
            <numerusform>%n гостя</numerusform>
            <numerusform>%n гостей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n in a browser</source>
        <translation>
            <numerusform>, %n в браузере</numerusform>
            <numerusform>, %n в браузере</numerusform>
            <numerusform>, %n в браузере</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Safety number</source>
        <translation>Контрольный номер</translation>
    </message>
    <message>
        <source>Redis bridge</source>
        <translation>Мост Redis</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostCard</name>
    <message>
        <source>Host a room</source>
        <translation>Открыть комнату</translation>
    </message>
    <message>
        <source>The room lives on this computer and is open while Parlour runs. People join with the app or with any browser.</source>
        <translation>Комната живёт на этом компьютере и открыта, пока работает Parlour. Войти можно из программы или из любого браузера.</translation>
    </message>
    <message>
        <source>Works without the internet</source>
        <translation>Работает без интернета</translation>
    </message>
    <message>
        <source>Guests need no account and install nothing</source>
        <translation>Гостям не нужны учётная запись и установка</translation>
    </message>
    <message>
        <source>You get an address to share</source>
        <translation>Вы получите адрес для гостей</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Открываем…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostNotice</name>
    <message>
        <source>Not encrypted: anyone on this network can read along</source>
        <translation>Без шифрования: в этой сети переписку может читать каждый</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Без шифрования</translation>
    </message>
    <message>
        <source>Nothing can be said: the disk is full. Make room on it</source>
        <translation>Сообщения не принимаются: диск полон. Освободите место</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Диск полон</translation>
    </message>
    <message>
        <source>Nothing can be said: another program holds the history</source>
        <translation>Сообщения не принимаются: историю держит другая программа</translation>
    </message>
    <message>
        <source>The history is locked</source>
        <translation>История занята</translation>
    </message>
    <message>
        <source>Nothing can be said: the history is damaged. Stop hosting, and host again</source>
        <translation>Сообщения не принимаются: история повреждена. Закройте комнату и откройте снова</translation>
    </message>
    <message>
        <source>The history is damaged</source>
        <translation>История повреждена</translation>
    </message>
    <message>
        <source>Nothing can be said: the history cannot be written</source>
        <translation>Сообщения не принимаются: история не записывается</translation>
    </message>
    <message>
        <source>The history cannot be written</source>
        <translation>История не записывается</translation>
    </message>
    <message>
        <source>The history was damaged</source>
        <translation>История была повреждена</translation>
    </message>
    <message>
        <source>The history was damaged and could not be read. It is in %1 until %2</source>
        <translation>История была повреждена, и прочесть её не удалось. До %2 она в файле %1</translation>
    </message>
    <message numerus="yes">
        <source>The history was damaged: %Ln messages were saved, the rest is in %1 until %2</source>
        <translation>
            <numerusform>История была повреждена: %Ln сообщение сохранено, остальное до %2 в файле %1</numerusform>
            <numerusform>История была повреждена: %Ln сообщения сохранены, остальное до %2 в файле %1</numerusform>
            <numerusform>История была повреждена: %Ln сообщений сохранено, остальное до %2 в файле %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::HostSheet</name>
    <message>
        <source>Host a room</source>
        <translation>Открыть комнату</translation>
    </message>
    <message>
        <source>The room lives on this computer and is open while Parlour runs. People join with the app or with any browser.</source>
        <translation>Комната живёт на этом компьютере и открыта, пока работает Parlour. Войти можно из программы или из любого браузера.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>any free port</source>
        <translation>любой свободный</translation>
    </message>
    <message>
        <source>0 takes any port that is free</source>
        <translation>0 — любой свободный порт</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Открываем…</translation>
    </message>
    <message>
        <source>Everyone on this network can join</source>
        <translation>Войти может каждый в этой сети</translation>
    </message>
    <message>
        <source>Only this computer</source>
        <translation>Только этот компьютер</translation>
    </message>
    <message>
        <source>Redis bridge…</source>
        <translation>Мост Redis…</translation>
    </message>
    <message>
        <source>Share rooms with other servers</source>
        <translation>Делить комнаты с другими серверами</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::JoinCard</name>
    <message>
        <source>Join a room</source>
        <translation>Войти в комнату</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Where you were before</source>
        <translation>Где вы уже были</translation>
    </message>
    <message>
        <source>Address or invite</source>
        <translation>Адрес или приглашение</translation>
    </message>
    <message>
        <source>Paste the address that the host gave you. It looks like 192.168.1.5:8765, or like a link.</source>
        <translation>Вставьте адрес, который вам дали. Он выглядит как 192.168.1.5:8765 или как ссылка.</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Входим…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::JoinSheet</name>
    <message>
        <source>Join a room</source>
        <translation>Войти в комнату</translation>
    </message>
    <message>
        <source>You join as %1.</source>
        <translation>Вы войдёте под именем %1.</translation>
    </message>
    <message>
        <source>Address or invite</source>
        <translation>Адрес или приглашение</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Входим…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::KeyChangedSheet</name>
    <message>
        <source>This is not the computer you know</source>
        <translation>Это не тот компьютер, который вы знаете</translation>
    </message>
    <message>
        <source>%1 answers with another key than before. Somebody may be reading along, or the host has moved to a new computer.</source>
        <translation>«%1» отвечает не тем ключом, что раньше. Возможно, кто-то читает разговор, или комнату перенесли на новый компьютер.</translation>
    </message>
    <message>
        <source>Nothing was sent. Ask whoever hosts %1, by phone or in person, to read out the number that their computer shows under “Safety number”.</source>
        <translation>Ничего не отправлено. Попросите того, кто открыл «%1», назвать по телефону или лично номер, который его компьютер показывает под «Контрольный номер».</translation>
    </message>
    <message>
        <source>This number was read out to me:</source>
        <translation>Мне назвали этот номер:</translation>
    </message>
    <message>
        <source>The new number was read out to me</source>
        <translation>Мне назвали новый номер</translation>
    </message>
    <message>
        <source>Trust the new key</source>
        <translation>Доверять новому ключу</translation>
    </message>
    <message>
        <source>Do not join</source>
        <translation>Не входить</translation>
    </message>
    <message>
        <source>Known number</source>
        <translation>Известный номер</translation>
    </message>
    <message>
        <source>Number shown now</source>
        <translation>Номер, показанный сейчас</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>Показан сейчас</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::LeaveSheet</name>
    <message numerus="yes">
        <source>%n messages were not sent yet. They stay on this computer and are sent when you join again.</source>
        <translation>
            <numerusform>%n сообщение ещё не отправлено. Оно останется на этом компьютере и уйдёт, когда вы войдёте снова.</numerusform>
            <numerusform>%n сообщения ещё не отправлены. Они останутся на этом компьютере и уйдут, когда вы войдёте снова.</numerusform>
            <numerusform>%n сообщений ещё не отправлено. Они останутся на этом компьютере и уйдут, когда вы войдёте снова.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you typed was not sent. If you leave, it is deleted.</source>
        <translation>Набранный текст не отправлен. Если выйти, он будет удалён.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent, nor was what you typed. If you leave, all of it is deleted.</source>
        <translation>
            <numerusform>%n сообщение не отправлено, набранный текст тоже. Если выйти, всё это будет удалено.</numerusform>
            <numerusform>%n сообщения не отправлены, набранный текст тоже. Если выйти, всё это будет удалено.</numerusform>
            <numerusform>%n сообщений не отправлено, набранный текст тоже. Если выйти, всё это будет удалено.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent. If you leave, they are deleted.</source>
        <translation>
            <numerusform>%n сообщение не отправлено. Если выйти, оно будет удалено.</numerusform>
            <numerusform>%n сообщения не отправлены. Если выйти, они будут удалены.</numerusform>
            <numerusform>%n сообщений не отправлено. Если выйти, они будут удалены.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>Выйти из «%1»?</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Leave and delete</source>
        <translation>Выйти и удалить</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Остаться</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::LinkSheet</name>
    <message>
        <source>Continue in a browser</source>
        <translation>Продолжить в браузере</translation>
    </message>
    <message>
        <source>Open this address in a browser of yours, on this computer or another one. You are the same person at %1 there, and what you have read is read on both.</source>
        <translation>Откройте этот адрес в своём браузере, на этом компьютере или на другом. Там вы на «%1» тот же человек, а прочитанное прочитано и тут, и там.</translation>
    </message>
    <message>
        <source>Your address</source>
        <translation>Ваш адрес</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Whoever has the address is you at %1. Give it to nobody.</source>
        <translation>Тот, у кого есть этот адрес, на «%1» — это вы. Никому его не давайте.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy your address</source>
        <translation>Копировать ваш адрес</translation>
    </message>
    <message>
        <source>Open here</source>
        <translation>Открыть здесь</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>Новый адрес</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Asking the host…</source>
        <translation>Спрашиваем сервер…</translation>
    </message>
    <message>
        <source>There is no address.</source>
        <translation>Адреса нет.</translation>
    </message>
    <message>
        <source>This address is too old. Ask for a new one.</source>
        <translation>Этот адрес устарел. Попросите новый.</translation>
    </message>
    <message>
        <source>It works once, for another %1:%2 minutes.</source>
        <translation>Он действует один раз, ещё %1:%2 мин.</translation>
    </message>
    <message>
        <source>Open this address in a browser on this computer: from another one it leads nowhere. You are the same person at %1 there, and what you have read is read on both.</source>
        <translation>Откройте этот адрес в браузере на этом компьютере: с другого он никуда не ведёт. Там вы на «%1» тот же человек, а прочитанное прочитано и тут, и там.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::LinkStrip</name>
    <message>
        <source>Connection state</source>
        <translation>Состояние связи</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>На связи</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>Нет связи: %1</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Нет связи</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Подключиться</translation>
    </message>
    <message>
        <source>Reconnecting to %1</source>
        <translation>Восстанавливаем связь: %1</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Подключаемся: %1</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключаемся…</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>%1 does not let you in</source>
        <translation>Вас не впускают: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Повтор через %n с.</numerusform>
            <numerusform>Повтор через %n с.</numerusform>
            <numerusform>Повтор через %n с.</numerusform>
        </translation>
    </message>
    <message>
        <source>Trying now.</source>
        <translation>Повторяем.</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Сравнить…</translation>
    </message>
    <message>
        <source>%1 shows another key</source>
        <translation>%1: другой ключ</translation>
    </message>
    <message numerus="yes">
        <source>%n messages are kept and will go out in order.</source>
        <translation>
            <numerusform>%n сообщение хранится здесь и уйдёт.</numerusform>
            <numerusform>%n сообщения хранятся здесь и уйдут по порядку.</numerusform>
            <numerusform>%n сообщений хранятся здесь и уйдут по порядку.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MainWindow</name>
    <message>
        <source>Not connected</source>
        <translation>Нет связи</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключаемся…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>На связи</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Восстанавливаем связь…</translation>
    </message>
    <message>
        <source>Not let in</source>
        <translation>Не впускают</translation>
    </message>
    <message>
        <source>This app hosts %1 already</source>
        <translation>Здесь уже открыта комната: %1</translation>
    </message>
    <message>
        <source>New room…</source>
        <translation>Новая комната…</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>Закрыть комнату</translation>
    </message>
    <message>
        <source>Leave this host</source>
        <translation>Уйти отсюда</translation>
    </message>
    <message>
        <source>Leave this room</source>
        <translation>Выйти из комнаты</translation>
    </message>
    <message>
        <source>Join this room</source>
        <translation>Войти в комнату</translation>
    </message>
    <message>
        <source>Safety number…</source>
        <translation>Контрольный номер…</translation>
    </message>
    <message>
        <source>Continue in a browser…</source>
        <translation>Продолжить в браузере…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MemberDelegate</name>
    <message>
        <source>Host</source>
        <comment>role</comment>
        <translation>Владелец</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>Модератор</translation>
    </message>
    <message>
        <source>Reads only</source>
        <translation>Только чтение</translation>
    </message>
    <message>
        <source>Away</source>
        <comment>person</comment>
        <translation>Отошли</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MemberPane</name>
    <message>
        <source>Members</source>
        <translation>Участники</translation>
    </message>
    <message>
        <source>Guests appear here as they come in.</source>
        <translation>Гости появятся здесь, когда войдут.</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>Сейчас здесь</translation>
    </message>
    <message>
        <source>Here then</source>
        <translation>Были здесь</translation>
    </message>
    <message>
        <source>As seen at %1, before the connection was lost</source>
        <translation>По состоянию на %1, до потери связи</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MessageActions</name>
    <message>
        <source>React</source>
        <translation>Реакция</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ещё</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MessageWords</name>
    <message>
        <source>d MMMM</source>
        <comment>date without a year</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation>Сегодня, %1</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>Вчера, %1</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>weekday and date without a year</comment>
        <translation>dddd, d MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>date with a year</comment>
        <translation>d MMMM yyyy &apos;г.&apos;</translation>
    </message>
    <message>
        <source>New</source>
        <comment>line above unread messages</comment>
        <translation>Новые</translation>
    </message>
    <message>
        <source>Messages may be missing here.</source>
        <translation>Здесь может не хватать сообщений.</translation>
    </message>
    <message>
        <source>Messages between %1 and %2 may be missing.</source>
        <translation>Может не хватать сообщений между %1 и %2.</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>own message</comment>
        <translation>ждёт</translation>
    </message>
    <message>
        <source>sending…</source>
        <comment>own message</comment>
        <translation>отправка…</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Не отправлено.</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Не отправлено: %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <comment>send a message again</comment>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Delete</source>
        <comment>own message that was not sent</comment>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>… (%1 characters, copy the message to read all)</source>
        <translation>… (%1 знаков; чтобы прочесть всё, скопируйте сообщение)</translation>
    </message>
    <message>
        <source>edited</source>
        <comment>message</comment>
        <translation>изменено</translation>
    </message>
    <message>
        <source>Edited %1</source>
        <translation>Изменено %1</translation>
    </message>
    <message>
        <source>Message removed</source>
        <translation>Сообщение удалено</translation>
    </message>
    <message>
        <source>A message that is not here</source>
        <translation>Сообщение, которого здесь нет</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n others</source>
        <translation>
            <numerusform>%1 и ещё %n</numerusform>
            <numerusform>%1 и ещё %n</numerusform>
            <numerusform>%1 и ещё %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parlour::widgets::MonitorWindow</name>
    <message>
        <source>Read only</source>
        <translation>Только чтение</translation>
    </message>
    <message>
        <source>While it is ticked, nothing can be closed from here</source>
        <translation>Пока отмечено, отсюда ничего нельзя закрыть</translation>
    </message>
    <message>
        <source>Updated up to 4 times a second. Closed, the monitor costs nothing.</source>
        <translation>Обновляется до 4 раз в секунду. Закрытый монитор ничего не стоит.</translation>
    </message>
    <message>
        <source>Monitor – Parlour</source>
        <translation>Монитор – Parlour</translation>
    </message>
    <message>
        <source>Monitor – %1 – Parlour</source>
        <translation>Монитор – %1 – Parlour</translation>
    </message>
    <message>
        <source>up %1</source>
        <comment>for how long</comment>
        <translation>работает %1</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>на связи</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>подключение…</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>восстановление связи</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>не впускают</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::NameCompletion</name>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::PrivacyStrip</name>
    <message>
        <source>Privacy</source>
        <translation>Защита связи</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Без шифрования</translation>
    </message>
    <message>
        <source>Anyone on the network between you and %1 can read along.</source>
        <translation>Разговор с «%1» может читать любой, кто есть в сети между вами.</translation>
    </message>
    <message>
        <source>Encrypted, first visit</source>
        <translation>Зашифровано, вы здесь впервые</translation>
    </message>
    <message>
        <source>Safety number %1. Whoever hosts %2 sees the same one if nobody reads along.</source>
        <translation>Контрольный номер %1. Если разговор не читают, у того, кто открыл «%2», он такой же.</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Понятно</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::QuitSheet</name>
    <message>
        <source>You are hosting %1</source>
        <translation>Здесь открыта комната «%1»</translation>
    </message>
    <message numerus="yes">
        <source>%n people are in your room</source>
        <translation>
            <numerusform>В вашей комнате %n человек</numerusform>
            <numerusform>В вашей комнате %n человека</numerusform>
            <numerusform>В вашей комнате %n человек</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 lives in this app. If you quit, nobody can join until you open it again.</source>
        <translation>Комната «%1» живёт в этой программе. Если выйти, никто не сможет войти, пока вы не откроете её снова.</translation>
    </message>
    <message>
        <source>%1 lives in this app. If you quit, they lose the connection until you open it again.</source>
        <translation>Комната «%1» живёт в этой программе. Если выйти, связь у них прервётся, пока вы не откроете её снова.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Закрыть и выйти</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Оставить открытой</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::ReactionChoice</name>
    <message>
        <source>Thumbs up</source>
        <translation>Палец вверх</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>Сердце</translation>
    </message>
    <message>
        <source>Laughing</source>
        <translation>Смех</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>Праздник</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Удивление</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Грусть</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Смотрю</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>React</source>
        <translation>Реакция</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RecentHosts</name>
    <message>
        <source>Recent hosts</source>
        <translation>Недавние комнаты</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RoomDelegate</name>
    <message>
        <source>Hosted here</source>
        <translation>Здесь</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>подключение</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>не впускают</translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>догоняем</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>messages that are not sent</comment>
        <translation>
            <numerusform>%n ждёт</numerusform>
            <numerusform>%n ждут</numerusform>
            <numerusform>%n ждут</numerusform>
        </translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Черновик</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RoomHeader</name>
    <message>
        <source>Back to the rooms</source>
        <translation>Назад к комнатам</translation>
    </message>
    <message>
        <source>Show members</source>
        <translation>Показать участников</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Комната</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>More about this room</source>
        <translation>Ещё об этой комнате</translation>
    </message>
    <message>
        <source>Change the topic…</source>
        <translation>Сменить тему…</translation>
    </message>
    <message>
        <source>Leave this room</source>
        <translation>Выйти из комнаты</translation>
    </message>
    <message>
        <source>No topic yet</source>
        <translation>Темы пока нет</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n человек</numerusform>
            <numerusform>%n человека</numerusform>
            <numerusform>%n человек</numerusform>
        </translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Search this room (Ctrl+F)</source>
        <translation>Искать в этой комнате (Ctrl+F)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::RoomTree</name>
    <message>
        <source>Rooms</source>
        <translation>Комнаты</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::SafetyCard</name>
    <message>
        <source>Known</source>
        <translation>Известный</translation>
    </message>
    <message>
        <source>Known since %1</source>
        <translation>Известен с %1</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>date with a year</comment>
        <translation>d MMMM yyyy &apos;г.&apos;</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::SafetySheet</name>
    <message>
        <source>Safety number of %1</source>
        <translation>Контрольный номер: %1</translation>
    </message>
    <message>
        <source>Read it out to people who join, by phone or in person. If they see the same number, nobody reads along between you and them.</source>
        <translation>Назовите его тем, кто входит, по телефону или лично. Если у них такой же номер, разговор между вами никто не читает.</translation>
    </message>
    <message>
        <source>Ask whoever hosts %1, by phone or in person, to read out the number that they see there. If it is the same as this one, nobody reads along between you.</source>
        <translation>Попросите того, кто открыл «%1», назвать по телефону или лично номер, который виден там. Если он такой же, разговор между вами никто не читает.</translation>
    </message>
    <message>
        <source>Safety number</source>
        <translation>Контрольный номер</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Copy safety number</source>
        <translation>Копировать контрольный номер</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::SearchPanel</name>
    <message>
        <source>Close search</source>
        <translation>Закрыть поиск</translation>
    </message>
    <message>
        <source>Search all rooms</source>
        <translation>Искать во всех комнатах</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Показать ещё</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>Поиск сообщений</translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>Найденные сообщения</translation>
    </message>
    <message>
        <source>Search note</source>
        <translation>Примечание к поиску</translation>
    </message>
    <message>
        <source>Search state</source>
        <translation>Состояние поиска</translation>
    </message>
    <message>
        <source>This room</source>
        <translation>Эта комната</translation>
    </message>
    <message>
        <source>Search this room (Ctrl+F)</source>
        <translation>Искать в этой комнате (Ctrl+F)</translation>
    </message>
    <message>
        <source>All rooms</source>
        <translation>Все комнаты</translation>
    </message>
    <message>
        <source>Search all rooms (Ctrl+Shift+F)</source>
        <translation>Искать во всех комнатах (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Type words that were said. The beginning of a word is enough.</source>
        <translation>Введите слова из сообщений. Достаточно начала слова.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Поиск…</translation>
    </message>
    <message>
        <source>No messages with “%1” in any room.</source>
        <translation>Ни в одной комнате нет сообщений со словом «%1».</translation>
    </message>
    <message>
        <source>No messages with “%1” in this room.</source>
        <translation>В этой комнате нет сообщений со словом «%1».</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::Sheet</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Ошибка</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::ShellMenu</name>
    <message>
        <source>New room…</source>
        <translation>Новая комната…</translation>
    </message>
    <message>
        <source>Your name…</source>
        <translation>Ваше имя…</translation>
    </message>
    <message>
        <source>Host a room…</source>
        <translation>Открыть комнату…</translation>
    </message>
    <message>
        <source>Join a room…</source>
        <translation>Войти в комнату…</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Монитор</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлое</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмное</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Redis bridge…</source>
        <translation>Мост Redis…</translation>
    </message>
    <message>
        <source>Tell others that I am typing</source>
        <translation>Показывать другим, что я печатаю</translation>
    </message>
    <message>
        <source>Import a room…</source>
        <translation>Импорт комнаты…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::ShellSheets</name>
    <message>
        <source>New room</source>
        <translation>Новая комната</translation>
    </message>
    <message>
        <source>Everybody at %1 sees the room and can join it.</source>
        <translation>Все в «%1» увидят эту комнату и смогут войти.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Создаём…</translation>
    </message>
    <message>
        <source>Room name</source>
        <translation>Название комнаты</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Topic of %1</source>
        <translation>Тема: %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Сменить</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Меняем…</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ваше имя</translation>
    </message>
    <message>
        <source>Others see it, in all rooms, from now on.</source>
        <translation>Другие увидят его сразу, во всех комнатах.</translation>
    </message>
    <message>
        <source>Import under another name</source>
        <translation>Импорт под другим названием</translation>
    </message>
    <message>
        <source>Your host has messages in a room of that name already.</source>
        <translation>На вашем сервере уже есть сообщения в комнате с таким названием.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импортировать</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Импорт…</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::Sidebar</name>
    <message>
        <source>Menu</source>
        <translation>Меню</translation>
    </message>
    <message>
        <source>New room…</source>
        <translation>Новая комната…</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Go into a room by its address</source>
        <translation>Войти в комнату по адресу</translation>
    </message>
    <message>
        <source>Open a room on this computer</source>
        <translation>Открыть комнату на этом компьютере</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::TextSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::TimelineView</name>
    <message>
        <source>Nothing has been said here yet</source>
        <translation>Здесь пока тихо</translation>
    </message>
    <message>
        <source>Messages appear here. Say hello.</source>
        <translation>Сообщения появятся здесь. Поздоровайтесь.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Loading messages…</source>
        <translation>Загружаем сообщения…</translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>К последним</translation>
    </message>
    <message>
        <source>Jump to latest · %1 new</source>
        <translation>К последним · новых: %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Открыть %1</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::TransferSheet</name>
    <message>
        <source>It begins…</source>
        <translation>Начинаем…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>Готово: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::BridgeFacts</name>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n сервер</numerusform>
            <numerusform>%n сервера</numerusform>
            <numerusform>%n серверов</numerusform>
        </translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Слой</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Префикс</translation>
    </message>
    <message>
        <source>Encrypted link</source>
        <translation>Шифрование связи</translation>
    </message>
    <message>
        <source>Encrypted messages</source>
        <translation>Шифрование сообщений</translation>
    </message>
    <message>
        <source>Own receive list</source>
        <translation>Свой список приёма</translation>
    </message>
    <message>
        <source>Sent, received</source>
        <translation>Отправлено, получено</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Связь</translation>
    </message>
    <message>
        <source>Yes</source>
        <comment>encrypted</comment>
        <translation>Да</translation>
    </message>
    <message>
        <source>No</source>
        <comment>encrypted</comment>
        <translation>Нет</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>messages sent, received</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Other hosts there</source>
        <translation>Других серверов там</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::BridgePage</name>
    <message>
        <source>Round trip, ms</source>
        <translation>Отклик, мс</translation>
    </message>
    <message>
        <source>ping</source>
        <translation>пинг</translation>
    </message>
    <message>
        <source>Bridge state</source>
        <translation>Состояние моста</translation>
    </message>
    <message>
        <source>Rooms live on this host only</source>
        <translation>Комнаты живут только на этом сервере</translation>
    </message>
    <message>
        <source>Started with --layer and --redis, it shares them with Django sites and other hosts.</source>
        <translation>Запущенный с --layer и --redis, он делит их с сайтами на Django и другими серверами.</translation>
    </message>
    <message>
        <source>Rooms live in this app only</source>
        <translation>Комнаты живут только в этой программе</translation>
    </message>
    <message>
        <source>Turn on the bridge to share them with Django sites and other hosts.</source>
        <translation>Включите мост, чтобы делить их с сайтами на Django и другими серверами.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Redis servers</source>
        <translation>Серверы Redis</translation>
    </message>
    <message>
        <source>Not shared</source>
        <translation>Не дошло до других</translation>
    </message>
    <message>
        <source>Nothing. Other servers got all that was said here.</source>
        <translation>Ничего. Другие серверы получили всё сказанное здесь.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::ChannelDetails</name>
    <message>
        <source>Queue</source>
        <translation>Очередь</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Доставлено</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Потеряно</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>Потребитель</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>С</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Путь</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Транспорт</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>Subprotocol</source>
        <translation>Подпротокол</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Отклик</translation>
    </message>
    <message>
        <source>Sent, received</source>
        <translation>Отправлено, получено</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
    <message>
        <source>Close details</source>
        <translation>Закрыть сведения</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>queued, capacity</comment>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>In no group.</source>
        <translation>Ни в одной группе.</translation>
    </message>
    <message>
        <source>Connection %1</source>
        <translation>Соединение %1</translation>
    </message>
    <message>
        <source>No connection of its own</source>
        <translation>Своего соединения нет</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>не измерен</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>messages sent, received</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>This channel is closed. These are its last values.</source>
        <translation>Канал закрыт. Это его последние значения.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::ChannelsPage</name>
    <message>
        <source>Filter channels</source>
        <translation>Отбор каналов</translation>
    </message>
    <message>
        <source>No channels. They appear with the first connection.</source>
        <translation>Каналов нет. Они появятся с первым соединением.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::Chart</name>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <translation>−%1 мин</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::ConnectionsPage</name>
    <message>
        <source>Filter connections</source>
        <translation>Отбор соединений</translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation>Никто не подключён.</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Пинг</translation>
    </message>
    <message>
        <source>Close connection</source>
        <translation>Закрыть соединение</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Соединения</translation>
    </message>
    <message>
        <source>There is no connection to the host</source>
        <translation>Нет связи с сервером</translation>
    </message>
    <message>
        <source>Choose a connection first</source>
        <translation>Сначала выберите соединение</translation>
    </message>
    <message>
        <source>Measure the round trip</source>
        <translation>Измерить время отклика</translation>
    </message>
    <message>
        <source>The monitor is read only</source>
        <translation>Монитор только для чтения</translation>
    </message>
    <message>
        <source>connection %1</source>
        <translation>соединение %1</translation>
    </message>
    <message>
        <source>Close the connection of %1 (%2)?</source>
        <translation>Закрыть соединение: %1 (%2)?</translation>
    </message>
    <message>
        <source>What is under way to it is lost. The program at the other end may come back by itself.</source>
        <translation>То, что ещё в пути, потеряется. Программа на другом конце может вернуться сама.</translation>
    </message>
    <message>
        <source>Close this connection</source>
        <translation>Закрыть это соединение</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Оставить</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::EmptyPage</name>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Nothing to watch</source>
        <translation>Наблюдать не за чем</translation>
    </message>
    <message>
        <source>Host a room, or connect to a server you look after.</source>
        <translation>Откройте комнату или подключитесь к серверу, за которым следите.</translation>
    </message>
    <message>
        <source>Connecting to the host</source>
        <translation>Подключаемся к серверу</translation>
    </message>
    <message>
        <source>Waiting for the first numbers</source>
        <translation>Ждём первых данных</translation>
    </message>
    <message>
        <source>The host cannot be reached</source>
        <translation>Сервер недоступен</translation>
    </message>
    <message>
        <source>This host cannot be watched</source>
        <translation>За этим сервером наблюдать нельзя</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::Fact</name>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::GroupsPage</name>
    <message>
        <source>Find a group or a channel</source>
        <translation>Найти группу или канал</translation>
    </message>
    <message>
        <source>Filter groups</source>
        <translation>Отбор групп</translation>
    </message>
    <message>
        <source>No groups. They appear with the first room that somebody enters.</source>
        <translation>Групп нет. Они появятся, когда кто-нибудь войдёт в комнату.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::LinkStrip</name>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>Connection state</source>
        <translation>Состояние связи</translation>
    </message>
    <message>
        <source>There is no connection to the host.</source>
        <translation>Нет связи с сервером.</translation>
    </message>
    <message>
        <source>The numbers are from %1.</source>
        <translation>Данные на %1.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключаемся…</translation>
    </message>
    <message>
        <source>Next try in %1 s.</source>
        <translation>Повтор через %1 с.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::LiveMessageHead</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Путь</translation>
    </message>
    <message>
        <source>From</source>
        <translation>От</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Кому</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Содержание</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::MessagesPage</name>
    <message>
        <source>Live messages</source>
        <translation>Сообщения вживую</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>Отбор сообщений</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Наблюдение</translation>
    </message>
    <message>
        <source>While this list is open, everybody in the rooms is told that messages are being watched. Another section ends it.</source>
        <translation>Пока этот список открыт, все в комнатах знают, что за сообщениями наблюдают. Другой раздел прекращает наблюдение.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Paused at %1. The list stands still, the rooms do not. Came meanwhile: %2.</source>
        <translation>Пауза с %1. Список стоит, комнаты нет. Пришло за это время: %2.</translation>
    </message>
    <message>
        <source>No longer kept: %1.</source>
        <translation>Уже не хранится: %1.</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <comment>events</comment>
        <translation>показано %1 из %2</translation>
    </message>
    <message>
        <source>skipped: %1</source>
        <translation>пропущено: %1</translation>
    </message>
    <message>
        <source>Nothing has happened since this list was opened.</source>
        <translation>С открытия списка ничего не произошло.</translation>
    </message>
    <message>
        <source>Nothing matches the filter. Went by: %1.</source>
        <translation>Под отбор ничего не подходит. Прошло мимо: %1.</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::OverviewPage</name>
    <message>
        <source>Connections</source>
        <translation>Соединения</translation>
    </message>
    <message>
        <source>open</source>
        <comment>connections</comment>
        <translation>открыто</translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation>Сообщения в секунду</translation>
    </message>
    <message>
        <source>out</source>
        <comment>messages</comment>
        <translation>выход</translation>
    </message>
    <message>
        <source>in</source>
        <comment>messages</comment>
        <translation>вход</translation>
    </message>
    <message>
        <source>Dropped per second</source>
        <translation>Потери в секунду</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>сообщения</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::SectionList</name>
    <message>
        <source>Sections</source>
        <translation>Разделы</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Группы</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Соединения</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Redis bridge</source>
        <translation>Мост Redis</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>parlour::widgets::monitor::TablePage</name>
    <message>
        <source>Rows that are not shown because there are too many: %1</source>
        <translation>Строк слишком много, не показано: %1</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Под отбор ничего не подходит.</translation>
    </message>
</context>
</TS>
