using System.Text;
using Farspan.Kernel;

namespace Farspan.Stun.Tests;

/// <summary>RFC 5769 and RFC 8489 Appendix B.1 (with erratum 6268), byte for byte.</summary>
public sealed class StunVectorTests
{
    private const string Request =
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
        + "80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249"
        + "c1b571a280280004e57a3bcf";

    private const string ResponseV4 =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string ResponseV6 =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa"
        + "a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    private const string LongTerm =
        "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c"
        + "662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f72670000080014"
        + "f67024656dd64a3e02b8e0712e85c9a28ca89666";

    private const string LongTermSha256 =
        "000100902112a44278ad3433c6ad72c029da412e001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b2"
        + "05c46e41407f170400150029" + "6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39"
        + "465354767936347341" + "000000" + "0014000b6578616d706c652e6f726700001d000400020000001c0020"
        + "b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";

    private const string MatrixUser = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

    private static readonly byte[] Password = StunCredentialKey.ShortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    [Fact] // RFC 5769 §2.1
    public void Sample_request_is_read_and_verified()
    {
        var message = Decode(Request, out var bytes);

        Assert.Equal((StunClass.Request, StunMethod.Binding), (message.Class, message.Method));
        Assert.Equal("b7e7a701bc34d686fa87dfae", message.TransactionId.ToString());
        Assert.True(message.TryGetText(StunAttribute.Software, out var software));
        Assert.Equal("STUN test client", software);
        Assert.True(message.TryGetUInt32(StunAttribute.Priority, out var priority));
        Assert.Equal(0x6E0001FFu, priority);
        Assert.True(message.TryGetUInt64(StunAttribute.IceControlled, out var tieBreaker));
        Assert.Equal(0x932FF9B151263B36UL, tieBreaker);
        Assert.True(message.TryGet(StunAttribute.Username, out var username));
        Assert.Equal("evtj:h6vY"u8.ToArray(), username.ToArray());
        Assert.True(message.VerifyIntegrity(Password));
        Assert.True(message.VerifyFingerprint());
        Assert.False(message.VerifyIntegrity("another password"u8));
        Assert.Equal(108, bytes.Length);
    }

    [Theory] // RFC 5769 §2.2, §2.3
    [InlineData(ResponseV4, "192.0.2.1:32853")]
    [InlineData(ResponseV6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void Sample_responses_give_the_mapped_address(string hex, string expected)
    {
        var message = Decode(hex, out _);

        Assert.Equal(StunClass.Success, message.Class);
        Assert.True(message.TryGetAddress(StunAttribute.XorMappedAddress, out var mapped));
        Assert.Equal(expected, mapped.ToString());
        Assert.True(message.VerifyIntegrity(Password));
        Assert.True(message.VerifyFingerprint());
    }

    [Fact] // RFC 5769 §2.4
    public void Sample_long_term_request_is_written_byte_for_byte()
    {
        var key = StunCredentialKey.LongTerm(MatrixUser, "example.org", "TheMatrIX");
        var buffer = new byte[200];
        var writer = new StunWriter(buffer, StunClass.Request, StunMethod.Binding, LongTermId);
        writer.WriteText(StunAttribute.Username, MatrixUser);
        writer.WriteText(StunAttribute.Nonce, "f//499k954d6OL34oL9FSTvy64sA");
        writer.WriteText(StunAttribute.Realm, "example.org");
        writer.WriteIntegrity(key);

        Assert.True(writer.TryFinish(out var length));
        Assert.Equal(LongTerm, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        Assert.True(Decode(LongTerm, out _).VerifyIntegrity(key));
    }

    [Fact] // RFC 8489 Appendix B.1, erratum 6268
    public void Sample_SHA256_request_is_written_byte_for_byte()
    {
        var key = StunCredentialKey.LongTermSha256(MatrixUser, "example.org", "TheMatrIX");
        var userhash = System.Security.Cryptography.SHA256.HashData(
            Encoding.UTF8.GetBytes($"{MatrixUser}:example.org"));
        var buffer = new byte[200];
        var writer = new StunWriter(buffer, StunClass.Request, StunMethod.Binding, LongTermId);
        writer.WriteBytes(StunAttribute.Userhash, userhash);
        writer.WriteText(StunAttribute.Nonce, "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA");
        writer.WriteText(StunAttribute.Realm, "example.org");
        writer.WriteUInt32(StunAttribute.PasswordAlgorithm, 0x0002_0000);
        writer.WriteIntegritySha256(key);

        Assert.True(writer.TryFinish(out var length));
        Assert.Equal(LongTermSha256, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        Assert.True(Decode(LongTermSha256, out _).VerifyIntegritySha256(key));
    }

    [Theory]
    [InlineData("192.0.2.1:32853", ResponseV4)]
    [InlineData("[2001:db8:1234:5678:11:2233:4455:6677]:32853", ResponseV6)]
    public void The_XORed_address_is_written_as_in_the_vectors(string address, string vector)
    {
        Assert.True(TransportAddress.TryParse(address, out var mapped));
        var expected = Decode(vector, out _);
        var buffer = new byte[100];
        var writer = new StunWriter(buffer, StunClass.Success, StunMethod.Binding, expected.TransactionId);
        writer.WriteAddress(StunAttribute.XorMappedAddress, mapped);
        Assert.True(writer.TryFinish(out var length));
        Assert.True(StunMessageView.TryDecode(buffer.AsSpan(0, length), out var written, out _));

        Assert.True(expected.TryGet(StunAttribute.XorMappedAddress, out var expectedValue));
        Assert.True(written.TryGet(StunAttribute.XorMappedAddress, out var value));
        Assert.Equal(expectedValue.ToArray(), value.ToArray());
    }

    [Fact]
    public void Every_single_bit_flipped_is_noticed()
    {
        var original = Convert.FromHexString(Request);
        for (var bit = 0; bit < original.Length * 8; bit++)
        {
            var bytes = original.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            var isAccepted = StunMessageView.TryDecode(bytes, out var message, out _)
                && message.VerifyFingerprint()
                && message.VerifyIntegrity(Password);
            Assert.False(isAccepted, $"bit {bit}");
        }
    }

    private static StunTransactionId LongTermId =>
        StunTransactionId.Read(Convert.FromHexString("78ad3433c6ad72c029da412e"));

    private static StunMessageView Decode(string hex, out byte[] bytes)
    {
        bytes = Convert.FromHexString(hex);
        Assert.True(StunMessageView.TryDecode(bytes, out var message, out var error), error.ToString());
        return message;
    }
}
