// SPDX-FileCopyrightText: 2026 The Parlour developers
// SPDX-License-Identifier: MIT

// What does the page say, and in which language? Every word that people read stands here, in both
// languages; tests/page compares the keys. A value with plural forms is an object of them.

const english = {
  parlour: 'Parlour',
  rooms: 'Rooms',
  members: 'Members',
  messages: 'Messages',
  message: 'Message',
  messageTo: 'Message #{room}',
  send: 'Send',
  close: 'Close',
  backToLobby: 'All rooms of this host',
  encrypted: 'Encrypted',
  loading: 'Loading…',
  joining: 'Joining {room}…',
  footer: 'Nothing is installed. This page comes from the host’s computer and asks no other site.',

  joinHost: 'Join {host}',
  lobbyHint: 'Choose a room, or name one.',
  roomName: 'Room name',
  roomPlaceholder: 'For example kitchen',
  join: 'Join',
  noRooms: 'No rooms yet. Name one below and it opens.',
  cannotLoad: 'The rooms could not be loaded: this host does not answer. Check the connection, then try again.',
  tryAgain: 'Try again',
  peopleHere: { one: '{n} person here', other: '{n} people here' },
  nobodyHere: 'nobody here',
  roomEmpty: 'Type the name of a room.',
  roomTooLong: 'This name is too long: {max} characters at most.',
  roomSlash: 'A room name has no / and no \\.',
  roomDots: '“.” and “..” are no room names.',
  roomControl: 'This name holds a character that cannot be seen. Type it anew.',

  yourName: 'Your name',
  changeName: 'Change your name, {name}',
  save: 'Save',
  cancel: 'Cancel',
  guest: 'Guest {number}',
  nameEmpty: 'Type a name.',
  nameTooLong: 'This name is too long: {max} characters at most.',
  nameControl: 'This name holds a character that cannot be seen. Type it anew.',
  nameRefused: 'The host did not take the name “{name}”.',

  you: 'you',
  hereNow: 'Here now',
  andMore: { one: 'and {n} more', other: 'and {n} more' },
  role_owner: 'Host',
  role_moderator: 'Moderator',
  'role_read-only': 'Reads only',
  away: 'Away',
  alone: 'Guests appear here as they come in.',
  topicBy: '{name} set the topic: {topic}',
  topicCleared: '{name} took the topic away',
  joined: '{name} joined',
  joinedByBrowser: '{name} joined from a browser',
  youJoined: 'You joined from this browser',
  left: '{name} left',
  renamed: '{old} is now {name}',
  missing: 'Some messages are missing here.',
  missingSinceRestart: 'Some messages may be missing here: the host was started again.',
  loadingOlder: 'Loading older messages…',
  olderEnds: 'This page goes back no further.',
  today: 'Today, {date}',
  yesterday: 'Yesterday, {date}',
  nothingSaid: 'Nothing has been said yet',
  sayHello: 'Messages appear here. Say hello.',
  newMessages: 'New',
  latest: 'Jump to latest',
  unread: { one: '{n} unread message', other: '{n} unread messages' },
  watched: 'This room is being watched by the host',
  bridgeAway: 'Redis does not answer. The room goes on here.',
  bridgeLater: 'People on other servers get what you write when it is back.',

  sending: 'sending…',
  waiting: 'waiting',
  waitingHere: { one: '{n} waiting', other: '{n} waiting' },
  sent: 'sent',
  notSent: 'Not sent: {reason}',
  retry: 'Retry',
  remove: 'Delete',
  charactersLeft: { one: '{n} character left', other: '{n} characters left' },
  charactersOver: { one: '{n} character too long', other: '{n} characters too long' },
  tooManyWaiting: 'Too many messages are waiting. What you typed stays here until some have gone out.',

  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  nextTry: 'Next try in {n} s.',
  tryingNow: 'Trying now.',
  catchingUp: 'Catching up',
  caughtUpOf: { one: '{done} of {n} message', other: '{done} of {n} messages' },
  keptInTab: { one: '{n} message is kept in this tab and will go out.', other: '{n} messages are kept in this tab and will go out.' },
  keptHere: { one: '{n} message is kept in this browser and will go out.', other: '{n} messages are kept in this browser and will go out.' },
  retryNow: 'Retry now',
  refused: 'Not connected',
  joinAnew: 'Join as a new guest',
  chooseName: 'Choose a name',
  why_name: 'The host refused this name. Choose another one.',
  why_notAllowed: 'The host does not let you in.',
  why_full: 'The host is full.',
  why_tooFast: 'The host closed the connection: too many messages at once.',
  why_stopped: 'The host has stopped or is starting again.',
  why_tooSlow: 'This connection fell behind and catches up.',

  error_bad_frame: 'The host did not understand this page. Load it again.',
  error_bad_name: 'The host did not take this name. Choose another one.',
  error_bad_room: 'This is no room name that the host takes.',
  error_wrong_room: 'This connection belongs to another room.',
  error_room_exists: 'A room of this name exists already.',
  error_too_many_rooms: 'No further room can be opened here.',
  error_not_a_member: 'You are not in this room any more.',
  error_not_allowed: 'You may not do this here.',
  error_bad_text: 'An empty message cannot be sent.',
  error_text_too_long: 'The message is too long.',
  error_bad_id: 'The host did not take this message.',
  error_too_fast: 'Too many messages at once. Wait a moment.',
  error_host_full: 'The host is full. It is tried again after a minute.',
  error_not_logged: 'The host could not keep the message; nobody has seen it.',
  error_not_read: 'The host could not read some of the messages.',
  error_closed: 'The host closed the connection on it.',
};

const russian = {
  parlour: 'Parlour',
  rooms: 'Комнаты',
  members: 'Участники',
  messages: 'Сообщения',
  message: 'Сообщение',
  messageTo: 'Сообщение в #{room}',
  send: 'Отправить',
  close: 'Закрыть',
  backToLobby: 'Все комнаты этого компьютера',
  encrypted: 'Зашифровано',
  loading: 'Загрузка…',
  joining: 'Входим в {room}…',
  footer: 'Ничего не устанавливается. Страница приходит с компьютера владельца и не обращается к другим сайтам.',

  joinHost: 'Войти: {host}',
  lobbyHint: 'Выберите комнату или назовите новую.',
  roomName: 'Название комнаты',
  roomPlaceholder: 'Например, кухня',
  join: 'Войти',
  noRooms: 'Комнат пока нет. Назовите комнату, и она откроется.',
  cannotLoad: 'Не удалось загрузить комнаты: компьютер не отвечает. Проверьте связь и повторите.',
  tryAgain: 'Повторить',
  peopleHere: { one: 'здесь {n} человек', few: 'здесь {n} человека', many: 'здесь {n} человек', other: 'здесь {n} человека' },
  nobodyHere: 'здесь никого',
  roomEmpty: 'Введите название комнаты.',
  roomTooLong: 'Название слишком длинное: не больше {max} знаков.',
  roomSlash: 'В названии комнаты нельзя писать / и \\.',
  roomDots: '«.» и «..» не годятся как названия комнат.',
  roomControl: 'В названии есть невидимый знак. Введите его заново.',

  yourName: 'Ваше имя',
  changeName: 'Изменить имя, сейчас {name}',
  save: 'Сохранить',
  cancel: 'Отмена',
  guest: 'Гость {number}',
  nameEmpty: 'Введите имя.',
  nameTooLong: 'Имя слишком длинное: не больше {max} знаков.',
  nameControl: 'В имени есть невидимый знак. Введите его заново.',
  nameRefused: 'Имя «{name}» не принято. Выберите другое.',

  you: 'вы',
  hereNow: 'Сейчас здесь',
  andMore: { one: 'и ещё {n}', few: 'и ещё {n}', many: 'и ещё {n}', other: 'и ещё {n}' },
  role_owner: 'Владелец',
  role_moderator: 'Модератор',
  'role_read-only': 'Только чтение',
  away: 'Отошли',
  alone: 'Здесь появятся гости.',
  topicBy: '{name}: новая тема — {topic}',
  topicCleared: '{name}: тема снята',
  joined: '{name} теперь здесь',
  joinedByBrowser: '{name} теперь здесь, из браузера',
  youJoined: 'Вы вошли из этого браузера',
  left: '{name} больше не здесь',
  renamed: '{old} теперь {name}',
  missing: 'Здесь не хватает сообщений.',
  missingSinceRestart: 'Здесь может не хватать сообщений: компьютер владельца запущен заново.',
  loadingOlder: 'Загружаем прежние сообщения…',
  olderEnds: 'Дальше назад эта страница не листает.',
  today: 'Сегодня, {date}',
  yesterday: 'Вчера, {date}',
  nothingSaid: 'Здесь пока тихо',
  sayHello: 'Сообщения появятся здесь. Поздоровайтесь.',
  newMessages: 'Новые',
  latest: 'К последним',
  unread: { one: '{n} непрочитанное сообщение', few: '{n} непрочитанных сообщения', many: '{n} непрочитанных сообщений', other: '{n} непрочитанного сообщения' },
  watched: 'Владелец просматривает эту комнату',
  bridgeAway: 'Redis не отвечает. Комната работает здесь.',
  bridgeLater: 'Люди на других серверах получат написанное, когда он вернётся.',

  sending: 'отправка…',
  waiting: 'ждёт',
  waitingHere: { one: '{n} ждёт', few: '{n} ждут', many: '{n} ждут', other: '{n} ждут' },
  sent: 'отправлено',
  notSent: 'Не отправлено: {reason}',
  retry: 'Повторить',
  remove: 'Удалить',
  charactersLeft: { one: 'остался {n} знак', few: 'осталось {n} знака', many: 'осталось {n} знаков', other: 'осталось {n} знака' },
  charactersOver: { one: 'лишний {n} знак', few: 'лишние {n} знака', many: 'лишних {n} знаков', other: 'лишних {n} знака' },
  tooManyWaiting: 'Ждёт слишком много сообщений. Набранное останется здесь, пока часть из них не уйдёт.',

  connecting: 'Подключаемся',
  reconnecting: 'Нет связи, подключаемся',
  nextTry: 'Повтор через {n} с.',
  tryingNow: 'Пробуем.',
  catchingUp: 'Догоняем',
  caughtUpOf: { one: '{done} из {n} сообщения', few: '{done} из {n} сообщений', many: '{done} из {n} сообщений', other: '{done} из {n} сообщения' },
  keptInTab: { one: '{n} сообщение хранится в этой вкладке и уйдёт.', few: '{n} сообщения хранятся в этой вкладке и уйдут.', many: '{n} сообщений хранятся в этой вкладке и уйдут.', other: '{n} сообщения хранятся в этой вкладке и уйдут.' },
  keptHere: { one: '{n} сообщение хранится в этом браузере и уйдёт.', few: '{n} сообщения хранятся в этом браузере и уйдут.', many: '{n} сообщений хранятся в этом браузере и уйдут.', other: '{n} сообщения хранятся в этом браузере и уйдут.' },
  retryNow: 'Повторить сейчас',
  refused: 'Нет подключения',
  joinAnew: 'Войти как новый гость',
  chooseName: 'Выбрать имя',
  why_name: 'Это имя не принято. Выберите другое.',
  why_notAllowed: 'Вход закрыт владельцем.',
  why_full: 'Мест нет.',
  why_tooFast: 'Соединение закрыто: слишком много сообщений сразу.',
  why_stopped: 'Компьютер владельца остановлен или запускается заново.',
  why_tooSlow: 'Связь отстала и догоняет.',

  error_bad_frame: 'Страница не понята. Загрузите её снова.',
  error_bad_name: 'Это имя не принято. Выберите другое.',
  error_bad_room: 'Такое название комнаты не годится.',
  error_wrong_room: 'Это соединение принадлежит другой комнате.',
  error_room_exists: 'Комната с таким названием уже есть.',
  error_too_many_rooms: 'Больше комнат здесь открыть нельзя.',
  error_not_a_member: 'Вы уже не в этой комнате.',
  error_not_allowed: 'Здесь вам это нельзя.',
  error_bad_text: 'Пустое сообщение отправить нельзя.',
  error_text_too_long: 'Сообщение слишком длинное.',
  error_bad_id: 'Сообщение не принято.',
  error_too_fast: 'Слишком много сообщений сразу. Подождите немного.',
  error_host_full: 'Мест нет. Повтор через минуту.',
  error_not_logged: 'Сообщение не удалось сохранить; его никто не видел.',
  error_not_read: 'Часть сообщений не удалось прочитать.',
  error_closed: 'Соединение на нём закрыто.',
};

export const catalogues = { en: english, ru: russian };

/** The page's language: Russian where the browser asks for it first, else English. */
export const language = /^ru\b/i.test(navigator.language || '') ? 'ru' : 'en';

/** For dates and numbers: the browser's own variant of the page's language. */
export const locale = (navigator.language || '').toLowerCase().startsWith(language) ? navigator.language : 'en-GB';

const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(locale);

/** The text of `key` with {placeholders} filled in; `n` chooses the plural form. */
export function t(key, values = {}) {
  const entry = catalogues[language][key];
  if (entry === undefined)
    return key;
  const form = typeof entry === 'string' ? entry : entry[plural.select(values.n)] ?? entry.other;
  return form.replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === 'number' ? number.format(values[name]) : values[name] ?? whole);
}

/** True where the catalogue has `key`: for codes that a newer host may bring. */
export function known(key) {
  return catalogues[language][key] !== undefined;
}

/** Puts the language into the page's fixed parts: data-text, data-label, data-hint and data-value name the keys. */
export function translatePage(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll('[data-text]'))
    node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', t(node.dataset.label));
    if (node.tagName === 'BUTTON')
      node.title = t(node.dataset.label);
  }
  for (const node of root.querySelectorAll('[data-hint]'))
    node.placeholder = t(node.dataset.hint);
  for (const node of root.querySelectorAll('[data-value]'))
    node.value = t(node.dataset.value);
}
