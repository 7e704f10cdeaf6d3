using System.Diagnostics;
using CsCheck;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Srtp;

namespace Farspan.Native.Tests;

/// <summary>
/// DTLS-SRTP between two of our own sessions: RFC 5764, and a network that does not behave.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class OpenSslDtlsTests : IDisposable
{
    private readonly OpenSslDtlsSessionFactory _clients = new();
    private readonly OpenSslDtlsSessionFactory _servers = new();

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80", SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80)]
    public void Handshake_GivesBothSidesTheSameKeysTheOtherWayRound(
        string clientProfiles, SrtpProfile expected)
    {
        using var clients = new OpenSslDtlsSessionFactory(clientProfiles);
        using var pair = new DtlsPair(clients, _servers);

        pair.Run();

        Assert.Equal(DtlsState.Connected, pair.Client.State);
        Assert.Equal(DtlsState.Connected, pair.Server.State);
        Assert.Equal(expected, pair.Client.Keys!.Profile);
        Assert.Equal(pair.Client.Keys.Local.KeyAndSalt, pair.Server.Keys!.Remote.KeyAndSalt);
        Assert.Equal(pair.Client.Keys.Remote.KeyAndSalt, pair.Server.Keys.Local.KeyAndSalt);
        Assert.False(pair.Client.Keys.Local.KeyAndSalt.SequenceEqual(pair.Client.Keys.Remote.KeyAndSalt));
        Assert.InRange(pair.LongestDatagramBytes, 1, DtlsLimits.MaxDatagramBytes);
        Assert.Null(pair.Client.Deadline);
    }

    [Fact]
    public void KeysOfTheHandshake_CarryAPacket()
    {
        using var pair = new DtlsPair(_clients, _servers);
        pair.Run();
        var sha1 = OpenSslSha1.TryCreate();
        byte[] buffer = [0x80, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, .. new byte[20]];

        var sender = new SrtpSender(pair.Client.Keys!.Local, sha1);
        var receiver = new SrtpReceiver(pair.Server.Keys!.Remote, sha1);
        Assert.True(sender.TryProtect(buffer, 15, out var length, out _));
        Assert.True(receiver.TryUnprotect(buffer, length, out length, out _));
        Assert.Equal([5, 6, 7], buffer[12..length]);
    }

    [Fact]
    public void WrongFingerprint_FailsAndGivesNoKeys()
    {
        using var pair = new DtlsPair(_clients, _servers)
        {
            Client = _clients.Create(DtlsRole.Client, _clients.LocalFingerprint),
        };

        pair.Run();
        pair.Settle();

        Assert.Equal(DtlsState.Failed, pair.Client.State);
        Assert.Equal(DtlsFailureReason.FingerprintMismatch, pair.Client.FailureReason);
        Assert.Null(pair.Client.Keys);
        Assert.NotEqual(DtlsState.Connected, pair.Server.State);
    }

    [Fact]
    public void WrongFingerprintOfAClient_FailsAtTheServer()
    {
        using var pair = new DtlsPair(_clients, _servers)
        {
            Server = _servers.Create(DtlsRole.Server, _servers.LocalFingerprint),
        };

        pair.Run();
        pair.Settle();

        Assert.Equal(DtlsFailureReason.FingerprintMismatch, pair.Server.FailureReason);
        Assert.Null(pair.Server.Keys);
    }

    [Fact] // RFC 6347 §4.2.4: every flight is repeated until the other side has it.
    public void LossDuplicationAndReordering_DelayTheHandshakeOnly()
    {
        var clock = Stopwatch.StartNew();
        for (ulong seed = 0; seed < 12; seed++)
        {
            var random = new RandomSource(seed);
            using var pair = new DtlsPair(_clients, _servers, () => new Instant(clock.Elapsed.Ticks))
            {
                Fate = () => (
                    random.NextInt32(5) switch { 0 => 0, 1 => 2, _ => 1 }, random.NextInt32(4) == 0),
            };

            pair.Run();

            Assert.True(pair.Client.State == DtlsState.Connected, $"{seed}: {pair.Client.FailureDetail}");
            Assert.True(pair.Server.State == DtlsState.Connected, $"{seed}: {pair.Server.FailureDetail}");
            Assert.Equal(pair.Client.Keys!.Local.KeyAndSalt, pair.Server.Keys!.Remote.KeyAndSalt);
        }
    }

    [Fact]
    public void SilentPeer_IsGivenUp()
    {
        using var client = _clients.Create(DtlsRole.Client, _servers.LocalFingerprint);
        client.Start(Instant.Zero);
        Assert.InRange((client.Deadline!.Value - Instant.Zero).TotalMilliseconds, 1, 250);

        client.Expire(Instant.Zero + DtlsLimits.HandshakeTimeout);

        Assert.Equal(DtlsState.Failed, client.State);
        Assert.Equal(DtlsFailureReason.TimedOut, client.FailureReason);
    }

    [Fact]
    public void ArbitraryDatagrams_NeitherThrowNorConnect() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[20, 26], Gen.Bool).Sample(
            (bytes, type, isClient) =>
            {
                using var session = isClient
                    ? _clients.Create(DtlsRole.Client, _servers.LocalFingerprint)
                    : _servers.Create(DtlsRole.Server, _clients.LocalFingerprint);
                session.Start(Instant.Zero);
                var room = new byte[DtlsLimits.MaxDatagramBytes];
                session.Receive(bytes, Instant.Zero);
                byte[] header = [(byte)type, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)bytes.Length];
                session.Receive([.. header, .. bytes], Instant.Zero);
                while (session.TryTakeDatagram(room, out _))
                {
                }

                Assert.NotEqual(DtlsState.Connected, session.State);
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void ChangedHandshakeBytes_NeitherThrowNorConnectWithOtherKeys() =>
        Gen.Select(Gen.Int[0, 4000], Gen.Int[1, 255]).Sample(
            (position, change) =>
            {
                using var pair = new DtlsPair(_clients, _servers);
                pair.Client.Start(Instant.Zero);
                pair.Server.Start(Instant.Zero);
                var passed = 0;
                var room = new byte[DtlsLimits.MaxDatagramBytes];
                for (var i = 0; i < 10; i++)
                {
                    Pass(pair.Client, pair.Server);
                    Pass(pair.Server, pair.Client);
                }

                if (pair.Client.Keys is { } client && pair.Server.Keys is { } server)
                {
                    Assert.Equal(client.Local.KeyAndSalt, server.Remote.KeyAndSalt);
                }

                void Pass(IDtlsSession from, IDtlsSession to)
                {
                    while (from.TryTakeDatagram(room, out var length))
                    {
                        if (position >= passed && position < passed + length)
                        {
                            room[position - passed] ^= (byte)change;
                        }

                        passed += length;
                        to.Receive(room.AsSpan(0, length), Instant.Zero);
                    }
                }
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void GarbageAfterTheHandshake_ChangesNothing()
    {
        using var pair = new DtlsPair(_clients, _servers);
        pair.Run();
        var client = pair.Client;
        Gen.Byte.Array[0, 300].Sample(bytes => client.Receive(bytes, Instant.Zero), iter: 200, threads: 1);
        Assert.Equal(DtlsState.Connected, pair.Client.State);
    }

    [Fact] // RFC 5246 §7.2.1
    public void Close_TellsThePeer()
    {
        using var pair = new DtlsPair(_clients, _servers);
        pair.Run();

        pair.Client.Close();
        pair.Settle();

        Assert.Equal(DtlsState.Closed, pair.Client.State);
        Assert.Equal(DtlsState.Closed, pair.Server.State);
    }

    [Fact]
    public void DisposedSession_IsClosedAndSilent()
    {
        var session = _clients.Create(DtlsRole.Client, _servers.LocalFingerprint);
        session.Start(Instant.Zero);
        session.Dispose();
        session.Dispose();
        session.Receive([22, 0xFE, 0xFD], Instant.Zero);
        session.Expire(Instant.Zero + DtlsLimits.HandshakeTimeout);

        Assert.False(session.TryTakeDatagram(new byte[DtlsLimits.MaxDatagramBytes], out _));
        Assert.Equal(DtlsState.Closed, session.State);
    }

    [Fact]
    public void Sessions_OutliveTheirFactory()
    {
        using var pair = new DtlsPair(_clients, _servers);
        _clients.Dispose();
        _servers.Dispose();

        pair.Run();

        Assert.Equal(DtlsState.Connected, pair.Client.State);
    }

    [Fact]
    public void Sessions_LeaveNoNativeMemoryBehind()
    {
        RunMany(100);
        var before = ResidentBytes();
        RunMany(400);
        var grown = ResidentBytes() - before;

        // 800 sessions of about 50 KB would be 40 MB.
        Assert.InRange(grown, long.MinValue, 10 * 1024 * 1024);
    }

    [Fact]
    public void LibcryptoSha1_AgreesWithOurs() => Gen.Byte.Array[0, 512].Sample(bytes =>
    {
        var sha1 = OpenSslSha1.TryCreate()!;
        var (ours, theirs) = (Sha1State.Initial, Sha1State.Initial);
        ManagedSha1.Shared.Compress(ref ours, bytes);
        sha1.Compress(ref theirs, bytes);
        return ours == theirs;
    });

    public void Dispose()
    {
        _clients.Dispose();
        _servers.Dispose();
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private void RunMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var pair = new DtlsPair(_clients, _servers);
            pair.Run();
            Assert.Equal(DtlsState.Connected, pair.Client.State);
        }
    }
}
