using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farspan.Identity;

/// <summary>
/// Admits invited nodes and renews the certificates of members; runs where the authority's key is.
/// </summary>
public sealed class JoinService : IDisposable
{
    private readonly CredentialSource _credentials;
    private readonly ClusterAuthority _authority;
    private readonly InvitationBook _invitations;
    private readonly ConcurrentDictionary<string, int> _wrongProofs = new(StringComparer.Ordinal);

    /// <param name="credentials">This node's, for the cluster's keys.</param>
    /// <param name="authority">Becomes the service's.</param>
    public JoinService(CredentialSource credentials, ClusterAuthority authority)
    {
        _credentials = credentials;
        _authority = authority;
        _invitations = new InvitationBook(credentials.Folder);
    }

    /// <summary>What a node that wants to join looks at first.</summary>
    public string AuthorityPem => _authority.Certificate.ExportCertificatePem();

    /// <summary>Answers a wish to join.</summary>
    /// <param name="request">JSON, as a stranger sent it.</param>
    /// <param name="wall">Now.</param>
    /// <param name="answer">JSON; empty unless granted.</param>
    public JoinVerdict Join(ReadOnlySpan<byte> request, DateTimeOffset wall, out byte[] answer)
    {
        answer = [];
        if (!TryRead(request, IdentityJson.Default.JoinRequestBody, out var body)
            || body.Nonce.Length != JoinProof.Bytes)
        {
            return JoinVerdict.Malformed;
        }

        if (!_invitations.TryFind(body.Id, wall, out var code, out var identity))
        {
            return JoinVerdict.NotInvited;
        }

        var fingerprint = ClusterTrust.FingerprintOf(_authority.Certificate);
        var expected = JoinProof.OfRequest(code, fingerprint, body.Nonce, body.SigningRequest);
        if (!CryptographicOperations.FixedTimeEquals(expected, body.Proof))
        {
            CountWrongProof(body.Id);
            return JoinVerdict.WrongProof;
        }

        if (_authority.Issue(body.SigningRequest, identity, wall) is not { } certificate)
        {
            return JoinVerdict.Malformed;
        }

        if (!_invitations.TryRemove(body.Id))
        {
            return JoinVerdict.NotInvited;
        }

        var keys = _credentials.Current.HeldKeys.For(identity.Roles);
        answer = Answer(code, fingerprint, body.Nonce, new JoinContentBody(
            certificate, AuthorityPem, ClusterKeyFile.ToBody(keys)));
        return JoinVerdict.Granted;
    }

    /// <summary>Answers the wish of a member, proven by its present certificate, for a new one.</summary>
    /// <returns>JSON; null if the request is not one.</returns>
    public byte[]? Renew(ReadOnlySpan<byte> request, NodeIdentity member, DateTimeOffset wall) =>
        TryRead(request, IdentityJson.Default.RenewalRequestBody, out var body)
        && _authority.Issue(body.SigningRequest, member, wall) is { } certificate
            ? JsonSerializer.SerializeToUtf8Bytes(
                new RenewalAnswerBody(certificate), IdentityJson.Default.RenewalAnswerBody)
            : null;

    public void Dispose() => _authority.Dispose();

    private static bool TryRead<T>(
        ReadOnlySpan<byte> json,
        JsonTypeInfo<T> type,
        [NotNullWhen(true)] out T? body)
        where T : class
    {
        body = null;
        try
        {
            body = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            // A stranger may send anything.
        }

        return body is not null;
    }

    private static byte[] Answer(JoinCode code, byte[] fingerprint, byte[] nonce, JoinContentBody body)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(body, IdentityJson.Default.JoinContentBody);
        return JsonSerializer.SerializeToUtf8Bytes(
            new JoinAnswerBody(content, JoinProof.OfAnswer(code, fingerprint, nonce, content)),
            IdentityJson.Default.JoinAnswerBody);
    }

    private void CountWrongProof(string id)
    {
        // Only ids of open invitations come here, so that strangers cannot make the table grow.
        if (_wrongProofs.AddOrUpdate(id, 1, (_, count) => count + 1) >= IdentityLimits.WrongProofsMax)
        {
            _invitations.TryRemove(id);
            _wrongProofs.TryRemove(id, out _);
        }
    }
}
