using CsCheck;
using Farspan.Kernel;

namespace Farspan.Ice.Tests;

public sealed class IceCandidateTests
{
    [Theory] // RFC 8839 §5.1, and what browsers and media servers send
    [InlineData("candidate:842163049 1 udp 1677729535 203.0.113.1 45664 typ srflx raddr 192.0.2.3 rport 54321"
        + " generation 0 ufrag abcd network-cost 50",
        IceCandidateKind.ServerReflexive, "203.0.113.1:45664", 1677729535u, "192.0.2.3:54321")]
    [InlineData("candidate:1 1 UDP 2130706431 10.0.1.1 8998 typ host",
        IceCandidateKind.Host, "10.0.1.1:8998", 2130706431u, "none")]
    [InlineData("2 1 UDP 1694498815 2001:db8::7 45664 typ relay raddr 10.0.1.1 rport 8998",
        IceCandidateKind.Relayed, "[2001:db8::7]:45664", 1694498815u, "10.0.1.1:8998")]
    public void A_candidate_line_is_read(
        string line, IceCandidateKind kind, string address, uint priority, string related)
    {
        Assert.True(IceCandidate.TryParse(line, out var candidate, out _));
        Assert.Equal(
            (kind, address, priority), (candidate.Kind, candidate.Address.ToString(), candidate.Priority));
        Assert.Equal(related, candidate.Related.ToString());
        Assert.True(IceCandidate.TryParse(candidate.ToString(), out var again, out _));
        Assert.Equal(candidate, again);
    }

    [Theory]
    [InlineData("candidate:1 1 udp 1 4e7f8fd2-2f2c.local 50000 typ host", IceCandidateError.HostName)]
    [InlineData("candidate:1 1 tcp 1 10.0.1.1 9 typ host tcptype active", IceCandidateError.OtherTransport)]
    [InlineData("candidate:1 2 udp 1 10.0.1.1 9 typ host", IceCandidateError.OtherComponent)]
    [InlineData("candidate:1 1 udp 1 10.0.1.1 9 typ other", IceCandidateError.OtherKind)]
    [InlineData("candidate:1 1 udp -1 10.0.1.1 9 typ host", IceCandidateError.Malformed)]
    [InlineData("candidate:1 1 udp 1 10.0.1.1 70000 typ host", IceCandidateError.Malformed)]
    [InlineData("candidate:1 1 udp 1 10.0.1.1 9", IceCandidateError.Malformed)]
    [InlineData("", IceCandidateError.Malformed)]
    public void A_line_that_gives_no_candidate_says_why(string line, IceCandidateError expected)
    {
        Assert.False(IceCandidate.TryParse(line, out var candidate, out var error));
        Assert.Null(candidate);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Any_text_gives_a_candidate_or_an_error()
    {
        string[] words = ["candidate:1", "1", "udp", "10.0.0.1", "9", "typ", "host", "raddr", "rport", ""];
        Gen.Int[0, words.Length - 1].Select(index => words[index]).Array[0, 14].Sample(line =>
            IceCandidate.TryParse(string.Join(' ', line), out var candidate, out var error)
                == (error == IceCandidateError.None && candidate is not null));
        Gen.String.Sample(line =>
            IceCandidate.TryParse(line, out var candidate, out var error)
                == (error == IceCandidateError.None && candidate is not null));
    }

    [Fact] // RFC 8445 §5.1.2.2: the recommended values
    public void Priorities_follow_the_formulas()
    {
        Assert.Equal(2130706431u, IcePriority.OfCandidate(IceCandidateKind.Host, ushort.MaxValue));
        Assert.Equal(1694498815u, IcePriority.OfCandidate(IceCandidateKind.ServerReflexive, ushort.MaxValue));
        Assert.Equal(16777215u, IcePriority.OfCandidate(IceCandidateKind.Relayed, ushort.MaxValue));
        Assert.Equal((1UL << 32) + 4 + 1, IcePriority.OfPair(2, 1));
        Assert.Equal((1UL << 32) + 4, IcePriority.OfPair(1, 2));
    }

    [Fact] // RFC 8445 §5.1.1.3
    public void Foundations_are_equal_for_one_kind_and_base_address()
    {
        var first = IceLocalCandidate.Host(1, IceWorld.Address("192.0.2.1:5000"));
        var second = IceLocalCandidate.Host(2, IceWorld.Address("192.0.2.1:5001"));
        var other = IceLocalCandidate.Host(3, IceWorld.Address("192.0.2.9:5000"));
        var reflexive = IceLocalCandidate.ServerReflexive(
            1, IceWorld.Address("198.51.100.1:1"), IceWorld.Address("192.0.2.1:5000"));

        Assert.Equal(first.Candidate.Foundation, second.Candidate.Foundation);
        Assert.NotEqual(first.Candidate.Foundation, other.Candidate.Foundation);
        Assert.NotEqual(first.Candidate.Foundation, reflexive.Candidate.Foundation);
    }

    [Theory] // RFC 8839 §5.4
    [InlineData("abc", "0123456789012345678901", false)]
    [InlineData("abcd", "012345678901234567890", false)]
    [InlineData("ab:d", "0123456789012345678901", false)]
    [InlineData("abcd", "0123456789012345678901", true)]
    [InlineData("a+/9", "0123456789012345678901", true)]
    public void Credentials_have_their_lengths_and_characters(string fragment, string password, bool isValid)
    {
        Assert.Equal(isValid, IceCredentials.TryCreate(fragment, password, out var credentials));
        Assert.Equal(isValid, credentials is not null);
        Assert.DoesNotContain(password, $"{credentials} {credentials?.Password}", StringComparison.Ordinal);
    }
}
