namespace Farspan.Srtp;

/// <summary>The sources of one key: few, found by a look at the last one and then one by one.</summary>
internal sealed class SrtpSourceTable
{
    private readonly SrtpSource[] _sources = new SrtpSource[SrtpLimits.MaxSources];
    private SrtpSource? _latest;

    public int Count { get; private set; }

    public bool IsFull => Count == _sources.Length;

    public SrtpSource this[int index] => _sources[index];

    public SrtpSource? Find(uint ssrc) =>
        _latest is { } latest && latest.Ssrc == ssrc ? latest : Search(ssrc);

    /// <summary>
    /// Remembers a source that is not there yet; the caller has checked <see cref="IsFull"/>.
    /// </summary>
    public void Add(SrtpSource source)
    {
        _sources[Count++] = source;
        _latest = source;
    }

    private SrtpSource? Search(uint ssrc)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_sources[i].Ssrc == ssrc)
            {
                return _latest = _sources[i];
            }
        }

        return null;
    }
}
