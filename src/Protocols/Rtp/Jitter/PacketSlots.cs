using System.Numerics;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// A ring of packets by extended sequence number, with room for all payloads made beforehand.
/// </summary>
internal sealed class PacketSlots
{
    private const int HistoryPackets = 64;

    private readonly Slot[] _slots;
    private readonly byte[] _payloads;
    private readonly int _maxPayloadBytes;
    private ulong _history;

    public PacketSlots(int capacity, int maxPayloadBytes)
    {
        Invariant.Require(BitOperations.IsPow2(capacity) && maxPayloadBytes > 0);
        _slots = new Slot[capacity];
        _payloads = new byte[capacity * maxPayloadBytes];
        _maxPayloadBytes = maxPayloadBytes;
    }

    public int Capacity => _slots.Length;

    public int Count { get; private set; }

    /// <summary>The first number that has not had its turn; everything here is at or after it.</summary>
    public long Next { get; private set; }

    public bool HasPlayed => _history != 0;

    public bool Contains(long sequence) =>
        this[sequence] is { IsOccupied: true } slot && slot.Sequence == sequence;

    /// <summary>The slot of a number, whoever occupies it.</summary>
    public ref Slot this[long sequence] => ref _slots[sequence & (_slots.Length - 1)];

    public ReadOnlySpan<byte> PayloadOf(long sequence) =>
        _payloads.AsSpan(OffsetOf(sequence), this[sequence].PayloadBytes);

    public void Store(in Slot slot, ReadOnlySpan<byte> payload)
    {
        Invariant.Require(payload.Length <= _maxPayloadBytes && !this[slot.Sequence].IsOccupied);
        payload.CopyTo(_payloads.AsSpan(OffsetOf(slot.Sequence)));
        this[slot.Sequence] = slot with { IsOccupied = true, PayloadBytes = payload.Length };
        Count++;
    }

    /// <summary>Forgets everything.</summary>
    public void Begin(long next)
    {
        Array.Clear(_slots);
        (Count, Next, _history) = (0, next, 0);
    }

    /// <summary>Before anything had its turn: moves <see cref="Next"/> back to an earlier number.</summary>
    public void Precede(long sequence) => Next = Math.Min(Next, sequence);

    /// <summary>Ends the turn of a packet, and of skipped ones behind a gap before it.</summary>
    public void Leave(long sequence)
    {
        for (; Next <= sequence; Next++)
        {
            var isThere = Contains(Next);
            _history = (_history << 1) | (isThere ? 1UL : 0);
            if (isThere)
            {
                this[Next].IsOccupied = false;
                Count--;
            }
        }
    }

    /// <summary>Whether one of the last packets with this number had its turn.</summary>
    public bool WasPlayed(long sequence)
    {
        var age = Next - 1 - sequence;
        return age is >= 0 and < HistoryPackets && ((_history >> (int)age) & 1) != 0;
    }

    private int OffsetOf(long sequence) => (int)(sequence & (_slots.Length - 1)) * _maxPayloadBytes;

    /// <summary>What is known of a packet beside its payload.</summary>
    internal record struct Slot
    {
        public bool IsOccupied;

        /// <summary>Its place in the sequence counts, its content is not played.</summary>
        public bool IsSkipped;

        public long Sequence;
        public long Timestamp;

        /// <summary>When it would have come without jitter.</summary>
        public Instant Expected;
        public RtpHeader Header;
        public int PayloadBytes;
    }
}
