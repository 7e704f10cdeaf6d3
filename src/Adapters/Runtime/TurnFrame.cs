using System.Threading.Channels;
using Farspan.Stun;

namespace Farspan.Runtime;

/// <summary>
/// A frame on its way between a TURN connection and a session; goes back to its pool when it was used.
/// </summary>
internal sealed class TurnFrame(ChannelWriter<TurnFrame> pool)
{
    private readonly byte[] _bytes = new byte[TurnLimits.MaxStreamFrameBytes];

    /// <summary>The connection it came by.</summary>
    public TurnStream? Source { get; private set; }

    public int Length { get; private set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>False if it is too long.</summary>
    public bool TrySet(ReadOnlySpan<byte> frame, TurnStream source)
    {
        Source = source;
        Length = frame.Length;
        return frame.TryCopyTo(_bytes);
    }

    public void Return() => pool.TryWrite(this);
}
