using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Cluster.Tests;

/// <summary>Keys, sealers and tokens with every field in use.</summary>
internal static class Tokens
{
    public const string CallId = "0123456789abcdef";

    public static DateTimeOffset Wall { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static Epoch Epoch { get; } = new(2, "connector-e1");

    public static ResumeToken Resume { get; } = new()
    {
        ContactId = "11111111-2222-3333-4444-555555555555",
        InstanceId = "instance",
        IntentId = "farspan-0123456789abcdef",
        ParticipantId = "participant",
        ParticipantToken = new Redacted<string>("participant-token"),
        ConnectionToken = new Redacted<string>("connection-token"),
        ConnectionExpiresAt = Wall.AddHours(20),
        MeetingId = "meeting",
        AttendeeId = "attendee",
        JoinToken = new Redacted<string>("join-token"),
        SignalingUrl = "wss://signal.example/control/meeting",
        AudioHostUrl = "audio.example:3478",
        AudioFallbackUrl = "wss://audio.example/calls",
        MediaRegion = "eu-central-1",
        AudioSessionId = 4_000_000_000,
        IsMuted = true,
        DigitIndex = 3,
        DigitsOnTheirWay = new Redacted<string>("4711#"),
        Route = "main",
    };

    public static CallerToken Caller { get; } = new()
    {
        Trunk = "carrier-a",
        Dialog = new SipDialogState(
            "call-1@192.0.2.1",
            Address("<sip:+18005550100@203.0.113.1>;tag=ours"),
            Address("\"A caller\" <sip:+12125550123@192.0.2.1>;tag=theirs"),
            Address("<sip:203.0.113.1:5060>"),
            Uri("sip:carrier@192.0.2.1:5060"),
            [Address("<sip:proxy1.example;lr>"), Address("<sip:proxy2.example;lr>")])
        {
            Phase = SipDialogPhase.Confirmed,
            LocalSequence = 17,
            RemoteSequence = 42,
        },
        Flow = SipFlow.Connect(
            SipTransport.Tls,
            new IPEndPoint(IPAddress.Parse("203.0.113.1"), 5061),
            new IPEndPoint(IPAddress.Parse("2001:db8::7"), 5061)),
        SessionInterval = TimeSpan.FromSeconds(1800),
        IsRefresher = true,
        PeerAllowsUpdate = true,
        LocalDescription = "v=0\r\n",
        RemoteDescription = "v=0\r\ns=-\r\n",
        IsLocalOffer = true,
        ReceiveRollover = 2,
        PendingVias = ["SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"],
        PendingSequence = 1,
        RequestUri = "sip:+18005550100@203.0.113.1",
        Headers = [new("X-Account", "77: 8"), new("X-Other", "")],
        IsHeld = true,
    };

    public static KeyRing Ring(byte fill = 1)
    {
        var key = new ClusterKey(1, new Redacted<byte[]>(Secret(fill)), Wall.AddDays(-1), null);
        Assert.True(KeyRing.TryCreate([key], out var ring));
        return ring;
    }

    public static byte[] Secret(byte fill)
    {
        var secret = new byte[ClusterKey.SecretBytes];
        Array.Fill(secret, fill);
        return secret;
    }

    public static TokenKeys Keys(
        TokenRole role = TokenRole.Resume, string cluster = "farspan", KeyRing? ring = null) =>
        new(role, cluster, ring ?? Ring());

    public static TokenSealer Sealer(TokenKeys? keys = null, string boot = "b00t") =>
        new(keys ?? Keys(), Epoch.Node, boot);

    public static SealedToken Seal(this TokenSealer sealer, ReadOnlySpan<byte> content) =>
        sealer.Seal(CallId, Epoch, content, Wall);

    public static TokenError Open(this TokenKeys keys, SealedToken token, TokenStamp? newest = null) =>
        new TokenOpener(keys).TryOpen(token, CallId, newest, Wall, out _, out var error) ? TokenError.None : error;

    private static NameAddress Address(string text)
    {
        Assert.True(NameAddress.TryParse(text, out var address));
        return address;
    }

    private static SipUri Uri(string text)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        return uri;
    }
}
