using System.Net;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Everything about the emulator that can be chosen; read from JSON, shown and changed at <c>/settings</c>.
/// The defaults are what AWS documents; what only AWS could confirm is a choice in
/// <see cref="ContactBehavior"/> and <see cref="SignalingBehavior"/>.
/// </summary>
public sealed record ConnectEmulatorSettings
{
    /// <summary>
    /// Where the server listens, such as <c>http://127.0.0.1:8480</c>; port 0 takes a free one. Read at start
    /// only.
    /// </summary>
    public string Url { get; init; } = "http://127.0.0.1:8480";

    /// <summary>
    /// The address that clients reach it at, where that is not <see cref="Url"/>. Read at start only.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>A PEM certificate chain and key for an https <see cref="Url"/>. Read at start only.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>The region that signatures must name and that meetings are said to be in.</summary>
    public string Region { get; init; } = "us-west-2";

    /// <summary>The instance ids that exist; empty accepts every one.</summary>
    public IReadOnlyList<string> InstanceIds { get; init; } = [];

    /// <summary>Whether Signature Version 4 is checked; without it every caller is believed.</summary>
    public bool VerifiesSignatures { get; init; } = true;

    /// <summary>Keys of the emulator's own, never real ones: <c>/settings</c> shows them.</summary>
    public IReadOnlyList<AccessKey> AccessKeys { get; init; } =
        [new("AKIAEMULATOREXAMPLE0", "emulator-secret-access-key-not-for-aws00")];

    public ServiceQuotas Quotas { get; init; } = new();

    public ContactBehavior Contacts { get; init; } = new();

    public SignalingBehavior Signaling { get; init; } = new();

    /// <summary>The media plane, where there is a real one. Read at start only.</summary>
    public MeetingMediaSettings Media { get; init; } = new();

    /// <summary>
    /// The flows; the first one also serves unknown ids where <see
    /// cref="ContactBehavior.AcceptsUnknownFlows"/>.
    /// </summary>
    public IReadOnlyList<ContactFlow> Flows { get; init; } = ContactFlow.Samples;

    /// <summary>The built-in agents. Changing them affects agents that are free.</summary>
    public IReadOnlyList<BuiltInAgentSettings> Agents { get; init; } = [new()];

    /// <summary>Says what is wrong with the settings; null if nothing is.</summary>
    public string? FindFault()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url)
            || (url.Host != "localhost" && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _)))
        {
            return $"url: '{Url}' is not an http(s) URL with an IP address or localhost";
        }

        if (url.Scheme == Uri.UriSchemeHttps && Certificate is null)
        {
            return "certificate: an https url needs one";
        }

        if (PublicUrl is not null && !Uri.TryCreate(PublicUrl, UriKind.Absolute, out _))
        {
            return $"publicUrl: '{PublicUrl}' is not an absolute URL";
        }

        if (Flows.Count == 0 || Flows.Any(flow => flow.Blocks.Count == 0))
        {
            return "flows: at least one flow, each with at least one block, is needed";
        }

        if (Flows.DistinctBy(flow => flow.Id, StringComparer.Ordinal).Count() != Flows.Count)
        {
            return "flows: two flows have the same id";
        }

        return Quotas.FindFault() ?? Media.FindFault();
    }
}
