using Farspan.Configuration;
using Farspan.Kernel;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>Fetches the secrets that a node needs to start.</summary>
internal static class Secrets
{
    /// <param name="reference">Where the secret is.</param>
    /// <param name="key">What it is for, as the operator knows it.</param>
    /// <exception cref="NodeStartException">It is not there.</exception>
    public static Redacted<string> Fetch(SecretReference reference, string key) =>
        SecretResolver.OfProcess.TryResolve(reference, out var secret, out var fault)
            ? secret.Value
            : throw new NodeStartException($"{key}: {fault}", "Put the secret there, or name another place.");
}
