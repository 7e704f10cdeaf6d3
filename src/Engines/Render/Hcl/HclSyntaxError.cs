namespace Farspan.Render;

/// <summary>The first thing that is no HCL in a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What was expected there.</param>
public sealed record HclSyntaxError(int Line, int Column, string Message)
{
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
