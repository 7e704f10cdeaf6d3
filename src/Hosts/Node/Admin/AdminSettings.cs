using System.Net;
using System.Net.Security;

namespace Farspan.Node;

/// <summary>How the administration API is served.</summary>
public sealed record AdminSettings
{
    /// <summary>For HTTPS; port 0 takes a free one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>For /metrics over plain HTTP; null: only with the rest.</summary>
    public IPEndPoint? MetricsListen { get; init; }

    /// <summary>The certificate and its chain; asked for each handshake.</summary>
    public required Func<SslStreamCertificateContext> Certificate { get; init; }

    public required string User { get; init; }

    public required AdminPassword Password { get; init; }
}
