using System.Net;

namespace Farspan.Interop.Tests;

/// <summary>What a call of SIPp said: header fields of the scenario's own.</summary>
internal sealed record SippNotice(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Where the callee wants audio, by the SDP that SIPp got.</summary>
    public IPEndPoint Media => new(IPAddress.Parse(this["Media-Address"]), int.Parse(this["Media-Port"]));

    /// <summary>The value of a field; empty if it is not there.</summary>
    public string this[string name] => Fields.GetValueOrDefault(name, "");

    public static SippNotice Parse(string text) => new(
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal));
}
