using System.CommandLine;
using System.CommandLine.Parsing;
using Farspan.Audio;
using Farspan.LabRun;
using Farspan.Sip;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan lab</c>: a carrier, a connector and an emulated Amazon Connect on this machine. Exit codes: 0
/// all is well, 1 a check failed or something did not come up.
/// </summary>
internal static class LabCommand
{
    private static readonly Option<int?> Calls = new("--calls")
    {
        Description = "Place so many calls, judge them and end. Without it, the lab stays up for your phone.",
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Calls a second.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<TimeSpan> Talk = new("--talk")
    {
        Description = "How long each call talks: 500ms, 20s, 2m.",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(20),
        CustomParser = ParseDuration,
    };

    private static readonly Option<SipTransport> Transport = new("--transport")
    {
        Description = "How the carrier signals: udp, tcp or tls.",
    };

    private static readonly Option<AudioCodec> Codec = new("--codec")
    {
        Description = "What the carrier speaks: pcmu, pcma, g722 or opus.",
    };

    private static readonly Option<bool> Srtp = new("--srtp")
    {
        Description = "The carrier encrypts its media, with keys in SDP (RFC 4568).",
    };

    private static readonly Option<LabTurn?> Turn = new("--turn")
    {
        Description = "Media to Connect goes through a TURN server (coturn), which is reached by udp or tcp.",
    };

    private static readonly Option<string> Quota = new("--quota")
    {
        Description = "What the emulated account grants: generous (50/s, 1,000 calls) or aws-default (2/s, 10).",
        DefaultValueFactory = _ => Generous,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print JSON only: the addresses, or the result of the calls.",
    };

    private const string Generous = "generous";
    private const string AwsDefault = "aws-default";

    public static Command Create()
    {
        Quota.AcceptOnlyFromAmong(Generous, AwsDefault);
        Calls.Validators.Add(result => Require(
            result,
            result.GetValueOrDefault<int?>() is null or (> 0 and <= ToneSequence.Codes),
            $"--calls: 1 to {ToneSequence.Codes}"));
        Rate.Validators.Add(result => Require(
            result, result.GetValueOrDefault<double>() is > 0 and <= 1_000, "--rate: more than 0, at most 1000"));
        var command = new Command("lab", "The whole path of a call on this machine: carrier, connector, Connect.")
        {
            Calls, Rate, Talk, Transport, Codec, Srtp, Turn, Quota, Json,
        };
        command.SetAction((parsed, stop) =>
            new LabSession(Read(parsed), parsed.GetValue(Json)).RunAsync(stop));
        return command;
    }

    private static LabOptions Read(ParseResult parsed) => new()
    {
        Calls = parsed.GetValue(Calls),
        CallsPerSecond = parsed.GetValue(Rate),
        TalkTime = parsed.GetValue(Talk),
        Transport = parsed.GetValue(Transport),
        Codec = parsed.GetValue(Codec),
        UsesSrtp = parsed.GetValue(Srtp),
        Turn = parsed.GetValue(Turn),
        Quota = parsed.GetValue(Quota) == AwsDefault ? LabQuota.AwsDefault : LabQuota.Generous,
    };

    private static void Require(OptionResult result, bool isRight, string message)
    {
        if (!isRight)
        {
            result.AddError(message);
        }
    }

    private static TimeSpan ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (LabDuration.TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"--talk: '{text}' is no duration; write such as 500ms, 20s or 2m");
        return default;
    }
}
