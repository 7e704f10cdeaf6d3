using Farspan.Amazon;
using Farspan.Kernel;

namespace Farspan.Amazon.Tests;

public sealed class SigV4Tests
{
    private static readonly DateTimeOffset Moment = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    private static readonly AwsCredentials Credentials =
        new("AKIDEXAMPLE", new Redacted<string>("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));

    /// <summary>AWS's published Signature Version 4 test suite; the names are the suite's own.</summary>
    [Theory]
    [InlineData("get-vanilla", "GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData(
        "get-vanilla-query-order-key-case",
        "GET",
        "Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData(
        "post-vanilla", "POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void TestSuite(string name, string method, string query, string signature)
    {
        var message = new SigV4Message
        {
            Method = method,
            Path = "/",
            Query = query,
            Headers = [new("Host", "example.amazonaws.com"), new("X-Amz-Date", "20150830T123600Z")],
        };

        var authorization = SigV4Signer.Authorization(
            message, ["host", "x-amz-date"], SigV4Scope.At(Moment, "us-east-1", "service"), Credentials);

        Assert.True(
            authorization
            == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + $"SignedHeaders=host;x-amz-date, Signature={signature}",
            $"{name}: {authorization}");
    }

    [Fact] // The worked example of the AWS General Reference: IAM ListUsers.
    public void ListUsers()
    {
        var message = new SigV4Message
        {
            Method = "GET",
            Path = "/",
            Query = "Action=ListUsers&Version=2010-05-08",
            Headers =
            [
                new("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
                new("host", "iam.amazonaws.com"),
                new("x-amz-date", "20150830T123600Z"),
            ],
        };

        Assert.EndsWith(
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            SigV4Signer.Authorization(
                message,
                ["content-type", "host", "x-amz-date"],
                SigV4Scope.At(Moment, "us-east-1", "iam"),
                Credentials),
            StringComparison.Ordinal);
    }

    [Fact] // "post-x-www-form-urlencoded" of the suite.
    public void TestSuite_Body() =>
        Assert.EndsWith(
            "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            SigV4Signer.Authorization(
                new SigV4Message
                {
                    Method = "POST",
                    Path = "/",
                    Headers =
                    [
                        new("Content-Type", "application/x-www-form-urlencoded"),
                        new("Host", "example.amazonaws.com"),
                        new("X-Amz-Date", "20150830T123600Z"),
                    ],
                    Body = "Param1=value1"u8.ToArray(),
                },
                ["content-type", "host", "x-amz-date"],
                SigV4Scope.At(Moment, "us-east-1", "service"),
                Credentials),
            StringComparison.Ordinal);

    [Fact]
    public void WhatTheSignerSigns_TheVerifierAccepts() => Assert.Equal(SigV4Verdict.Valid, Verify(Sign()));

    [Fact]
    public void APathWithEscapes_IsEncodedOnceMore_OnBothSides() =>
        Assert.Equal(
            SigV4Verdict.Valid, Verify(Sign("https://connect.example/contact/a%20b/arn:x?q=1%2F2&a")));

    [Fact]
    public void EveryChange_IsNoticed()
    {
        var message = Sign();

        Assert.Equal(SigV4Verdict.WrongSignature, Verify(message with { Body = "{ }"u8.ToArray() }));
        Assert.Equal(SigV4Verdict.WrongSignature, Verify(message with { Path = "/contact/stop" }));
        Assert.Equal(SigV4Verdict.WrongSignature, Verify(message with { Method = "POST" }));
        Assert.Equal(SigV4Verdict.WrongSignature, Verify(message with { Query = "a=b" }));
        Assert.Equal(SigV4Verdict.WrongSignature, Verify(With(message, "host", "other.example")));
        Assert.Equal(SigV4Verdict.WrongToken, Verify(With(message, "x-amz-security-token", "other")));
        Assert.Equal(SigV4Verdict.WrongScope, Verify(With(message, "x-amz-date", "20150831T000000Z")));
        Assert.Equal(SigV4Verdict.Malformed, Verify(With(message, "x-amz-date", "yesterday")));
        Assert.Equal(
            SigV4Verdict.Malformed, Verify(With(message, "authorization", "AWS4-HMAC-SHA256 nonsense")));
        Assert.Equal(SigV4Verdict.Malformed, Verify(With(message, "authorization", "Bearer x")));
        Assert.Equal(SigV4Verdict.Missing, Verify(message with { Headers = [] }));
    }

    [Fact]
    public void TheVerifier_KnowsItsScope_ItsKeysAndItsClock()
    {
        var message = Sign();

        Assert.Equal(
            SigV4Verdict.WrongScope, new SigV4Verifier("eu-west-2", "connect", Find).Verify(message, Moment));
        Assert.Equal(
            SigV4Verdict.WrongScope, new SigV4Verifier("us-east-1", "sts", Find).Verify(message, Moment));
        Assert.Equal(
            SigV4Verdict.UnknownAccessKey,
            new SigV4Verifier("us-east-1", "connect", _ => null).Verify(message, Moment));
        Assert.Equal(SigV4Verdict.Valid, Verify(message, Moment + SigV4Verifier.MaxSkew));
        Assert.Equal(
            SigV4Verdict.Expired, Verify(message, Moment + SigV4Verifier.MaxSkew + TimeSpan.FromTicks(1)));
        Assert.Equal(
            SigV4Verdict.Expired, Verify(message, Moment - SigV4Verifier.MaxSkew - TimeSpan.FromTicks(1)));
    }

    private static AwsCredentials? Find(string accessKeyId) =>
        accessKeyId == "AKIDEXAMPLE"
            ? Credentials with { SessionToken = new Redacted<string>("token") }
            : null;

    private static SigV4Verdict Verify(SigV4Message message, DateTimeOffset? now = null) =>
        new SigV4Verifier("us-east-1", "connect", Find).Verify(message, now ?? Moment);

    private static SigV4Message Sign(string url = "https://connect.example/contact/webrtc")
    {
        var body = "{}"u8.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Put, url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        SigV4Signer.Sign(request, body, Find("AKIDEXAMPLE")!, "us-east-1", "connect", Moment);
        return new SigV4Message
        {
            Method = "PUT",
            Path = request.RequestUri!.AbsolutePath,
            Query = request.RequestUri.Query.TrimStart('?'),
            Headers =
            [
                .. request.Headers.Concat(request.Content.Headers)
                    .Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value))),
            ],
            Body = body,
        };
    }

    private static SigV4Message With(SigV4Message message, string name, string value) => message with
    {
        Headers =
        [
            .. message.Headers.Where(header => !header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)),
            new(name, value),
        ],
    };
}
