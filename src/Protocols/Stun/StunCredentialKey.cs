using System.Security.Cryptography;
using System.Text;

namespace Farspan.Stun;

/// <summary>Keys of the integrity attributes from what people type (RFC 8489 §9.1.1, §9.2.2).</summary>
/// <remarks>
/// Texts are taken as they are: servers and signalling give ASCII, on which OpaqueString (RFC 8265) does
/// nothing.
/// </remarks>
public static class StunCredentialKey
{
    /// <summary>Short-term credentials, as ICE uses them: the password itself.</summary>
    public static byte[] ShortTerm(string password) => Encoding.UTF8.GetBytes(password);

    /// <summary>Long-term credentials, as TURN uses them: MD5 of <c>username:realm:password</c>.</summary>
    public static byte[] LongTerm(string username, string realm, string password) =>
        MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));

    /// <summary>The same with the password algorithm SHA-256 (RFC 8489 §18.5.1.2).</summary>
    public static byte[] LongTermSha256(string username, string realm, string password) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));
}
