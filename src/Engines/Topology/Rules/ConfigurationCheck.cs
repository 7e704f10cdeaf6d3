using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// Everything there is to say about a configuration: what its keys are wrong in, what its network breaks, and what of
/// that is accepted.
/// </summary>
public static class ConfigurationCheck
{
    /// <param name="loaded">What came of reading the file.</param>
    /// <param name="today">For what expires.</param>
    public static CheckOutcome Run(ConfigurationOutcome loaded, DateOnly today)
    {
        if (loaded.Model is not { } model)
        {
            return new CheckOutcome(loaded.Findings, []);
        }

        var broken = model.Network is { } network ? NetworkRules.Check(network, today) : [];
        var outcome = AcceptanceRules.Apply([.. loaded.Findings, .. broken], model.Acceptances, today);
        return outcome with
        {
            Findings =
            [
                .. outcome.Findings
                    .OrderByDescending(finding => finding.Severity)
                    .ThenBy(finding => finding.Place.Line)
                    .ThenBy(finding => finding.Place.Column),
            ],
        };
    }
}
