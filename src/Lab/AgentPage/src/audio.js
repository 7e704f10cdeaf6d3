/** Measures what an audio element plays: how loud it is and which frequency stands out. */
export class AudioProbe {
  #context = new AudioContext();
  #analyser = new AnalyserNode(this.#context, { fftSize: 8192, smoothingTimeConstant: 0 });
  #source = null;
  #stream = null;

  /** Follows the element's stream: the SDK replaces it at every reconnect. */
  #follow(element) {
    if (element.srcObject === this.#stream) {
      return;
    }
    this.#source?.disconnect();
    this.#stream = element.srcObject;
    this.#source = this.#stream?.getAudioTracks().length ? this.#context.createMediaStreamSource(this.#stream) : null;
    this.#source?.connect(this.#analyser);
    this.#context.resume();
  }

  /** The root mean square of the last 170 ms, from 0 to 1. */
  level(element) {
    this.#follow(element);
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    return this.#source ? Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) : 0;
  }

  /** The strongest frequency in Hz, to about 6 Hz; null in silence (nothing over −70 dB). */
  dominantFrequencyHz(element) {
    this.#follow(element);
    const decibels = new Float32Array(this.#analyser.frequencyBinCount);
    this.#analyser.getFloatFrequencyData(decibels);
    const strongest = decibels.reduce((best, value, index) => (value > decibels[best] ? index : best), 0);
    return this.#source && decibels[strongest] > -70
      ? (strongest * this.#context.sampleRate) / this.#analyser.fftSize
      : null;
  }
}

/** A microphone that hums: for tests, which must recognise what they hear at the other end. */
export function createTone(frequencyHz) {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: frequencyHz });
  const destination = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(destination);
  oscillator.start();
  return destination.stream;
}

/** The first microphone there is; asks for permission. */
export async function findMicrophone() {
  const permission = await navigator.mediaDevices.getUserMedia({ audio: true });
  permission.getTracks().forEach(track => track.stop());
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.find(device => device.kind === 'audioinput').deviceId;
}
