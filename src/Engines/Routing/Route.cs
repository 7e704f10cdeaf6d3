using System.Collections.Immutable;

namespace Farspan.Routing;

/// <summary>One line of the dial plan: conditions, all of which must hold, and where the call goes.</summary>
public sealed record Route
{
    public required string Name { get; init; }

    /// <summary>Null: any number.</summary>
    public TextPattern? Called { get; init; }

    /// <summary>Null: any caller.</summary>
    public TextPattern? Calling { get; init; }

    /// <summary>Null: any trunk.</summary>
    public string? Trunk { get; init; }

    public ImmutableArray<HeaderCondition> Headers { get; init; } = [];

    public required RouteTarget Target { get; init; }
}

/// <summary>A condition on a SIP header; a header that is absent does not match.</summary>
public sealed record HeaderCondition(string Header, TextPattern Pattern);

/// <summary>Where a route leads.</summary>
public sealed record RouteTarget
{
    /// <summary>The instance's name in the configuration.</summary>
    public required string Instance { get; init; }

    public required string ContactFlowId { get; init; }

    /// <summary>What the agent sees; a template such as <c>{calling}</c>.</summary>
    public string DisplayName { get; init; } = "{calling}";

    /// <summary>Further attributes; the values are templates.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Attributes { get; init; } = [];
}
