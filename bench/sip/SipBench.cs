using System.Buffers.Binary;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// A 950-byte INVITE with SDP on its two ways: forwarded from buffer to buffer, and kept as an object.
/// Beside it C code that finds lines and copies them without understanding any: a floor, not a rival.
/// </summary>
internal static class SipBench
{
    /// <summary>So many that branch predictors do not learn them by heart.</summary>
    private const int Messages = 64;
    private const int PassesPerRound = 2_000;
    private const int RoomBytes = 2_048;
    private const double GoalMicroseconds = 4;
    private const double GoalKeptBytes = 2_048;

    private static readonly byte[][] Invites =
        [.. Enumerable.Range(1, Messages).Select(number => InviteSample.Create(number))];

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        var passes = options.Scale(PassesPerRound);
        var frames = ToFrames();
        Func<double[]> forward = () => Measure(passes, Forward());
        Func<double[]> keep = () => Measure(passes, Keep(reads: false));
        Func<double[]> read = () => Measure(passes, Keep(reads: true));
        Contest.WarmUp(options, forward);
        Contest.WarmUp(options, keep);
        Contest.WarmUp(options, read);
        var results = Contest.Run(
            options.Rounds, forward, keep, read, () => [Floor(passes, frames)]);

        var floor = results[3][0];
        Report(scoreboard, "forwarded: parse, check, write", results[0], floor, goalBytes: 0);
        Report(scoreboard, "kept: parse, check, write", results[1], floor, GoalKeptBytes);
        Report(scoreboard, "kept, and all that a dialog needs read", results[2], floor, goalBytes: null);
        scoreboard.Require(ForwardsAsItShould(), "what is forwarded parses, with a Via more and a hop less");
    }

    private static void Report(
        Scoreboard scoreboard, string what, Samples[] ours, Samples floor, double? goalBytes)
    {
        var isGoal = goalBytes is not null;
        scoreboard.Add(new Figure($"{InviteSample.Bytes}-byte INVITE {what}", ours[0], "µs")
        {
            Peer = "copying lines in C",
            Theirs = floor,
            Goal = isGoal ? Goal.AtMost(GoalMicroseconds) : null,
        });
        scoreboard.Add(new Figure("… allocated", ours[1], "B")
        {
            Goal = goalBytes is { } limit ? Goal.AtMost(limit) : null,
        });
    }

    private static double[] Measure(int passes, Action<byte[]> handle)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Nanoseconds;
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var invite in Invites)
            {
                handle(invite);
            }
        }

        var cpu = ThreadClock.Nanoseconds - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var count = (double)passes * Messages;
        return [cpu / 1e3 / count, allocated / count];
    }

    private static Action<byte[]> Forward()
    {
        var index = new SipHeaderIndex();
        var destination = new byte[RoomBytes];
        return invite => _ = Forward(index, invite, destination);
    }

    private static int Forward(SipHeaderIndex index, byte[] invite, byte[] destination)
    {
        var edits = new SipForwardEdits
        {
            Via = "SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0123456789abcdef01234567"u8,
            RecordRoute = "<sip:10.0.0.1:5060;lr>"u8,
            RequestUri = "sip:+18005550100@10.0.0.2:5060"u8,
            ReceivedAddress = "192.0.2.10"u8,
            ReceivedPort = 5060,
        };
        return index.TryParse(invite, SipFraming.Datagram, out var view, out var error)
            && SipForwarder.TryForwardRequest(view, edits, destination, out var length)
            ? length
            : throw new InvalidOperationException($"not forwarded: {error}");
    }

    private static Action<byte[]> Keep(bool reads)
    {
        var destination = new byte[RoomBytes];
        return invite =>
        {
            if (!SipParser.TryParse(invite, SipFraming.Datagram, out var message, out var error))
            {
                throw new InvalidOperationException($"not parsed: {error}");
            }

            if (reads)
            {
                Read((SipRequest)message);
            }

            message.Bytes.Span.CopyTo(destination);
        };
    }

    private static void Read(SipRequest request)
    {
        if (request.CallId.Length == 0 || request.CSeq.Number == 0 || request.From.Tag is null
            || request.To.Tag is not null || request.TopVia.Branch is null || request.Contact is null
            || request.RequestUri.User is null || request.RecordRoutes.Count > 0)
        {
            throw new InvalidOperationException("misread");
        }
    }

    private static bool ForwardsAsItShould()
    {
        var destination = new byte[RoomBytes];
        var length = Forward(new SipHeaderIndex(), Invites[0], destination);
        return SipParser.TryParse(destination.AsSpan(0, length), SipFraming.Datagram, out var message, out _)
            && message is SipRequest { Vias.Count: 2, MaxForwards: 68, RecordRoutes.Count: 1 };
    }

    private static double Floor(int passes, byte[] frames) =>
        Peer.Measure("sip_peer", [$"{passes}"], frames)[0] / 1e3;

    private static byte[] ToFrames()
    {
        var frames = new byte[Messages * (InviteSample.Bytes + sizeof(ushort))];
        var rest = frames.AsSpan();
        foreach (var invite in Invites)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)invite.Length);
            invite.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + invite.Length)..];
        }

        return frames;
    }
}
