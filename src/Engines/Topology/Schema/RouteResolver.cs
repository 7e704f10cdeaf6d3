using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Fills in what routes leave to the instances, and finds routes that no call reaches.</summary>
internal sealed class RouteResolver(ImmutableArray<InstanceModel> instances)
{
    /// <summary>The routes that are complete; what is wrong with the others is among the findings.</summary>
    public ImmutableArray<RouteModel> Resolve(ImmutableArray<WrittenRoute> routes)
    {
        var resolved = ImmutableArray.CreateBuilder<RouteModel>();
        var isCovered = false;
        foreach (var (index, route) in routes.Index())
        {
            if (isCovered)
            {
                route.Target.Reading.Report(
                    FindingRules.Unreachable,
                    "an earlier route has no conditions",
                    "Put the route without conditions last, or make it `defaultRoute`.");
            }

            isCovered |= route.Match.TakesEveryCall;
            if (Resolve(route.Target) is { } target)
            {
                resolved.Add(Create(route, index, target));
            }
        }

        return resolved.ToImmutable();
    }

    /// <summary>Null, with a finding, if it does not lead anywhere.</summary>
    public RouteTargetModel? Resolve(WrittenTarget target)
    {
        if (FindInstance(target) is not { } instance)
        {
            return null;
        }

        if ((target.ContactFlowId ?? instance.ContactFlowId) is not { } contactFlowId)
        {
            target.Reading.Report(
                FindingRules.KeyMissing,
                $"neither the route nor the instance '{instance.Name}' names a contact flow",
                "Add the key contactFlow to one of them.");
            return null;
        }

        return new RouteTargetModel
        {
            Instance = instance.Name,
            ContactFlowId = contactFlowId,
            DisplayName = target.DisplayName,
            Attributes = target.Attributes,
        };
    }

    private static RouteModel Create(WrittenRoute route, int index, RouteTargetModel target) => new()
    {
        Name = route.Name ?? $"route-{index + 1}",
        Called = route.Match.Called,
        Calling = route.Match.Calling,
        Trunk = route.Match.Trunk,
        Headers = route.Match.Headers,
        Target = target,
    };

    /// <summary>Null for an unknown name too, which is reported where references are resolved.</summary>
    private InstanceModel? FindInstance(WrittenTarget target)
    {
        if (target.Instance is { } name)
        {
            return instances.FirstOrDefault(instance => instance.Name == name);
        }

        if (instances.Length > 1)
        {
            target.Reading.Report(
                FindingRules.KeyMissing, "there are several instances, and the route names none",
                "Add the key instance.");
        }

        return instances.Length == 1 ? instances[0] : null;
    }
}
