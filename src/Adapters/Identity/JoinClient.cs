using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Farspan.Identity;

/// <summary>
/// Makes this node a member of a cluster: asks a node that has the authority, and trusts it only if it proves
/// that it knows the join code.
/// </summary>
/// <remarks>
/// <code>
///  new node                                   node with the authority
///     │ GET  /join/v1/authority ──────────────────►│   over TLS with a certificate nobody vouches for yet
///     │◄────────────────────── its certificate ────│
///     │ POST /join/v1/node: request, proof ───────►│   HMAC(code, fingerprint of what we got, request)
///     │◄──────── certificate, keys, its proof ─────│   checked the same way before anything is believed
/// </code>
/// </remarks>
public static class JoinClient
{
    /// <summary>What a node that wants to join looks at first.</summary>
    public const string AuthorityPath = "/join/v1/authority";

    /// <summary>Where it asks.</summary>
    public const string NodePath = "/join/v1/node";

    private const string NewCode = "Have another code made with: farspan cluster invite";
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    /// <summary>Joins and stores what makes this node a member.</summary>
    /// <param name="from">Such as <c>https://192.0.2.1:7443</c>.</param>
    /// <param name="code">The operator's.</param>
    /// <param name="folder">Where it is stored.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Who this node is now.</returns>
    /// <exception cref="JoinException">The node is no member.</exception>
    public static async Task<NodeIdentity> JoinAsync(
        Uri from, JoinCode code, ClusterFolder folder, CancellationToken stop)
    {
        try
        {
            folder.RefuseMember();
            var authorityPem = await FetchAuthorityAsync(from, stop).ConfigureAwait(false);
            using var authority = X509Certificate2.CreateFromPem(authorityPem);
            using var key = new NodeKey();
            var content = await AskAsync(from, code, authority, key, stop).ConfigureAwait(false);
            return Save(content, authority, key, folder);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw new JoinException(
                $"{from} does not answer: {failure.Message}", "Check the address and the network.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JoinException(
                $"{folder.FullPath} cannot be used: {failure.Message}",
                "Name another folder, or empty it.",
                failure);
        }
        catch (Exception failure) when (
            failure is CryptographicException or JsonException or ArgumentException)
        {
            throw new JoinException($"{from} sent what no authority sends", "Check the address.", failure);
        }
    }

    private static async Task<string> FetchAuthorityAsync(Uri from, CancellationToken stop)
    {
        // What is fetched here is believed only once the proof covers it.
        using var http = Create((_, _) => true);
        using var answer = await http.GetAsync(new Uri(from, AuthorityPath), stop).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new JoinException(
                $"{from} does not serve the authority ({(int)answer.StatusCode})",
                "Join from the node on which farspan cluster init was run.");
        }

        return await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
    }

    private static async Task<JoinContentBody> AskAsync(
        Uri from, JoinCode code, X509Certificate2 authority, NodeKey key, CancellationToken stop)
    {
        var fingerprint = ClusterTrust.FingerprintOf(authority);
        var nonce = RandomNumberGenerator.GetBytes(JoinProof.Bytes);
        var request = key.CreateSigningRequest();
        var body = new JoinRequestBody(
            code.Id, nonce, request, JoinProof.OfRequest(code, fingerprint, nonce, request));
        using var http = Create((certificate, _) =>
            certificate is not null && ClusterTrust.IsSignedBy(certificate, authority));
        using var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(body, IdentityJson.Default.JoinRequestBody));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(new Uri(from, NodePath), content, stop).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new JoinException(
                $"{from} refused the join code: it is wrong, used or expired ({(int)answer.StatusCode})",
                NewCode);
        }

        var bytes = await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        var joined = JsonSerializer.Deserialize(bytes, IdentityJson.Default.JoinAnswerBody)!;
        var expected = JoinProof.OfAnswer(code, fingerprint, nonce, joined.Content);
        return CryptographicOperations.FixedTimeEquals(expected, joined.Proof)
            ? JsonSerializer.Deserialize(joined.Content, IdentityJson.Default.JoinContentBody)!
            : throw new JoinException($"{from} does not know the join code: it is somebody else", NewCode);
    }

    private static NodeIdentity Save(
        JoinContentBody content, X509Certificate2 authority, NodeKey key, ClusterFolder folder)
    {
        using var certificate = X509Certificate2.CreateFromPem(content.Certificate);
        if (!NodeIdentity.TryRead(certificate, out var identity)
            || !ClusterTrust.IsSignedBy(certificate, authority)
            || !ClusterKeyFile.TryRead(content.Keys, out var keys))
        {
            throw new CryptographicException("the certificate or the keys do not fit");
        }

        folder.Save(key, content.Certificate, authority.ExportCertificatePem(), keys);
        return identity;
    }

    private static HttpClient Create(Func<X509Certificate2?, X509Chain?, bool> isTrusted) =>
        new(
            new HttpClientHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                ServerCertificateCustomValidationCallback =
                    (_, certificate, chain, _) => isTrusted(certificate, chain),
            },
            disposeHandler: true)
        {
            Timeout = AnswerMax,
            MaxResponseContentBufferSize = IdentityLimits.MessageBytesMax,
        };
}
