namespace Farspan.ConnectEmulator;

/// <summary>A built-in agent heard the tone sequence of a call (<see cref="Tones.LabTones"/>).</summary>
/// <param name="AttendeeId">The agent in the meeting.</param>
/// <param name="Code">Whose sequence.</param>
/// <param name="Delay">How much later it came than it was sent; null if that cannot be told.</param>
/// <param name="LongestGap">The longest time without a packet since the agent joined.</param>
public sealed record VoiceHearing(string AttendeeId, int Code, TimeSpan? Delay, TimeSpan LongestGap);
