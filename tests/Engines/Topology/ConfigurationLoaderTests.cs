using System.Net;
using Farspan.Audio;
using Farspan.Sip;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void AFileWithOneInstance_TakesCallsFromPrivateAddresses_AndSendsThemThere()
    {
        var model = Written.LoadModel($$"""{ "connect": { "instances": [{{Written.Instance}}] } }""");

        Assert.Equal(
            ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"], model.Sip.Listen.Select(point => point.ToString()));
        var trunk = Assert.Single(model.Sip.Trunks);
        Assert.Contains(trunk.Sources, network => network.Contains(IPAddress.Parse("192.168.3.4")));
        Assert.DoesNotContain(trunk.Sources, network => network.Contains(IPAddress.Parse("203.0.113.1")));
        Assert.Equal(("main", "f-1"), (model.DefaultRoute?.Instance, model.DefaultRoute?.ContactFlowId));
        Assert.Equal(new PortRange(20_000, 29_999), model.Media.Ports);
        Assert.Equal((2.0, 10), (model.Connect.Instances[0].Quota.StartsPerSecond,
            model.Connect.Instances[0].Quota.ConcurrentContactsMax));
        Assert.IsType<CredentialsModel.DefaultChain>(model.Connect.Instances[0].Credentials);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:8443"), model.Admin.Listen);
    }

    [Fact]
    public void AnEmptyFile_IsToldThatAnInstanceIsMissing()
    {
        var outcome = ConfigurationLoader.Load(null, "farspan.yaml");

        var finding = Assert.Single(outcome.Findings);
        Assert.Null(outcome.Model);
        Assert.Equal(FindingRules.KeyMissing, finding.Rule);
        Assert.Equal("connect", finding.Path);
    }

    [Fact]
    public void WithRoutesButNoDefaultRoute_CallsThatNoneTakes_HaveNoTarget()
    {
        var model = Written.LoadModel(Written.With("""  "routes": [{ "match": { "called": "+1800*" } }]"""));

        Assert.Null(model.DefaultRoute);
        var route = Assert.Single(model.Routes);
        Assert.Equal(("route-1", "+1800*", "main", "f-1"),
            (route.Name, route.Called, route.Target.Instance, route.Target.ContactFlowId));
    }

    [Fact]
    public void RelativePaths_StartAtTheFolderOfTheFile()
    {
        var model = Written.LoadModel(Written.With(
            """
            "sip": { "tls": { "certificate": "sip.crt", "key": "/keys/sip.key" } },
            "admin": { "password": "file:pw" }
            """));

        Assert.Equal(
            new CertificateFilesModel("/etc/farspan/sip.crt", "/keys/sip.key"), model.Sip.Tls?.Certificate);
        Assert.Equal(new SecretReference.InFile("/etc/farspan/pw"), model.Admin.Password);
        Assert.Equal("/etc/farspan/data/contacts.journal", model.JournalPath);
        Assert.Equal("/etc/farspan/data", model.Node.DataDirectory);
    }

    [Fact]
    public void WhatIsWritten_IsInTheModel()
    {
        var model = Written.LoadModel(Written.With(
            """
            "sip": { "trunks": [{
                "name": "acme", "sources": ["203.0.113.0/24", "192.0.2.1", "2001:db8::/32"],
                "transports": ["tls"],
                "srtp": "require", "codecs": ["opus", "pcma"], "channelsMax": 30, "callsPerSecondMax": 0.5,
                "sessionTimer": { "interval": "10m", "min": "120s" }, "dtmf": ["info"],
                "endsOnSilence": true }] },
            "media": {
                "packetTime": "30ms", "jitterBuffer": { "min": "40ms" }, "opus": { "bitrate": 20000 } },
            "attributes": { "calling": "none", "called": "number",
                "headers": ["X-A.b", { "header": "X-C", "key": "c" }] },
            "journal": "j.log"
            """));

        var trunk = Assert.Single(model.Sip.Trunks);
        Assert.Equal(
            ["203.0.113.0/24", "192.0.2.1/32", "2001:db8::/32"], trunk.Sources.Select(n => n.ToString()));
        Assert.Equal([SipTransport.Tls], trunk.Transports.ToArray());
        Assert.Equal([AudioCodec.Opus, AudioCodec.Pcma], trunk.Codecs.ToArray());
        Assert.Equal((30, 0.5, true), (trunk.ChannelsMax, trunk.CallsPerSecondMax, trunk.EndsOnSilence));
        Assert.Equal(
            new SessionTimerModel(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2)), trunk.SessionTimer);
        Assert.Equal([DtmfSource.SipInfo], trunk.Dtmf.ToArray());
        Assert.Equal(TimeSpan.FromMilliseconds(30), model.Media.PacketTime);
        Assert.Equal(
            new JitterBufferModel(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(200)),
            model.Media.JitterBuffer);
        Assert.Equal(20_000, model.Media.Opus.BitrateBitsPerSecond);
        Assert.Equal((null, "number", "trunk"),
            (model.Attributes.Calling, model.Attributes.Called, model.Attributes.Trunk));
        Assert.Equal(
            [new HeaderAttributeModel("X-A.b", "X-A_b", 1_024), new HeaderAttributeModel("X-C", "c", 1_024)],
            model.Attributes.Headers.ToArray());
        Assert.Equal("/etc/farspan/j.log", model.JournalPath);
    }

    [Theory]
    [InlineData("\"default\"", typeof(CredentialsModel.DefaultChain))]
    [InlineData("\"environment\"", typeof(CredentialsModel.EnvironmentVariables))]
    [InlineData("\"container\"", typeof(CredentialsModel.Container))]
    [InlineData("\"imds\"", typeof(CredentialsModel.InstanceMetadata))]
    [InlineData("\"webIdentity\"", typeof(CredentialsModel.WebIdentity))]
    [InlineData("""{ "kind": "profile", "profile": "farspan" }""", typeof(CredentialsModel.Profile))]
    [InlineData(
        """{ "kind": "assumeRole", "roleArn": "arn:aws:iam::1:role/r" }""",
        typeof(CredentialsModel.AssumeRole))]
    [InlineData(
        """{ "kind": "static", "accessKeyId": "AKIA1", "secretAccessKey": "env:S" }""",
        typeof(CredentialsModel.Static))]
    public void EveryKindOfCredentials_HasItsModel(string credentials, Type expected)
    {
        var instance = Written.Instance.Replace("}", $""", "credentials": {credentials} """ + "}");

        var model = Written.LoadModel($$"""{ "connect": { "instances": [{{instance}}] } }""");

        Assert.IsType(expected, model.Connect.Instances[0].Credentials);
    }

    [Fact]
    public void AnArn_IsShortenedToTheId()
    {
        const string Arn = "arn:aws:connect:us-west-2:123456789012:instance/abc-1";
        var model = Written.LoadModel(
            $$"""
            { "connect": { "instances": [{ "name": "a", "region": "us-west-2",
              "instanceId": "{{Arn}}", "contactFlow": "{{Arn}}/contact-flow/def-2" }] } }
            """);

        Assert.Equal(("abc-1", "def-2"),
            (model.Connect.Instances[0].InstanceId, model.Connect.Instances[0].ContactFlowId));
    }

    [Fact]
    public void TheParticipantEndpoint_IsTheEndpoint_UnlessItIsWritten()
    {
        var instance = Written.Instance.Replace("}", """, "endpoint": "http://127.0.0.1:8480" }""");

        var model = Written.LoadModel($$"""{ "connect": { "instances": [{{instance}}] } }""");

        Assert.Equal(new Uri("http://127.0.0.1:8480"), model.Connect.Instances[0].ParticipantEndpoint);
    }

    [Fact]
    public void Warnings_DoNotPreventTheModel()
    {
        var outcome = Written.Load(Written.With(""" "logging": { "level": null } """));

        Assert.Equal([FindingRules.NoValue], outcome.Findings.Select(finding => finding.Rule));
        Assert.Equal(LogSeverity.Information, outcome.Model?.Logging.Level);
    }

    [Fact]
    public void Findings_EndAtTheirLimit_AndSayThatThereAreMore()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"\"unknown{i}\": 1"));

        var outcome = Written.Load(Written.With(keys));

        Assert.Equal(TopologyLimits.FindingsMax + 1, outcome.Findings.Length);
        Assert.Equal(FindingRules.TooMany, outcome.Findings[^1].Rule);
    }

    [Fact]
    public void Secrets_AreNeitherInFindings_NorInThePrintedModel()
    {
        var wrong = Written.Load(Written.With(""" "admin": { "password": "hunter2" } """));
        var right = Written.LoadModel(Written.With(""" "admin": { "password": "literal:hunter2" } """));

        Assert.DoesNotContain("hunter2", string.Join("\n", wrong.Findings));
        Assert.Equal([FindingRules.BadValue], wrong.Findings.Select(finding => finding.Rule));
        Assert.DoesNotContain("hunter2", right.ToString() + right.Admin.Password);
    }
}
