using System.Text;
using Farspan.Configuration;
using Farspan.Topology;

namespace Farspan.Node.Tests;

/// <summary>A configuration whose node uses a folder of its own and ports that are free.</summary>
internal sealed class TestConfiguration : IDisposable
{
    public const string Password = "correct horse";

    public string Folder { get; } = Directory.CreateTempSubdirectory("farspan-node").FullName;

    public FarspanModel Load(Uri endpoint, string admin = $"password: literal:{Password}")
    {
        var text = $"""
            node: {"{"} name: test, dataDirectory: {Folder}/data {"}"}
            sip:
              listen: [udp:127.0.0.1:0, tcp:127.0.0.1:0]
              trunks:
                - name: lab
                  sources: any
            media:
              address: 127.0.0.1
              ports: 34000-34999
              workers: 1
            connect:
              instances:
                - name: emulator
                  instanceId: 00000000-0000-0000-0000-000000000001
                  region: us-west-2
                  contactFlow: inbound
                  endpoint: {endpoint}
                  credentials:
                    kind: static
                    accessKeyId: AKIAEMULATOREXAMPLE0
                    secretAccessKey: literal:emulator-secret-access-key-not-for-aws00
                  quota: {"{"} startsPerSecond: 50, burst: 50, concurrent: 100 {"}"}
            admin:
              listen: 127.0.0.1:0
              metricsListen: 127.0.0.1:0
              {admin}
            """;
        var outcome = ConfigurationFile.Load(Encoding.UTF8.GetBytes(text), Path.Combine(Folder, "farspan.yaml"));
        Assert.Empty(outcome.Findings);
        return outcome.Model!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
