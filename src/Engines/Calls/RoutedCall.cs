using System.Net;
using Farspan.Kernel;
using Farspan.Routing;

namespace Farspan.Calls;

/// <summary>A call that was admitted and routed: everything decided before anything is done.</summary>
public sealed record RoutedCall
{
    public required string CallId { get; init; }

    public required long MediaId { get; init; }

    /// <summary>The trunk's name, for records.</summary>
    public required string Trunk { get; init; }

    /// <summary>The route's name, for records.</summary>
    public required string Route { get; init; }

    /// <summary>The caller's number, for records; empty if withheld.</summary>
    public Personal<string> Calling { get; init; }

    /// <summary>The number called, for records.</summary>
    public Personal<string> Called { get; init; }

    /// <summary>The local address whose media ports face this carrier.</summary>
    public required IPAddress MediaAddress { get; init; }

    public required StartContactRequest Request { get; init; }

    /// <summary>
    /// Names of attributes that were left out because all together were too large; usually empty.
    /// </summary>
    public IReadOnlyList<string> DroppedAttributes { get; init; } = [];

    /// <summary>Which facts of the call are attributes of its contact, also when they change later.</summary>
    public AttributeRules Attributes { get; init; } = new();

    /// <summary>Where digits are taken from.</summary>
    public IReadOnlySet<DigitSource> DigitSources { get; init; } =
        new HashSet<DigitSource> { DigitSource.TelephoneEvent, DigitSource.SipInfo, DigitSource.InBand };

    /// <summary>Whether a carrier that sends no media, though it may, ends the call.</summary>
    public bool EndsOnSilence { get; init; }
}
