using System.Security.Cryptography;
using Farspan.Audio;
using Farspan.Media;
using Farspan.Media.Tests;
using Farspan.Native;

namespace Farspan.Runtime.Tests;

/// <summary>The bridge with OpenSSL and libopus over a network in virtual time that loses packets.</summary>
public sealed class RealCodecTests : IDisposable
{
    private readonly OpenSslDtlsSessionFactory _ourDtls = new();
    private readonly OpenSslDtlsSessionFactory _theirDtls = new();

    public void Dispose()
    {
        _ourDtls.Dispose();
        _theirDtls.Dispose();
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu, 0)]
    [InlineData(AudioCodec.Pcmu, 0.05)]
    [InlineData(AudioCodec.G722, 0.05)]
    public void Tones_SurviveTranscodingAndLoss(AudioCodec codec, double loss)
    {
        var call = new BridgedCall(null, Resources(_ourDtls), Resources(_theirDtls), codec).Begin(codec);
        call.Network.Loss = loss;
        call.Network.MaxJitter = loss == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(20);
        call.Network.Impairs = to => to != call.Phone.Address;
        call.Run(10);

        Assert.True(call.FarEnd.Tones.Heard.Count(code => code == 42) >= 5, "The meeting hears too little.");
        Assert.True(call.Phone.Tones.Heard.Count(code => code == 7) >= 5, "The phone hears too little.");
        Assert.DoesNotContain(call.FarEnd.Tones.Heard, code => code != 42);
        Assert.DoesNotContain(call.Phone.Tones.Heard, code => code != 7);
        call.Bridge.Dispose();
    }

    private static MediaResources Resources(IDtlsSessionFactory dtls) => new()
    {
        Dtls = dtls,
        Codecs = new OpusCodecFactory(),
        Keys = RandomNumberGenerator.Fill,
        Sha1 = OpenSslSha1.TryCreate(),
    };
}
