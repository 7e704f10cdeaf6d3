using System.Diagnostics;

namespace Farspan.LabRun;

/// <summary>How this very program is started again, as a child.</summary>
/// <param name="FileName">The executable: <c>farspan</c> itself or <c>dotnet</c>.</param>
/// <param name="Arguments">What comes before farspan's own arguments.</param>
public sealed record LabProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The program that runs now.</summary>
    /// <param name="assembly">Where farspan.dll is.</param>
    /// <exception cref="LabException">The system does not say what runs.</exception>
    public static LabProgram Current(string assembly)
    {
        var running = Environment.ProcessPath
            ?? throw new LabException("the system does not say what program this is; start it through dotnet");
        return new LabProgram(running, Path.GetFileName(running) == "dotnet" ? [assembly] : []);
    }

    internal ProcessStartInfo With(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(FileName);
        foreach (var argument in Arguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
