namespace Farspan.Srtp;

/// <summary>
/// Remembers which of the last <see cref="SrtpLimits.ReplayWindowPackets"/> indices were used
/// (RFC 3711 §3.3.2). The default value has seen nothing.
/// </summary>
internal struct ReplayWindow
{
    private UInt128 _seen;

    /// <summary>The highest index so far; 0 while nothing was seen.</summary>
    public long Highest { get; private set; }

    public readonly SrtpError Check(long index)
    {
        if (index > Highest)
        {
            return SrtpError.None;
        }

        var age = Highest - index;
        if (index < 0 || age >= SrtpLimits.ReplayWindowPackets)
        {
            return SrtpError.TooOld;
        }

        return ((_seen >> (int)age) & UInt128.One) == UInt128.Zero ? SrtpError.None : SrtpError.Replayed;
    }

    /// <summary>Marks an index that <see cref="Check"/> has let pass.</summary>
    public void Accept(long index)
    {
        if (index <= Highest)
        {
            _seen |= UInt128.One << (int)(Highest - index);
            return;
        }

        var advance = index - Highest;
        var kept = advance < SrtpLimits.ReplayWindowPackets ? _seen << (int)advance : UInt128.Zero;
        _seen = kept | UInt128.One;
        Highest = index;
    }

    /// <summary>
    /// Starts at an index as if nothing before it could come any more, and it itself still may.
    /// </summary>
    public void StartAt(long index)
    {
        _seen = UInt128.Zero;
        Highest = index;
    }
}
