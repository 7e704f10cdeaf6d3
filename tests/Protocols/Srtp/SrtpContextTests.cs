using System.Buffers.Binary;
using CsCheck;

namespace Farspan.Srtp.Tests;

/// <summary>
/// RFC 3711 §3.3: indices, rollover, replay, and what becomes of packets that are not as they should be.
/// </summary>
public sealed class SrtpContextTests
{
    private const uint Ssrc = 0xDECAFBAD;
    private const int PlainBytes = 172;
    private const int RoomBytes = 400;

    public static TheoryData<SrtpProfile> Profiles =>
        [SrtpProfile.AesCm128HmacSha1Tag80, SrtpProfile.AeadAes128Gcm];

    [Theory, MemberData(nameof(Profiles))]
    public void ProtectedPacket_ComesOutAsItWentIn(SrtpProfile profile) =>
        Gen.Select(GenPacket, Gen.Byte.Array[profile.KeyAndSaltBytes()]).Sample((packet, keyBytes) =>
        {
            var key = new SrtpMasterKey(profile, keyBytes);
            var wire = Protect(new SrtpSender(key), packet);
            Assert.Equal(packet.Length + profile.TagBytes(), wire.Length);
            Assert.Equal(SrtpError.None, Unprotect(new SrtpReceiver(key), wire, out var plain));
            Assert.Equal(packet, plain);
        });

    [Theory, MemberData(nameof(Profiles))]
    public void PacketWithoutPayload_IsStillAuthenticated(SrtpProfile profile)
    {
        var wire = Protect(new SrtpSender(Key(profile)), Packet(1)[..12]);
        Assert.Equal(SrtpError.None, Unprotect(new SrtpReceiver(Key(profile)), wire, out var plain));
        Assert.Equal(Packet(1)[..12], plain);
        wire[3] ^= 1;
        Assert.Equal(SrtpError.Forged, Unprotect(new SrtpReceiver(Key(profile)), wire, out _));
    }

    [Theory, MemberData(nameof(Profiles))] // RFC 3711 §3.1: CSRC list and header extension stay readable
    public void Header_IsAuthenticatedButNotEncrypted(SrtpProfile profile)
    {
        var header = Convert.FromHexString("9200000100000000DECAFBAD0101010102020202BEDE000109080706");

        var wire = Protect(new SrtpSender(Key(profile)), [.. header, .. new byte[20]]);

        Assert.Equal(header, wire[..header.Length]);
        Assert.NotEqual(new byte[20], wire[header.Length..(header.Length + 20)]);
        wire[13] ^= 1;
        Assert.Equal(SrtpError.Forged, Unprotect(new SrtpReceiver(Key(profile)), wire, out _));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void AnyChangedBit_IsRefusedAndLeavesThePacketAlone(SrtpProfile profile)
    {
        var wire = Protect(new SrtpSender(Key(profile)), Packet(1000));
        Gen.Int[0, (wire.Length * 8) - 1].Sample(bit =>
        {
            var tampered = wire.ToArray();
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            var received = tampered.ToArray();
            var receiver = new SrtpReceiver(Key(profile));
            Assert.False(receiver.TryUnprotect(received, received.Length, out var written, out var error));
            Assert.True(error is SrtpError.Forged or SrtpError.Malformed);
            Assert.Equal(0, written);
            Assert.Equal(tampered, received);
            Assert.Equal(0, receiver.SourceCount);
        });
    }

    [Theory, MemberData(nameof(Profiles))]
    public void ArbitraryBytes_AreAnErrorAndNeverAnException(SrtpProfile profile)
    {
        var (sender, receiver) = (new SrtpSender(Key(profile)), new SrtpReceiver(Key(profile)));
        Gen.Byte.Array[0, 300].Sample(
            bytes =>
            {
                var length = bytes.Length;
                Assert.False(receiver.TryUnprotect(bytes, length, out _, out var error));
                Assert.NotEqual(SrtpError.None, error);
                Assert.False(receiver.TryUnprotectControl(bytes, length, out _, out error));
                Assert.NotEqual(SrtpError.None, error);
                var room = new byte[RoomBytes];
                bytes.CopyTo(room, 0);
                var isProtected = sender.TryProtect(room, length, out var written, out error);
                Assert.Equal(isProtected, error == SrtpError.None && written > 0);
            },
            threads: 1);
    }

    [Theory, MemberData(nameof(Profiles))] // RFC 3711 §3.3.2
    public void Replay_IsRefused(SrtpProfile profile)
    {
        var (sender, receiver) = (new SrtpSender(Key(profile)), new SrtpReceiver(Key(profile)));
        var wires = Enumerable.Range(0, 200).Select(i => Protect(sender, Packet((ushort)i))).ToArray();
        Assert.All(wires, wire => Assert.Equal(SrtpError.None, Unprotect(receiver, wire, out _)));

        Assert.All(wires[72..], wire => Assert.Equal(SrtpError.Replayed, Unprotect(receiver, wire, out _)));
        Assert.All(wires[..72], wire => Assert.Equal(SrtpError.TooOld, Unprotect(receiver, wire, out _)));
    }

    [Fact]
    public void PacketsInsideTheWindow_AreAcceptedInAnyOrder()
    {
        var sender = new SrtpSender(Key(SrtpProfile.AeadAes128Gcm));
        var wires = Enumerable.Range(0, SrtpLimits.ReplayWindowPackets)
            .Select(i => Protect(sender, Packet((ushort)(65500 + i))))
            .ToArray();
        Gen.Shuffle(wires).Sample(shuffled =>
        {
            var receiver = new SrtpReceiver(Key(SrtpProfile.AeadAes128Gcm));
            // The first one tells the receiver where the sequence is: before the wrap, as at the sender.
            Assert.Equal(SrtpError.None, Unprotect(receiver, wires[0], out _));
            foreach (var wire in shuffled.Where(wire => wire != wires[0]))
            {
                Assert.Equal(SrtpError.None, Unprotect(receiver, wire, out _));
            }
        });
    }

    [Fact] // The window keeps exactly as many packets as its name says.
    public void WindowEdge_IsWhereTheLimitIs()
    {
        var sender = new SrtpSender(Key(SrtpProfile.AeadAes128Gcm));
        var (old, older) = (Protect(sender, Packet(101)), Protect(sender, Packet(100)));
        var newest = Protect(sender, Packet(100 + SrtpLimits.ReplayWindowPackets));
        var receiver = new SrtpReceiver(Key(SrtpProfile.AeadAes128Gcm));

        Assert.Equal(SrtpError.None, Unprotect(receiver, newest, out _));
        Assert.Equal(SrtpError.TooOld, Unprotect(receiver, older, out _));
        Assert.Equal(SrtpError.None, Unprotect(receiver, old, out _));
    }

    [Theory, MemberData(nameof(Profiles))] // RFC 3711 §3.3.1: the counter has no place in the packet
    public void Rollover_IsFollowedThroughLossAndReordering(SrtpProfile profile)
    {
        var (sender, receiver) = (new SrtpSender(Key(profile)), new SrtpReceiver(Key(profile)));
        var accepted = 0;
        for (var number = 0; number < 200_000; number += 2)
        {
            var (first, second) = (Packet((ushort)number), Packet((ushort)(number + 1)));
            var (firstWire, secondWire) = (Protect(sender, first), Protect(sender, second));
            if (number % 7 != 0)
            {
                Assert.Equal(SrtpError.None, Unprotect(receiver, secondWire, out var plain));
                Assert.Equal(second, plain);
                Assert.Equal(SrtpError.None, Unprotect(receiver, firstWire, out plain));
                Assert.Equal(first, plain);
                accepted += 2;
            }
        }

        Assert.True(accepted > 150_000);
        Assert.Equal(new SrtpPosition(Ssrc, 3, 199_999 - (3 * 65536)), receiver.Position(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    [InlineData(32768)]
    public void FirstSequence_MayBeAny(int sequence)
    {
        var (sender, receiver) = (new SrtpSender(GcmKey), new SrtpReceiver(GcmKey));
        for (var i = 0; i < 5; i++)
        {
            var packet = Packet((ushort)(sequence + i));
            Assert.Equal(SrtpError.None, Unprotect(receiver, Protect(sender, packet), out var plain));
            Assert.Equal(packet, plain);
        }
    }

    [Fact]
    public void ReceiverThatMissesThePacketsBeforeTheWrap_FindsTheCounter()
    {
        var (sender, receiver) = (new SrtpSender(GcmKey), new SrtpReceiver(GcmKey));
        var late = Protect(sender, Packet(65535));
        var first = Protect(sender, Packet(0));

        Assert.Equal(SrtpError.None, Unprotect(receiver, first, out _));
        Assert.Equal(SrtpError.None, Unprotect(receiver, late, out _));
        Assert.Equal(1u, receiver.Position(0).RolloverCounter);
    }

    [Theory] // A key inherited from another node: its rollover counter may be one off.
    [InlineData(4u, 65000)]
    [InlineData(5u, 10)]
    [InlineData(6u, 10)]
    public void ResumedSource_IsFoundUnderTheNeighbouringCounters(uint counter, int sequence)
    {
        var sender = new SrtpSender(GcmKey);
        for (var number = 0; number < 5 * 65536; number += 16384)
        {
            Protect(sender, Packet((ushort)number));
        }

        var receiver = new SrtpReceiver(GcmKey);
        Assert.True(receiver.Resume(new SrtpPosition(Ssrc, counter, (ushort)sequence)));
        Assert.Equal(SrtpError.None, Unprotect(receiver, Protect(sender, Packet(20)), out _));
        Assert.Equal(new SrtpPosition(Ssrc, 5, 20), receiver.Position(0));
        Assert.Equal(SrtpError.None, Unprotect(receiver, Protect(sender, Packet(21)), out _));
    }

    [Fact]
    public void Sender_NeverUsesAnIndexTwice()
    {
        var sender = new SrtpSender(GcmKey);
        Protect(sender, Packet(7));
        var again = new byte[RoomBytes];
        Packet(7).CopyTo(again, 0);

        Assert.False(sender.TryProtect(again, PlainBytes, out _, out var error));
        Assert.Equal(SrtpError.Replayed, error);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void BufferWithoutRoomForTheTag_IsRefused(SrtpProfile profile)
    {
        var sender = new SrtpSender(Key(profile));
        var buffer = new byte[PlainBytes + profile.TagBytes() - 1];
        Packet(1).CopyTo(buffer, 0);

        Assert.False(sender.TryProtect(buffer, PlainBytes, out _, out var error));
        Assert.Equal(SrtpError.NoRoom, error);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void ControlPackets_AreEncryptedNumberedAndNotReplayed(SrtpProfile profile) =>
        Gen.Byte.Array[4, 200].Sample(body =>
        {
            var (sender, receiver) = (new SrtpSender(Key(profile)), new SrtpReceiver(Key(profile)));
            byte[] packet = [0x80, 200, 0, 6, 0xDE, 0xCA, 0xFB, 0xAD, .. body];
            for (var i = 0; i < 3; i++)
            {
                var buffer = new byte[RoomBytes];
                packet.CopyTo(buffer, 0);
                Assert.True(sender.TryProtectControl(buffer, packet.Length, out var wireLength, out _));
                Assert.Equal(packet.Length + profile.ControlTrailerBytes(), wireLength);
                var wire = buffer[..wireLength];
                Assert.True(receiver.TryUnprotectControl(buffer, wireLength, out var length, out _));
                Assert.Equal(packet, buffer[..length]);
                Assert.False(receiver.TryUnprotectControl(wire, wireLength, out _, out var error));
                Assert.Equal(SrtpError.Replayed, error);
            }
        });

    [Fact]
    public void ForgedSources_DoNotFillTheTable_AndGenuineOnesAreBounded()
    {
        var (sender, receiver) = (new SrtpSender(GcmKey), new SrtpReceiver(GcmKey));
        for (var i = 0; i < 100; i++)
        {
            var forged = Packet(1, (uint)i);
            Assert.False(receiver.TryUnprotect(forged, forged.Length, out _, out _));
        }

        for (var i = 0; i < SrtpLimits.MaxSources; i++)
        {
            Assert.Equal(SrtpError.None, Unprotect(receiver, Protect(sender, Packet(1, (uint)i)), out _));
        }

        var oneMore = new byte[RoomBytes];
        Packet(1, 1000).CopyTo(oneMore, 0);
        Assert.False(sender.TryProtect(oneMore, PlainBytes, out _, out var error));
        Assert.Equal(SrtpError.TooManySources, error);
        Assert.False(receiver.TryUnprotect(oneMore, PlainBytes, out _, out error));
        Assert.Equal(SrtpError.TooManySources, error);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Packets_AllocateNothing(SrtpProfile profile)
    {
        var (sender, receiver) = (new SrtpSender(Key(profile)), new SrtpReceiver(Key(profile)));
        var buffer = new byte[RoomBytes];
        Run(0, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(10, 5000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                buffer[0] = 0x80;
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), (ushort)i);
                var isGood = sender.TryProtect(buffer, PlainBytes, out var length, out _)
                    && receiver.TryUnprotect(buffer, length, out length, out _)
                    && sender.TryProtectControl(buffer, length, out length, out _)
                    && receiver.TryUnprotectControl(buffer, length, out length, out _);
                Assert.True(isGood && length == PlainBytes);
            }
        }
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80)]
    [InlineData("aead_aes_128_gcm", SrtpProfile.AeadAes128Gcm)]
    public void CryptoSuite_HasTheNameOfTheRegistry(string name, SrtpProfile expected)
    {
        Assert.True(SrtpProfiles.TryParseCryptoSuite(name, out var profile));
        Assert.Equal(expected, profile);
        Assert.Equal(name, profile.CryptoSuite(), ignoreCase: true);
        Assert.False(SrtpProfiles.TryParseCryptoSuite("F8_128_HMAC_SHA1_80", out _));
    }

    [Fact]
    public void MasterKey_DoesNotPrintItself() =>
        Assert.Equal("AEAD_AES_128_GCM [redacted]", GcmKey.ToString());

    private static SrtpMasterKey GcmKey => Key(SrtpProfile.AeadAes128Gcm);

    /// <summary>Any RTP packet: random CSRC count, extension, payload.</summary>
    private static Gen<byte[]> GenPacket => Gen.Select(Gen.Int[0, 15], Gen.Int[-1, 5], Gen.Byte.Array[0, 200])
        .Select((sources, extensionWords, payload) =>
        {
            var extension = extensionWords < 0 ? [] : new byte[4 + (4 * extensionWords)];
            byte[] packet = [.. Packet(1)[..12], .. new byte[4 * sources], .. extension, .. payload];
            packet[0] |= (byte)sources;
            if (extensionWords >= 0)
            {
                packet[0] |= 0x10;
                packet[12 + (4 * sources) + 3] = (byte)extensionWords;
            }

            return packet;
        });

    private static SrtpMasterKey Key(SrtpProfile profile) =>
        new(profile, Enumerable.Range(1, profile.KeyAndSaltBytes()).Select(i => (byte)i).ToArray());

    private static byte[] Packet(ushort sequence, uint ssrc = Ssrc)
    {
        var packet = new byte[PlainBytes];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        packet.AsSpan(12).Fill((byte)sequence);
        return packet;
    }

    private static byte[] Protect(SrtpSender sender, byte[] packet)
    {
        var buffer = new byte[RoomBytes];
        packet.CopyTo(buffer, 0);
        Assert.True(sender.TryProtect(buffer, packet.Length, out var written, out var error), $"{error}");
        return buffer[..written];
    }

    private static SrtpError Unprotect(SrtpReceiver receiver, byte[] wire, out byte[] plain)
    {
        var buffer = wire.ToArray();
        _ = receiver.TryUnprotect(buffer, wire.Length, out var written, out var error);
        plain = buffer[..written];
        return error;
    }
}
