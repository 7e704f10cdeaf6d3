using Farspan.Render;

namespace Farspan.Render.Tests;

/// <summary>How values and blocks are written.</summary>
public sealed class HclWriterTests
{
    [Fact]
    public void NeighboursOfOneLine_ShareTheColumnOfTheirEqualsSigns() => AssertWritten(
        """
        resource "aws_vpc" "main" {
          cidr_block           = "10.0.0.0/16"
          enable_dns_hostnames = true

          tags = {
            Name = "main"
          }

          # Another column begins after a comment.
          a = 1
        }

        """,
        file => file.Resource("aws_vpc", "main", vpc => vpc
            .Set("cidr_block", "10.0.0.0/16")
            .Set("enable_dns_hostnames", true)
            .Set("tags", Hcl.Map(("Name", "main")))
            .Comment("Another column begins after a comment.")
            .Set("a", 1)));

    [Fact]
    public void AnAbsentValue_LeavesNoTrace() => AssertWritten(
        "b = 2\n", file => file.Set("a", (string?)null).Set("b", 2));

    [Fact]
    public void TextMeansItself_AndATemplateIsEvaluated() => AssertWritten(
        """
        text     = "\"quoted\" \\ $${not} %%{evaluated}"
        template = "say \"${var.word}\""

        """,
        file => file
            .Set("text", "\"quoted\" \\ ${not} %{evaluated}")
            .Set("template", Hcl.Template("say \"${var.word}\"")));

    [Fact]
    public void ALongList_TakesALineForEachItem()
    {
        var file = new HclBody().Set("items", Hcl.List(Enumerable.Range(0, 40).Select(i => $"item-{i}")));

        var lines = HclWriter.Write(file).TrimEnd('\n').Split('\n');

        Assert.Equal(42, lines.Length);
        Assert.Equal("  \"item-0\",", lines[1]);
    }

    [Fact]
    public void AnObjectInAFunction_BeginsOnItsLine() => AssertWritten(
        """
        policy = jsonencode({
          Version = "2012-10-17"
          Statement = [
            {
              Effect = "Allow"
              Action = ["a", "b"]
            },
          ]
        })

        """,
        file => file.Set("policy", Hcl.Json(Hcl.Map(
            ("Version", "2012-10-17"),
            ("Statement", Hcl.List(Hcl.Map(("Effect", "Allow"), ("Action", Hcl.List("a", "b")))))))));

    [Fact]
    public void ALongComment_IsBrokenAtSpaces()
    {
        var comment = string.Join(' ', Enumerable.Repeat("word", 60));

        var written = HclWriter.Write(new HclBody().Comment(comment).Set("a", 1));

        Assert.All(written.Split('\n'), line => Assert.True(line.Length <= 100));
        Assert.Equal(60, written.Split("word").Length - 1);
    }

    private static void AssertWritten(string expected, Action<HclBody> fill)
    {
        var file = new HclBody();
        fill(file);
        Assert.Equal(expected, HclWriter.Write(file));
    }
}
