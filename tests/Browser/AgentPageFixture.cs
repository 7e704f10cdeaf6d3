using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>A lab without built-in agents: whoever is logged in on the page gets the contacts.</summary>
public sealed class AgentPageFixture : IAsyncLifetime
{
    private LabProcess? _lab;

    internal LabProcess Lab =>
        (_lab ?? throw new InvalidOperationException("The lab has not started.")).Checked();

    public async Task InitializeAsync()
    {
        if (Programs.Absence(AgentPageFiles.Needs) is null)
        {
            await AgentPageFiles.ProvideAsync();
            _lab = await LabProcess.StartAsync();
            await _lab.Emulator.PatchSettingsAsync("""{"agents":[]}""");
        }
    }

    public async Task DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }
}
