using Farspan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.Replication;

/// <summary>What a node with the authority answers to those who want to join, and to members that need a new
/// certificate.</summary>
internal sealed class JoinEndpoints(JoinService join, CredentialSource credentials)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _windowEndsMs;
    private int _attempts;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            JoinClient.AuthorityPath, () => Results.Text(join.AuthorityPem, "application/x-pem-file"));
        routes.MapPost(JoinClient.NodePath, JoinAsync);
        routes.MapPost(ReplicationPaths.Certificate, RenewAsync);
    }

    private async Task JoinAsync(HttpContext http)
    {
        if (!TryCountAttempt())
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var request = await ReadAsync(http).ConfigureAwait(false);
        if (request is not null
            && join.Join(request, DateTimeOffset.UtcNow, out var answer) == JoinVerdict.Granted)
        {
            await ReplicationEndpoints.AnswerAsync(http, answer).ConfigureAwait(false);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private async Task RenewAsync(HttpContext http)
    {
        var request = await ReadAsync(http).ConfigureAwait(false);
        if (ReplicationEndpoints.MemberOf(http, credentials) is { } member
            && request is not null
            && join.Renew(request, member, DateTimeOffset.UtcNow) is { } answer)
        {
            await ReplicationEndpoints.AnswerAsync(http, answer).ConfigureAwait(false);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    private static Task<byte[]?> ReadAsync(HttpContext http) =>
        RequestBody.ReadAsync(http.Request, IdentityLimits.MessageBytesMax, http.RequestAborted);

    private bool TryCountAttempt()
    {
        lock (_lock)
        {
            var nowMs = Environment.TickCount64;
            if (nowMs >= _windowEndsMs)
            {
                _windowEndsMs = nowMs + (long)Window.TotalMilliseconds;
                _attempts = 0;
            }

            return ++_attempts <= ReplicationLimits.JoinsPerMinuteMax;
        }
    }
}
