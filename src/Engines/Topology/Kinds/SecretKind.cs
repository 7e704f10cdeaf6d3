using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>A reference to a secret. What is written here never appears in a finding.</summary>
internal sealed class SecretKind : ValueKind<SecretReference>
{
    public override string Label =>
        "a reference to a secret: `env:NAME`, `file:PATH`, or `literal:VALUE` in a lab";

    public override string Example => "env:FARSPAN_SECRET";

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out SecretReference value)
    {
        value = null;
        if (!reading.TryGetText(this, out var text))
        {
            return false;
        }

        var colon = text.IndexOf(':');
        value = colon < 1 || colon + 1 == text.Length
            ? null
            : Read(text[..colon], text[(colon + 1)..], reading);
        if (value is null)
        {
            reading.Report(
                FindingRules.BadValue, "what is written here is not a reference to a secret", Advice);
        }

        return value is not null;
    }

    public override string Write(SecretReference value) => value switch
    {
        SecretReference.Variable variable => $"env:{variable.Name}",
        SecretReference.InFile file => $"file:{file.Path}",
        SecretReference.Literal => "literal:…",
        _ => throw Invariant.Unreachable(value),
    };

    private static SecretReference? Read(string scheme, string rest, Reading reading) => scheme switch
    {
        "env" when rest.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') =>
            new SecretReference.Variable(rest),
        "file" when !rest.Any(char.IsControl) =>
            new SecretReference.InFile(FilePathKind.Resolve(rest, reading.Context)),
        "literal" => new SecretReference.Literal(new Redacted<string>(rest)),
        _ => null,
    };
}
