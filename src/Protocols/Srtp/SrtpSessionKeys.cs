using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>
/// The session keys of one direction, derived from its master key (RFC 3711 §4.3, RFC 7714 §11).
/// The key derivation rate is 0: they are derived once.
/// </summary>
internal sealed record SrtpSessionKeys(SessionKeySet Rtp, SessionKeySet Rtcp)
{
    public const int EncryptionKeyBytes = 16;
    public const int AuthenticationKeyBytes = 20;
    public const int SaltBytes = 14;

    private const int LabelPosition = 7;

    /// <summary>The labels of RFC 3711 §4.3.2; those of RTCP follow in the same order.</summary>
    private enum Label
    {
        RtpEncryption,
        RtpAuthentication,
        RtpSalt,
        RtcpEncryption,
        RtcpAuthentication,
        RtcpSalt,
    }

    public static SrtpSessionKeys Derive(SrtpMasterKey master)
    {
        var cipher = AesCounter.Create(master.Key);
        var saltBytes = master.Profile.MasterSaltBytes();
        return new SrtpSessionKeys(
            new SessionKeySet(
                Derive(cipher, master.Salt, Label.RtpEncryption, EncryptionKeyBytes),
                Derive(cipher, master.Salt, Label.RtpAuthentication, AuthenticationKeyBytes),
                Derive(cipher, master.Salt, Label.RtpSalt, saltBytes)),
            new SessionKeySet(
                Derive(cipher, master.Salt, Label.RtcpEncryption, EncryptionKeyBytes),
                Derive(cipher, master.Salt, Label.RtcpAuthentication, AuthenticationKeyBytes),
                Derive(cipher, master.Salt, Label.RtcpSalt, saltBytes)));
    }

    /// <summary>
    /// The keystream under the salt with the label mixed in; a 12-byte salt counts as followed by zeros.
    /// </summary>
    private static byte[] Derive(AesCounter cipher, ReadOnlySpan<byte> salt, Label label, int length)
    {
        Span<byte> block = stackalloc byte[Vector128<byte>.Count];
        block.Clear();
        salt.CopyTo(block);
        block[LabelPosition] ^= (byte)label;

        var derived = new byte[length];
        cipher.Apply(Vector128.Create<byte>(block), derived);
        return derived;
    }
}
