using Farspan.Sip;

namespace Farspan.Rfc4475.Tests;

/// <summary>
/// No torture message is left out, and the zero-allocation path judges all as the parser does.
/// </summary>
public class CompletenessTests
{
    private static readonly string[] _refused =
    [
        "badaspec", "baddn", "badinv01", "badvers", "bigcode", "clerr", "escruri", "insuf", "ltgtruri",
        "lwsruri", "lwsstart", "mcl01", "mismatch01", "mismatch02", "multi01", "ncl", "quotbal", "regbadct",
        "scalar02", "scalarlg", "trws",
    ];

    [TortureFact]
    public void AllFortyNineMessages_HaveTheVerdictOfTheRfc()
    {
        Assert.Equal(49, TortureMessages.Names.Count());

        var refused = TortureMessages.Names
            .Where(name =>
                !SipParser.TryParse(TortureMessages.Load(name), SipFraming.Datagram, out _, out _));

        Assert.Equal(_refused, refused);
    }

    [TortureFact]
    public void HeaderIndex_AgreesWithTheParserOnEveryMessage()
    {
        var index = new SipHeaderIndex();
        foreach (var name in TortureMessages.Names)
        {
            var bytes = TortureMessages.Load(name);
            var isParsed = SipParser.TryParse(bytes, SipFraming.Datagram, out var message, out var expected);

            Assert.Equal(isParsed, index.TryParse(bytes, SipFraming.Datagram, out var view, out var error));
            Assert.Equal(expected with { Rejection = null }, error);
            Assert.True(message is null || message.View.CallId.SequenceEqual(view.CallId));
        }
    }

    [TortureFact]
    public void EveryProperty_OfEveryAcceptedMessageReadsWithoutAnException()
    {
        foreach (var name in TortureMessages.Names.Except(_refused))
        {
            SipParser.TryParse(TortureMessages.Load(name), SipFraming.Datagram, out var message, out _);
            foreach (var property in message!.GetType().GetProperties())
            {
                if (!property.PropertyType.IsByRefLike)
                {
                    property.GetValue(message);
                }
            }
        }
    }
}
