using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Farspan.Cluster;
using Farspan.Identity;

namespace Farspan.Replication;

/// <summary>Asks other stores over HTTPS; both sides show certificates of the cluster's authority.</summary>
/// <remarks>HTTP/1.1 on purpose: a question that is given up closes its connection, and the next one does not
/// wait for a peer that a network has swallowed.</remarks>
public sealed class ReplicationClient : IReplicaTransport, IDisposable
{
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;

    /// <param name="credentials">This node's, as they are at each handshake.</param>
    public ReplicationClient(CredentialSource credentials) => _http = new HttpClient(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectMax,
            // So that a renewed certificate is shown some time, and a withdrawn one not for ever.
            PooledConnectionLifetime = ConnectionLifetime,
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Current.Certificate,
                RemoteCertificateValidationCallback =
                    (_, certificate, _, _) => credentials.IsMember(certificate),
            },
        },
        disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = ReplicationLimits.AnswerBytesMax,
        DefaultRequestVersion = HttpVersion.Version11,
    };

    public async Task<PullAnswer?> PullAsync(
        string address, PullRequest request, TimeSpan hold, CancellationToken stop)
    {
        var bytes = await SendAsync(
            HttpMethod.Post, address, ReplicationPaths.Pull, ReplicationCodec.Encode(request, hold), stop)
            .ConfigureAwait(false);
        return ReplicationCodec.TryDecode(bytes, out PullAnswer? answer) ? answer : null;
    }

    /// <summary>The cluster's keys as a peer has them; null if it does not answer.</summary>
    public Task<byte[]?> FetchKeysAsync(string address, CancellationToken stop) =>
        SendSoonAsync(HttpMethod.Get, address, ReplicationPaths.Keys, null, stop);

    /// <summary>Asks for a new certificate; null if the peer does not answer, or has no authority.</summary>
    public Task<byte[]?> RenewAsync(string address, byte[] request, CancellationToken stop) =>
        SendSoonAsync(HttpMethod.Post, address, ReplicationPaths.Certificate, request, stop);

    public void Dispose() => _http.Dispose();

    private async Task<byte[]?> SendSoonAsync(
        HttpMethod method, string address, string path, byte[]? content, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerMax);
        try
        {
            return await SendAsync(method, address, path, content, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<byte[]?> SendAsync(
        HttpMethod method, string address, string path, byte[]? content, CancellationToken stop)
    {
        if (!Uri.TryCreate(address + path, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        try
        {
            using var request = new HttpRequestMessage(method, uri);
            if (content is not null)
            {
                request.Content = new ByteArrayContent(content);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var answer = await _http.SendAsync(request, stop).ConfigureAwait(false);
            return answer.StatusCode == HttpStatusCode.OK
                ? await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false)
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
