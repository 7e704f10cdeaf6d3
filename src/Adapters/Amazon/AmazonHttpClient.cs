using System.Diagnostics.CodeAnalysis;

namespace Farspan.Amazon;

/// <summary>
/// Makes the <see cref="HttpClient"/> that the clients and credential sources of a process share.
/// </summary>
public static class AmazonHttpClient
{
    /// <summary>
    /// Follows no redirect, for bearer tokens would go with it; keeps no cookies; looks names up anew from
    /// time to time. Time-outs are the clients' own.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns and disposes the handler.")]
    public static HttpClient Create() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
