// The agent page: log in, see the contact, answer, talk, mute, hang up.
//
// ?name=Ada     logs in at once
// ?auto=1       answers every contact
// ?tone=440     hums instead of using the microphone
import { AgentApi } from './agent-api.js';
import { AudioProbe, createTone, findMicrophone } from './audio.js';
import { Call } from './call.js';
import { render, renderMeters, wire } from './view.js';

const options = new URLSearchParams(location.search);
const speaker = document.getElementById('speaker');
const api = new AgentApi();
const state = { agent: null, call: null, problem: null, answeredAt: null };
let probe = null;

const actions = {
  logIn: name => attempt(async () => {
    probe = new AudioProbe();
    state.agent = await api.logIn(name, follow);
  }),
  answer: () => attempt(answer),
  reject: () => attempt(() => api.reject()),
  makeAvailable: () => attempt(() => api.makeAvailable()),
  setMuted: isMuted => state.call?.setMuted(isMuted),
  toggleMute: () => state.call?.setMuted(!state.call.isMuted),
  hangUp: () => attempt(() => api.hangUp()),
  logOut: () => attempt(async () => {
    await api.logOut();
    await endCall();
    state.agent = null;
  }),
};

/** Does something and shows what went wrong, if anything. */
async function attempt(action) {
  try {
    state.problem = null;
    await action();
  } catch (error) {
    state.problem = error.message;
  }
  refresh();
}

async function answer() {
  const join = await api.answer();
  const microphone = options.has('tone') ? createTone(Number(options.get('tone'))) : await findMicrophone();
  state.call = new Call(join, refresh);
  state.answeredAt = performance.now();
  await state.call.start(microphone, speaker);
}

/** Takes note of the agent's situation as the emulator sees it. */
function follow(agent) {
  state.agent = agent;
  if (agent.state === 'ringing' && options.has('auto')) {
    actions.answer();
  } else if (agent.state !== 'connecting' && agent.state !== 'talking') {
    attempt(endCall);
  }
  refresh();
}

async function endCall() {
  if (state.call && state.answeredAt !== null) {
    state.answeredAt = null;
    await state.call.stop();
  }
}

function refresh() {
  render(state);
}

setInterval(() => {
  if (state.answeredAt !== null) {
    renderMeters((performance.now() - state.answeredAt) / 1000, probe.level(speaker));
  }
}, 250);

/** What tests need: the state, the measurements and the buttons. */
window.farspan = {
  ...actions,
  get state() {
    const { call } = state;
    return structuredClone({
      status: state.agent?.state ?? 'loggedOut',
      agentId: state.agent?.agentId ?? null,
      contact: state.agent?.contact ?? null,
      problem: state.problem,
      call: call && {
        status: call.status,
        connects: call.connects,
        reconnects: call.reconnects,
        stops: call.stops,
        errors: call.errors,
        roster: call.roster,
        isMuted: call.isMuted,
      },
    });
  },
  stats: () => state.call?.stats() ?? null,
  level: () => probe?.level(speaker) ?? 0,
  dominantFrequencyHz: () => probe?.dominantFrequencyHz(speaker) ?? null,
};

wire(actions);
refresh();
if (options.has('name')) {
  actions.logIn(options.get('name'));
}
