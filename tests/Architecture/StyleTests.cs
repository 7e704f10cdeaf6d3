using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farspan.Architecture.Tests;

/// <summary>Habits that a compiler does not check.</summary>
public sealed partial class StyleTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Info"];

    /// <summary>Names that a protocol gives, whatever we think of them.</summary>
    private static readonly string[] ProtocolNames = ["AudioStreamInfo", "AudioStreamIdInfo"];

    [Fact]
    public void EveryPublicType_SaysWhatItIsFor() =>
        Assert.Empty(from source in Repository.Product
                     from type in source.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                     where type.Parent is BaseNamespaceDeclarationSyntax
                     where type.Modifiers.Any(SyntaxKind.PublicKeyword)
                     where !type.Modifiers.Any(SyntaxKind.PartialKeyword)
                     where !type.GetLeadingTrivia().ToFullString().Contains("<summary>", StringComparison.Ordinal)
                     select $"{source.At(type)}: {type.Identifier}");

    [Fact]
    public void NoType_HasANameThatSaysNothing() =>
        Assert.Empty(from source in Repository.Product
                     from type in source.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                     where EmptyWords.Any(w => type.Identifier.ValueText.EndsWith(w, StringComparison.Ordinal))
                     where !ProtocolNames.Contains(type.Identifier.ValueText)
                     select $"{source.At(type)}: {type.Identifier}");

    [Fact]
    public void NothingIsLeftUnfinished() =>
        Assert.Empty(Matches(UnfinishedPattern(), Repository.Sources.Where(s => !IsThisFile(s))));

    [Fact]
    public void NobodyBlocksOnATask_OrStartsOneThatNobodyAwaits() =>
        Assert.Empty(Matches(BlockingPattern(), Repository.Product));

    // xunit 2 ends classes with IDisposable and IAsyncLifetime only: what another DisposeAsync ends is left running.
    [Fact]
    public void NoTestClass_IsEndedByWhatNobodyCalls() =>
        Assert.Empty(Matches(UncalledEndPattern(), Repository.Sources));

    [Fact]
    public void NoTestSleeps() =>
        Assert.Empty(Matches(SleepPattern(), Repository.Sources.Where(s =>
            s.Path.StartsWith("tests/", StringComparison.Ordinal)
            && !s.Path.StartsWith("tests/Interop/", StringComparison.Ordinal)
            && !s.Path.StartsWith("tests/Browser/", StringComparison.Ordinal)
            && !IsThisFile(s))));

    [Fact]
    public void NoField_IsStaticAndMutable() =>
        Assert.Empty(from source in Repository.Product
                     from field in source.Syntax.DescendantNodes().OfType<FieldDeclarationSyntax>()
                     where field.Modifiers.Any(SyntaxKind.StaticKeyword)
                     where !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
                     where !field.Modifiers.Any(SyntaxKind.ConstKeyword)
                     select $"{source.At(field)}: {field.Declaration}");

    [Fact]
    public void EveryCitation_HasTheFormRfcNumberSectionSign() =>
        Assert.Empty(Matches(LooseCitationPattern(), Repository.Product));

    [Fact]
    public void EverySuppression_GivesAReason() =>
        Assert.Empty(from source in Repository.Sources
                     from line in source.Lines.Index()
                     where line.Item.Contains("#pragma warning disable", StringComparison.Ordinal)
                     where !line.Item.Contains("//", StringComparison.Ordinal)
                     where !IsThisFile(source)
                     select $"{source.Path}:{line.Index + 1}");

    private static bool IsThisFile(SourceFile source) =>
        source.Path.EndsWith("Architecture/StyleTests.cs", StringComparison.Ordinal);

    private static IEnumerable<string> Matches(Regex pattern, IEnumerable<SourceFile> sources) =>
        from source in sources
        from line in source.Lines.Index()
        where pattern.IsMatch(line.Item)
        select $"{source.Path}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|Skip\s*=\s*""")]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)|\)\.Result\b|Async\([^)]*\)\.Result|\basync void\b")]
    private static partial Regex BlockingPattern();

    [GeneratedRegex(@"class \w+Tests\b.*\bIAsyncDisposable")]
    private static partial Regex UncalledEndPattern();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay")]
    private static partial Regex SleepPattern();

    [GeneratedRegex(@"\bRFC\d{3,}|RFC \d+,? (section|sec\.)", RegexOptions.None)]
    private static partial Regex LooseCitationPattern();
}
