using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Farspan.Rtp;

namespace Farspan.LabRun;

/// <summary>What a run of calls came to; its JSON is the last line of <c>farspan lab --calls</c>.</summary>
public sealed record LabResult
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is never put into HTML
    };

    /// <summary>Calls that were placed.</summary>
    public required int Calls { get; init; }

    public required int Answered { get; init; }

    /// <summary>Calls whose agent heard the tones of this very caller.</summary>
    public required int HeardByAgent { get; init; }

    /// <summary>Calls whose caller heard the tones of this very agent.</summary>
    public required int HeardByCaller { get; init; }

    /// <summary>Calls that were ended by the caller's BYE after the talk time.</summary>
    public required int Ended { get; init; }

    /// <summary>From INVITE to 200.</summary>
    public required Spread SetupMs { get; init; }

    public required Delays OneWayDelayMs { get; init; }

    /// <summary>Of RTP packets between carrier and connector, both ways.</summary>
    public required double LossPercent { get; init; }

    /// <summary>
    /// The mean of the callers' estimated opinion scores (ITU-T G.107); null if nobody heard anything.
    /// </summary>
    public required double? Mos { get; init; }

    /// <summary>Contacts of this run that had not ended some seconds after their calls.</summary>
    public required int ContactsLeftOpen { get; init; }

    /// <summary>Tones of another call of the run, or an echo, heard by a caller or an agent.</summary>
    public required int HeardStrangers { get; init; }

    /// <summary>Tones that nobody played: sequences that loss or concealment tore.</summary>
    public required int Misheard { get; init; }

    /// <summary>The loss of each way; toward the agent as the connector's RTCP reports told it.</summary>
    public required Ways LossPercentOfWay { get; init; }

    /// <summary>
    /// Media ticks of the simulated carrier later than 10 ms, in thousandths: how far the machine, and not the
    /// connector, is to blame.
    /// </summary>
    public double CarrierLateTicksPerMille { get; init; }

    /// <summary>How many calls ended in each way.</summary>
    public required IReadOnlyDictionary<string, int> Results { get; init; }

    /// <summary>Whether all checks passed.</summary>
    public bool Passed => Failures.Count == 0;

    [JsonIgnore]
    public IReadOnlyList<LabFailure> Failures { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Line);

    /// <summary>A figure for each way of the audio between carrier and connector.</summary>
    public sealed record Ways(double ToAgent, double ToCaller);

    /// <summary>Delays from speaking to arriving, without the listener's own jitter buffer.</summary>
    public sealed record Delays(Spread ToAgent, Spread ToCaller);
}

/// <summary>A check that did not pass.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Found">What was found instead of what was expected.</param>
/// <param name="Look">Where to look.</param>
public sealed record LabFailure(string Check, string Found, string Look);
