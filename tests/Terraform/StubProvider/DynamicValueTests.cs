using System.Collections.Immutable;
using CsCheck;
using Farspan.StubProvider;

namespace Farspan.Terraform.Tests;

/// <summary>The encoding of values between Terraform and a provider.</summary>
public sealed class DynamicValueTests
{
    private static readonly Gen<Value> Leaf = Gen.OneOf(
        Gen.Const<Value>(Value.Null.Instance),
        Gen.Const<Value>(Value.Unknown.Instance),
        Gen.Bool.Select(b => (Value)new Value.Boolean(b)),
        Gen.Long[-(1L << 52), 1L << 52].Select(n => (Value)new Value.Number(n)),
        Gen.Double[-1e9, 1e9].Select(n => (Value)new Value.Number(n)),
        Gen.String.AlphaNumeric.Select(t => (Value)new Value.Text(t)));

    private static readonly Gen<Value> Any = Gen.OneOf(
        Leaf,
        Leaf.Array[0, 20].Select(i => (Value)new Value.Sequence([.. i])),
        Gen.Dictionary(Gen.String.AlphaNumeric, Leaf)[0, 20].Select(d =>
            (Value)new Value.Map(d.ToImmutableSortedDictionary(StringComparer.Ordinal))));

    [Fact]
    public void WhatIsEncoded_IsDecoded() => Any.Sample(value =>
    {
        var bytes = DynamicValue.Encode(value);
        return DynamicValue.Encode(DynamicValue.Decode(bytes)).SequenceEqual(bytes);
    });

    [Fact]
    public void ArbitraryBytes_GiveAValueOrATypedError() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            DynamicValue.Decode(bytes);
        }
        catch (InvalidDataException)
        {
            // The one way in which bytes may be refused.
        }
    });

    [Fact] // MessagePack specification, "ext format family": Terraform's unknown values, plain and refined.
    public void Extensions_AreUnknownValues()
    {
        Assert.IsType<Value.Unknown>(DynamicValue.Decode([0xD4, 0x00, 0x00]));
        Assert.IsType<Value.Unknown>(DynamicValue.Decode([0xC7, 0x03, 0x0C, 0x81, 0x01, 0xC2]));
    }
}
