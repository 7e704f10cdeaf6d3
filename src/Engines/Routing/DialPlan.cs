using System.Collections.Immutable;

namespace Farspan.Routing;

/// <summary>
/// Decides where a call goes: the first route whose conditions all hold, else the default route, else
/// nowhere (404). An immutable snapshot; a changed plan is a new one.
/// </summary>
public sealed class DialPlan(ImmutableArray<Route> routes, Route? defaultRoute)
{
    /// <summary>The route of a call; null if the number is unknown.</summary>
    public Route? Find(CallAttempt attempt)
    {
        foreach (var route in routes)
        {
            if (FirstUnmet(route, attempt) is null)
            {
                return route;
            }
        }

        return defaultRoute;
    }

    /// <summary>The same decision, told rule by rule.</summary>
    public RouteExplanation Explain(CallAttempt attempt)
    {
        var steps = ImmutableArray.CreateBuilder<RouteStep>();
        foreach (var route in routes)
        {
            var unmet = FirstUnmet(route, attempt);
            steps.Add(new RouteStep(route.Name, unmet is null, unmet ?? "all conditions hold"));
            if (unmet is null)
            {
                return new RouteExplanation(route, steps.ToImmutable());
            }
        }

        if (defaultRoute is not null)
        {
            steps.Add(new RouteStep(defaultRoute.Name, true, "default route"));
        }

        return new RouteExplanation(defaultRoute, steps.ToImmutable());
    }

    private static string? FirstUnmet(Route route, CallAttempt attempt)
    {
        if (route.Trunk is { } trunk && trunk != attempt.Trunk)
        {
            return $"trunk is {attempt.Trunk}, not {trunk}";
        }

        if (route.Called?.Matches(attempt.Called) == false)
        {
            return $"called number {attempt.Called} does not match {route.Called}";
        }

        if (route.Calling?.Matches(attempt.Calling) == false)
        {
            return $"calling number does not match {route.Calling}";
        }

        foreach (var condition in route.Headers)
        {
            if (attempt.Header(condition.Header) is not { } value || !condition.Pattern.Matches(value))
            {
                return $"header {condition.Header} does not match {condition.Pattern}";
            }
        }

        return null;
    }
}
