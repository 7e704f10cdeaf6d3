using Farspan.Kernel;

namespace Farspan.Calls.Tests;

/// <summary>
/// Amazon Connect as far as the life of contacts goes: starts are idempotent by their token, a contact ends
/// once, and a request that fails in an unknown way may have acted.
/// </summary>
internal sealed class WalkedConnect
{
    private readonly HashSet<string> _started = [];

    public HashSet<string> Alive { get; } = [];

    /// <returns>The contact; null if the request failed.</returns>
    public string? Start(string token, ConnectErrorKind? fault, RandomSource random)
    {
        if (Acts(fault, random) && _started.Add(token))
        {
            Alive.Add(token);
        }

        return fault is null ? ContactOf(token) : null;
    }

    /// <returns>The error to answer with; null for success.</returns>
    public ConnectErrorKind? Stop(string contactId, ConnectErrorKind? fault, RandomSource random)
    {
        var wasThere = Acts(fault, random) && Alive.RemoveWhere(token => ContactOf(token) == contactId) > 0;
        return fault ?? (wasThere ? null : ConnectErrorKind.ContactNotFound);
    }

    /// <summary>Connect ends the contact, or another node owns it.</summary>
    public void End(string token) => Alive.Remove(token);

    private static string ContactOf(string token) => $"contact-{token}";

    private static bool Acts(ConnectErrorKind? fault, RandomSource random) =>
        fault is not { } kind || (new ConnectError(kind).MayHaveActed && random.NextInt32(2) == 0);
}
