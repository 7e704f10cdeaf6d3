/** What the emulator offers to an agent; see the README of ConnectEmulator. */
export class AgentApi {
  #id = null;
  #events = null;

  /** Logs in; `onChange` gets the agent's situation now and whenever it changes. */
  async logIn(name, onChange) {
    const agent = await post('/agent/login', { name });
    this.#id = agent.agentId;
    this.#events = new EventSource(`/agent/${this.#id}/events`);
    this.#events.addEventListener('agent', event => onChange(JSON.parse(event.data)));
    return agent;
  }

  /** Takes the contact that rings; returns Meeting and Attendee for the Chime SDK. */
  answer() {
    return this.#act('answer');
  }

  reject() {
    return this.#act('reject');
  }

  makeAvailable() {
    return this.#act('available');
  }

  hangUp() {
    return this.#act('hangup');
  }

  async logOut() {
    this.#events.close();
    await this.#act('logout');
  }

  #act(action) {
    return post(`/agent/${this.#id}/${action}`);
  }
}

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.message ?? `${path}: ${response.status}`);
  }
  return answer;
}
