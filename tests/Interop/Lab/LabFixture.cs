namespace Farspan.Interop.Tests;

/// <summary>One lab for all tests of a collection; they put right what they changed.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    private LabProcess? _lab;

    internal LabProcess Lab =>
        (_lab ?? throw new InvalidOperationException("The lab has not started.")).Checked();

    public async Task InitializeAsync() => _lab = await LabProcess.StartAsync();

    public async Task DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }
}
