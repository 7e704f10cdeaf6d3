using CsCheck;
using Farspan.Kernel;

namespace Farspan.Kernel.Tests;

public sealed class DeadlineQueueTests
{
    [Fact]
    public void Owners_LeaveInTheOrderOfTheirDeadlines_WhateverWasMovedOrRemovedBefore() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[-1, 50]).Array[0, 200].Sample(moves =>
        {
            var owners = Enumerable.Range(0, 21).Select(i => new Owner(i)).ToArray();
            var expected = new Dictionary<Owner, long>();
            var queue = new DeadlineQueue<Owner>();
            foreach (var (index, deadline) in moves)
            {
                queue.Set(owners[index], deadline < 0 ? null : new Instant(deadline));
                expected.Remove(owners[index]);
                if (deadline >= 0)
                {
                    expected[owners[index]] = deadline;
                }
            }

            var left = new List<long>();
            while (queue.TryTakeDue(Instant.Never, out var owner))
            {
                left.Add(expected[owner]);
            }

            Assert.Equal(expected.Values.Order(), left);
        });

    [Fact]
    public void EqualDeadlines_LeaveInTheOrderInWhichTheyWereSet()
    {
        var queue = new DeadlineQueue<Owner>();
        var owners = Enumerable.Range(0, 10).Select(i => new Owner(i)).ToArray();
        foreach (var owner in owners)
        {
            queue.Set(owner, Instant.FromMilliseconds(5));
        }

        foreach (var owner in owners)
        {
            Assert.True(queue.TryTakeDue(Instant.FromMilliseconds(5), out var due));
            Assert.Same(owner, due);
        }
    }

    [Fact]
    public void NothingIsDue_BeforeItsDeadline()
    {
        var queue = new DeadlineQueue<Owner>();
        queue.Set(new Owner(1), Instant.FromMilliseconds(10));

        Assert.False(queue.TryTakeDue(Instant.FromMilliseconds(10) - TimeSpan.FromTicks(1), out _));
        Assert.True(queue.TryTakeDue(Instant.FromMilliseconds(10), out _));
        Assert.Null(queue.Next);
    }

    private sealed record Owner(int Id);
}
