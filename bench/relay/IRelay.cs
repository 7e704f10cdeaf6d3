namespace Farspan.Bench;

/// <summary>Something that sends on to a sink what it receives on its ports.</summary>
internal interface IRelay : IDisposable
{
    IReadOnlyList<int> Ports { get; }

    /// <summary>Read by the relay itself, so that the numbers belong together.</summary>
    RelayReading Read();
}
