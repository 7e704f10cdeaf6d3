namespace Farspan.ConnectEmulator;

/// <summary>Something to be heard: a sine tone, or a WAV file where a path is given.</summary>
public sealed record AudioCue
{
    public double FrequencyHz { get; init; } = 600;

    /// <summary>
    /// A WAV file (PCM, 16 bit, 8 to 48 kHz) that is played, again and again, instead of the tone; null, or a
    /// file that cannot be used, plays the tone.
    /// </summary>
    public string? File { get; init; }
}
