using System.Globalization;

namespace Farspan.Sip;

/// <summary>One value of the Reason header field: why a request was sent (RFC 3326 §2).</summary>
/// <param name="Protocol">Such as <c>SIP</c> or <c>Q.850</c>.</param>
/// <param name="Cause">Status or cause value in that protocol; null if not given.</param>
/// <param name="Text">For people; null if not given.</param>
public sealed record SipReason(string Protocol, int? Cause = null, string? Text = null)
{
    public override string ToString()
    {
        var cause = Cause is null ? "" : $";cause={Cause}";
        var text = Text is null ? "" : $";text={SipText.Quote(Text)}";
        return $"{Protocol}{cause}{text}";
    }

    internal static SipReason? Read(scoped ref SipScanner scanner)
    {
        scanner.SkipLws();
        var protocol = scanner.TakeToken();
        if (protocol.IsEmpty || !SipParameterReader.TryScan(ref scanner, out var text))
        {
            return null;
        }

        var parameters = SipParameters.FromHeader(text);
        var hasCause = int.TryParse(parameters["cause"], NumberStyles.None, null, out var cause);
        return new SipReason(SipText.Decode(protocol), hasCause ? cause : null, parameters.GetText("text"));
    }
}
