using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farspan.Architecture.Tests;

/// <summary>How long and how deep things may be: a reader's budget.</summary>
public sealed class SizeTests
{
    private const int FileLinesMax = 400;
    private const int LineColumnsMax = 120;
    private const int MethodLinesMax = 60;
    private const int ParametersMax = 7;
    private const int NestingMax = 4;

    [Fact]
    public void NoFile_IsLongerThan400Lines() =>
        Assert.Empty(from source in Repository.Sources
                     where source.Lines.Length - 1 > FileLinesMax
                     select $"{source.Path}: {source.Lines.Length - 1} lines");

    [Fact]
    public void NoLine_IsTooWideToRead() =>
        Assert.Empty(from source in Repository.Sources
                     from line in source.Lines.Index()
                     where line.Item.Length > LineColumnsMax
                     select $"{source.Path}:{line.Index + 1}: {line.Item.Length} columns");

    [Fact]
    public void NoMethod_IsLongerThan60Lines() =>
        Assert.Empty(from source in Repository.Sources
                     from method in source.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
                     let lines = BodyLines(method)
                     where lines > MethodLinesMax
                     select $"{source.At(method)}: {lines} lines");

    [Fact]
    public void NoMethod_TakesMoreThanSevenParameters() =>
        Assert.Empty(from source in Repository.Product
                     from method in source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
                     where method.ParameterList.Parameters.Count > ParametersMax
                     where !method.Modifiers.Any(m => m.ValueText is "extern" or "partial")
                     select $"{source.At(method)}: {method.ParameterList.Parameters.Count} parameters");

    [Fact]
    public void NoStatement_IsNestedMoreThanFourDeep() =>
        Assert.Empty(from source in Repository.Product
                     from block in source.Syntax.DescendantNodes().OfType<BlockSyntax>()
                     where Depth(block) > NestingMax
                     select $"{source.At(block)}: {Depth(block)} deep");

    private static int BodyLines(BaseMethodDeclarationSyntax method)
    {
        SyntaxNode? body = (SyntaxNode?)method.Body ?? method.ExpressionBody;
        var span = (body ?? method).GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static int Depth(BlockSyntax block) =>
        block.Ancestors()
            .TakeWhile(a => a is not MemberDeclarationSyntax)
            .Count(a => a is BlockSyntax);
}
