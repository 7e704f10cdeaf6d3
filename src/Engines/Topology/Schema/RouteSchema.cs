using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>routes</c> and <c>defaultRoute</c>.</summary>
internal static class RouteSchema
{
    private static readonly Setting<string> Name = Setting.Optional(
        "name", ValueKinds.Name("route"), "`route-1`, `route-2`, … by position",
        "What logs, metrics and explanations call the route.");

    private static readonly Setting<string> Called = Setting.Optional(
        "called", RoutingKinds.Pattern, "any number", "The number called, as in the Request-URI.");

    private static readonly Setting<string> Calling = Setting.Optional(
        "calling", RoutingKinds.Pattern, "any caller",
        "The caller's number, as in P-Asserted-Identity or From.");

    private static readonly Setting<string> Trunk = Setting.Optional(
        "trunk", ValueKinds.ReferenceTo("trunk"), "any trunk", "The trunk that the call came over.");

    private static readonly Setting<ImmutableArray<KeyValuePair<string, string>>> Headers =
        Setting.Defaulting(
        "headers", new MapKind<string>(RoutingKinds.HeaderName, RoutingKinds.Pattern), [],
        "SIP headers that must be there, and what their values must match.");

    private static readonly Setting<string> Instance = Setting.Optional(
        "instance", ValueKinds.ReferenceTo("instance"), "the only instance", "The Amazon Connect instance.");

    private static readonly Setting<string> ContactFlow = Setting.Optional(
        "contactFlow", RoutingKinds.Resource("a contact flow", "contact-flow"), "the instance's",
        "The contact flow that takes the call.");

    private static readonly Setting<string> DisplayName = Setting.Defaulting(
        "displayName", RoutingKinds.Template, "{calling}",
        "What the agent sees as the customer's name; at most 256 characters of it.");

    private static readonly Setting<ImmutableArray<KeyValuePair<string, string>>> Attributes =
        Setting.Defaulting(
        "attributes", new MapKind<string>(RoutingKinds.AttributeName, RoutingKinds.Template), [],
        "Further attributes of the contact, the most important first.");

    private static readonly Section<WrittenMatch> MatchSection = new(
        "The conditions of a route; all must hold.",
        [Called, Calling, Trunk, Headers],
        values => new WrittenMatch(
            values.Find(Called), values.Find(Calling), values.Find(Trunk), values.Get(Headers)));

    private static readonly Setting<WrittenMatch> Match = Setting.Nested("match", MatchSection);

    private static readonly Setting<WrittenTarget> To = Setting.Nested("to", TargetSection());

    /// <summary>Where a route leads; also <c>defaultRoute</c>.</summary>
    public static Section<WrittenTarget> Target { get; } = TargetSection();

    public static Section<WrittenRoute> Section { get; } = new(
        "A line of the dial plan: conditions, and where the call goes.",
        [Name, Match, To],
        values => new WrittenRoute(values.Find(Name), values.Get(Match), values.Get(To)));

    private static Section<WrittenTarget> TargetSection() => new(
        "Where a route leads.",
        [Instance, ContactFlow, DisplayName, Attributes],
        values => new WrittenTarget(
            values.Find(Instance),
            values.Find(ContactFlow),
            values.Get(DisplayName),
            values.Get(Attributes),
            values.Section));
}
