const element = id => document.getElementById(id);

const words = {
  available: 'available',
  ringing: 'ringing',
  connecting: 'connecting',
  talking: 'talking',
  missed: 'missed a contact',
  afterContactWork: 'after-contact work',
  loggedOut: 'logged out',
};

/** Connects the page's controls with what they do. */
export function wire(actions) {
  element('login').addEventListener('submit', event => {
    event.preventDefault();
    actions.logIn(element('name').value);
  });
  element('answer').addEventListener('click', () => actions.answer());
  element('reject').addEventListener('click', () => actions.reject());
  element('available').addEventListener('click', () => actions.makeAvailable());
  element('mute').addEventListener('click', () => actions.toggleMute());
  element('hang-up').addEventListener('click', () => actions.hangUp());
  element('log-out').addEventListener('click', () => actions.logOut());
}

/** Shows a state; the page shows nothing else. */
export function render({ agent, call, problem }) {
  const state = agent?.state ?? 'loggedOut';
  const contact = agent?.contact;
  const hasCall = state === 'connecting' || state === 'talking';
  element('status').textContent = words[state];
  element('status').dataset.state = state;
  show('login', state === 'loggedOut');
  show('desk', state !== 'loggedOut');
  show('waiting', !contact);
  show('contact', Boolean(contact));
  show('answer', state === 'ringing');
  show('reject', state === 'ringing');
  show('available', state === 'missed' || state === 'afterContactWork');
  show('mute', hasCall);
  show('hang-up', hasCall);
  element('mute').textContent = call?.isMuted ? 'Unmute' : 'Mute';
  element('mute').setAttribute('aria-pressed', String(call?.isMuted ?? false));
  show('problem', Boolean(problem));
  element('problem').textContent = problem ?? '';
  if (contact) {
    element('caller').textContent = contact.displayName ?? contact.contactId;
    renderAttributes(contact.attributes);
  }
}

/** Shows how long the contact has been under way and how loud it is. */
export function renderMeters(seconds, level) {
  const minutes = Math.floor(seconds / 60);
  element('clock').textContent = `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  element('level').value = Math.min(1, level * 4);
}

function renderAttributes(attributes) {
  const rows = Object.entries(attributes).flatMap(([key, value]) => [text('dt', key), text('dd', value)]);
  element('attributes').replaceChildren(...rows);
}

function text(tag, content) {
  const node = document.createElement(tag);
  node.textContent = content;
  return node;
}

function show(id, isShown) {
  element(id).hidden = !isShown;
}
