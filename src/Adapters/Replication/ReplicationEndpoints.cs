using Farspan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farspan.Replication;

/// <summary>What members of the cluster may ask; everybody else gets 403.</summary>
internal sealed class ReplicationEndpoints(
    CredentialSource credentials, ClusterReplica replica, CancellationToken stop)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ReplicationPaths.Pull, PullAsync);
        routes.MapGet(ReplicationPaths.Keys, KeysAsync);
    }

    /// <summary>Who asks, if a member does.</summary>
    internal static NodeIdentity? MemberOf(HttpContext http, CredentialSource credentials)
    {
        var current = credentials.Current;
        return http.Connection.ClientCertificate is { } certificate
            && ClusterTrust.TryVerify(
                certificate, current.Authority, current.Identity.Cluster, out var identity)
                ? identity
                : null;
    }

    internal static async Task AnswerAsync(HttpContext http, byte[] json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task PullAsync(HttpContext http)
    {
        if (MemberOf(http, credentials) is not { } member)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var body = await RequestBody.ReadAsync(
            http.Request, ReplicationLimits.RequestBytesMax, http.RequestAborted).ConfigureAwait(false);
        if (!ReplicationCodec.TryDecode(body, out var request, out var hold))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // Nobody speaks for another one.
        if (request.From is { } from && from.Node == member.Node && from.Region == member.Region)
        {
            replica.Meet(from);
        }

        try
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stop);
            var answer = await replica.AnswerAsync(request, hold, until.Token).ConfigureAwait(false);
            await AnswerAsync(http, ReplicationCodec.Encode(answer)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            http.Abort(); // The peer is gone, or we end.
        }
    }

    private Task KeysAsync(HttpContext http)
    {
        if (MemberOf(http, credentials) is not { } member)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return AnswerAsync(http, ClusterKeyFile.Encode(credentials.Current.HeldKeys.For(member.Roles)));
    }
}
