using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>LBH: what health checks ask, and how long they take to notice.</summary>
internal static class HealthCheckRules
{
    private static readonly NetworkRule Scope = new("LBH-003", Error, CheckScope)
    {
        Title = "A health check has the scope of its backend service",
        Why = "A regional backend service takes regional health checks; Google refuses the other.",
        Mend = "Write `scope: regional` on the health check.",
        Source = RuleSources.Compute + "/regionHealthChecks",
    };

    private static readonly NetworkRule TimeoutFits = new("LBH-004", Error, CheckTimeout)
    {
        Title = "The timeout of a health check is no longer than its interval",
        Why = "Google refuses it.",
        Mend = "Write a timeout of at most the interval.",
        Source = RuleSources.Compute + "/healthChecks",
    };

    private static readonly NetworkRule Readiness = new("LBH-005", Warning, CheckReadiness)
    {
        Title = "A health check asks for readiness",
        Why = "An open TCP port shows that a process listens, not that it can take a call: an edge without "
            + "one connector left passes the check. There is no health check over UDP.",
        Mend = "Ask `/readyz` of the edge by HTTP on its administration port.",
        Source = RuleSources.Compute + "/healthChecks",
    };

    private static readonly NetworkRule FastEnough = new("LBH-006", Error, CheckFastEnough)
    {
        Title = "A health check notices a failure within the time that the objective allows",
        Why = "At worst it takes threshold x interval + timeout until the balancer stops sending calls to "
            + "a dead machine.",
        Mend = "Ask every second, with a timeout of a second and a threshold of 2.",
        Source = RuleSources.Compute + "/healthChecks; arithmetic",
    };

    private static readonly NetworkRule NoPassive = new("LBH-013", Note)
    {
        Title = "An AWS balancer for UDP has no passive health checks",
        Why = "It notices a dead target by its active checks only, whatever fails in between.",
        Mend = "Nothing: Farspan renders none. Make the active checks fast where you add one.",
        Source = RuleSources.NetworkBalancer,
        Evidence = RuleEvidence.Construction,
    };

    public static IEnumerable<NetworkRule> All => [Scope, TimeoutFits, Readiness, FastEnough, NoPassive];

    private static IEnumerable<Fault> CheckScope(Network network) =>
        from balancer in network.LoadBalancers
        let check = network.HealthChecks.WithId(balancer.HealthCheck)
        where check is not null && check.Scope != balancer.Scope
        select Fault.At(
            check, "scope", $"{check} is {Text(check.Scope)}, {balancer} is {Text(balancer.Scope)}",
            "Write the same for both, or nothing.");

    private static string Text(CloudScope scope) => scope.ToString().ToLowerInvariant();

    private static IEnumerable<Fault> CheckTimeout(Network network) =>
        from check in network.HealthChecks
        where check.Timeout > check.Interval
        select Fault.At(
            check, "timeout",
            $"{check} waits {check.Timeout.Show()} for an answer, and asks every {check.Interval.Show()}",
            "Write a timeout of at most the interval.");

    private static IEnumerable<Fault> CheckReadiness(Network network) =>
        from check in network.HealthChecks
        let isSipPort = network.Edges.Any(edge => edge.SipPorts.Any(port => port.Port == check.Port))
        let reason = check.Kind is HealthCheckKind.Tcp or HealthCheckKind.Ssl
                ? $"asks whether port {check.Port} is open"
            : isSipPort ? $"asks the SIP port {check.Port}"
            : check.RequestPath is "" or "/" && check.Kind != HealthCheckKind.Grpc ? "asks for no particular page"
            : null
        where reason is not null
        select Fault.At(
            check, "kind", $"{check} {reason}, not whether a call can be taken",
            "Write `kind: http` and `path: /readyz`, or nothing.");

    private static IEnumerable<Fault> CheckFastEnough(Network network) =>
        from check in network.HealthChecks
        let wanted = network.NewCallsWithin(FailureClass.EdgeInstance, FailureClass.Zone)
        where wanted is not null
        let worst = (check.UnhealthyThreshold * check.Interval) + check.Timeout
        where worst > wanted.Value.Within
        select Fault.At(
            check, "interval",
            $"{check} notices a failure after {worst.Show()} at worst ({check.UnhealthyThreshold} x"
            + $" {check.Interval.Show()} + {check.Timeout.Show()}), and {wanted.Value.Objective} allows"
            + $" {wanted.Value.Within.Show()}",
            "Write 1s, 1s and 2.");
}
