using System.Collections.Immutable;
using Farspan.Kernel;
using Farspan.Routing;
using Farspan.Topology;

namespace Farspan.Calls;

/// <summary>Turns the routes and attributes of a configuration into the dial plan.</summary>
internal static class RoutePlan
{
    public static DialPlan Create(FarspanModel model) => new(
        [.. model.Routes.Select(Create)],
        model.DefaultRoute is { } target ? new Route { Name = "default", Target = Create(target) } : null);

    public static AttributeRules CreateAttributes(AttributesModel attributes) => new()
    {
        Calling = attributes.Calling,
        Called = attributes.Called,
        Trunk = attributes.Trunk,
        SipCallId = attributes.SipCallId,
        Hold = attributes.Hold,
        Headers =
        [
            .. attributes.Headers.Select(header =>
                new HeaderAttribute(header.Header, header.Key, header.LengthMax, header.Updates)),
        ],
    };

    private static Route Create(RouteModel route) => new()
    {
        Name = route.Name,
        Called = route.Called is null ? null : ToPattern(route.Called),
        Calling = route.Calling is null ? null : ToPattern(route.Calling),
        Trunk = route.Trunk,
        Headers = [.. route.Headers.Select(header =>
            new HeaderCondition(header.Key, ToPattern(header.Value)))],
        Target = Create(route.Target),
    };

    private static RouteTarget Create(RouteTargetModel target) => new()
    {
        Instance = target.Instance,
        ContactFlowId = target.ContactFlowId,
        DisplayName = target.DisplayName,
        Attributes = target.Attributes,
    };

    /// <summary>The loader has refused every pattern that cannot be read.</summary>
    private static TextPattern ToPattern(string source)
    {
        Invariant.Require(TextPattern.TryParse(source, out var pattern, out _));
        return pattern;
    }
}
