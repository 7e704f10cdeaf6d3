namespace Farspan.Audio;

/// <summary>
/// What a <see cref="DtmfDetector"/> says: a digit has begun (it lasted 40 ms) or has ended.
/// </summary>
/// <param name="Digit">One of <see cref="Dtmf.Digits"/>.</param>
/// <param name="HasEnded">False when it begins, true when it ends.</param>
/// <param name="StartSample">Where it began, counted from the beginning of the stream, within 10 ms.</param>
/// <param name="DurationSamples">How long it has lasted.</param>
public readonly record struct DtmfEvent(char Digit, bool HasEnded, long StartSample, int DurationSamples);
