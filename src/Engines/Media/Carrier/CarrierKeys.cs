using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media;

/// <summary>
/// SRTP with a carrier under the keys of its description (SDES, RFC 4568), or plain RTP without. A key that
/// stays the same keeps its counters; packets under the key before are understood until one under the new key
/// came.
/// </summary>
internal sealed class CarrierKeys(ISha1Compressor? sha1)
{
    private CryptoAttribute? _local;
    private CryptoAttribute? _remote;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;
    private SrtpReceiver? _previous;

    public bool IsEncrypted => _sender is not null;

    public void Configure(CryptoAttribute? local, CryptoAttribute? remote)
    {
        Invariant.Require((local is null) == (remote is null));
        if (!IsSame(local, _local))
        {
            _sender = local is null ? null : new SrtpSender(ToKey(local), sha1);
        }

        if (!IsSame(remote, _remote))
        {
            _previous = remote is null ? null : _receiver;
            _receiver = remote is null ? null : new SrtpReceiver(ToKey(remote), sha1);
        }

        (_local, _remote) = (local, remote);
    }

    /// <summary>Protects in place if there are keys; false if the packet must not be sent.</summary>
    public bool TryProtect(Span<byte> room, ref int bytes) =>
        _sender is null || _sender.TryProtect(room, bytes, out bytes, out _);

    public bool TryProtectControl(Span<byte> room, ref int bytes) =>
        _sender is null || _sender.TryProtectControl(room, bytes, out bytes, out _);

    /// <summary>Decrypts in place if there are keys; false if the packet is not authentic.</summary>
    public bool TryVerify(Span<byte> packet, out int bytes)
    {
        bytes = packet.Length;
        if (_receiver is null)
        {
            return true;
        }

        if (_receiver.TryUnprotect(packet, packet.Length, out bytes, out _))
        {
            _previous = null;
            return true;
        }

        return _previous?.TryUnprotect(packet, packet.Length, out bytes, out _) == true;
    }

    public bool TryVerifyControl(Span<byte> packet, out int bytes)
    {
        bytes = packet.Length;
        return _receiver is null
            || _receiver.TryUnprotectControl(packet, packet.Length, out bytes, out _)
            || _previous?.TryUnprotectControl(packet, packet.Length, out bytes, out _) == true;
    }

    private static bool IsSame(CryptoAttribute? left, CryptoAttribute? right) =>
        left is null || right is null
            ? left is null && right is null
            : left.Suite == right.Suite
                && left.KeyAndSalt.Reveal().AsSpan().SequenceEqual(right.KeyAndSalt.Reveal());

    private static SrtpMasterKey ToKey(CryptoAttribute crypto) =>
        new(ToProfile(crypto.Suite), crypto.KeyAndSalt.Reveal());

    // The 32-bit tag is never negotiated.
    private static SrtpProfile ToProfile(CryptoSuite suite) => suite switch
    {
        CryptoSuite.AesCm128HmacSha1Tag80 => SrtpProfile.AesCm128HmacSha1Tag80,
        CryptoSuite.AeadAes128Gcm => SrtpProfile.AeadAes128Gcm,
        _ => throw Invariant.Unreachable(suite),
    };
}
