using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farspan.Node;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>What a command says: results on standard output, everything else on standard error.</summary>
/// <param name="output">For results.</param>
/// <param name="error">For people.</param>
/// <param name="isJson">Whether results are for machines.</param>
internal sealed class CommandOutput(TextWriter output, TextWriter error, bool isJson)
{
    /// <summary>Whether results are for machines.</summary>
    public bool IsJson => isJson;

    /// <summary>Prints one JSON line or the text for people, whichever was asked for.</summary>
    public void Say<T>(T result, JsonTypeInfo<T> typeInfo, IEnumerable<string> text)
    {
        output.WriteLine(
            isJson ? JsonSerializer.Serialize(result, typeInfo) : string.Join(Environment.NewLine, text));
        output.Flush();
    }

    /// <summary>Prints a result that is a text of its own.</summary>
    public void Write(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }

    public void SayFailure(string what, string fix)
    {
        error.WriteLine($"farspan: {what}");
        error.WriteLine($"         {fix}");
    }

    public void SayFailure(NodeStartException failure) => SayFailure(failure.Message, failure.Fix);

    /// <summary>One line a finding, as compilers print them.</summary>
    public void SayFindings(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            error.WriteLine(finding);
        }
    }
}
