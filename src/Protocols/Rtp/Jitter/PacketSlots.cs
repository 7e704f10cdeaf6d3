using System.Numerics;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>A ring of packets by extended sequence number, with room for all payloads made beforehand.</summary>
internal sealed class PacketSlots
{
    private readonly Slot[] _slots;
    private readonly byte[] _payloads;
    private readonly int _maxPayloadBytes;

    public PacketSlots(int capacity, int maxPayloadBytes)
    {
        Invariant.Require(BitOperations.IsPow2(capacity) && maxPayloadBytes > 0);
        _slots = new Slot[capacity];
        _payloads = new byte[capacity * maxPayloadBytes];
        _maxPayloadBytes = maxPayloadBytes;
    }

    public int Capacity => _slots.Length;

    public int Count { get; private set; }

    public bool Contains(long sequence) => this[sequence] is { IsOccupied: true } slot && slot.Sequence == sequence;

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

    public void Free(long sequence)
    {
        Invariant.Require(Contains(sequence));
        this[sequence].IsOccupied = false;
        Count--;
    }

    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
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
