using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>What an edge's INVITE says beside the carrier's words (decision 0015).</summary>
/// <param name="CallId">Our id of the call, one for both of its halves.</param>
/// <param name="Trunk">The carrier's trunk at the edge; empty if not said.</param>
/// <param name="Caller">The epoch of the caller's half.</param>
/// <param name="Contact">The epoch that the contact's half is to have; null: the first.</param>
public sealed record EdgeInvite(string CallId, string Trunk, Epoch Caller, Epoch? Contact)
{
    /// <summary>A contact that exists; null: a new one is wanted.</summary>
    public SealedToken? Resume { get; init; }

    /// <summary>What another edge would need for an adoption; null if it did not come yet.</summary>
    public SealedToken? CallerToken { get; init; }

    /// <summary>
    /// Whether a new contact is wanted though there is a token: the old one cannot be joined any more, and is to be
    /// stopped.
    /// </summary>
    public bool IsReplacement { get; init; }

    /// <param name="request">An INVITE of an edge's trunk.</param>
    /// <param name="invite">What it says.</param>
    /// <param name="fault">What is wrong with it: 400.</param>
    public static bool TryRead(
        SipRequest request, [NotNullWhen(true)] out EdgeInvite? invite, out string fault)
    {
        invite = null;
        if (!request.TryGetHeader(ClusterHeaders.Call, out var callId) || !IsCallId(callId))
        {
            fault = $"{ClusterHeaders.Call} is missing or unusable";
            return false;
        }

        if (!request.TryGetHeader(ClusterHeaders.Epoch, out var text)
            || !CallEpochs.TryParse(text, out var epochs) || epochs.Caller is not { } caller)
        {
            fault = $"{ClusterHeaders.Epoch} is missing or unusable";
            return false;
        }

        if (!TryReadToken(request, ClusterHeaders.ResumeType, out var resume, out fault)
            || !TryReadToken(request, ClusterHeaders.CallerType, out var token, out fault))
        {
            return false;
        }

        request.TryGetHeader(ClusterHeaders.Trunk, out var trunk);
        invite = new EdgeInvite(callId, trunk ?? "", caller, epochs.Contact)
        {
            Resume = resume,
            CallerToken = token,
            IsReplacement = request.TryGetHeader(ClusterHeaders.History, out _),
        };
        return true;
    }

    /// <summary>The epoch at which we take the contact's half: the one that was given to us, or the next.</summary>
    public Epoch EpochFor(string node) => Contact switch
    {
        null => Epoch.First(node),
        { } given when given.Node == node => given,
        { } last => last.Next(node),
    };

    // It becomes a part of ClientTokens, file names and log lines.
    private static bool IsCallId(string text) =>
        text.Length is > 0 and <= TokenLimits.CallIdCharactersMax
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool TryReadToken(SipRequest request, string type, out SealedToken? token, out string fault)
    {
        (token, fault) = (null, "");
        if (!SipMultipart.TryFind(request, type, out var part)
            || SealedToken.TryDecode(part.Content.Span, out token, out var error))
        {
            return true;
        }

        fault = $"{type}: {error}";
        return false;
    }
}
