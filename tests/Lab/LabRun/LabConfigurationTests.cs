using Farspan.Configuration;
using Farspan.ConnectEmulator;
using System.Text;

namespace Farspan.LabRun.Tests;

public sealed class LabConfigurationTests : IDisposable
{
    private readonly LabFolder _folder = new();

    public void Dispose() => _folder.Delete();

    [Theory]
    [InlineData(LabQuota.Generous, 50, 1_000)]
    [InlineData(LabQuota.AwsDefault, 2, 10)]
    public void The_connectors_file_has_no_findings_and_the_quota_that_the_emulator_grants(
        LabQuota quota, double startsPerSecond, int concurrent)
    {
        _folder.WriteCertificate().Dispose();
        _folder.Write(_folder.PasswordFile, "password");
        var configuration = Configuration(new LabOptions { Quota = quota });
        _folder.Write(_folder.ConfigurationFile, configuration.WriteConnector());

        var outcome = ConfigurationFile.Load(_folder.ConfigurationFile);

        Assert.Empty(outcome.Findings);
        var instance = Assert.Single(outcome.Model!.Connect.Instances);
        Assert.Equal(startsPerSecond, instance.Quota.StartsPerSecond);
        Assert.Equal(concurrent, instance.Quota.ConcurrentContactsMax);
        var emulator = Read(configuration);
        Assert.Equal(startsPerSecond, emulator.Quotas.StartWebRtcContact.PerSecond);
        Assert.Equal(concurrent, emulator.Quotas.ConcurrentCalls);
        Assert.Equal(instance.InstanceId, Assert.Single(emulator.InstanceIds));
        Assert.Equal(instance.Endpoint, new Uri(emulator.Url));
        Assert.Equal(instance.ContactFlowId, emulator.Flows[0].Id);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(5, 20)]
    [InlineData(100, 100)]
    [InlineData(5_000, 1_000)]
    public void There_is_a_built_in_agent_for_each_call(int? calls, int agents) =>
        Assert.Equal(agents, Read(Configuration(new LabOptions { Calls = calls })).Agents.Count);

    [Fact]
    public void The_TURN_server_is_handed_out_with_its_transport()
    {
        var turn = Read(Configuration(new LabOptions { Turn = LabTurn.Tcp })).Signaling.Turn!;

        Assert.Equal("turn:127.0.0.1:3478?transport=tcp", Assert.Single(turn.Uris));
        Assert.Equal("turn-password", turn.Password);
    }

    [Fact]
    public void Only_this_user_enters_the_folder_and_reads_its_files()
    {
        _folder.Write(_folder.PasswordFile, "password");

        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ReadWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal(ReadWrite, File.GetUnixFileMode(_folder.PasswordFile));
    }

    private static ConnectEmulatorSettings Read(LabConfiguration configuration)
    {
        var json = Encoding.UTF8.GetBytes(configuration.WriteEmulator());
        var isRead = EmulatorJson.TryRead<ConnectEmulatorSettings>(
            json, EmulatorJson.Own, out var settings, out var error);
        Assert.True(isRead, error);
        Assert.Null(settings.FindFault());
        return settings;
    }

    private LabConfiguration Configuration(LabOptions options) =>
        new(options, LabPorts.Usual, _folder) { TurnPassword = "turn-password" };
}
