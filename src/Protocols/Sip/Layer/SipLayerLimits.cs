namespace Farspan.Sip;

/// <summary>What a <see cref="SipTransactionLayer"/> (RFC 3261 §17) holds at most; beyond it, strangers get
/// 503 and nothing is kept.</summary>
public sealed record SipLayerLimits
{
    public static SipLayerLimits Default { get; } = new();

    /// <summary>Server transactions at a time. At 500 calls/s and 32 s of absorption a node holds
    /// 32,000.</summary>
    public int ServerTransactionsMax { get; init; } = 65_536;

    /// <summary>Client transactions at a time; more are refused to our own transaction user.</summary>
    public int ClientTransactionsMax { get; init; } = 65_536;

    /// <summary>What the stateless 503 tells the client to wait (RFC 3261 §21.5.4).</summary>
    public TimeSpan OverloadRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Start line and headers of a message; larger ones get no answer. What we build repeats
    /// headers, with up to three bytes for one that is not UTF-8, and must stay within
    /// <see cref="SipLimits.MaxMessageBytes"/>.</summary>
    public int HeadBytesMax { get; init; } = 16_384;

    /// <summary>Header lines of a request, with room for those that a response adds.</summary>
    public int RequestHeaderLinesMax { get; init; } = 200;

    /// <summary>Parameters of the top Via and of the To of a request, with room for received, rport and
    /// tag.</summary>
    public int RequestParametersMax { get; init; } = 48;
}
