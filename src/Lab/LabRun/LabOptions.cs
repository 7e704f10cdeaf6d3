using Farspan.Audio;
using Farspan.Sip;

namespace Farspan.LabRun;

/// <summary>What of the lab can be chosen on the command line.</summary>
public sealed record LabOptions
{
    /// <summary>Calls to place; null places none and leaves the lab to people and their phones.</summary>
    public int? Calls { get; init; }

    public double CallsPerSecond { get; init; } = 5;

    public TimeSpan TalkTime { get; init; } = TimeSpan.FromSeconds(20);

    public SipTransport Transport { get; init; } = SipTransport.Udp;

    public AudioCodec Codec { get; init; } = AudioCodec.Pcmu;

    public bool UsesSrtp { get; init; }

    /// <summary>Puts a TURN server (coturn) between connector and emulator; null goes without.</summary>
    public LabTurn? Turn { get; init; }

    public LabQuota Quota { get; init; } = LabQuota.Generous;
}

/// <summary>What the emulated account is granted and the connector is told.</summary>
public enum LabQuota
{
    /// <summary>50 starts a second, 1,000 calls at once.</summary>
    Generous,

    /// <summary>A new account's: 2 starts a second, 10 calls at once.</summary>
    AwsDefault,
}

/// <summary>How the connector reaches the TURN server (RFC 8656 §2.1).</summary>
public enum LabTurn
{
    Udp,
    Tcp,
}
