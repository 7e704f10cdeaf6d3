using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Farspan.Cluster;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) with the key of one start of one node, which HKDF-SHA256 (RFC 5869) derives from the
/// role's key. Deterministic: the nonce is the sealer's count, which no two seals share.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its handle finalizes itself.")]
internal sealed class TokenCipher
{
    public const int TagBytes = 16;

    private const int NonceBytes = 12;

    private readonly AesGcm _gcm;

    private TokenCipher(ReadOnlySpan<byte> key) => _gcm = new AesGcm(key, TagBytes);

    /// <summary>Derives the key of one start of a node.</summary>
    public static TokenCipher Derive(TokenRole role, ClusterKey generation, string node, string boot)
    {
        // Neither a node's name nor a boot id contains a blank: no two starts share a text.
        var purpose = Encoding.ASCII.GetBytes($"farspan {role} {node} {boot}");
        Span<byte> key = stackalloc byte[ClusterKey.SecretBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, generation.Secret.Reveal(), key, [], purpose);
        var cipher = new TokenCipher(key);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    /// <summary>Writes the sealed text and behind it the tag.</summary>
    public void Seal(ulong sequence, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(sequence, nonce);
        _gcm.Encrypt(nonce, text, destination[..text.Length], destination.Slice(text.Length, TagBytes), associated);
    }

    /// <summary>False, and nothing written that means anything, if the seal is not genuine.</summary>
    public bool TryOpen(ulong sequence, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> sealedText, Span<byte> text)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(sequence, nonce);
        try
        {
            _gcm.Decrypt(nonce, sealedText[..^TagBytes], sealedText[^TagBytes..], text, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static void WriteNonce(ulong sequence, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[(NonceBytes - sizeof(ulong))..], sequence);
    }
}
