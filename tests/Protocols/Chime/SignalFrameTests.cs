using CsCheck;
using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

public sealed class SignalFrameTests
{
    /// <summary>Bytes that the official protocol definition gives, with timestamp 1.</summary>
    public static TheoryData<string, SignalFrame> GoldenServerFrames => new()
    {
        { "02 08 01 10 02 2a 00", new JoinAckFrame() },
        { "02 08 01 10 05 42 00", new IndexFrame() },
        { "02 08 01 10 13 a2 01 04 08 02 10 07", new PingPongFrame(IsPong: true, 7) },
        { "02 08 01 10 0a 62 00", new LeaveAckFrame() },
        { "02 08 01 10 14 aa 01 03 08 9a 03", new AudioStatusFrame(410) },
        {
            "02 08 01 10 12 9a 01 0c 0a 0a 08 01 12 01 61 18 00 22 01 75",
            new AudioStreamIdInfoFrame
            {
                Streams = [new() { StreamId = 1, AttendeeId = "a", IsMuted = false, ExternalUserId = "u" }],
            }
        },
        {
            "02 08 01 10 12 9a 01 04 0a 02 08 01",
            new AudioStreamIdInfoFrame { Streams = [new() { StreamId = 1 }] }
        },
        {
            "02 08 01 10 11 92 01 08 0a 06 08 01 10 14 20 02",
            new AudioMetadataFrame { AttendeeStates = [new(1, Volume: 20, IsMuted: null, SignalStrength: 2)] }
        },
    };

    [Theory]
    [MemberData(nameof(GoldenServerFrames))]
    public void GoldenFrames_AreWrittenByteForByte(string hex, SignalFrame frame) =>
        Assert.Equal(
            Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)),
            (frame with { TimestampMs = 1 }).Encode(SignalDirection.ServerToClient));

    [Theory]
    [MemberData(nameof(GoldenServerFrames))]
    public void GoldenFrames_AreRead(string hex, SignalFrame expected)
    {
        var frame = Decode(hex);

        Assert.Equal(expected.GetType(), frame.GetType());
        Assert.Equal(1UL, frame.TimestampMs);
        Assert.Equivalent(expected with { TimestampMs = 1 }, frame, strict: true);
    }

    [Fact]
    public void Join_KeepsEverythingTheServerNeeds()
    {
        var join = new JoinFrame
        {
            TimestampMs = 1_700_000_000_000,
            ProtocolVersion = 2,
            Flags = JoinFlags.HasStreamUpdate,
            ClientDetails = new() { PlatformName = "p", ClientSource = "farspan", SdkVersion = "1" },
            AudioSessionId = uint.MaxValue,
            WantsCompressedSdp = false,
            ServerSideNetworkAdaption = 1,
        };

        Assert.Equal(join, Decode(join.Encode(SignalDirection.ClientToServer)));
    }

    [Fact] // The type byte, timestamp 1, type 1, then field 4 {1: 2, 3: 2, 6: 300, 7: false}.
    public void Join_HasTheFieldNumbersOfTheProtocol() =>
        Assert.Equal(
            Convert.FromHexString("05080110012209" + "0802180230ac023800"),
            new JoinFrame
            {
                TimestampMs = 1,
                ProtocolVersion = 2,
                Flags = JoinFlags.HasStreamUpdate,
                AudioSessionId = 300,
                WantsCompressedSdp = false,
            }.Encode(SignalDirection.ClientToServer));

    [Fact]
    public void JoinAck_CarriesTurnCredentials_WithoutPrintingThePassword()
    {
        var credentials = new ChimeTurnCredentials(
            "user",
            new Redacted<string>("s3cret"),
            TimeSpan.FromMinutes(5),
            ["turn:a:3478?transport=udp", "turns:b:443"]);

        var frame = Decode(
            new JoinAckFrame { TurnCredentials = credentials }.Encode(SignalDirection.ServerToClient));

        var read = Assert.IsType<JoinAckFrame>(frame).TurnCredentials!;
        Assert.Equal("user", read.Username);
        Assert.Equal("s3cret", read.Password.Reveal());
        Assert.Equal(TimeSpan.FromMinutes(5), read.Lifetime);
        Assert.Equal(credentials.Uris, read.Uris);
        Assert.DoesNotContain("s3cret", frame.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Subscribe_AndItsAnswer_SurviveTheWire()
    {
        var offer = new string('o', 5_556);
        var subscribe = new SubscribeFrame
        {
            Duplex = StreamDuplex.Receive,
            SendStreams =
            [
                new() { StreamId = 1, TrackLabel = "t", AttendeeId = "me", Media = StreamMedia.Audio },
            ],
            ReceiveStreamIds = [0, 7],
            SdpOffer = offer,
            AudioHost = "host:3478",
            AudioCheckin = false,
            AudioMuted = true,
        };
        var ack = new SubscribeAckFrame
        {
            Duplex = StreamDuplex.Receive,
            Allocations = [new("t", 1, 2)],
            SdpAnswer = "v=0",
            Tracks = [new(1, 0xDEADBEEF, "t")],
        };

        Assert.Equivalent(subscribe, Decode(subscribe.Encode(SignalDirection.ClientToServer)), strict: true);
        Assert.Equivalent(ack, Decode(ack.Encode(SignalDirection.ServerToClient)), strict: true);
    }

    [Fact]
    public void ReceiveStreamIds_MayArrivePacked() =>
        Assert.Equal(
            [1u, 300u],
            Assert.IsType<SubscribeFrame>(Decode("05 08 01 10 03 32 05 1a 03 01 ac 02")).ReceiveStreamIds);

    [Fact]
    public void OtherFrames_SurviveTheWire()
    {
        SignalFrame[] frames =
        [
            new LeaveFrame(),
            new AudioControlFrame { IsMuted = true },
            new NotificationFrame(NotificationLevel.Warning, "slow"),
            new ErrorFrame((int)SignalFrameType.JoinAck, 403, "Forbidden"),
            new UnknownFrame(13),
            new DataMessageFrame
            {
                Messages =
                [
                    new() { Topic = "t", Data = new byte[] { 1, 2 }, LifetimeMs = 3, IngestTimeNs = 4 },
                ],
            },
        ];

        foreach (var frame in frames)
        {
            Assert.Equivalent(frame, Decode(frame.Encode(SignalDirection.ServerToClient)), strict: true);
        }
    }

    [Fact]
    public void AnError_CountsMoreThanTheBody_AndStatusZeroIsNoError()
    {
        Assert.Equal(
            new ErrorFrame(2, 409, "full") { TimestampMs = 1 },
            Decode("02 08 01 10 02 1a 09 08 99 03 12 04 66 75 6c 6c 2a 00"));
        Assert.IsType<JoinAckFrame>(Decode("02 08 01 10 02 1a 02 08 00 2a 00"));
    }

    [Fact]
    public void UnknownFields_AndFieldsOfTheWrongWireType_AreSkipped() =>
        Assert.Equal(
            new PingPongFrame(IsPong: true, 7) { TimestampMs = 1 },
            Decode("02 08 01 10 13 a2 01 0c 0a 01 61 08 02 10 07 1d 00 00 00 00 f8 07 05"));

    [Theory]
    [InlineData("", SignalFrameError.UnknownTypeByte)]
    [InlineData("03 08 01 10 02 2a 00", SignalFrameError.UnknownTypeByte)]
    [InlineData("02", SignalFrameError.MissingField)]
    [InlineData("02 10 02 2a 00", SignalFrameError.MissingField)]
    [InlineData("02 08 01 2a 00", SignalFrameError.MissingField)]
    [InlineData("02 08 01 10 02", SignalFrameError.MissingBody)]
    [InlineData("02 08 01 10 05 2a 00", SignalFrameError.MissingBody)]
    [InlineData("02 08 01 10 13 a2 01 02 08 02", SignalFrameError.MissingField)] // PONG without an id
    // neither PING nor PONG
    [InlineData("02 08 01 10 13 a2 01 04 08 03 10 07", SignalFrameError.MissingField)]
    [InlineData("02 08 01 10 14 aa 01 00", SignalFrameError.MissingField)]
    [InlineData("02 08 01 10 02 2a 01", SignalFrameError.Malformed)] // truncated body
    [InlineData("02 08 ff ff ff ff ff ff ff ff ff ff 01", SignalFrameError.Malformed)] // varint of 11 bytes
    [InlineData("02 08 01 10 02 2b 00", SignalFrameError.Malformed)] // a group
    [InlineData("02 08 01 10 02 00 00", SignalFrameError.Malformed)] // field number 0
    [InlineData("02 08 01 10 02 2a ff ff ff ff 0f", SignalFrameError.Malformed)] // 4 GB promised
    public void WhatIsNoFrame_HasANamedReason(string hex, SignalFrameError expected)
    {
        Assert.False(SignalFrame.TryDecode(FromHex(hex), out var frame, out var error));
        Assert.Null(frame);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void RepeatedFields_HaveALimit()
    {
        Assert.True(TryDecodeRoster(ChimeLimits.MaxRepeatedItems));
        Assert.False(TryDecodeRoster(ChimeLimits.MaxRepeatedItems + 1));

        static bool TryDecodeRoster(int count) => SignalFrame.TryDecode(
            new AudioStreamIdInfoFrame { Streams = [.. Enumerable.Repeat(new AudioStreamIdInfo(), count)] }
                .Encode(SignalDirection.ServerToClient),
            out _,
            out _);
    }

    [Fact]
    public void ALargeMessage_IsRefusedUnread()
    {
        Assert.False(SignalFrame.TryDecode(new byte[ChimeLimits.MaxFrameBytes + 1], out _, out var error));
        Assert.Equal(SignalFrameError.TooLarge, error);
    }

    [Fact]
    public void ArbitraryBytes_GiveAFrameOrAnError() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var isFrame = SignalFrame.TryDecode(bytes, out var frame, out var error);
            Assert.Equal(isFrame, frame is not null);
            Assert.Equal(isFrame, error == SignalFrameError.None);
        });

    [Fact]
    public void ArbitraryBodies_GiveAFrameOrAnError_AndWhatWasReadWritesTheSameAgain() =>
        Gen.Select(Gen.Int[1, 45], Gen.Int[1, 40], Gen.Byte.Array[0, 60]).Sample((type, field, body) =>
        {
            var writer = new ProtobufWriter();
            writer.WriteRawByte(2);
            writer.WriteVarint(1, 1);
            writer.WriteVarint(2, (ulong)type);
            writer.WriteBytes(field, body);
            if (SignalFrame.TryDecode(writer.Written, out var frame, out _))
            {
                var once = frame.Encode(SignalDirection.ServerToClient);
                var twice = Decode(once).Encode(SignalDirection.ServerToClient);
                Assert.Equal(once, twice);
            }
        });

    [Fact]
    public void AMutatedGoldenFrame_NeverThrows() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 40], Gen.Byte).Sample((index, position, value) =>
        {
            var bytes = FromHex((string)GoldenServerFrames.ElementAt(index)[0]);
            bytes[position % bytes.Length] = value;
            SignalFrame.TryDecode(bytes, out _, out _);
            SignalFrame.TryDecode(bytes.AsSpan(0, position % bytes.Length), out _, out _);
        });

    private static SignalFrame Decode(string hex) => Decode(FromHex(hex));

    private static SignalFrame Decode(byte[] bytes)
    {
        Assert.True(SignalFrame.TryDecode(bytes, out var frame, out var error), error.ToString());
        return frame;
    }

    private static byte[] FromHex(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
