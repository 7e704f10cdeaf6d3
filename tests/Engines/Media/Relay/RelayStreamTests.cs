using CsCheck;
using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Media.Tests;

public sealed class RelayStreamTests
{
    private static readonly Gen<(int Source, int Step, bool Inserts)[]> History =
        Gen.Select(Gen.Int[0, 2], Gen.Int[-80, 80], Gen.Bool).Array[1, 200];

    [Fact] // RFC 3711 §9.1: a number that is given twice gives the keystream away.
    public void NoNumberIsGivenTwice_WhateverComesIn() => History.Sample(history =>
    {
        var stream = new RelayStream(1, new RandomSource(3));
        var given = new HashSet<ushort>();
        var sequences = new int[3];
        var now = Instant.FromMilliseconds(1_000);
        foreach (var (source, step, inserts) in history)
        {
            now += TimeSpan.FromMilliseconds(20);
            sequences[source] += step;
            var sequence = sequences[source];
            var header = new RtpHeader(0, false, (ushort)sequence, (uint)(sequence * 160), (uint)source);
            if (inserts)
            {
                Assert.True(given.Add(stream.Insert(0, 160, 8_000, now).SequenceNumber));
            }
            else if (stream.TryMap(header, 0, 8_000, now, out var outgoing))
            {
                Assert.True(given.Add(outgoing.SequenceNumber), $"{outgoing.SequenceNumber} again");
            }
        }
    });

    [Fact]
    public void LossAndReordering_StayVisible()
    {
        var stream = new RelayStream(1, new RandomSource(3));
        var now = Instant.FromMilliseconds(1_000);
        var out1 = Map(stream, 100, now);
        var out4 = Map(stream, 103, now);
        var out3 = Map(stream, 102, now);

        Assert.Equal((ushort)(out1!.Value.SequenceNumber + 3), out4!.Value.SequenceNumber);
        Assert.Equal((ushort)(out1.Value.SequenceNumber + 2), out3!.Value.SequenceNumber);
        Assert.Equal(out1.Value.Timestamp + 480, out4.Value.Timestamp);
        Assert.Null(Map(stream, 102, now));
        Assert.Null(Map(stream, 99, now));
    }

    private static RtpHeader? Map(RelayStream stream, ushort sequence, Instant now) =>
        stream.TryMap(new RtpHeader(0, false, sequence, sequence * 160u, 7), 0, 8_000, now, out var header)
            ? header
            : null;
}
