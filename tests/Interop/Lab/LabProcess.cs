namespace Farspan.Interop.Tests;

/// <summary>A connector and an emulator of Amazon Connect, as <c>farspan lab</c> starts them.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private LabProcess(ChildProcess process, LabAddresses addresses)
    {
        _process = process;
        Addresses = addresses;
        Emulator = new EmulatorClient(addresses.Connect);
        Metrics = new MetricsClient(addresses.Metrics);
    }

    public LabAddresses Addresses { get; }

    public EmulatorClient Emulator { get; }

    public MetricsClient Metrics { get; }

    /// <summary>Whether it is still there; what it wrote last, if not.</summary>
    public LabProcess Checked()
    {
        Assert.False(_process.HasExited, $"The lab has ended:\n{_process.Output}");
        return this;
    }

    public static async Task<LabProcess> StartAsync(params string[] arguments)
    {
        Assert.True(File.Exists(Repository.FarspanDll), $"{Repository.FarspanDll} is not built");
        var process = ChildProcess.Start("dotnet", [Repository.FarspanDll, "lab", "--json", .. arguments]);
        try
        {
            var ready = await process.LineAsync(line => line.StartsWith('{'), StartsWithin);
            return new LabProcess(process, LabAddresses.Parse(ready));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the connector has no call, no contact and no port of a call left.</summary>
    public Task IsIdleAsync(TimeSpan within) => Metrics.AreZeroAsync(MetricsClient.InUse, within);

    public async ValueTask DisposeAsync()
    {
        Emulator.Dispose();
        Metrics.Dispose();
        await _process.DisposeAsync();
    }
}
