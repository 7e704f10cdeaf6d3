using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Routing;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Decides about an INVITE before anything is done for it: whose is it, may it come now, and where does it
/// go. The result is a <see cref="RoutedCall"/> or the outcome that says why not.
/// </summary>
public sealed class CallAdmission(
    TrunkTable trunks,
    DialPlan plan,
    AttributeRules attributes,
    IReadOnlyDictionary<string, string> instanceIds,
    AdmissionSettings settings)
{
    private long _lastMediaId;

    /// <summary>Calls at once on this node.</summary>
    public int CallsMax => settings.CallsMax;

    /// <summary>Where SRTP keys come from.</summary>
    public KeyMaterialSource Keys => settings.Keys;

    public Trunk? FindTrunk(in SipFlow flow) => trunks.Find(flow);

    /// <summary>Admits and routes the call, taking a channel of its trunk; or says why not.</summary>
    public bool TryAdmit(
        SipRequest invite,
        Trunk trunk,
        Availability availability,
        Instant now,
        [NotNullWhen(true)] out RoutedCall? routed,
        out CallOutcome outcome)
    {
        routed = null;
        if (availability.Refusal is { } refusal)
        {
            outcome = refusal;
            return false;
        }

        var attempt = Describe(invite, trunk);
        if (plan.Find(attempt) is not { } route)
        {
            outcome = CallOutcome.NoRoute;
            return false;
        }

        // The limit comes last: calls to nowhere must not use up a carrier's rate, nor a defect its channels.
        var admitted = Route(attempt, trunk, route);
        if (!trunks.TryTake(trunk, now))
        {
            outcome = CallOutcome.TrunkLimit;
            return false;
        }

        outcome = default;
        routed = admitted;
        return true;
    }

    /// <summary>Admits a call that goes on here with the contact of a token.</summary>
    public bool TryAdmitResumed(
        EdgeInvite edge,
        ResumeToken token,
        Trunk trunk,
        Availability availability,
        Instant now,
        [NotNullWhen(true)] out RoutedCall? routed,
        out CallOutcome outcome)
    {
        routed = null;
        outcome = availability.Refusal ?? CallOutcome.TrunkLimit;
        if (availability.Refusal is not null || !trunks.TryTake(trunk, now))
        {
            return false;
        }

        routed = new RoutedCall
        {
            CallId = edge.CallId,
            MediaId = ++_lastMediaId,
            Trunk = trunk.Name,
            Route = token.Route,
            MediaAddress = trunk.MediaAddress,
            DigitSources = trunk.DigitSources,
            EndsOnSilence = false,
            Attributes = attributes,
            Request = new StartContactRequest
            {
                InstanceId = token.InstanceId,
                ContactFlowId = "",
                DisplayName = "",
                ClientToken = token.IntentId,
            },
        };
        return true;
    }

    /// <summary>The call is over.</summary>
    public void Release(RoutedCall routed) => trunks.Release(routed.Trunk);

    private static CallAttempt Describe(SipRequest invite, Trunk trunk)
    {
        var identities = invite.GetAddresses(SipHeader.PAssertedIdentity);
        var caller = identities.Count > 0 ? identities[0] : invite.From;

        // An edge says what the carrier's own message said.
        string Said(string header, string otherwise) =>
            trunk.IsEdge && invite.TryGetHeader(header, out var value) && value.Length > 0 ? value : otherwise;

        return new CallAttempt
        {
            Called = DialedNumber.Normalize(invite.RequestUri.User ?? ""),
            Calling = DialedNumber.Normalize(caller.Uri.User ?? ""),
            Trunk = Said(ClusterHeaders.Trunk, trunk.Name),
            SipCallId = Said(ClusterHeaders.SipCallId, invite.CallId),
            Header = name => invite.TryGetHeader(name, out var value) ? value : null,
        };
    }

    private RoutedCall Route(CallAttempt attempt, Trunk trunk, Route route)
    {
        var callId = settings.Random.NextHex(16);
        var mapped = AttributeMapper.Map(attempt, route.Target, attributes);
        var displayName = AttributeMapper.CleanValue(
            AttributeMapper.Expand(route.Target.DisplayName, attempt), ConnectLimits.MaxDisplayNameLength);
        return new RoutedCall
        {
            CallId = callId,
            MediaId = ++_lastMediaId,
            Trunk = trunk.Name,
            Route = route.Name,
            Calling = new Personal<string>(attempt.Calling),
            Called = new Personal<string>(attempt.Called),
            MediaAddress = trunk.MediaAddress,
            DigitSources = trunk.DigitSources,
            EndsOnSilence = trunk.EndsOnSilence,
            DroppedAttributes = mapped.Dropped,
            Attributes = attributes,
            Request = new StartContactRequest
            {
                InstanceId = instanceIds[route.Target.Instance],
                ContactFlowId = route.Target.ContactFlowId,
                DisplayName = displayName.Length == 0 ? "Caller" : displayName,
                ClientToken = $"farspan-{callId}",
                Attributes = ToAttributes(mapped),
            },
        };
    }

    private static ContactAttributes ToAttributes(MappedAttributes mapped)
    {
        var result = new ContactAttributes();
        foreach (var (key, value) in mapped.Items)
        {
            Invariant.Require(result.TryAdd(key, value));
        }

        return result;
    }
}

/// <summary>What admission needs besides the tables.</summary>
public sealed record AdmissionSettings
{
    public required RandomSource Random { get; init; }

    public required KeyMaterialSource Keys { get; init; }

    /// <summary>Calls at once on this node.</summary>
    public int CallsMax { get; init; } = 2_000;
}
