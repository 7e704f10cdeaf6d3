namespace Farspan.Interop.Tests;

/// <summary>A number that no route of the lab has.</summary>
internal static class UnknownNumber
{
    public const string Example = "+999000000000";
}
