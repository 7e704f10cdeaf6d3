namespace Farspan.Simulation;

/// <summary>Who acts, in words.</summary>
public static class ActorNames
{
    private static readonly (Actors Actor, string Name)[] Names =
    [
        (Actors.Bgp, "BGP"), (Actors.Edge, "edge"), (Actors.Connector, "connector"),
        (Actors.LoadBalancer, "load balancer"), (Actors.Carrier, "carrier"), (Actors.Controller, "controller"),
        (Actors.Person, "a person"),
    ];

    public static string Of(Actors actors) =>
        string.Join(", ", Names.Where(each => actors.HasFlag(each.Actor)).Select(each => each.Name));
}
