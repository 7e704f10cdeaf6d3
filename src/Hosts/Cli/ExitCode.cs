namespace Farspan.Cli;

/// <summary>How a command ends; scripts may rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked, or was told to end and did.</summary>
    public const int Success = 0;

    /// <summary>It failed while it ran, or the arguments are wrong.</summary>
    public const int Failure = 1;

    /// <summary>The configuration has errors; they are printed.</summary>
    public const int InvalidConfiguration = 2;

    /// <summary>Something it needs is missing or in use, such as a port; what to do is printed.</summary>
    public const int CannotStart = 3;
}
