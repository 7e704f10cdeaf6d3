using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Who belongs to the cluster, by what the nodes say of themselves. It lists nodes for those who look for
/// one; it is no failure detector.
/// </summary>
/// <remarks>
/// Presence is judged by our own clock between two registrations, never by the timestamps in them: clocks may
/// differ. Sans-IO and not thread-safe.
/// </remarks>
public sealed class Membership(MembershipTimings timings)
{
    private readonly SortedDictionary<string, Member> _members = new(StringComparer.Ordinal);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<Member> Members => _members.Values;

    /// <summary>When to call <see cref="Expire"/>; null while nobody is known.</summary>
    public Instant? Deadline
    {
        get
        {
            Instant? next = null;
            foreach (var member in _members.Values)
            {
                next = Instant.Earlier(next, DeadlineOf(member));
            }

            return next;
        }
    }

    public Member? Find(string node) => _members.GetValueOrDefault(node);

    /// <summary>Takes a registration that came just now.</summary>
    /// <returns>False if it says nothing later than what is known.</returns>
    public bool Hear(NodeRegistration registration, Instant now, Outbox<MembershipEffect> outbox)
    {
        var known = _members.GetValueOrDefault(registration.Node);
        if (known is not null && !registration.Supersedes(known.Registration))
        {
            return false;
        }

        _members[registration.Node] = new Member(registration, now, IsPresent: true);
        if (known is null || !known.IsPresent || known.Registration.Boot != registration.Boot)
        {
            outbox.Add(new MembershipEffect.Joined(registration));
        }
        else if (!SayTheSame(known.Registration, registration))
        {
            outbox.Add(new MembershipEffect.Changed(registration));
        }

        return true;
    }

    /// <summary>Takes a registration from the disk: how old it is, only its timestamp says.</summary>
    /// <param name="registration">As it was stored.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="now">The same moment on the clock of the deadlines.</param>
    /// <param name="outbox">Hears of nodes that seem to be here.</param>
    public void Restore(
        NodeRegistration registration, DateTimeOffset wall, Instant now, Outbox<MembershipEffect> outbox)
    {
        var age = -registration.SeenAt.AheadOf(wall);
        if (age >= timings.ForgottenAfter
            || (Find(registration.Node) is { } known && !registration.Supersedes(known.Registration)))
        {
            return;
        }

        var heardAt = now - (age > TimeSpan.Zero ? age : TimeSpan.Zero);
        var isPresent = age < timings.AbsentAfter;
        _members[registration.Node] = new Member(registration, heardAt, isPresent);
        if (isPresent)
        {
            outbox.Add(new MembershipEffect.Joined(registration));
        }
    }

    /// <summary>Looks who has been silent for too long.</summary>
    public void Expire(Instant now, Outbox<MembershipEffect> outbox)
    {
        foreach (var member in _members.Values.Where(m => DeadlineOf(m) <= now).ToArray())
        {
            var registration = member.Registration;
            if (member.IsPresent)
            {
                _members[registration.Node] = member with { IsPresent = false };
                outbox.Add(new MembershipEffect.Absent(registration));
            }
            else
            {
                _members.Remove(registration.Node);
                outbox.Add(new MembershipEffect.Forgotten(registration.Node));
            }
        }
    }

    private Instant DeadlineOf(Member member) =>
        member.HeardAt + (member.IsPresent ? timings.AbsentAfter : timings.ForgottenAfter);

    private static bool SayTheSame(NodeRegistration left, NodeRegistration right) =>
        left.Region == right.Region
        && left.Version == right.Version
        && left.Drain == right.Drain
        && left.Calls == right.Calls
        && left.CallsMax == right.CallsMax
        && left.Roles.SequenceEqual(right.Roles)
        && left.Addresses.SequenceEqual(right.Addresses);
}
