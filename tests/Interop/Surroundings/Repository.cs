namespace Farspan.Interop.Tests;

/// <summary>Where the checkout is, and what was built beside these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>debug or release: the tests run the product that was built like them.</summary>
    public static string Configuration { get; } =
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The command line of the product.</summary>
    public static string FarspanDll { get; } =
        Path.Combine(Root, "artifacts", "bin", "Farspan.Cli", Configuration, "farspan.dll");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Farspan.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the checkout.");
    }
}
