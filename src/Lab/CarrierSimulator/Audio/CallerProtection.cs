using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.CarrierSimulator;

/// <summary>
/// The SRTP of one call with the keys of its offer and answer (RFC 4568 §7); plain RTP passes untouched.
/// </summary>
internal sealed class CallerProtection
{
    private CryptoAttribute? _localCrypto;
    private CryptoAttribute? _remoteCrypto;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;

    /// <summary>Takes what was agreed; a key that stays keeps its position.</summary>
    public void Agree(NegotiatedAudio audio)
    {
        if (!IsSame(_localCrypto, audio.LocalCrypto))
        {
            _localCrypto = audio.LocalCrypto;
            _sender = audio.LocalCrypto is { } crypto ? new SrtpSender(Key(crypto)) : null;
        }

        if (!IsSame(_remoteCrypto, audio.RemoteCrypto))
        {
            _remoteCrypto = audio.RemoteCrypto;
            _receiver = audio.RemoteCrypto is { } crypto ? new SrtpReceiver(Key(crypto)) : null;
        }
    }

    /// <summary>
    /// Makes what goes on the wire of the first <paramref name="length"/> bytes; 0 if it cannot be sent.
    /// </summary>
    public int Protect(Span<byte> buffer, int length, bool isControl)
    {
        if (_sender is null)
        {
            return length;
        }

        var written = 0;
        _ = isControl
            ? _sender.TryProtectControl(buffer, length, out written, out _)
            : _sender.TryProtect(buffer, length, out written, out _);
        return written;
    }

    /// <summary>Opens what came, in place; 0 if it is refused.</summary>
    public int Unprotect(Span<byte> datagram, bool isControl)
    {
        if (_receiver is null)
        {
            return datagram.Length;
        }

        var written = 0;
        _ = isControl
            ? _receiver.TryUnprotectControl(datagram, datagram.Length, out written, out _)
            : _receiver.TryUnprotect(datagram, datagram.Length, out written, out _);
        return written;
    }

    private static bool IsSame(CryptoAttribute? before, CryptoAttribute? after) =>
        before?.Suite == after?.Suite
        && (before?.KeyAndSalt.Reveal()).AsSpan().SequenceEqual((after?.KeyAndSalt.Reveal()).AsSpan());

    private static SrtpMasterKey Key(CryptoAttribute crypto)
    {
        Invariant.Require(SrtpProfiles.TryParseCryptoSuite(crypto.Suite.GetName(), out var profile));
        return new SrtpMasterKey(profile, crypto.KeyAndSalt.Reveal());
    }
}
