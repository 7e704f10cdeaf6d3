using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// Offer and answer with a carrier over the life of one call leg (RFC 3264): answers its offers, makes ours,
/// takes its answers, and keeps what was agreed. A failed attempt changes nothing (RFC 3261 §14.1).
/// </summary>
/// <remarks>
/// Keys are drawn by the caller: <see cref="FreshKeyBytes"/> bytes from the operating system for each
/// description. A suite in use keeps its key, except after <see cref="TryResume"/>: nobody sends with a key
/// that another node has sent with.
/// </remarks>
public sealed class CarrierNegotiation(CarrierMediaSettings settings, LocalMedia local)
{
    // RFC 3264 §8 has versions grow by one; the first may be anything.
    private Origin? _lastOrigin;
    private SessionDescription? _pendingOffer;
    private CryptoAttribute? _cryptoInUse;

    /// <summary>How many random bytes a description may consume.</summary>
    public static int FreshKeyBytes => CryptoChoice.FreshKeyBytes;

    /// <summary>The last completed exchange; null before the first.</summary>
    public CarrierExchange? Current { get; private set; }

    /// <summary>What <see cref="Current"/> agreed.</summary>
    public NegotiatedAudio? Audio { get; private set; }

    public bool IsOfferPending => _pendingOffer is not null;

    /// <summary>Continues a negotiation that another node began.</summary>
    /// <param name="settings">What the trunk allows.</param>
    /// <param name="local">Our new media address; its session id is ignored: the origin line stays.</param>
    /// <param name="exchange">What the other node knew last.</param>
    /// <param name="versionStep">Added to the version, in case the other node got further than we
    /// know.</param>
    /// <param name="resumed">The negotiation, if the two descriptions agree on something.</param>
    public static bool TryResume(
        CarrierMediaSettings settings,
        LocalMedia local,
        CarrierExchange exchange,
        int versionStep,
        [NotNullWhen(true)] out CarrierNegotiation? resumed)
    {
        resumed = null;
        if (AudioAgreement.Conclude(exchange, out var audio) != NegotiationFailure.None)
        {
            return false;
        }

        var origin = exchange.Local.Origin;
        resumed = new CarrierNegotiation(settings, local)
        {
            Current = exchange,
            Audio = audio,
            _lastOrigin = origin with { SessionVersion = origin.SessionVersion + (ulong)versionStep },
        };
        return true;
    }

    /// <summary>The codecs of ours that an offer has as well, in our order.</summary>
    public static ImmutableArray<AudioCodec> FindCodecs(
        SessionDescription offer, CarrierMediaSettings settings) =>
    [
        .. settings.Codecs.Where(codec => offer.Media.Any(media =>
            media is { IsAudio: true, IsRejected: false } && CodecFormats.Find(media, codec) is not null)),
    ];

    /// <summary>Answers the carrier's offer, first or later.</summary>
    public NegotiationFailure Answer(
        SessionDescription offer,
        Direction wish,
        ReadOnlySpan<byte> freshKeys,
        out SessionDescription? answer)
    {
        Invariant.Require(freshKeys.Length >= FreshKeyBytes);
        answer = null;
        if (IsOfferPending)
        {
            return NegotiationFailure.OfferPending;
        }

        var builder = new CarrierAnswer(settings, local, offer) { Wish = wish, CryptoInUse = _cryptoInUse };
        var failure = builder.Build(freshKeys, out var media);
        if (failure != NegotiationFailure.None)
        {
            return failure;
        }

        var description = Describe(media);
        failure = Complete(new CarrierExchange(description, offer, IsLocalOffer: false));
        answer = failure == NegotiationFailure.None ? description : null;
        return failure;
    }

    /// <summary>Makes an offer: for an INVITE that came without one, or to change the session.</summary>
    public SessionDescription Offer(Direction wish, ReadOnlySpan<byte> freshKeys)
    {
        Invariant.Require(!IsOfferPending && freshKeys.Length >= FreshKeyBytes);
        var builder = new CarrierOffer(settings, local)
        {
            Wish = wish,
            Current = Current,
            CurrentAudio = Audio,
            CryptoInUse = _cryptoInUse,
        };
        _pendingOffer = Describe(builder.Build(freshKeys));
        _lastOrigin = _pendingOffer.Origin;
        return _pendingOffer;
    }

    /// <summary>
    /// Takes the answer to <see cref="Offer"/>. After a failure the offer is no longer open.
    /// </summary>
    public NegotiationFailure Accept(SessionDescription answer)
    {
        Invariant.Require(_pendingOffer is not null);
        var offer = _pendingOffer;
        _pendingOffer = null;
        return Complete(new CarrierExchange(offer, answer, IsLocalOffer: true));
    }

    /// <summary>The offer was refused or never answered: what was agreed before stays.</summary>
    public void AbandonOffer() => _pendingOffer = null;

    private NegotiationFailure Complete(CarrierExchange exchange)
    {
        var failure = AudioAgreement.Conclude(exchange, out var audio);
        if (failure != NegotiationFailure.None)
        {
            return failure;
        }

        if (!audio!.IsEncrypted && settings.Srtp == SrtpPolicy.Require)
        {
            return NegotiationFailure.EncryptionRequired;
        }

        (Current, Audio, _lastOrigin) = (exchange, audio, exchange.Local.Origin);
        _cryptoInUse = audio.LocalCrypto;
        return NegotiationFailure.None;
    }

    private SessionDescription Describe(ImmutableArray<MediaDescription> media)
    {
        var address = ConnectionData.From(local.Address);
        var first = new Origin(settings.UserName, $"{local.SessionId}", SessionVersion: 1, address);
        var description = new SessionDescription
        {
            Origin = _lastOrigin ?? first,
            Connection = address,
            Media = media,
        };
        return _lastOrigin is null || IsUnchanged(description)
            ? description
            : description with { Origin = _lastOrigin.NextVersion() };
    }

    private bool IsUnchanged(SessionDescription description) =>
        Current is not null && SdpWriter.Write(description) == SdpWriter.Write(Current.Local);
}
