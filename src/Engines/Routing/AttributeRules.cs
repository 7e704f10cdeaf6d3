using System.Collections.Immutable;

namespace Farspan.Routing;

/// <summary>
/// Which facts of a call become contact attributes. Each call carries its caller, called number, trunk and
/// SIP Call-ID under settable names; headers are mapped by rule.
/// </summary>
public sealed record AttributeRules
{
    /// <summary>Null: this fact is not passed on.</summary>
    public string? Calling { get; init; } = "ani";

    /// <inheritdoc cref="Calling"/>
    public string? Called { get; init; } = "dnis";

    /// <inheritdoc cref="Calling"/>
    public string? Trunk { get; init; } = "trunk";

    /// <inheritdoc cref="Calling"/>
    public string? SipCallId { get; init; } = "sipCallId";

    /// <summary>
    /// Holds whether the carrier has the caller on hold, <c>true</c> or <c>false</c>, from when that is first
    /// so. Null: not passed on.
    /// </summary>
    public string? Hold { get; init; }

    /// <summary>In the operator's order: where space is short, the last go first.</summary>
    public ImmutableArray<HeaderAttribute> Headers { get; init; } = [];
}

/// <summary>Passes a SIP header on as an attribute.</summary>
/// <param name="Header">The header's name.</param>
/// <param name="Key">The attribute's name; cleaned to what Connect allows.</param>
/// <param name="LengthMax">Characters of the value that are passed on.</param>
/// <param name="Updates">Whether a later request in the dialog changes the attribute.</param>
public sealed record HeaderAttribute(string Header, string Key, int LengthMax = 1_024, bool Updates = false);
