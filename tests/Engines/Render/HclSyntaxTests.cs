using CsCheck;
using Farspan.Render;

namespace Farspan.Render.Tests;

/// <summary>What is HCL and what is not (HCL native syntax specification).</summary>
public sealed class HclSyntaxTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a = 1\n")]
    [InlineData("a = [1, \"two\", true, null,]\n")]
    [InlineData("a = { b = 1, \"c\" : 2\n d = [] }\n")]
    [InlineData("a = \"x ${b.c[0].d} y $${z}\"\n")]
    [InlineData("a = f(b, { c = 1 })...\n", false)]
    [InlineData("a = b ? c : d + 1 >= 2 && !e\n")]
    [InlineData("a = [for x in y : x.z if x.w]\n", false)]
    [InlineData("a = <<-EOT\n  text \" { [\n  EOT\n")]
    [InlineData("resource \"a\" \"b\" {\n  c {}\n  # comment\n  d = 1 // end\n}\n")]
    [InlineData("a = 1 b = 2\n", false)]
    [InlineData("a = 1\na = 2\n", false)]
    [InlineData("a = \"open\n", false)]
    [InlineData("a = [1, 2\n", false)]
    [InlineData("a {\n", false)]
    [InlineData("a = \n", false)]
    [InlineData("= 1\n", false)]
    [InlineData("a = <<EOT\nnever ends\n", false)]
    public void ATextIsHcl_OrSaysWhereItIsNot(string text, bool isHcl = true) =>
        Assert.Equal(isHcl, HclSyntax.Check(text) is null);

    [Fact]
    public void TheFirstFault_HasItsPlace() =>
        Assert.Equal("2:7: a value was expected", HclSyntax.Check("a = 1\nb = [ =\n")?.ToString());

    [Fact]
    public void ArbitraryText_GivesAVerdict_NeverAnException() =>
        Gen.String[Gen.Char["ab1 \n\"={}[]()$%\\<-EOT.,:?!+#/*"], 0, 60].Sample(text =>
            HclSyntax.Check(text) is null or { Line: > 0, Column: > 0 });

    [Theory]
    [InlineData("[")]
    [InlineData("{a=")]
    [InlineData("-")]
    [InlineData("1+")]
    [InlineData("\"${")]
    [InlineData("f(")]
    public void DeepNesting_IsRefused(string open) =>
        Assert.NotNull(HclSyntax.Check("a = " + string.Concat(Enumerable.Repeat(open, 100_000))));

    [Fact]
    public void WhatIsWritten_IsHcl() => Body(3).Sample(body => HclSyntax.Check(HclWriter.Write(body)) is null);

    private static Gen<HclBody> Body(int depth) =>
        Gen.Select(Gen.Int[0, 4], Value(depth), Gen.String, (count, value, comment) =>
        {
            var body = new HclBody();
            for (var i = 0; i < count; i++)
            {
                body.Comment(comment.Replace('\r', ' '))
                    .Set($"name{i}", value)
                    .Block("block", inner => inner.Set("a", value));
            }

            return body;
        });

    private static Gen<HclValue> Value(int depth) => depth == 0
        ? Gen.OneOf(
            Gen.String.Select(t => (HclValue)new HclValue.Text(t)),
            Gen.Long.Select(n => (HclValue)n),
            Gen.Bool.Select(b => (HclValue)b))
        : Gen.OneOf(
            Value(0),
            Value(depth - 1).Array[0, 5].Select(items => Hcl.List(items.AsEnumerable())),
            Gen.Select(Gen.String, Value(depth - 1)).Array[0, 5].Select(entries =>
                Hcl.Map(entries.DistinctBy(e => e.Item1).Select(e => (e.Item1, e.Item2)))));
}
