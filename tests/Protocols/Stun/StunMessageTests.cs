using CsCheck;
using Farspan.Kernel;

namespace Farspan.Stun.Tests;

public sealed class StunMessageTests
{
    private static readonly StunTransactionId Id = new(1, 2);

    [Fact]
    public void Any_bytes_give_a_message_or_an_error() =>
        Gen.Byte.Array[0, 200].Sample(bytes => ReadEverything(bytes));

    [Fact]
    public void Any_bytes_behind_a_valid_header_give_a_message_or_an_error() =>
        Gen.Select(Gen.UShort, Gen.Byte.Array[0, 120]).Sample((type, body) =>
        {
            var bytes = new byte[20 + (body.Length & ~3)];
            body.AsSpan(0, body.Length & ~3).CopyTo(bytes.AsSpan(20));
            (bytes[0], bytes[1]) = ((byte)((type >> 8) & 0x3F), (byte)type);
            bytes[3] = (byte)(body.Length & ~3);
            (bytes[4], bytes[5], bytes[6], bytes[7]) = (0x21, 0x12, 0xA4, 0x42);
            ReadEverything(bytes);
        });

    [Fact]
    public void A_mutilated_message_gives_a_message_or_an_error()
    {
        var original = Sample();
        var mutilation = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, original.Length]);
        mutilation.Sample((at, value, length) =>
        {
            var bytes = original.ToArray();
            bytes[at] = value;
            ReadEverything(bytes.AsSpan(0, length));
        });
    }

    [Fact]
    public void Class_and_method_survive_the_scattering_of_their_bits() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 0xFFF]).Sample((@class, method) =>
        {
            var bytes = new byte[20];
            var writer = new StunWriter(bytes, (StunClass)@class, (StunMethod)method, Id);
            Assert.True(writer.TryFinish(out _));
            Assert.True(StunMessageView.TryDecode(bytes, out var message, out _));
            Assert.Equal((@class, method), ((int)message.Class, (int)message.Method));
        });

    [Fact]
    public void Any_attributes_survive()
    {
        var attribute = Gen.Select(Gen.UShort[0x8030, 0xFFFF], Gen.Byte.Array[0, 40]);
        attribute.Array[0, 20].Sample(attributes =>
        {
            var bytes = new byte[2000];
            var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
            foreach (var (type, value) in attributes)
            {
                writer.WriteBytes((StunAttribute)type, value);
            }

            Assert.True(writer.TryFinish(out var length));
            Assert.True(StunMessageView.TryDecode(bytes.AsSpan(0, length), out var message, out _));
            var index = 0;
            foreach (var read in message)
            {
                Assert.Equal(attributes[index].Item1, (ushort)read.Type);
                Assert.Equal(attributes[index].Item2, read.Value.ToArray());
                index++;
            }

            Assert.Equal(attributes.Length, index);
        });
    }

    [Fact]
    public void Any_room_too_small_is_noticed_and_never_overrun()
    {
        var needed = Sample().Length;
        for (var room = 0; room < needed; room++)
        {
            var writer = new StunWriter(new byte[room], StunClass.Request, StunMethod.Binding, Id);
            Fill(ref writer);
            Assert.False(writer.TryFinish(out _), $"{room} bytes");
        }
    }

    [Fact] // RFC 8489 §14.5: attributes after MESSAGE-INTEGRITY are ignored.
    public void An_attribute_behind_the_integrity_is_invisible()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        writer.WriteText(StunAttribute.Username, "a:b");
        writer.WriteIntegrity("key"u8);
        writer.WriteFlag(StunAttribute.UseCandidate);
        writer.WriteFingerprint();
        Assert.True(writer.TryFinish(out var length));

        Assert.True(StunMessageView.TryDecode(bytes.AsSpan(0, length), out var message, out _));
        Assert.True(message.VerifyIntegrity("key"u8));
        Assert.True(message.VerifyFingerprint());
        Assert.True(message.Has(StunAttribute.Username));
        Assert.False(message.Has(StunAttribute.UseCandidate));
    }

    [Fact] // RFC 8489 §14.7
    public void Nothing_may_follow_the_fingerprint()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        writer.WriteFingerprint();
        writer.WriteFlag(StunAttribute.UseCandidate);
        Assert.True(writer.TryFinish(out var length));

        Assert.False(StunMessageView.TryDecode(bytes.AsSpan(0, length), out _, out var error));
        Assert.Equal(StunDecodeError.TrailingAttribute, error);
    }

    [Fact] // RFC 8489 §6.3.1: only types below 0x8000 demand to be understood.
    public void Unknown_attributes_are_collected_if_they_must_be_understood()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        writer.WriteFlag((StunAttribute)0x7F01);
        writer.WriteFlag((StunAttribute)0xFF01);
        writer.WriteFlag(StunAttribute.UseCandidate);
        writer.WriteFlag((StunAttribute)0x7F02);
        Assert.True(writer.TryFinish(out var length));
        Assert.True(StunMessageView.TryDecode(bytes.AsSpan(0, length), out var message, out _));

        Span<StunAttribute> unknown = stackalloc StunAttribute[4];
        Assert.Equal(2, message.CopyUnknownRequired(unknown));
        Assert.Equal([(StunAttribute)0x7F01, (StunAttribute)0x7F02], unknown[..2].ToArray());
    }

    [Fact]
    public void An_error_code_is_read_back()
    {
        var bytes = new byte[100];
        var writer = new StunWriter(bytes, StunClass.Error, StunMethod.Allocate, Id);
        writer.WriteErrorCode(StunErrorCode.StaleNonce, "Stale Nonce"u8);
        Assert.True(writer.TryFinish(out var length));
        Assert.True(StunMessageView.TryDecode(bytes.AsSpan(0, length), out var message, out _));

        Assert.True(message.TryGetErrorCode(out var code));
        Assert.Equal(StunErrorCode.StaleNonce, code);
    }

    [Fact]
    public void More_attributes_than_the_limit_are_refused()
    {
        var bytes = new byte[1000];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        for (var i = 0; i <= StunLimits.MaxAttributes; i++)
        {
            writer.WriteFlag(StunAttribute.UseCandidate);
        }

        Assert.True(writer.TryFinish(out var length));
        Assert.False(StunMessageView.TryDecode(bytes.AsSpan(0, length), out _, out var error));
        Assert.Equal(StunDecodeError.TooManyAttributes, error);
    }

    [Fact]
    public void Reading_verifying_and_writing_a_check_allocates_nothing()
    {
        var bytes = Sample();
        var room = new byte[bytes.Length];
        Cycle();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Cycle();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle()
        {
            var isValid = StunMessageView.TryDecode(bytes, out var message, out _)
                && message.VerifyFingerprint()
                && message.VerifyIntegrity("secret"u8)
                && message.TryGetAddress(StunAttribute.XorMappedAddress, out _);
            var writer = new StunWriter(room, StunClass.Request, StunMethod.Binding, Id);
            Fill(ref writer);
            if (!isValid || !writer.TryFinish(out _))
            {
                Assert.Fail("the sample is not valid");
            }
        }
    }

    private static byte[] Sample()
    {
        var bytes = new byte[300];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, Id);
        Fill(ref writer);
        Assert.True(writer.TryFinish(out var length));
        return bytes[..length];
    }

    private static void Fill(ref StunWriter writer)
    {
        writer.WriteText(StunAttribute.Username, "abcd:efghi");
        writer.WriteUInt32(StunAttribute.Priority, 7);
        writer.WriteUInt64(StunAttribute.IceControlling, 8);
        writer.WriteAddress(StunAttribute.XorMappedAddress, TransportAddress.FromIPv4(0xC0000201, 9));
        writer.WriteIntegrity("secret"u8);
        writer.WriteFingerprint();
    }

    private static void ReadEverything(ReadOnlySpan<byte> bytes)
    {
        if (!StunMessageView.TryDecode(bytes, out var message, out var error))
        {
            Assert.NotEqual(StunDecodeError.None, error);
            return;
        }

        Span<StunAttribute> unknown = stackalloc StunAttribute[2];
        message.CopyUnknownRequired(unknown);
        message.TryGetErrorCode(out _);
        message.VerifyFingerprint();
        message.VerifyIntegrity("k"u8);
        message.VerifyIntegritySha256("k"u8);
        foreach (var attribute in message)
        {
            message.TryDecodeAddress(attribute, out _);
            message.TryGetText(attribute.Type, out _);
            message.TryGetUInt16(attribute.Type, out _);
            message.TryGetUInt32(attribute.Type, out _);
            message.TryGetUInt64(attribute.Type, out _);
        }
    }
}
