import {
  ConsoleLogger,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionStatusCode,
} from 'amazon-chime-sdk-js';

/** One answered contact: a Chime meeting session with audio only. */
export class Call {
  status = 'starting';
  connects = 0;
  reconnects = 0;
  /** Names of the SDK's status codes, in the order in which sessions stopped. */
  stops = [];
  /** What the SDK logged as errors. */
  errors = [];
  /** External user ids of who is in the meeting, by attendee id. */
  roster = {};
  isMuted = false;

  #session;
  #onChange;
  #report = null;

  constructor({ Meeting, Attendee }, onChange) {
    const logger = new ErrorKeepingLogger(this.errors);
    const configuration = new MeetingSessionConfiguration(Meeting, Attendee);
    this.#onChange = onChange;
    this.#session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger));
  }

  get #audioVideo() {
    return this.#session.audioVideo;
  }

  /** Speaks with `microphone` (a device id or a MediaStream) and plays on `speaker` (an audio element). */
  async start(microphone, speaker) {
    this.#audioVideo.addObserver({
      audioVideoDidStartConnecting: isReconnecting => this.#connecting(isReconnecting),
      audioVideoDidStart: () => this.#change('connected'),
      audioVideoDidStop: status => this.#stopped(status),
      metricsDidReceive: metrics => { this.#report = metrics.getRTCStatsReport(); },
    });
    this.#audioVideo.realtimeSubscribeToAttendeeIdPresence((attendeeId, isPresent, externalUserId) => {
      if (isPresent) {
        this.roster[attendeeId] = externalUserId;
      } else {
        delete this.roster[attendeeId];
      }
      this.#onChange();
    });
    await this.#audioVideo.startAudioInput(microphone);
    await this.#audioVideo.bindAudioElement(speaker);
    this.#audioVideo.start();
  }

  setMuted(isMuted) {
    if (isMuted) {
      this.#audioVideo.realtimeMuteLocalAudio();
    } else {
      this.#audioVideo.realtimeUnmuteLocalAudio();
    }
    this.isMuted = isMuted;
    this.#onChange();
  }

  /** Leaves, unless the service has ended the session already, and frees the microphone. */
  async stop() {
    if (this.status !== 'stopped') {
      this.#audioVideo.stop();
    }
    await this.#audioVideo.stopAudioInput();
  }

  /** Packets, loss, jitter and the codec of both directions; null in the first second. */
  stats() {
    const report = this.#report;
    if (!report) {
      return null;
    }
    const all = [...report.values()];
    const received = all.find(each => each.type === 'inbound-rtp' && each.kind === 'audio');
    const sent = all.find(each => each.type === 'outbound-rtp' && each.kind === 'audio');
    const pair = all.find(each => each.type === 'candidate-pair' && each.nominated);
    return {
      packetsReceived: received?.packetsReceived ?? 0,
      packetsLost: received?.packetsLost ?? 0,
      jitter: received?.jitter ?? 0,
      concealedSamples: received?.concealedSamples ?? 0,
      packetsSent: sent?.packetsSent ?? 0,
      codec: report.get(sent?.codecId)?.mimeType ?? null,
      roundTripSeconds: pair?.currentRoundTripTime ?? null,
    };
  }

  #connecting(isReconnecting) {
    this.connects++;
    this.reconnects += isReconnecting ? 1 : 0;
    this.#change(isReconnecting ? 'reconnecting' : 'connecting');
  }

  #stopped(status) {
    this.stops.push(MeetingSessionStatusCode[status.statusCode()]);
    this.#change('stopped');
  }

  #change(status) {
    this.status = status;
    this.#onChange();
  }
}

class ErrorKeepingLogger extends ConsoleLogger {
  #errors;

  constructor(errors) {
    super('agent', LogLevel.WARN);
    this.#errors = errors;
  }

  error(message) {
    this.#errors.push(String(message));
    super.error(message);
  }
}
