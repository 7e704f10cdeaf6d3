using System.Security.Cryptography;
using System.Text;

namespace Farspan.Identity;

/// <summary>
/// Proofs of knowing a join code (HMAC-SHA-256, RFC 2104 §2). Each covers the authority's certificate as its
/// maker sees it: whoever sits in between with another one gets nowhere.
/// </summary>
internal static class JoinProof
{
    /// <summary>Of a proof and of a nonce.</summary>
    public const int Bytes = 32;

    public static byte[] OfRequest(JoinCode code, byte[] fingerprint, byte[] nonce, string signingRequest) =>
        Of(code, "farspan join request 1", fingerprint, nonce, Encoding.UTF8.GetBytes(signingRequest));

    public static byte[] OfAnswer(JoinCode code, byte[] fingerprint, byte[] nonce, byte[] content) =>
        Of(code, "farspan join answer 1", fingerprint, nonce, content);

    private static byte[] Of(JoinCode code, string label, byte[] fingerprint, byte[] nonce, byte[] content)
    {
        byte[] covered =
            [.. Encoding.ASCII.GetBytes(label), 0, .. fingerprint, .. nonce, .. SHA256.HashData(content)];
        return HMACSHA256.HashData(code.Secret.Reveal(), covered);
    }
}
