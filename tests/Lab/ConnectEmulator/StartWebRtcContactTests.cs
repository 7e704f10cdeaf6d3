namespace Farspan.ConnectEmulator.Tests;

public sealed class StartWebRtcContactTests
{
    private static readonly ConnectEmulatorSettings Generous = new()
    {
        Quotas = new ServiceQuotas { StartWebRtcContact = new(1000, 1000), ConcurrentCalls = 1000 },
    };

    [Fact]
    public void After_a_burst_of_five_two_a_second_are_started()
    {
        var account = new EmulatedAccount();
        Assert.All(
            Enumerable.Range(0, 5), _ => Assert.Null(account.TryStart(EmulatedAccount.Request()).Error));

        var refused = account.TryStart(EmulatedAccount.Request()).Error;
        Assert.Equal((429, "TooManyRequestsException"), (refused?.StatusCode, refused?.Type));

        account.Advance(seconds: 0.499);
        Assert.NotNull(account.TryStart(EmulatedAccount.Request()).Error);
        account.Advance(seconds: 0.001);
        Assert.Null(account.TryStart(EmulatedAccount.Request()).Error);
    }

    [Fact]
    public void Live_contacts_count_against_the_quota_of_their_instance_and_ended_ones_do_not()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Quotas = new ServiceQuotas { ConcurrentCalls = 2 },
        });
        var first = account.Start();
        account.Start();

        Assert.Equal("LimitExceededException", account.TryStart(EmulatedAccount.Request()).Error?.Type);
        Assert.Null(account.TryStart(EmulatedAccount.Request() with { InstanceId = "instance-2" }).Error);

        account.Stop(first.ContactId);
        Assert.Null(account.TryStart(EmulatedAccount.Request()).Error);
    }

    [Fact]
    public void A_repeated_ClientToken_starts_nothing_for_seven_days()
    {
        var account = new EmulatedAccount(Generous);
        var first = account.TryStart(EmulatedAccount.Request("token")).Value;
        account.Advance(TimeSpan.FromDays(7));

        Assert.Equal(first, account.TryStart(EmulatedAccount.Request("token")).Value);

        account.Advance(TimeSpan.FromTicks(1));
        Assert.NotEqual(
            first!.ContactId, account.TryStart(EmulatedAccount.Request("token")).Value!.ContactId);
    }

    [Fact]
    public void A_repeated_ClientToken_may_return_the_contact_id_only()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Contacts = new ContactBehavior { RepeatedClientToken = RepeatedClientToken.ContactIdOnly },
        });
        var first = account.TryStart(EmulatedAccount.Request("token")).Value!;

        Assert.Equal(
            new StartedWebRtcContact(first.ContactId, null, null, null),
            account.TryStart(EmulatedAccount.Request("token")).Value);
    }

    [Fact]
    public void A_repeated_ClientToken_may_return_new_credentials_and_end_the_old_ones()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            Contacts = new ContactBehavior { RepeatedClientToken = RepeatedClientToken.NewCredentials },
        });
        var first = account.TryStart(EmulatedAccount.Request("token")).Value!;
        var second = account.TryStart(EmulatedAccount.Request("token")).Value!;

        Assert.Equal(first.ContactId, second.ContactId);
        Assert.Equal(403, account.Open(first.Join!).RefusalStatus);
        Assert.NotNull(account.Open(second.Join!).Socket);
    }

    [Fact]
    public void The_same_ClientToken_of_another_instance_is_another_token()
    {
        var account = new EmulatedAccount();
        var first = account.TryStart(EmulatedAccount.Request("token")).Value!;
        var other =
            account.TryStart(EmulatedAccount.Request("token") with { InstanceId = "instance-2" }).Value!;

        Assert.NotEqual(first.ContactId, other.ContactId);
    }

    [Theory]
    [InlineData("key with space")]
    [InlineData("ключ")]
    [InlineData("")]
    [InlineData("a.b")]
    public void Attribute_keys_are_letters_digits_hyphens_and_underscores(string key)
    {
        var request =
            EmulatedAccount.Request() with { Attributes = new Dictionary<string, string> { [key] = "v" } };

        Assert.Equal("InvalidParameterException", new EmulatedAccount().TryStart(request).Error?.Type);
    }

    [Theory]
    [InlineData(32_768, true)]
    [InlineData(32_769, false)]
    public void Attributes_take_at_most_32768_bytes_of_utf8(int bytes, bool isAccepted)
    {
        var value = "ü" + new string('x', bytes - 3);
        var request =
            EmulatedAccount.Request() with { Attributes = new Dictionary<string, string> { ["k"] = value } };

        Assert.Equal(isAccepted, new EmulatedAccount().TryStart(request).Error is null);
    }

    [Fact]
    public void An_update_counts_the_attributes_that_are_there_already_but_not_those_it_replaces()
    {
        var account = new EmulatedAccount();
        var request = EmulatedAccount.Request() with
        {
            Attributes = new Dictionary<string, string> { ["a"] = new('x', 30_000) },
        };
        var contact = account.TryStart(request).Value!.ContactId;

        Assert.NotNull(Update(account, contact, "b", new string('x', 3_000)));
        Assert.Null(Update(account, contact, "a", new string('y', 32_000)));
        Assert.Equal(32_000, account.Contact(contact).Attributes["a"].Length);
    }

    [Theory]
    [InlineData(null, "flow", "name")]
    [InlineData("instance", null, "name")]
    [InlineData("instance", "flow", null)]
    [InlineData("instance", "flow", "")]
    public void What_is_required_is_required(string? instance, string? flow, string? name)
    {
        var request = new StartWebRtcContactRequest
        {
            InstanceId = instance,
            ContactFlowId = flow,
            ParticipantDetails = new ParticipantDetails { DisplayName = name },
        };

        Assert.Equal("InvalidParameterException", new EmulatedAccount().TryStart(request).Error?.Type);
    }

    [Fact]
    public void An_unknown_flow_or_instance_is_refused_where_the_settings_say_so()
    {
        var account = new EmulatedAccount(new ConnectEmulatorSettings
        {
            InstanceIds = [EmulatedAccount.Instance],
            Contacts = new ContactBehavior { AcceptsUnknownFlows = false },
        });

        Assert.Equal(404, account.TryStart(EmulatedAccount.Request(flow: "nowhere")).Error?.StatusCode);
        Assert.Equal(
            404, account.TryStart(EmulatedAccount.Request() with { InstanceId = "x" }).Error?.StatusCode);
        Assert.Null(
            account.TryStart(EmulatedAccount.Request(flow: "arn:aws:connect:::contact-flow/menu")).Error);
    }

    private static ApiError? Update(EmulatedAccount account, string contact, string key, string value)
    {
        var request = new UpdateContactAttributesRequest
        {
            InstanceId = EmulatedAccount.Instance,
            InitialContactId = contact,
            Attributes = new Dictionary<string, string> { [key] = value },
        };
        return account.Do((s, now, outbox) => s.Connect.UpdateContactAttributes(request, now, outbox)).Error;
    }
}
