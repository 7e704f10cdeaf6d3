using Farspan.Topology;

namespace Farspan.Configuration.Tests;

public sealed class YamlConfigurationReaderTests
{
    [Theory]
    [InlineData("connector")]
    [InlineData("emulator")]
    public void TheSamples_HaveNoFindings(string sample)
    {
        var outcome = ConfigurationFile.Load(Yaml.InRepository($"samples/{sample}.yaml"));

        Assert.Empty(outcome.Findings);
        Assert.NotNull(outcome.Model);
    }

    [Fact]
    public void TheSampleOfTheEmulator_UsesItsAddressAndKeys()
    {
        var model = ConfigurationFile.Load(Yaml.InRepository("samples/emulator.yaml")).Model;
        var instance = model!.Connect.Instances[0];

        var keys = Assert.IsType<CredentialsModel.Static>(instance.Credentials);
        Assert.Equal("http://127.0.0.1:8480/", instance.Endpoint?.ToString());
        Assert.Equal("AKIAEMULATOREXAMPLE0", keys.AccessKeyId);
        Assert.True(SecretResolver.OfProcess.TryResolve(keys.SecretAccessKey, out var secret, out _));
        Assert.Equal("emulator-secret-access-key-not-for-aws00", secret.Value.Reveal());
    }

    [Fact]
    public void Numbers_StayTheTextThatWasWritten()
    {
        var model = Yaml.LoadModel(Yaml.Connect + "routes: [{match: {called: +1800*, calling: 0049}}]");

        Assert.Equal(("+1800*", "0049"), (model.Routes[0].Called, model.Routes[0].Calling));
    }

    [Fact]
    public void AnchorsAndMergeKeys_SaveRepetition_AndWrittenKeysWin()
    {
        var model = Yaml.LoadModel(
            Yaml.Connect +
            """
            sip:
              trunks:
                - &first
                  name: a
                  sources: &networks [10.0.0.0/8]
                  channelsMax: 5
                  srtp: forbid
                - <<: *first
                  name: b
                  channelsMax: 7
                - { name: c, sources: *networks }
            """);

        Assert.Equal(["a", "b", "c"], model.Sip.Trunks.Select(trunk => trunk.Name));
        Assert.Equal([5, 7, null], model.Sip.Trunks.Select(trunk => trunk.ChannelsMax));
        Assert.Equal(model.Sip.Trunks[0].Srtp, model.Sip.Trunks[1].Srtp);
        Assert.All(
            model.Sip.Trunks, trunk => Assert.Equal("10.0.0.0/8", Assert.Single(trunk.Sources).ToString()));
    }

    [Fact]
    public void AByteOrderMark_AndWindowsLineEnds_AreNoFault() =>
        Yaml.LoadModel("\uFEFF" + Yaml.Connect.Replace("\n", "\r\n") + "calls:\r\n  max: 5\r\n");

    [Fact]
    public void AQuotedTilde_IsText_AndAPlainOneIsNothing()
    {
        var quoted = YamlConfigurationReader.Read("a: '~'"u8, Yaml.File).Root;
        var plain = YamlConfigurationReader.Read("a: ~"u8, Yaml.File).Root;

        Assert.Equal([false, true], new[] { quoted, plain }.Select(root =>
            ((ConfigurationNode.Scalar)((ConfigurationNode.Mapping)root!).Entries[0].Value).IsNothing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    public void AFileWithoutContent_IsToldWhatIsMissing(string text)
    {
        var finding = Assert.Single(Yaml.Load(text).Findings);

        Assert.Equal(("CFG-007", "connect"), (finding.Id, finding.Path));
    }
}
