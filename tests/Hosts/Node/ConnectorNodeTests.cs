using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Farspan.ConnectEmulator;
using Farspan.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.Node.Tests;

/// <summary>
/// A whole node between a telephone and the emulator, over real sockets on the loopback interface.
/// </summary>
public sealed class ConnectorNodeTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestConfiguration _configuration = new();
    private readonly MeetingMedia _media =
        new(new MeetingMediaSettings { Addresses = ["127.0.0.1"] }, _ => { });

    private readonly HttpClient _http = new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback =
            HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    });

    private ConnectEmulatorServer _emulator = null!;

    public async Task InitializeAsync() => _emulator = await ConnectEmulatorServer.StartAsync(
        new ConnectEmulatorSettings { Url = "http://127.0.0.1:0" }, _media, CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _emulator.DisposeAsync();
        await _media.DisposeAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _configuration.Dispose();
    }

    [Fact]
    public async Task ACall_IsAnsweredCountedAndSettled()
    {
        await using var node = await StartAsync();
        using var phone = new Phone(node.Addresses.Sip[0]);

        Assert.Equal(200, await phone.InviteAsync());
        var call = Assert.Single(await node.GetCallsAsync());
        Assert.Equal(("Talking", "lab"), (call.State, call.Trunk));
        Assert.Equal(1, (await node.GetStatusAsync()).Instances[0].ActiveContacts);
        await UntilAsync(node, s => s.ActiveMedia.Carrier.PacketsSent > 0);
        var during = await node.ExportMetricsAsync();
        const string NoneSent = "farspan_rtp_active_packets{leg=\"carrier\",fate=\"sent\"} 0\n";
        Assert.DoesNotContain(NoneSent, during, StringComparison.Ordinal);
        Assert.Equal(200, await phone.RequestAsync("BYE", 2));
        await UntilAsync(node, s => s is { Calls.Total: 0, OpenContacts: 0 });

        var metrics = await _http.GetStringAsync(node.Addresses.Admin[1] + "/metrics");
        Assert.Contains(
            "farspan_calls_ended_total{outcome=\"CallerHungUp\",trunk=\"lab\",answered=\"yes\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        Assert.Contains(
            "farspan_connect_requests_total{operation=\"StartWebRTCContact\",result=\"Ok\"} 1\n",
            metrics,
            StringComparison.Ordinal);
        string[] shown =
        [
            NoneSent, "farspan_gc_pause_longest_seconds ",
            "farspan_media_phases_served_total{worker=\"0\",le=\"+Inf\"} ",
            "# TYPE farspan_loop_timer_lateness_seconds histogram", "dotnet_gc_pause_time_seconds_total ",
            "dotnet_gc_heap_total_allocated_bytes_total ",
        ];
        Assert.All(shown, text => Assert.Contains(text, metrics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task StoppingANode_EndsItsCallsOnBothSidesAndLeavesNoContact()
    {
        var node = await StartAsync();
        using var phone = new Phone(node.Addresses.Sip[0]);
        Assert.Equal(200, await phone.InviteAsync());

        var answering = phone.AnswerRequestAsync();
        await node.DisposeAsync();

        Assert.Equal("BYE", await answering);
        Assert.Contains("node is stopping", phone.LastRequest, StringComparison.Ordinal);
        Assert.All(_emulator.Inspect(s => s.Contacts.Select(c => c.State).ToArray()), AssertIsOver);
        using var journal = OpenJournal();
        Assert.Empty(journal.Replay.Open);
    }

    [Fact]
    public async Task ADrainedNode_RefusesNewCallsAndIsNotReady()
    {
        await using var node = await StartAsync();
        var admin = node.Addresses.Admin[0];
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(admin + "/readyz")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, await PostDrainAsync(admin, "{\"draining\":true}"));
        using var phone = new Phone(node.Addresses.Sip[0]);
        Assert.Equal(503, await phone.InviteAsync());
        using var ready = await _http.GetAsync(admin + "/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains(
            "the node is draining", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await PostDrainAsync(admin, "{\"draining\":false}"));
        using var second = new Phone(node.Addresses.Sip[0]);
        Assert.Equal(200, await second.InviteAsync());
    }

    [Fact]
    public async Task AContactThatAnEarlierProcessLeftOpen_IsStopped()
    {
        string contactId;
        await using (var first = await StartAsync())
        {
            // What a crash leaves: the contact is started and nobody knows of it but the journal.
            using var phone = new Phone(first.Addresses.Sip[0]);
            Assert.Equal(200, await phone.InviteAsync());
            contactId = (await first.GetCallsAsync())[0].ContactId!;
            await CopyLockedAsync(JournalPath, JournalPath + ".crashed");
        }

        File.Move(JournalPath + ".crashed", JournalPath, overwrite: true);
        await using var second = await StartAsync();
        await UntilAsync(second, s => s.OpenContacts == 0);

        var metrics = await _http.GetStringAsync(second.Addresses.Admin[1] + "/metrics");
        Assert.Contains("operation=\"StopContact\"", metrics, StringComparison.Ordinal);
        Assert.NotEmpty(contactId);
        await second.DisposeAsync();
        using var journal = OpenJournal();
        Assert.Empty(journal.Replay.Open);
    }

    [Fact]
    public async Task AnUnreachableConnect_IsAWarningAndTheCallerHearsWhy()
    {
        var model = _configuration.Load(new Uri("http://127.0.0.1:9"));
        model = model with { Calls = model.Calls with { RingingLimit = TimeSpan.FromMilliseconds(300) } };
        await using var node = await ConnectorNode.StartAsync(
            model, NullLoggerProvider.Instance, CancellationToken.None);
        using var phone = new Phone(node.Addresses.Sip[0]);

        Assert.Equal(503, await phone.InviteAsync());
        Assert.Contains("Unreachable", Assert.Single(node.Health.Warnings), StringComparison.Ordinal);
        Assert.True(node.Health.IsReady);
    }

    [Fact]
    public async Task AConnectThatStaysOutOfReach_MakesTheNodeUnready_ForReadyzAndForOptions()
    {
        var model = _configuration.Load(new Uri("http://127.0.0.1:9"));
        await using var node = await ConnectorNode.StartAsync(
            model, NullLoggerProvider.Instance, CancellationToken.None);
        using var phone = new Phone(node.Addresses.Sip[0]);
        var calling = phone.InviteAsync();
        await UntilAsync(node, s => !s.Health.IsReady);

        using var ready = await _http.GetAsync(node.Addresses.Admin[0] + "/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.InRange(ready.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Unreachable", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var prober = new Phone(node.Addresses.Sip[0]);
        Assert.Equal(503, await prober.RequestAsync("OPTIONS", 1));
        await node.DisposeAsync();
        Assert.Equal(503, await calling);
    }

    [Fact]
    public async Task WithoutCredentials_TheNodeIsNotReady()
    {
        var model = _configuration.Load(_emulator.Url);
        var missing = Path.Combine(_configuration.Folder, "token");
        var identity = new Topology.CredentialsModel.WebIdentity(missing, "arn:aws:iam::1:role/x", null);
        var instance = model.Connect.Instances[0] with { Credentials = identity };
        model = model with { Connect = model.Connect with { Instances = [instance] } };
        await using var node = await ConnectorNode.StartAsync(
            model, NullLoggerProvider.Instance, CancellationToken.None);

        await UntilAsync(node, s => !s.Health.IsReady);

        Assert.Contains("NoCredentials", Assert.Single(node.Health.Reasons), StringComparison.Ordinal);
        Assert.InRange(node.Health.RetryAfterSeconds!.Value, 1, 60);
    }

    [Fact]
    public async Task AContactWhoseTokenConnectHasForgotten_IsNotStartedAgain_AndTheLogSaysSo()
    {
        var request = new Calls.StartContactRequest
        {
            InstanceId = "00000000-0000-0000-0000-000000000001",
            ContactFlowId = "inbound",
            DisplayName = "Caller",
            ClientToken = "farspan-old",
        };
        using (var journal = JournalFile.Open(
            JournalPath, new JournalSettings(), new PastClock(), new SilentJournalObserver()))
        {
            journal.Append(new Calls.ContactJournalEntry.StartIntended("farspan-old", "old", request));
        }

        var log = new RecordingLoggerProvider();
        await using var node = await ConnectorNode.StartAsync(
            _configuration.Load(_emulator.Url), log, CancellationToken.None);

        Assert.Contains(log.Lines, l => l.Level == LogLevel.Error
            && l.Text.Contains("farspan-old", StringComparison.Ordinal));
        Assert.Equal(0, (await node.GetStatusAsync()).OpenContacts);
        Assert.Empty(_emulator.Inspect(s => s.Contacts.ToArray()));
        Assert.Contains(
            "farspan_contacts_settled_total{fate=\"Unknown\"} 1\n",
            await node.ExportMetricsAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task APortThatIsTaken_IsAdvertised_WhereTheAddressIsAnother()
    {
        var model = _configuration.Load(_emulator.Url);
        model = model with { Sip = model.Sip with { AdvertisedAddress = IPAddress.Parse("127.0.0.5") } };
        await using var node = await ConnectorNode.StartAsync(
            model, NullLoggerProvider.Instance, CancellationToken.None);
        var shown = IPEndPoint.Parse(node.Addresses.Sip[0]["udp:".Length..]);
        Assert.Equal("127.0.0.5", shown.Address.ToString());
        Assert.NotEqual(0, shown.Port);
        using var phone = new Phone($"udp:127.0.0.1:{shown.Port}");

        Assert.Equal(200, await phone.InviteAsync());
        Assert.Contains($"<sip:127.0.0.5:{shown.Port}>", phone.LastResponse, StringComparison.Ordinal);
        Assert.Equal(200, await phone.RequestAsync("BYE", 2));
    }

    [Fact]
    public async Task AHeaderThatChangesInTheCall_ChangesTheContactsAttribute()
    {
        var model = _configuration.Load(_emulator.Url);
        var rule = new Topology.HeaderAttributeModel("X-Reason", "reason", 100, Updates: true);
        model = model with { Attributes = model.Attributes with { Headers = [rule] } };
        await using var node = await ConnectorNode.StartAsync(
            model, NullLoggerProvider.Instance, CancellationToken.None);
        using var phone = new Phone(node.Addresses.Sip[0]);
        Assert.Equal(200, await phone.InviteAsync());

        Assert.Equal(200, await phone.RequestAsync("UPDATE", 2, "X-Reason: support\r\n"));

        await UntilAsync(node, _ => _emulator.Inspect(s =>
            s.Contacts.Single().Attributes.GetValueOrDefault("reason") == "support"));
    }

    [Fact]
    public async Task APortInUse_SaysWhatToDo()
    {
        await using var first = await StartAsync();
        var taken = IPEndPoint.Parse(first.Addresses.Sip[0]["udp:".Length..]);
        var model = _configuration.Load(
            _emulator.Url) with { JournalPath = Path.Combine(_configuration.Folder, "other") };
        model = model with
        {
            Sip = model.Sip with { Listen = [new Topology.SipListenPoint(Sip.SipTransport.Udp, taken)] },
        };

        var failure = await Assert.ThrowsAsync<NodeStartException>(() =>
            ConnectorNode.StartAsync(model, NullLoggerProvider.Instance, CancellationToken.None));

        Assert.Contains($"SIP cannot listen on udp:{taken}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("sip.listen", failure.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondNodeOnTheSameJournal_SaysWhatToDo()
    {
        await using var first = await StartAsync();

        var failure = await Assert.ThrowsAsync<NodeStartException>(StartAsync);

        Assert.Contains("journal", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFirstStart_DrawsAPasswordAndTheNextKeepsIt()
    {
        string drawn;
        await using (var first = await StartAsync("user: operator"))
        {
            drawn = first.DrawnPassword!;
            Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(first, "operator", drawn));
        }

        await using var second = await StartAsync("user: operator");

        Assert.Null(second.DrawnPassword);
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(second, "operator", drawn));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetStatusAsync(second, "operator", drawn + "x"));
        var stored = File.ReadAllText(Path.Combine(_configuration.Folder, "data", "admin-password"));
        Assert.DoesNotContain(drawn, stored, StringComparison.Ordinal);
    }

    // .NET respects the lock that keeps a second node out; cp does not.
    private static async Task CopyLockedAsync(string from, string to)
    {
        using var copy = Process.Start("cp", [from, to]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }

    private static void AssertIsOver(ContactState state) =>
        Assert.True(state is ContactState.Completed or ContactState.Disconnected, $"the contact is {state}");

    private static async Task UntilAsync(ConnectorNode node, Func<NodeStatus, bool> condition)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!condition(await node.GetStatusAsync()))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, "the condition never held");
            await Task.Yield();
        }
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private string JournalPath => Path.Combine(_configuration.Folder, "data", "contacts.journal");

    private JournalFile OpenJournal() => JournalFile.Open(
        JournalPath, new JournalSettings(), TimeProvider.System, new SilentJournalObserver());

    private Task<ConnectorNode> StartAsync() => StartAsync($"password: literal:{TestConfiguration.Password}");

    private Task<ConnectorNode> StartAsync(string admin) => ConnectorNode.StartAsync(
        _configuration.Load(_emulator.Url, admin), NullLoggerProvider.Instance, CancellationToken.None);

    private async Task<HttpStatusCode> GetStatusAsync(ConnectorNode node, string user, string password)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, node.Addresses.Admin[0] + "/api/v1/status");
        request.Headers.Authorization = Basic(user, password);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PostDrainAsync(string admin, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, admin + "/api/v1/drain");
        request.Headers.Authorization = Basic("admin", TestConfiguration.Password);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private sealed class PastClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromDays(8);
    }

    private sealed class SilentJournalObserver : IJournalObserver
    {
        public void Committed(int entries, TimeSpan took)
        {
        }

        public void WriteFailed(Exception failure) => Assert.Fail(failure.Message);

        public void Recovered()
        {
        }

        public void ActionFailed(Exception failure)
        {
        }
    }
}
