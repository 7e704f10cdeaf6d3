using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Serves the agent page at <c>/</c> if it has been built, and says how to build it if not.
/// </summary>
internal static class AgentPageEndpoint
{
    private const string HowToBuild =
        "The Connect emulator is running. Its agent page is not built: run eng/build-agent-page (needs npm), "
        + "then build Farspan again.\n";

    public static void Map(WebApplication app)
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "AgentPage");
        if (!File.Exists(Path.Combine(directory, "index.html")))
        {
            app.MapGet("/", () => Results.Text(HowToBuild, statusCode: StatusCodes.Status404NotFound));
            return;
        }

        var files = new PhysicalFileProvider(directory);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider(),
        });
    }
}
