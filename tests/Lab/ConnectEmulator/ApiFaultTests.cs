namespace Farspan.ConnectEmulator.Tests;

public sealed class ApiFaultTests
{
    private readonly EmulatedAccount _account = new();

    [Fact]
    public void A_refusal_carries_its_status_type_and_retry_after_and_performs_nothing()
    {
        var retryAfter = TimeSpan.FromSeconds(3);
        Add(new ApiFault { StatusCode = 503, ErrorType = "X", RetryAfter = retryAfter, Times = 1 });
        var reply = _account.TryStart(EmulatedAccount.Request());

        Assert.Equal(new ApiError(503, "X", "injected") { RetryAfter = retryAfter }, reply.Error);
        Assert.Empty(_account.Service.Contacts);
        Assert.Null(_account.TryStart(EmulatedAccount.Request()).Error);
    }

    [Fact]
    public void A_lost_request_starts_nothing_and_a_lost_answer_starts_a_contact_that_the_token_finds()
    {
        Add(new ApiFault { Effect = ApiFaultEffect.LoseRequest, Times = 1 });
        Assert.True(_account.TryStart(EmulatedAccount.Request("t")).IsLost);
        Assert.Empty(_account.Service.Contacts);

        Add(new ApiFault { Effect = ApiFaultEffect.LoseAnswer, Times = 1 });
        Assert.True(_account.TryStart(EmulatedAccount.Request("t")).IsLost);
        var contact = Assert.Single(_account.Service.Contacts);
        Assert.Equal(contact.ContactId, _account.TryStart(EmulatedAccount.Request("t")).Value!.ContactId);
    }

    [Fact]
    public void A_delay_leaves_the_answer_as_it_is()
    {
        Add(new ApiFault { Effect = ApiFaultEffect.Delay, Delay = TimeSpan.FromSeconds(2) });
        var reply = _account.TryStart(EmulatedAccount.Request());

        Assert.Equal((2.0, false), (reply.Delay.TotalSeconds, reply.IsLost));
        Assert.NotNull(reply.Value);
    }

    [Fact]
    public void A_fault_of_one_operation_spares_the_others_and_skips_as_told()
    {
        Add(new ApiFault { Operation = ConnectOperation.StopContact, Skip = 1, Times = 1 });
        var one = _account.Start().ContactId;
        var two = _account.Start().ContactId;

        Assert.Null(_account.Stop(one).Error);
        Assert.Equal(500, _account.Stop(two).Error?.StatusCode);
        Assert.Null(_account.Stop(two).Error);
    }

    [Fact]
    public void Every_call_is_in_the_log_with_its_result()
    {
        _account.Stop("nothing");
        var logged = _account.Service.EventsAfter(0).Last();

        Assert.Equal("StopContact: ContactNotFoundException", logged.Value);
    }

    private void Add(ApiFault fault) => Assert.True(_account.Service.Faults.TryAdd(fault));
}
