using System.Globalization;
using System.Text.Json;
using Farspan.ConnectEmulator;

namespace Farspan.LabRun;

/// <summary>
/// The two files that the lab writes: the connector's configuration and the emulator's settings.
/// </summary>
internal sealed class LabConfiguration(LabOptions options, LabPorts ports, LabFolder folder)
{
    public const string CalledNumber = "+18005550100";
    public const string AdminUser = "admin";
    public const string TurnUser = "lab";
    public const string InstanceId = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private const string Region = "us-west-2";
    private const string Flow = "inbound";

    /// <summary>A password of this run's own, for the TURN server.</summary>
    public required string TurnPassword { get; init; }

    public string ConnectUrl => $"http://127.0.0.1:{ports.Connect}";

    /// <summary>The connector's farspan.yaml.</summary>
    public string WriteConnector()
    {
        var key = new ConnectEmulatorSettings().AccessKeys[0];
        var (quota, starts) = (Quota, Quota.StartWebRtcContact);
        return $$"""
            # Made by `farspan lab`; gone when it ends.
            cluster: lab
            node:
              name: lab
              dataDirectory: {{folder.ConnectorData}}
            sip:
              listen:
                - udp:127.0.0.1:{{ports.Sip}}
                - tcp:127.0.0.1:{{ports.Sip}}
                - tls:127.0.0.1:{{ports.SipTls}}
              tls:
                certificate: {{folder.CertificateFile}}
                key: {{folder.KeyFile}}
              trunks:
                - name: lab
                  sources: [127.0.0.0/8]
                  codecs: [pcmu, pcma, g722, opus]
            connect:
              instances:
                - name: emulator
                  instanceId: {{InstanceId}}
                  region: {{Region}}
                  contactFlow: {{Flow}}
                  endpoint: {{ConnectUrl}}
                  credentials:
                    kind: static
                    accessKeyId: {{key.AccessKeyId}}
                    secretAccessKey: "literal:{{key.SecretAccessKey}}"
                  quota:
                    startsPerSecond: {{starts.PerSecond.ToString(CultureInfo.InvariantCulture)}}
                    burst: {{starts.Burst}}
                    concurrent: {{quota.ConcurrentCalls}}
            routes:
              - name: lab
                match: { called: "+1800*" }
                to: { instance: emulator }
            media:
              address: 127.0.0.1
              workers: 1
            admin:
              listen: 127.0.0.1:{{ports.Admin}}
              user: {{AdminUser}}
              password: "file:{{folder.PasswordFile}}"
              metricsListen: 127.0.0.1:{{ports.Metrics}}
            logging:
              format: json

            """;
    }

    /// <summary>The emulator's settings, as its <c>/settings</c> shows them.</summary>
    public string WriteEmulator() => JsonSerializer.Serialize(Emulator, EmulatorJson.Own);

    private ServiceQuotas Quota => options.Quota == LabQuota.AwsDefault
        ? new ServiceQuotas()
        : new ServiceQuotas
        {
            StartWebRtcContact = new RequestRate(50, 100),
            StopContact = new RequestRate(200, 400),
            ContactAttributes = new RequestRate(200, 400),
            Participant = new RequestRate(200, 400),
            ConcurrentCalls = 1_000,
        };

    private ConnectEmulatorSettings Emulator
    {
        get
        {
            var agents = Math.Clamp(options.Calls ?? 0, LabLimits.AgentsMin, LabLimits.AgentsMax);
            return new ConnectEmulatorSettings
            {
                Url = ConnectUrl,
                Region = Region,
                InstanceIds = [InstanceId],
                Quotas = Quota,
                Flows = [ShortFlow, .. new ConnectEmulatorSettings().Flows.Where(flow => flow.Id != Flow)],
                Agents = [.. Enumerable.Range(1, agents).Select(CreateAgent)],
                Signaling = new SignalingBehavior { Turn = Turn },
            };
        }
    }

    // A call of five seconds is to be heard both ways: the welcome and the agent's ringing are short.
    private static ContactFlow ShortFlow { get; } = new(Flow,
    [
        new PromptBlock(TimeSpan.FromMilliseconds(200), new AudioCue { FrequencyHz = 600 }),
        new QueueBlock("default", new AudioCue { FrequencyHz = 350 }),
        new JoinAgentBlock(),
        new EndBlock(),
    ]);

    private static BuiltInAgentSettings CreateAgent(int number) =>
        new() { Name = $"built-in {number}", AnswersAfter = TimeSpan.FromMilliseconds(100) };

    private TurnServer? Turn => options.Turn switch
    {
        null => null,
        LabTurn.Tcp => new TurnServer([$"turn:127.0.0.1:{ports.Turn}?transport=tcp"], TurnUser, TurnPassword),
        _ => new TurnServer([$"turn:127.0.0.1:{ports.Turn}?transport=udp"], TurnUser, TurnPassword),
    };
}
